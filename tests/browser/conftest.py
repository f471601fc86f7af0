"""A headless Chromium with the network cut off: only this machine and the page's own data may be loaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

OWN = {"localhost", "127.0.0.1"}
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 4  # looks at a page that is drawn anew
PICTURES = Path(os.environ.get("FTZ_SCREENSHOTS", Path(__file__).parents[2] / "results" / "screenshots"))


@dataclass
class Watched:
    """A page and what went wrong on it."""

    page: object
    wrong: list[str] = field(default_factory=list)

    def barriers(self, *known: str) -> list[str]:
        """Return what axe-core finds that stays in somebody's way, but for elements whose HTML holds what is ``known``.

        What is drawn anew is pale for a moment: it is looked at again.
        """
        axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing")
        for _ in range(PATIENCE):
            found = axe.Axe().run(self.page).response["violations"]
            told = [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]
            if not (left := [each for each in told if not any(name in each for name in known)]):
                break
            self.page.wait_for_timeout(2_000)
        return left

    def picture(self, name: str) -> None:
        """Keep a screenshot where a person can look at it."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", timeout=60_000)


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip(f"no browser: none of {', '.join(PROGRAMS)} is installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )  # none to draw with
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium) -> Iterator[Watched]:
    context = chromium.new_context(viewport={"width": 1400, "height": 1000}, accept_downloads=True)
    watched = Watched(context.new_page())

    def only_own(route) -> None:
        url = urlsplit(route.request.url)
        if url.scheme in ("data", "blob", "file") or url.hostname in OWN:
            route.continue_()
        else:
            watched.wrong.append(f"asked the network for {route.request.url}")
            route.abort()

    context.route("**/*", only_own)
    watched.page.on("console", lambda message: message.type == "error" and watched.wrong.append(message.text))
    watched.page.on("pageerror", lambda error: watched.wrong.append(str(error)))
    yield watched
    context.close()
