"""The report: one self-contained page in both languages, which needs no network and prints.

Every section appears if its tables are there; numbers come from the experiment's tables and manifest alone.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ftz_sim.report import basis, evidence, focus, scenario_table, scorecard, sweep, validation_page
from ftz_sim.report.figures import FIGURES, draw, figures_of, runs_of, source_of
from ftz_sim.report.findings import findings
from ftz_sim.report.inline import inline_svg, title_of
from ftz_sim.report.sheets import sheets
from ftz_sim.report.style import CHINESE_FONTS, LATIN_FONTS, colours, ink, kinds
from ftz_sim.report.tables import Experiment, names_in, scenario_name
from ftz_sim.results.files import write_text
from ftz_sim.results.manifest import note_outputs, output_checksums
from ftz_sim.results.reading import read_manifest
from ftz_sim.results.statements import kept, tell
from ftz_sim.scenario.evidence import line as beyond_line
from ftz_sim.text.numbers import number
from ftz_sim.text.words import LANGUAGES, WORDS, Lang, say

REPORT = "report.html"
VALIDATION = "validation"
NO_CAVEAT = ("sweep", "robustness", "sensitivity")  # kinds whose own sentences end without one
LIMITS = tuple(key for key in WORDS if key.startswith("limit."))
ORDER = ("paths", "differences", "provinces", "trade_offs", "levels", "attribution", "robustness", "negative_lists",
         "growth_account")  # fmt: skip
ASIDE = ("levels", "negative_lists", "growth_account")  # not printed
# tables of further analyses, shown where they exist
TABLES = {
    "attribution": ("attribution",),
    "robustness": ("robustness", "gaps", "regret", "boundary", "tornado", "sensitivity", "probability_best", "pareto"),
}
OWN_TABLES = {"comparison", "provinces", "focus"}  # shown as scorecards and on the map


class Drawn(NamedTuple):
    """One figure on the page."""

    name: str
    title: str
    svg: Markup


def write_report(folder: Path | str, lang: Lang = "en") -> Path:
    """Write ``report.html`` into an experiment folder, drawing the figures that are missing.

    Args:
        folder: an experiment folder.
        lang: the language shown first; the other is one click away.

    Returns:
        the file written.

    Raises:
        InputError: if the folder holds no experiment, or one of a version that kept words.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    kept(manifest)  # of an older version: nothing is written
    tables = (sweep.answer(folder, manifest) or folder) if manifest["kind"] == "sweep" else folder
    experiment = runs_of(folder, manifest)
    if not _drawn(folder, figures_of(folder, manifest, experiment)):
        draw(folder)
    target = folder / REPORT
    write_text(target, page(tables, experiment, lang))
    note_outputs(folder)
    return target


def page(folder: Path, experiment: Experiment | None, lang: Lang = "en") -> str:
    """Return the page of an experiment folder whose figures are drawn."""
    environment = Environment(
        loader=PackageLoader("ftz_sim.report"), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=StrictUndefined,
    )  # fmt: skip
    manifest = read_manifest(folder)
    specs = {} if experiment is None else scenario_table.load_scenarios(folder, experiment.scenarios)
    bodies = {each: _context(folder, manifest, experiment, specs, each) for each in LANGUAGES}
    fonts = ", ".join(f'"{name}"' for name in (*LATIN_FONTS, *CHINESE_FONTS))
    script = environment.get_template("page.js").render(bodies=bodies)
    allowed = b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii")
    return environment.get_template("page.html").render(
        lang=lang, bodies=bodies, fonts=Markup(fonts), script=Markup(script), allowed=allowed
    )


def _drawn(folder: Path, names: Iterable[str]) -> bool:
    files = (f"{name}.{each}.{kind}" for name in names for each in LANGUAGES for kind in kinds(each))
    return all((folder / "figures" / file).is_file() for file in files)


def _beyond(specs: dict[str, Any], manifest: dict[str, Any], lang: Lang) -> list[str]:
    """Say what leaves the evidence: by scenario, or counted where a folder keeps no scenarios of its own."""
    said = [text for spec in specs.values() for text in scenario_table.beyond_evidence(spec, lang)]
    counted = beyond_line(manifest.get("outside_evidence", {}), lang)
    return said or ([counted] if counted else [])


def _context(
    folder: Path, manifest: dict[str, Any], experiment: Experiment | None, specs: dict[str, Any], lang: Lang
) -> dict[str, Any]:
    """Return everything that the body of one language shows."""
    compared, labels = experiment is not None and experiment.compared, manifest.get("labels", {})
    figures = {section: list(_figures(folder, experiment, section, lang)) for section in ORDER}
    shown = {drawn.name for each in figures.values() for drawn in each}
    tables = {section: list(sheets(folder, TABLES.get(section, ()), labels, lang)) for section in ORDER}
    context: dict[str, Any] = {
        "say": partial(_said, lang),
        "lang": lang,
        "title": say(_title(manifest, experiment, compared), lang),
        "sentences": _sentences(folder, manifest, experiment, lang),
        "compared": compared,
        "sections": [name for name in ORDER if figures[name] or tables[name]],
        "figures": figures,
        "aside": ASIDE,
        "tables": tables,
        "more": _more(folder, experiment, shown, labels, lang),
        "grades": evidence.grades(lang),
        "signs": evidence.signs(lang),
        "studies": evidence.studies(),
        "warnings": _beyond(specs, manifest, lang),
        "limits": [say(key, lang) for key in LIMITS],
        "manifest": manifest,
        "tables_sha": _table_checksums(folder),
        "single": compared and experiment is not None and experiment.replicates == "1",
    }
    if experiment is not None:
        context |= _of_scenarios(experiment, specs, compared, lang)
    return context


