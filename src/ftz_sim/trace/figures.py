"""The three figures of the main paper, with what the model measured on their arrows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ftz_sim import __version__
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.report.style import INK, SOFT, STRATEGY_COLOURS, house_style, ink, save, sheet
from ftz_sim.seeds import figures
from ftz_sim.seeds.figures import Contrast, Element, Linkage, Part
from ftz_sim.text.words import LANGUAGES, Lang, say
from ftz_sim.trace.drawing import Box, arrow, canvas, codes, column, frame, wrapped, write
from ftz_sim.trace.measured import Comparison, Value
from ftz_sim.trace.words import tell

ZONE, NQP, GREEN, SCIENCE, INDUSTRY = "#0072b2", "#9a3d8f", "#009e73", "#d55e00", "#b08030"
CHANNEL_COLOURS = (ZONE, SCIENCE, INDUSTRY, GREEN)
Line = tuple[str, float, str, bool]


def draw(number: int, folder: Path, measured: Path | None = None) -> list[Path]:
    """Draw figure 1, 2 or 3 in both languages into ``folder``.

    Args:
        number: of the figure.
        folder: where to write ``claims_figure_N``.
        measured: folder of a comparison; without it the arrows name indicators and carry no numbers.

    Returns:
        the files written.

    Raises:
        InputError: if ``measured`` holds no runs.
    """
    drawing: Callable[[Comparison, Lang], Figure] = (channels, ecosystem, linkages)[number - 1]
    comparison = Comparison.read(measured)
    written: list[Path] = []
    for lang in LANGUAGES:
        with house_style(lang):
            written += save(drawing(comparison, lang), folder, f"claims_figure_{number}", lang, __version__)
    return written


def channels(comparison: Comparison, lang: Lang) -> Figure:
    """Draw figure 1: four channels from zones to new quality productive forces."""
    data = figures().figure_1
    contrast = comparison.contrast(data.contrasts)
    axes = _sheet(12.4, 7.95, getattr(data.title, lang), data.place, comparison, [contrast], lang)
    top, high, gap = 1.3, 1.47, 0.1
    tall = 4 * high + 3 * gap
    source, outcome = Box(0.25, top, 1.5, tall), Box(10.6, top, 1.55, tall)
    parts = [(getattr(part, lang), 8.5, SOFT, False) for part in data.source_parts]
    _title_box(axes, source, getattr(data.source, lang), ZONE, lang, parts)
    _title_box(axes, outcome, getattr(data.outcome, lang), NQP, lang)
    for row, (channel, colour, pillar) in enumerate(zip(data.channels, CHANNEL_COLOURS, data.measured, strict=True)):
        box = Box(3.0, top + row * (high + gap), 3.75, high)
        middle = box.middle[1]
        frame(axes, box, colour)
        column(axes, box.left + 0.15, box.top + 0.1, [
            (getattr(channel.target, lang), 10, ink(colour), True),
            *((getattr(part.words, lang), 8.3, INK, False) for part in channel.parts),
            *codes(channel.claims, box.width - 0.3, most=3),
        ])  # fmt: skip
        arrow(axes, (source.right + 0.05, middle), (box.left - 0.05, middle), colour)
        write(
            axes,
            ((source.right + box.left) / 2, middle - 0.16),
            getattr(channel.verb, lang),
            10,
            ink(colour),
            "center",
            True,
        )
        arrow(axes, (box.right + 0.05, middle + 0.27), (outcome.left - 0.05, middle + 0.27), colour)
        _indicators(
            axes, box.right + 0.15, outcome.left - 0.25, box.top + 0.13, channel.measured, comparison, contrast, lang
        )
        _indicators(
            axes, box.right + 0.15, outcome.left - 0.25, middle + 0.35, (pillar,), comparison, contrast, lang, True
        )
    return _figure(axes)


def ecosystem(comparison: Comparison, lang: Lang) -> Figure:
    """Draw figure 2: talents, subjects and environment of the ecosystem of innovation."""
    data = figures().figure_2
    contrast = comparison.contrast(data.contrasts)
    axes = _sheet(11.6, 5.05, getattr(data.title, lang), data.place, comparison, [contrast], lang)
    centre = Box(0.25, 3.75, 11.1, 0.85)
    frame(axes, centre, NQP)
    column(axes, centre.left + 0.2, centre.top + 0.12, [
        (getattr(data.centre, lang), 11, ink(NQP), True),
        (getattr(data.rule, lang), 8.5, INK, False),
        *codes(data.claims, 6.0),
    ])  # fmt: skip
    _indicators(axes, 7.55, centre.right - 0.2, centre.top + 0.2, data.measured, comparison, contrast, lang)
    for place, (element, colour) in enumerate(zip(data.elements, (SCIENCE, ZONE, GREEN), strict=True)):
        _element(axes, Box(0.25 + place * 3.8, 1.3, 3.5, 1.38), element, colour, centre.top, comparison, contrast, lang)
    return _figure(axes)


def _element(
    axes: Axes, box: Box, element: Element, colour: str, below: float, comparison: Comparison,
    contrast: Contrast | None, lang: Lang,
) -> None:  # fmt: skip
    frame(axes, box, colour)
    title = getattr(element.act, lang) + (" " if lang == "en" else "") + getattr(element.name, lang)
    lines = [
        (title, 11.0, ink(colour), True),
        *((getattr(part.words, lang), 8.5, INK, False) for part in element.parts),
    ]
    column(axes, box.left + 0.18, box.top + 0.1, lines)
    sources = [("", 11.0, INK, False), *((" ".join(part.claims), 8.5, SOFT, False) for part in element.parts)]
    column(axes, box.right - 0.15, box.top + 0.1, [(text, size, SOFT, False) for text, size, _, _ in sources], "right")
    across = box.left + 0.35
    arrow(axes, (across, box.bottom + 0.05), (across, below - 0.05), colour)
    _indicators(axes, across + 0.2, box.right, box.bottom + 0.2, element.measured, comparison, contrast, lang)


def linkages(comparison: Comparison, lang: Lang) -> Figure:
    """Draw figure 3: one base, two wings, three priorities."""
    data = figures().figure_3
    used = [comparison.contrast(linkage.contrasts) for linkage in data.linkages]
    axes = _sheet(12.3, 7.95, getattr(data.title, lang), data.place, comparison, used, lang)
    top, high, gap, head = 2.6, 1.16, 0.1, 2.1
    tall = 3 * high + 2 * gap
    outcome, base = Box(1.95, 1.3, 8.4, 0.55), Box(0.25, top + tall + 0.4, 11.8, 0.85)
    _title_box(axes, outcome, getattr(data.outcome, lang), NQP, lang)
    frame(axes, base, INK)
    column(axes, base.middle[0], base.top + 0.13, [
        (getattr(data.base, lang), 10.5, INK, True),
        (f"{getattr(data.mission, lang)}  ·  {getattr(data.limits, lang)}", 8, SOFT, False),
        *codes(data.claims, 9.0),
    ], "center")  # fmt: skip
    for wing, left, colour in zip(data.wings, (0.25, 10.55), (ZONE, GREEN), strict=True):
        _title_box(axes, Box(left, top, 1.5, tall), getattr(wing.name, lang), colour, lang, [
            (getattr(wing.how, lang), 8.5, SOFT, False)
        ])  # fmt: skip
    wide = (8.4 - head) / 3
    for place, priority in enumerate(data.priorities):
        middle = 1.95 + head + (place + 0.5) * wide
        write(axes, (middle, top - 0.2), getattr(priority.name, lang), 10, INK, "center", True)
        arrow(axes, (middle, top - 0.34), (middle, outcome.bottom + 0.04), NQP)
        arrow(axes, (middle, base.top - 0.04), (middle, top + tall + 0.06), INK, 1.2)
    for row, (linkage, contrast) in enumerate(zip(data.linkages, used, strict=True)):
        box = Box(1.95, top + row * (high + gap), 8.4, high)
        _linkage(axes, box, head, wide, linkage, comparison, contrast, lang)
    return _figure(axes)


def _linkage(
    axes: Axes, box: Box, head: float, wide: float, linkage: Linkage, comparison: Comparison,
    contrast: Contrast | None, lang: Lang,
) -> None:  # fmt: skip
    colour = STRATEGY_COLOURS[linkage.strategy]
    frame(axes, box, colour)
    column(axes, box.left + 0.15, box.top + 0.14, [
        (getattr(linkage.name, lang), 10, ink(colour), True),
        (getattr(linkage.aim, lang), 8.3, INK, False),
        (tell("strategy", lang, name=say(f"scenario.{linkage.strategy}", lang)), 8, SOFT, False),
    ])  # fmt: skip
    for place, priority in enumerate(figures().figure_3.priorities):
        left = box.left + head + place * wide
        part: Part = linkage.cells[priority.id]
        lines: list[Line] = [
            (text, 8.3, INK, False) for text in wrapped(getattr(part.words, lang), wide, 8.3, lang)[:2]
        ]
        bottom = column(axes, left, box.top + 0.12, [*lines, *codes(part.claims, wide, 6.0, most=1)])
        _indicators(axes, left, left + wide - 0.12, max(bottom, box.top + 0.62), (priority.measured,), comparison,
                    contrast, lang, stacked=True)  # fmt: skip


def _sheet(
    width: float,
    height: float,
    title: str,
    place: str,
    comparison: Comparison,
    used: Sequence[Contrast | None],
    lang: Lang,
) -> Axes:
    stamp = comparison.experiment.stamp(lang, "stamp.tiles") if comparison.experiment else None
    subtitle = f"{tell('after', lang, place=place)}\n{_explained(comparison, used, lang)}"
    return canvas(sheet(width, height, title, subtitle, stamp or tell("stamp.bare", lang, version=__version__)))


def _explained(comparison: Comparison, used: Sequence[Contrast | None], lang: Lang) -> str:
    experiment = comparison.experiment
    if experiment is None:
        return tell("bare", lang)
    pairs = [
        tell("pair", lang, a=experiment.name(pair[0], lang), b=experiment.name(pair[1], lang))
        for pair in dict.fromkeys(used)
        if pair
    ]
    shown = tell("pairs.join", lang).join(pairs) or tell("missing", lang)
    return tell("contrast", lang, year=experiment.final_year, pairs=shown)


def _title_box(axes: Axes, box: Box, title: str, colour: str, lang: Lang, below: Sequence[Line] = ()) -> None:
    frame(axes, box, colour, fill=0.14, width=1.6)
    lines: list[Line] = [(line, 11, ink(colour), True) for line in wrapped(title, box.width - 0.2, 12, lang)]
    high = sum(size for _, size, _, _ in (*lines, *below)) * 1.5 / 72
    column(axes, box.middle[0], box.middle[1] - high / 2, [*lines, *below], "center")


def _indicators(
    axes: Axes, left: float, right: float, top: float, names: Sequence[str], comparison: Comparison,
    contrast: Contrast | None, lang: Lang, bold: bool = False, stacked: bool = False,
) -> None:  # fmt: skip
    for name in names:
        value = comparison.value(name, contrast, lang)
        label = NATIONAL[name].label(lang)
        column(axes, left, top, [(label, 8.3, INK if bold else SOFT, bold)])
        if value:
            top += 0.17 if stacked else 0.0
            _value(axes, left if stacked else right, top, value, "left" if stacked else "right")
        top += 0.2


def _value(axes: Axes, place: float, top: float, value: Value, align: str) -> None:
    column(axes, place, top, [(value.text, 8.5, INK if value.found else "#8a8f94", value.found)], align)


def _figure(axes: Axes) -> Figure:
    figure = axes.get_figure()
    assert isinstance(figure, Figure)
    return figure
