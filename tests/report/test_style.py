from itertools import combinations

import numpy as np
import pytest
from matplotlib import font_manager
from matplotlib.colors import to_rgb

from ftz_sim.report import style
from ftz_sim.report.page import _drawn
from ftz_sim.report.style import STRATEGY_COLOURS, colours, contrast, house_style, ink

# colour-blind vision by Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB
DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)
PROTANOPIA = np.array(
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
)
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(colour, vision):
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(vision @ linear, 0, 1) / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("vision", [np.eye(3), DEUTERANOPIA, PROTANOPIA], ids=["all", "deuteranopia", "protanopia"])
def test_strategies_stay_apart_for_colour_blind_readers(vision):
    for one, other in combinations(STRATEGY_COLOURS.values(), 2):
        assert np.linalg.norm(lab(one, vision) - lab(other, vision)) > 10, (one, other)


def test_contrast_of_black_and_white():
    assert contrast("black") == pytest.approx(21)
    assert contrast("white") == pytest.approx(1)


@pytest.mark.parametrize("colour", STRATEGY_COLOURS.values())
def test_text_in_a_strategys_colour_can_be_read(colour):
    assert contrast(ink(colour)) >= 4.5
    assert ink("black") == "#000000"


def test_a_strategy_keeps_its_colour_whatever_stands_beside_it():
    assert colours(["mine", "cross_zone"])["cross_zone"] == colours(["cross_zone"])["cross_zone"]
    assert len(set(colours(["mine", "yours", "cross_zone"]).values())) == 3


def test_the_style_does_not_leak():
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    with house_style("zh"):
        assert mpl.rcParams["svg.fonttype"] == "none"
    assert dict(mpl.rcParams) == before


def test_a_font_that_was_installed_later_is_found(monkeypatch):
    path = font_manager.findfont("DejaVu Serif")
    monkeypatch.setattr(style, "CHINESE_FONTS", ("DejaVu Serif",))
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: [__file__, path])
    assert style.chinese_font.__wrapped__() == "DejaVu Serif"


@pytest.mark.parametrize(("font", "needed"), [("a font", 4), (None, 3)])
def test_a_missing_png_is_a_missing_figure(font, needed, tmp_path, monkeypatch):
    monkeypatch.setattr(style, "chinese_font", lambda: font)
    (tmp_path / "figures").mkdir()
    files = [tmp_path / "figures" / f"levels.{kind}" for kind in ("en.svg", "en.png", "zh.svg", "zh.png")][:needed]
    for file in files:
        assert not _drawn(tmp_path, ["levels"])
        file.touch()
    assert _drawn(tmp_path, ["levels"])


LONG = {
    "en": "a name that is far too long for the room that was left for it",
    "zh": "远远超出所留位置的一个非常长的名字",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("x", "align"), [(0.02, "right"), (0.98, "left"), (0.5, "center")])
def test_a_sheet_grows_where_a_word_would_leave_it(lang, x, align, tmp_path):
    from matplotlib.image import imread

    with house_style(lang):
        figure = style.sheet(3, 2, "title", "subtitle", "stamp")
        assert style.whole(figure) is None, "nothing leaves it"
        figure.text(x, 0.5, LONG[lang], ha=align, size=14)
        box = style.whole(figure)
        assert box is not None and box.height == pytest.approx(2)
        assert (box.x0 < 0) == (align != "left") and (box.x1 > 3) == (align != "right")
        assert box.width >= 0.9 * style.text_width(LONG["zh"] if lang == "zh" else "", 14)
        written = style.save(figure, tmp_path, "long", lang, "0.1.0")
    for path in written:
        if path.suffix == ".png":
            picture = imread(path)[..., :3]
            edge = np.concatenate(
                [picture[:3].ravel(), picture[-3:].ravel(), picture[:, :3].ravel(), picture[:, -3:].ravel()]
            )
            assert edge.min() > 0.99, "ink touches the edge"
