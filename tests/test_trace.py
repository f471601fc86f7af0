"""`ftz trace` leads from claims to rules and back, writes the matrix and draws the three figures."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from builders import found_of
from ftz_sim.analysis import lever_verdicts as lever_module
from ftz_sim.analysis.lever_facts import LEVERS, MECHANISMS
from ftz_sim.analysis.lever_measures import MEASURES
from ftz_sim.analysis.lever_verdicts import lever_verdicts, verdict
from ftz_sim.analysis.statistics import Difference
from ftz_sim.cli import app
from ftz_sim.errors import InputError
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.parameters import all_cards, meaning
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.report.style import chinese_font
from ftz_sim.seeds import claims, figures
from ftz_sim.text.mechanisms import INPUTS_ZH, PURPOSES_ZH
from ftz_sim.text.parameters import MEANINGS_ZH, UNITS_ZH
from ftz_sim.text.words import LANGUAGES
from ftz_sim.trace import find, parameter_claims, parameter_uses
from ftz_sim.trace.code import REPOSITORY, columns, equations, levers_read, listed, pulled, readers, specification
from ftz_sim.trace.construction import by_construction
from ftz_sim.trace.drawing import wrapped
from ftz_sim.trace.lever_study import EXPECTED
from ftz_sim.trace.matrix import as_csv, as_page
from ftz_sim.trace.measured import Comparison
from ftz_sim.trace.text import lines
from ftz_sim.trace.verdicts import VERDICTS_ZH, WHEN_ZH, line, verdicts
from ftz_sim.trace.verdicts import lines as verdict_lines


@pytest.fixture(autouse=True, scope="module")
def _svg_alone():
    """Figures are written as PNG, too."""


def ftz(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_a_claim_leads_to_its_rule_levers_scenarios_and_tests():
    (trace,) = find("m-rat")
    assert (trace.kind, trace.name) == ("claim", "M-RAT")
    assert trace.mechanisms == ("negative_list", "policy_trust", "capital_account")
    assert trace.levers == ("ratchet_commitment",)
    assert {"negative_list.relist_pace", "policy_trust.credibility"} <= set(trace.parameters)
    assert trace.scenarios["history"] == ("ratchet_commitment",)
    assert trace.tests[0] == "tests/mechanisms/test_negative_list.py"


def test_an_example_without_a_mechanism_of_its_own_leads_to_what_reads_its_lever():
    (trace,) = find("X-HB")
    assert claims()["X-HB"].carried_by.mechanisms == ()
    assert "investment" in trace.mechanisms


@pytest.mark.parametrize("name", sorted(claims()))
def test_the_way_back_leads_to_the_same_claim(name):
    carried = claims()[name].carried_by
    for kind in ("mechanisms", "levers", "indicators"):
        for link in getattr(carried, kind):
            traces = [trace for trace in find(link) if f"{trace.kind}s" == kind]
            assert name in traces[0].claims
    for full in carried.parameters:
        assert name in parameter_claims(full)


def test_a_name_of_several_things_is_traced_as_each():
    assert [trace.kind for trace in find("institutional_innovation")] == ["mechanism", "lever"]
    assert [trace.kind for trace in find("coordination")] == ["mechanism", "indicator"]


def test_an_unknown_name_proposes_the_nearest():
    with pytest.raises(InputError, match="did you mean 'ratchet_commitment'"):
        find("ratchet_comitment")


def test_a_parameter_without_a_claim_of_its_own_has_those_of_its_mechanism():
    assert parameter_claims("glass_door.initial") == ("M-PROB",)
    assert set(parameter_claims("green_finance.green_national")) == {"M-GF", "M-GTRADE", "M-CACC"}


@pytest.mark.parametrize("full", all_cards())
def test_every_parameter_is_used_somewhere(full):
    assert parameter_uses(full)


def test_uses_are_found_by_reading_the_code():
    assert parameter_uses("technology_dependence.decline") == ("model/mechanisms/technology_dependence.py: update",)
    assert parameter_uses("coordination.zone_rivalry") == ("model/bargain/agreement.py: rivalry",)
    assert "model/markets/world.py: calibrate" in parameter_uses("markets.border")
    assert parameter_uses("firm_turnover.chain_effect") == ("model/mechanisms/industrial_upgrading.py: field_appeal",)


def test_levers_are_found_by_reading_the_code():
    assert levers_read("law_and_authority") == ("legal_mandate",)
    assert levers_read("production") == ()
    assert readers("title_recognition") == ("coordination",)  # public_finance bills all levers and names none of them
    assert all(readers(name) for name in CATALOGUE)


def test_lists_of_columns_are_read_in_one_way():
    assert listed("firms.zone, tier; nation.gdp; published figures; draws") == {
        "firms.zone", "firms.tier", "nation.gdp"
    }  # fmt: skip
    assert listed("levers; pairs.limit") == {"pairs.limit", *(f"levers.{name}" for name in CATALOGUE)}


def test_scenarios_are_told_by_what_they_pull():
    assert "rotating_lead" in pulled()["cross_zone"]
    assert "rotating_lead" not in pulled()["single_ftz"]
    assert "zone_status" not in pulled()["no_ftz"]
    assert pulled()["baseline"] == frozenset()


@pytest.mark.parametrize("name", SCHEDULE)
def test_equations_are_the_indented_part_of_the_docstring(name):
    text = equations(name)
    assert text and all(line.startswith("    ") or not line for line in text.splitlines())
    assert all(line in specification(name) for line in text.splitlines())
    assert "Claims:" not in text


def test_text_speaks_both_languages_and_shows_the_equations():
    english, chinese = ("\n".join(lines(find("M-NECK")[0], lang)) for lang in ("en", "zh"))
    for text in (english, chinese):
        assert "d_f'   = d_f exp" in text
        assert f"technology_dependence.decline = {all_cards()['technology_dependence.decline'].default}" in text
    assert claims()["M-NECK"].en in english and claims()["M-NECK"].zh in chinese
    left_out = "\n".join(lines(find("F-STAGES")[0], "en"))
    assert "left out:" in left_out and "framing of history" in left_out


SHIPPED = (
    found_of("carbon_budget", "zones.co2", "-", "by construction"),
    found_of("carbon_budget", "gdp", "", "worse"),
    found_of("ratchet_commitment", "effective_openness", "+", "no effect found", step="0.5 -> 1", unit="points"),
    found_of("zone_zero_tariff", "zones.exports", "+", "opposite", step="0..0.3 -> 0.3..0.5", firms=3_000),
)


@pytest.fixture
def shipped(monkeypatch):
    monkeypatch.setattr(lever_module, "lever_verdicts", lambda: SHIPPED)


def test_what_ships_is_known_to_the_words_and_the_tables():
    # what has no line has not been studied yet: a new lever asks for no new study
    for each in lever_verdicts():
        assert each.name in (LEVERS if each.kind == "lever" else MECHANISMS)
        assert each.verdict in VERDICTS_ZH and each.when in WHEN_ZH


def test_a_lever_without_a_verdict_says_so(shipped):
    for lang, words in (("en", "not studied yet"), ("zh", "尚未测算")):
        assert words in "\n".join(lines(find("green_credit")[0], lang))
        assert words not in "\n".join(lines(find("carbon_budget")[0], lang))


def test_verdicts_stand_above_the_study_that_gave_them():
    told = list(verdict_lines(SHIPPED, "en"))
    notes = [place for place, text in enumerate(told) if " seeds, " in text]
    assert len(notes) == 2 and notes[-1] == len(told) - 1
    assert "2,000 firms" in told[notes[0]] and "3,000 firms" in told[notes[1]]
    assert line(SHIPPED[0], "en") in told[: notes[0]] and line(SHIPPED[3], "en") in told[notes[0] :]


def test_what_the_model_cannot_do_without_is_marked():
    needed = replace(SHIPPED[1], kind="mechanism", name="investment", claimed="+", verdict="as claimed")
    for lang in LANGUAGES:
        told = list(verdict_lines((needed,), lang))
        assert " †" in told[0] and told[-1].startswith("† ")
        assert not any("†" in text for text in verdict_lines(SHIPPED, lang))


def recomputed(each):
    """The verdict that the numbers of a shipped line give."""
    identical = each.effect == each.ci_low == each.ci_high == 0
    numbers = (np.array([x]) for x in (each.effect, each.ci_low, each.ci_high, each.detectable, identical))
    claimed = {"+": 1, "-": -1, "": 0}[each.claimed]
    own = (claimed or EXPECTED[each.indicator]) * (each.indicator in by_construction(each.kind, each.name))
    size = 100 if each.unit == "%" else 0  # of others a line does not say it
    return verdict(Difference(*numbers, n=each.n), 0, claimed, MEASURES[each.indicator].direction, own, size)


def test_shipped_verdicts_follow_from_their_numbers():
    rounding = 1e-3  # a millionth of the largest indicator that is not told in percent
    for each in lever_verdicts():
        may_be_none = each.unit != "%" and abs(each.effect) < rounding
        assert each.verdict in (recomputed(each), *(["no effect found"] if may_be_none else [])), each


def test_a_claim_leads_to_what_the_study_found_in_both_languages(shipped):
    english, chinese = ("\n".join(lines(find("M-CBUD")[0], lang)) for lang in ("en", "zh"))
    assert (
        "carbon_budget (0 → 1, from the fork on): CO2 emissions, zones, said to go down; measured −2 % (−3 to −1): "
        "by construction" in english
    )
    assert "what follows (0 → 1, from the fork on): GDP −2 % (−3 to −1; worse)" in english
    assert "carbon_budget 碳预算（分叉起0 → 1）：论断称试验区二氧化碳排放下降，测得−2%" in chinese
    assert "后续影响（分叉起0 → 1）：" in chinese and "按构造成立" in chinese
    for text in (english, chinese):
        assert "2026-11-29" in text
    assert "what taking it away showed" not in "\n".join(lines(find("T-SHARE")[0], "en"))
    doubtful = SHIPPED[2]
    assert "detectable from" in line(doubtful, "en") and "可检出的最小影响" in line(doubtful, "zh")
    assert "0–0.3 → 0.3–0.5" in line(SHIPPED[3], "en")


def test_an_indicator_leads_to_verdicts_on_claims_only(shipped):
    assert verdicts("indicator", "zones.co2") == SHIPPED[:1]
    assert verdicts("indicator", "gdp") == ()


def test_an_indicator_says_what_it_is():
    english, chinese = ("\n".join(lines(find("theil")[0], lang)) for lang in ("en", "zh"))
    assert "formula: sum_r s_r ln[(Y_r/L_r) / (Y/L)]" in english and "direction: less is better" in english
    assert "source: Theil H. (1967)" in english
    assert "单位: 泰尔指数" in chinese and "方向: 越低越好" in chinese
    assert "来源: 本模型定义" in "\n".join(lines(find("leakage")[0], "zh"))


@pytest.mark.parametrize("name", SCHEDULE)
def test_a_mechanism_says_in_both_languages_what_it_does_reads_and_writes(name):
    trace = next(each for each in find(name) if each.kind == "mechanism")
    english, chinese = ("\n".join(lines(trace, lang)) for lang in ("en", "zh"))
    assert PURPOSES_ZH[name] in chinese and re.search("[\u4e00-\u9fff]", PURPOSES_ZH[name])
    assert all(text and text in english for text in columns(name))
    assert all(text and text in chinese for text in columns(name, "zh"))
    words = {part for text in columns(name) for part in text.split("; ") if "." not in part} - {"levers", "firms"}
    assert words <= set(INPUTS_ZH)


def test_the_order_prints_what_each_mechanism_does_reads_and_writes():
    for lang, does in (("en", "A national zone law builds up"), ("zh", "立法与授权：国家层面的自贸试验区立法逐步推进")):
        rows = [line.split("\t") for line in ftz("order", "--lang", lang).output.splitlines()[1 : len(SCHEDULE) + 1]]
        law = next(row for row in rows if row[1] == "law_and_authority")
        assert law[2].startswith(does)
        assert law[3:] == ["regions.pilot_evidence; levers.legal_mandate", "nation.law"]
    assert json.loads(ftz("order", "--json").output)["order"]["green_finance"]["writes"] == (
        "firms.credit_tilt, green_worth; nation.bank_loss"
    )


def test_every_mechanism_parameter_and_unit_is_translated():
    assert set(PURPOSES_ZH) == set(SCHEDULE)
    cards = all_cards()
    translated = [f"{mechanism}.{name}" for mechanism, names in MEANINGS_ZH.items() for name in names]
    translated += [full for full, card in cards.items() if card.zh]
    assert sorted(translated) == sorted(cards), "each once: zh= of its card, or text/parameters.py"
    assert {card.unit for card in cards.values()} == set(UNITS_ZH)
    for full, card in cards.items():
        assert re.search("[\u4e00-\u9fff]", meaning(full, "zh")) and meaning(full) == card.meaning


def test_the_matrix_has_a_line_for_every_claim(shipped):
    rows = list(csv.DictReader(io.StringIO(as_csv())))
    assert [row["claim"] for row in rows] == list(claims())
    rows = {row["claim"]: row for row in rows}
    assert rows["M-CBUD"]["verdicts"] == "carbon_budget (from the fork on) zones.co2 -: by construction"
    row = rows["M-TITLE"]
    assert row["levers"] == "title_recognition" and row["places"] == "shandong_essay 3.1"
    assert "migration" in row["mechanisms"].split("; ") and "cross_zone" in row["scenarios"].split("; ")
    assert row["verdicts"] == ""
    page = as_page()
    assert all(f"| {name} " in page for name in claims())
    assert all(f"| `{name}`" in page for name in (*CATALOGUE, *SCHEDULE))


def test_the_matrix_in_docs_is_the_one_that_is_written():
    for name, text in (("claims.csv", as_csv()), ("claims.md", as_page())):
        assert (REPOSITORY / "docs" / name).read_text(encoding="utf-8") == text, (
            "run: ftz trace --matrix --out docs --force"
        )


def made_up(folder, values):
    """Write an experiment: values[scenario] are the national GDP of two replicates, the same in all quarters."""
    folder.mkdir()
    (folder / "manifest.json").write_text(
        json.dumps({"kind": "compare", "version": "0", "seed": 1, "inputs": {}, "outputs": {}})
    )
    rows = [
        {"scenario": name, "replicate": replicate, "quarter": f"2013Q{q}"} | dict.fromkeys(NATIONAL, 2.0) | {"gdp": gdp}
        for name, both in values.items()
        for replicate, gdp in enumerate(both)
        for q in (1, 2, 3, 4)
    ]
    pd.DataFrame(rows).to_parquet(folder / "national.parquet")
    return folder


def test_what_is_measured_is_the_paired_difference(tmp_path):
    # +10 % and +12 %: mean 11, standard error 1, half-width 12.7 (t of one degree of freedom)
    comparison = Comparison.read(made_up(tmp_path / "a", {"no_ftz": (100.0, 100.0), "single_ftz": (110.0, 112.0)}))
    contrast = comparison.contrast(figures().figure_1.contrasts)
    assert contrast == ("single_ftz", "no_ftz")
    value = comparison.value("gdp", contrast, "en")
    assert (value.text, value.found) == ("+10 ± 10 %", False)
    assert comparison.value("patents", contrast, "en").text == "0"
    assert comparison.contrast((("cross_zone", "single_ftz"),)) is None


def test_a_difference_whose_interval_leaves_out_zero_is_found(tmp_path):
    comparison = Comparison.read(made_up(tmp_path / "a", {"no_ftz": (100.0, 100.0), "history": (110.0, 110.1)}))
    assert comparison.value("gdp", ("history", "no_ftz"), "zh").found
    assert not comparison.value("gdp", ("no_ftz", "no_ftz"), "zh").found


@pytest.mark.parametrize("number", [1, 2, 3])
def test_figures_are_drawn_with_and_without_numbers(tmp_path, number):
    runs = {"no_ftz": (100.0, 100.0), "single_ftz": (110.0, 112.0), "history": (105.0, 106.0)}
    folder = made_up(tmp_path / "runs", runs | {"cross_zone": (111.0, 113.0)})
    bare = ftz("trace", "--figure", number, "--out", tmp_path / "bare")
    full = ftz("trace", "--figure", number, "--out", tmp_path / "full", "--from", folder)
    assert bare.exit_code == full.exit_code == 0, bare.output + full.output
    for lang, words in (("en", "ew quality productive"), ("zh", "新质生产力")):
        name = f"claims_figure_{number}.{lang}"
        texts = ["".join(ET.parse(tmp_path / at / f"{name}.svg").getroot().itertext()) for at in ("bare", "full")]
        assert "±" not in texts[0]
        if number != 2:
            assert words in texts[0] and words in texts[1]
        if lang == "en" or chinese_font():
            assert (tmp_path / "bare" / f"{name}.png").stat().st_size > 10_000


def test_words_are_broken_into_lines_that_fit():
    assert wrapped("one two three", 0.5, 10, "en") == ["one two", "three"]
    assert wrapped("自由贸易试验区", 0.6, 10, "zh") == ["自由贸易", "试验区"]


def test_the_command_line(tmp_path, shipped):
    assert len(ftz("trace").output.splitlines()) == len(claims()) + 1
    found = json.loads(ftz("trace", "M-RAT", "--json").output)
    assert found[0]["claims"][0]["id"] == "M-RAT"
    assert {each["name"] for each in found[0]["verdicts"]} == {"ratchet_commitment"}
    assert "论断 M-RAT 棘轮机制" in ftz("trace", "M-RAT", "--lang", "zh").output
    written = ftz("trace", "--matrix", "--out", tmp_path)
    assert written.exit_code == 0 and (tmp_path / "claims.md").is_file()
    (tmp_path / "claims.csv").write_text("mine")
    refused = ftz("trace", "--matrix", "--out", tmp_path)
    assert refused.exit_code == 2 and (tmp_path / "claims.csv").read_text() == "mine"
    assert ftz("trace", "--matrix", "--out", tmp_path, "--force").exit_code == 0
    assert (tmp_path / "claims.csv").read_text() != "mine"
    card = ftz("params", "green_finance.green_national").output
    assert (
        "used in: model/mechanisms/green_finance.py" in card
        and "claims of its mechanism: M-GF, M-CACC, M-GTRADE" in card
    )
    own = ftz("params", "negative_list.relist_pace", "--lang", "zh").output
    assert "含义: 条目重新列入的速度" in own and "来源: 假设" in own


@pytest.mark.parametrize(
    "words",
    [
        ("M-RAT", "--matrix"),
        ("--from", "x"),
        ("nothing_of_the_kind",),
        ("--figure", "1", "--from", "nowhere"),
        ("--figure", "4"),
    ],
)
def test_bad_input_is_one_sentence_and_status_2(tmp_path, words):
    result = ftz("trace", *words, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert not (tmp_path / "out").exists()
