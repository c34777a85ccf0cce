"""The rules of the ontology on built graphs: no errors of ours, the warnings that documents earn."""

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from kg_documents import document
from pyoxigraph import Quad

from caimai.cli import cli
from kg import iris
from kg.build import build
from kg.checks import Violation, violations
from kg.rdf import TYPE
from kg.store import open_read_only, open_store
from ontology.terms import BL


@pytest.fixture(scope="module")
def found(example_store: Path) -> list[Violation]:
    return violations(open_read_only(example_store))


def test_the_examples_break_no_rule_whose_break_is_an_error(found: list[Violation]) -> None:
    assert [one for one in found if one.severity == "error"] == []


def test_the_examples_earn_the_warnings_that_their_models_earn(found: list[Violation]) -> None:
    counted = Counter(one.rule for one in found)
    assert counted["S18"] == 1  # 州工信局 prints 74, on post and retired are 73
    assert set(counted) <= {"S07", "S09", "S10", "S13", "S14", "S15", "S16", "S17", "S18", "S19", "S32", "S33"}
    assert all("{" not in one.zh + one.en and one.zh and one.en for one in found)


def test_a_link_that_says_nothing_is_an_error_and_ends_the_command(tmp_path: Path) -> None:
    stray = iris.thing("link", "stray")
    store = open_store(tmp_path / "store")
    store.extend([Quad(stray, TYPE, BL.LinkAssertion, iris.LINKS["derived"])])
    del store
    done = CliRunner().invoke(cli, ["check", "--format", "json", "--store", str(tmp_path / "store")])
    assert done.exit_code == 1
    assert {(one["severity"], one["rule"], one["thing"]) for one in json.loads(done.output)} == {
        ("error", "S20", stray.value)
    }


def test_the_command_lists_warnings_and_ends_well(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    build([document("qitai-2025")], store)
    del store
    done = CliRunner().invoke(cli, ["check", "--store", str(tmp_path / "store")])
    assert done.exit_code == 0
