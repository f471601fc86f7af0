"""The world of 2013: weights of gravity, chains and trade such that all prices are 1 (exact hat algebra).

    v, a, shares of fields in value added, exports, imports    from the table of 2012
    VA_rf   biproportional: rows GDP_r - T_r, columns the fields' shares, 0 in cells without firms;  R = VA / v
    E_rf    a field's exports by place of production, a part by output, at most export_cap R
    b       what is left of supply after exports and inputs;  X = b I + inputs
    M_mf    a field's imports by place of use, between import_floor and import_cap of X
    T_m     duties in M at the tariff of 2013; all repeated until T stands
    w, den  weights with which gravity gives R - E to X - M (Sinkhorn); den such that every price of use is 1

With all costs as in 2013 and capacity as in 2013 the equations then hold at p = 1 whatever the elasticities
are (Dekle, Eaton and Kortum 2008). Nothing of the world moves in a run. One run [R, F]; `stack` sets several
side by side, runs last, and of what is turned first (see `equations`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ftz_sim.model.balancing import gravity_weights, scaled_both_ways, shared_up_to
from ftz_sim.model.industry import GOODS, PRODUCER, Industry
from ftz_sim.model.markets.equations import Table, freeness, to_origins, to_uses
from ftz_sim.model.markets.parameters import Markets
from ftz_sim.model.markets.slopes import Answers, answers

SETTLED = 1e-14  # of GDP
HOLDS = 1e-9


class World(NamedTuple):
    """What 2013 tells; money in bn yuan a quarter."""

    value_added_share: Table  # [F] v
    inputs: Table  # [F of input, F of user] a
    final: Table  # [F] b
    weight: Table  # [R, F] w; in an empty cell that of one seed firm
    seed: Table  # [R, F] capacity of one firm of the usual size
    market: Table  # [R, F] den
    foreign: Table  # [R of use, F] share of imports in use, duties included
    exports: Table  # [R, F]
    partner_imports: Table  # [F, P] shares of partners in imports
    export_share: Table  # [P] and in exports
    tariff: Table  # [F] of China
    rates: Table  # [T] tariffs that differ
    bears: Table  # [F, T] 1 where a field bears the tariff, else 0
    goods: Table  # [F] goods in output
    producer: Table  # [F] producer services in output
    producer_imports: Table  # [F] producer services in imports
    far: Table  # [R, R] log of trade that distance costs
    border: Table  # [F] log of trade that a border costs
    removable: Table  # [F] log cost of a border that coordination can remove
    capacity: Table  # [R, F] value added; in an empty cell one seed firm
    output: Table  # [R, F]
    use: Table  # [R, F]
    gdp: Table  # [R]
    inflow_share: Table  # capital from abroad over value added
    answers: Answers  # turned

    @property
    def columns(self) -> tuple[Table, ...]:
        """All of its arrays."""
        return (*self[:-1], *self.answers)


class _Flows(NamedTuple):
    """Accounts of provinces by field [R, F] in which uses and sources of every field agree."""

    value_added: Table
    output: Table
    exports: Table
    use: Table
    imports: Table  # duties included
    final: Table  # [F]


def calibrate(
    industry: Industry,
    gdp: Table,
    exports_over_gdp: float,
    export_share: Table,
    distance: Table,
    firms: Table,
    p: Markets,
    inflow: float = 0.0,
) -> World:
    """Find the world in which all prices of 2013 are 1.

    Args:
        industry: figures by field and province.
        gdp: of provinces [R; bn yuan a quarter], duties included.
        exports_over_gdp: of the nation.
        export_share: of partners [P].
        distance: between provinces [R, R; km].
        firms: of every cell [R, F; number]; cells without firms have no output.
        p: parameters.
        inflow: capital from abroad in 2013, net of what goes home [bn yuan a quarter].

    Raises:
        ValueError: if the accounts of a field cannot be made to agree.
    """
    goods, rate = np.unique(industry.class_of_imports[:, GOODS], return_inverse=True)
    tariff = p.import_tariff * goods[rate]
    flows = _accounts(industry, gdp, exports_over_gdp * gdp.sum(), firms, tariff, p)
    far = p.distance_elasticity * np.log1p(distance / p.distance_scale)
    border = industry.class_of_output @ np.array(p.border_effect)
    free = freeness(far, border)
    sales, bought = flows.output - flows.exports, flows.use - flows.imports
    if (np.abs(sales.sum(0) - bought.sum(0)) > HOLDS * flows.output.sum(0)).any():
        raise ValueError("sources and uses of a field do not agree: its inputs or imports are too large")
    weights = gravity_weights(sales, bought, lambda w: to_uses(free, w.T).T, lambda m: to_origins(free, m.T).T)
    active = firms > 0
    province = flows.value_added.sum(1) / firms.sum(1)
    seed = np.where(active, flows.value_added / np.maximum(firms, 1), province[:, None])
    at_seed = seed / industry.value_added_share / to_origins(free, (bought / weights.market).T).T
    return World(
        industry.value_added_share,
        np.ascontiguousarray(industry.input_shares),  # the order of sums follows the layout
        flows.final,
        np.where(active, weights.origin, at_seed),
        seed,
        weights.market * (flows.use / bought),
        flows.imports / flows.use,
        flows.exports,
        industry.partner_imports,
        export_share,
        tariff,
        p.import_tariff * goods,
        np.eye(len(goods))[rate],
        industry.class_of_output[:, GOODS],
        industry.class_of_output[:, PRODUCER],
        industry.class_of_imports[:, PRODUCER],
        far,
        border,
        industry.class_of_output @ np.array(p.border),
        np.where(active, flows.value_added, seed),
        flows.output,
        flows.use,
        gdp,
        np.float64(inflow / flows.value_added.sum()),
        answers(
            industry.value_added_share,
            industry.input_shares,
            flows.final,
            weights.origin[:, None] * np.ascontiguousarray(free.transpose(1, 2, 0)) * (bought / weights.market),
            flows.use,
            flows.exports,
            p,
        ),
    )


def stack(worlds: Sequence[World]) -> World:
    """Set the worlds of several runs side by side."""
    *rest, known = zip(*worlds, strict=True)
    turned = Answers._make(map(np.stack, zip(*known, strict=True)))
    return World._make((*(np.stack(parts, axis=-1) for parts in rest), turned))


def of_some(world: World, runs: Any) -> World:
    """Return the worlds of these ``runs`` [E'] of several."""
    *rest, known = world
    turned = Answers._make(column[runs] for column in known)
    return World._make((*(np.ascontiguousarray(column[..., runs]) for column in rest), turned))


def _accounts(industry: Industry, gdp: Table, exports: float, firms: Table, tariff: Table, p: Markets) -> _Flows:
    """Make value added, trade and use of provinces agree; duties are found by repetition."""
    v, surplus = industry.value_added_share, p.surplus_over_exports * exports
    sold = exports * industry.exports / industry.exports.sum()
    bought = (exports - surplus) * industry.imports / industry.imports.sum() * (1 + tariff)
    value_added = np.where(firms > 0, np.maximum(industry.value_added, HOLDS * gdp[:, None]), 0.0)
    duties = np.zeros_like(gdp)
    for _ in range(100):
        rows = gdp - duties
        value_added = scaled_both_ways(value_added, rows, industry.field_share * rows.sum())
        output = value_added / v
        inputs = ((1 - v) * output) @ industry.input_shares.T
        sold = _affordable(sold, output.sum(0) + bought - inputs.sum(0))
        final = output.sum(0) + bought - sold - inputs.sum(0)
        final = np.maximum(final, 0.0) / np.maximum(final, 0.0).sum()
        use = final * (gdp - surplus * rows / rows.sum())[:, None] + inputs
        by_output = (1 - p.export_spread) * industry.exports_by_province + p.export_spread * output / output.sum(0)
        exported = shared_up_to(sold, np.where(firms > 0, by_output, 0.0), p.export_cap * output)
        least = p.import_floor * use
        cap = (p.import_cap - p.import_floor) * use
        imported = least + shared_up_to(bought - least.sum(0), industry.imports_by_province, cap)
        before, duties = duties, (imported * (tariff / (1 + tariff))).sum(1)
        if np.abs(duties - before).max() < SETTLED * gdp.sum():
            return _Flows(value_added, output, exported, use, imported, final)
    raise ValueError("duties do not settle")


def _affordable(exports: Table, most: Table) -> Table:
    """Move exports [F] from fields whose inputs need more than is left to the other fields; the sum stays."""
    kept = np.minimum(exports, most)
    spare = most - kept
    return kept + (exports - kept).sum() * spare / spare.sum()
