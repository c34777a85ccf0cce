"""What a text tells of the body and its year in several places, each wrong case beside a right one."""

import pyoxigraph as ox
import pytest

from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED


def signals(rule: str, *texts: str, executed: bool = False, title: str = "") -> list[Signal]:
    own = ox.Store()
    rows = [{"evidence": f"urn:p{at}", "section": f"第{at}节", "words": text} for at, text in enumerate(texts)]
    titles = [{"title": title, "evidence": "urn:t"}] if title else []
    known: dict[str, object] = {"paragraphs": rows, "absences": [], "title": titles, "forms": []}
    book = Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某办公厅", 2025, executed, {}, {}, known)
    return list(WORDED[rule](rules()[rule], book))


@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [
        ("下设办公厅和3个专门委员会、8个工作委员会。", "由机关和三个专门委员会、8个工作委员会预算组成。", False),
        ("下设办公厅和3个专门委员会、8个工作委员会。", "由机关和4个专门委员会、8个工作委员会预算组成。", True),
        ("内设5个科室。", "本部门共6个预算单位。", False),
        ("有38个处室，编制若干名。", "内设36个处室。", True),
    ],
)
def test_the_parts_of_a_body_are_counted_alike(one: str, other: str, wrong: bool) -> None:
    assert bool(signals("R22_parts_counted", one, other)) is wrong


@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [
        ("管理省委机要局（省国家密码管理局）。", "包括厅机关、省委机要局（省国家密码管理局）。", False),
        ("管理省委机要局（省国家密码管理局）。", "包括厅机关，省委机要局（省国家密码局）。", True),
        ("管理省委机要局（省国家密码管理局）。", "包括厅机关，省委机要局（下设两个处）。", False),
    ],
)
def test_a_body_has_one_other_name(one: str, other: str, wrong: bool) -> None:
    assert bool(signals("R24_second_name", one, other)) is wrong


@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ("预算单位包括：厅本级、机关后勤服务中心、机关文印中心。", False),
        ("预算单位包括：厅本级、机关后勤服务中心、机关文印服务中心。", True),
        ("预算单位包括：厅本级、机关信息中心。", False),  # another one
        ("决算单位构成包括本级和3个单位，共4个单位：1.某厅本级2.机关后勤服务中心3.机关文印中心4.某宾馆", False),
        ("决算单位构成包括本级和3个单位，共4个单位：1.某厅本级2.机关后勤服务中心3.机关文印服务中心4.某宾馆", True),
    ],
)
def test_lists_of_bodies_name_them_alike(other: str, wrong: bool) -> None:
    assert bool(signals("R24_bodies_listed", "直属单位包括：机关后勤服务中心、机关文印中心、某宾馆。", other)) is wrong


@pytest.mark.parametrize(("other", "wrong"), [("第二", False), ("城南", True)])
def test_bodies_that_their_numbers_tell_apart_are_not_one(other: str, wrong: bool) -> None:
    first, second = "某县城关镇第一中心小学", f"某县城关镇{other}中心小学"
    told = signals("R24_bodies_listed", f"直属单位包括：某县中学、{first}。", f"预算单位包括：局机关、{second}。")
    assert bool(told) is wrong


@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ("预算单位包括：某市图书馆、某市博物馆、某市美术馆、某市执法支队。", True),
        ("预算单位包括：某市图书馆、某市博物馆、某市执法支队。", False),  # not all of them
        ("预算单位包括：某市图书馆、某市体育馆、某市美术馆、某市执法支队。", False),  # other bodies
    ],
)
def test_the_body_left_over_in_each_of_two_lists_is_one(other: str, wrong: bool) -> None:
    first = "下属单位包括：某市图书馆、某市博物馆、某市文化馆、某市执法支队。"
    assert bool(signals("R24_bodies_listed", first, other)) is wrong


SENTENCES = [
    "某办公厅YEAR年度收入、支出预算总计5万元。", "某办公厅YEAR年度财政拨款收、支总预算5万元。",
    "某办公厅YEAR年财政拨款预算支出5万元。", "某办公厅YEAR年度财政拨款基本支出预算5万元。",
    "某办公厅YEAR年一般公共预算财政拨款支出预算5万元。", "某办公厅YEAR年度一般公共预算拨款安排的会议费预算支出5万元。",
    "某办公厅YEAR年政府性基金支出预算支出0万元。", "YEAR年度我部门政府采购预算总金额为5万元。",
    "YEAR年度政府采购支出预算总额5万元。", "YEAR年“三公”经费预算数为5万元。", "YEAR年，某街道办事处收入预算5万元。",
    "上年执行数为4万元，YEAR年预算安排5万元。",
    "根据《某办公厅部门预算的批复》（苏财预〔YEAR〕7号）填列。", "开展了YEAR年项目预算绩效目标编报工作。",
]  # fmt: skip


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_on_totals_name_the_fiscal_year(sentence: str) -> None:
    assert signals("W04_year", sentence.replace("YEAR", "2025")) == []
    assert len(signals("W04_year", sentence.replace("YEAR", "2024"))) == 1


@pytest.mark.parametrize(
    "sentence", ["比2024年政府采购预算减少1万元。", "《关于2024年省级部门预算的批复》。", "2024年新增人员3人。"]
)
def test_sentences_may_speak_of_other_years(sentence: str) -> None:
    assert signals("W04_year", sentence) == []


@pytest.mark.parametrize(
    ("title", "wrong"),
    [
        ("某办公厅2024年度部门预算", True),
        ("某办公厅2025年度部门预算", False),
        ("某办公厅部门预算", False),
        ("某办公厅2025年部门预算及2024年部门决算", False),
    ],
)
def test_the_title_names_the_fiscal_year(title: str, wrong: bool) -> None:
    assert bool(signals("W04_year", title=title)) is wrong


def test_what_was_executed_last_year_is_of_last_year() -> None:
    assert signals("W04_compared_year", "2024年当年预算执行数为5万元。") == []
    assert len(signals("W04_compared_year", "2023年当年预算执行数为5万元。")) == 1


@pytest.mark.parametrize(("years", "wrong"), [((2025, 2024), 0), ((2025, 2023), 1), ((2024, 2022), 0)])
def test_the_budget_behind_that_of_this_year_is_of_last_year(years: tuple[int, int], wrong: int) -> None:
    text = "（项）”{}年度预算9万元，{}年度预算10万元，主要用于：某事。"
    assert len(signals("W04_compared_year", text.format(*years))) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("本部门共有车辆54辆，其中，一般公务用车54辆。", False),
        ("本部门共有车辆45辆，其中，一般公务用车54辆。", True),
        ("本部门共有车辆56辆，其中，一般公务用车54辆。", False),  # the others are not told
        ("本部门共有车辆56辆，其中，一般公务用车50辆、执法执勤用车4辆。", True),
        ("在职实有人数59人，其中：行政18人（其中：参照公务员法管理10人），事业41人。", False),
        ("在职实有人数59人，其中：行政18人（其中：参照公务员法管理10人），事业43人。", True),
    ],
)
def test_no_part_is_more_than_its_whole(text: str, wrong: bool) -> None:
    assert bool(signals("R20_parts", text)) is wrong
