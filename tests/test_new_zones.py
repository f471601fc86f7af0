"""New zones: areas like those of the table, which are parts of their provinces until they open."""

from __future__ import annotations

import numpy as np
import pytest

from builders import small
from ftz_sim.analysis.replay import verify
from ftz_sim.errors import InputError
from ftz_sim.indicators.tables import TABLES
from ftz_sim.model.clock import Quarter
from ftz_sim.model.published import load_figures
from ftz_sim.results.statements import place_name
from ftz_sim.runs.agents import Zone
from ftz_sim.runs.engine import simulate
from ftz_sim.runs.model import FtzModel
from ftz_sim.runs.run import replicates
from ftz_sim.runs.setup import alike, check_comparable
from ftz_sim.runs.together import batches, tables_of
from ftz_sim.scenario import idle
from ftz_sim.scenario.differences import differences
from ftz_sim.scenario.lever_steps import WITHOUT_ZONE, ZONES, LeverStep, laid
from ftz_sim.scenario.new_zones import figures_with
from ftz_sim.scenario.policy_path import policy_of
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.scenario.sentences import counted, new_zone_text

PLACES = load_figures().provinces.iso
OPENS = 4  # 2014Q1
GZ = "new_zones=[{province: GZ, opens: 2014Q1, like: YN}]"
CLOSED = "policy=[{lever: zone_status, from: opening, level: 0, zones: [GZ]}]"


def with_zones(*overrides: str, name: str = "wider") -> Scenario:
    spec = small("history", "horizon.fork=2013Q3", "horizon.end=2014Q4", *overrides)
    return spec.model_copy(update={"name": name})


def test_provinces_are_those_of_the_table_or_may_have_a_new_one():
    assert sorted((*ZONES, *WITHOUT_ZONE)) == sorted(PLACES)


def test_a_new_zone_is_a_line_more_of_the_table():
    spec = with_zones("new_zones=[{province: GZ, opens: 2014Q1, like: YN}, {province: QH, opens: 2014Q3, like: BJ}]")
    zones, known = spec.figures.zones, load_figures().zones
    assert zones.iso == (*known.iso, "GZ", "QH") == spec.zone_codes
    assert [PLACES[row] for row in zones.region[-2:]] == ["GZ", "QH"]
    assert zones.opening_quarter[-2:].tolist() == [OPENS, OPENS + 2]
    for column in ("category", "speciality", "affinity"):
        values = getattr(zones, column)
        for row, like in ((-2, "YN"), (-1, "BJ")):
            assert np.array_equal(values[row], getattr(known, column)[known.iso.index(like)])
        assert np.array_equal(values[:22], getattr(known, column))
    assert zones.name_zh[-2] == place_name("zone", "GZ", "zh") == "贵州自贸试验区（新设）"
    assert zones.name_en[-2] == place_name("zone", "GZ") == "Guizhou FTZ (new)"
    assert figures_with(()) is load_figures()


def test_steps_for_all_zones_hold_for_it_from_its_opening_and_steps_for_others_do_not():
    path = policy_of(with_zones(GZ))
    assert path.level("zone_status")[:, -1].tolist() == [0.0] * OPENS + [1.0] * 4
    assert path.is_open[:, -1].tolist() == [False] * OPENS + [True] * 4
    assert path.level("services_list_reform").shape == (8, 23)
    named = policy_of(with_zones(GZ, "policy=[{lever: ai_plus, from: 2014Q2, level: 1, zones: [GZ]}]"))
    assert named.level("ai_plus")[:, -1].tolist() == [0.0] * 5 + [1.0] * 3
    assert not named.level("ai_plus")[:, :-1].any()


