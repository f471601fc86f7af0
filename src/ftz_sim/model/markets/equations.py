"""Goods markets of provinces and fields with input chains and partners abroad: the equations of one quarter.

Cell (r, f) is the output of field f in province r; m is a province of use, g a field of use or of input, p a
partner abroad, c a class of trade (goods, producer services, local services).

    R_rf     = (q_rf / v_f) p_rf^(1/v_f) kappa_rf^(-(1-v_f)/v_f)                                     supply
    VA_rf    = v_f R_rf
    kappa_rf = prod_g P_rg^a_gf                                                                      price of inputs
    P_mg^-theta = sum_r W_rg (p_rg tau_rmg)^-theta / den_mg + sum_p F_mgp                            price of use
    W_rf     = w_rf h_f N_rf;   h_g = (1 - mu_g d_g) / (1 - mu_g)
    F_mgp    = foreign_mg supply_gp d_g (1 - severity_gp) T_mgp^-theta
    T_mgp    = c_mgp (1 + t_mgp) / (1 + t_g(2013))                                                   price abroad = 1
    ln tau_rmf = [distance_elasticity ln(1 + km_rm/distance_scale) + sum_c class_fc border_effect_c] / theta
                 - G_rm sum_c class_fc border_c,  0 for r = m
    X_mg     = beta_mg I_m + sum_f a_gf (1 - v_f) R_mf;   beta_mg = b_g P_mg^(1-sigma) / sum of the same  use
    E_rfp    = E_rf(2013) share_p N_rf shift_f world barrier_rfp p_rf^-theta_x                       exports
    D_rf     = W_rf p_rf^-theta sum_m tau_rmf^-theta X_mf P_mf^theta / den_mf + sum_p E_rfp          demand
    T_m      = sum_gp X_mg F_mgp P_mg^theta t/(1+t)                                                  tariff revenue
    GDP_m    = sum_f VA_mf + T_m;   I_m = GDP_m - B VA_m / sum VA                                      income, spending
    B        = surplus_over_exports E - (lambda k - k(2013) VA / VA(2013)),  within net_cap E of 0   net exports
    N_rf     = [(q_rf / q_rf(2013)) / (q_f / q_f(2013))]^new_varieties                               varieties

    lambda   = sum I / sum (I_m / PC_m);  PC_m = (sum_g b_g P_mg^(1-sigma))^(1/(1-sigma))             price level
    find p:  ln D_rf = ln R_rf in every cell with firms;  then divide all money by lambda

    q          capacity: value added of a cell at the prices of 2013                      [bn yuan a quarter]
    R, VA, X, I, E, T, D  output, value added, use, final spending, exports, duties, demand  [bn yuan a quarter]
    p, P, kappa, PC, T_mgp, tau  prices and costs relative to 2013                        [1]
    v, a, b    value added in output; inputs of a user; final demand                      [share]
    w, den     weight of a home variety; price level of a use in 2013                     [1]
    foreign, mu, d  share of imports in a use of 2013; in the nation; dependence relative to 2013  [share; share; 1]
    supply, share  of a partner in imports; in exports                                    [share]
    severity   part of a partner's supply of a field that an embargo takes                [share]
    c, t       non-tariff cost of imports relative to 2013; tariff of China               [1; ad valorem]
    G          part of the border of a pair that is removed since 2013                    [share]
    shift      demand for a field relative to 2013, on b, on inputs and on exports; the three keep their sums  [1]
    k          capital from abroad, net of what goes home: last quarter's                 [bn yuan a quarter]
    theta, theta_x, sigma  elasticities of trade, of exports, between fields              [1]

Inputs are Cobb-Douglas, factors fixed inside the quarter (Caliendo and Parro 2015; Allen and Arkolakis 2014;
Redding and Rossi-Hansberg 2017). No equation closes the trade balance: if all cells clear and spending is GDP
less B, exports less imports are B (Walras). The price abroad is 1 while prices are sought; afterwards what the
nation spends at home on final goods has price 1, so money is purchasing power.

World demand never falls below a millionth and foreign varieties of a use not below 1e-12 of it, so that every
price exists; `abroad` has what partners take and send. A cell without firms has no supply and no demand; its price
is the one at which one firm of the usual size (a seed) would sell.

While prices are sought arrays are turned: provinces come last and runs, if there are several, first, [F, R] and
[E, F, R], so that what a run needs lies side by side and trade is a product of matrices; what is one number for all
fields or provinces has an axis of one entry there. Elsewhere arrays are [R, F] and [R, F, E] (`axes`); `reverse_axes`
goes from one to the other. Sums run in a fixed order, so that bits depend neither on cores nor on how many runs are
stepped together.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ftz_sim.model.axes import over, product

Table = Any  # numpy array
PASSES = 3  # each gains three digits or more


class Setting(NamedTuple):
    """What stays fixed while prices are sought; turned."""

    log_supply: Table  # [F, R] ln(q / v); of a seed in an empty cell
    active: Table  # [F, R] 1 in cells with firms, else 0
    idle: Table  # [F, R] 1 less that
    freeness: Table  # [F, R of origin, R of use] tau^-theta
    weight: Table  # [F, R] W, 0 in an empty cell
    seed_weight: Table  # [F, R] W, of one firm of the usual size in an empty cell
    abroad: Table  # [F, R] exports at unit prices, 0 in an empty cell
    foreign: Table  # [F, R] sum over partners of F_mgp
    duty: Table  # [F, R] of it tariff revenue
    market: Table  # [F, R] den
    inputs: Table  # [F of user, F of input] a
    uses: Table  # [F of input, F of user] a (1 - v)
    final: Table  # [F, R] b
    value_added_share: Table  # [F, 1] v
    slope: Table  # [F, R] 1 / v
    surplus: Table  # [1, 1] net exports per exports, like all that follow
    inflow: Table  # k, bn yuan
    inflow_share: Table  # k(2013) / VA(2013)
    net_cap: Table
    theta: Table
    theta_x: Table
    apart: Table  # 1 - sigma


class State(NamedTuple):
    """Prices and flows at given log prices, in money of abroad; turned."""

    excess: Table  # [F, R] ln D - ln R
    output: Table  # [F, R]
    offers: Table  # [F, R] W p^-theta
    index: Table  # [F, R] P^-theta
    log_use_price: Table  # [F, R]
    log_input_price: Table  # [F, R] ln kappa
    use: Table  # [F, R]
    income: Income
    log_final_price: Table  # [1, R] ln PC
    exports: Table  # [F, R]
    reach: Table  # [F, R] sum over uses of tau^-theta X P^theta / den


class Income(NamedTuple):
    """What is spent at home, in money of abroad; turned."""

    spending: Table  # [1, R] on final goods
    price_level: Table  # [1, 1] lambda: price of the nation's final spending


def reverse_axes(table: Any) -> Table:
    """Return a table [R, F, E] as [E, F, R], or the other way round: a new one, in one piece."""
    return np.transpose(table).copy()  # always: who asks for it may change it


def whole(table: Table, axes: int = 2) -> Table:
    """Add up over the first ``axes`` axes, one after the other."""
    return over(table.reshape(-1, *table.shape[axes:]), 0)


def of_inputs(inputs: Table, table: Table) -> Table:
    """Return the sum over inputs of ``inputs`` [F of input, F of user] times ``table`` [R, F]."""
    return product(table, inputs)


def freeness(far: Table, border: Table, removable: Any = 0.0, removed: Any = 0.0) -> Table:
    """Return tau^-theta, turned [F, R of origin, R of use]; nothing bars a place from itself.

    Its log is a product: what a field makes of distance and borders times what lies between two places.

    Args:
        far: log of trade that distance costs [R, R].
        border: log of trade that a border costs [F].
        removable: log of trade that the part of it costs that can be removed [F].
        removed: share of that part that is removed since 2013 [R, R].
    """
    ways = [reverse_axes(np.broadcast_to(way, far.shape).swapaxes(0, 1)) for way in (far, 1.0, removed)]
    field = [reverse_axes(np.broadcast_to(each, border.shape)) for each in (-1.0, -border, removable)]
    between = np.stack(ways, axis=-3)
    between *= np.eye(len(far)) == 0
    free = np.stack(field, axis=-1) @ between.reshape(*between.shape[:-2], -1)
    return np.exp(free, out=free).reshape(*free.shape[:-1], *between.shape[-2:])


def over_fields(table: Table, weight: Table | None = None) -> Table:
    """Add a turned table [F, R] up over fields [1, R], by ``weight`` [F, 1]."""
    row = np.ones(table.shape[-2]) if weight is None else weight[..., 0]
    return np.vecmat(row, table)[..., None, :]


def over_places(table: Table, weight: Table | None = None) -> Table:
    """Add a turned table [F, R] up over provinces [F, 1], by ``weight`` [F, R]."""
    if weight is None:
        return np.add.reduce(table, axis=-1, keepdims=True)
    return np.vecdot(table, weight)[..., None]


def to_uses(freeness: Table, offers: Table) -> Table:
    """Add what origins offer [F, R] up at places of use [F, R]."""
    return np.vecmat(offers, freeness)


def to_origins(freeness: Table, uses: Table) -> Table:
    """Add what places of use draw [F, R] up at origins [F, R]."""
    return np.matvec(freeness, uses)


def incomes(value_added: Table, fixed: Table, share: Table, price: Table, exports: Table, s: Setting) -> Income:
    """Return what provinces spend on final goods.

    I = VA + fixed + share I - B VA / sum VA has one solution for each B; B follows the price level, which moves
    with B only as far as duties and prices differ between provinces. B is the surplus of 2013 less capital that comes
    in beyond its share, in money of abroad.

    Args:
        value_added: of provinces [1, R].
        fixed: duties on inputs [1, R].
        share: duties per final spending [1, R].
        price: of final goods, PC [1, R].
        exports: of the nation [1, 1].
        s: the setting.
    """
    total, keep = over_places(value_added), 1 / (1 - share)
    earned, borne, real = (value_added + fixed) * keep, value_added / total * keep, 1 / price
    money, each = over_places(earned), over_places(borne)
    goods, each_goods = over_places(earned, real), over_places(borne, real)
    cap, even = s.net_cap * exports, s.surplus * exports + s.inflow_share * total
    price_level = money / goods
    for _ in range(PASSES):
        net = np.minimum(np.maximum(even - price_level * s.inflow, -cap), cap)
        price_level = (money - net * each) / (goods - net * each_goods)
    return Income(earned - net * borne, price_level)


def evaluate(x: Table, s: Setting) -> State:
    """Return prices and flows at the log prices ``x`` [F, R]."""
    offers = s.weight * np.exp(-s.theta * x)
    index = to_uses(s.freeness, offers) / s.market + s.foreign
    log_use_price = np.log(index) / -s.theta
    log_input_price = s.inputs @ log_use_price
    log_output = s.log_supply + log_input_price + s.slope * (x - log_input_price)
    output = s.active * np.exp(log_output)

    final = s.final * np.exp(s.apart * log_use_price)
    total = over_fields(final)  # PC^(1 - sigma)
    log_final_price = np.log(total) / s.apart
    inputs = s.uses @ output
    duty = s.duty / index
    exports = s.abroad * np.exp(-s.theta_x * x)
    income = incomes(
        over_fields(output, s.value_added_share),
        over_fields(duty * inputs),
        over_fields(duty * final) / total,
        np.exp(log_final_price),
        over_places(over_fields(exports)),
        s,
    )
    use = final * (income.spending / total) + inputs
    reach = to_origins(s.freeness, use / (index * s.market))
    excess = s.active * (np.log(offers * reach + exports + s.idle) - log_output)
    return State(
        excess, output, offers, index, log_use_price, log_input_price, use, income, log_final_price, exports, reach
    )
