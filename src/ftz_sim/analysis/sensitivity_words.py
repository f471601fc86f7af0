"""What a sensitivity analysis found, as statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.results.statements import Statement, indicator, joined, scenario, statement

if TYPE_CHECKING:
    from ftz_sim.analysis.sensitivity import Sensitivity

MOST = 4


def statements(found: Sensitivity, name: str) -> list[Statement]:
    """Say for every strategy what its difference to the reference, in indicator ``name``, depends on most."""
    table = found.table
    value = "st" if found.method == "sobol" else "mu_star"
    rows = table[(table["indicator"] == name) & (table["reference"] != "")]
    if rows.empty:
        return [statement("sensitivity.none")]
    said = []
    for strategy, group in rows.groupby("scenario", sort=False):
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
                year=found.outcomes.year, indicator=indicator(NATIONAL[name]), parameters=joined(parts),
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
