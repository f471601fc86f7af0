"""How long the lab takes to redraw when a slider is moved, with one browser or with several at once.

    python benchmarks/lab_browsers.py [--browsers 1] [--elsewhere 9] [--moves 5]

Starts one server, so many headless pages and so many sessions whose browsers stand elsewhere (`lab_sessions`), each on
a variant of its own, and in every round moves one slider in all of them at the same moment. Prints milliseconds from
the key press to the first picture (one seed), to the first band over draws of parameters and to the last picture (all
seeds, all draws), median and worst, and fails if one shows an error or the variant of another. A page draws on the
processors that the lab needs: ten take as much as the lab itself, as in no class that has machines of its own. The load
is printed, too. Needs Playwright and Chromium.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from lab_sessions import BAND, Session
from playwright.async_api import Page, async_playwright

from ftz_sim.lab.link import to_link

Times = tuple[float, float, float]  # milliseconds to the pictures of PICTURES
PICTURES = ("first picture", "first band over draws", "last picture")
SLIDER = "institutional innovation"
IDLE = "document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"
WATCH = """band => {
  const images = () => [...document.querySelectorAll('[data-testid=stMain] figure img')];
  const sources = () => images().map(each => each.src);
  const banded = () => new RegExp(band).test(document.querySelector('[data-testid=stMain]').textContent);
  let last = sources(), fresh = false;  // the words of the picture before stay for a moment
  window.seen = {start: performance.now()};
  window.watcher?.disconnect();
  window.watcher = new MutationObserver(async () => {
    fresh ||= seen.first > 0 && !banded();
    if (fresh && banded()) seen.band ??= performance.now() - seen.start;
    const now = sources();  // to decode is work, too: only what is new
    if (now.length < last.length || now.every((each, place) => each === last[place])) return;
    last = now;
    await Promise.all(images().map(each => each.decode())).catch(() => 0);
    seen.last = performance.now() - seen.start;
    seen.first ??= seen.last;
  });
  watcher.observe(document.querySelector('[data-testid=stMain]'), {subtree: true, childList: true, attributes: true});
}"""


@contextmanager
def server() -> Iterator[str]:
    """Start the lab on a free port and yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from ftz_sim.cli import main; main()", "lab", "--no-browser", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.25)
        yield f"http://localhost:{port}/"
    finally:
        process.terminate()
        process.wait()


async def settled(page: Page) -> None:
    """Wait until the server has nothing more to say to the page."""
    await page.wait_for_timeout(500)
    await page.wait_for_function(IDLE)
    await page.wait_for_timeout(300)


async def moved(page: Page, level: float) -> Times:
    """Move the slider one step down from where it is; return milliseconds to the pictures."""
    await page.evaluate(WATCH, BAND.pattern)
    await page.keyboard.press("ArrowLeft")
    await page.wait_for_function("window.seen.first > 0")
    await settled(page)
    shown = await page.evaluate("(e => e.getAttribute('aria-valuenow') ?? e.value)(document.activeElement)")
    if abs(float(shown) - level) > 1e-6 or await page.locator("[data-testid=stException]").count():
        raise SystemExit(f"a page shows {shown} where {level} was set, or an error")
    seen = await page.evaluate("window.seen")
    return seen["first"], seen["band"], seen["last"]


def link(number: int) -> str:
    """Return what leads to the page of one of the readers."""
    own = {"base": "single_ftz", "levers": {"ai_plus": round(0.95 - 0.05 * number, 2)}}
    state = {"reference": "history", "beside": ["cross_zone", "ftz_fta"], "end": 2035, "seeds": 3, "view": "results"}
    return f"lang=en&s={to_link({'variant': own} | state)}"


async def moved_elsewhere(session: Session, number: int, level: float) -> Times:
    """Move the slider of a session whose browser stands elsewhere to where `moved` moves it."""
    times = await session.moved(SLIDER, level)
    levers = session.shown["variant"]["levers"]
    if levers != {"ai_plus": round(0.95 - 0.05 * number, 2), "institutional_innovation": round(level, 2)}:
        raise SystemExit(f"a session shows {levers} where {level} was set")
    return times


async def measure(url: str, browsers: int, elsewhere: int, moves: int) -> tuple[list[Times], list[Times]]:
    """Open the pages and sessions, move their sliders ``moves`` times and return the times of both."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    async with async_playwright() as driver:
        chromium = await driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        pages = [await (await chromium.new_context()).new_page() for _ in range(browsers)]
        for number, page in enumerate(pages):
            page.set_default_timeout(180_000)
            await page.goto(f"{url}?{link(number)}")
            await page.locator("[data-testid=stMain] figure img").nth(8).wait_for()
            await settled(page)
            slider = page.locator("[data-testid=stSlider]").filter(has_text=re.compile(f"^{SLIDER}"))
            await slider.get_by_role("slider").focus()
        sessions = {number: await Session.opened(url, link(number)) for number in range(browsers, browsers + elsewhere)}
        out = []
        for level in (1 - 0.05 * turn for turn in range(1, moves + 1)):
            others = (moved_elsewhere(session, number, level) for number, session in sessions.items())
            out.append(await asyncio.gather(*(moved(page, level) for page in pages), *others))
        for session in sessions.values():
            session.close()
        await chromium.close()
        return [each for turn in out for each in turn[:browsers]], [each for turn in out for each in turn[browsers:]]


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--browsers", type=int, default=1)
    parser.add_argument("--elsewhere", type=int, default=9)
    parser.add_argument("--moves", type=int, default=5)
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}")
    with server() as url:
        here, there = asyncio.run(measure(url, options.browsers, options.elsewhere, options.moves))
    for who, times in ((f"{options.browsers} browsers", here), (f"{options.elsewhere} sessions elsewhere", there)):
        for name, each in zip(PICTURES, zip(*times, strict=True), strict=False):
            print(f"{who}, {name}: median {median(each):.0f} ms, worst {max(each):.0f} ms ({len(each)} moves)")
    print(f"load after {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
