"""What attacks share: tries in processes or calls of their own, counted by kind, and what counts as a failure."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from typer.testing import CliRunner

from ftz_sim.cli import app

ALLOWED = (0, 2)  # done, or bad input
SECONDS = 120  # for one try, which takes one on a free machine; longer is a hang


class Campaign:
    """Counts tries and failures by kind.

    Attributes:
        tries: number of tries by kind.
        failures: (kind, what was tried, what went wrong).
    """

    def __init__(self) -> None:
        self.tries: Counter[str] = Counter()
        self.failures: list[tuple[str, str, str]] = []

    def attack(self, tries: Iterable[tuple[str, list[str]]], run: Callable[[list[str]], str]) -> None:
        """Try each (kind, words); ``run`` returns what went wrong, or nothing."""
        for kind, words in tries:
            self.tries[kind] += 1
            if wrong := run(words):
                self.failures.append((kind, repr(words)[:400], wrong))
                print(*self.failures[-1], sep=": ", flush=True)  # a long campaign may be stopped

    def report(self) -> str:
        """Return a line for each kind, and the first failures."""
        failed = Counter(kind for kind, _, _ in self.failures)
        lines = [f"{kind}: {n} tries, {failed[kind]} failures" for kind, n in sorted(self.tries.items())]
        return "\n".join([*lines, *(": ".join(each) for each in self.failures[:10])])


def command(words: list[str]) -> str:
    """Run ``ftz`` with ``words``; return what went wrong: another status, a traceback, or no sentence of the reason."""
    with limit(SECONDS):
        done = CliRunner().invoke(app, words)
    if done.exit_code not in ALLOWED:
        return f"status {done.exit_code}: {done.exception!r}"
    if done.exit_code == 2 and not done.output.strip():
        return "refused without a word"
    unprintable = [one for one in done.output if ord(one) < 32 and one not in "\n\t"]
    return f"prints {unprintable[0]!r}" if unprintable else ""


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """End what takes longer with a TimeoutError, where the system has alarms."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: object) -> None:
        raise TimeoutError(f"not done after {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
