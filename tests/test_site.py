"""The documentation site is whole: it builds without a warning, its links lead somewhere, its commands can be typed."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from typer.main import get_command

import ftz_sim
from ftz_sim.cli import app

mkdocs = pytest.importorskip("mkdocs.config", reason="the extra docs is not installed")

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
NOTEBOOKS = sorted(DOCS.glob("tutorials/*.ipynb"))
PAGES = [path.relative_to(ROOT).as_posix() for path in (*sorted(DOCS.rglob("*.md")), *NOTEBOOKS)]
# the others of both trees speak both
IN_CHINESE = (
    "index", "tutorials/index", "how-to/analyst", "how-to/design", "how-to/teacher",
    "odd", "model-notes", "validation", "calibration", "papers", "explanation/limits",
)  # fmt: skip
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def reference():
    sys.path.insert(0, str(DOCS))
    try:
        import reference
    finally:
        sys.path.remove(str(DOCS))
    return reference


def cells(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def text_of(name):
    path = ROOT / name
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    return "\n".join("".join(cell["source"]) for cell in cells(path) if cell["cell_type"] == "markdown")


class Links(HTMLParser):
    """What a page links to, what it loads, and its anchors."""

    def __init__(self, text):
        super().__init__()
        self.links, self.loaded, self.anchors = set(), set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        self.anchors |= {told[key] for key in ("id", "name") if told.get(key)}
        if tag == "a" and told.get("href"):
            self.links.add(told["href"])
        elif tag == "link" and told.get("rel") != "canonical":
            self.loaded.add(told["href"])
        elif told.get("src"):
            self.loaded.add(told["src"])


def test_the_site_builds_strictly_and_every_link_of_it_leads_somewhere(tmp_path):
    """Builds both trees as `make site` does, for which all tutorials run."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    pages = {path: Links(path.read_text(encoding="utf-8")) for path in tmp_path.rglob("*.html") if path.stem != "404"}
    assert len(pages) == 2 * len(pages_of("mkdocs.yml"))
    broken = []
    for path, page in pages.items():
        for link in page.links | page.loaded:
            parts = urlsplit(link)
            if parts.scheme == "data" or (link in page.links and parts.scheme in ("http", "https")):
                continue
            assert not parts.netloc, f"{path.name} loads {link} from the net"
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            known = pages[target].anchors if target in pages else ()
            if not target.is_file() or (parts.fragment and target in pages and unquote(parts.fragment) not in known):
                broken.append(f"{path.relative_to(tmp_path)}: {link}")
    assert not broken
    for tree, other in (("", "zh/"), ("zh/", "../")):  # the switch of languages stays on the page
        tutorial = pages[tmp_path / tree / "tutorials/attribution.html"]
        assert f"../{other}tutorials/attribution.html" in tutorial.links
        shown = (tmp_path / tree / "tutorials/attribution.html").read_text(encoding="utf-8")
        assert "data:image/png" in shown and ("相比" in shown) == (tree == "zh/")


def pages_of(config):
    def inside(part):
        if isinstance(part, str):
            return [part]
        return [page for each in (part.values() if isinstance(part, dict) else part) for page in inside(each)]

    return inside(mkdocs.load_config(str(ROOT / config))["nav"])


def test_both_trees_have_the_same_pages():
    english, chinese = pages_of("mkdocs.yml"), pages_of("mkdocs.zh.yml")
    assert len({*english}) == len(english) > 30
    assert sorted(english) == sorted(chinese)
    assert {path.relative_to(DOCS).with_suffix(".md").as_posix() for path in NOTEBOOKS} <= {*english}


def test_pages_of_users_and_teachers_are_there_in_chinese_with_the_same_commands():
    found = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.zh.md")}
    assert found == {f"{name}.zh.md" for name in IN_CHINESE}
    for name in IN_CHINESE:
        english, chinese = ((DOCS / f"{name}{end}").read_text(encoding="utf-8") for end in (".md", ".zh.md"))
        assert commands(english) == commands(chinese)
        assert chinese.count("\n#") == english.count("\n#") and CHINESE.search(chinese)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_tutorial_says_everything_twice_and_keeps_no_outputs(path):
    tagged = [cell for cell in cells(path) if cell["metadata"].get("tags")]
    for english, chinese in zip(tagged[::2], tagged[1::2], strict=True):
        assert (english["metadata"]["tags"], chinese["metadata"]["tags"]) == (["en"], ["zh"])
        texts = ["".join(cell["source"]) for cell in (english, chinese)]
        if english["cell_type"] == "markdown":
            assert CHINESE.search(texts[1]) and commands(texts[0]) == commands(texts[1])
        else:
            assert texts[0].replace('"en"', '"zh"') == texts[1]
    assert [cell["cell_type"] for cell in cells(path) if cell not in tagged].count("markdown") == 0
    code = [cell for cell in cells(path) if cell["cell_type"] == "code"]
    assert code and not any(cell["outputs"] or cell["execution_count"] for cell in code)


def commands(text):
    """Return the commands in blocks of a page, as words."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S)
    lines = [line for language, block in blocks if language in ("", "sh") for line in block.splitlines()]
    return [shlex.split(line.replace("\\", "/"), comments=True) for line in lines if line.strip()]


@pytest.mark.parametrize("name", PAGES)
def test_every_command_of_a_page_parses(name):
    whole = get_command(app)
    for words in commands(text_of(name)):
        if words[:1] != ["ftz"]:
            continue
        command, rest = whole, words[1:]
        while getattr(command, "commands", None) and rest and rest[0] in command.commands:
            command, rest = command.commands[rest[0]], rest[1:]
        assert not getattr(command, "commands", None), words
        command.make_context("ftz", list(rest))  # raises what a user would be told


@pytest.mark.parametrize("name", [name for name in PAGES if "/how-to/" in name])
def test_the_python_of_a_page_runs(name):
    for code in re.findall(r"^```python\n(.*?)^```$", text_of(name), re.M | re.S):
        exec(compile(code, name, "exec"), {})


def all_commands(group, path="ftz"):
    """Yield every command with its words, those of groups too."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from all_commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def test_the_reference_has_every_command_option_and_name(reference):
    found = dict(all_commands(get_command(app)))
    assert {"ftz sweep", "ftz exercise grade", "ftz scenario new", "ftz dev new"} < set(found)
    for lang in ("en", "zh"):
        parts = re.split(r"^## (.+)\n", reference.cli(lang), flags=re.M)
        told = dict(zip(parts[1::2], parts[2::2], strict=True))
        assert set(told) == set(found)
        for name, command in found.items():
            options = {option for each in command.params for option in each.opts if each.name not in ("lang", "help")}
            assert options == {each for each in options if f"`{each}`" in told[name]}, name
    assert not re.search(r"^\| `--out` \| [ -~]+ \|", reference.cli("zh"), re.M), "said in Chinese"
    assert all(f"\n## ftz.{name}\n" in reference.api() for name in ftz_sim.__all__)
