"""Further areas: firms that come into the area of a zone, and what is remembered of the area then."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from pytest import approx

from builders import small
from ftz_sim.analysis.compare import compare
from ftz_sim.analysis.replay import replay, verify
from ftz_sim.errors import InputError
from ftz_sim.indicators.tables import TABLES, Tables
from ftz_sim.model.clock import Quarter
from ftz_sim.model.columns import NO_ZONE
from ftz_sim.model.delimiting import REDRAWN
from ftz_sim.model.mechanisms import policy
from ftz_sim.model.published import load_figures
from ftz_sim.report.scenario_table import changes
from ftz_sim.runs.engine import simulate
from ftz_sim.runs.mixtures import mixture, players
from ftz_sim.runs.model import FtzModel
from ftz_sim.runs.run import replicates
from ftz_sim.runs.setup import alike, check_comparable
from ftz_sim.runs.together import batches, past_of, tables_of
from ftz_sim.scenario import idle
from ftz_sim.scenario.differences import differences
from ftz_sim.scenario.policy_path import policy_of
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.scenario.sentences import counted, further_area_text
from ftz_sim.story import tell, watch
from ftz_sim.trace.code import columns, listed

PLACES = load_figures().provinces.iso
SH = PLACES.index("SH")
OPENS = 8  # 2015Q1
AREA = "further_areas=[{zone: SH, opens: 2015Q1}]"
RULES = "parameters.policy.adaptive=true"
LEVERS = "policy=[{lever: carbon_budget, from: opening, level: 1}]"


def with_areas(*overrides: str, name: str = "larger") -> Scenario:
    spec = small("history", "horizon.fork=2014Q3", "horizon.end=2015Q4", RULES, LEVERS, *overrides)
    return spec.model_copy(update={"name": name})


def same(a: Tables, b: Tables, quarters: int | None = None) -> list[str]:
    """Return the columns in which two runs differ in the first ``quarters``."""
    return [
        f"{table}.{name}"
        for table in TABLES
        for name, values in getattr(a, table).items()
        if not np.array_equal(values[:quarters], getattr(b, table)[name][:quarters], equal_nan=True)
    ]


@pytest.fixture(scope="module")
def runs() -> dict[str, Tables]:
    return {"plain": simulate(with_areas(name="plain"), 1), "larger": simulate(with_areas(AREA), 1)}


def test_until_it_opens_a_run_is_the_one_without_it(runs):
    assert same(runs["plain"], runs["larger"], OPENS) == []
    plain, larger = (runs[name].zones for name in ("plain", "larger"))
    assert larger["firms"][OPENS, 0] > 1.5 * plain["firms"][OPENS, 0]
    assert np.array_equal(larger["firms"][OPENS, 1:], plain["firms"][OPENS, 1:])


def test_its_firms_live_by_the_rules_of_the_zone_and_it_costs_more(runs):
    plain, larger = (runs[name].zones for name in ("plain", "larger"))
    for name in ("value_added", "fdi", "co2", "policy_cost"):
        assert larger[name][OPENS, 0] > 1.15 * plain[name][OPENS, 0], name
    assert larger["fdi"][OPENS:, 0] == approx(2 * plain["fdi"][OPENS:, 0], rel=0.35)  # room for twice as much


def test_what_is_counted_by_zone_costs_by_the_size_of_its_area():
    small_one, large = (FtzModel(with_areas(*areas), rng=1) for areas in ((), (AREA,)))
    for model in (small_one, large):
        while model.clock.index <= OPENS:
            model.step()
    rows = [small_one.nation.outlay_by_lever, large.nation.outlay_by_lever]
    plain, more = (row[0] for row in rows)  # of zone status, 0.30 bn yuan a year for each open zone
    one = 0.30 * small_one.dt * small_one.params.public_finance.outlay_scale
    assert more - plain == approx(one)


def test_the_firms_are_those_of_the_next_ring_and_no_other_zone_takes_any():
    model = at_opening()
    before, outside = model.firms.zone.copy(), model.firms.zone == NO_ZONE
    policy.step(model, model.params.policy)
    firms = model.firms
    came = firms.zone != before
    assert np.array_equal(came, outside & (firms.region == SH) & (firms.ring > 1) & (firms.ring <= 2))
    assert came.sum() > 3 and set(firms.zone[came]) == {0}
    assert firms.in_open_zone[came].all()
    assert np.array_equal(firms.zone_rows, np.flatnonzero(firms.zone != NO_ZONE))
    cells, fields = firms.cell.copy(), firms.region_field.copy()
    firms.index()
    assert np.array_equal(cells, firms.cell) and np.array_equal(fields, firms.region_field)


def at_opening(*overrides: str) -> FtzModel:
    """Return a model that stands before the quarter in which the area opens."""
    model = FtzModel(with_areas(AREA, *overrides), rng=1)
    while model.clock.index < OPENS:
        model.step()
    return model


def test_what_is_remembered_is_that_of_the_area_as_it_is_now():
    model = at_opening()
    zones, regions = model.zones, model.regions
    names = ("value_added", "last_value_added", "emissions", "last_emissions", "carbon_budget", "value_added_2013",
             "value_added_by_field", "value_added_by_tier", "appraised_value")  # fmt: skip
    old = {name: getattr(zones, name).copy() for name in names}
    share, outside = regions.zone_share[SH], model.firms.zone == NO_ZONE
    assert np.isfinite(old["carbon_budget"][0])
    policy.step(model, model.params.policy)
    firms = model.firms
    came = outside & (firms.zone != NO_ZONE)
    added = firms.value_added[came].sum()
    assert zones.value_added[0] - old["value_added"][0] == approx(added)
    assert zones.last_value_added[0] - old["last_value_added"][0] == approx(np.full(4, added))
    for parts in (zones.value_added_by_tier, zones.value_added_by_field):
        assert parts[0].sum() == approx(zones.value_added[0])
    in_2013 = added * model.base.value_added_by_tier[SH].sum() / regions.value_added[SH].sum()
    assert zones.value_added_2013[0] - old["value_added_2013"][0] == approx(in_2013)
    emitted = (0.1 * firms.emission_intensity.astype(float) * firms.value_added)[came].sum()
    assert zones.emissions[0] - old["emissions"][0] == approx(emitted)
    assert zones.last_emissions[0] - old["last_emissions"][0] == approx(np.full(4, emitted))
    assert zones.carbon_budget[0] - old["carbon_budget"][0] == approx(emitted)
    new_fields = firms.value_added[came & (firms.tier > 0)].sum()
    # the appraisal of this January compared the old area with the old area, and notes the new one
    assert zones.appraised_value[0] - old["value_added_by_field"][0, 5:].sum() == approx(new_fields)
    assert regions.zone_share[SH] - share == approx(added / regions.value_added[SH].sum())
    assert regions.zone_area[SH] == 2 and regions.zone_area.sum() == 23
    for name in names[:-1]:
        assert np.array_equal(getattr(zones, name)[1:], old[name][1:], equal_nan=True), name


def test_columns_that_it_redraws_are_those_that_no_lever_moves():
    plain, larger = FtzModel(with_areas(name="plain"), rng=1), at_opening()
    while plain.clock.index < OPENS:
        plain.step()
    before = {name: columns_of(plain, name) for name in REDRAWN}
    for model in (plain, larger):
        policy.step(model, model.params.policy)
    assert all(np.array_equal(columns_of(plain, name), before[name], equal_nan=True) for name in REDRAWN)
    assert not any(np.array_equal(columns_of(larger, name), before[name], equal_nan=True) for name in REDRAWN)
    written = listed(columns("policy").writes)
    assert set(REDRAWN) < written


def columns_of(model: FtzModel, name: str) -> np.ndarray:
    table, _, column = name.partition(".")
    return np.copy(getattr(getattr(model, table), column))


def test_a_zone_that_is_closed_has_a_larger_area_and_no_more():
    closed = "policy=[{lever: zone_status, from: 2015Q1, level: 0, zones: [SH]}]"
    model = at_opening(closed)
    policy.step(model, model.params.policy)
    assert model.regions.zone_area[SH] == 2 and model.regions.zone_open[SH] == 0
    assert not model.firms.in_open_zone[model.firms.region == SH].any()


def test_runs_have_the_same_bits_alone_and_together():
    later = "further_areas=[{zone: GD, opens: 2015Q3, size: 0.5}, {zone: SH, opens: 2014Q2}]"  # either side of the fork
    specs = with_areas(AREA), with_areas(name="plain"), with_areas(later, name="later")
    runs = [(spec, seed) for seed in (1, 2) for spec in specs]
    assert len(list(batches(runs))) == 1
    made = tables_of(runs)
    for place, (spec, seed) in enumerate(runs):
        assert same(simulate(spec, seed), made.of_run(place)) == [], spec.name
    assert past_of(specs[0], 1) == past_of(specs[1], 1) != past_of(specs[2], 1)


def test_a_branch_and_a_pickled_model_are_the_run_itself(runs):
    model = FtzModel(with_areas(name="plain"), rng=1)
    while model.clock.index < OPENS:
        model.step()
    branch = model.branch(with_areas(AREA))
    again = pickle.loads(pickle.dumps(branch))
    for each in (branch, again):
        each.run()
        assert each.nation.gdp == pytest.approx(runs["larger"].national["gdp"][-1] / 4, rel=1e-12)
    assert branch.nation.gdp == again.nation.gdp
    with pytest.raises(ValueError, match="another policy before 2016Q1"):
        branch.branch(with_areas(name="plain"))


def test_scenarios_with_other_areas_are_compared_and_told_apart(tmp_path):
    specs = [with_areas(name="plain"), with_areas(AREA)]
    assert check_comparable(specs, None) == "plain"
    assert alike(specs) == ()
    assert alike([specs[0], with_areas("further_areas=[{zone: SH, opens: 2016Q1}]", name="late")])
    found = compare(specs, reps=2, out=tmp_path / "pair")
    assert found.folder == tmp_path / "pair"
    assert verify(tmp_path / "pair").agrees
    assert replay(tmp_path / "pair", "larger-0001").agrees


def test_a_folder_holds_the_area(tmp_path):
    replicates(with_areas(AREA), out=tmp_path / "run")
    text = (tmp_path / "run" / "scenarios" / "larger.yaml").read_text(encoding="utf-8")
    assert "further_areas:\n- {zone: SH, opens: 2015Q1, size: 1.0}\n" in text
    assert Scenario.load(tmp_path / "run" / "scenarios" / "larger.yaml").further_areas == with_areas(AREA).further_areas


def test_a_new_zone_may_have_one_and_two_are_added_up():
    spec = with_areas(
        "new_zones=[{province: GZ, opens: 2014Q1, like: YN}]",
        "further_areas=[{zone: GZ, opens: 2014Q2, size: 0.5}, {zone: GZ, opens: 2015Q1, size: 1.5}]",
    )
    area = policy_of(spec).area
    assert area[:, -1].tolist() == [1.0] * 5 + [1.5] * 3 + [3.0] * 4
    assert (area[:, :-1] == 1).all()
    assert FtzModel(spec, rng=1).run().regions.zone_area[PLACES.index("GZ")] == 3


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        ("{zone: GZ, opens: 2026Q1}", "further_areas[0].zone: there is no zone in GZ", "贵州|GZ没有试验区"),
        ("{zone: Shanghai, opens: 2026Q1}", "did you mean 'SH'?", "是不是想写'SH'"),
        ("{zone: 上海, opens: 2026Q1}", "did you mean 'SH'?", "是不是想写'SH'"),
        ("{zone: SH, opens: 2036Q1}", "further_areas[0].opens: 2036Q1 is outside 2013Q1 to 2035Q4", "2036Q1"),
        ("{zone: SH, opens: 2013Q4}", "allowed: after the zone itself, which opens in 2013Q4", "须晚于试验区本身"),
        ("{zone: SH, opens: 2026Q1}, {zone: SH, opens: 2026Q1}", "given twice: 2026Q1", "重复：2026Q1"),
        ("{zone: SH, opens: 2026Q1, size: 2}, {zone: SH, opens: 2027Q1, size: 0.5}",
         "the further areas of SH are 2.5 times its first area together; allowed: 2 at most", "至多为2倍"),
        ("{zone: SH, opens: 2026Q1, size: 3}", "further_areas[0].size: found 3", "相对于试验区最初片区的倍数"),
        ("{zone: SH}", "the key 'opens' is missing", "缺少键'opens'"),
        ("{zone: SH, opens: 2026Q1, share: 1}", "unknown key 'share'", "没有'share'这个键"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_both_languages(tmp_path, text, en, zh):
    path = tmp_path / "bad.yaml"
    path.write_text(f"name: bad\nbase: history\nfurther_areas: [{text}]\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        Scenario.load(path)
    assert error.value.say("en").startswith(f"{path}:3: further_areas")
    assert en in error.value.say("en")
    assert any(words in error.value.say("zh") for words in zh.split("|"))


def test_it_is_said_in_both_languages():
    (area,) = with_areas(AREA).further_areas
    assert further_area_text(area, "en") == "opens in 2015Q1, with 100% of the size of the zone's first area"
    assert further_area_text(area, "zh") == "2015Q1启用，规模为试验区最初片区的100%"
    pair = with_areas(name="plain"), with_areas(AREA)
    assert ("further_areas.SH 2015Q1", "–", further_area_text(area, "en")) in differences(*pair)
    (change,) = changes(*pair, "zh")
    assert "扩展区域（上海）" in change.what


def test_an_area_that_would_open_after_the_end_is_told():
    late = with_areas("further_areas=[{zone: SH, opens: 2016Q1}, {zone: GD, opens: 2015Q4}]")
    assert [area.zone for area in idle.unadded(late)] == ["SH"]
    said = "larger: the further area of SH opens in 2016Q1, after the run's end"
    assert said in list(idle.sentences(late, "en"))
    assert "larger：SH的扩展区域于2016Q1启用，晚于运行结束" in list(idle.sentences(late, "zh"))
    assert "further areas that open after the run's end: 1 in larger" in counted([late], "en")


def test_a_rule_fires_beside_it():
    sign = "{indicator: value_added, zone: SH, below: 1000000}"
    rules = f"rules=[{{name: a, when: {sign}, then: [{{lever: replication, level: 1}}]}}]"
    model = FtzModel(with_areas(AREA, rules), rng=1).run()
    assert model.watch.fired == [{"a": Quarter(2014, 3).index}]
    assert model.regions.zone_area[SH] == 2  # the policy was laid out anew with the area


def test_its_story_is_told_of_the_zone_and_of_a_firm_that_joins():
    model = at_opening()
    outside = model.firms.zone == NO_ZONE
    policy.step(model, model.params.policy)
    row = np.flatnonzero(outside & (model.firms.zone != NO_ZONE))[2]
    spec, said = with_areas(AREA), {}
    for kind, code in (("firm", str(row)), ("zone", "SH")):
        for lang in ("en", "zh"):
            events = tell(watch(spec, 1, kind, code), lang).events
            said[kind, lang] = [event.text for event in events if event.quarter == OPENS]
    assert said["firm", "en"][0] == "comes into the zone with a further area (policy)"
    assert said["firm", "zh"][0] == "随扩展区域进入试验区（政策）"
    assert not any("the zone opens" in text for text in said["firm", "en"])  # it has long been open
    assert "a further area opens; the zone has 200 % of its first area (policy)" in said["zone", "en"]
    assert "扩展区域启用，规模达最初片区的200%（政策）" in said["zone", "zh"]


def test_it_is_a_part_of_a_gap_by_itself():
    plain, larger = with_areas(name="plain"), with_areas(AREA)
    parts = players(larger, plain)
    assert parts == {"further_areas": ()}
    assert mixture(larger, plain, parts, ["further_areas"]).further_areas == larger.further_areas
    assert mixture(larger, plain, parts, []).further_areas == ()
