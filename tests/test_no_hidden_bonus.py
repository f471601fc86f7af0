"""A zone is nothing but its levers: without them every strategy is the world without zones, bit for bit."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from builders import small
from ftz_sim.model.columns import Firms, Nation, Pairs, Partners, Regions
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.outlays import ROW
from ftz_sim.runs.model import FtzModel

FREE = "parameters.public_finance.outlay_scale=0"
PAID = ("talent_programme", "income_tax_rebate", "data_flow_opening", "compute_network", "digital_subsidy", "ai_plus")
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


@cache
def played(policy, *settings):
    """A run of `history` with another policy, in which alone strategies differ, until all levers are at their level."""
    spec = small("history", "horizon.end=2027Q1", *settings)
    return FtzModel(spec.model_copy(update={"policy": policy}), rng=5).run()


def steps(strategy, chosen):
    return tuple(step for step in small(strategy).policy if chosen(step.lever))


def of_nation(lever):
    return CATALOGUE[lever].scope == "nation"


def is_status(lever):
    return lever == "zone_status"


@pytest.mark.parametrize("strategy", [*STRATEGIES, "no_ftz"])
def test_strategies_differ_in_policy_alone(strategy):
    names = {"name", "title", "why", "policy"}
    assert small(strategy).model_dump(exclude=names) == small("history").model_dump(exclude=names)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_zone_status_zero_is_no_ftz_at_equal_national_levers(strategy):
    without_zones = played(steps(strategy, of_nation))
    without_status = played(steps(strategy, lambda lever: not is_status(lever)))
    assert without_status.levers.zone_status.sum() == 0
    assert differing(without_status, without_zones) == []


@pytest.mark.parametrize("strategy", ["history", "integrated"])
def test_zone_status_alone_changes_labels_only(strategy):
    """Beside its outlay, which is 0 here: see below."""
    national = steps(strategy, of_nation)
    without_zones, bare_zones = (played(national + more, FREE) for more in ((), steps(strategy, is_status)))
    assert bare_zones.regions.zone_open.sum() == 22
    assert differing(bare_zones, without_zones, skip_labels=True) == []


def test_an_idle_zone_costs_its_committee():
    bare = played(steps("history", is_status))
    assert bare.nation.outlay_by_lever.sum() == pytest.approx(22 * 0.3 / 4)  # bn yuan a quarter
    assert bare.nation.outlay_by_lever[ROW["zone_status"]] == bare.nation.outlay_by_lever.sum()


def test_an_idle_zone_adds_and_takes_nothing_beside_one_that_acts():
    acting = tuple(
        step.model_copy(update={"zones": ("SH",)})
        for step in steps("history", lambda lever: is_status(lever) or lever in PAID)
        if "SH" in (step.zones or ("SH",))
    )
    status = tuple(step for step in acting if is_status(step.lever))
    all_open = tuple(step.model_copy(update={"zones": None}) for step in status)
    others = tuple(step for step in acting if not is_status(step.lever))
    alone, in_company = played(acting, FREE), played(all_open + others, FREE)
    assert alone.levers.talent_programme.sum() > 0 and alone.regions.zone_open.sum() == 1
    assert in_company.regions.zone_open.sum() == 22
    assert in_company.nation.overseas_talents == alone.nation.overseas_talents
    assert differing(in_company, alone, skip_labels=True) == []


def test_the_comparison_would_notice_a_bonus():
    bonus = played(small("history").policy)
    assert differing(bonus, played(steps("history", of_nation))) != []
