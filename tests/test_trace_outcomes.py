"""A trace through the targets of a project to what a self-evaluation says came of them."""

import pytest
from click.testing import CliRunner
from evaluated_documents import accounts, budget
from pyoxigraph import Store

import caimai
from caimai.cli import cli
from kg.build import build
from kg.store import MEMORY, open_store
from queries.tracing.english import in_english

PROJECT = "经济普查经费"


@pytest.fixture(scope="module")
def store() -> Store:
    store = open_store(MEMORY)
    build([budget(), accounts()], store)
    return store


def test_every_target_is_followed_by_what_was_achieved_with_its_words_and_place(store: Store) -> None:
    (entry,) = caimai.trace(store, PROJECT).entries
    told = [(hop.relation, hop.target, hop.printed) for hop in entry.targets[3:7]]
    assert told == [
        ("indicator", "办班次数", "≥20次"),
        ("outcome", "18次", "18 分"),
        ("indicator", "完成时间", "2024年12月底前"),
        ("outcome", "2024年12月10日", "20 分"),
    ]
    came = entry.targets[4]
    assert (came.source, came.year, came.grade, came.rule) == ("办班次数", 2024, "derived", "outcome_by_name")
    assert came.why == "自评所列与目标表的指标同名“办班次数”"
    assert [(place.file, place.table, place.row) for place in came.evidence] == [
        ("奇台县统计局2024年度部门决算公开.pdf", "项目支出绩效自评表", 10)
    ]
    assert "18次" in came.evidence[0].words
    assert came.amount is None


def test_an_indicator_asked_for_by_name_brings_its_result(store: Store) -> None:
    hops = [hop for hop in caimai.trace(store, "办班次数").hops() if hop.relation in ("indicator", "outcome")]
    assert [(hop.relation, hop.target) for hop in hops] == [("indicator", "办班次数"), ("outcome", "18次")]


def test_in_english_the_reason_is_english(store: Store) -> None:
    hops = in_english(caimai.trace(store, PROJECT)).hops()
    (why,) = {hop.why for hop in hops if hop.target == "18次"}
    assert why == "the self-evaluation and the form have an indicator called “办班次数”"


def test_without_final_accounts_targets_stand_as_before() -> None:
    store = open_store(MEMORY)
    build([budget()], store)
    assert [hop for hop in caimai.trace(store, PROJECT).hops() if hop.relation == "outcome"] == []


@pytest.mark.parametrize("how", [["--format", "text"], ["--dossier"], ["--format", "table"], ["--format", "turtle"]])
def test_every_form_of_a_trace_has_the_results(tmp_path_factory: pytest.TempPathFactory, how: list[str]) -> None:
    folder = tmp_path_factory.mktemp("trace") / "store"
    made = open_store(folder)
    build([budget(), accounts()], made)
    made.flush()
    del made
    done = CliRunner().invoke(cli, ["trace", PROJECT, "--store", str(folder), *how])
    assert done.exit_code == 0, done.output
    assert "18次" in done.output
