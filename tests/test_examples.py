"""The examples: their data add up, hold no personal data, and are what the committed PDFs print."""

import hashlib
import json
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber
import pytest

from examples import accounts, grid
from examples.expected import (
    expected_cells,
    expected_changes,
    expected_docrefs,
    expected_kpi_tables,
    expected_kpis,
    expected_projects,
    printed,
)
from examples.fact import Cell, Kpi
from examples.flow import wrap
from examples.source import DATA, Disclosure, cells, load

EXAMPLES = {path.stem: path for path in sorted(DATA.glob("*.toml"))}
GOLD = {"002": "653001-商务科技和工业信息化局-2026", "004": "652300-科学技术局-2025"}
TOOLS = DATA.parent / "tools.json"

FIGURES = {
    "revenue": {
        "总计": ["财政拨款小计", "财政专户", "单位资金", "财政拨款结转", "非财政拨款结转结余"],
        "财政拨款小计": [
            "一般公共预算",
            "上级一般公共预算转移支付",
            "政府性基金预算",
            "上级政府性基金转移支付",
            "国有资本经营预算",
            "上级国有资本经营预算转移支付",
        ],
    },
    "expenditure": {"合计": ["基本支出", "项目支出"]},
    "general_budget_expenditure": {"合计": ["基本支出", "项目支出"]},
    "general_budget_basic": {"合计": ["人员经费", "公用经费"]},
    "general_budget_project": {
        "项目支出合计": [
            "工资福利支出",
            "商品和服务支出",
            "对个人和家庭的补助",
            "债务利息及费用支出",
            "资本性支出（基本建设）",
            "资本性支出",
            "对企业补助（基本建设）",
            "对企业补助",
            "对社会保障基金补助",
            "其他支出",
        ],
    },
    "fiscal_appropriation_overview": {"合计": ["一般公共预算", "政府性基金预算", "国有资本经营预算"]},
    "three_public": {"合计": ["一般公共预算", "政府性基金", "国有资本经营预算"]},
    "carryover": {
        "合计": ["财政拨款小计", "非财政拨款小计"],
        "财政拨款小计": ["财政拨款基本支出人员经费", "财政拨款基本支出公用经费", "财政拨款项目支出"],
        "非财政拨款小计": ["非财政拨款基本支出人员经费", "非财政拨款基本支出公用经费", "非财政拨款项目支出"],
    },
}

# Two published figures or names that do not agree: kept as published, since this is what an audit has to find.
INCONSISTENT = [
    ("652325-商务科技和工业信息化局-2025", "form 昌州财教[2024]65号2025年中央“三区”科技人才支持计划", "7.37", "7.38"),
    ("652325-商务科技和工业信息化局-2025", "form 奇财预【2025】68号2025年招商引资经费", "80.00", "79.99"),
    ("652325-商务科技和工业信息化局-2025", "whole total", "2685.95", "2685.94"),
    ("652325-商务科技和工业信息化局-2025", "whole own", "2254.19", "2254.17"),
    ("652325-商务科技和工业信息化局-2025", "whole upper", "12.37", "12.38"),
    ("652325-商务科技和工业信息化局-2025", "whole other", "419.39", "408.50"),
    ("653001-商务科技和工业信息化局-2026", "whole upper", "5622.14", "110.00"),
    ("652300-科学技术局-2025", "whole upper", "40.93", "14.00"),
    ("652300-科学技术局-2025", "whole own", "563.15", "549.15"),
    ("652300-科学技术局-2025", "whole other", "60.00", "25.00"),
    ("652300-工业和信息化局-2025", "whole own", "1864.72", "715.72"),
]


@pytest.fixture(params=EXAMPLES)
def document(request: pytest.FixtureRequest) -> Disclosure:
    """Each example in turn."""
    return load(EXAMPLES[request.param])


# --- the figures add up ---------------------------------------------------------------------------------------------


def test_every_row_is_the_sum_of_its_columns(document: Disclosure) -> None:
    broken = []
    for key, values in _rows(expected_cells(document)).items():
        for total, parts in FIGURES.get(key[0] or "", {}).items():
            if key[:2] != ("fiscal_appropriation_overview", "收入") and total in values:
                broken += _unequal((key, total), values[total], [values[part] for part in parts if part in values])
    assert broken == []


