"""Copied words and changes that reasons name, on rows made for them: each wrong case beside a right one."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pyoxigraph as ox
import pytest

from kg.places import Evidence
from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED


def signals(
    rule: str, *texts: str, changes: Sequence[dict[str, Any]] = (), cells: Mapping[str, Evidence] = MappingProxyType({})
) -> list[Signal]:  # fmt: skip
    own = ox.Store()
    rows = [{"evidence": f"urn:p{at}", "section": f"第{at}节", "words": text} for at, text in enumerate(texts)]
    known: dict[str, Any] = {"paragraphs": rows, "changes": list(changes)}
    book = Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某局", 2025, False, dict(cells), {}, known)
    return list(WORDED[rule](rules()[rule], book))


_FIRST = "建成后作为街道社区事务受理、社区管理、文化艺术活动场所。"


@pytest.mark.parametrize(
    ("second", "wrong"),
    [
        ("作为街道社区事务受理、社区管理、文化艺术活动场所。", None),
        ("作为街道社区事物受理、社区管理、文化艺术活动场所。", "物"),
        ("作为街道社区事受理、社区管理、文化艺术活动场所。", ""),  # one left out
        ("作为街道社区的事务受理、社区管理、文化艺术活动场所。", None),  # a particle
        ("作为街道社区任务受理与咨询。", None),  # no copy of it
    ],
)
def test_a_copy_has_the_same_characters(second: str, wrong: str | None) -> None:
    found = signals("R24_copied_phrase", _FIRST, _FIRST, second)
    assert [one.right.name for one in found] == ([] if wrong is None else [found[0].right.name])
    assert all("事务受理" in one.right.name and "事务受理" not in one.left.name for one in found)


@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ("为了更游校的整合社区公共服务资源，为周边居民提供服务。", True),
        ("为了更好地的整合社区公共服务资源，为周边居民提供服务。", False),  # sounds otherwise
        ("为了更有效的整合社区公共服务资源，为周边居民提供服务。", False),
        ("为了更游校的整合社区资源。", False),  # too little in common
    ],
)
def test_two_characters_of_a_copy_are_not_typed_by_their_sound(other: str, wrong: bool) -> None:
    found = signals("R24_copied_phrase", "更有效的整合社区公共服务资源，为周边居民提供便利。", other)
    assert ["游校" in one.left.name or "游校" in one.right.name for one in found] == [True] * wrong


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("完成项目建设第二季度支付工程款进度任务。", "完成项目建设第三季度支付工程款进度任务。"),
        ("保障机关上年度党建工作经费正常运转，", "保障机关本年度党建工作经费正常运转，"),
        ("“三公”经费支出总体情况说明。", "“三公”经费支出具体情况说明。"),
        ("做好全部离休干部生活补助发放工作任务。", "做好全部退休干部生活补助发放工作任务。"),
        ("设刑事审判第一庭、刑事审判第二庭、", "民事审判第一庭、民事审判第二庭、行政审判庭。"),
    ],
)
def test_words_that_tell_two_things_apart_are_no_slip(one: str, other: str) -> None:
    assert signals("R24_copied_phrase", one, other) == []


def reason(words: str) -> str:
    return f"支出9万元，比上年增加9万元。主要原因是{words}。"


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("信息化建设经费专项增加55万", "信息化建设经费增加55万元，扶贫经费压减10万元", False),
        ("信息化建设经费专项增加55万元", "信息化建设经费增加35万元，扶贫经费压减10万元", True),
        ("增加信息化建设专项经费55万元", "信息化建设经费增加35万元", True),
        ("信息化建设经费增加55万元", "信息化建设经费减少55万元", True),
        ("信息化建设经费增加55.4万元", "信息化建设经费增加55万元", True),
        ("人员经费增加55万元", "人员经费增加35万元", False),  # each subject has its own
        ("外事增加55万元", "外事增加35万元", False),  # too short to be one thing
        ("增减相抵后增加55万元", "增减相抵后增加35万元", False),
    ],
)
def test_what_reasons_name_changed_by_one_amount(one: str, other: str, differ: bool) -> None:
    assert bool(signals("R14_one_amount", reason(one), reason(other))) is differ


@pytest.mark.parametrize(
    ("delta", "words", "too_much"),
    [
        (300_000, "新增信息系统运维费30万元", False),
        (300_000, "新增信息系统运维费50万元", True),
        (300_000, "新增信息系统运维费20万元，增加物业管理费20万元", True),
        (300_000, "新增信息系统运维费30万元，其中增加托管服务费20万元", False),  # a part of the part
        (300_000, "新增信息系统运维费50万元，印刷费减少", False),
        (300_000, "新增信息系统运维费50万元，增减相抵", False),
        (300_000, "人员增加3人", False),
        (-300_000, "压减信息系统运维费50万元", True),
        (-300_000, "压减信息系统运维费50万元，新增物业管理费20万元", False),
        (None, "新增信息系统运维费50万元", False),
    ],
)
def test_what_reasons_name_comes_to_no_more_than_the_change(delta: int | None, words: str, too_much: bool) -> None:
    row = {"item": "项目支出", "delta": delta, "reason": words, "evidence": "urn:c"}
    assert bool(signals("R15_reasons", changes=[row])) is too_much


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("压减5万元，新增某费20万元，增减相抵后增加15万元", False),
        ("压减5万元，新增某费20万元，增减相抵后项目支出预算数增加16万元", True),
        ("压减5万元，新增某费20万元，增减相抵后减少15万元", True),
        ("增减相抵", False),
    ],
)
def test_what_is_left_of_rises_and_falls_is_the_change(words: str, wrong: bool) -> None:
    row = {"item": "项目支出", "delta": 150_000, "reason": words, "evidence": "urn:c"}
    assert bool(signals("R15_net", changes=[row])) is wrong


@pytest.mark.parametrize(
    ("delta", "words", "wrong"),
    [
        (-222_500, "按规定运转类专项经费统一压减10%", False),
        (-232_500, "按规定运转类专项经费统一压减10%", True),
        (-232_500, "按规定运转类专项经费统一压减10%以上", False),
        (-232_500, "运转类专项经费统一压减10%，新增某项目", False),  # not the cut alone
        (232_500, "统一压减10%", False),
        (1_000_000, "压减10%，增加管理费120万元，增减相抵后增加100万元", False),  # what is cut may be a part
        (1_000_000, "压减10%，增加管理费140万元，增减相抵后增加100万元", True),
        (1_000_000, "压减10%，增加管理费140万元，减少会议", False),
        (1_000_000, "压减10%，增加管理费140万元，其中增加印刷费40万元", False),
    ],
)
def test_a_cut_is_as_large_as_its_reason_says(delta: int, words: str, wrong: bool) -> None:
    amount = 2_225_000 + delta
    row = {"item": "因公出国（境）费", "amount": amount, "delta": delta, "reason": words, "evidence": "urn:c"}
    assert bool(signals("R15_cut", changes=[row])) is wrong


@pytest.mark.parametrize(
    ("title", "words", "places"),
    [
        ("某县单位（单位）整体绩效目标申报表", "某局", ["urn:c1"]),  # once a title
        ("整体绩效目标申报表", "单位（单位）名称", ["urn:c1", "urn:c2"]),
        ("部门（单位）整体绩效目标申报表", "部门（单位）名称", []),
    ],
)
def test_words_replaced_throughout_are_seen_in_titles_and_cells(title: str, words: str, places: list[str]) -> None:
    cells = {
        f"urn:c{row}": Evidence("a.pdf", None, row, title, row, 1, words, f"urn:c{row}", sha) for row, sha in _ROWS
    }
    found = signals("W16_replaced", cells=cells)
    assert [place.iri for one in found for place in one.left.places] == places


_ROWS = ((1, "0"), (2, "0"), (3, "of another disclosure"))
