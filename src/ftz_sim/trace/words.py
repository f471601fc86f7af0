"""Words on the three figures, in English and Chinese."""

from __future__ import annotations

from ftz_sim.text.words import LANGUAGES, Lang

WORDS: dict[str, tuple[str, str]] = {
    "after": (
        "After zhou2024, part {place}; grey codes are claims.",
        "据周金凯（2024）第{place}部分；灰色编号为论断。",
    ),
    "contrast": (
        "Numbers in {year}: {pairs}; grey numbers: the interval contains zero.",
        "{year}年数字：{pairs}；灰色数字：区间包含零。",
    ),
    "pair": ("{a} minus {b}", "“{a}”减“{b}”"),
    "pairs.join": (", ", "，"),
    "bare": (
        "Indicators of the model stand on the arrows, without numbers: give a comparison with --from.",
        "箭头上为模型指标，未附数值：用 --from 指定比较结果文件夹。",
    ),
    "missing": ("not compared here", "此处未比较"),
    "stamp.bare": ("structure only · ftz_sim {version}", "仅结构 · ftz_sim {version}"),
    "strategy": ("scenario {name}", "情景 {name}"),
}


def tell(key: str, lang: Lang, **values: object) -> str:
    """Return the words of ``key`` in ``lang`` with ``values`` filled in."""
    return WORDS[key][LANGUAGES.index(lang)].format(**values)