def test_every_subject_is_the_sum_of_its_parts(document: Disclosure) -> None:
    broken = []
    for (table, side, column), amounts in _by_code(expected_cells(document)).items():
        totals = amounts.pop(None, [])
        for total in totals[:1]:
            parts = [amount for code, found in amounts.items() if len(code or "") == 3 for amount in found]
            broken += _unequal((table, side, column, "合计"), total, parts)
        for code, found in amounts.items():
            children = [a for other, more in amounts.items() if (other or "")[:-2] == code for a in more]
            if children:
                broken += _unequal((table, column, code), sum(found, Decimal()), children)
    assert broken == []


def test_the_overview_is_the_sum_of_its_numbered_lines(document: Disclosure) -> None:
    income = [(row[0], row[1]) for row in document.tables[0].rows]
    sections: dict[str, list[Decimal]] = defaultdict(list)
    totals: dict[str, Decimal] = {}
    current = ""
    for name, amount in income:
        if name[1:2] == "、" and not name[0].isdigit():
            current = name
        if amount and re.match(r"\d", name):
            sections[current].append(_amount(amount))
        elif amount and name == current:
            totals[current] = _amount(amount)
    assert [_unequal(name, totals[name], parts) for name, parts in sections.items()] == [[] for _ in sections]
    assert _unequal("收入总计", _amount(income[-1][1]), totals.values()) == []


def test_the_same_subject_has_the_same_figure_in_every_table(document: Disclosure) -> None:
    figures = _by_code(expected_cells(document))
    same = [
        (("revenue", None, "总计"), ("expenditure", None, "合计"), 7),
        (("revenue_expenditure_overview", "支出", "预算数"), ("expenditure", None, "合计"), 3),
        (("fiscal_appropriation_overview", "支出", "合计"), ("general_budget_expenditure", None, "合计"), 3),
        (("general_budget_project", None, "项目支出合计"), ("general_budget_expenditure", None, "项目支出"), 7),
    ]
    for one, other, digits in same:
        left, right = (_sums(figures[place], digits) for place in (one, other))
        assert left == right, (one, other)
    basic = figures["general_budget_expenditure", None, "基本支出"][None]
    assert figures["general_budget_basic", None, "合计"][None] == basic


def test_the_narrative_repeats_the_tables(document: Disclosure) -> None:
    grand = [cell for cell in expected_cells(document) if cell.name == "合计" and cell.side is None]
    totals = {(cell.table, cell.column): cell.amount for cell in grand}
    columns = {
        "一般公共预算": "一般公共预算",
        "上级一般公共预算安排的转移支付资金": "上级一般公共预算转移支付",
        "上级一般公共预算安排的转移支付": "上级一般公共预算转移支付",
        "单位资金": "单位资金",
        "财政拨款结转": "财政拨款结转",
        "非财政拨款结转结余": "非财政拨款结转结余",
    }
    for line in document.income:
        if line.amount is not None and _amount(line.amount):
            assert totals["revenue", columns[line.subject]] == _amount(line.amount)
    for line in document.outlay:
        assert totals["expenditure", line.subject] == _amount(line.amount or "")
    projects = sum((project.amount for project in expected_projects(document) if project.kind == "项目"), Decimal())
    assert projects == totals["general_budget_project", "项目支出合计"]
    carried = sum((project.amount for project in expected_projects(document) if project.kind != "项目"), Decimal())
    assert carried == totals.get(("carryover", "合计"), Decimal())


def test_every_per_cent_follows_from_its_amounts(document: Disclosure) -> None:
    wrong = []
    for change in expected_changes(document):
        before = change.amount + change.delta * (1 if change.direction == "减少" else -1)
        if before and abs(change.delta / before * 100 - change.percent) > Decimal("0.06"):
            wrong.append((change.subject, change.amount, change.delta, change.percent))
    assert wrong == []


def test_the_weights_of_a_form_make_ninety(document: Disclosure) -> None:
    weights: dict[tuple[str, str | None], Decimal] = defaultdict(Decimal)
    for kpi, times in expected_kpis(document).items():
        weights[kpi.scope, kpi.project] += kpi.weight * times
    assert set(weights.values()) == {Decimal(90)}


