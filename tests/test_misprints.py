"""Slips in names: what is one, what makes another name, and where a document is found to have one."""

import pytest

from extract.document import Cell, Document, Line, Table
from extract.outline import outline
from extract.recognition import facts
from extract.short_names import short_misprints
from ontology.facts import Finding
from ontology.findings import said
from ontology.slips import is_slip, slips

BODY = "奇台县科学技术局"
TEXT = f"""
{BODY}2025年部门预算公开

目录

第一部分 {BODY}2025年部门概况
一、关于{BODY}2025年收支预算情况的总体说明
二、关于{BODY}2025年收入预算情况说明
三、关于{BODY}2025年支出预算情况说明

第二部分 2025年部门预算公开表
一、部门支出总体情况表

表 3

部门支出总体情况表

编制部门：{BODY} 单位：万元

科目 支出预算

功能分类科目编码

类 款 项
功能分类科目名称 合计 基本支出 项目支出

※ ※ ※ ※ 1 2 3

总计 30.00 20.00 10.00

206 科学技术支出 30.00 20.00 10.00

206 01   科学技术管理事务 30.00 20.00 10.00

206 01 01     行政运行 30.00 20.00 10.00

213 农林水支出

第三部分 2025年部门预算情况说明

一、关于{BODY}2025年收支预算情况的总体说明

{BODY}2025年所有收入和支出均纳入部门预算管理。收支总预算30.00万元。

二、关于{BODY}2025年收入预算情况说明

依据《自治区科技计划项目管理办法》安排。根据《自治区科技计划项目管理办法》执行。

支出预算包括：科学技术支出。
"""


@pytest.mark.parametrize(
    ("name", "printed", "is_one"),
    [
        ("奇台县科学技术局", "奇台县科学技木局", True),  # another character
        ("政府性基金预算支出情况表", "政府形基金预算支出情况表", True),
        ("基层科普行动计划", "基层科普行计划", True),  # one too few
        ("绩效工资", "绩郊工资", True),
        ("机关事业单位基本养老保险缴费", "机关事业单位基本养老保险险缴费", True),  # one twice
        ("社会保障和就业支出", "社会障保和就业支出", True),  # two changed places
        ("基层科普行动计划资金", "基层科普行动计划资资金", True),
        ("住房公积金", "住房积金", True),
        ("职业年金缴费", "职业年金费", True),
        ("行政运转保障经费", "行政运转保障经费费", True),  # the last one twice
        ("机关事业单位基本养老保险缴费", "机关事业单位养老保险缴费", False),  # a word that may be left out
        ("绩效工资", "绩工资", True),
        ("津贴补贴", "津补贴", False),  # a short form
        ("公务用车购置及运行费", "公车购置及运行费", False),
        ("行政单位离退休", "行政单位退休", False),  # other words
        ("行政单位离退休", "行政单离退休", True),
        ("上年结转结余情况表", "本年结转结余情况表", False),  # another thing
        ("一般公共预算支出情况表", "一般公共决算支出情况表", False),
        ("国内债务付息", "国外债务付息", False),
        ("年初财政拨款结转和结余", "年末财政拨款结转和结余", False),  # rows of one official table
        ("国内公务接待批次", "国内公务接待人次", False),
        ("科学技术管理事务", "科学技术管理事务支出", False),  # longer
        ("科学技术支出", "科学技术支出", False),
        ("第二批州级前期费", "第三批州级前期费", False),
        ("2024年度补助费", "2025年度补助费", False),  # figures are not told
    ],
)
def test_a_slip_is_one_character_and_makes_no_other_name(name: str, printed: str, is_one: bool) -> None:
    assert is_slip(name, printed) is is_one


def test_what_tables_call_an_item_of_the_three_public_costs_is_no_slip_of_its_subject() -> None:
    cars = "公务用车运行维护费2万元。公务用车运行维护费为2万元。"
    assert [one for one in amiss(f"二、机构设置\n{cars}控制公务用车运行费，少用车。") if "公务用车" in one] == []


def test_a_slip_says_where_it_is_and_what_is_meant() -> None:
    (found,) = slips("科学技术管理事务", "科学技木管理事务等")
    assert (found.at, found.size, found.printed, found.meant) == (3, 8, "木", "术")


def amiss(text: str) -> list[str]:
    lines = tuple(Line(line, line=number) for number, line in enumerate(text.splitlines(), start=1))
    document = Document("a.txt", "0" * 64, lines)
    return [fact.message for fact in facts(document) if isinstance(fact, Finding)]


def test_a_document_whose_names_agree_has_no_slips() -> None:
    assert amiss(TEXT) == []


