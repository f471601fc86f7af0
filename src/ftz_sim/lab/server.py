"""The lab as a server: it answers to its own names only, and its pages load nothing from elsewhere.

A page on the internet may point its name at this machine; the browser then takes it for the lab. Such a request still
carries the page's name as its host, and is refused.
"""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, MutableMapping
from contextlib import asynccontextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
SCRIPT = Path(__file__).with_name("app.py")
# the framework writes styles into its pages and builds its widgets from blobs
POLICY = ("default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
          "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:; worker-src 'self' blob:; "
          "connect-src 'self' data: blob:; frame-ancestors 'none'; form-action 'self'; object-src 'none'")  # fmt: skip


class OwnHosts:
    """Middleware that refuses requests to names which are not the lab's, and forbids pages to load what is elsewhere.

    Args:
        app: what answers the others.
        hosts: names of the lab; addresses in digits are no names, and always allowed.
    """

    def __init__(self, app: Application, hosts: Iterable[str]) -> None:
        self.app, self.hosts = app, {host.lower() for host in hosts}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        asked = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
        if is_own(asked, self.hosts):
            await self.app(scope, receive, _guarded(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await send({"type": "http.response.start", "status": 421, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"This name is not the lab's: ftz lab --host NAME."})


def is_own(asked: str, hosts: set[str]) -> bool:
    """Tell whether the ``Host`` of a request is an address in digits or one of ``hosts``."""
    try:
        name = (urlsplit(f"//{asked}").hostname or "").rstrip(".")
        if name in hosts:
            return True
        ip_address(name)
    except ValueError:
        return False
    return True


def _guarded(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), (b"content-security-policy", POLICY.encode("ascii"))]
        await send(message)

    return sent


def run(port: int, address: str, names: Iterable[str], browser: bool, lang: str | None) -> None:
    """Serve the page until it is stopped.

    Args:
        port: its port.
        address: where it listens.
        names: further names by which it may be asked.
        browser: whether to open one.
        lang: language of the page; the reader's browser says, if not this.
    """
    import streamlit as st
    from starlette.middleware import Middleware
    from streamlit.web import bootstrap

    from ftz_sim.lab.pool import stop

    options = {
        "server.port": port,
        "server.address": address,
        "server.headless": True,
        "server.maxUploadSize": 1,
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": False,
        "runner.magicEnabled": False,
        "runner.postScriptGC": False,  # after every move: a tenth of a second for everybody
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "type",
        "theme.base": "light",
        "theme.primaryColor": "#00588a",
    }
    bootstrap.load_config_options({key.replace(".", "_"): value for key, value in options.items()})

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        if browser:
            threading.Timer(0.5, webbrowser.open, [f"http://localhost:{port}/"]).start()
        try:
            yield
        finally:
            stop()

    hosts = {"localhost", socket.gethostname(), socket.getfqdn(), address, *names}
    app: Any = st.App(SCRIPT, lifespan=lifespan, middleware=[Middleware(OwnHosts, hosts=hosts)])
    bootstrap.run_asgi_app(str(SCRIPT), app, [lang] if lang else [], {})
