"""Figures as part of a page: the SVG that was drawn, smaller, with ids of its own and words for who cannot see.

A folder may come from a stranger, so nothing but shapes and text passes: no script, no link, no style for the page.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
HREF = f"{{{XLINK}}}href"  # of SVG 1; plain href is dropped
LONG_NUMBER = re.compile(r"(\d\.\d{2})\d+")
REFERENCE = re.compile(r"#([\w.-]+)")
SHAPES = {
    f"{{{SVG}}}{name}"
    for name in ("svg", "g", "defs", "clipPath", "path", "use", "text", "tspan", "rect", "circle", "ellipse", "line",
                 "polyline", "polygon", "linearGradient", "radialGradient", "stop", "pattern", "image")
}  # fmt: skip
PICTURE = "data:image/png;base64,"  # what an image may hold


def inline_svg(path: Path, alt: str) -> str:
    """Return the drawing of ``path`` as markup for an HTML page.

    Coordinates are cut to 1/100 point, what nothing refers to loses its id, and the other ids get the file's
    name in front, so that several drawings share a page. Text stays text.

    Args:
        path: a file that `report.style.save` wrote.
        alt: what the drawing shows, in words.
    """
    for prefix, namespace in (("", SVG), ("xlink", XLINK)):
        ET.register_namespace(prefix, namespace)
    root = ET.parse(path).getroot()
    _keep_shapes(root)
    _rename(root, path.name.removesuffix(".svg").replace(".", "-"))
    for element in root.iter(f"{{{SVG}}}path"):
        element.set("d", LONG_NUMBER.sub(r"\1", " ".join(element.get("d", "").split())))
    for name in ("width", "height", "style"):
        root.attrib.pop(name, None)
    root.attrib |= {"role": "img", "aria-label": alt}
    return ET.tostring(root, encoding="unicode")


def title_of(path: Path) -> str:
    """Return the title that a drawing carries."""
    title = ET.parse(path).getroot().find(f"{{{SVG}}}title")
    return (title.text or "") if title is not None else path.stem


def _keep_shapes(parent: ET.Element) -> None:
    """Remove elements that are no shapes or text, what would act, and what would be loaded from elsewhere."""
    for child in list(parent):
        if child.tag in SHAPES:
            _keep_shapes(child)
        else:
            parent.remove(child)
    for key, value in list(parent.attrib.items()):
        name = key.rpartition("}")[2].lower()
        foreign = name == "href" and (key != HREF or not value.startswith(("#", PICTURE)))
        if name.startswith("on") or foreign or "url(" in value.replace("url(#", "").lower() or "\\" in value:
            del parent.attrib[key]


def _rename(root: ET.Element, prefix: str) -> None:
    used = set(_references(root))
    for element in root.iter():
        own = element.attrib.pop("id", None)
        if own in used:
            element.set("id", f"{prefix}-{own}")
        for key, value in element.attrib.items():
            if (key == HREF and value.startswith("#")) or "url(#" in value:
                element.set(key, REFERENCE.sub(rf"#{prefix}-\1", value))


def _references(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == HREF and value.startswith("#"):
                yield value.removeprefix("#")
            else:
                yield from re.findall(r"url\(#([\w.-]+)\)", value)
