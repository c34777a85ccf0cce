"""Findings: what the readers write is what is understood again, by the audit and in Chinese."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.readers import documents_in, read
from extract.recognition import facts
from ontology.errors import NotAnAmount, UnreadableDocument
from ontology.facts import Finding
from ontology.findings import kinds, said, told, understood
from ontology.money import amount

ROOT = Path(__file__).resolve().parent.parent
FILE = tomllib.loads((ROOT / "ontology/data/findings.toml").read_text("utf-8"))
LIKE = {"column": "合计", "printed": "1.50", "sum": "-3", "code": "20501", "year": "2024", "first": "4"}
SAYING = {"Finding", "Note", "Remark", "Unread", "finding", "note"}  # what the readers make findings by


def parts_of(sentence: str) -> list[str]:
    return re.findall(r"\{(\w+)\}", sentence)


def given(kind: str) -> dict[str, str]:
    """Parts for a sentence of a kind: no two alike."""
    return {part: LIKE.get(part, f"某{at}某") for at, part in enumerate(parts_of(FILE["words"][kind]["en"]))}


def is_english(words: str) -> bool:
    return re.search(r"[a-z]{2}", words) is not None


@pytest.mark.parametrize("kind", kinds())
def test_a_kind_has_both_languages_with_the_same_parts(kind: str) -> None:
    english, chinese = FILE["words"][kind]["en"], FILE["words"][kind]["zh"]
    assert sorted(parts_of(english)) == sorted(parts_of(chinese))
    assert len(set(parts_of(english))) == len(parts_of(english))
    assert not is_english(re.sub(r"\{\w+\}", "", chinese))


@pytest.mark.parametrize("kind", kinds())
def test_what_is_said_is_understood(kind: str) -> None:
    assert understood(f"表三: {said(kind, **given(kind))}", kind) == {"title": "表三", **given(kind)}
    assert understood(said(kind, **given(kind)), kind) == {"title": "", **given(kind)}


@pytest.mark.parametrize("kind", kinds())
def test_a_sentence_is_of_one_kind(kind: str) -> None:
    sentence = said(kind, **given(kind))
    assert understood(f"表三: {sentence}", *(set(kinds()) - {kind})) is None or told(sentence, "zh") == told_as(kind)


@pytest.mark.parametrize("kind", kinds())
def test_what_is_said_is_told_in_chinese(kind: str) -> None:
    sentence = said(kind, **given(kind))
    assert told(sentence, "zh") == told_as(kind)
    assert told(f"表三: {sentence}", "zh") == f"表三：{told_as(kind)}"
    assert told(sentence, "en") == sentence


def told_as(kind: str) -> str:
    chinese: str = FILE["words"][kind]["zh"]
    return chinese.format(**given(kind))


@pytest.mark.parametrize(
    ("message", "chinese"),
    [
        ("表三: 行: '1,2' is not an amount", "表三：行：“1,2”不是金额"),
        ("表: column 合计: 'x' stands beside '7', which is no name", "表：“合计”栏的“x”所在行的名称处是“7”，不是名称"),
        (
            "表: columns 4 and 5 and 6: not told apart, both would be 合计",
            "表：第 4、5、6 栏：无法区分，似乎都是“合计”",
        ),
        ("'1,2' is not an amount in the head of the performance form", "绩效目标表表头：“1,2”不是金额"),
        ("contents: 'a' is headed 'b'", "目录：列为“a”，正文标题是“b”"),
        (
            "government_fund: the table '表' is empty and nothing says so",
            "政府性基金预算支出情况表：《表》是空表，没有说明",
        ),
        ("a page of its own", "a page of its own"),
        ("表：行: 列", "表：行: 列"),
    ],
)
def test_sentences_within_sentences_are_told_in_chinese(message: str, chinese: str) -> None:
    assert told(message, "zh") == chinese


@pytest.mark.parametrize("message", ["", "表三", "表三: no sentence of ours", "headed 2024"])
def test_other_findings_are_not_understood(message: str) -> None:
    assert understood(message, *kinds()) is None


def test_a_part_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        said("misplaced_code")


def test_why_no_page_is_usable_is_told_in_chinese() -> None:
    reason = f"no page of the PDF is usable: {said('unread_page', why=said('page_size', width=0, height=9))}"
    error = UnreadableDocument("表.pdf", reason, "fetch it again")
    assert not is_english(error.zh.replace("表.pdf", "").replace("PDF", ""))


def test_what_is_no_amount_is_told_in_chinese() -> None:
    with pytest.raises(NotAnAmount) as raised:
        amount("若干")
    assert told(str(raised.value), "zh") == "“若干”不是金额"


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_is_said_somewhere(kind: str) -> None:
    assert re.search(rf"""["']{kind}["']|^{kind} =""", sources(), re.MULTILINE)


@cache
def sources() -> str:
    folders = (ROOT / "extract", ROOT / "ontology")
    files = (file for folder in folders for ending in ("*.py", "*.toml") for file in folder.rglob(ending))
    return "\n".join(file.read_text("utf-8") for file in sorted(files))


def test_no_reader_makes_a_sentence_of_its_own() -> None:
    own = {
        f"{file.relative_to(ROOT)}:{node.lineno}: {node.value}"
        for file in sorted((ROOT / "extract").rglob("*.py"))
        for node in prose(ast.parse(file.read_text("utf-8")))
    }
    assert own == set()


def prose(tree: ast.AST) -> Iterator[Any]:
    """The words, two at least, among what findings are made of or what is named a message."""
    for node in ast.walk(tree):
        is_saying = (
            isinstance(node, ast.Call)
            and str(getattr(node.func, "id", "") or getattr(node.func, "attr", "")).lstrip("_") in SAYING
        )
        is_message = isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in {"message", "why"}
        if is_saying or is_message:
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and re.search("[a-z] [a-z]", str(part.value)):
                    yield part


@pytest.mark.parametrize("file", sorted((ROOT / "queries/checks").glob("*.rq")), ids=lambda file: file.stem)
def test_what_a_rule_looks_for_in_findings_is_said(file: Path) -> None:
    text = "\n".join(line for line in file.read_text("utf-8").splitlines() if not line.startswith("#"))
    held = re.findall('"([^"]*)"', text) if "bl:message" in text else []
    looked_for = [words for words in held if re.search("[a-z] [a-z]", words)]
    sentences = [f"contents: {words['en']}" for words in FILE["words"].values()]
    assert [words for words in looked_for if not any(words in sentence for sentence in sentences)] == []


@pytest.mark.examples
@pytest.mark.parametrize("file", sorted(documents_in([ROOT / "examples", ROOT / "made"])), ids=lambda file: file.stem)
def test_findings_of_an_example_are_told_in_chinese(file: Path) -> None:
    assert [
        one.message for one in facts(read(file)) if isinstance(one, Finding) and is_english(told(one.message, "zh"))
    ] == []


@pytest.mark.corpus
def test_findings_of_the_real_disclosures_are_told_in_chinese(shared: Path) -> None:
    documents = list(documents_in([shared / "corpus" / place for place in ("jiangsu", "shanghai", "xinjiang")]))
    found = [one.message for file in documents for one in facts(read(file)) if isinstance(one, Finding)]
    assert found
    assert [message for message in found if is_english(told(message, "zh"))] == []
