"""The whole matrix: every claim with what carries it, as CSV and as a page."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.seeds import Claim, Document, claims, documents
from ftz_sim.trace import verdicts
from ftz_sim.trace.code import mechanism_test, pulled
from ftz_sim.trace.links import claim_mechanisms, claims_with

COLUMNS = (
    "claim", "kinds", "places", "term", "en", "zh", "mechanisms", "levers", "indicators", "parameters", "shocks",
    "targets", "data", "scenarios", "tests", "verdicts", "not_modelled_en", "not_modelled_zh",
)  # fmt: skip
KINDS = ("mechanisms", "levers", "indicators", "parameters", "shocks", "targets", "data", "scenarios")
NOTICE = "<!-- Written by `ftz trace --matrix --out docs --force`; edit the cards in seeds/, not this page. -->"
INTRODUCTION = """\
# Claims: what the documents state, and what carries each statement

{count} claims of {documents} documents (two are the record and the full text of one paper), in our own words, one
of them our own extension. A claim stands under the document that makes it most fully; its other places follow.
`carried by` names mechanisms, levers, indicators, parameters, shocks, targets of validation, packaged data and
scenarios; what the model leaves out says why. `ftz trace CLAIM` follows one claim to its equations and tests;
`claims.csv` holds the same table with the scenarios that pull its levers and the tests. `measured` is what the lever
study found when it took a lever or a mechanism away (docs/levers.md): indicator, claimed direction, verdict.

Three warnings. No document compares or ranks the three strategies (M-COMPL). "Siphon" stands in no document; one
cited study reports a negative effect on coordination, and the literature on that sign is divided (F-SIPH). Far more
instruments are stated than the {levers} levers that the model can carry.

以下为各文献的论断（用我们自己的话表述），以及模型中承载每条论断的部分。没有任何文献为三种战略排序。
"""


def row(claim: Claim) -> dict[str, str]:
    """Return one line of the matrix; lists are parted by semicolons."""
    carried = claim.carried_by
    cells: dict[str, tuple[str, ...]] = {kind: getattr(carried, kind) for kind in KINDS}
    cells["kinds"], cells["places"] = claim.kinds, tuple(map(str, claim.places))
    cells["mechanisms"] = claim_mechanisms(claim)
    pulling = (name for name, levers in pulled().items() if levers & set(carried.levers))
    cells["scenarios"] = tuple(dict.fromkeys([*carried.scenarios, *pulling]))
    cells["tests"] = tuple(map(mechanism_test, cells["mechanisms"]))
    cells["verdicts"] = verdicts.short(verdicts.verdicts("claim", claim.id))
    left_out = carried.not_modelled
    return {
        "claim": claim.id, "term": claim.term, "en": claim.en, "zh": claim.zh,
        **{name: "; ".join(names) for name, names in cells.items()},
        "not_modelled_en": left_out.en if left_out else "", "not_modelled_zh": left_out.zh if left_out else "",
    }  # fmt: skip


def as_csv() -> str:
    """Return the matrix as CSV, one line a claim."""
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(row(claim) for claim in claims().values())
    return text.getvalue()


def as_page() -> str:
    """Return the matrix as a Markdown page, and below it the way back."""
    pages = [NOTICE, INTRODUCTION.format(count=len(claims()), documents=len(documents()) - 1, levers=len(CATALOGUE))]
    for document in documents().values():
        pages += [*_heading(document), *_table(document), ""]
    pages += ["## From levers back to claims / 从政策工具回到论断\n", "| lever | 政策工具 | claims |", "|---|---|---|"]
    pages += [f"| `{n}`: {v.en} | {v.zh} | {', '.join(claims_with('levers', n))} |" for n, v in CATALOGUE.items()]
    pages += ["\n## From mechanisms back to claims / 从机制回到论断\n", "| mechanism | claims |", "|---|---|"]
    pages += [f"| `{name}` | {', '.join(claims_with('mechanisms', name))} |" for name in SCHEDULE]
    return "\n".join(pages) + "\n"


def _heading(document: Document) -> list[str]:
    parts = (document.authors.en, f"({document.year})" if document.year else "", f"{document.title.en}.")
    source = document.venue.en + (f" {document.issue}" if document.issue else "")
    recalled = f" Not seen in print: {', '.join(document.recalled)}." if document.recalled else ""
    lines = [f"## {document.key}: {document.title.zh}\n", f"{' '.join(filter(None, parts))} {source}.{recalled}\n"]
    if document.also:
        lines.append(
            "Also makes: " + ", ".join(f"{name} ({', '.join(at)})" for name, at in document.also.items()) + "\n"
        )
    return lines


def _table(document: Document) -> list[str]:
    if not document.claims:
        return []
    rows = (claims()[claim.id] for claim in document.claims)
    return ["| claim | at | statement | carried by |", "|---|---|---|---|", *map(_line, rows)]


def _line(claim: Claim) -> str:
    carried = [f"{kind}: {', '.join(names)}" for kind, names in claim.carried_by.links().items()]
    if claim.carried_by.not_modelled:
        carried.append(f"*left out:* {claim.carried_by.not_modelled.en}")
    carried += [f"*measured:* {each}" for each in verdicts.short(verdicts.verdicts("claim", claim.id))]
    at = "<br>".join(map(str, claim.places)) or "none"
    return f"| {claim.id} {claim.term} | {at} | {claim.en}<br>{claim.zh} | {'<br>'.join(carried)} |"


def write_matrix(folder: Path) -> list[Path]:
    """Write ``claims.csv`` and ``claims.md`` into ``folder``; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {folder / "claims.csv": as_csv(), folder / "claims.md": as_page()}
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    return list(files)
