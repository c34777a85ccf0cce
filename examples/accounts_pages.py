"""The pages of made final accounts: cover, contents, text, tables and self-evaluations, the mark on every page."""

from collections.abc import Iterator
from dataclasses import replace

from examples import grid
from examples.accounts import Accounts, Block, Evaluation
from examples.flow import Flow, Measure, Page, Text
from examples.grid import Grid
from examples.source import Table

_WIDTHS = (44.0, 56.0, 56.0, 100.0, 62.0, 62.0, 36.0, 40.0, 72.0)
_MONEY = ("项目资金（万元）", "", "<", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
_INDICATORS = (
    "绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"
)  # fmt: skip


def compose(document: Accounts, width: Measure) -> list[Page]:
    """The pages. The contents page needs the numbers of the others: composed twice, they agree."""
    numbers: dict[str, int] = {}
    for _ in range(2):
        flow = Flow(width)
        found: dict[str, int] = {}
        _cover(flow, document)
        _contents(flow, document, numbers)
        for block in document.blocks:
            _block(flow, document, block, found)
        day = document.published
        for line in (document.agency, f"{day.year}年{day.month}月{day.day}日"):
            flow.lines(line, 13, 30, "right")
        numbers = found
    for page in flow.pages:
        _mark(page, document.mark, width)
    return flow.pages


def paragraphs(document: Accounts, block: Block) -> Iterator[Block]:
    """What a block prints as running text: itself, or a review of each project's self-evaluation."""
    if block.kind == "reviews":
        projects = (one for one in document.evaluations if one.project)
        yield from (Block("body", review(number, one)) for number, one in enumerate(projects, 1))
    elif block.kind not in ("tables", "evaluations"):
        yield block


def review(number: int, one: Evaluation) -> str:
    """What the running text says of the self-evaluation of a project."""
    _, _, year, spent, _, rate, _ = one.money[0]
    rating = "优" if float(one.score) >= 90 else "良"
    return (
        f"{number}．“{one.project}”项目绩效自评综述：根据年初设定的绩效目标，该项目绩效自评得分为{one.score}分，"
        f"自评等级为“{rating}”。全年预算数为{year}万元，执行数为{spent}万元，完成预算的{rate}。"
    )


def of_evaluation(one: Evaluation) -> Grid:
    """The grid of a self-evaluation in the national form."""
    rows = tuple(_rows(one))
    placed = grid.spans(rows, ["centre"] * len(_WIDTHS))
    long = {one.goal, one.outcome}
    left = tuple(replace(cell, align="left") if cell.text in long else cell for cell in placed)
    return Grid(_WIDTHS, left, 0, len(rows))


def _rows(one: Evaluation) -> Iterator[tuple[str, ...]]:
    name = ("项目名称", one.project) if one.project else ("部门（单位）名称", one.unit_printed)
    yield (*name, *["<"] * 7)
    if one.project:
        yield ("主管部门", one.unit_printed, "<", "<", "实施单位", one.unit_printed, "<", "<", "<")
    yield _MONEY
    yield from (("^", line, "<", *figures) for line, *figures in one.money)
    yield ("年度总体目标", "预期目标", "<", "<", "<", "实际完成情况", "<", "<", "<")
    yield ("^", one.goal, "<", "<", "<", one.outcome, "<", "<", "<")
    yield _INDICATORS
    yield from (("^", *row) for row in one.indicators)
    yield ("总分", *["<"] * 5, one.weight, one.score, "")


def _cover(flow: Flow, document: Accounts) -> None:
    flow.new_page()
    flow.y -= 180
    for line in document.title:
        flow.lines(line, 24, 46, "centre", bold=True)
    flow.y -= 60
    flow.lines(document.mark, 14, 26, "centre", bold=True)


def _contents(flow: Flow, document: Accounts, numbers: dict[str, int]) -> None:
    flow.new_page()
    flow.lines("目 录", 18, 40, "centre", bold=True)
    for title in _entries(document):
        number = str(numbers.get(title, ""))
        dots = "." * int((flow.width - flow.measure(title + number, 11) - 8) / flow.measure(".", 11))
        flow.line_between(title + dots, number, 11, 17)


def _entries(document: Accounts) -> Iterator[str]:
    for block in document.blocks:
        if block.kind in ("part", "heading"):
            yield block.text
        elif block.kind == "tables":
            yield from (table.title for table in document.tables)


def _block(flow: Flow, document: Accounts, block: Block, found: dict[str, int]) -> None:
    if block.kind == "tables":
        for table in document.tables:
            _table(flow, document, table)
            found[table.title] = len(flow.pages)
    elif block.kind == "evaluations":
        for one in document.evaluations:
            _evaluation(flow, document, one)
    elif block.kind == "part":
        flow.new_page()
        flow.lines(block.text, 18, 44, "centre", bold=True)
        found[block.text] = len(flow.pages)
    else:
        found.setdefault(block.text, len(flow.pages))
        for each in paragraphs(document, block):
            flow.lines(each.text, 13, 24, indent=26, bold=each.kind == "heading")


def _table(flow: Flow, document: Accounts, table: Table) -> None:
    size, least = (7.5, 17.0) if table.landscape else (9, 16.5)

    def begin() -> None:
        flow.new_page(table.landscape, 40)

    begin()
    flow.lines(table.title, 15, 24, "centre", bold=True)
    flow.line_between("", table.number, 9, 14)
    flow.line_between(f"编制单位：{document.agency}", f"金额单位：{document.unit}", 9, 18)
    flow.grid(grid.of_table(table), size, least, begin)
    if table.note:
        flow.y -= 4
        flow.lines(table.note, 9.5, 16)
    flow.margin = 72.0


def _evaluation(flow: Flow, document: Accounts, one: Evaluation) -> None:
    flow.new_page(margin=48)
    flow.lines(one.title, 15, 24, "centre", bold=True)
    flow.lines(f"（{document.year}年度）", 10.5, 18, "centre")
    flow.grid(of_evaluation(one), 9, 24, lambda: flow.new_page(margin=48))
    flow.margin = 72.0


def _mark(page: Page, mark: str, width: Measure) -> None:
    """The mark at the head of a page."""
    page.texts.append(Text((page.size[0] - width(mark, 9)) / 2, page.size[1] - 30, 9, mark, bold=True))