@pytest.mark.parametrize(("stem", "what", "on_the_form", "in_the_tables"), INCONSISTENT)
def test_a_published_inconsistency_stays(stem: str, what: str, on_the_form: str, in_the_tables: str) -> None:
    document = load(EXAMPLES[stem])
    assert _both_sides(document)[what] == (Decimal(on_the_form), Decimal(in_the_tables))


def test_forms_and_tables_agree_but_for_the_published_inconsistencies(document: Disclosure) -> None:
    stem = next(stem for stem, path in EXAMPLES.items() if load(path).file == document.file)
    differing = {what for what, (form, table) in _both_sides(document).items() if form != table}
    assert differing == {what for other, what, _, _ in INCONSISTENT if other == stem}


# --- nothing personal -----------------------------------------------------------------------------------------------


def test_no_telephone_number_in_the_data(document: Disclosure) -> None:
    assert [text for text in printed(document) if re.search(r"\d{10}", re.sub(r"[\s-]", "", text))] == []


def test_the_cells_for_names_and_telephones_are_empty(document: Disclosure) -> None:
    for form in document.forms:
        placed = grid.of_form(document, form).cells
        labels = [cell for cell in placed if cell.text in ("项目负责人", "联系电话") or cell.text.endswith("联系人")]
        beside = {(cell.row, cell.column): cell.text for cell in placed}
        assert [beside[label.row, label.column + label.columns] for label in labels] == [""] * len(labels)


# --- the PDFs print the data ----------------------------------------------------------------------------------------


@pytest.mark.examples
def test_the_pdf_is_small_and_its_font_embedded(document: Disclosure) -> None:
    path = DATA.parent / document.file
    assert path.stat().st_size < 400_000
    with pdfplumber.open(path) as pdf:
        fonts = {char["fontname"] for char in pdf.pages[0].chars}
    assert fonts
    assert all(re.match(r"[A-Z]{6}\+", font) for font in fonts)


@pytest.mark.examples
def test_a_ruled_table_reader_finds_every_cell_that_went_in(document: Disclosure) -> None:
    found = Counter(text for page in _pages(DATA.parent / document.file) for text in page.cells)
    grids = [grid.of_table(table) for table in document.tables]
    grids += [grid.of_form(document, form) for form in document.forms]
    wanted = Counter(_tight(cell.text) for one in grids for cell in one.cells if cell.text)
    assert wanted - found == Counter()
    repeated = {_tight(cell.text) for one in grids for cell in one.cells if cell.row < one.repeated}
    assert set(found - wanted) <= repeated


@pytest.mark.examples
def test_no_telephone_number_in_the_pdf(document: Disclosure) -> None:
    pages = _pages(DATA.parent / document.file)
    assert [line for page in pages for line in page.lines if re.search(r"\d{10}", line)] == []


@pytest.mark.examples
def test_tables_and_forms_go_on_over_the_page() -> None:
    broken = Counter(title for path in EXAMPLES.values() for title in _broken(DATA.parent / load(path).file))
    assert broken["部门收入总体情况表"] == broken["单位收入总体情况表"] == 2
    assert broken["一般公共预算项目支出情况表"] == 1
    assert broken["项目支出绩效目标表"] >= 5


@pytest.mark.examples
def test_typesetting_again_gives_the_committed_bytes(tmp_path: Path) -> None:
    reportlab = pytest.importorskip("reportlab", reason="reportlab is not installed")
    typeset = pytest.importorskip("examples.typeset")
    accounts_pages = pytest.importorskip("examples.accounts_pages")
    if not typeset.FONT.exists():
        pytest.skip(f"no font {typeset.FONT}: Debian's {typeset.PACKAGE}")
    made = json.loads(TOOLS.read_text("utf-8"))
    here = {
        "reportlab": reportlab.Version,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "font": hashlib.sha256(typeset.FONT.read_bytes()).hexdigest(),
    }
    if made != here:
        pytest.skip(f"the committed PDFs were made with {made}, here is {here}")
    typeset.use_font(typeset.FONT)
    document = load(EXAMPLES["652300-科学技术局-2025"])
    title, rules = "".join(document.title), document.style["rules"]
    typeset.write(typeset.compose(document), tmp_path / "again.pdf", title, document.agency, rules)
    assert (tmp_path / "again.pdf").read_bytes() == (DATA.parent / document.file).read_bytes()
    for path in accounts.MADE.glob("*.toml"):
        made_up = accounts.load(path)
        pages = accounts_pages.compose(made_up, typeset.width)
        typeset.write(pages, tmp_path / "again.pdf", made_up.mark, made_up.mark)
        assert (tmp_path / "again.pdf").read_bytes() == (accounts.MADE / made_up.file).read_bytes()


