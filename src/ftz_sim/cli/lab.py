"""``ftz lab``: the interactive page."""

from __future__ import annotations

from importlib.util import find_spec

import typer

from ftz_sim.errors import InputError

PORT = typer.Option(8501, min=1, max=65535, help="Port of the page.")
ADDRESS = typer.Option("localhost", help="Address to listen at; the page has no password, so keep it at home.")
BROWSER = typer.Option(True, "--browser/--no-browser", help="Open a browser.")


def lab(port: int = PORT, address: str = ADDRESS, browser: bool = BROWSER) -> None:
    """Start the lab: build a policy on a page and see what the model makes of it. Works without a network."""
    if find_spec("streamlit") is None:
        raise InputError("no_streamlit")
    from pathlib import Path

    from streamlit.web import bootstrap

    options = {
        "server.port": port,
        "server.address": address,
        "server.headless": not browser,
        "server.maxUploadSize": 1,
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": False,
        "runner.magicEnabled": False,
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "type",
        "theme.base": "light",
        "theme.primaryColor": "#00588a",
    }
    bootstrap.load_config_options({key.replace(".", "_"): value for key, value in options.items()})
    bootstrap.run(str(Path(__file__).parents[1] / "lab" / "app.py"), False, [], {})