@pytest.mark.parametrize(("words", "slips"), [("农村供水工程建设", 0), ("开展水工程建设", 0), ("水工程建设", 1)])
def test_words_that_begin_with_the_end_of_another_are_no_slip(words: str, slips: int) -> None:
    assert len(amiss(f"{TEXT}\n《水利工程建设》、{words}。")) == slips


MISPRINTED = [
    (f"关于{BODY}2025年收入", "关于奇台县科学技木局2025年收入", ("奇台县科学技木局", BODY)),
    (f"{BODY}2025年所有", "奇台州科学技术局2025年所有", ("奇台州科学技术局", BODY)),
    ("项目管理办法》执", "项目管理办》执", ("自治区科技计划项目管理办", "自治区科技计划项目管理办法")),
    ("项目管理办法》执", "项目菅理办法》执", ("自治区科技计划项目菅理办法", "自治区科技计划项目管理办法")),
    ("一、部门支出总体情况表\n", "一、部门支出总休情况表\n", ("部门支出总休情况表", "部门支出总体情况表")),
    ("表 3\n\n部门支出", "表 3\n\n部门技出", ("部门技出总体情况表", "部门支出总体情况表")),
    ("包括：科学技术支出", "包括：基本资、津补贴", ("基本资", "基本工资")),
    ("包括：科学技术支出", "包括：科学技木支出", ("科学技木支出", "科学技术支出")),
    (f"{BODY}2025年所有", "奇台县科学技术2025年所有", ("奇台县科学技术", BODY)),
    (f"{BODY}2025年所有", "奇台学技术局2025年所有", ("奇台学技术局", BODY)),
    ("包括：科学技术支出", "包括：科学技术支支出", ("科学技术支支出", "科学技术支出")),
    (f"第一部分 {BODY}2025年", "第一部分 奇台县学技术局2025年", ("奇台县学技术局", BODY)),
    (f"第一部分 {BODY}2025年", "第一部分 奇台学技术局2025年", ("奇台学技术局", BODY)),  # 县科 is no word
]
OTHERWISE = [
    ("213 农林水支出", "213 农村水支出", "部门支出总体情况表: 213 is called '农村水支出', which is '农林水支出'"),
    ("213 农林水支出", "213 交通运输支出", "部门支出总体情况表: 213 is called '交通运输支出', which is '农林水支出'"),
    ("213 农林水支出", "214 农林水支出", "部门支出总体情况表: 214 is called '农林水支出', which is '交通运输支出'"),
    ("213 农林水支出", "213 农林水支 某", "部门支出总体情况表: 213 is called '农林水支', which is '农林水支出'"),
    ("213 农林水支出", "213 农林水水支出", "部门支出总体情况表: 213 is called '农林水水支出', which is '农林水支出'"),
    ("213 农林水支出", "213 农林水支岀", "部门支出总体情况表: 213 is called '农林水支岀', which is '农林水支出'"),
    (
        "206 01 01     行政运行",
        "206 01 01     行政运",
        "部门支出总体情况表: 2060101 is called '行政运', which is '行政运行'",
    ),
    (
        f"二、关于{BODY}2025年",
        "二、关于奇台县工业技术和局2025年",
        f"headings: headed '奇台县工业技术和局', most others '{BODY}'",
    ),
    (
        f"三、关于{BODY}2025年",
        f"三、关于{BODY}2024年",
        f"关于{BODY}2024年支出预算情况说明: headed 2024, the disclosure is of 2025",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "names"), MISPRINTED)
def test_a_slip_in_a_name_is_told_with_the_name(right: str, wrong: str, names: tuple[str, str]) -> None:
    assert right in TEXT
    assert f"names: {said('misprint', wrong=names[0], right=names[1])}" in amiss(TEXT.replace(right, wrong, 1))


@pytest.mark.parametrize(("right", "wrong", "message"), OTHERWISE)
def test_a_name_that_is_printed_otherwise_at_one_place_is_told(right: str, wrong: str, message: str) -> None:
    assert right in TEXT
    assert message in amiss(TEXT.replace(right, wrong, 1))


REASONS = """主要原因是人员经费调增、增加行政运转保障经费、新增移动平台运维费。
主要原因是增加行政运转保障经费、新增移动平台运维费。
行政运行支出。
主要原因是增加行政运转保障经费、新增移动平台运维费。"""


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("行政运转保障经费", None),
        ("行政运转保经障费", "行政运转保经障费"),
        ("行政远转保障经费", "行政远转保障经费"),
        ("行政运转保障经费费", "行政运转保障经费费"),
        ("行转保障经费", "行转保障经费"),  # 政运 stands behind 行 wherever it is printed, and is no word
        ("行政保障经费", "行政保障经费"),
        ("公用经费", None),
    ],
)
def test_what_sentences_call_money_in_the_same_words_is_a_name(wrong: str, told: str | None) -> None:
    first = REASONS.index("行政运转保障经费")
    text = REASONS[:first] + wrong + REASONS[first + len("行政运转保障经费") :]
    expected = [f"names: {said('misprint', wrong=told, right='行政运转保障经费')}"] if told else []
    assert [one for one in amiss(text) if one.startswith("names:")] == expected