def test_a_withheld_project_keeps_its_amount_and_says_that_the_rest_is_withheld() -> None:
    projects = expected_projects(EXAMPLES["652325-商务和工业信息化局-2024"])
    (withheld,) = [project for project in projects if not project.disclosed]
    assert (withheld.name, withheld.amount) == ("特定目标", Decimal("2.00"))
    assert {withheld.basis, withheld.unit_in_charge, withheld.allocation, withheld.period} == {"完全不予公开。"}


# --- the facts are those of the gold standard -----------------------------------------------------------------------


@pytest.mark.parametrize("doc", GOLD)
def test_expected_cells_are_those_checked_by_hand(shared: Path, doc: str) -> None:
    gold = Counter(
        Cell(row["table"], row["side"], row["code"], row["name"], row["project"], row["column"], Decimal(row["amount"]))
        for row in _gold(shared, doc, "cells")
    )
    assert expected_cells(EXAMPLES[GOLD[doc]]) == gold


@pytest.mark.parametrize("doc", GOLD)
def test_expected_indicators_are_those_checked_by_hand(shared: Path, doc: str) -> None:
    gold = Counter(
        Kpi(
            row["scope"],
            row["project"],
            row["level1"],
            row["level2"],
            row.get("level3_alt") or row["level3"],
            row["op"],
            _decimal(row["value"]),
            row["unit"],
            row.get("date"),
            row["raw"],
            Decimal(row["weight"]),
            row["basis"],
            row["previous"],
        )
        for row in _gold(shared, doc, "kpis")
    )
    assert expected_kpis(EXAMPLES[GOLD[doc]]) == gold


@pytest.mark.parametrize("doc", GOLD)
def test_the_other_expected_facts_are_those_checked_by_hand_but_for_our_words(shared: Path, doc: str) -> None:
    path = EXAMPLES[GOLD[doc]]
    assert Counter(
        (t.scope, t.project, t.total, t.fiscal, t.other, t.unit_printed) for t in expected_kpi_tables(path)
    ) == Counter(
        (
            row["scope"],
            row["project"],
            *(_decimal(row[name]) for name in ("total", "fiscal", "other")),
            row["unit_printed"],
        )
        for row in _gold(shared, doc, "kpi_tables")
    )
    assert Counter(
        (p.kind, p.name, p.amount, p.unit_in_charge, p.period, p.docs) for p in expected_projects(path)
    ) == Counter(
        (row["kind"], row["name"], Decimal(row["amount"]), row["unit_in_charge"], row["period"], tuple(row["docs"]))
        for row in _gold(shared, doc, "projects")
    )
    assert Counter((*change[:-1], change.reason is None) for change in expected_changes(path)) == Counter(
        (
            row["section"],
            row["subject"],
            row["code_path"] and tuple(row["code_path"]),
            Decimal(row["amount"]),
            _decimal(row["share"]),
            row["direction"],
            Decimal(row["delta"]),
            Decimal(row["percent"]),
            row["reason"] is None,
        )
        for row in _gold(shared, doc, "changes")
    )
    assert Counter(docref.number for docref in expected_docrefs(path).elements()) == Counter(
        row["number"] for row in _gold(shared, doc, "docrefs")
    )


# --- how the typesetter sets lines and merges cells -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("预算安排1,312.00万元", 6, ["预算安排", "1,312.", "00万元"]),  # a number wider than the line is cut
        ("预算1,312.00万元", 8, ["预算", "1,312.00", "万元"]),
        ("增长0.00%，主要", 8, ["增长0.00%，", "主要"]),
        ("增长0.00%，主要", 7, ["增长", "0.00%，主", "要"]),
        ("行政运行（项）：数", 6, ["行政运行", "（项）：数"]),
        ("三公（款）", 3, ["三公", "（款）"]),
    ],
)
def test_a_line_ends_where_chinese_typesetting_allows(text: str, width: float, lines: list[str]) -> None:
    assert wrap(text, width, 1, lambda piece, size: len(piece) * size) == lines


