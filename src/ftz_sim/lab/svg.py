"""Drawings as SVG pictures: the browser shows them at once, and a screen reader hears what they show.

The page's framework lets pictures through and strips SVG elements, so a drawing travels as an ``img``; what
appears under the mouse lies above it.
"""

from __future__ import annotations

from base64 import b64encode
from html import escape
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element, SubElement, tostring

from ftz_sim.report.style import CHINESE_FONTS, INK, LATIN_FONTS

FONT = ", ".join([*(f"'{name}'" for name in (*LATIN_FONTS, *CHINESE_FONTS)), "sans-serif"])


class Drawing:
    """An SVG picture.

    Args:
        width: in the drawing's own units, which are pixels where it is shown at its own size.
        height: likewise.
        description: what it shows, for those who do not see it.
    """

    def __init__(self, width: float, height: float, description: str) -> None:
        self.width, self.height, self.description = width, height, description
        self.root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {width:g} {height:g}",
                                    "width": f"{width:g}", "height": f"{height:g}", "font-family": FONT})  # fmt: skip
        self.hints: list[tuple[float, float, float, float, str]] = []

    def add(self, tag: str, **attributes: object) -> Element:
        """Add an element; ``stroke_width=1.5`` becomes ``stroke-width="1.5"``."""
        return SubElement(self.root, tag, {name.replace("_", "-"): _plain(value) for name, value in attributes.items()})

    def write(self, words: str, x: float, y: float, size: float = 11, fill: str = INK, **rest: object) -> None:
        """Add a line of text whose baseline starts at x, y."""
        self.add("text", x=x, y=y, font_size=size, fill=fill, **rest).text = words

    def hint(self, x: float, y: float, width: float, height: float, words: str) -> None:
        """Let ``words`` appear where the mouse rests on a rectangle."""
        self.hints.append((x, y, width, height, words))

    def html(self, largest: float) -> str:
        """Return the picture for a page; it fills its column up to ``largest`` pixels."""
        data = b64encode(tostring(self.root)).decode("ascii")
        image = f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(self.description)}" style="width:100%">'
        hints = "".join(map(self._hint, self.hints))
        return f'<figure style="position:relative; margin:0; max-width:{largest:g}px">{image}{hints}</figure>'

    def _hint(self, hint: tuple[float, float, float, float, str]) -> str:
        x, y, width, height, words = hint
        place = {"left": x / self.width, "width": width / self.width, "top": y / self.height,
                 "height": height / self.height}  # fmt: skip
        style = "; ".join(f"{edge}:{100 * share:.2f}%" for edge, share in place.items())
        return f'<span title="{escape(words)}" style="position:absolute; {style}"></span>'


def width_of(words: str, size: float = 11) -> float:
    """Return about how wide a line of text is: a Chinese character is a square, a Latin one about half."""
    return size * sum(1.0 if east_asian_width(letter) in "WF" else 0.56 for letter in words)


def _plain(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
