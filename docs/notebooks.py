"""A tutorial as a page: its notebook, run from top to bottom, with what its cells show.

Cells that are tagged ``en`` or ``zh``, of text or of code, stand in the page of that language alone, others in
both, for which the notebook runs once.
"""

from __future__ import annotations

import atexit
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

LANGUAGES = ("en", "zh")
SECONDS = 600  # of a cell, on a busy machine
QUIET = ["--log-level=ERROR"]  # of the kernel, which warns of its own ports
NOTE = {
    "en": "This page is a notebook, run when the site was built: [download it]({name}) and run it yourself.",
    "zh": "本页是一份笔记本，建站时从头到尾运行过：可[下载]({name})后自行运行。",
}
OUTPUT = "{ .text .output }"
PICTURE = {"en": "Figure made by the code above", "zh": "以上代码所作的图"}


@cache
def _kernel() -> KernelManager:
    """Return the process in which all notebooks run: to start it and load the packages takes seconds."""
    kernel = KernelManager()
    kernel.start_kernel(extra_arguments=QUIET)
    atexit.register(kernel.shutdown_kernel, now=True)
    return kernel


@cache
def run(path: Path) -> nbformat.NotebookNode:
    """Return the notebook after it ran in a folder of its own, without names of others; a cell that fails raises."""
    book = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # the process stands in it
        book.cells.insert(0, nbformat.v4.new_code_cell(f"import os\nos.chdir({folder!r})\n%reset -f"))
        NotebookClient(book, km=_kernel(), timeout=SECONDS).execute()
    del book.cells[0]
    return book


def page(path: Path, lang: str) -> str:
    """Return a tutorial in Markdown."""
    others = {*LANGUAGES} - {lang}
    cells = [cell for cell in run(path).cells if not others & {*cell.metadata.get("tags", ())}]
    parts = [part for cell in cells for part in _cell(cell, lang)]
    return "\n\n".join([*parts, "---", NOTE[lang].format(name=path.name)]) + "\n"


def _cell(cell: Any, lang: str) -> list[str]:
    if cell.cell_type == "markdown":
        return [cell.source]
    shown = [output for output in cell.outputs if output.get("name") != "stderr"]
    return [_block(cell.source, "python"), *(_output(each, lang) for each in shown)]


def _output(output: Any, lang: str) -> str:
    if output.output_type == "stream":
        return _block(output.text, OUTPUT)
    data = output.data
    if "image/png" in data:
        return f'<img alt="{PICTURE[lang]}" src="data:image/png;base64,{"".join(data["image/png"].split())}">'
    if "text/html" in data:
        return f'<div class="output">{"".join(line.strip() for line in data["text/html"].splitlines())}</div>'
    return _block(data["text/plain"], OUTPUT)


def _block(text: str, language: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```"
