"""What a choice of a design file may be, beside the policy of its start."""

from __future__ import annotations

from collections.abc import Iterator

from ftz_sim.design.choices import Choice, begins_at_once, package
from ftz_sim.design.record import ChoiceRecord, SiteRecord
from ftz_sim.errors import InputError, Sentence, listed, nearest
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.scenario.files import package_names
from ftz_sim.scenario.further_areas import fitting
from ftz_sim.scenario.policy_path import policy_of
from ftz_sim.scenario.scenario import Scenario


def idle(choice: Choice, start: Scenario) -> Iterator[bool]:
    """Yield for each way whether it leaves every lever where the start has it; what waits for a sign is not known."""
    before, quarters = policy_of(start), start.horizon.end.index + 1
    for number, way in enumerate(choice.ways, 1):
        after = package(start, [choice], (number,), choice.name)
        yield not way.moves and before.agrees(policy_of(after), quarters)


def site_complaints(record: SiteRecord, start: Scenario) -> Iterator[tuple[str, InputError | Sentence]]:
    """Yield the key and what is wrong with it; ``start`` has the areas of new zones."""
    fork, end = start.horizon.fork, start.horizon.end
    late = [opens for opens in record.opens if not fork <= opens <= end]
    for opens in late:
        yield "opens", Sentence("choice_quarter", found=opens, fork=fork, end=end)
    for code, areas in record.further.items():
        if code not in start.zone_codes:
            yield "area", Sentence("no_zone_yet", place=code, allowed=listed(start.zone_codes))
            continue
        for area in () if late else areas:
            try:
                fitting((*start.further_areas, area), start.new_zones)
            except InputError as error:
                yield "area", error


def complaints_of(record: ChoiceRecord, start: Scenario) -> Iterator[tuple[str, Sentence]]:
    """Yield the key and what is wrong with it."""
    fork, end = start.horizon.fork, start.horizon.end
    for quarter in record.start:
        if not fork <= quarter <= end:
            yield "from", Sentence("choice_quarter", found=quarter, fork=fork, end=end)
    if record.package is not None and record.package not in package_names():
        known = package_names()
        words = {"allowed": listed(known), "nearest": nearest(record.package, known)}
        yield "package", Sentence("found", found=repr(record.package), **words)
    elif record.package is not None and record.when is not None and not begins_at_once(record.package):
        yield "when", Sentence("package_dates", name=record.package)
    if record.lever is not None:
        if CATALOGUE[record.lever].scope == "nation" and record.zones is not None:
            yield "zones", Sentence("no_zones", lever=record.lever)
        if record.lever == "zone_status" and (set(record.levels) != {1.0} or record.ramp > 1):
            yield "levels", Sentence("zone_status")
    for sign in record.when.records if record.when is not None else ():
        if sign.zone is not None and sign.zone not in start.zone_codes:
            yield "when", Sentence("no_zone_yet", place=sign.zone, allowed=listed(start.zone_codes))
    groups = list((record.zones or {}).values())
    seen = [code for zones in groups for code in zones]
    if len(set(seen)) < len(seen) or not all(groups):
        yield "zones", Sentence("zones_once")
    if nowhere := [code for code in seen if code not in start.zone_codes]:
        yield "zones", Sentence("no_zone_yet", place=nowhere[0], allowed=listed(start.zone_codes))
