"""What a province gains from full coordination with another, first order, from the flows of the quarter.

    B_rsf     = opened_rs border_f;   opened = assumed_border feas omega;   omega = plain + (1 - plain) recognition
    react_f   = 1 / (1 + theta v_f)
    pi_rsf    = flow_rsf / use_sf                                                         share of r in the use of s
    sales     = sum_f theta B_rsf flow_rsf (1 - pi_rsf) v_f react_f                       won in s
    home      = - sum_f theta B_rsf flow_rrf pi_srf v_f react_f                           lost at home
    inputs    = sum_f VA_rf theta (1 - v_f) react_f sum_g a_gf B_rsg pi_srg               cheaper inputs
    consumers = sum_g B_rsg pi_srg final_rg;   final_rg = use_rg - sum_f a_gf (1 - v_f) R_rf
    knowledge = sum_f spillover_effect VA_rf dSP_rsf / SP_rf,  dSP_rsf = weight_rs (K_sf + fusion_r near_sf)
    talents   = talent 4 horizon (flow_sr - flow_rs) / T_r [exp(border titles_rs feas_rs) - 1] GDP_r

each divided by GDP_r. dSP is what falls of the border of knowledge adds to what r can reach of s; border of talents
is what recognised titles remove of it. The first quarter of a run has no talents on the move.

    R, VA, use, flow  output, value added, use, sales between provinces       [bn yuan a quarter]
    theta, v, a       elasticity of trade; value added in output; inputs of a user  [1; share; share]
    border            log cost of a border that coordination can remove       [F]
    feas              how far a pair can coordinate at all                    [0 to 1]
    weight            what full coordination adds to the share of the column's knowledge that reaches the row

Arrays of pairs are [R, R], the row is who gains; runs come last.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ftz_sim.model.axes import over, product, row_sums, set_diagonal, transposed
from ftz_sim.model.columns import NEW_FIELDS, Array
from ftz_sim.model.markets.equations import of_inputs
from ftz_sim.model.maths import ratio


class Flows(NamedTuple):
    """Goods markets of the quarter, bn yuan."""

    output: Array  # [R, F]
    value_added: Array  # [R, F]
    use: Array  # [R, F]
    at_home: Array  # [R, F] sold where it is made
    share: Array  # [F, R of use, R of origin] in the use, see `markets.readings.shares`
    gdp: Array  # [R]


class Chains(NamedTuple):
    """What does not move: the structure of 2013."""

    value_added_share: Array  # [F]
    inputs: Array  # [F of input, F of user]
    removable: Array  # [F] log cost of a border that coordination can remove
    theta: Any  # elasticity of trade


class Gains(NamedTuple):
    """Gains of the row from full coordination with the column [R, R; share of the row's GDP]."""

    sales: Array
    home: Array
    inputs: Array
    consumers: Array
    knowledge: Array
    talents: Array

    def own(self, consumer: Any) -> Array:
        """Return what officials count: all, cheaper final goods by the weight ``consumer``."""
        return self.sales + self.home + self.inputs + self.knowledge + self.talents + consumer * self.consumers


def openings(recognition: Array, plain: Any) -> Array:
    """Return the part of the border that coordination opens [R, R], from recognition of standards [R, R].

    Standards and licences are recognised together, so that goods and services open alike.
    """
    return plain + (1 - plain) * recognition


def valued(share: Array, *prices: Array) -> Array:
    """Add up over fields what a ``share`` [F, R of use, R of origin] is worth at ``prices`` of the place of use [R, F].

    Returns [R of origin, R of use] for each of the prices.
    """
    fields_last = np.moveaxis(share, -3, -1)
    sums = fields_last @ np.stack([np.transpose(price) for price in prices], axis=-1).swapaxes(-3, -2)
    return np.ascontiguousarray(np.transpose(sums))


def of_goods(opened: Array, flows: Flows, chains: Chains) -> tuple[Array, Array, Array, Array]:
    """Return gains by sales, home, inputs and consumers [R, R; share of GDP].

    Args:
        opened: part of the border of a pair that full coordination removes [R, R].
        flows: of the quarter.
        chains: of 2013.
    """
    theta, v, border = chains.theta, chains.value_added_share, chains.removable
    react = 1 / (1 + theta * v)
    made = v * react * theta * border  # value added per yuan of demand that an open border moves
    users = np.ascontiguousarray(chains.inputs.swapaxes(0, 1))  # [F of user, F of input]
    saved = of_inputs(users, flows.value_added * (theta * (1 - v) * react)) * border
    final = (flows.use - of_inputs(users, flows.output * (1 - v))) * border
    wanted = flows.use * made
    sold, *bought = valued(flows.share, wanted, flows.at_home * made, saved, final)
    (own,) = valued(flows.share * flows.share, wanted)  # what the row would take from itself
    lost, cheaper, consumed = (table.swapaxes(0, 1) for table in bought)
    of_gdp = opened / flows.gdp[:, None]
    return of_gdp * (sold - own), -of_gdp * lost, of_gdp * cheaper, of_gdp * consumed


def of_knowledge(
    weight: Array,
    knowledge: Array,
    near: Array,
    fusion: Array,
    spillover: Array,
    value_added: Array,
    gdp: Array,
    effect: Any,
) -> Array:
    """Return gains by knowledge within reach [R, R; share of GDP].

    Args:
        weight: what full coordination adds to the share of the column's knowledge that reaches the row [R, R].
        knowledge: of provinces [R, F].
        near: their knowledge of other fields, by proximity [R, F].
        fusion: what the row makes of knowledge of other fields [R].
        spillover: knowledge within reach now [R, F].
        value_added: of cells [R, F].
        gdp: of provinces [R].
        effect: log output per log knowledge within reach.
    """
    worth = ratio(effect * value_added, spillover)
    own_field, other_fields = (product(worth, transposed(table)) for table in (knowledge, near))
    return weight * (own_field + fusion[:, None] * other_fields) / gdp[:, None]


def of_talents(flow: Array, talents: Array, removed: Array, elasticity: Any, horizon: Any) -> Array:
    """Return gains by talents who move more freely [R, R; share of GDP].

    Args:
        flow: talents who move from row to column [R, R; FTE a quarter].
        talents: stock [R, FTE].
        removed: what recognised titles would take off their border [R, R, log].
        elasticity: log output per log talents.
        horizon: years that officials count.
    """
    net = flow.swapaxes(0, 1) - flow
    return elasticity * 4 * horizon * net * np.expm1(removed) / np.maximum(talents, 1.0)[:, None]


def likeness(value_added: Array) -> Array:
    """Return how alike the new industry of provinces is, beside the nation's [R, R, 0 to 1], from [R, F]."""
    new = np.take(value_added, NEW_FIELDS, axis=1)  # rows in memory, too: the order of sums follows the layout
    national = over(new, 0)
    apart = ratio(new, row_sums(new)[:, None]) - ratio(national, over(national, 0))
    length = np.sqrt(row_sums(apart * apart))[:, None]
    apart = ratio(apart, length)
    alike = np.maximum(product(apart, transposed(apart)), 0.0)
    set_diagonal(alike, 0.0)
    return alike
