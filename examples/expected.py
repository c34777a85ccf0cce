"""The facts that must come out of an example again, written from its data: no heading is recognised here.

Each function takes the path of a `data/*.toml` (or the loaded `Disclosure`) and answers with a Counter of named tuples
whose fields are those of the facts contract (`docs/facts.md`). Amounts are `Decimal`s in 万元; white space in names is
gone.
"""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from examples import grid, prose
from examples.fact import Cell, Change, Docref, Kpi, KpiTable, Project
from examples.source import Disclosure, Form, Line, Table, load

TOTALS = {"总计", "合计", "收入总计", "支出总计"}
THREE_PUBLIC = {
    "因公出国（境）费用": "因公出国（境）费",
    "公务用车购置及运行维护费": "公务用车购置及运行费",
    "公务用车购置": "公务用车购置费",
    "公务用车运行维护费": "公务用车运行费",
}
NOTHING = {"", "/", "-"}
SIGNS = {"≥": ">=", "≤": "<=", "＞=": ">=", "＜=": "<="}


def expected_cells(source: Path | Disclosure) -> Counter[Cell]:
    """Every figure of every budget table."""
    return Counter(cell for table in _read(source).tables for cell in cells_of(table))


def expected_kpis(source: Path | Disclosure) -> Counter[Kpi]:
    """Every indicator of every performance form."""
    return Counter(kpi for form in _read(source).forms for kpi in _kpis(form))


def expected_kpi_tables(source: Path | Disclosure) -> Counter[KpiTable]:
    """The head of every performance form."""
    return Counter(
        KpiTable(
            form.scope,
            form.project,
            _money(form.total),
            _money(form.fiscal),
            _money(form.other),
            _money(form.upper),
            _money(form.own),
            form.goal,
            form.unit_printed,
        )
        for form in _read(source).forms
    )


def expected_projects(source: Path | Disclosure) -> Counter[Project]:
    """Every project of section 七 and every carry-over of the narrative; what is withheld has the words that say so."""
    document = _read(source)
    projects = [
        Project(
            "项目",
            p.name,
            p.basis,
            _amount(p.amount),
            p.unit_in_charge,
            p.allocation,
            p.period,
            None,
            _numbers(document, p.name, p.basis, p.allocation),
            p.disclosed,
        )
        for p in document.projects
    ]
    carried = [
        Project(
            "上年结转结余",
            part.name,
            None,
            _amount(part.amount),
            None,
            None,
            None,
            part.purpose + "。",
            _numbers(document, part.name, part.purpose),
            True,
        )
        for part in document.carried
    ]
    return Counter(projects + carried)


def expected_changes(source: Path | Disclosure) -> Counter[Change]:
    """Every 比上年 sentence and the sub-items of the 三公 sentence."""
    document = _read(source)
    current, three_public, matters = (_ordinal(document, key) for key in ("current", "three_public", "matters"))
    sections = [
        (f"{_ordinal(document, 'income')}、收入预算情况说明", document.income),
        (f"{_ordinal(document, 'outlay')}、支出预算情况说明", document.outlay),
        (f"{current}（一）一般公共预算当年拨款规模变化情况", document.scale),
        (f"{current}（三）一般公共预算当年拨款具体使用情况", document.uses),
        (f"{three_public}、财政拨款“三公”经费预算情况说明", document.three_public),
        (f"{matters}（一）单位运行经费情况", (document.operating,)),
    ]
    return Counter(_change(section, line) for section, lines in sections for line in lines if line.amount is not None)


def expected_docrefs(source: Path | Disclosure) -> Counter[Docref]:
    """Every mention of a numbered document in what is printed."""
    document = _read(source)
    return Counter(docref for text in printed(document) for docref in _docrefs(document, text))


def printed(document: Disclosure) -> Iterator[str]:
    """Every text that is printed, each once: paragraphs, cells of tables and forms, notes."""
    for part in (prose.duties, prose.explanations, prose.closing):
        yield from (paragraph.text for paragraph in part(document))
    for table in document.tables:
        yield from (table.number, table.title)
        yield from (cell.text for cell in grid.of_table(table).cells)
        yield prose.fill(document, table.note or "")
    for form in document.forms:
        yield form.title
        yield from (cell.text for cell in grid.of_form(document, form).cells)


