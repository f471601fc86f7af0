"""Green finance: credit is priced by emission intensity, the "baton" of the seed texts.

Every quarter, without lag:

    d_i       = clip(ln e_i - m, -green_clip, green_clip),   m = sum K_i ln e_i / sum K_i
    g_i       = max(national path of the province, green_credit_r z_i)
    h_i       = 1 - greenwash (1 - carbon_accounting_r z_i)
    tilt_i    = - credit_response debt_share green_spread / user_cost  g_i d_i
    worth_i   = min(worth_cap, 1000 green_spread debt_share g_i h_i K_i / (0.4 e_i va_i))
    bank_loss = default_loss dt debt_share sum K_i g_i (1 - h_i) [d_i < 0]

    tilt    log weight of the firm in the allocation of investment      [log]
    worth   what a tonne less saves in interest; `abatement` weighs it  [yuan/t]
    bank_loss  on green loans to firms that only look clean             [bn yuan/quarter]
    e       emission intensity                                          [t CO2 per 10^4 yuan]
    K, va   capital, weight of the mean; value added                    [bn yuan; bn yuan/quarter]
    g       how far credit looks at emissions: path is green_national; 1 in the national pilots (ZJ JX GD GZ XJ)
            from 2017Q3                                                 [0 to 1]
    h       part of a cut in the books that is a true cut               [0 to 1]
    z_i     1 for a firm in an open zone, else 0

Economic logic: the rate of a loan rises with the borrower's intensity, by green_spread a log point. So a firm that
emits a log point less saves interest on its debt, which is worth so much a tonne (bn yuan over Mt is 1000 yuan/t, and
a log point is 0.4 e va Mt a year); the same number decides whom credit lets grow. A bank sees reports: without carbon
accounting part of every cut is on paper only, which lowers what a true cut earns and turns loans sour. Decisive
parameter: green_spread. It would be falsified by loan rates that do not differ with emissions, or by firms with green
loans that cut no more than others.

An intensity or a value added below 1e-9 counts as 1e-9. Where g is the same for all, the tilt without the clip has a
mean of 0 (weights K). Green credit may raise output and widen the gap between provinces, because clean firms grow
faster and sit in rich provinces; what banks lose is capital that nobody invests. Off: no tilt, no worth, no loss.

Claims:  M-GF, M-GTRADE, M-CACC
Reads:   firms.capital, value_added, emission_intensity; regions.green_pilot; levers.green_credit, carbon_accounting
Writes:  firms.credit_tilt, green_worth; nation.bank_loss
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.axes import inside, national
from ftz_sim.model.clock import Quarter
from ftz_sim.model.columns import Array, Single
from ftz_sim.model.levers import Column
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-GF: -co2_intensity"

FLOOR = 1e-9  # smallest intensity whose log is taken, and smallest value added that divides
PILOTS_START = Quarter(2017, 3).index  # national pilots of green finance
YUAN_PER_TONNE = 1000 / 0.4  # bn yuan a year per (t per 10^4 yuan) x (bn yuan a quarter)


class GreenFinance(Params):
    """Keys a scenario may set under ``green_finance:``."""

    green_spread: float = param(
        0.003, "rise of the loan rate per log point of intensity", unit="1/yr per log point", low=0.0, high=0.01
    )
    greenwash: float = param(
        0.4, "part of a cut that is on paper only, without carbon accounting", unit="share", low=0.1, high=0.7
    )
    default_loss: float = param(0.004, "loss on loans to firms that only look clean", unit="1/yr", low=0.0, high=0.01)
    debt_share: float = constant(0.5, "debt of a firm per capital", unit="share")
    user_cost: float = constant(0.12, "user cost of capital", unit="1/yr", positive=True)
    credit_response: float = constant(1.2, "fall of investment with the log of the user cost", unit="1")
    worth_cap: float = constant(500.0, "highest worth of a tonne to a borrower", unit="yuan/t")
    green_national: float = constant(0.25, "green credit outside pilots and zones", unit="share")
    green_clip: float = constant(3.0, "largest log distance from the mean that counts", unit="log")


class Effects(NamedTuple):
    """What credit means to firms [N], and the debt of those that look clean [bn yuan]."""

    tilt: Single  # log
    worth: Single  # yuan/t
    doubtful: float  # debt in green loans that no true cut stands behind


def strictness(green_credit: Column, pilot: Array, quarter: int, p: GreenFinance) -> Column:
    """Return how far credit looks at emissions [0 to 1] by province and area [R, 2, 1]."""
    of_nation = np.where(pilot & (quarter >= PILOTS_START), 1.0, p.green_national)
    return np.maximum(of_nation[:, None], inside(green_credit))[:, :, None]


def honesty(accounting: Column, p: GreenFinance) -> Column:
    """Return the part of a cut in the books that is a true cut by province and area [R, 2, 1]."""
    return (1 - p.greenwash * (1 - inside(accounting)))[:, :, None]


def update(
    intensity: Single, capital: Column, value_added: Column, strict: Single, true: Single, p: GreenFinance
) -> Effects:
    """Return the effects of loan rates; all arrays [N].

    Args:
        intensity: t CO2 per 10^4 yuan.
        capital: bn yuan.
        value_added: bn yuan a quarter.
        strict: what `strictness` gives for the cell of the firm.
        true: the same times `honesty`.
        p: parameters.
    """
    emitting = np.maximum(intensity, np.float32(FLOOR))
    weight = capital.astype(np.float32)
    distance = np.log(emitting)
    scratch = weight * distance
    distance -= national(scratch) / national(weight)
    np.subtract(strict, true, out=scratch)
    scratch *= weight
    scratch *= distance < 0
    doubtful = p.debt_share * np.float64(national(scratch))
    np.minimum(distance, np.float32(p.green_clip), out=distance)
    np.maximum(distance, np.float32(-p.green_clip), out=distance)
    distance *= strict
    distance *= np.float32(-p.credit_response * p.debt_share * p.green_spread / p.user_cost)
    np.copyto(scratch, value_added, casting="same_kind")
    emitting *= np.maximum(scratch, np.float32(FLOOR), out=scratch)
    weight *= true
    weight *= np.float32(YUAN_PER_TONNE * p.green_spread * p.debt_share)
    weight /= emitting
    return Effects(distance, np.minimum(weight, np.float32(p.worth_cap), out=weight), doubtful)


def step(model: World, p: GreenFinance) -> None:
    """Wire `update` to the firm columns."""
    firms, levers = model.firms, model.levers
    level = strictness(levers.green_credit, model.regions.green_pilot, model.clock.index, p)
    strict = firms.of_cell(level)
    true = firms.of_cell(level * honesty(levers.carbon_accounting, p))
    now = update(firms.emission_intensity, firms.capital, firms.value_added, strict, true, p)
    firms.credit_tilt, firms.green_worth = now.tilt, now.worth
    model.nation.bank_loss = p.default_loss * model.dt * now.doubtful
