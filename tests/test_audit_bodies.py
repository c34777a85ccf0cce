"""Bodies and places named where those of the disclosure belong: wrong cases beside right ones."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyoxigraph as ox
import pytest

from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED

_BODY = "阿图什市商务科技和工业信息化局"
_OWN = f"{_BODY}2026年支出预算5万元。{_BODY}政府采购预算5万元。{_BODY}2026年上年结转结余5万元。"


def book(*paragraphs: tuple[str, str], **answers: Sequence[Mapping[str, Any]]) -> Book:
    own = ox.Store()
    told = [
        {"evidence": f"urn:{at}", "section": section, "words": text} for at, (section, text) in enumerate(paragraphs)
    ]
    none: dict[str, Any] = {name: [] for name in ("absences", "names", "findings", "title", "projects", "forms")}
    known = {**none, "paragraphs": told, **answers}
    return Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", _BODY, 2026, False, {}, {}, known)


def found(rule: str, made: Book) -> list[Signal]:
    return list(WORDED[rule](rules()[rule], made))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("阿图什市商务局", True),  # an old name
        ("阿图什市财政局", True),
        ("阿克陶县商务科技和工业信息化局", True),
        ("阿克陶县商务服务中心", True),  # of another place
        (_BODY, False),
        (f"{_BODY}机关", False),
        ("商务科技和工业信息化局", False),  # without its place
        ("阿图什市电子商务服务中心", False),  # an institution may carry out a project
        ("阿图什市商务局、阿图什市财政局", False),  # several together
        ("阿图什市招商局", False),  # below the body, as its organisation says
        ("阿图什某某纺织有限公司", False),
    ],
)
def test_projects_and_forms_name_the_body_of_the_disclosure(name: str, wrong: bool) -> None:
    text = ("二、机构设置", "本局下属预算单位1家：阿图什市招商局。"), ("三、支出预算", _OWN)
    made = book(*text, names=[{"name": name, "own": _BODY, "whole": 0, "evidence": "urn:n", "head": "urn:h"}])
    assert bool(found("R24_body_place", made)) is wrong


@pytest.mark.parametrize(
    ("section", "text", "where"),
    [
        ("名词解释", "反映委托业务费。阿图什市商务和工业信息化局2026年3月30日", "落款"),
        ("名词解释", f"反映委托业务费。{_BODY}2026年3月30日", None),
        ("二、机构设置", "阿图什市科学技术局编制数26。", "机构设置"),
        ("二、机构设置", f"{_BODY}编制数26。", None),
        ("三、说明", "根据阿图什市财政局2026年3月30日的通知，安排5万元。", None),  # whose paper it is
    ],
)
def test_the_signature_and_the_posts_are_those_of_the_body(section: str, text: str, where: str | None) -> None:
    signals = found("R24_body_place", book(("三、支出预算", _OWN), (section, text)))
    assert [where is not None and where in one.zh for one in signals] == [True] * (where is not None)


@pytest.mark.parametrize(
    ("supervisor", "unit", "text", "wrong"),
    [
        ("阿图什市水利局", "阿图什市招商局", "", True),
        ("阿图什市水利局", _BODY, "", True),
        (_BODY, "阿图什市招商局", "", False),
        ("阿图什市水利局", "阿图什市水利站", "", False),  # another department's project
        ("阿图什市水利局", "阿图什市招商局", "部分项目由阿图什市水利局主管。", False),
    ],
)
def test_the_department_on_a_form_is_the_body(supervisor: str, unit: str, text: str, wrong: bool) -> None:
    texts = ("二、机构设置", "本局下属预算单位1家：阿图什市招商局。"), ("三、支出预算", _OWN + text)
    heads = [{"supervisor": supervisor, "carried_out_by": unit, "evidence": "urn:f"}]
    assert bool(found("R24_body_place", book(*texts, project_heads=heads))) is wrong
    assert not found("R24_body_place", book(*texts, project_heads=heads * 2))  # that of several forms


@pytest.mark.parametrize(
    ("carries_out", "builds", "wrong"),
    [
        ("阿图什市招商中心", "市商务局下属事业单位市文化馆", True),
        ("阿图什市招商中心", "市招商中心", False),
        ("阿图什市招商中心", "阿图什市某某建设公司", False),
        ("阿图什市招商中心", _BODY, False),
    ],
)
def test_the_account_of_a_project_names_one_unit(carries_out: str, builds: str, wrong: bool) -> None:
    units = "二、机构设置", "本局下属预算单位2家：阿图什市招商中心、阿图什市文化馆。"
    account = "项目经费情况说明", f"项目实施单位为{carries_out}，内容为装修。三、实施主体建设单位为{builds}，已开工。"
    assert bool(found("R24_account_bodies", book(units, account))) is wrong


@pytest.mark.parametrize(
    ("title", "wrong"),
    [
        ("2026年阿图什市商务和信息化局部门预算公开", True),
        (f"2026年{_BODY}部门预算公开", False),
        ("2026年部门预算公开", False),
    ],
)
def test_the_title_names_the_body(title: str, wrong: bool) -> None:
    made = book(("三、支出预算", _OWN), title=[{"title": title, "evidence": "urn:t"}])
    assert bool(found("R24_body_place", made)) is wrong


@pytest.mark.parametrize("kind", ["prepared", "headed"])
def test_tables_and_sections_name_the_body(kind: str) -> None:
    tail = {"prepared": "the other tables by", "headed": "the other sections by"}[kind]
    message = f"x: {kind} by '阿图什市财政局', {tail} '{_BODY}'"
    made = book(("三、支出预算", _OWN), findings=[{"message": message, "evidence": ""}])
    assert len(found("R24_body_place", made)) == 1


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("阿图什市商务和信息化局", True), ("阿图什市商务科技和工业信息化馆", False), (f"{_BODY}信息中心", False)],
)
def test_names_like_the_bodys_are_told_but_for_those_of_its_institutions(name: str, wrong: bool) -> None:
    named = [{"name": name, "own": _BODY, "whole": 0, "evidence": "urn:n", "head": "urn:h"}]
    assert bool(found("R24_body_name", book(("三、支出预算", _OWN), names=named))) is wrong


@pytest.mark.parametrize(
    ("name", "whole", "text", "wrong"),
    [
        ("阿图什市水利局", 1, "", True),
        ("阿图什市水利局", 0, "", False),  # on the form of a project, which others may carry out
        ("阿图什市水利局", 1, "所属单位有阿图什市水利局。", False),
        ("乌恰县水利局", 1, "", False),
        ("阿图什市水利站", 1, "", False),
    ],
)
def test_the_form_of_the_whole_body_names_no_other_body_of_the_place(
    name: str, whole: int, text: str, wrong: bool
) -> None:
    named = [{"name": name, "own": _BODY, "whole": whole, "evidence": "urn:n", "head": "urn:h"}]
    assert bool(found("R24_body_name", book(("三、支出预算", _OWN + text), names=named))) is wrong


def test_a_name_that_stands_as_often_as_the_own_one_is_another_name_of_the_body() -> None:
    names: list[Mapping[str, Any]] = [
        {"name": "阿图什市商务局", "own": _BODY, "whole": 0, "evidence": "urn:1 urn:2", "head": "urn:h"}
    ]
    assert found("R24_body_place", book(("三、支出预算", _OWN), names=names)) == []


@pytest.mark.parametrize(
    ("section", "text", "wrong"),
    [
        ("一、主要职能", "协调乌恰县无线电管理工作。", True),
        ("一、主要职能", "协调阿图什市无线电管理工作；指导自治区各地州的合作。", False),
        ("七、项目", "做好阿图什市蓝山纺织的推荐；其他年度做好阿克陶县蓝山纺织的推荐。", True),
        ("七、项目", "编制阿图什市化工产业园区规划。编制阿克陶县化工产业集聚区规划。", True),
        ("七、项目", "发放阿图什市企业补助；组织到阿克陶县学习考察。", False),  # a neighbour visited
        ("七、项目", "支持阿图什市企业；收购阿克陶县棉花5吨。", False),
        ("七、项目", "克孜勒苏柯尔克孜自治州下达，助力阿图什市发展。", False),  # the prefecture above
    ],
)
def test_another_place_stands_in_no_words_of_the_own_one(section: str, text: str, wrong: bool) -> None:
    assert bool(found("R24_other_place", book((section, text)))) is wrong


def test_the_goal_of_a_form_speaks_of_the_place_of_its_project() -> None:
    form = {
        "form": "urn:f",
        "name": "阿图什市化工产业集聚区认定项目",
        "total": None,
        "form_at": "urn:a",
        "indicator": None,
    }
    wrong = {**form, "goal": "编制阿克陶县化工产业园区规划书16份。"}
    right = {**form, "goal": "编制阿图什市化工产业园区规划书16份。"}
    assert found("R24_other_place", book(("三", "无。"), forms=[wrong]))
    assert not found("R24_other_place", book(("三", "无。"), forms=[right]))


_STREET = "上海市普陀区人民政府宜川路街道办事处"


@pytest.mark.parametrize(
    ("body", "names", "told"),
    [
        (_STREET, ["宜川路街道城管中心", "宜川路街道社区中心", "石泉路街道经济中心"], ["石泉路街道经济中心"]),
        (_STREET, ["宜川路街道城管中心", "宜川路街道社区中心", "宜川路街道经济中心"], []),
        (_STREET, ["宜川路街道城管中心", "宜川路街道社区中心", "宜川街道经济中心"], []),  # short
        (_STREET, ["宜川路街道城管中心", "宜川路街道社区中心", "新型城镇化中心"], []),
        (_STREET, ["宜川路街道城管中心", "石泉路街道经济中心"], []),  # too few to tell
        (_STREET, ["宜川路街道中心", "宜川路街道队", "石泉路街道中心", "石泉路街道队"], []),
        ("某县青山镇人民政府", ["某县青山镇站", "青山镇农业站", "某县白水镇文化站"], ["某县白水镇文化站"]),
        ("某县财政局", ["某县青山镇财政所", "某县青山镇税务所", "某县白水镇财政所"], []),
    ],
)
def test_the_units_of_a_town_bear_its_name(body: str, names: list[str], told: list[str]) -> None:
    made = replace(book(("二、机构设置", ""), units=units(names)), body=body)
    assert [one.left.name for one in found("R24_other_place", made)] == told


CENTRE, LIBRARY, MUSEUM = "某县水利工程运行管理中心", "某县图书馆", "某县博物馆"


def units(text: Sequence[str], tables: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The units that the text lists and those that tables name."""
    held = [(name, False) for name in text] + [(name, True) for name in tables]
    return [{"name": name, "column": column, "evidence": f"urn:{name}"} for name, column in held]


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("某县水利工程管理运行中心", CENTRE),  # words exchanged
        (CENTRE, None),
        ("某县水利工程运行管理站", None),  # another one
        ("某县水利工程运行营理中心", None),  # a misprint
    ],
)
def test_a_form_names_a_unit_as_the_list_does(name: str, right: str | None) -> None:
    made = book(("二、机构设置", ""), names=[{"name": name, "evidence": "urn:n"}], units=units([CENTRE, LIBRARY]))
    assert [one.right.name for one in found("R24_unit_name", made)] == ([right] if right else [])


