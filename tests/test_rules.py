"""Rules that wait for signs: they see the past alone, fire once, and are dated steps from then on."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from builders import small
from ftz_sim.analysis.equal_cost import equalise
from ftz_sim.analysis.replay import verify
from ftz_sim.analysis.strip import strip
from ftz_sim.errors import InputError
from ftz_sim.indicators.tables import TABLES, all_tables
from ftz_sim.model.clock import Quarter
from ftz_sim.runs import mixtures
from ftz_sim.runs.engine import simulate
from ftz_sim.runs.model import FtzModel
from ftz_sim.runs.run import replicates
from ftz_sim.runs.setup import alike
from ftz_sim.runs.sweep import sweep
from ftz_sim.runs.sweep_tables import load_sweep
from ftz_sim.runs.together import tables_of
from ftz_sim.scenario.lever_steps import LeverStep
from ftz_sim.scenario.rules import Rule
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.scenario.sentences import rule_text, sign_text
from ftz_sim.scenario.signs import Sign, Signs

FORK = "horizon.fork=2013Q3"
TARIFF = {"indicator": "effective_tariff", "partner": "US", "above": 0.2, "quarters": 2}
GREW = "{indicator: gdp, above: 1}"
SLOW = {"indicator": "gdp_growth", "below": 0.035}
INVESTED = {"indicator": "fdi", "zone": "SH", "above": 0.0}
GROWN = {"indicator": "gdp", "above": 0.0}
HIT = "shocks=[{kind: tariff, partner: US, size: 0.3, from: 2013Q4, to: 2014Q4}]"
ALIGN = {"lever": "rule_alignment", "level": 0.8, "ramp": 2}
ACCEDE = {"lever": "accession_preparation", "level": 1.0}


def rule(name="align", when=TARIFF, then=(ALIGN,)) -> Rule:
    return Rule.model_validate({"name": name, "when": when, "then": tuple(then)})


def with_rules(*rules: Rule, overrides=(HIT,), end="2014Q4", name="waits") -> Scenario:
    spec = small("history", FORK, f"horizon.end={end}", *overrides)
    return spec.model_copy(update={"name": name, "rules": rules})


def same(a, b) -> bool:
    return all(
        np.array_equal(values, getattr(b, name)[key]) for name in TABLES for key, values in getattr(a, name).items()
    )


def test_a_sign_must_last_and_lie_beyond_its_threshold():
    values = np.array([[1.0, 3, 3], [3, 1, 3], [3, 3, 2]])  # [T, E]
    assert Sign(indicator="gdp", above=2, quarters=2).seen(values).tolist() == [True, False, False]
    assert Sign(indicator="gdp", above=2).seen(values).tolist() == [True, True, False]
    assert Sign(indicator="gdp", below=2.5, quarters=1).seen(values).tolist() == [False, False, True]
    assert not Sign(indicator="gdp", above=0, quarters=4).seen(values).any(), "three quarters have passed"


def test_of_several_signs_all_or_any_must_be_there_each_over_its_own_quarters():
    growth, trade = Sign(indicator="gdp", above=2, quarters=2), Sign(indicator="exports", below=5)
    seen = {growth: np.array([True, False, True, False]), trade: np.array([True, True, False, False])}
    assert Signs(all=(growth, trade)).met(seen).tolist() == [True, False, False, False]
    assert Signs(any=(growth, trade)).met(seen).tolist() == [True, True, True, False]
    assert growth.met(seen).tolist() == seen[growth].tolist()
    assert str(Signs(all=(growth, trade))) == "above 2 for 2 and below 5 for 1"
    assert Signs(any=(growth, trade)).name == "gdp above 2 for 2 or exports below 5 for 1"


def test_a_zone_that_is_not_open_has_figures_and_its_opening_is_a_sign():
    few = {"indicator": "fdi", "zone": "GD", "below": 1e6}  # Guangdong's opens in 2015Q2
    both = {"all": (few, {"indicator": "is_open", "zone": "GD", "above": 0.0})}
    model = FtzModel(with_rules(rule("early", few), rule("open", both), end="2015Q4"), rng=1).run()
    assert model.watch.fired[0] == {"early": model.spec.horizon.fork.index, "open": Quarter(2015, 3).index}


def test_a_tariff_is_seen_when_it_has_come_and_not_before():
    # it comes in 2013Q4 and must have lasted for two quarters
    model = FtzModel(with_rules(rule()), rng=1).run()
    assert model.watch.fired == [{"align": Quarter(2014, 2).index}]
    assert FtzModel(with_rules(rule(), overrides=()), rng=1).run().watch.fired == [{}]
    later = with_rules(rule(), overrides=[HIT.replace("2013Q4", "2014Q1")])
    assert FtzModel(later, rng=1).run().watch.fired == [{"align": Quarter(2014, 3).index}]


def test_a_rule_waits_for_all_of_its_signs_in_one_quarter_or_for_the_first():
    later = {**TARIFF, "quarters": 4}  # seen two quarters after the other
    fired = {
        how: FtzModel(with_rules(rule(when={how: (TARIFF, later)}), end="2015Q1"), rng=1).run().watch.fired
        for how in ("all", "any")
    }
    assert fired == {"all": [{"align": Quarter(2014, 4).index}], "any": [{"align": Quarter(2014, 2).index}]}
    gone = with_rules(  # the tariff is lifted before the other sign has come
        rule(when={"all": (TARIFF, {"indicator": "gdp", "above": 0.0, "quarters": 7})}),
        overrides=[HIT.replace("2014Q4", "2014Q2")],
    )
    assert FtzModel(gone, rng=1).run().watch.fired == [{}]


def test_no_rule_fires_before_the_fork():
    model = FtzModel(with_rules(rule(when={"indicator": "gdp", "above": 0.0}), overrides=()), rng=1)
    model.step()
    model.step()
    assert model.watch.fired == [{}]
    model.step()
    assert model.watch.fired == [{"align": Quarter(2013, 3).index}]


def test_a_rule_that_fired_is_a_dated_step():
    rules = rule(), rule("accede", {"indicator": "gdp", "above": 0.0}, [ACCEDE])
    spec = with_rules(*rules)
    steps = [
        LeverStep.model_validate({**ACCEDE, "from": "2013Q3"}),
        LeverStep.model_validate({**ALIGN, "from": "2014Q2"}),
    ]
    dated = spec.model_copy(update={"rules": (), "policy": (*spec.policy, *steps)})
    assert same(simulate(spec, 1), simulate(dated, 1))
    several = spec.model_copy(update={"rules": (rule(when={"all": (TARIFF, GROWN)}), rules[1])})
    assert same(simulate(several, 1), simulate(dated, 1))
    assert not same(simulate(spec, 1), simulate(spec.model_copy(update={"rules": ()}), 1))


def test_what_has_begun_is_not_called_back():
    dated = "policy=[{lever: rule_alignment, from: 2014Q3, level: 0}]"
    spec = with_rules(rule(), overrides=[HIT, dated])
    path = FtzModel(spec, rng=1).run().policy.level("rule_alignment")
    assert path[-4:, 0].tolist() == [0, 0.4, 0.8, 0.8]
    gone = with_rules(rule(), overrides=[HIT.replace("2014Q4", "2014Q1")])  # the tariff is lifted before it
    assert FtzModel(gone, rng=1).run().policy.level("rule_alignment")[-1, 0] == 0.8


def test_runs_have_the_same_bits_alone_and_together_each_with_its_own_quarters():
    richer = rule("grow", {"indicator": "gdp_growth", "above": 0.0765, "quarters": 1}, [ACCEDE])
    runs = [
        (with_rules(rule(), richer), 1), (with_rules(richer, overrides=()), 2), (with_rules(overrides=()), 1),
        (with_rules(rule(), overrides=[HIT.replace("2013Q4", "2014Q1")]), 1),
        (with_rules(rule("sh", {"indicator": "gdp", "province": "SH", "above": 0.0}), overrides=()), 1),
        (with_rules(rule("zone", INVESTED)), 3),
        (with_rules(rule("both", {"all": (TARIFF, {**INVESTED, "quarters": 3})})), 2),
        (with_rules(rule("first", {"any": (TARIFF, {"indicator": "gdp", "province": "SH", "above": 0.0})})), 1),
    ]  # fmt: skip
    together = tables_of(runs)
    firsts = set()
    for place, (spec, seed) in enumerate(runs):
        alone, own = simulate(spec, seed), together.of_run(place)
        assert same(alone, own)
        for each in spec.rules:
            told = [tables.rules.get(each.name, np.zeros(8)).tolist() for tables in (alone, own)]
            assert told[0] == told[1]
            firsts.add((each.name, int(np.sum(told[0]))))
    assert {("align", 3), ("align", 2), ("sh", 6), ("both", 2), ("first", 6)} <= firsts
    assert any(name == "zone" and n for name, n in firsts)


def test_tables_that_nobody_asked_for_are_recorded_for_the_rules_alone():
    spec = with_rules(rule())
    made = tables_of([(spec, 1), (with_rules(rule(), overrides=()), 1)], ["national"])
    assert made.partners == {}
    assert made.rules["align"].sum(axis=0).tolist() == [3, 0]


def test_no_indicator_sees_what_is_to_come():
    spec = with_rules(overrides=(HIT,))
    early, late = (FtzModel(spec, rng=1) for _ in range(2))
    for _ in range(5):
        early.step()
    late.run()
    before, whole = (all_tables(model.recorder.records) for model in (early, late))
    for name in TABLES:
        for key, values in getattr(before, name).items():
            assert np.array_equal(values, getattr(whole, name)[key][:5]), (name, key)


def test_a_model_goes_on_after_it_was_kept_and_branches_with_what_has_fired():
    spec = with_rules(rule())
    whole = FtzModel(spec, rng=1).run()
    model = FtzModel(spec, rng=1)
    for _ in range(6):
        model.step()
    for twin in (pickle.loads(pickle.dumps(model)), model.branch(spec)):
        twin.run()
        assert twin.watch.fired == whole.watch.fired
        assert same(*(all_tables(each.recorder.records) for each in (twin, whole)))
    with pytest.raises(ValueError, match="another rule before 2014Q3"):
        model.branch(spec.model_copy(update={"rules": ()}))


def test_a_branch_at_the_fork_may_have_other_rules():
    past = FtzModel(with_rules(overrides=()), rng=1)
    past.step()
    past.step()
    spec = with_rules(rule(when={"indicator": "gdp", "above": 0.0}), overrides=())
    branch, alone = past.branch(spec).run(), FtzModel(spec, rng=1).run()
    assert branch.watch.fired == alone.watch.fired == [{"align": 2}]
    assert same(*(all_tables(each.recorder.records) for each in (branch, alone)))


def test_a_file_with_rules_comes_back_as_it_was(tmp_path):
    text = with_rules(rule()).dump()
    assert "- {name: align, when: {indicator: effective_tariff, partner: US, above: 0.2, quarters: 2}, then: [" in text
    (tmp_path / "waits.yaml").write_text(text, encoding="utf-8")
    assert Scenario.load(tmp_path / "waits.yaml").rules == (rule(),)
    several = with_rules(rule(when={"any": (TARIFF, SLOW)})).dump()
    assert "when: {any: [{indicator: effective_tariff, partner: US, above: 0.2, quarters: 2}, {indicator:" in several
    (tmp_path / "any.yaml").write_text(several, encoding="utf-8")
    assert Scenario.load(tmp_path / "any.yaml").rules == (rule(when={"any": (TARIFF, SLOW)}),)


def test_a_rule_is_said_in_both_languages():
    assert rule_text(rule(), "en") == (
        "once tariff after preferences, United States, stayed for 2 quarters above 20 %: mutual "
        "alignment of rules to 0.8 in 2 quarterly steps"
    )
    assert rule_text(rule(), "zh") == "优惠后关税（美国）连续2个季度高于20%后：规则对接分2个季度调至0.8"


def test_several_signs_are_said_with_what_joins_them():
    assert sign_text(rule(when={"all": (TARIFF, SLOW)}).when, "en") == (
        "tariff after preferences, United States, stayed for 2 quarters above 20 %, and GDP growth stayed for "
        "a quarter below 3.5 %/yr"
    )
    assert sign_text(rule(when={"any": (TARIFF, SLOW)}).when, "zh") == (
        "优惠后关税（美国）连续2个季度高于20%，或经济增长率有1个季度低于每年3.5%"
    )


@pytest.mark.parametrize(
    ("sign", "en", "zh"),
    [
        ({"indicator": "exports", "below": 20500}, "below 20.5 trillion yuan a year, 2013 prices",
         "低于20.5万亿元／年（2013年价）"),
        ({"indicator": "gdp_growth", "below": 0.03}, "below 3 %/yr", "低于每年3%"),
        ({"indicator": "research_intensity", "above": 0.025}, "above 2.5 % of GDP", "高于GDP的2.5%"),
        ({"indicator": "tfp", "above": 110}, "above 110 (2013Q1 = 100)", "高于110（2013年一季度=100）"),
        ({"indicator": "clusters", "above": 10}, "above 10 (count)", "高于10个"),
        ({"indicator": "fdi", "zone": "SH", "above": 12.5}, "Shanghai FTZ, stayed for a quarter above 12.5 bn yuan a ",
         "上海自贸试验区实际使用外资有1个季度高于125亿元／年"),
        ({"indicator": "gdp", "province": "GD", "below": 5000}, "GDP, Guangdong, stayed", "广东地区生产总值"),
        ({"indicator": "exports", "zone": "XJ", "below": 0.05}, "below 0.00005 trillion", "低于0.00005万亿元"),
        ({"indicator": "exports", "partner": "US", "below": 2000}, "exports to the partner, United States, stayed",
         "对其出口（美国）有1个季度低于2万亿元"),
        ({"indicator": "wage", "above": 90}, "above 90 × 10^3 yuan/yr", "高于9万元／年"),
        ({"indicator": "talents_per_1k_workers", "above": 5}, "above 5 (per 10^3 workers)", "高于5（每千名从业者）"),
    ],
)  # fmt: skip
def test_thresholds_are_written_as_their_indicators_are_shown(sign, en, zh):
    when = Sign.model_validate(sign)
    assert en in sign_text(when, "en") and zh in sign_text(when, "zh")


def test_folders_say_when_rules_fired(tmp_path):
    never = {"indicator": "gdp", "below": 0.0}
    spec = with_rules(rule(), rule("any", {"any": (TARIFF, never)}, [ACCEDE]), rule("never", never))
    replicates(spec, reps=2, out=tmp_path / "run")
    lines = (tmp_path / "run" / "rules.csv").read_text(encoding="utf-8").split()
    assert lines == [
        "scenario,replicate,rule,quarter", "waits,0,align,2014Q2", "waits,0,any,2014Q2", "waits,0,never,never",
        "waits,1,align,2014Q2", "waits,1,any,2014Q2", "waits,1,never,never",
    ]  # fmt: skip
    found = verify(tmp_path / "run")
    assert found.agrees and len(found.replays) == 2
    replicates(with_rules(), out=tmp_path / "without")
    assert not (tmp_path / "without" / "rules.csv").exists()


def test_a_sweep_says_when_rules_fired(tmp_path):
    for spec in (with_rules(rule()), with_rules(name="plain")):
        (tmp_path / f"{spec.name}.yaml").write_text(spec.dump(), encoding="utf-8")
    file = tmp_path / "small.yaml"
    file.write_text(SWEEP, encoding="utf-8")
    sweep(file, tmp_path / "out")
    assert load_sweep(tmp_path / "out").runs["rules"].tolist() == ["align 2014Q2", ""] * 2
    assert verify(tmp_path / "out").agrees
    file.write_text(SWEEP.replace("foreign_investment.openness_effect", "levers.rule_alignment"), encoding="utf-8")
    with pytest.raises(InputError, match="a rule moves this lever"):
        sweep(file, tmp_path / "other")


SWEEP = """\
name: small
scenarios: [waits.yaml, plain.yaml]
uncertainties: {foreign_investment.openness_effect: [0.1, 0.2]}
design: {method: lhs, samples: 2}
replicates: 1
"""


def test_rules_make_scenarios_differ():
    waits, plain = with_rules(rule()), with_rules(name="plain")
    assert alike([waits, plain]) == ()
    assert mixtures.players(waits, plain) == {"rules": ()}
    assert mixtures.mixture(waits, plain, {"rules": ()}, ["rules"]).rules == waits.rules


def test_what_needs_dates_refuses_rules():
    waits, plain = with_rules(rule()), with_rules(name="plain")
    with pytest.raises(InputError, match="waits has rules; to make costs equal"):
        equalise([plain, waits])
    with pytest.raises(InputError, match="waits has rules; layers are frozen"):
        strip(waits, plain)


@pytest.mark.parametrize(
    ("when", "then", "en", "zh"),
    [
        ("indicator: gpd, above: 1", "", "rules[0].when.indicator: 'gpd' is no national indicator; did you mean 'gdp'?",
         "没有名为'gpd'的全国指标；是不是想写'gdp'？"),
        ("indicator: effective_tarif, partner: US, above: 1", "",
         "'effective_tarif' is no indicator of partner economies; did you mean 'effective_tariff'?",
         "没有名为'effective_tarif'的伙伴经济体指标；是不是想写'effective_tariff'？"),
        ("indicator: gdp, province: GDD, above: 1", "", "rules[0].when.province: found 'GDD'; allowed: BJ, TJ",
         "rules[0].when.province: 读到'GDD'；应为：BJ、TJ"),
        ("indicator: fdi, province: SH, zone: SH, above: 1", "", "name province or zone, not both",
         "province与zone只写其一"),
        ("indicator: effective_tariff, above: 1", "",
         "rules[0].when.indicator: 'effective_tariff' is no national indicator; name whose it is: partner",
         "'effective_tariff'不是全国指标；须指明所属：partner"),
        ("indicator: gdp", "", "rules[0].when: name above or below, one of the two", "above与below须写且只写其一"),
        ("indicator: gdp, above: 1, below: 2", "", "name above or below, one of the two",
         "above与below须写且只写其一"),
        ("indicator: gdp, over: 1", "", "unknown key 'over'; allowed: indicator, province, zone, partner, above, below",
         "没有'over'这个键；可用：indicator、province、zone、partner、above、below"),
        ("indicator: gdp, above: 1, quarters: 0", "", "rules[0].when.quarters: found 0; allowed: a whole number from 1",
         "读到0；应为：1到40之间的整数（须连续出现的季度数）"),
        (f"all: [{GREW}]", "", "rules[0].when.all: found a list of 1; allowed: a list of 2 or more (signs",
         "读到1项的列表；应为：至少2项的列表（须同时出现的各信号）"),
        (f"any: [{', '.join([GREW] * 6)}]", "", "rules[0].when.any: found a list of 6; allowed: a list of 5",
         "至多5项的列表"),
        (f"all: [{GREW}, {GREW}]", "", "rules[0].when.all: name each sign once", "每个信号只写一次"),
        (f"all: [{GREW}, {{indicator: fdi, above: 0}}, {{indicator: gdp, below: 1, quarters: 4}}]", "",
         "rules[0].when.all: gdp is never above 1 and below 1 in the same quarter; change a threshold, or write any",
         "rules[0].when.all: gdp在同一季度不可能既高于1又低于1；请修改阈值，或改用any"),
        ("all: [{indicator: fdi, zone: SH, below: 0.5}, {indicator: fdi, zone: SH, above: 2}]", "",
         "fdi zone SH is never above 2 and below 0.5", "fdi zone SH在同一季度不可能既高于2又低于0.5"),
        (f"all: [{GREW}, {{indicator: gpd, above: 1}}]", "",
         "rules[0].when.all[1].indicator: 'gpd' is no national indicator; did you mean 'gdp'?", "是不是想写'gdp'？"),
        (f"all: [{GREW}, {{any: [{GREW}, {GREW}]}}]", "",
         "rules[0].when.all[1].any: unknown key 'any'; allowed: indicator, province", "没有'any'这个键"),
        (f"al: [{GREW}, {GREW}]", "", "below, quarters, all, any; did you mean 'all'?",
         "是不是想写'all'？"),
        (f"all: [{GREW}, {GREW}], indicator: gdp", "",
         "rules[0].when: name one sign, or a list of signs under one of these keys and nothing beside it: all, any",
         "写一个信号；或在以下键之一列出各信号，不另写其他键：all、any"),
        ("all: null", "", "rules[0].when: name one sign, or a list of signs under one of", "写一个信号"),
        ("indicator: gdp, above: 1", "{lever: rule_alignmet, level: 1}", "did you mean 'rule_alignment'?",
         "是不是想写'rule_alignment'？"),
        ("indicator: gdp, above: 1", "{lever: replication, level: 1, zones: [SH]}",
         "rules[0].then[0].zones: replication is a national lever and takes no zones", "不能指定试验区"),
        ("indicator: gdp, above: 1", "{lever: ai_plus, from: 2025Q1, level: 1}", "unknown key 'from'; allowed: lever,",
         "没有'from'这个键"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_both_languages(tmp_path, when, then, en, zh):
    path = tmp_path / "bad.yaml"
    then = then or "{lever: ai_plus, level: 1}"
    path.write_text(f"name: bad\nrules:\n  - name: a\n    when: {{{when}}}\n    then: [{then}]\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        Scenario.load(path)
    assert str(error.value).startswith(f"{path}:")
    assert en in error.value.say("en") and zh in error.value.say("zh")


@pytest.mark.parametrize(
    "when",
    [
        f"all: [{GREW}, {{indicator: gdp, below: 1.5}}]",  # between the two
        f"all: [{GREW}, {{indicator: gdp, province: GD, below: 1}}]",  # of two places
        f"all: [{GREW}, {{indicator: gdp, above: 2, quarters: 2}}]",
        f"any: [{GREW}, {{indicator: gdp, below: 1}}]",  # one of them will do
    ],
)
def test_signs_that_can_be_there_together_are_let_pass(when):
    one = f"{{name: a, when: {{{when}}}, then: [{{lever: ai_plus, level: 1}}]}}"
    assert Scenario.load("history", [f"rules=[{one}]"]).rules[0].when.signs


def test_rules_have_names_of_their_own():
    one = "{name: a, when: {indicator: gdp, above: 1}, then: [{lever: ai_plus, level: 1}]}"
    with pytest.raises(InputError, match="each rule needs a name of its own; given twice: a"):
        Scenario.load("history", [f"rules=[{one}, {one}]"])
