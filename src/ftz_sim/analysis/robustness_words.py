"""What robustness found, as statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ftz_sim.analysis.discovery import ALWAYS, NO_BOUNDARY, NO_SKLEARN, TOO_FEW
from ftz_sim.results.statements import Statement, correlation, joined, scenario, statement
from ftz_sim.runs.uncertainties import SHOCKS

if TYPE_CHECKING:
    from ftz_sim.analysis.robustness import Robustness

ALL = "all objectives"
SURE = 0.05  # adjusted p-value up to which a parameter is said to matter
MOST_PARAMETERS, MOST_RULES = 3, 3


def statements(found: Robustness) -> list[Statement]:
    """Say who wins how often, what is regretted least, what matters, and where the boundary lies."""
    table, reference = found.table, scenario(found.reference)
    gdp, joint = (table[table["indicator"] == name].set_index("scenario") for name in ("gdp", ALL))
    best = {str(name): share for name, share in gdp["p_best"].items()}
    order = sorted(best, key=lambda name: -best[name])
    least = min(gdp.to_dict(orient="index").items(), key=lambda item: item[1]["max_regret"])
    others = [name for name in found.scenarios if name != found.reference]
    turned = {name: (found.difference(name, "gdp") < 0).mean() for name in others}
    parameters = sum(not str(name).startswith(f"{SHOCKS}.") for name in found.draws)
    front = map(scenario, found.pareto.query("on_front")["scenario"])
    return [
        statement("robustness.best", n=found.n, p=parameters, shares=_shares(best, order)),
        statement(
            "robustness.regret",
            scenario=scenario(str(least[0])), most=least[1]["max_regret"], mean=least[1]["mean_regret"],
        ),
        statement("robustness.turned", reference=reference, shares=_shares(turned, others)),
        statement("robustness.front", front=joined(front)),
        statement("robustness.satisfied", reference=reference, shares=_shares(joint["satisfied"], others)),
        _matters(found, next(name for name in order if name != found.reference)),
        _boundary(found.boundary[found.boundary["question"] == "best"]),
    ]  # fmt: skip


def _shares(shares: Mapping[str, Any] | Any, names: Iterable[str]) -> dict[str, Any]:
    return joined(statement("robustness.share", scenario=scenario(name), share=shares[name]) for name in names)


def _boundary(rows: Any) -> Statement:
    """Say the rules of one question of the boundary table."""
    records = rows.to_dict(orient="records")
    first = records[0]
    winner, numbers = scenario(first["winner"]), {"accuracy": first["accuracy"], "base": first["base_rate"]}
    if first["rule"] == NO_SKLEARN:
        return statement("robustness.no_sklearn")
    if first["rule"] in (ALWAYS, TOO_FEW):
        return statement(f"robustness.{first['rule']}", winner=winner)
    if first["rule"] == NO_BOUNDARY:
        return statement("robustness.no_boundary", winner=winner, **numbers)
    clearest = sorted(records, key=lambda row: -row["coverage"] * row["density"])[:MOST_RULES]
    rules = [
        statement(
            "robustness.rule", winner=scenario(row["winner"]), rule={"rule": row["rule"]},
            density=row["density"], coverage=row["coverage"], n=row["n"],
        )
        for row in clearest
    ]  # fmt: skip
    usual = max(records, key=lambda row: row["n"] * row["density"])["winner"]
    return statement("robustness.boundary", rules=joined(rules, "list"), first=scenario(usual), **numbers)


def _matters(found: Robustness, name: str) -> Statement:
    rows = found.tornado[found.tornado["scenario"] == name]
    sure = rows[rows["p_adjusted"] <= SURE].head(MOST_PARAMETERS)
    about = {"scenario": scenario(name), "reference": scenario(found.reference)}
    if sure.empty:
        return statement("robustness.nothing", **about)
    parts = [
        statement(
            "robustness.parameter", parameter={"parameter": row["parameter"]}, rho=correlation(row["rank_correlation"])
        )
        for row in sure.to_dict(orient="records")
    ]
    return statement("robustness.matters", **about, parameters=joined(parts))
