"""Reasons of rules: one sentence in Chinese in the graph, the same in English to the reader."""

import re

import pyoxigraph as ox
import pytest

from kg.reasons import in_english, reason
from kg.store import open_read_only


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("机关代字“奇财预”为奇台县财政局所用", "the prefix “奇财预” is used by 奇台县财政局"),
        (
            "名称去掉文号、年度、批次后为“外经贸发展专项资金”，所属：中央",
            "its name without document number, year and round is “外经贸发展专项资金”; "
            "a programme of the central government",
        ),
        (
            "比上年的句子推出的2024年数共22个，与该单位当年公开数相等的22个；2025年的公开中仍用旧名5处",
            "22 figures of 2024 follow from the year-on-year sentences; 22 equal what that body disclosed then; "
            "the disclosure of 2025 still uses the old name in 5 place(s)",
        ),
        (
            "专项名称以“新疆”起首；某人于2026-01-02接受：见通知",
            "the name of the programme begins with “新疆”; accepted by 某人 on 2026-01-02: 见通知",
        ),
        ("没有规则这样说", "没有规则这样说"),
    ],
)
def test_a_reason_is_said_in_english_too(zh: str, en: str) -> None:
    assert in_english(zh) == en


def test_a_blank_that_is_not_filled_is_an_error() -> None:
    with pytest.raises(KeyError):
        reason("issuer_by_prefix", prefix="奇财预")


def test_every_reason_in_a_graph_has_its_english(example_store: str) -> None:
    """But for what is quoted and names there is no Chinese left."""
    query = "SELECT DISTINCT ?why WHERE { GRAPH ?g { ?x <https://w3id.org/cnbl/ont#rationale> ?why } }"
    rows = open_read_only(example_store).query(query)
    assert isinstance(rows, ox.QuerySolutions)
    said = {str(row["why"].value) for row in rows}
    assert len(said) > 50
    for sentence in said:
        assert re.match("[a-z0-9]|[\u4e00-\u9fff]+〔20", in_english(sentence)), sentence
        assert in_english(sentence) != sentence
