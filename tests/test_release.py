"""What a release is called is said in one way: by the package, to who cites it, and in the changelog."""

from __future__ import annotations

import re
from pathlib import Path

import ftz_sim

ROOT = Path(__file__).parents[1]


def found(pattern: str, file: str) -> str:
    return re.search(pattern, (ROOT / file).read_text(encoding="utf-8"), re.M)[1]


def test_the_package_the_citation_and_the_changelog_name_one_version():
    told = {found(r"^version: (\S+)$", "CITATION.cff"), found(r"^## (\S+) \(", "CHANGELOG.md")}
    assert told == {ftz_sim.__version__}


def test_a_changelog_that_has_a_date_has_that_of_the_citation():
    when = found(r"^## \S+ \((.+)\)$", "CHANGELOG.md")
    cited = re.search(r"^date-released: (\S+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.M)
    assert when == (cited[1] if cited else "unreleased")