def _read(source: Path | Disclosure) -> Disclosure:
    return load(source) if isinstance(source, Path) else source


def cells_of(table: Table) -> Iterator[Cell]:
    """Every figure of one table."""
    for row in table.rows:
        for side in ("收入", "支出") if table.columns[0].startswith("收入.") else (None,):
            values = {
                column.removeprefix(f"{side}."): re.sub(r"\s+", "", cell)
                for column, cell in zip(table.columns, row, strict=True)
                if side is None or column.startswith(side)
            }
            yield from _row(table.id, side, values)


def _row(table: str, side: str | None, values: dict[str, str]) -> Iterator[Cell]:
    code = "".join(values.pop(column, "") for column in ("类", "款", "项")) or None
    values.pop("行次", None)
    name, project = _name(table, values.pop("名称", "")), values.pop("项目", None) or None
    if side == "支出" and name[:3].isdigit():
        code, name = name[:3], name[3:]
    for column, text in values.items():
        if text:
            yield Cell(table, side, code, name, project, column, _amount(text))


def _name(table: str, text: str) -> str:
    """A row's name without numbering and 其中：; every total is 合计."""
    name = re.sub(r"^([一二三四五六七八九十]+、|\d+[.、]|其中：)", "", text)
    if table == "three_public":
        name = name.removesuffix("（小计）")
        name = THREE_PUBLIC.get(name, name)
    return "合计" if name in TOTALS else name


def _kpis(form: Form) -> Iterator[Kpi]:
    above: dict[str, str] = {}
    for row in form.indicators:
        values = dict(zip(form.columns, row, strict=True))
        values = {key: above[key] if text == "^" and key else text for key, text in values.items()}
        above = values
        if not values["level3"]:
            continue
        op, value, unit, date = target_of(values["target"])
        previous = values.get("previous", "")
        yield Kpi(
            form.scope,
            form.project,
            values["level1"],
            values["level2"],
            values["level3"],
            op,
            value,
            unit,
            date,
            values["target"],
            Decimal(values["weight"]),
            values["basis"],
            None if previous in NOTHING else previous,
        )


def target_of(text: str) -> tuple[str | None, Decimal | None, str | None, str | None]:
    """Operator, value, unit and date of a printed target; words alone have none of them."""
    sign = re.match(r"[<>=＜＞≥≤]*", text)
    op = sign.group() if sign else ""
    rest = text[len(op) :]
    op = SIGNS.get(op, op)
    if date := re.fullmatch(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日前?)?", rest):
        return op or None, None, None, "-".join(part.zfill(2) for part in date.groups() if part)
    if number := re.fullmatch(r"([\d,]+(?:\.\d+)?)(.*)", rest):
        return op or None, _amount(number[1]), number[2] or None, None
    return None, None, None, None


def _ordinal(document: Disclosure, section: str) -> str:
    return prose.ORDINALS[document.wording["sections"].index(section) + 1]


def _change(section: str, line: Line) -> Change:
    if line.amount is None or line.change is None:
        raise ValueError(f"{section}: {line} compares nothing")
    direction, delta, _, percent = line.change
    return Change(
        section,
        line.path[2] if line.path else line.subject,
        line.path,
        _amount(line.amount),
        _percent(line.share) if line.share else None,
        direction,
        _amount(delta),
        _percent(percent),
        line.reason,
    )


def _docrefs(document: Disclosure, text: str) -> Iterator[Docref]:
    """The document's issuers, the year in any pair of brackets, the number: 昌州财教[2024]65号."""
    issuers = "|".join(sorted(document.issuers, key=len, reverse=True)) or "(?!)"
    for match in re.finditer(rf"({issuers})[\[【〔（(](\d{{4}})[\]】〕）)](\d+)号", text):
        yield Docref(match.group(), f"{match[1]}〔{match[2]}〕{match[3]}号")


def _numbers(document: Disclosure, *texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(docref.number for text in texts for docref in _docrefs(document, text)))


def _amount(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _money(text: str | None) -> Decimal | None:
    return None if text is None else _amount(text)


def _percent(text: str) -> Decimal:
    return _amount(text.removesuffix("%"))