def _title(manifest: dict[str, Any], experiment: Experiment | None, compared: bool) -> str:
    if experiment is not None:
        return "page.title.compare" if compared else "page.title.run"
    key = f"page.title.{manifest['kind']}"
    return key if key in WORDS else "page.title.other"


def _of_scenarios(experiment: Experiment, specs: dict[str, Any], compared: bool, lang: Lang) -> dict[str, Any]:
    palette = colours(experiment.scenarios)
    return {
        "names": {name: experiment.name(name, lang) for name in experiment.scenarios},
        "inks": {name: ink(colour) for name, colour in palette.items()},
        "specs": specs,
        "reference": experiment.reference,
        "others": experiment.others,
        "year": experiment.final_year,
        "n": experiment.replicates,
        "drawn": 0 if experiment.ranges is None else int(experiment.ranges["n"].max()),
        "draw_firms": experiment.manifest.get("draw_firms"),
        "scores": scorecard.scorecard(experiment, lang) if compared else [],
        "more_scores": scorecard.scorecard(experiment, lang, scorecard.others(experiment)) if compared else [],
        "costs": scorecard.costs(experiment, lang) if compared else [],
        "levels": scorecard.levels_by_year(experiment, lang),
        "changes": _changes(experiment, specs, lang),
        "focus": focus.section(experiment, specs, lang) if compared else None,
    }


def _changes(experiment: Experiment, specs: dict[str, Any], lang: Lang) -> dict[str, list[scenario_table.Change]]:
    if experiment.reference not in specs:
        return {}
    reference = specs[experiment.reference]
    return {name: scenario_table.changes(reference, specs[name], lang) for name in experiment.others if name in specs}


def _said(lang: Lang, key: str, **values: object) -> str:
    return say(key, lang, **values)


def _sentences(folder: Path, manifest: dict[str, Any], experiment: Experiment | None, lang: Lang) -> list[str]:
    """Return the headline and what else is to be said first; names of scenarios as people read them."""
    if manifest["kind"] == VALIDATION:
        return validation_page.sentences(folder, lang)
    if manifest.get("state") == "unfinished":
        return [say("page.unfinished", lang, done=(manifest.get("runs") or {}).get("done", 0))]
    found = kept(manifest)
    if not found:
        return [say("page.nothing", lang)] if experiment is None else _run_sentences(experiment, lang)
    name = names_in(folder, lang)
    said = [tell(each, lang, name) for each in found]
    if manifest["kind"] in NO_CAVEAT:
        said.append(say("page.caveat", lang))
    return [*said[:-1], *(_first_screen(experiment, lang) if experiment else []), *said[-1:]]


def _first_screen(experiment: Experiment, lang: Lang) -> list[str]:
    concerned = experiment.reference == basis.REFERENCE and not set(basis.CONCERNED).isdisjoint(experiment.others)
    rests_on = basis.basis(lang, lambda code: f"“{scenario_name(code, lang)}”") if concerned else []
    return [*findings(experiment, lang), *rests_on]


def _run_sentences(experiment: Experiment, lang: Lang) -> list[str]:
    year, name = experiment.final_year, experiment.reference
    gdp = experiment.yearly("gdp")[name][year] / 1000
    nqp = float(experiment.yearly("nqp_fixed")[name][year].mean())
    first = say("page.run_headline", lang, name=experiment.name(name, lang), gdp=number(gdp.mean(), 4), year=year,
                nqp=number(nqp))  # fmt: skip
    low, high = gdp.quantile([0.025, 0.975])
    spread = say("page.run_spread", lang, n=len(gdp), low=number(low, 4), high=number(high, 4)) if len(gdp) > 1 else ""
    return [text for text in (first, spread, say("page.run_caveat", lang)) if text]


def _figures(folder: Path, experiment: Experiment | None, section: str, lang: Lang) -> Iterator[Drawn]:
    for name, record in FIGURES.items():
        file = folder / "figures" / f"{name}.{lang}.svg"
        if record.section == section and file.is_file():
            yield _figure(folder, experiment, name, lang)


def _figure(folder: Path, experiment: Experiment | None, name: str, lang: Lang) -> Drawn:
    """Return a figure with its title and what it shows in words."""
    file = folder / "figures" / f"{name}.{lang}.svg"
    title, record = title_of(file), FIGURES.get(name)
    source = source_of(record, folder, read_manifest(folder), experiment) if record else None
    alt = f"{title}. {record.describe(source, lang) if record and source else ''}".strip()
    return Drawn(name, title, Markup(inline_svg(file, alt)))  # our own drawing, not text of a user


def _more(
    folder: Path, experiment: Experiment | None, shown: set[str], labels: dict[str, list[str]], lang: Lang
) -> dict[str, Any]:
    """Return figures and tables of the folder that no section shows."""
    files = sorted((folder / "figures").glob(f"*.{lang}.svg"))
    names = [file.name.removesuffix(f".{lang}.svg") for file in files]
    drawn = [_figure(folder, experiment, name, lang) for name in names if name not in shown]
    if read_manifest(folder)["kind"] == VALIDATION:  # has words of its own
        return {"figures": drawn, "tables": list(validation_page.sheets(folder, lang))}
    known = OWN_TABLES | {name for names in TABLES.values() for name in names}
    tables = tuple(path.stem for path in sorted(folder.glob("*.csv")) if path.stem not in known)
    return {"figures": drawn, "tables": list(sheets(folder, tables, labels, lang))}


def _table_checksums(folder: Path) -> dict[str, str]:
    kept = (".csv", ".parquet")
    return {name: sha for name, sha in output_checksums(folder).items() if name.endswith(kept)}
