from dataclasses import replace

import numpy as np
import pytest
from pytest import approx

from ftz_sim.report.target_words import of_targets
from ftz_sim.report.validation_tables import shown
from ftz_sim.validation import nation
from ftz_sim.validation.board import Value
from ftz_sim.validation.targets import shipped

GROWTH = next(t for t in shipped() if t.id == "growth_2018")
LIST = next(t for t in shipped() if t.id == "list_zone_2018")


def growth(year, published, kind="seen"):
    return replace(GROWTH, id=f"g{year}", en=f"GDP growth {year}", zh=f"{year}年经济增长率", kind=kind, at=str(year),
                   base=str(year - 1), published=published)  # fmt: skip


def values(**means):
    return {name: Value(mean, np.nan, np.nan, 1) for name, mean in means.items()}


def test_scores_by_hand():
    targets = [growth(2019, "6.0"), growth(2017, "7.0"), growth(2018, "6.5"), growth(2021, "5.0")]
    (row,) = nation.scores(targets, values(g2017=0.0, g2018=0.0, g2019=6.3, g2021=5.4)).to_dict("records")
    assert (row["en"], row["zh"], row["last_known"], row["scored"]) == ("GDP growth", "经济增长率", "2018", 2)
    assert row["model"] == approx(np.sqrt((0.3**2 + 0.4**2) / 2))
    assert row["unchanged"] == approx(np.sqrt((0.5**2 + 1.5**2) / 2))
    assert row["last_step"] == approx(0)  # half a point less every year: 6.0, then two years on 5.0


@pytest.mark.parametrize(
    ("targets", "known"),
    [
        ([growth(2018, "6.5"), growth(2019, "6.0", kind="input")], {"g2019"}),  # its path is data
        ([growth(2018, "6.5"), growth(2019, "6.0")], set()),  # the run did not reach it
        ([growth(2019, "6.0"), growth(2020, "6.0")], {"g2019", "g2020"}),  # nothing known to 2018
        ([growth(2018, "6.5"), growth(2019, "+")], {"g2019"}),  # only a sign
        ([growth(2018, "6.5"), replace(growth(2019, "6.0"), base="2014")], {"g2019"}),  # over five years
    ],
)
def test_what_cannot_be_scored_is_left_out(targets, known):
    assert nation.scores(targets, values(**dict.fromkeys(known, 1.0))).empty


def test_dates_within_a_year_count():
    later = replace(LIST, id="later", at="2020Q1", published="30", kind="seen")
    row = nation.scores([LIST, later], values(later=33.0)).iloc[0]
    assert (row["model"], row["unchanged"]) == (3, 15)
    assert np.isnan(row["last_step"])
    step = replace(LIST, id="before", at="2018Q1", published="50")  # five items in half a year
    assert nation.scores([step, LIST, later], values(later=33.0)).iloc[0]["last_step"] == approx(0)


def test_shipped_targets_have_series_in_both_languages():
    made = nation.scores(shipped(), {t.id: Value(1.0, 1.0, 1.0, 2) for t in shipped()})
    assert {"GDP growth", "Zones in FDI", "Negative list, nation"} <= set(made["en"])
    assert not made["zh"].str.contains("20").any()
    assert shown("nation", made, "zh").rows[0][0] == made["zh"].iloc[0]


def test_units_and_notes_of_shipped_targets_are_said_in_chinese():
    for text in {each for target in shipped() for each in (target.unit, target.note)} - {"", "%"}:
        assert of_targets(text, "zh") != text, text
        assert of_targets(text, "en") == text


def test_institutions_have_their_chinese_names():
    capitals = {t.source for t in shipped() if t.source.split(" ")[0].rstrip(",").isupper()}
    of_an_office = {source for source in capitals if "journal" not in source}
    assert len(of_an_office) > 5
    assert not {source for source in of_an_office if of_targets(source, "zh") == source}
