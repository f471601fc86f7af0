"""Sessions of the lab whose browsers stand on other machines: they hear all that the server says, and draw nothing.

Their readers move sliders like those of `lab_browsers`, at no cost of rendering to the machine that is measured.
"""

from __future__ import annotations

import re
import time
from typing import Any
from urllib.parse import parse_qs

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from tornado.websocket import WebSocketClientConnection, websocket_connect

from ftz_sim.lab.link import from_link

BAND = re.compile(r"nine in ten of \d+ draws of")  # what is said of a picture that has one


class Session:
    """One reader's connection.

    Attributes:
        shown: what the address says of the page, as `from_link` reads it.
    """

    def __init__(self, socket: WebSocketClientConnection, query: str) -> None:
        self._socket, self._query, self._sliders = socket, query, {}
        self.shown: dict[str, Any] = {}

    @classmethod
    async def opened(cls, url: str, query: str) -> Session:
        """Open the page that a link leads to, and wait until all is drawn."""
        address = url.replace("http", "ws", 1) + "_stcore/stream"
        session = cls(await websocket_connect(address, subprotocols=["streamlit"], max_message_size=2**26), query)
        await session._run([])
        return session

    async def moved(self, label: str, level: float) -> tuple[float, float, float]:
        """Move the slider whose label begins so; return milliseconds to first picture, first band and last picture."""
        slider = next(each for name, each in self._sliders.items() if name.startswith(label))
        return await self._run([(slider, level)])

    def close(self) -> None:
        """Leave."""
        self._socket.close()

    async def _run(self, levels: list[tuple[str, float]]) -> tuple[float, float, float]:
        ask = BackMsg()
        ask.rerun_script.query_string = self._query
        for slider, level in levels:
            ask.rerun_script.widget_states.widgets.add(id=slider).double_array_value.data.append(level)
        start, pictures, banded = time.perf_counter(), [], 0.0
        await self._socket.write_message(ask.SerializeToString(), binary=True)
        while (said := await self._heard()).WhichOneof("type") != "script_finished":
            element = said.delta.new_element
            if "<figure" in element.html.body:
                pictures.append(1e3 * (time.perf_counter() - start))
            elif BAND.search(element.markdown.body):
                banded = banded or pictures[-1]
            elif element.WhichOneof("type") == "slider":
                self._sliders[element.slider.label] = element.slider.id
            elif element.WhichOneof("type") == "exception":
                raise SystemExit(f"a session shows an error: {element.exception.message}")
            elif said.WhichOneof("type") == "page_info_changed":
                self._query = said.page_info_changed.query_string
                self.shown = from_link(parse_qs(self._query)["s"][0])
        return pictures[0], banded, pictures[-1]

    async def _heard(self) -> ForwardMsg:
        heard = await self._socket.read_message()
        if heard is None:
            raise SystemExit("the server has closed a connection")
        return ForwardMsg.FromString(heard)
