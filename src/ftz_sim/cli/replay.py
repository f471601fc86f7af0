"""``ftz replay`` and ``ftz verify``: whether runs come out again, and what is not as it was."""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ftz_sim.cli.output import JSON, LANGUAGE, Language, print_json
from ftz_sim.errors import Sentence

if TYPE_CHECKING:
    from ftz_sim.analysis.changes import Change
    from ftz_sim.analysis.replay import Replay

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="folder of an experiment")]
RunId = Annotated[str, typer.Argument(metavar="RUN_ID", help="a run_id of its runs table")]
Sample = Annotated[int, typer.Option(help="how many runs to make again")]

WORDS = {
    "en": {
        "agrees": "{run_id}: agrees, bit for bit",
        "rounds": "{run_id}: agrees but for the rounding of another processor; the largest difference is {size:.1e} of "
        "its column's largest value",
        "differs": "{run_id}: does not agree",
        "upgrade": "The numbers of this model are not those of then: {changes}.",
        "altered": "Model, libraries and machine are those of then: the folder was altered, or the run is not "
        "repeatable.",
        "far": "The run was made on another processor ({then} then, {now} now), whose rounding explains differences of "
        "up to {most:.0e} of a column's largest value, and here {what}: the folder was altered, or the run is not "
        "repeatable.",
        "far_size": "it is {size:.1e}",
        "far_labels": "more than numbers differs",
        "unfinished": "the sweep is unfinished; `{command}` resumes it",
        "good": "{folder}: all files are as they were written, and {n} run(s) came out again bit for bit",
        "close": "{folder}: all files are as they were written, and {n} run(s) came out again but for the rounding of "
        "another processor, {size:.1e} of a column's largest value at most",
        "bad": "{folder}: not as it was",
    },
    "zh": {
        "agrees": "{run_id}：逐位一致",
        "rounds": "{run_id}：一致，仅有不同处理器的舍入差异；最大差异为该列最大值的{size:.1e}",
        "differs": "{run_id}：不一致",
        "upgrade": "当前模型的数值与当时不同：{changes}。",
        "altered": "模型、程序库与机器均与当时相同：文件夹被改动过，或该运行不可重复。",
        "far": "该运行由另一处理器完成（当时{then}，现在{now}），其舍入只能解释不超过该列最大值{most:.0e}的差异，"
        "而此处{what}：文件夹被改动过，或该运行不可重复。",
        "far_size": "差异达{size:.1e}",
        "far_labels": "不同的不只是数值",
        "unfinished": "扫描尚未完成；执行`{command}`续跑",
        "good": "{folder}：所有文件与写入时一致，重算的{n}次运行逐位一致",
        "close": "{folder}：所有文件与写入时一致，重算的{n}次运行一致，仅有不同处理器的舍入差异，"
        "至多为该列最大值的{size:.1e}",
        "bad": "{folder}：与原先不同",
    },
}


def replay(folder: Folder, run_id: RunId, as_json: bool = JSON, lang: Language = LANGUAGE) -> None:
    """Make one stored run again and say whether it agrees bit for bit."""
    from ftz_sim.results.reading import intact

    with intact(folder):
        if _is_design(folder):
            from ftz_sim.design.replay import replay as again
        else:
            from ftz_sim.analysis.replay import replay as again
        found = again(folder, run_id, lang.code)
    if as_json:
        print_json({**_replay_as_json(found), "changes": [change._asdict() for change in found.changes]})
    else:
        _say_replay(found, WORDS[lang])
        _say_why([found], lang)
    if not found.agrees:
        raise typer.Exit(1)


def verify(folder: Folder, sample: Sample = 3, as_json: bool = JSON, lang: Language = LANGUAGE) -> None:
    """Check every file of a folder against its manifest, and make some of its runs again."""
    from ftz_sim.errors import visible
    from ftz_sim.results.reading import intact

    words = WORDS[lang]
    with intact(folder):
        if _is_design(folder):
            from ftz_sim.design.replay import verify_design as check
        else:
            from ftz_sim.analysis.replay import verify as check
        found = check(folder, sample, lang.code)
    if as_json:
        replays = [_replay_as_json(each) for each in found.replays]
        print_json(
            {
                "agrees": found.agrees,
                "problems": found.problems,
                "changes": [change._asdict() for change in found.changes],
                "replays": replays,
            }
        )
    else:
        if found.resume:
            typer.echo(words["unfinished"].format(command=visible(found.resume)))
        for change in found.changes:
            typer.echo(_said(change, lang))
        for text in found.problems:
            typer.echo(text)
        for each in found.replays:
            _say_replay(each, words)
        _say_why(found.replays, lang)
        size = max((each.size for each in found.replays), default=0.0)
        verdict = "bad" if not found.agrees else "close" if size else "good"
        typer.echo(words[verdict].format(folder=folder, n=len(found.replays), size=size))
    if not found.agrees:
        raise typer.Exit(1)


def _is_design(folder: Path) -> bool:
    from ftz_sim.results.reading import read_manifest

    return bool(read_manifest(folder)["kind"] == "design")


def _replay_as_json(found: Replay) -> dict[str, Any]:
    return {
        "run_id": found.run_id,
        "agrees": found.agrees,
        "exact": found.exact,
        "size": found.size if isfinite(found.size) else None,
        "elsewhere": found.elsewhere and found.elsewhere._asdict(),
        "differences": found.differences,
        "error": found.error,
    }


def _say_replay(found: Replay, words: dict[str, str]) -> None:
    from ftz_sim.analysis.replay import SHOWN

    how = "agrees" if found.exact else "rounds" if found.agrees else "differs"
    typer.echo(words[how].format(run_id=found.run_id, size=found.size))
    if found.agrees:
        return
    for text in found.differences[:SHOWN]:
        typer.echo(f"  {text}")
    if len(found.differences) > SHOWN:
        typer.echo(f"  ... ({len(found.differences)})")


def _say_why(replays: list[Replay], lang: Language) -> None:
    from ftz_sim.analysis.changes import MACHINE

    words = WORDS[lang]
    wrong = next((each for each in replays if not each.agrees), None)
    if wrong is None:
        return
    changes = [change for change in wrong.changes if change.what != "processor" or wrong.elsewhere]
    if wrong.elsewhere and all(change.what in MACHINE for change in changes):
        typer.echo(_far(wrong, wrong.elsewhere, words))
    elif changes:
        typer.echo(words["upgrade"].format(changes="; ".join(_said(change, lang) for change in changes)))
    else:
        typer.echo(words["altered"])


def _said(change: Change, lang: Language) -> str:
    return Sentence("then_now", **change._asdict()).say(lang.code)


def _far(wrong: Replay, elsewhere: Change, words: dict[str, str]) -> str:
    from ftz_sim.analysis.agreement import ROUNDING

    what = words["far_size" if isfinite(wrong.size) else "far_labels"].format(size=wrong.size)
    return words["far"].format(then=elsewhere.then, now=elsewhere.now, most=ROUNDING, what=what)