def test_joined_cells_make_spans() -> None:
    placed = grid.spans(cells("科目|<|合计\n类|款|^"), ["centre"] * 3)
    assert {(c.text, c.rows, c.columns) for c in placed} == {("科目", 1, 2), ("合计", 2, 1), ("类", 1, 1), ("款", 1, 1)}


def test_joined_cells_that_make_no_rectangle_are_refused() -> None:
    with pytest.raises(ValueError, match="no rectangle"):
        grid.spans(cells("科目|<\n^|款"), ["centre"] * 2)


def test_rows_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="different length"):
        cells("1|2\n3")


# --- small things ---------------------------------------------------------------------------------------------------


def _rows(found: Counter[Cell]) -> dict[tuple[str | None, ...], dict[str, Decimal]]:
    rows: dict[tuple[str | None, ...], dict[str, Decimal]] = defaultdict(dict)
    for cell in found.elements():
        rows[cell.table, cell.side, cell.code, cell.name, cell.project][cell.column] = cell.amount
    return rows


def _by_code(found: Counter[Cell]) -> dict[tuple[str, str | None, str], dict[str | None, list[Decimal]]]:
    """Table, side and column → code → figures; the grand total under None, agency rows left out."""
    figures: dict[tuple[str, str | None, str], dict[str | None, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for cell in found.elements():
        if (
            cell.table not in ("three_public", "carryover")
            and cell.side != "收入"
            and (cell.code or cell.name == "合计")
        ):
            figures[cell.table, cell.side, cell.column][cell.code].append(cell.amount)
    return figures


def _sums(amounts: dict[str | None, list[Decimal]], digits: int) -> dict[str | None, Decimal]:
    return {code: sum(found, Decimal()) for code, found in amounts.items() if len(code or "") <= digits}


def _unequal(what: object, total: Decimal, parts: Iterable[Decimal]) -> list[Any]:
    """Nothing when `total` is the sum of `parts` within rounding to 0.01; otherwise what differs."""
    parts = list(parts)
    allowed = max(Decimal("0.01"), Decimal("0.005") * (len(parts) + 1))
    return [] if abs(total - sum(parts)) <= allowed else [(what, total, parts)]


def _both_sides(document: Disclosure) -> dict[str, tuple[Decimal, Decimal]]:
    """Money on a form beside the same money in the tables, where the tables name it."""
    found = expected_cells(document)
    revenue = {cell.column: cell.amount for cell in found if cell.table == "revenue" and cell.name == "合计"}
    projects: dict[str, Decimal] = defaultdict(Decimal)
    for cell in found.elements():
        if cell.project and cell.column == "项目支出合计":
            projects[cell.project] += cell.amount
    sides: dict[str, tuple[Decimal, Decimal]] = {}
    for form in expected_kpi_tables(document):
        if form.scope == "整体":
            tables = {"total": "总计", "own": "一般公共预算", "upper": "上级一般公共预算转移支付", "other": "单位资金"}
            sides |= {
                f"whole {name}": (value, revenue.get(column, Decimal()))
                for name, column in tables.items()
                if (value := getattr(form, name)) is not None
            }
        elif form.project in projects and form.fiscal is not None:
            sides[f"form {form.project}"] = (form.fiscal, projects[form.project])
    return sides


class Page(NamedTuple):
    """What pdfplumber finds on a page: its lines of text and the texts of its ruled cells, white space removed."""

    lines: list[str]
    cells: list[str]


@cache
def _pages(path: Path) -> list[Page]:
    with pdfplumber.open(path) as pdf:
        pages = []
        for page in pdf.pages:
            texts = [text for table in page.extract_tables() for row in table for text in row if text]
            pages.append(Page(page.extract_text().splitlines(), [_tight(text) for text in texts]))
            page.close()
    return pages


def _broken(path: Path) -> Iterator[str]:
    """The titles of tables that a later page continues: it begins neither with 表 N nor with the title of a form."""
    title = ""
    for page in _pages(path):
        if page.cells:
            if not re.match(r"表\s*\d|.*绩效目标", page.lines[0]):
                yield title
            titles = [line for line in page.lines if re.search(r"(情况表|明细表|绩效目标表|申报表)$", line)]
            title = titles[-1] if titles else title


def _gold(shared: Path, doc: str, kind: str) -> Iterator[dict[str, Any]]:
    for line in (shared / "gold" / f"{doc}.{kind}.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)


def _tight(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _amount(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
