"""Words found in a text, as they are or with one slip, held against looking for each by itself."""

from itertools import pairwise

import pytest

from extract.occurrences import near, places
from ontology.slips import slips

WORDS = ("科学技术局", "科学技术支出", "行政运行", "甲甲乙甲", "甲乙甲乙")


@pytest.mark.parametrize(
    "text",
    [
        "，奇台县科学技木局，科学支术支出，学技术局。",  # another, two that changed places, the first left out
        "，科学学技术局。行政运运行，科技术支出，行运行。",  # one twice, one too few
        "，甲甲甲乙甲乙乙甲甲，乙甲乙，甲甲乙甲甲乙甲乙。",
        "科学技术局",
        "",
    ],
)
def test_every_slip_of_a_word_is_near_where_the_word_itself_does_not_stand(text: str) -> None:
    found = near(WORDS, text)
    for word in WORDS:
        for start in range(len(text)):
            is_slip = any(True for _ in slips(word, text[start : start + len(word) + 1]))
            itself = text[max(0, start - 1) :].startswith(word)
            assert (start, word) in found or not is_slip or itself


def test_words_are_found_at_all_their_places_those_within_another_too() -> None:
    assert places(["甲乙", "甲乙丙", "乙丙", "丁"], "甲乙丙甲乙") == {"甲乙": [0, 3], "甲乙丙": [0], "乙丙": [1]}


def test_few_other_places_are_near() -> None:
    text = "".join(f"第{one}批专项资金与第{other}批专项资金，" for one, other in pairwise("甲乙丙丁戊己庚辛"))
    assert near(["行政运行经费"], text) == set()
    begins = {at for at, sign in enumerate(text) if sign == "第"}
    assert {start for start, _ in near(["第一批专项资金"], text)} == begins
