"""The equations of one quarter once more, in plain loops and after the docstring of `equations` alone."""

from __future__ import annotations

import numpy as np


def excess(log_price, example, capacity, quarter):
    """Return ln D - ln R of every cell with firms, flat, at the log prices of those cells."""
    w, p = example.world, example.p
    (places, fields), partners = w.exports.shape, len(w.export_share)
    cells = [(r, f) for r in range(places) for f in range(fields) if capacity[r, f] > 0]
    price = {cell: np.exp(x) for cell, x in zip(cells, log_price, strict=True)}
    theta, theta_x, v = p.trade_elasticity, p.export_elasticity, w.value_added_share
    final = w.final * quarter["shift"] / sum(w.final * quarter["shift"])
    inputs = w.inputs * quarter["shift"][:, None]
    inputs = inputs / inputs.sum(axis=0)

    def freeness(r, m, f):
        if r == m:
            return 1.0
        return np.exp(theta * quarter["removed"][r, m] * w.removable[f] - w.far[r, m] - w.border[f])

    had = {(r, f): w.capacity[r, f] if w.output[r, f] > 0 else 0 for r in range(places) for f in range(fields)}
    growth = {
        (r, f): (capacity[r, f] / had[r, f] / (sum(capacity[:, f]) / sum(had[q, f] for q in range(places))))
        ** p.new_varieties
        for r, f in cells
    }
    weight = {}
    for r, f in cells:
        share = sum(w.use[m, f] * w.foreign[m, f] for m in range(places)) / sum(w.use[:, f])
        weight[r, f] = w.weight[r, f] * growth[r, f] * (1 - share * quarter["dependence"][f]) / (1 - share)

    def foreign(m, g, a):
        opened = np.exp(-p.services_opening * quarter["openness"][m] * w.producer_imports[g])
        cost = quarter["non_tariff_cost"][m, a] * opened * (1 + tariff(m, g, a)) / (1 + w.tariff[g])
        kept = quarter["dependence"][g] * (1 - quarter["severity"][g, a])
        return w.foreign[m, g] * w.partner_imports[g, a] * kept * cost**-theta

    def tariff(m, g, a):
        return w.tariff[g] * quarter["tariff_left"][m, a]

    def barrier(r, f, a):
        goods = w.goods[f] * quarter["tariff_abroad"][r, a] ** -(theta_x + 1)
        return (1 - w.goods[f] + goods) * quarter["non_tariff_cost"][r, a] ** -theta_x

    index = np.zeros((places, fields))
    for m in range(places):
        for g in range(fields):
            home = sum(weight[r, f] * price[r, f] ** -theta * freeness(r, m, g) for r, f in cells if f == g)
            index[m, g] = home / w.market[m, g] + sum(foreign(m, g, a) for a in range(partners))
    use_price = index ** (-1 / theta)

    output = {}
    for r, f in cells:
        kappa = np.prod([use_price[r, g] ** inputs[g, f] for g in range(fields)])
        output[r, f] = capacity[r, f] / v[f] * price[r, f] ** (1 / v[f]) * kappa ** (-(1 - v[f]) / v[f])

    kept = w.exports.sum() / sum(w.exports[r, f] * quarter["shift"][f] for r in range(places) for f in range(fields))
    exports = {
        (r, f): w.exports[r, f]
        * sum(w.export_share[a] * barrier(r, f, a) for a in range(partners))
        * growth[r, f]
        * quarter["shift"][f]
        * kept
        * quarter["world_demand"]
        * price[r, f] ** -theta_x
        for r, f in cells
    }
    beta = final * use_price ** (1 - p.field_elasticity)
    final_price = beta.sum(axis=1) ** (1 / (1 - p.field_elasticity))
    beta = beta / beta.sum(axis=1, keepdims=True)
    bought = np.zeros((places, fields))
    for r, f in cells:
        for g in range(fields):
            bought[r, g] += inputs[g, f] * (1 - v[f]) * output[r, f]
    duty = np.zeros((places, fields))
    for m in range(places):
        for g in range(fields):
            for a in range(partners):
                rate = tariff(m, g, a)
                duty[m, g] += foreign(m, g, a) / index[m, g] * rate / (1 + rate)
    earned = np.array([sum(v[f] * output[q, f] for q, f in cells if q == r) for r in range(places)])
    spent = earned
    for _ in range(30):  # spending, the price level and net exports together, by repetition
        level = spent.sum() / (spent / final_price).sum()
        net = p.surplus_over_exports * sum(exports.values()) - (
            level * quarter["inflow"] - w.inflow_share * earned.sum()
        )
        gdp = earned + ((beta * spent[:, None] + bought) * duty).sum(axis=1)
        spent = gdp - net * earned / earned.sum()
    use = beta * spent[:, None] + bought
    gaps = []
    for r, f in cells:
        at_home = sum(freeness(r, m, f) * use[m, f] / index[m, f] / w.market[m, f] for m in range(places))
        gaps.append(np.log((weight[r, f] * price[r, f] ** -theta * at_home + exports[r, f]) / output[r, f]))
    return np.array(gaps)
