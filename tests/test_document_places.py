"""The note of where documents were read from: it moves with them, is no part of the graph, and is never needed."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import caimai
from caimai.cli import cli
from caimai.document_places import NAME, note, noted
from caimai.serve import sources_in
from queries.answers import Answer

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    place = tmp_path_factory.mktemp("noted")
    (place / "documents").mkdir()
    shutil.copy(next((root / "examples").glob("奇台县商务和工业信息化局*.pdf")), place / "documents")
    caimai.build([place / "documents"], place / "store")
    return place


def test_a_build_notes_where_its_documents_were(built: Path) -> None:
    assert noted(built / "store") == (built / "documents",)
    assert json.loads((built / "store" / NAME).read_text("utf-8")) == ["../documents"]


def test_a_store_that_moves_with_its_documents_still_finds_them(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "elsewhere")
    assert noted(tmp_path / "elsewhere/store") == (tmp_path / "elsewhere/documents",)


def test_a_source_file_is_found_by_its_hash_where_it_was(built: Path) -> None:
    (file,) = (built / "documents").iterdir()
    query = "PREFIX bl: <https://w3id.org/cnbl/ont#> SELECT ?sha256 { ?f bl:sha256 ?sha256 }"
    answer = caimai.sparql(str(built / "store"), query)
    assert isinstance(answer, Answer)
    ((sha256,),) = answer.rows
    assert sources_in(noted(built / "store"))(str(sha256), file.name) == file.read_bytes()
    assert sources_in(noted(built / "store"))("0" * 64, file.name) is None


def test_the_graph_and_its_exports_know_nothing_of_the_note(built: Path) -> None:
    result = CliRunner().invoke(cli, ["export", "--format", "nquads", "--store", str(built / "store"), "-o", "-"])
    text = result.stdout
    assert "https://w3id.org/cnbl/id/file/" in text
    assert str(built) not in text
    assert "../documents" not in text


def test_places_are_added_and_those_that_are_gone_are_passed_over(tmp_path: Path) -> None:
    for name in ("store", "a", "b"):
        (tmp_path / name).mkdir()
    note(tmp_path / "store", [tmp_path / "a", tmp_path / "none"])
    note(tmp_path / "store", [tmp_path / "b"])
    assert noted(tmp_path / "store") == (tmp_path / "a", tmp_path / "b")
    (tmp_path / "a").rmdir()
    assert noted(tmp_path / "store") == (tmp_path / "b",)


@pytest.mark.parametrize("said", ["", "no json", "{}", '[1, null, "../b"]'])
def test_a_note_that_cannot_be_read_is_no_obstacle(tmp_path: Path, said: str) -> None:
    for name in ("store", "b"):
        (tmp_path / name).mkdir()
    (tmp_path / "store" / NAME).write_text(said)
    assert noted(tmp_path / "store") in ((), (tmp_path / "b",))


def test_of_a_store_on_a_server_nothing_is_noted(tmp_path: Path) -> None:
    note("http://127.0.0.1:1/store", [tmp_path])
    assert noted("http://127.0.0.1:1/store") == ()
