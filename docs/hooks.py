"""Hooks of MkDocs: pages made while the site is built, the Chinese tree, links between pages that name each other.

One folder makes two sites. ``page.zh.md`` is the Chinese of ``page.md`` and takes its place in the Chinese site; a page
without one is the same in both. So every page has the same address in both, one of them under ``zh/``.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

import notebooks
import reference
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[1]
OF_THE_REPOSITORY = {  # pages that stand beside what they are about
    "exercises.md": "exercises/README.md",
    "scenarios.md": "scenarios/README.md",
    "results.md": "results/README.md",
    "sources.md": "src/ftz_sim/data/SOURCES.md",
    "contributing.md": "CONTRIBUTING.md",
    "changelog.md": "CHANGELOG.md",
}
CHINESE = ".zh.md"
LETTER = "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"


def on_files(files: Files, config: Any) -> Files:
    """Add pages of the repository, of the code and of notebooks; let Chinese pages take their places."""
    lang = config.theme["language"]
    for name, path in OF_THE_REPOSITORY.items():
        files.append(File.generated(config, name, abs_src_path=str(ROOT / path)))
    files.append(File.generated(config, "cli.md", content=reference.cli(lang)))
    files.append(File.generated(config, "api.md", content=reference.api()))
    for file in list(files):
        path = Path(file.abs_src_path or "")
        if path.suffix == ".ipynb":
            name = posixpath.splitext(file.src_uri)[0] + ".md"
            files.append(File.generated(config, name, content=notebooks.page(path, lang)))
        elif path.name.endswith(CHINESE):
            files.remove(file)
            if lang == "zh":
                english = file.src_uri.removesuffix(CHINESE) + ".md"
                files.remove(files.src_uris[english])
                files.append(File.generated(config, english, abs_src_path=file.abs_src_path))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """Make a link of every page of the site that a text names by its path in the repository; join Chinese lines."""
    here = posixpath.dirname(page.file.src_uri)
    names = {path: name for name, path in OF_THE_REPOSITORY.items()}
    pages = {file.src_uri for file in files.documentation_pages()}

    def linked(found: re.Match[str]) -> str:
        name = names.get(found[1], found[1].removeprefix("docs/"))
        return f"[{found[0]}]({posixpath.relpath(name, here or '.')})" if name in pages else found[0]

    markdown = re.sub(r"^(<!--.*?-->\s*)+", "", markdown, flags=re.S)  # titles are found where they come first
    prose_and_blocks = re.split(r"(^```.*?^```$)", markdown, flags=re.M | re.S)
    for i in range(0, len(prose_and_blocks), 2):
        prose = re.sub(f"(?<={LETTER})\n(?={LETTER})", "", prose_and_blocks[i])  # a line's end would be a blank
        prose_and_blocks[i] = re.sub(r"(?<!\[)`([\w/.-]+\.md)`(?!\])", linked, prose)
    return "".join(prose_and_blocks)


def on_page_context(context: Any, page: Any, config: Any, nav: Any) -> Any:
    """Point the switch of languages to the same page of the other tree."""
    folder, out = posixpath.dirname(page.url), "../" * page.url.count("/")
    # MkDocs counts a link from the top of the site, but one that leads out of it from the folder of the page
    english, chinese = ("", "zh/") if config.theme["language"] == "en" else (posixpath.join("../", out, folder, ""), "")
    config.extra["alternate"] = [
        {"name": "English", "link": english + page.url, "lang": "en"},
        {"name": "中文", "link": chinese + page.url, "lang": "zh"},
    ]
    return context


def on_post_build(config: Any) -> None:
    """Build the Chinese site behind the English one, in whose folder it stands."""
    if config.theme["language"] == "en":
        build(load_config(str(ROOT / "mkdocs.zh.yml"), strict=config.strict, site_dir=f"{config.site_dir}/zh"))
