"""A zone is nothing but its levers: without them every strategy is the world without zones, bit for bit."""

from __future__ import annotations

import numpy as np
import pytest

from builders import small
from ftz_sim.model.columns import Firms, Nation, Pairs, Partners, Regions
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.runs.model import FtzModel

STRATEGIES = ("history", "single_ftz", "cross_zone", "cross_zone_with_hinterland", "ftz_fta", "integrated")
LABELS = {  # what a zone of status one and no lever may change: names and totals of zones, not behaviour
    "Firms": {"in_open_zone"},
    "Regions": {"zone_open", "zone_trade", "pilot_evidence", "exposure"},
    "Nation": {"duplication", "plan_overlap", "effective_openness"},
    "Pairs": set(),
    "Partners": set(),
}
TABLES = {"firms": Firms, "regions": Regions, "nation": Nation, "pairs": Pairs, "partners": Partners}


def differing(a, b, skip_labels=False):
    found = []
    for table, kind in TABLES.items():
        skip = LABELS[kind.__name__] if skip_labels else set()
        for name, column in vars(getattr(a, table)).items():
            other = getattr(getattr(b, table), name)
            if name not in skip and not np.array_equal(column, other, equal_nan=np.asarray(column).dtype.kind == "f"):
                found.append(f"{table}.{name}")
    return found


def played(spec, **policy):
    return FtzModel(spec.model_copy(update=policy), rng=5).run()


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_zone_status_zero_is_no_ftz_at_equal_national_levers(strategy):
    spec = small(strategy)
    national = tuple(step for step in spec.policy if CATALOGUE[step.lever].scope == "nation")
    zone_levers_without_status = tuple(step for step in spec.policy if step.lever != "zone_status")
    without_zones = played(small("no_ftz"), policy=national)
    without_status = played(spec, policy=zone_levers_without_status)
    assert without_status.levers.zone_status.sum() == 0
    assert differing(without_status, without_zones) == []


@pytest.mark.parametrize("strategy", ["history", "integrated"])
def test_zone_status_alone_changes_labels_only(strategy):
    spec = small(strategy)
    national = tuple(step for step in spec.policy if CATALOGUE[step.lever].scope == "nation")
    status = tuple(step for step in spec.policy if step.lever == "zone_status")
    without_zones = played(small("no_ftz"), policy=national)
    bare_zones = played(spec, policy=national + status)
    assert bare_zones.regions.zone_open.sum() == 22
    assert differing(bare_zones, without_zones, skip_labels=True) == []


def test_the_comparison_would_notice_a_bonus():
    bonus = played(small("history"))
    assert differing(bonus, played(small("no_ftz"))) != []