def test_what_is_laid_over_a_step_for_all_zones_leaves_the_new_one():
    every, own = (
        LeverStep.model_validate({"lever": "ai_plus", "from": start, "level": 1.0, "zones": zones})
        for start, zones in (("2025Q1", None), ("2024Q1", ZONES))
    )
    codes = (*ZONES, "GZ")
    assert [step.zones for step in laid([every, own], ["a", "b"], codes)] == [ZONES, ("GZ",)]
    assert laid([every, own], ["a", "b"]) == (own,)


def test_until_it_opens_and_without_status_the_area_is_a_part_of_its_province():
    opened, closed = simulate(with_zones(GZ), 1), simulate(with_zones(GZ, CLOSED), 1)
    place = PLACES.index("GZ")
    for table in ("national", "regions", "partners"):
        for key, values in getattr(opened, table).items():
            assert np.array_equal(values[:OPENS], getattr(closed, table)[key][:OPENS]), (table, key)
    assert opened.zones["is_open"][:, -1].tolist() == [0.0] * OPENS + [1.0] * 4
    assert closed.zones["is_open"][:, -1].tolist() == [0.0] * 8
    assert opened.regions["fdi"][-1, place] > 1.02 * closed.regions["fdi"][-1, place]
    assert opened.national["policy_cost"][-1] > closed.national["policy_cost"][-1]
    assert opened.national["open_zones"][-1] == closed.national["open_zones"][-1] + 1


def test_runs_have_the_same_bits_alone_and_together():
    specs = with_zones(GZ), with_zones(GZ, CLOSED)
    made = tables_of([(spec, seed) for seed in (1, 2) for spec in specs])
    for place, (spec, seed) in enumerate((spec, seed) for seed in (1, 2) for spec in specs):
        alone, together = simulate(spec, seed), made.of_run(place)
        for table in TABLES:
            for key, values in getattr(alone, table).items():
                assert np.array_equal(values, getattr(together, table)[key]), (place, table, key)


def test_runs_with_other_zones_are_not_stepped_together():
    runs = [(with_zones(GZ), 1), (with_zones(), 1), (with_zones(GZ, CLOSED), 1)]
    assert sorted(batches(runs)) == [[0, 2], [1]]


def test_scenarios_with_other_zones_are_not_compared():
    wider, plain = with_zones(GZ), with_zones(name="plain")
    with pytest.raises(InputError) as error:
        check_comparable([wider, plain], None)
    hint = "policy: [{lever: zone_status, from: opening, level: 0, zones: [GZ]}]"
    assert error.value.say("en").endswith(hint) and error.value.say("zh").endswith(hint)
    assert "\nwider: GZ: a zone like that of Yunnan opens in 2014Q1\nplain: none\n" in error.value.say("en")
    assert "\nwider：贵州：2014Q1设立试验区，类型同云南\nplain：无\n" in error.value.say("zh")
    check_comparable([wider, with_zones(GZ, CLOSED, name="closed")], None)
    assert alike([wider, plain]) == ()
    assert not FtzModel(wider, rng=1).has_past_of(plain)


def test_a_folder_with_a_new_zone_is_whole(tmp_path):
    spec = with_zones(GZ)
    replicates(spec, out=tmp_path / "run")
    assert verify(tmp_path / "run").agrees
    text = (tmp_path / "run" / "scenarios" / "wider.yaml").read_text(encoding="utf-8")
    assert "new_zones:\n- {province: GZ, opens: 2014Q1, like: YN}\n" in text
    assert Scenario.load(tmp_path / "run" / "scenarios" / "wider.yaml").new_zones == spec.new_zones


def test_a_model_has_an_agent_more():
    model = FtzModel(with_zones(GZ), rng=1)
    assert len(model.agents_by_type[Zone]) == 23