@pytest.mark.parametrize(
    ("tables", "told"),
    [
        ([CENTRE, LIBRARY, "某县美术馆"], [(MUSEUM, "某县美术馆")]),
        ([CENTRE, LIBRARY, MUSEUM], []),
        ([CENTRE, LIBRARY], []),  # one more in the text
        ([CENTRE, LIBRARY, "某县美术馆", "某县文化馆"], []),  # two others: which is meant is not known
        ([CENTRE, "某县美术馆"], []),
        ([CENTRE, LIBRARY, f"{_BODY}（本级）"], []),  # the part of the body itself
    ],
)
def test_the_units_of_the_text_are_those_of_the_tables(tables: list[str], told: list[tuple[str, str]]) -> None:
    made = book(("二、机构设置", ""), units=units([CENTRE, LIBRARY, MUSEUM], tables))
    assert [(one.left.name, one.right.name) for one in found("R24_unit_name", made)] == told


_SHORT = "某某县水利工程运行管理中心"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            "维持县水利设施运行管理中心日常运行。决算大于预算，原因是县水利工程运行管理中心人员增加。",
            "水利设施运行管理中心",
        ),
        (
            "维持县水利工程运行服务中心日常运行。决算大于预算，原因是县水利工程运行管理中心人员增加。",
            "水利工程运行服务中心",
        ),
        ("维持县水利工程运行管理中心日常运行。", ""),
        ("维持县水利设施运行管理中心日常运行。", ""),  # nothing says that the unit is meant
        ("维持县水利运行管理中心、县水利工程运行管理中心运行。", ""),
        ("拨付县水利设施运行管理中心、县水利工程运行管理中心。", ""),  # two bodies in a row
        ("维持县水利设施运行管理站日常运行。原因是县水利工程运行管理中心人员增加。", ""),
        ("维持县水利工程运行营理中心日常运行。原因是县水利工程运行管理中心人员增加。", ""),  # a misprint
        ("支持社区水利设施运行管理中心。原因是县水利工程运行管理中心人员增加。", ""),  # of no county
    ],
)
def test_the_text_calls_a_unit_as_the_list_does(text: str, wrong: str) -> None:
    made = book(("七、支出决算", text), units=units([_SHORT, LIBRARY, MUSEUM]))
    assert [one.left.name for one in found("R24_unit_name", made)] == ([wrong] if wrong else [])


def test_two_units_of_nearly_one_name_are_two() -> None:
    text = "维持县水利设施运行管理中心运行。原因是县水利工程运行管理中心人员增加。"
    assert found("R24_unit_name", book(("七", text), units=units([_SHORT, "某某县水利设施运行管理中心"]))) == []


def test_a_list_that_the_text_alone_has_names_units_too() -> None:
    listed = ("二、机构设置", f"下属单位2家，包括：{_SHORT}、某某县农村饮水安全保障中心。")
    text = ("七", "维持县水利设施运行管理中心运行。原因是县水利工程运行管理中心人员增加。")
    assert [one.left.name for one in found("R24_unit_name", book(listed, text, units=[]))] == ["水利设施运行管理中心"]
