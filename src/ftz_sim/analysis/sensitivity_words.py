"""What a sensitivity analysis found, from the numbers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ftz_sim.indicators.variables import Variable
from ftz_sim.results.statements import Statement, indicator, joined, scenario, statement

if TYPE_CHECKING:
    import pandas as pd

    from ftz_sim.analysis.sensitivity import Sensitivity

MOST = 4


def statements(found: Sensitivity, name: str) -> list[Statement]:
    """Say for every strategy what its difference to the reference, in ``name`` or what was asked, depends on most."""
    import pandas as pd

    asked = found.asked(name)
    value = "st" if found.method == "sobol" else "mu_star"
    rows = pd.concat([own for _, own in asked])
    if rows.empty:
        return [statement("sensitivity.none")]
    told = [(strategy, each, group) for each, own in asked for strategy, group in own.groupby("scenario", sort=False)]
    said = []
    for strategy, variable, group in told:
        parts = [
            statement(
                "sensitivity.index" if row["converged"] else "sensitivity.index_loose",
                parameter={"parameter": row["parameter"]}, value=row[value],
            )
            for row in group.nlargest(MOST, value).to_dict(orient="records")
        ]  # fmt: skip
        said.append(
            statement(
                f"sensitivity.{found.method}", scenario=scenario(str(strategy)), reference=scenario(found.reference),
                year=group.iloc[0]["at"] if "place" in rows else found.outcomes.year, indicator=_what(variable, group),
                parameters=joined(parts),
            )
        )  # fmt: skip
    loose = int((~rows["converged"]).sum())
    size = {"all": len(rows)}
    said.append(
        statement("sensitivity.loose", loose=loose, **size) if loose else statement("sensitivity.settled", **size)
    )
    if rows["floor"].isna().all():
        said.append(statement("sensitivity.alone"))
    elif below := int(((rows[value] <= rows["floor"]) & (rows["floor"] > 0)).sum()):
        said.append(statement("sensitivity.floor", n=below, **size))
    noise = rows["noise"].max()
    return said + ([statement("sensitivity.noise", noise=noise)] if noise == noise else [])


def _what(variable: Variable, rows: pd.DataFrame) -> dict[str, Any]:
    """Return a value that names the indicator, and the place if one was asked about."""
    if "place" not in rows:
        return indicator(variable)
    place = {"place": rows["place"].iloc[0], "level": rows["level"].iloc[0]}
    return statement("sensitivity.of_place", place=place, indicator=indicator(variable))
