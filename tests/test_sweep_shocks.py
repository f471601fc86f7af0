"""Sweeps draw shocks by chance, the same for all scenarios of a point; and compare strategies at equal cost."""

from __future__ import annotations

import numpy as np
import pytest

from builders import early
from ftz_sim.analysis.equal_cost import COST_REPS, TOLERANCE, at_equal_cost, mean_costs
from ftz_sim.analysis.replay import verify
from ftz_sim.errors import InputError
from ftz_sim.results.reading import read_manifest
from ftz_sim.results.statements import uncertainty
from ftz_sim.runs.sweep import sweep
from ftz_sim.runs.sweep_file import read_sweep
from ftz_sim.runs.uncertainties import apply, settle
from sweeps import quick, rows, sweep_file

TARIFF = "{kind: tariff, partner: US, size: 0.3, from: 2013Q2, to: 2013Q4}"
CRISIS = "{kind: crisis, from: 2013Q3, to: 2013Q3}"


def shocked(folder, shocks, **changes):
    file = sweep_file(folder, **changes)
    file.write_text(f"{file.read_text(encoding='utf-8')}shocks: [{shocks}]\n", encoding="utf-8")
    return file


def test_a_shock_comes_with_its_chance_and_for_all_scenarios_of_a_point(tmp_path):
    both = f"{{chance: 0.25, shock: {TARIFF}}}, {{chance: 1, shock: {CRISIS}}}"
    plan = read_sweep(shocked(tmp_path, both, method="lhs", samples=40))
    assert plan.factors[-2:] == ("shocks.tariff", "shocks.crisis")
    coming = []
    for point in plan.design.all():
        values = settle(plan.specs, dict(zip(plan.factors, point.tolist(), strict=True)))[0]
        kinds = [{each.kind for each in apply(spec, values).shocks} for spec in plan.specs]
        assert kinds[0] == kinds[1] >= {"crisis"}
        assert values["shocks.tariff"] == ("tariff" in kinds[0])  # noted as 0 or 1
        coming.append("tariff" in kinds[0])
    assert sum(coming) == 10  # a Latin hypercube has one point in every slice


def test_a_folder_with_shocks_is_made_again(tmp_path):
    sweep(shocked(tmp_path, f"{{chance: 0.5, shock: {TARIFF}}}"), tmp_path / "out", simulate=quick)
    assert set(rows(tmp_path / "out")["shocks.tariff"]) == {0.0, 1.0}
    assert verify(tmp_path / "out", sample=0).problems == []
    again = sweep(shocked(tmp_path, f"{{chance: 0.5, shock: {TARIFF}}}"), tmp_path / "out", simulate=quick)
    assert again.made == 0


@pytest.mark.parametrize(
    ("shocks", "changes", "words"),
    [
        (f"{{chance: 2, shock: {TARIFF}}}", {}, r"shocks\[0\].chance: found 2"),
        (f"{{chance: 0.5, shock: {TARIFF}}}", {"method": "grid", "samples": 2}, "samples"),
        (f"{{chance: 0.5, shock: {TARIFF}}}, {{chance: 0.1, shock: {TARIFF}}}", {}, "given twice: tariff"),
        ("{chance: 0.5, shock: {kind: tarif, from: 2013Q2, to: 2013Q4}}", {}, "tarif"),
    ],
)
def test_bad_shocks_are_refused_in_words(tmp_path, shocks, changes, words):
    with pytest.raises(InputError, match=words):
        read_sweep(shocked(tmp_path, shocks, **changes))


def test_shocks_need_a_design_that_draws(tmp_path):
    file = shocked(tmp_path, f"{{chance: 0.5, shock: {TARIFF}}}")
    text = file.read_text(encoding="utf-8").replace("{method: sobol, samples: 4}", "{method: grid, levels: 2}")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="points are drawn") as error:
        read_sweep(file)
    assert "须抽取" in error.value.say("zh")


def test_a_shock_is_told_in_words():
    assert uncertainty("shocks.demand", "en") == "fall of world demand"
    assert uncertainty("shocks.demand", "zh") == "外需下降"
    assert uncertainty("negative_list.test_rate[1]", "en").endswith("[1]")
    assert uncertainty("nothing.of_ours", "zh") == "nothing.of_ours"


def test_strategies_of_a_sweep_are_scaled_to_what_the_cheapest_costs(tmp_path):
    for name in ("single_ftz", "ftz_fta"):
        (tmp_path / f"{name}.yaml").write_text(early(name).dump(), encoding="utf-8")
    file = tmp_path / "equal.yaml"
    crisis = CRISIS.replace("2013", "2014")
    file.write_text(
        "name: equal\nscenarios: [ftz_fta.yaml, single_ftz.yaml]\ndesign: {method: lhs, samples: 2}\n"
        f"uncertainties: {{glass_door.initial: card}}\nshocks: [{{chance: 0.5, shock: {crisis}}}]\n",
        encoding="utf-8",
    )
    plan = read_sweep(file)
    equal, found = at_equal_cost(plan)
    assert [each.spec.name for each in found] == ["ftz_fta", "single_ftz"]
    assert found[0].factor < 1 and found[1].factor == 1
    calm = [spec.model_copy(update={"shocks": ()}) for spec in equal.specs]
    costs = mean_costs(calm, COST_REPS, plan.record.seed)
    assert np.ptp(costs) <= TOLERANCE * min(costs)
    assert all(len(spec.shocks) == 1 for spec in equal.specs)  # which come by chance, as before
    sweep(equal, tmp_path / "out")
    kept = read_manifest(tmp_path / "out")["equal_cost"]
    assert [(each["scenario"], each["factor"]) for each in kept] == [(each.spec.name, each.factor) for each in found]
    assert verify(tmp_path / "out").agrees
