"""Prefixes of document numbers: who uses them, two governments with one prefix, prefixes that users add or correct."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from kg_documents import document, facts_of, rows
from pyoxigraph import Store

import caimai
from caimai.cli import cli
from caimai.reading import read_all
from kg.build import build
from kg.store import MEMORY, open_read_only, open_store
from ontology.document_number import mentions
from ontology.fact_json import as_json, from_json
from ontology.facts import DocrefFact, Fact
from ontology.issuers import WrongIssuers, also_known, issuers, issuers_of

MINE = """
[[issuer]]
prefix = "奇政财"
division = "652325"
body = "财政局"

[[issuer]]
prefix = "昌州财教"
division = "652300"
body = "教育局"
"""


def moved(place: str, prefix: str) -> tuple[str, list[Fact]]:
    """The disclosure of 2025 as if it were of another place and its money came under another prefix."""
    text = json.dumps([as_json(fact) for fact in facts_of("qitai-2025")], ensure_ascii=False)
    text = text.replace("奇台县", place).replace("昌州财教", prefix)
    return document("qitai-2025")[0], [from_json(row) for row in json.loads(text)]


def issuers_in(store: Store, prefix: str) -> set[tuple[str | None, ...]]:
    """Issuer and grade of the documents with a prefix, by what links them."""
    return set(
        rows(
            store,
            "SELECT ?name ?grade { ?link bl:linkPredicate bl:issuer ; bl:linkSubject ?document ; bl:linkObject ?body ;"
            " bl:grade/skos:notation ?grade . ?document bl:documentNumber ?number . ?body bl:officialName ?name"
            f" FILTER(STRSTARTS(?number, '{prefix}〔')) }}",
        )
    )


@pytest.mark.parametrize(
    ("place", "issuer"),
    [
        ("库尔勒市", "巴音郭楞蒙古自治州财政局"),
        ("和静县", "巴音郭楞蒙古自治州财政局"),
        ("乌拉特前旗", "巴彦淖尔市财政局"),
        ("五原县", "巴彦淖尔市财政局"),
    ],
)
def test_a_prefix_of_two_governments_is_that_of_the_one_above_the_body_that_names_it(place: str, issuer: str) -> None:
    store = open_store(MEMORY)
    build([moved(place, "巴财农")], store)
    assert {name for name, _ in issuers_in(store, "巴财农")} == {issuer}
    assert rows(store, "SELECT ?x { ?d bl:documentNumber '巴财农〔2024〕65号' ; bl:issuer ?x }") != []


@pytest.mark.parametrize("place", ["奇台县", "昆山市"])
def test_a_prefix_of_two_governments_is_left_open_where_neither_lies_above_the_body(place: str) -> None:
    store = open_store(MEMORY)
    build([moved(place, "巴财农")], store)
    assert rows(store, "SELECT ?d { ?d bl:documentNumber '巴财农〔2024〕65号' }") != []
    assert issuers_in(store, "巴财农") == set()


def test_a_prefix_that_bodies_of_both_governments_name_has_candidates_of_both() -> None:
    store = open_store(MEMORY)
    build([moved("库尔勒市", "巴财农")], store)
    sha256, facts = moved("五原县", "巴财农")
    text = json.dumps([as_json(fact) for fact in facts], ensure_ascii=False).replace(sha256, "e" * 64)
    build([("e" * 64, [from_json(row) for row in json.loads(text)])], store)
    assert {name for name, _ in issuers_in(store, "巴财农")} == {"巴音郭楞蒙古自治州财政局", "巴彦淖尔市财政局"}
    assert rows(store, "SELECT ?x { ?d bl:documentNumber '巴财农〔2024〕65号' ; bl:issuer ?x }") == []


def test_a_prefix_that_a_user_adds_is_found_where_it_is_glued_to_words_and_its_issuer_is_known(tmp_path: Path) -> None:
    mine = tmp_path / "issuers.toml"
    mine.write_text(MINE, encoding="utf-8")
    printed = "其他科技支出奇政财【2025】 7号"
    assert [str(mention.number) for mention in mentions(printed) if mention.known] == []
    with also_known(issuers_of(mine)):
        assert [str(mention.number) for mention in mentions(printed) if mention.known] == ["奇政财〔2025〕7号"]
        store = open_store(MEMORY)
        build([moved("奇台县", "奇政财")], store)
        assert issuers_in(store, "奇政财") == {("奇台县财政局", issuers_in(store, "奇政财").pop()[1])}
    assert "奇政财" not in issuers()


def test_what_a_user_says_of_a_known_prefix_stands_in_its_place_and_can_be_taken_back(tmp_path: Path) -> None:
    mine = tmp_path / "issuers.toml"
    mine.write_text(MINE, encoding="utf-8")
    store = open_store(MEMORY)
    build([document("qitai-2025")], store)
    assert {name for name, _ in issuers_in(store, "昌州财教")} == {"昌吉回族自治州财政局"}
    with also_known(issuers_of(mine)):
        build([], store)
        assert {name for name, _ in issuers_in(store, "昌州财教")} == {"昌吉回族自治州教育局"}
    build([], store)
    assert {name for name, _ in issuers_in(store, "昌州财教")} == {"昌吉回族自治州财政局"}


@pytest.mark.process
@pytest.mark.parametrize("option", [True, False])
def test_the_file_is_given_by_option_or_stands_beside_the_store_and_reaches_the_reading_processes(
    option: bool, root: Path, tmp_path: Path
) -> None:
    mine = tmp_path / ("mine.toml" if option else "issuers.toml")
    mine.write_text(MINE, encoding="utf-8")
    source = next(root.glob("examples/奇台县商务科技和工业信息化局2025*.pdf"))
    given = ["--issuers", str(mine)] if option else []
    done = CliRunner().invoke(cli, ["build", str(source), "--store", str(tmp_path / "store"), *given])
    assert done.exit_code == 0
    store = open_read_only(tmp_path / "store")
    assert {name for name, _ in issuers_in(store, "昌州财教")} == {"昌吉回族自治州教育局"}


@pytest.mark.process
def test_the_processes_that_read_know_what_was_added(tmp_path: Path) -> None:
    text = tmp_path / "某局2025年部门预算公开.txt"
    text.write_text(
        "奇台县某局2025年部门预算公开\n本级预算安排其他科技支出奇政财【2025】7号文件资金\n" * 3, encoding="utf-8"
    )
    mine = tmp_path / "mine.toml"
    mine.write_text(MINE, encoding="utf-8")
    with also_known(issuers_of(mine)):
        [reading] = read_all([text])
    assert {fact.number for fact in reading.facts if isinstance(fact, DocrefFact)} == {"奇政财〔2025〕7号"}


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ('prefix = "奇政财"\ndivision = "652325"', "body is missing"),
        ('prefix = "QZC"\ndivision = "652325"\nbody = "财政局"', "prefix"),
        ('prefix = "奇政财"\ndivision = "999999"\nbody = "财政局"', "no code of a division"),
        ('prefix = "奇政财"\ndivision = "652325"\nbody = "财政局"\nsince = 2020', "since?"),
        ('prefix = "奇政财"\ndivision = "652325"\nbody = "财政局"\nsurely = "yes"', "true or false"),
        ("prefix = ", "Invalid"),
    ],
)
def test_an_entry_that_says_too_little_or_something_impossible_is_refused(
    entry: str, told: str, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(f"[[issuer]]\n{entry}\n", encoding="utf-8")
    with pytest.raises(WrongIssuers, match=r"mine\.toml") as refused:
        issuers_of(mine)
    assert told in str(refused.value)
    with pytest.raises(WrongIssuers):
        caimai.build([], MEMORY, issuers=mine)
