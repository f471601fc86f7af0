import string

import pytest

from ftz_sim.text.words import LANGUAGES, WORDS, language, say


def fields(text):
    return sorted(field for _, field, _, _ in string.Formatter().parse(text) if field)


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_say_the_same_things(key):
    english, chinese = WORDS[key]
    assert fields(english) == fields(chinese)
    assert english.strip()
    assert chinese.strip()
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in english)


def test_words_are_filled_in():
    assert say("stamp.seed", "en", seed=3) == "seed 3"
    assert say("stamp.firms", "zh", firms=20000) == "20,000家企业"
    with pytest.raises(KeyError):
        say("no such words", "en")


def test_languages():
    assert [language(text) for text in (*LANGUAGES, None)] == ["en", "zh", None]
    with pytest.raises(ValueError, match="'de'"):
        language("de")
