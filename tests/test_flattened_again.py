"""Tables flattened on purpose, in every way that text is got out of pages: what is read again is the same or a doubt.

A cell too narrow for its words is wrapped; a reader of pages gives the wrapped cells one after the other, or line by
line with the other cells of the row, from the top of the row or about its middle.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from extract.document import Block, Cell, Document, Line, Table
from extract.plain_text import read_text
from extract.recognition import facts
from ontology.fact_json import as_json
from ontology.facts import CellFact, Fact, KpiFact, KpiTableFact
from ontology.money import is_amount
from ontology.text import key

TELEPHONE = "13900001234"


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def wrapped(text: str, room: int) -> list[str]:
    lines = [""]
    for char in text:
        if lines[-1] and width(lines[-1] + char) > room:
            lines.append("")
        lines[-1] += char
    return [line.strip() for line in lines if line.strip()]


def rooms(table: Table, random: Random) -> list[int]:
    """The room in each column: that of figures is wide, but for a few that are much too narrow."""
    found = []
    for column in range(table.columns):
        texts = [cell.text.strip() for cell in table.cells if cell.column == column and cell.text.strip()]
        figures = 2 * sum(map(is_amount, texts)) > len(texts)
        found.append(random.choice([1000, 1000, 1000, 3, 4, 6] if figures else [6, 8, 12, 16, 24, 1000]))
    return found


def one_after_the_other(cells: list[list[str]]) -> Iterator[str]:
    row: list[str] = []
    for lines in cells:
        if len(lines) == 1:
            row += lines
            continue
        yield " ".join(row)
        row = []
        yield from lines
    yield " ".join(row)


def from_the_top(cells: list[list[str]]) -> Iterator[str]:
    for number in range(max(map(len, cells))):
        yield " ".join(lines[number] for lines in cells if number < len(lines))


def about_the_middle(cells: list[list[str]]) -> Iterator[str]:
    most = max(map(len, cells))
    for half in range(2 * most):
        yield " ".join(line for lines in cells for at, line in enumerate(lines) if 2 * at + most - len(lines) == half)


PRINTS = {"cells": one_after_the_other, "top": from_the_top, "middle": about_the_middle}


def flattened(source: Document, print_of: str, seed: int) -> Document:
    random = Random(seed)

    def lines(block: Block) -> Iterator[Block]:
        if isinstance(block, Line):
            yield block
            return
        room = rooms(block, random)
        for row in block.grid():
            cells: list[Cell] = [cell for cell in row if cell and cell.text.strip(" -:|")]
            printed = (
                PRINTS[print_of]([wrapped(cell.text.strip(), room[cell.column]) for cell in cells]) if cells else ()
            )
            yield from (Line(text, line=cells[0].line) for text in printed if text)

    return replace(source, blocks=tuple(line for block in source.blocks for line in lines(block)))


def cell_key(cell: CellFact) -> tuple[str | None, ...]:
    names = (cell.table, cell.side, cell.code, key(cell.name), key(cell.project or ""), str(cell.amount))
    return (*names, cell.column)


def target_key(fact: KpiFact) -> tuple[object, ...]:
    names = (fact.scope, key(fact.project or ""), fact.level1, fact.level2, key(fact.level3), key(fact.basis or ""))
    return (*names, fact.op, fact.value, fact.unit, fact.date, fact.weight, fact.previous)


def money_key(fact: KpiTableFact) -> tuple[object, ...]:
    return fact.scope, key(fact.project or ""), fact.total, fact.fiscal, fact.other, fact.upper, fact.own


def counted(read: list[Fact]) -> dict[str, Counter[tuple[object, ...]]]:
    return {
        "cells": Counter(cell_key(fact) for fact in read if isinstance(fact, CellFact) and fact.column),
        "targets": Counter(target_key(fact) for fact in read if isinstance(fact, KpiFact)),
        "money": Counter(money_key(fact) for fact in read if isinstance(fact, KpiTableFact)),
    }


def printed(shared: Path, number: str) -> Document:
    path = next((shared / "corpus" / "xinjiang").glob(f"{number}_*.txt"))
    return read_text(path, path.read_bytes())


@pytest.mark.parametrize("number", ["001", "002"])
@pytest.mark.parametrize(("print_of", "seed"), [("cells", 0), ("cells", 3), ("top", 1), ("top", 3), ("middle", 2)])
def test_what_is_read_of_broken_cells_is_what_was_printed(shared: Path, number: str, print_of: str, seed: int) -> None:
    source = printed(shared, number)
    there, again = counted(list(facts(source))), counted(list(facts(flattened(source, print_of, seed))))
    assert {kind: list((again[kind] - there[kind]).elements()) for kind in there} == {kind: [] for kind in there}
    if print_of == "cells":
        assert again["cells"].total() >= 0.85 * there["cells"].total()


HEAD = """
项目支出绩效目标表
（2025年）
预算单位\t某某县科学技术局
项目名称\t科普活动经费\t项目负责人\t阿布都热合曼·买买提
联系电话\t{telephone}
项目资金（万元）\t年度预算总额：\t5.00\t其中：财政拨款\t5.00\t其他资金：\t0.00
项目总体目标\t开展科普活动五场，提高群众科学素养水平。
一级指标\t二级指标\t三级指标\t指标值\t指标值设置依据\t上年完成值\t指标分值权重\t指标赋分规则\t佐证资料
产出指标\t数量指标\t科普活动场次\t>=5场\t计划标准\t/\t90\t按照完成比例赋分\t工作资料
"""


@pytest.mark.parametrize("print_of", list(PRINTS))
@pytest.mark.parametrize("seed", range(8))
def test_no_piece_of_a_person_is_in_any_fact(print_of: str, seed: int) -> None:
    path = Path("form.txt")
    source = read_text(path, HEAD.format(telephone=TELEPHONE).encode())
    told = "".join(
        key(json.dumps(as_json(fact), ensure_ascii=False)) for fact in facts(flattened(source, print_of, seed))
    )
    assert not any(piece in told for piece in ("阿布都", "热合曼", "买买提", "曼·买", TELEPHONE[:7], TELEPHONE[4:]))
