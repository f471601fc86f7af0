"""Commands as they are printed for people."""

from __future__ import annotations

import re
from collections.abc import Iterable


def quoted(words: Iterable[str]) -> str:
    """Return a command that cmd.exe, PowerShell and sh read alike: double quotes, where a word needs any."""
    return " ".join(word if re.fullmatch(r"[\w./:=+-]+", word) else f'"{word}"' for word in words)
