"""What the set phrases of the national forms state twice, on rows made for them: each wrong case beside a right one."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyoxigraph as ox
import pytest

from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.words import WORDED

_CARS = "单位共有公务用车4辆，其中：应急保障用车2辆、{}用车2辆。"
_OWNED = "截至2024年12月31日，某局共有车辆4辆，其中：应急保障用车{}辆、其他用车2辆，其他用车主要是特种专业技术用车。"
_TASKS = (
    "组织对13个项目开展绩效自评，涉及资金300.00万元，"
    "其中：一般公共预算项目{}个，涉及资金{}万元；基金项目3个，涉及资金100.00万元。"
)
_GUESTS = (
    "国内公务接待18批次，142人次（不包括陪同），共计支出2.06万元，"
    "具体内容包括：检查{}批次，支出1.06万元；调研8批次，支出1.00万元。"
)
_GOODS = (
    "2025年政府采购预算总额213.00万元，比上年增长7.58%。"
    "其中：货物类36.00万元；工程类95.00万元；服务类{}万元，主要是宣传服务。"
)
_BODY = "2024年度，某市水利局机关运行经费支出93.55万元。2024年度，某市{}局政府采购支出总额653.00万元。"


def fires(rule: str, *texts: tuple[str, str], executed: bool = False, **answers: Sequence[Mapping[str, Any]]) -> bool:
    own = ox.Store()
    rows = [{"evidence": f"urn:p{at}", "section": section, "words": words} for at, (section, words) in enumerate(texts)]
    known: dict[str, Any] = {"paragraphs": rows, "absences": [], "title": [], "forms": [], **answers}
    book = Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某市水利局", 2025, executed, {}, {}, known)
    return bool(list(WORDED[rule](rules()[rule], book)))


@pytest.mark.parametrize(
    ("rule", "words", "wrong"),
    [
        ("R20_measures", _TASKS.format("10", "200.00"), False),
        ("R20_measures", _TASKS.format("11", "200.00"), True),
        ("R20_measures", _TASKS.format("10", "210.00"), True),
        ("R20_measures", _TASKS.format("11", "210.00"), False),  # no measure says that these are all
        ("R20_measures", _GUESTS.format("10"), False),
        ("R20_measures", _GUESTS.format("9"), True),
        ("R20_measures", _GUESTS.format("9").replace("，支出1.00万元", ""), False),  # a part without its amount
        ("R20_parts", _GOODS.format("82.00"), False),
        ("R20_parts", _GOODS.format("85.00"), True),
        ("R20_parts", _GOODS.format("82.00") + "其中服务9.00万元。", False),
        ("W04_year", "2024年机关运行经费财政拨款预算73.10万元，比2024年预算增加2.90万元。", True),
        ("W04_year", "2025年机关运行经费财政拨款预算73.10万元，比2024年预算增加2.90万元。", False),
        ("W04_year", "2024年机关运行经费预算执行73.10万元，比2024年预算增加2.90万元。", False),
        ("W04_year", "2024年机关运行经费决算73.10万元，比2024年预算增加2.90万元。", False),
        ("R24_other_body", _BODY.format("水利"), False),
        ("R24_other_body", _BODY.format("农业农村"), True),
    ],
)
def test_a_set_phrase_says_one_thing(rule: str, words: str, wrong: bool) -> None:
    assert fires(rule, ("十、其他重要事项", words), ("一、概况", "某市水利局设三个科。" * 3)) is wrong


@pytest.mark.parametrize(
    ("kept", "owned", "wrong"),
    [
        ("特种专业技术", 2, False),
        ("执法执勤", 2, True),
        ("特种专业技术", 1, True),
        ("其他", 2, False),
    ],
)
def test_cars_are_of_the_same_kinds_with_their_costs_and_among_the_assets(kept: str, owned: int, wrong: bool) -> None:
    texts = ("七、“三公”经费", _CARS.format(kept)), ("（三）国有资产占有使用情况", _OWNED.format(owned))
    assert fires("R22_cars_by_kind", *texts, executed=True) is wrong
    fewer = texts[0][0], _CARS.format(kept).replace("4辆", "3辆")
    assert not fires("R22_cars_by_kind", fewer, texts[1], executed=True)  # another number of cars: other rules


@pytest.mark.parametrize(
    ("third", "wrong"),
    [
        ("水政执法专项经费95.00万元", True),
        ("水政监察执法专项经费95.00万元", False),
        ("水政执法专项经费59.00万元", False),  # another amount
        ("防汛物资储备经费95.00万元", False),  # another project
    ],
)
def test_a_numbered_project_has_the_name_of_the_tables(third: str, wrong: bool) -> None:
    names = {"河湖长制工作经费": 186, "水利工程运行维护项目": 428, "水政监察执法专项经费": 95}
    row = {"total": True, "evidence": "urn:e"}
    rows = [{**row, "name": name, "amount": 10_000 * amount} for name, amount in names.items()]
    words = f"如下：1.河湖长制工作经费186万元，用于巡查。2.水利工程运行维护项目428万元，用于养护。3.{third}，用于执法。"
    assert fires("R24_numbered_project", ("六、绩效", words), project_amounts=rows) is wrong


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("2.不可移动文物保护修缮，项目当年预算95.00万元。", False),
        ("2.不可移动文物保护修缮，项目当年预算950000.00万元。", True),
        ("2.不可移动文物保护修缮预算安排59.00万元。", True),
        ("2.不可移动文物保护修缮预算安排60.00万元。", False),  # one of its columns
        ("2.不可移动文物保护修缮，2024年预算59.00万元。", False),
        ("2.不可移动文物保护修缮增加59.00万元。", False),
        ("2.其他不可移动文物保护修缮预算59.00万元。", False),  # another project
        ("2.不可移动文物保护修缮59.00万元，用于修缮。", True),
        ("2.不可移动文物保护修缮95.00万元，用于修缮。", False),
        ("其中：不可移动文物保护修缮59.00万元，用于修缮。", False),  # may be a part
        ("2.不可移动文物保护修缮59.00万元。", False),
    ],
)
def test_the_budget_behind_the_name_of_a_project_is_that_of_its_table(words: str, wrong: bool) -> None:
    name = {"name": "不可移动文物保护修缮", "evidence": "urn:e"}
    rows = [{**name, "amount": 950_000, "total": True}, {**name, "amount": 600_000, "total": False}]
    assert fires("R14_projects", ("八、重点项目", words), project_amounts=rows) is wrong
    assert not fires("R14_projects", ("八、重点项目", words), project_amounts=rows, executed=True)


@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [
        ("图书馆人员经费、公用经费及免费开放", "文化馆人员经费、公用经费及群众文化活动", False),
        ("文化馆人员经费、公用经费及群众文化活动", "文化馆人员经费、公用经费及群众文化活动", True),
        ("保障机构正常运转的人员经费", "保障机构正常运转的人员经费", False),  # what both are for
        ("图书馆和群众文化活动的各项经费", "图书馆和群众文化活动的各项经费", False),
    ],
)
def test_two_subjects_do_not_share_a_purpose_that_names_one(one: str, other: str, wrong: bool) -> None:
    text = f"1.文化（款）图书馆（项）2.00万元，主要用于{one}。2.文化（款）群众文化（项）3.00万元，主要用于{other}。"
    assert fires("W06_other_item", ("三、支出", text)) is wrong


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("医疗（款）事业单位医疗（项）2.00万元，主要用于行政单位职工基本医疗保险。", True),
        ("医疗（款）事业单位医疗（项）2.00万元，主要用于事业单位职工基本医疗保险。", False),  # not word for word
        ("水利（款）水土保持（项）：反映防汛业务支出。2.水利（款）防汛（项）：反映防汛业务支出。", True),
        ("水利（款）水土保持（项）：反映水土保持业务支出。2.水利（款）防汛（项）：反映防汛业务支出。", False),
    ],
)
def test_a_purpose_or_an_explanation_of_two_subjects_is_that_of_the_one_it_names(words: str, wrong: bool) -> None:
    text = f"1.{words}3.医疗（款）行政单位医疗（项）2.00万元，主要用于行政单位职工基本医疗保险。"
    assert fires("W06_other_item", ("三、支出", text)) is wrong


@pytest.mark.parametrize(
    ("reason", "wrong"),
    [
        ("滨河剧院装修工程2000.00万元调整至政府性基金预算。", True),
        ("滨河剧院装修工程200.00万元调整至政府性基金预算。", False),  # a part of its money
        ("旅游厕所改造工程2000.00万元调整至政府性基金预算。", False),
        ("年中新增预算。", False),
    ],
)
def test_a_purpose_is_not_the_project_of_another_subject(reason: str, wrong: bool) -> None:
    item = "{}.某支出（款）{}（项）。主要用于：旅游厕所改造工程。年初预算为0万元，支出决算为{}万元。主要原因：{}"
    first = item.format(1, "地方旅游开发项目补助", "2.80", "年中新增预算。")
    second = item.format(2, "其他债务收入安排的支出", "2000.00", reason)
    assert fires("W06_other_item", ("八、政府性基金", first + second), executed=True) is wrong


@pytest.mark.parametrize(
    ("said", "besides", "wrong"),
    [
        ("新街敬老院装修工程", "调减“老城敬老院装修工程”。", True),
        ("老城敬老院装修工程", "调减“老城敬老院装修工程”。", False),
        ("新街敬老院装修工程", "", False),  # nothing tells which of the two is right
        ("新街敬老院装修工程", "调减“老城敬老院装修工程”和“新街敬老院装修工程”。", False),
        ("老城敬老院装修工程”“新街敬老院装修工程", "调减“老城敬老院装修工程”。", False),  # both
        ("新街卫生院装修工程", "调减“老城敬老院装修工程”。", False),
    ],
)
def test_a_reason_names_the_projects_that_its_subject_is_used_for(said: str, besides: str, wrong: bool) -> None:
    item = "1.社区（款）公共设施（项）5.00万元，主要用于：图书馆建设、老城敬老院装修工程项目。主要原因是“{}”未付清。"
    texts = ("三、总体", besides or "某局。"), ("四、支出", item.format(said))
    assert fires("R24_project_word", *texts, projects=[]) is wrong
