"""What went into the example PDFs comes out of them: figure by figure, against the data they were typeset from."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import caimai
from examples import expected
from examples.source import load
from ontology.facts import (
    CellFact,
    ChangeFact,
    DocrefFact,
    Fact,
    Finding,
    KpiFact,
    KpiTableFact,
    ProjectFact,
)

pytestmark = pytest.mark.examples

ROOT = Path(__file__).resolve().parent.parent
DATA = sorted((ROOT / "examples" / "data").glob("*.toml"))
KINDS: dict[str, tuple[type[Fact], Callable[[Path], Counter[Any]]]] = {
    "cells": (CellFact, expected.expected_cells),
    "kpis": (KpiFact, expected.expected_kpis),
    "kpi_tables": (KpiTableFact, expected.expected_kpi_tables),
    "projects": (ProjectFact, expected.expected_projects),
    "changes": (ChangeFact, expected.expected_changes),
    "docrefs": (DocrefFact, expected.expected_docrefs),
}


@cache
def read(pdf: Path) -> tuple[Fact, ...]:
    return tuple(caimai.facts(pdf))


def pdf_of(data: Path) -> Path:
    document = load(data)
    (found,) = (ROOT / "examples").glob(f"{document.agency}{document.year}*.pdf")
    return found


def projected(facts: Iterable[Fact], kind: type[Fact], like: Counter[Any]) -> Counter[Any]:
    """The facts of a kind as the tuples that the expectation holds."""
    fields = next(iter(like))._fields if like else ()
    return Counter(tuple(getattr(fact, name) for name in fields) for fact in facts if isinstance(fact, kind))


# Slips that the published disclosures have, and so the examples.
SLIPS = {
    "652325-商务和工业信息化局-2024": {
        "tables: '结转结余预算支出情况表' is named, the table is headed '上年结转结余情况明细表'"
    },
    "652325-商务科技和工业信息化局-2025": {"names: '科学技术管理服务' is printed where '科学技术管理事务' is meant"},
}


@pytest.mark.parametrize("data", DATA, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", KINDS)
def test_what_went_in_comes_out(data: Path, name: str) -> None:
    kind, expectation = KINDS[name]
    wanted = expectation(data)
    found = projected(read(pdf_of(data)), kind, wanted)
    assert not found - Counter(map(tuple, wanted.elements()))
    assert not Counter(map(tuple, wanted.elements())) - found


@pytest.mark.parametrize("data", DATA, ids=lambda path: path.stem)
def test_nothing_of_an_example_is_left_unread(data: Path) -> None:
    told = {fact.message for fact in read(pdf_of(data)) if isinstance(fact, Finding)}
    assert told == SLIPS.get(data.stem, set())


def test_every_example_pdf_has_its_data() -> None:
    assert len(DATA) == len(list((ROOT / "examples").glob("*.pdf"))) == 5