def test_a_word_that_stands_elsewhere_may_be_left_out_of_a_name() -> None:
    assert not [one for one in amiss(REASONS.replace("行政运转", "行政", 1) + "运转正常。") if one.startswith("names:")]


@pytest.mark.parametrize(
    ("right", "other"),
    [
        ("213 农林水支出", "213 农林水"),  # cut short
        ("213 农林水支出", "213 农林水支\n\n出"),  # the rest on a line of its own
        ("206 01 01     行政运行", "206 01 01     行政运\n\n行"),
        (f"{BODY}2025年所有", f"原{BODY[:3]}技术局2025年所有"),  # a former name
        (f"{BODY}2025年所有", f"{BODY}局机关2025年所有"),
        ("213 农林水支出", ""),
        ("三、关于", "三、本单位"),
        ("行政运行 30", "行政单位离退休 30.00 20.00 10.00\n\n主要用于行政单位退休人员支出 30"),
        ("收支总预算30.00", "收支总决算30.00"),
    ],
)
def test_what_is_another_name_or_cut_short_is_no_slip(right: str, other: str) -> None:
    assert not [one for one in amiss(TEXT.replace(right, other)) if one.startswith("names:") or "is called" in one]


def test_a_code_that_only_one_table_prints_beside_the_name_of_a_neighbour_is_told() -> None:
    table = TEXT[TEXT.index("表 3") : TEXT.index("第三部分")]
    rows = table.replace("行政运行", "其他科学技术管理事务支出").replace("206 01 01", "206 01 99")
    thrice = rows + rows.replace("部门支出", "一般公共预算支出").replace("总体", "") + rows.replace("99", "91")
    text = TEXT.replace(table, thrice)
    assert any("2060191 is called" in one and "2060199" in one for one in amiss(text))
    assert not any("2060199 is called" in one for one in amiss(text))


@pytest.mark.parametrize(
    ("printed", "right"),
    [("印刷费", None), ("印刷废", "印刷费"), ("印刷机", None), ("电费", None), ("项目", None), ("培训废", "培训费")],
)
def test_a_cell_with_a_short_item_and_a_character_like_the_right_one_is_told(printed: str, right: str | None) -> None:
    table = Table((Cell(0, 0, "项目"), Cell(0, 1, "金额"), Cell(1, 0, printed), Cell(1, 1, "2.00")))
    document = Document("a.pdf", "0" * 64, (Line("2025年政府采购预算表"), table))
    found = [one.message for one in short_misprints(document, outline(document))]
    assert found == ([f"names: {said('misprint', wrong=printed, right=right)}"] if right else [])


def test_a_body_over_one_table_without_two_of_its_characters_is_a_slip() -> None:
    table = TEXT[TEXT.index("表 3") : TEXT.index("第三部分 2025年部门预算情况说明")]
    text = TEXT.replace(table, table + table.replace("编制部门：" + BODY, "编制部门：奇台学技术局"))
    assert f"names: {said('misprint', wrong='奇台学技术局', right=BODY)}" in amiss(text)


@pytest.mark.parametrize(
    "lines",
    [
        "（一）部门职能\n制定规划。\n（二）部门职责\n组织实施。",  # two headings
        "十一、机构运行经费支出情况\n机构运行经费支出128.45万元，其中：行政单位机关运行经费支出82.36万元。",
        "公务用车购置费0.00万元，公务用车购置费与上年持平。公务用车购置数0辆，公务用车保有量4辆。",
    ],
)
def test_two_headings_and_two_terms_that_are_alike_are_no_slips_of_each_other(lines: str) -> None:
    assert amiss(f"{TEXT}\n{lines}") == []


@pytest.mark.parametrize(("texts", "slips"), [(("科学技木", "支出"), 0), (("科学技木支出", ""), 1)])
def test_what_stands_in_two_cells_is_no_name(texts: tuple[str, ...], slips: int) -> None:
    table = Table(tuple(Cell(0, column, text) for column, text in enumerate(texts)))
    lines = tuple(Line(text, line=at) for at, text in enumerate(TEXT.splitlines(), start=1))
    found = facts(Document("a.txt", "0" * 64, (*lines, table)))
    assert len([fact for fact in found if isinstance(fact, Finding) and "科学技木" in fact.message]) == slips
