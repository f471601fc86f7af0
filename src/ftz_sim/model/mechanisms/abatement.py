"""Abatement: a firm cuts emissions until the next tonne costs what it saves in carbon price, interest and charges.

One quarter (dt = 0.25 years), step(r) = 1 - exp(-r dt):

    MAC(a)   = m_i [exp(mac_slope a) - 1]                   cost of the next tonne after a cut of a log points
    m_i      = mac_scale exp(-retrofit_saving green_retrofit z_i [k = 0] - standards_saving green_standards z_i [k >= 1]
               - symbiosis_saving cd_r)
    p_i      = price_ra + worth_i + gate_rk z_i [e_i > norm_f],   norm_f = gate_threshold typical e of the field
    a*_i     = ln(1 + p_i/m_i) / mac_slope                  there MAC(a*) = p
    a'_i     = a + step(abatement_speed if a* > a, else scrapping) (a* - a)
    e'_i     = e_i exp(-(a' - a))
    cost_i   = -ln(1 - min(cost_cap, [e'_i exp(a') C(a') + gate_rk z_i (e_i - norm_f)+] / 10^4))
    C(a)     = m_i {[exp((mac_slope - 1) a) - 1]/(mac_slope - 1) - [1 - exp(-a)]}      per tonne without abatement,
               the integral of MAC(u) exp(-u) from 0 to a

    a       abatement, log points of intensity below what trend and digitisation leave      [log]
    e       emission intensity                                          [t CO2 per 10^4 yuan]
    price   carbon price by area, worth: of a greener loan, gate: charge at the second line       [yuan/t]
    cd      coordination degree                                         [0 to 1]
    z_i     1 for a firm in an open zone, else 0; k tier

Economic logic: whoever pays for a tonne, in whatever form, cuts where cutting is cheaper than paying; the first cuts
are cheap and each further one is dearer, so twice the price never cuts twice as much. Subsidised retrofit, shared
standards and residues that neighbours use make the same cut cheaper; they cut nothing where no tonne has a price. The
carbon price itself is a transfer (allowances are handed out, receipts stay in the economy): only the cost of cutting
takes output, and so does what the gate asks of goods that pass dirty, because a control collects nothing and has them
cleaned or made good. Decisive parameters: mac_scale and mac_slope. The choice would be falsified by firms under a
carbon market that cut no more than their neighbours, the convexity by a doubled price that doubles the cut.

Equipment takes years to come (abatement_speed) and stays longer than the price that brought it (scrapping). A
firm at the norm pays nothing and has nothing to gain at the gate; the charge counts on what lies above. The cost is met
by production in the next quarter. Off: nothing is abated, no cost; trend and digitisation go on.

Claims:  M-GF, M-GGATE, M-CMKT, M-CBUD, M-GREENT, M-GSUB, M-ECOIND, M-GSTD, M-GPLAT, M-CIRC, M-GPARK, M-GINFRA, M-GPROD,
         M-LINE, M-GTRADE, M-GDESIGN, T-2C
Reads:   firms.tier, field, green_worth; regions.carbon_price, gate_price, coordination_degree;
         nation.typical_intensity; levers.green_retrofit, green_standards
Writes:  firms.abatement, emission_intensity, abatement_cost
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.axes import either, inside, side_by_side
from ftz_sim.model.columns import Array, Single
from ftz_sim.model.group import Group
from ftz_sim.model.levers import Column
from ftz_sim.model.maths import share_closed
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-GGATE M-CMKT M-GREENT: -co2_intensity"

YUAN = 1e4  # intensity is per 10^4 yuan
ALMOST_ONE = 0.01  # a slope as near to 1 counts as so much above it, because an equation divides by the difference


class Abatement(Params):
    """Keys a scenario may set under ``abatement:``."""

    mac_scale: float = param(
        800.0,
        "scale of the marginal cost of abatement",
        unit="yuan/t",
        low=400.0,
        high=1600.0,
        grade="L",
        source="darcangelo2022, du2015, wu2019",
        positive=True,
    )
    mac_slope: float = param(
        2.5,
        "growth of that cost per log point of abatement",
        unit="1",
        low=1.6,
        high=4.0,
        grade="L",
        source="darcangelo2022, du2015, wu2019",
        positive=True,
    )
    abatement_speed: float = param(0.25, "speed toward more abatement", unit="1/yr", low=0.1, high=0.5)
    retrofit_saving: float = param(
        0.2, "cheaper abatement under green retrofit, tier 0", unit="log", low=-0.1, high=0.5
    )
    standards_saving: float = param(
        0.2, "cheaper abatement under shared standards, tiers 1 and 2", unit="log", low=-0.1, high=0.5
    )
    symbiosis_saving: float = param(0.1, "cheaper abatement under full coordination", unit="log", low=-0.05, high=0.25)
    scrapping: float = constant(0.06, "speed toward less abatement, as equipment wears out", unit="1/yr")
    gate_threshold: float = constant(
        1.2, "intensity per typical intensity that the gate lets pass", unit="1", positive=True
    )
    cost_cap: float = constant(0.2, "highest share of output lost to abatement", unit="share")


class ZoneRows(NamedTuple):
    """The firms of zone areas [n]: charge of the gate on a tonne, and what it takes of output."""

    firms: Group
    price: Column  # yuan/t
    payment: Column  # share


class Effects(NamedTuple):
    """What firms [N] have chosen."""

    abatement: Single  # log
    intensity: Single  # t CO2 per 10^4 yuan
    cost: Single  # log points of output


def scale(retrofit: Column, standards: Column, coordination: Column, p: Abatement) -> Column:
    """Return the scale of the marginal cost by province, area and tier [R, 2, K], yuan/t; arguments are [R]."""
    shared = p.standards_saving * standards
    cheaper = inside(side_by_side(p.retrofit_saving * retrofit, shared, shared))
    return p.mac_scale * np.exp(-(cheaper + (p.symbiosis_saving * coordination)[:, None, None]))


def wanted(price: Array, p: Abatement) -> Array:
    """Return the abatement [log] whose next tonne costs ``price``, in multiples of the scale; uses up its argument."""
    price += np.float32(1)
    np.log(price, out=price)
    price *= np.float32(1) / np.float32(p.mac_slope)
    return price


def cost_of_cut(abatement: Array, p: Abatement) -> Array:
    """Return the cost of ``abatement`` [log] per tonne still emitted, in multiples of the scale: exp(a) C(a)/m."""
    slope = np.float32(p.mac_slope)
    slope = either(np.abs(slope - 1) < ALMOST_ONE, np.float32(1 + ALMOST_ONE), slope)
    left, cost = np.exp(abatement), abatement * slope
    np.exp(cost, out=cost)
    cost -= left
    cost /= slope - 1
    cost -= left
    cost += np.float32(1)
    return np.maximum(cost, np.float32(0), out=cost)  # rounding, where next to nothing is cut


def at_the_gate(
    firms: Group,
    intensity: Single,
    gate: Column,
    place: tuple[Array, Array],
    field: Array,
    typical: Column,
    p: Abatement,
) -> ZoneRows:
    """Return what the gate asks of the firms of zone areas.

    Args:
        firms: these firms [n].
        intensity: t CO2 per 10^4 yuan [N].
        gate: charge by province and tier [R, K], yuan/t.
        place: province and tier of these firms [n].
        field: of these firms [n].
        typical: intensity typical of a field [F].
        p: parameters.
    """
    charge = firms.at(gate, *place)
    above = np.maximum(firms.of(intensity) - firms.own(p.gate_threshold) * firms.at(typical, field), 0)
    return ZoneRows(firms, charge * (above > 0), charge * above / YUAN)


def update(
    abatement: Single, intensity: Single, price: Single, scale: Single, zone: ZoneRows, p: Abatement, dt: float
) -> Effects:
    """Return what firms [N] choose in ``dt`` years; uses up ``price`` and ``scale``.

    Args:
        abatement: so far [log].
        intensity: t CO2 per 10^4 yuan.
        price: of a tonne, the gate apart [yuan/t].
        scale: of the marginal cost [yuan/t].
        zone: what the gate asks.
        p: parameters.
        dt: years.
    """
    zone.firms.add(price, zone.price)
    price /= scale
    change = wanted(price, p)
    change -= abatement
    fewer = np.minimum(change, np.float32(0))
    change *= np.float32(share_closed(p.abatement_speed, dt))
    fewer *= np.float32(share_closed(p.scrapping, dt) - share_closed(p.abatement_speed, dt))
    change += fewer
    chosen = abatement + change
    np.negative(change, out=change)
    np.exp(change, out=change)
    change *= intensity
    cost = cost_of_cut(chosen, p)
    cost *= change
    scale *= np.float32(-1 / YUAN)
    cost *= scale
    zone.firms.add(cost, -zone.payment)
    np.maximum(cost, np.float32(-p.cost_cap), out=cost)
    np.log1p(cost, out=cost)
    return Effects(chosen, change, np.negative(cost, out=cost))


def step(model: World, p: Abatement) -> None:
    """Wire `update` to the firm columns."""
    firms, regions, levers = model.firms, model.regions, model.levers
    some = firms.of_zones
    zone = at_the_gate(
        some,
        firms.emission_intensity,
        regions.gate_price,
        (some.of(firms.region).astype(np.intp), some.of(firms.tier)),
        some.of(firms.field),
        model.nation.typical_intensity,
        p,
    )
    price = firms.of_cell(regions.carbon_price[:, :, None])
    price += firms.green_worth
    costs = firms.of_cell(scale(levers.green_retrofit, levers.green_standards, regions.coordination_degree, p))
    firms.abatement, firms.emission_intensity, firms.abatement_cost = update(
        firms.abatement, firms.emission_intensity, price, costs, zone, p, model.dt
    )