def test_a_new_zone_is_said_in_both_languages():
    (zone,) = with_zones(GZ).new_zones
    assert new_zone_text(zone, "en") == "a zone like that of Yunnan opens in 2014Q1"
    assert new_zone_text(zone, "zh") == "2014Q1设立试验区，类型同云南"


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        ("{province: SH, opens: 2026Q1, like: HB}", "new_zones[0].province: found 'SH'; allowed: SX, NM, JL, JX, GZ",
         "读到'SH'；应为：SX、NM、JL、JX、GZ"),
        ("{province: GZ, opens: 2026Q1, like: QH}", "new_zones[0].like: found 'QH'; allowed: SH, GD, TJ",
         "读到'QH'；应为：SH、GD、TJ"),
        ("{province: Guizhou, opens: 2026Q1, like: HB}", "found 'Guizhou'", "；是不是想写'GZ'？"),
        ("{province: GZ, opens: 2026Q1, like: 湖北}", "did you mean 'HB'?", "；是不是想写'HB'？"),
        ("{province: GZ, opens: 2026, like: HB}", "new_zones[0].opens: 2026 is no quarter",
         "2026"),
        ("{province: GZ, opens: 2026Q1}", "new_zones[0].like: the key 'like' is missing", "缺少键'like'"),
        ("{province: GZ, opens: 2026Q1, like: HB}, {province: GZ, opens: 2027Q1, like: SC}",
         "a province has one zone at most; given twice: GZ", "每个省份至多一个试验区；重复：GZ"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_both_languages(tmp_path, text, en, zh):
    path = tmp_path / "bad.yaml"
    path.write_text(f"name: bad\nbase: history\nnew_zones: [{text}]\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        Scenario.load(path)
    assert en in error.value.say("en") and zh in error.value.say("zh")


def test_what_is_no_code_is_held_against_names_of_all_provinces(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("name: bad\nnew_zones: [{province: Shanghai, opens: 2026Q1, like: HB}]\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        Scenario.load(path)
    assert "mean" not in str(error.value)  # it has a zone; the nearest of those without one, Shanxi, is not meant


def test_a_zone_that_would_open_after_the_end_is_told():
    late = with_zones("new_zones=[{province: GZ, opens: 2015Q1, like: YN}, {province: QH, opens: 2014Q4, like: YN}]")
    said = f"{late.name}: the new zone in GZ opens in 2015Q1, after the run's end"
    assert [text for text in idle.sentences(late, "en") if "new zone" in text] == [said]
    assert [text for text in idle.sentences(late, "zh") if "新设试验区" in text] == [
        f"{late.name}：GZ的新设试验区于2015Q1设立，晚于运行结束"
    ]
    assert f"new zones that open after the run's end: 1 in {late.name}" in counted([late], "en")
    assert not idle.unopened(with_zones(GZ))


def test_steps_that_differ_are_listed_in_the_marks_of_each_language():
    told = {lang: {key: after for key, _, after in differences(with_zones(GZ), with_zones(GZ, CLOSED), lang)}
            for lang in ("en", "zh")}  # fmt: skip
    assert "; 0 from" in told["en"]["policy.zone_status"]
    assert "）；自各区设立起为0（贵州）" in told["zh"]["policy.zone_status"]


def test_a_rule_may_look_at_a_new_zone_and_at_none_that_does_not_exist():
    sign = "{indicator: value_added, zone: GZ, below: 1000000}"
    rules = f"rules=[{{name: a, when: {sign}, then: [{{lever: replication, level: 1}}]}}]"
    with pytest.raises(InputError, match=r"when.zone: found 'GZ'; allowed: SH, GD"):
        with_zones(rules)
    assert FtzModel(with_zones(GZ, rules), rng=1).run().watch.fired == [{"a": Quarter(2013, 3).index}]


def test_a_zone_that_is_named_must_exist(tmp_path):
    step = "policy=[{lever: ai_plus, from: 2025Q1, level: 1, zones: [GZ]}]"
    with pytest.raises(InputError, match=r"policy.*zones: there is no zone in GZ \(a new one stands under new_zones\)"):
        with_zones(step)
    assert with_zones(GZ, step).policy[-1].zones == ("GZ",)
