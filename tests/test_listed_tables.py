"""Tables in the contents against tables as printed, on documents made for them: each wrong case beside a right one."""

import pyoxigraph as ox
import pytest

from extract.document import Block, Cell, Document, Line, Table
from extract.narrative.listed_tables import listed_otherwise, unlisted, unprinted
from extract.outline import outline
from kg.places import Evidence
from ontology.findings import said as worded
from ontology.findings import understood
from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.words import WORDED

TITLES = ["收支预算总表", "收入预算总表", "支出预算总表", "财政拨款支出预算表", "政府性基金支出预算表"]


def document(listed: list[str], printed: list[str]) -> Document:
    blocks: list[Block] = [Line("目录"), Line("第二部分 2025年度部门预算表")]
    blocks += [Line(f"{at}、{title}") for at, title in zip("一二三四五六", listed, strict=False)]
    blocks += [Line("第三部分 情况说明"), Line("第二部分 2025年度部门预算表")]
    for title in printed:
        rows = [("项目", "金额"), ("合计", "1.00")]
        cells = (Cell(at, column, text) for at, row in enumerate(rows) for column, text in enumerate(row))
        blocks += [Line(title), Line("部门：某局 单位：万元"), Table(tuple(cells))]
    return Document("a.pdf", "0", tuple(blocks))


def said(listed: list[str], printed: list[str]) -> list[tuple[str, str, str]]:
    """What is said at the entries of the contents: of what kind, the entry, the title over the table."""
    made = document(listed, printed)
    found = [one.message for one in listed_otherwise(made, outline(made))]
    kinds = [(kind, understood(one, kind)) for one in found for kind in ("listed_title", "listed_order")]
    return [(kind, told["entry"], told["table"]) for kind, told in kinds if told and told["title"] == "contents"]


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        (TITLES[4], False),
        ("财政拨款政府性基金支出预算表", True),
        ("2025年政府性基金支出预算表", False),  # the year over the table alone
        ("政府性基金支出预算表（功能科目）", False),
        ("部门政府性基金支出预算表", False),
    ],
)
def test_a_table_bears_the_title_that_the_contents_give_it(printed: str, told: bool) -> None:
    expected = [("listed_title", TITLES[4], printed)] if told else []
    assert said(TITLES, [*TITLES[:4], printed]) == expected


@pytest.mark.parametrize(
    ("numbers", "listed", "told"),
    [
        ("12345", "项目支出及其他支出预算表", True),
        ("12345", "重点项目支出明细表", False),  # not alike
        ("12345", "项目支出预算表（明细）", False),
        ("54321", "项目支出及其他支出预算表", False),  # the contents count otherwise
    ],
)
@pytest.mark.parametrize("below", [False, True])
def test_one_number_tells_which_table_is_meant_by_another_title(
    numbers: str, listed: str, told: bool, below: bool
) -> None:
    titles = ["收支预算总表", "收入预算总表", "支出预算总表", "财政拨款收支预算总表", "项目支出预算表"]
    blocks: list[Block] = [Line("目录"), Line("第二部分 2025年度部门预算表 3")]
    blocks += [Line(f"表{at} {title} {at}") for at, title in zip(numbers, [*titles[:4], listed], strict=True)]
    blocks += [Line("第二部分 2025年度部门预算表")]
    table = Table((Cell(0, 0, "项目"), Cell(0, 1, "金额"), Cell(1, 0, "合计"), Cell(1, 1, "1.00")))
    for at, title in zip("12345", titles, strict=True):
        beside = Line(f"部门：某局 表{at} 单位：万元")
        blocks += [Line(title), beside, table] if below else [Line(f"表{at}"), Line(title), table]
    made = Document("a.pdf", "0", tuple(blocks))
    found = [understood(one.message, "listed_title") for one in listed_otherwise(made, outline(made))]
    assert [one and (one["entry"], one["table"]) for one in found] == [(listed, titles[4])] * (2 if told else 0)


def test_an_entry_that_no_known_table_is_called_is_held_against_the_one_much_like_it() -> None:
    wrong = "政府性基金支出预草表"
    assert said([*TITLES[:4], wrong], TITLES) == [("listed_title", wrong, TITLES[4])]
    assert said([*TITLES[:4], "重点项目支出明细表", TITLES[4]], TITLES) == []
    assert said([*TITLES, wrong], TITLES) == []  # its table is listed


@pytest.mark.parametrize(
    ("listed", "printed", "told"),
    [
        ([*TITLES[:4], "本级重点项目明细表"], TITLES, True),
        ([*TITLES[:4], "国有资本经营支出预算表"], TITLES, True),  # of a kind that is not printed
        (["本级重点项目明细表", *TITLES[:4]], TITLES, False),  # in another place
        ([*TITLES[:4], "本级重点项目明细表"], TITLES[:4], False),  # not printed
        ([*TITLES[:3], "本级重点项目明细表", "附属单位明细报表"], TITLES, False),  # one of two
        ([*TITLES[:4], "附属报表"], TITLES, False),  # what the tables are called as a whole
    ],
)
def test_the_entry_and_the_table_left_over_in_one_place_are_one(
    listed: list[str], printed: list[str], told: bool
) -> None:
    assert said(listed, printed) == ([("listed_title", listed[-1], TITLES[4])] if told else [])


def test_an_entry_that_is_a_tables_under_another_title_is_not_told_as_unprinted() -> None:
    made = document([*TITLES[:4], "国有资本经营支出预算表"], TITLES)
    assert list(unprinted(made, outline(made))) == []


