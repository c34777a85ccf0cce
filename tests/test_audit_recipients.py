"""Companies that are paid, on rows made for them: each wrong case beside one that is right."""

from typing import Any

import pyoxigraph as ox
import pytest

from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED


def signals(rule: str, **answers: list[dict[str, Any]]) -> list[Signal]:
    known: dict[str, Any] = {"projects": [], "forms": [], "uses": [], "paragraphs": [], **answers}
    own = ox.Store()
    book = Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某县科技局", 2025, False, {}, {}, known)
    return list(WORDED[rule](rules()[rule], book))


def project(name: str, **texts: str) -> dict[str, Any]:
    row = {"project": "urn:p", "name": name, "at": "urn:n", "told": "urn:t", "basis": None, "use": None}
    return {**row, "purpose": None, **texts}


@pytest.mark.parametrize(
    ("name", "use", "severity"),
    [
        ("2025年金山集团欠款", "按期将企业欠款拨付至金山集团。", None),
        ("2025年金山集团欠款", "按期将企业欠款拨付至银河集团。", "warning"),
        ("2025年金山集团欠款", "按期将企业欠款拨付至金川集团。", "warning"),
        ("2025年金山集团欠款", "按期将企业欠款拨付至金山集团奇台分公司。", "warning"),
        ("2025年金山集团欠款", "按期将企业欠款拨付至克拉玛依金山建设集团有限公司。", None),  # its whole name
        ("2025年金山集团欠款", "按期将欠款拨付至企业。", None),
        ("2025年金山集团欠款", "支付本公司欠款。", None),
        ("2025年金山集团欠款", "拨付至银河集团、金山集团。", None),
        ("纺织企业补助", "发放给奇台县银河纺织有限公司、金山纺织有限公司。", None),
        ("金山集团搬迁", "金川集团已迁出。", "info"),
    ],
)
def test_the_texts_of_a_project_name_one_company(name: str, use: str, severity: str | None) -> None:
    found = signals("R24_recipient", projects=[project(name, use=use)])
    assert [one.severity for one in found] == ([severity] if severity else [])


def test_two_towns_have_two_companies() -> None:
    use, basis = "支付给奇台县银河纺织有限公司。", "关于补助阿图什市银河纺织有限公司的通知"
    assert len(signals("R24_recipient", projects=[project("补助", use=use, basis=basis)])) == 1
    assert signals("R24_recipient", projects=[project("补助", use=use, basis="关于补助银河纺织有限公司的通知")]) == []


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("减少清偿金山建设集团有限公司债务资金", False),
        ("减少清偿银河建筑有限公司债务资金", True),
        ("增加银河建筑有限公司服务费", False),  # nothing owed: another matter
        ("减少金川建设集团有限公司道路工程款", True),
    ],
)
def test_the_explanations_name_one_creditor(words: str, wrong: bool) -> None:
    told = [
        "减少清偿金山建设集团有限公司债务经费。",
        "主要原因是清偿金山建设集团有限公司债务。",
        f"主要原因是{words}。",
    ]
    rows = [{"section": "支出", "words": one, "evidence": f"urn:{at}"} for at, one in enumerate(told)]
    assert bool(signals("R24_creditor", paragraphs=rows)) is wrong
