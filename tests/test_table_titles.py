"""Titles over tables that are not their own, on documents made for them: each wrong case beside one that is right."""

from collections.abc import Sequence

import pytest

from extract.document import Block, Cell, Document, Line, Table
from extract.narrative.table_titles import misnamed_entries_of_tables, misnamed_titles
from extract.outline import outline
from ontology.findings import said as words
from ontology.findings import understood

TITLES = ("收支预算总表", "收入预算总表", "支出预算总表", "财政拨款收支预算总表", "财政拨款支出预算表")


def table(*headings: str) -> Table:
    rows = [headings, ("合计", *("1.00" for _ in headings[1:]))]
    return Table(tuple(Cell(at, column, text) for at, row in enumerate(rows) for column, text in enumerate(row)))


def said(*titles: str, headings: dict[int, str] | None = None) -> list[tuple[str, str]]:
    """What is said of tables with these titles: the title and what is meant, or nothing where that is not known."""
    blocks: list[Block] = []
    for at, title in enumerate(titles):
        blocks += [
            Line(title),
            Line("部门：某局 单位：万元"),
            table("项目", *(headings or {}).get(at, "金额").split("|")),
        ]
    document = Document("a.pdf", "0", tuple(blocks))
    found = [one.message for one in misnamed_titles(document, outline(document))]
    parts = [understood(message, "misnamed_title", "title_over_two") or {} for message in found]
    return [(one["title"], one.get("right", "")) for one in parts]


def with_title(at: int, title: str) -> list[str]:
    return [*TITLES[:at], title, *TITLES[at + 1 :]]


@pytest.mark.parametrize(
    ("at", "title", "right"),
    [
        (1, "收入预算总表", None),
        (1, "收入预算总", "收入预算总表"),
        (1, "收入决算总表", "收入预算总表"),
        (0, "收支决算总表", "收支预算总表"),
        (2, "支出预总表", "支出预算总表"),
        (3, "财政拔款收支预算总表", "财政拨款收支预算总表"),
        (3, "财政拨款收支预算总总表", "财政拨款收支预算总表"),
        (3, "财政拨款收支预算总", "财政拨款收支预算总表"),  # without its last character
        (4, "财政拨款收入预算表", "财政拨款支出预算表"),  # a word for its opposite
        (4, "支出明细附表", None),  # another table, far from all that are known
    ],
)
def test_a_title_with_a_slip_or_of_the_other_phase_is_told(at: int, title: str, right: str | None) -> None:
    assert [meant for _, meant in said(*with_title(at, title))] == ([right] if right else [])


def test_a_title_near_that_of_a_table_which_is_there_is_another_table() -> None:
    assert said(*TITLES, "支出预总表") == []


def test_all_titles_of_final_accounts_are_of_one_phase() -> None:
    assert said("收支决算总表", "收入决算表", "支出决算表", "一般公共预算支出决算表") == []


def test_a_title_that_is_known_in_the_other_phase_alone_is_no_slip() -> None:
    assert said("收支决算总表", "收入决算表", "财政拨款收支决算总表明细表", "政府采购支出决算表") == []


@pytest.mark.parametrize(
    ("titles", "headings", "many"),
    [
        (with_title(3, "收入预算总表"), {}, 1),  # copied from the last but one
        (with_title(2, "收入预算总表"), {2: "基本支出|项目支出|结转下年"}, 1),  # from the one above, over other columns
        (with_title(2, "收入预算总表"), {}, 0),  # goes on
        (with_title(3, "收入预算总表（续）"), {3: "基本支出|项目支出|结转下年"}, 0),  # a sheet of a table further above
        ([*TITLES, *TITLES], {}, 0),  # of two bodies
    ],
)
def test_one_title_stands_over_one_table(titles: list[str], headings: dict[int, str], many: int) -> None:
    assert len(said(*titles, headings=headings)) == many


def listed(*titles: str, printed: Sequence[str] = (), texts: Sequence[str] = ()) -> list[str]:
    """What is said of a table of contents with these titles of tables, which another file prints if not this one;
    `texts` are headings of running text."""
    entries = [
        Line("目录"),
        *(Line(f"{number}、{title}") for number, title in zip("一二三四五六", titles, strict=False)),
    ]
    head = (Line("第一部分 部门概况"), Line("一、主要职能"))
    tables = (block for title in printed for block in (Line(title), table("项目", "金额")))
    told = (Line(words) for heading in texts for words in (heading, "某局2024年度支出5.00万元。"))
    document = Document("a.pdf", "0", (entries[0], *head, *entries[1:], *head, Line("某局的职能。"), *tables, *told))
    return [one.message.removeprefix("tables: ") for one in misnamed_entries_of_tables(document, outline(document))]


@pytest.mark.parametrize(
    ("at", "title", "right"),
    [
        (1, "收入预总表", "收入预算总表"),
        (1, "收入预算总", "收入预算总表"),
        (1, "收入决算总表", "收入预算总表"),
        (4, "财政拨款收入预算表", "财政拨款支出预算表"),
    ],
)
def test_an_entry_of_the_contents_near_the_title_of_a_table_is_told(at: int, title: str, right: str) -> None:
    assert listed(*with_title(at, title)) == [words("misnamed_entry", title=title, right=right)]


def test_an_entry_that_a_section_of_the_text_bears_is_none_of_a_table() -> None:
    titles = (*TITLES[:5], "政府采购支出情况")
    assert listed(*titles) == [words("misnamed_entry", title=titles[-1], right=f"{titles[-1]}表")]
    assert listed(*titles, texts=["六、政府采购支出情况"]) == []


def test_a_part_of_the_contents_is_no_table_whatever_it_is_called() -> None:
    lines = [Line("目录"), Line("第一部分 部门预算公开报表"), *(Line(f"一、{title}") for title in TITLES[:4])]
    head = [Line("第二部分 情况说明"), Line("第一部分 部门预算公开报表")]
    tables = (block for title in TITLES for block in (Line(title), table("项目", "金额")))
    document = Document("a.pdf", "0", (*lines, *head, *tables))
    assert list(misnamed_entries_of_tables(document, outline(document))) == []


def test_a_table_that_the_contents_list_twice_is_told_at_both_entries() -> None:
    assert listed(*with_title(4, TITLES[1])) == [words("entry_twice", title=TITLES[1])] * 2


@pytest.mark.parametrize("titles", [TITLES, with_title(4, "支出明细附表"), (*TITLES[:3], *TITLES[:3])])
def test_contents_of_other_tables_and_of_several_bodies_say_nothing(titles: tuple[str, ...]) -> None:
    assert listed(*titles) == []
