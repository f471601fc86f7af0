"""Hostile texts of scenarios, `--set` and names: status 0 or 2, one sentence, no traceback."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from attacks.campaign import Campaign, command, limit
from ftz_sim.scenario.yaml_reader import colon_hint

SCALARS = (
    "0x" + "f" * 6000, "0o" + "7" * 6000, "9" * 6000, "1e999", ".nan", "-.inf", "!!bool maybe", "!!int ''", "!!float x",
    "!!null x", "!!binary AA==", "!!set {a}", "!!timestamp x", '"\\q"', '"\\0"', '"\\e[31m"', '"\\ud800"', '"\\uffff"',
    "2030-01-01", "010", "1e3", "yes", "~", "''", "*a", "&a b", "<<", "?", "|", ">", "@x", "`x", "%x", "{}", "[]",
    "{a: {a: {a: 1}}}", "[" * 30 + "]" * 30, "[" * 3000, "{a: " * 3000, "٢٠٣٠Q1", "山东", "𠀀" * 64, "x" * 300,
    "opening", "2025Q1", "-1", "0", "1", "0.5",
)  # fmt: skip
KEYS = (
    "name", "title", "why", "base", "packages", "horizon", "horizon.end", "population.firms", "mechanisms.migration",
    "policy", "shocks", "parameters", "parameters.law_and_authority.pace", "negative_list.investment_core", "title.en",
    "polcy", "", ".", "a..b", "山东", "\x1b[31m", "\udcff", ".".join("a" * 5000),
)  # fmt: skip
FILES = (
    "", "\n", "---\n---\n", "%YAML 1.1\n---\nname: m\n", "%TAG ! x\n---\nname: m\n", "\ufeffname: m\n", "name：m\n",
    "\t" * 300 + "：", " {-" * 200, "- " * 400, "name: m\n" * 2, "name: m\r\nwhy: a\r\n", "name: m\n? [a]\n: b\n",
    "name: m\npolicy: [{lever: ai_plus, from: 2030Q1, level: 1, zones: [SH, SH]}]\n",
    "name: m\nshocks: [{kind: technology, from: 2026Q1, to: 2026Q1, size: 1, tiers: []}]\n",
    "name: m\nbase: m\n", "name: m\nbase: baseline\npackages: [linkage, linkage]\n",
)  # fmt: skip
NAMES = ("x" * 300, "x" * 300 + ".yaml", "[/x].yaml", "[bold]", "a\nb", "../..", "/", ".", "-", "\udcff", "名" * 200)


def texts(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield (kind, text of a file) without end."""
    while True:
        yield "file", rng.choice(FILES)
        key = rng.choice([key for key in KEYS if key.isidentifier()])
        yield "scalar", f"name: m\n{key}: {rng.choice(SCALARS)}\n"
        yield (
            "step",
            f"name: m\npolicy: [{{lever: ai_plus, from: {rng.choice(SCALARS)}, level: {rng.choice(SCALARS)}}}]\n",
        )
        text = list("name: m\ntitle: {en: a, zh: 甲}\npolicy: [{lever: ai_plus, from: 2030Q1, level: 1}]\n")
        for _ in range(rng.randint(1, 5)):
            text[rng.randrange(len(text))] = rng.choice("\0\x85\u2028\t{}[]:：,&*!%@\"'|>-?#\n\\\ufffe𠀀")
        yield "noise", "".join(text)


def tries(rng: random.Random, folder: Path, rounds: int) -> Iterator[tuple[str, list[str]]]:
    """Yield (kind, words of a command)."""
    path, source = folder / "hostile.yaml", texts(rng)
    for _ in range(rounds):
        kind, text = next(source)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        yield kind, ["scenario", "check", str(path), "--lang", rng.choice(["en", "zh"])]
        yield "set", ["scenario", "show", "no_ftz", "--set", f"{rng.choice(KEYS)}={rng.choice(SCALARS)}"]
        name = rng.choice(NAMES)
        yield "name", ["scenario", rng.choice(["check", "show"]), name, *(["--json"] if rng.random() < 0.5 else [])]
        yield "new", ["scenario", "new", name, "--out", str(folder / "new" / "x.yaml")]
        yield "diff", ["scenario", "diff", name, "history"]


def attacked(seed: int, rounds: int, folder: Path) -> Campaign:
    campaign = Campaign()
    campaign.attack(tries(random.Random(seed), folder, rounds), command)
    print(campaign.report())
    return campaign


def test_hostile_scenarios_end_in_a_sentence(tmp_path):
    campaign = attacked(1, 12, tmp_path)
    assert not campaign.failures, campaign.report()
    assert sum(campaign.tries.values()) == 12 * 5


@pytest.mark.study
def test_many_hostile_scenarios_end_in_a_sentence(tmp_path):
    campaign = attacked(2, 500, tmp_path)  # 2,500 tries, some minutes
    assert not campaign.failures, campaign.report()


def test_a_try_that_hangs_is_ended():
    with pytest.raises(TimeoutError, match=r"0\.05 s"), limit(0.05):
        time.sleep(10)


def test_the_hint_of_the_wide_colon_takes_a_step_a_character():
    assert colon_hint("\n" * 200_000 + "{" * 200_000 + "x" * 200_000) == ""
    assert colon_hint("a: b\n  - 名称：m") != ""
