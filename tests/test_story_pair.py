"""Stories of two governments: why they coordinate or not, as the run had it, in both languages."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from typer.testing import CliRunner

from builders import small
from ftz_sim.cli import app
from ftz_sim.errors import InputError
from ftz_sim.model.bargain.agreement import Instruments
from ftz_sim.model.bargain.gains import Gains
from ftz_sim.model.columns import N_REGIONS
from ftz_sim.model.markets.readings import flows
from ftz_sim.model.mechanisms import coordination
from ftz_sim.runs.model import FtzModel
from ftz_sim.story import tell_pair, watch_pair
from ftz_sim.story.pair import LEVERS, PARTS, Bargain, Talks
from ftz_sim.text.words import LANGUAGES

END = "horizon.end=2015Q1"
YEARS = [0, 3, 7]  # the start, and the end of every year


@pytest.fixture(scope="module")
def played():
    return FtzModel(small("cross_zone", END), rng=5).run()


@pytest.fixture(scope="module")
def talks():
    return watch_pair(small("cross_zone", END), 5, "SH-JS")


def test_watching_changes_nothing_and_says_what_the_columns_say(played, talks):
    r, s = (played.figures.provinces.iso.index(code) for code in ("SH", "JS"))
    pairs, last = played.pairs, talks.bargains[-1]
    assert talks.coordination[-1] == pairs.coordination[r, s] / pairs.feasibility[r, s]
    assert last.gain.tolist() == [pairs.own_gain[r, s], pairs.own_gain[s, r]]
    assert last.pay_off.tolist() == [pairs.pay_off[r, s], pairs.pay_off[s, r]]
    assert last.refuses.tolist() == [pairs.refuses[r, s], pairs.refuses[s, r]]
    assert last.worth == pairs.worth[r, s] and last.outlay == pairs.bargain_cost[r, s]
    assert talks.paid[-1].tolist() == [4 * pairs.transfer[r, s], 4 * pairs.transfer[s, r]]
    sales = flows(played.base.world, pairs.freeness, played.regions, played.params.markets)
    assert talks.trade[-1] == pytest.approx([4 * sales[r, s].sum(), 4 * sales[s, r].sum()])
    assert talks.removed[-1].tolist() == pairs.removed[r, s].tolist()
    assert talks.quarters[-1] == "2015Q1" and len(talks.coordination) == 9
    assert talks.coordination[0] == pytest.approx(pairs.start[r, s] / pairs.feasibility[r, s])


def test_a_bargain_is_held_at_the_start_and_at_the_end_of_every_year_and_its_parts_add_up(talks):
    assert [bargain.quarter for bargain in talks.bargains] == YEARS
    assert set(PARTS) == set(Gains._fields)
    for bargain in talks.bargains:
        np.testing.assert_allclose(sum(bargain.parts.values()), bargain.gain, rtol=1e-12)
        np.testing.assert_allclose(bargain.gain + bargain.partner, bargain.pay_off, rtol=1e-12)


def test_the_other_way_round_it_is_the_same_bargain(talks):
    turned = watch_pair(small("cross_zone", END), 5, "JS-SH")
    for here, there in zip(talks.bargains, turned.bargains, strict=True):
        assert here.gain.tolist() == there.gain[::-1].tolist() and here.agreed == there.agreed
    assert (talks.trade == turned.trade[:, ::-1]).all()


def test_every_instrument_is_named_by_its_lever():
    zone, p = np.ones(N_REGIONS), small().parameters.coordination
    assert len(LEVERS) == len(Instruments._fields)
    for place, lever in enumerate(LEVERS):
        levels = dict.fromkeys((*LEVERS, "hinterland_inclusion"), np.zeros(N_REGIONS)) | {lever: zone}
        tools = coordination.instruments(SimpleNamespace(**levels), zone, p)
        assert [tool[0, 1] for tool in tools] == [float(each == place) for each in range(len(LEVERS))]


def bargain(quarter, gain, partner, agreed, **more):
    gain, partner = np.array(gain), np.array(partner)
    parts = dict.fromkeys(PARTS, np.zeros(2)) | {"sales": gain}
    made = Bargain(quarter, parts, gain, partner, gain + partner, gain + partner < 0, 0.001, agreed, 0.0002,
                   dict.fromkeys(LEVERS, 0.0), np.zeros(2))  # fmt: skip
    return made._replace(**more)


def made_up(bargains, paid=(0.0, 0.0)):
    names = ({"en": "Shanghai", "zh": "上海"}, {"en": "Jiangsu", "zh": "江苏"})
    quarters = bargains[-1].quarter + 1
    flows = np.zeros((quarters, 2))
    flows[-1] = paid
    return Talks("SH-JS", names, small("history", END), 1, 269.0, True, 1.0, bargains, np.full(quarters, 0.25),
                 np.zeros(quarters), flows + 1.0, flows)  # fmt: skip


def test_a_rival_that_gains_is_told_from_a_side_that_loses():
    rival = tell_pair(made_up([bargain(0, (0.001, 0.002), (-0.002, -0.0005), 0.0)]), "en").about[-1]
    assert rival.startswith("2013Q1: coordination 25.0 %. Shanghai would gain +0.10 % (sales there +0.10 %")
    assert rival.endswith(
        "Shanghai stands in the way: it would gain +0.10 %, but Jiangsu is a rival whose gain counts −0.20 %."
    )
    loser = tell_pair(made_up([bargain(0, (0.001, -0.002), (0.0, 0.0), 0.0)]), "zh").about[-1]
    assert loser.endswith("江苏不愿协同：自身将受损（−0.20%）。")


def test_who_would_not_agree_alone_is_won_by_sharing():
    shared = bargain(0, (0.003, 0.001), (0.0, -0.0015), 0.6, refuses=np.zeros(2, dtype=bool))
    told = tell_pair(made_up([shared], paid=(2.5, 0.0)), "en")
    assert "Jiangsu alone would not agree, but the gain is shared" in told.about[-1]
    assert "Shanghai begins to share its gain with Jiangsu (coordination)" in told.written("en")
    assert told.ledger[0].endswith("Shanghai pays 2.50 bn yuan a year.")
    assert "上海每年支付25.0亿元" in tell_pair(made_up([shared], paid=(2.5, 0.0)), "zh").ledger[0]


def test_what_moved_is_named_the_way_that_the_pay_off_went():
    first = bargain(0, (0.003, 0.003), (0.0, 0.0), 0.9)
    away = bargain(3, (0.004, 0.003), (-0.006, 0.0), 0.0, at_work=np.array([0.3, 0.0]))
    back = bargain(7, (0.004, 0.003), (0.001, 0.0), 0.8, levers=dict.fromkeys(LEVERS, 0.0) | {"joint_appraisal": 1.0})
    told = tell_pair(made_up([first, away, back]), "en")
    assert [(event.quarter, event.text) for event in told.events] == [
        (3, "the zone of Shanghai is at work (policy)"),
        (3, "Shanghai now stands in the way; moved most: for Shanghai, the partner's gain as counted −0.60 % "
            "(coordination)"),
        (7, "instruments between them move: joint appraisal 1 (policy)"),
        (7, "Shanghai no longer stands in the way; moved most: for Shanghai, the partner's gain as counted +0.70 % "
            "(coordination)"),
        (7, "they agree on 80.0 % after 0 %; moved most: for Jiangsu, sales there 0 % (coordination)"),
    ]  # fmt: skip


RULES = (
    "rules=[{name: any, when: {indicator: gdp, above: 0}, then: [{lever: replication, level: 1}, "
    "{lever: mutual_recognition, level: 1, zones: [GD, FJ]}, {lever: ai_plus, level: 1, zones: [XJ]}]}, "
    "{name: never, when: {indicator: gdp, below: 0}, then: [{lever: ai_plus, level: 1}]}]"
)


def test_rules_are_told_with_their_signs_and_those_of_zones_wait_for_the_first_that_opens():
    found = watch_pair(small("history", RULES, "horizon.end=2015Q4", "horizon.fork=2014Q3"), 5, "GD-SH")
    assert found.opening == {"SH": 3, "GD": 9}  # 2013Q4 and 2015Q2
    told = {lang: [event for event in tell_pair(found, lang).events if "any" in event.text] for lang in LANGUAGES}
    sign = "GDP stayed for a quarter above 0 trillion yuan a year, 2013 prices"
    assert [(event.quarter, event.text) for event in told["en"]] == [
        (6, f"rule “any” fires, as {sign}; levers begin to move: national replication to 1 (policy)"),
        (9, f"levers of the rule “any”, which fired in 2014Q3 as {sign}, begin to move: mutual recognition of "
            "standards to 1 (Guangdong, Fujian) (policy)"),
    ]  # fmt: skip
    assert told["zh"][0].text.startswith("规则“any”触发：")
    assert "never" not in tell_pair(found, "en").written("en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_story_is_whole_in_both_languages(talks, lang):
    told = tell_pair(talks, lang)
    written = told.written(lang)
    assert "{" not in written and "pair." not in written
    assert told.title == {"en": "Shanghai and Jiangsu", "zh": "上海与江苏"}[lang]
    assert len(told.ledger) == len(YEARS) and told.heading in written
    assert all(("%" in line) and (" %" in line) == (lang == "en") for line in told.ledger)


def test_nothing_is_told_where_nothing_happened():
    one = bargain(0, (0.001, 0.001), (0.0, 0.0), 0.5)
    told = tell_pair(made_up([one, one._replace(quarter=3)]), "en")
    assert told.events == [] and "Nothing that this chronicle notes." in told.written("en")
    apart = tell_pair(replace(made_up([one]), same_area=False), "en").about[1]
    assert "in different strategy areas" in apart


@pytest.mark.parametrize(
    ("code", "message"),
    [("SH-JX1", "did you mean 'SH-JX'"), ("SH", "such as SH-JS; codes: BJ"), ("SH-SH", "two provinces"),
     ("sh-js", "did you mean 'SH-JS'"), ("SH-JS-ZJ", "there is no pair 'SH-JS-ZJ'"), ("-", "no pair")],
)  # fmt: skip
def test_unknown_pairs_are_named_with_the_nearest(code, message):
    with pytest.raises(InputError, match=message) as error:
        watch_pair(small("history", END), 1, code)
    assert "配对" in error.value.say("zh")


def test_where_nobody_bargains_there_is_no_story():
    with pytest.raises(InputError, match="nobody bargains"):
        watch_pair(small("history", END, "mechanisms.coordination=off"), 1, "SH-JS")


def test_the_command_tells_and_draws(tmp_path):
    out = ["--firms", "2000", "--end", "2013Q4", "--out", str(tmp_path)]
    done = CliRunner().invoke(app, ["story", "pair", "SD-HE", "history", *out, "--lang", "zh"])
    assert done.exit_code == 0, done.output
    assert "山东与河北" in done.output and "逐年谈判" in done.output
    assert (tmp_path / "pair-SD-HE.zh.svg").stat().st_size > 5000
    again = CliRunner().invoke(app, ["story", "pair", "SD-HE", "history", *out, "--lang", "zh"])
    assert again.exit_code == 2 and "--force" in again.stderr
    told = json.loads(CliRunner().invoke(app, ["story", "pair", "SD-HE", "history", *out, "--json"]).stdout)
    assert (told["kind"], told["code"], told["title"]) == ("pair", "SD-HE", "Shandong and Hebei")
    assert all(Path(file).is_file() for file in told["figures"])
    wrong = CliRunner().invoke(app, ["story", "pair", "SD-HX", "history", *out])
    assert wrong.exit_code == 2 and wrong.stderr.count("\n") <= 2 and "SD-H" in wrong.stderr
    assert not list(tmp_path.glob("pair-SD-HX*"))
