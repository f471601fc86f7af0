"""``ftz lab``: the interactive page."""

from __future__ import annotations

import typer

from ftz_sim.cli.output import Language
from ftz_sim.extras import need

PORT = typer.Option(8501, min=1, max=65535, help="Port of the page.")
ADDRESS = typer.Option("localhost", help="Address to listen at; the page has no password, so keep it at home.")
HOST = typer.Option([], help="Another name by which the page may be asked; repeat for more.")
BROWSER = typer.Option(True, "--browser/--no-browser", help="Open a browser.")
LANG = typer.Option(None, help="Language of the page; the browser's unless said.")


def lab(
    port: int = PORT,
    address: str = ADDRESS,
    host: list[str] = HOST,
    browser: bool = BROWSER,
    lang: Language | None = LANG,
) -> None:
    """Start the lab: build a policy on a page and see what the model makes of it. Works without a network."""
    need("streamlit")
    from ftz_sim.lab.server import run

    run(port, address, host, browser, lang.value if lang else None)