@pytest.mark.parametrize(
    ("at", "between", "told"),
    [
        (2, [], True),
        (5, [], False),  # not between two
        (2, ["收入预算分析表"], False),  # it may be this one
        (2, ["附：本级会议培训明细表"], False),
    ],
)
def test_a_table_of_no_known_kind_is_missed_between_two_that_are_printed(
    at: int, between: list[str], told: bool
) -> None:
    entry = "本级会议培训明细表"
    made = document([*TITLES[:at], entry, *TITLES[at:]], [*TITLES[:2], *between, *TITLES[2:]])
    found = [understood(one.message, "listed_unprinted") for one in unprinted(made, outline(made))]
    assert [one["entry"] for one in found if one] == ([entry] if told else [])


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        (TITLES, []),
        ([*TITLES[:2], *TITLES[3:]], [TITLES[2]]),
        (TITLES[:4], []),  # the last one, as of an annex
        ([TITLES[0], TITLES[3], TITLES[1], TITLES[4]], []),  # not between two entries
        ([*TITLES[:2], "本级重点项目明细表", *TITLES[3:]], []),  # it may be this one
        ([TITLES[0], *TITLES[3:]], []),  # of two that are missed
    ],
)
def test_a_table_that_the_contents_pass_over_is_told(listed: list[str], told: list[str]) -> None:
    made = document(listed, TITLES)
    found = [understood(one.message, "heading_not_listed") for one in unlisted(made, outline(made))]
    assert [one["heading"] for one in found if one] == told


@pytest.mark.parametrize(
    ("order", "moved"),
    [
        ([0, 1, 2, 3, 4], None),
        ([0, 2, 3, 4, 1], 1),
        ([4, 0, 1, 2, 3], 4),
        ([0, 1, 2, 4], None),  # one is not printed: another rule's
        ([4, 3, 2, 1, 0], None),  # another order altogether
    ],
)
def test_tables_are_printed_in_the_order_of_the_contents(order: list[int], moved: int | None) -> None:
    expected = [] if moved is None else [("listed_order", TITLES[moved], TITLES[moved])]
    assert said(TITLES, [TITLES[at] for at in order]) == expected


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        (TITLES, []),
        (TITLES[:4], [("government_fund", TITLES[4])]),
        ([*TITLES[:4], f"附表：{TITLES[4]}如下"], []),  # something is printed under that title
        (TITLES[:2], []),  # most are not printed: they are elsewhere
    ],
)
def test_a_table_that_the_contents_list_is_printed(printed: list[str], told: list[tuple[str, str]]) -> None:
    made = document(TITLES, printed)
    found = [understood(one.message, "listed_unprinted") for one in unprinted(made, outline(made))]
    assert [(one["table"], one["entry"]) for one in found if one] == told


def test_tables_that_another_file_prints_are_told_as_elsewhere() -> None:
    made = document(TITLES, TITLES[:1])
    found = [understood(one.message, "listed_elsewhere") for one in unprinted(made, outline(made))]
    assert [one["entry"] for one in found if one] == TITLES[1:]


VIEWS = [
    "revenue_expenditure_overview",
    "revenue",
    "expenditure",
    "fiscal_appropriation_expenditure",
    "government_fund",
]


def of_two_files(rule: str, printed: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What is said of a text file that lists TITLES and of a table file with tables of these kinds and titles: the
    entry, the title over the table."""
    entries = [
        Evidence("text.pdf", 2, None, None, None, None, title, f"urn:l{at}", bbox=f"0,{9 - at},0,0")
        for at, title in enumerate(reversed(TITLES))
    ]
    over = [
        Evidence("tables.pdf", at, None, title, 1, 1, "1.00", f"urn:t{at}") for at, (_, title) in enumerate(printed)
    ]
    words = [
        f"contents: {worded('listed_elsewhere', table=view, entry=title)}"
        for view, title in zip(reversed(VIEWS), reversed(TITLES), strict=True)
    ]
    known: dict[str, object] = {
        "findings": [{"message": word, "evidence": place.iri} for word, place in zip(words, entries, strict=True)],
        "printed_titles": [
            {"view": view, "title": title, "evidence": place.iri}
            for (view, title), place in zip(printed, over, strict=True)
        ],
    }
    places = {place.iri: place for place in (*entries, *over)}
    own = ox.Store()
    book = Book(own, own, ox.NamedNode("urn:g"), "text.pdf + tables.pdf", "0", "某局", 2025, False, places, {}, known)
    return [(one.left.name, one.right.name) for one in WORDED[rule](rules()[rule], book)]


def test_contents_of_one_file_are_held_against_tables_of_another() -> None:
    printed = list(zip(VIEWS, TITLES, strict=True))
    assert of_two_files("R24_listed_title", printed) == []
    otherwise = "财政拨款政府性基金支出预算表"
    assert of_two_files("R24_listed_title", [*printed[:4], (VIEWS[4], otherwise)]) == [(TITLES[4], otherwise)]
    dressed = f"2025年部门{TITLES[4]}（功能科目）"
    assert of_two_files("R24_listed_title", [*printed[:4], (VIEWS[4], dressed)]) == []
    assert of_two_files("R24_listed_title", [*printed, (VIEWS[4], otherwise)]) == []  # printed twice: neither is meant
    assert of_two_files("R24_listed_title", []) == []


def test_tables_of_another_file_have_the_order_of_the_contents() -> None:
    printed = list(zip(VIEWS, TITLES, strict=True))
    assert of_two_files("S28_listed_order", printed) == []
    assert of_two_files("S28_listed_order", [printed[4], *printed[:4]]) == [(TITLES[4], TITLES[4])]
    assert of_two_files("S28_listed_order", printed[::-1]) == []
