"""Renames, mergers and abolitions of bodies as sentences tell of them, and what tells of none."""

from dataclasses import replace

import pytest
from kg_documents import ask, built, document, facts_of, rows
from pyoxigraph import Store

from kg.build import build
from kg.names import fold
from kg.store import MEMORY, open_store
from kg.told_successions import told
from ontology.facts import ChangeFact, PassageFact

OLD, NEW = "奇台县商务和工业信息化局", "奇台县商务科技和工业信息化局"


@pytest.mark.parametrize(
    ("sentence", "rule", "grade", "old", "new"),
    [
        ("县商务局更名为县商务科技局", "renamed", "derived", ["商务局"], "商务科技局"),
        (
            "根据批复，县商务局于2024年3月更名为县商务科技局，加挂县口岸办公室牌子",
            "renamed", "derived", ["商务局"], "商务科技局",
        ),
        ("现将县扶贫办公室改名为县乡村振兴局", "renamed", "derived", ["扶贫办公室"], "乡村振兴局"),
        ("我局由县商务局更名而来", "renamed", "derived", ["商务局"], "我局"),
        ("本单位前身为县经济贸易委员会。", "renamed", "derived", ["经济贸易委员会"], "本单位"),
        (
            "奇台县发展和改革委员会改称奇台县发展改革局",
            "renamed", "derived", ["奇台县发展和改革委员会"], "奇台县发展改革局",
        ),
        ("县科学技术局并入县商务局", "merged", "derived", ["科学技术局"], "商务局"),
        (
            "县科学技术局、粮食局和商务局整体并入我单位",
            "merged", "derived", ["科学技术局", "粮食局", "商务局"], "我单位",
        ),
        ("县科学技术局与县商务局合并组建县商务科技局", "merged", "derived", ["科学技术局", "商务局"], "商务科技局"),
        ("我局由原商务局和科学技术局合并组建", "merged", "derived", ["商务局", "科学技术局"], "我局"),
        ("撤销县招商服务中心，其职责、人员并入我局", "taken_over", "derived", ["招商服务中心"], "我局"),
        ("不再保留县科学技术局，相关职责由县商务局承担", "taken_over", "derived", ["科学技术局"], "商务局"),
        ("县科学技术局拟并入县商务局", "merged", "candidate", ["科学技术局"], "商务局"),
        ("县科学技术局将并入县商务局", "merged", "candidate", ["科学技术局"], "商务局"),
        ("县商务局招商服务中心并入我局", "merged", "candidate", ["商务局招商服务中心"], "我局"),
        (
            "将县科学技术局的职责、县商务局的职责整合，组建县商务科技局",
            "formed", "candidate", ["科学技术局", "商务局"], "商务科技局",
        ),
        ("在县扶贫办公室基础上组建县乡村振兴局", "formed", "candidate", ["扶贫办公室"], "乡村振兴局"),
        ("奇台县商务科技局（原奇台县商务局）", "formerly", "candidate", ["奇台县商务局"], "奇台县商务科技局"),
    ],
)  # fmt: skip
def test_a_sentence_says_which_body_took_over_from_which(
    sentence: str, rule: str, grade: str, old: list[str], new: str
) -> None:
    (found,) = told(fold(sentence))
    assert (found.rule, found.grade) == (f"{rule}_by_sentence", grade)
    assert (list(found.old), found.new) == (old, new)


@pytest.mark.parametrize(
    "sentence",
    [
        "我局加挂县知识产权局牌子",
        "不再保留县口岸办公室牌子，其职责并入我局",
        "撤销县招商服务中心",
        "县科学技术局部分职能划入我局",
        "县科学技术局人员并入我局",
        "县科学技术局尚未并入我局",
        "科学技术局与我局合并办公",
        "该局并入我局",
        "项目更名为高标准农田建设",
        "援疆项目及资金划转至县国有资产监督管理委员会",
        "组建县专家顾问团",
        "撤销下一级人民代表大会及其常务委员会的决议",
        "负责撤销、合并单位的资产划转",
    ],
)
def test_what_is_only_moved_put_up_or_abolished_is_no_succession(sentence: str) -> None:
    assert list(told(fold(sentence))) == []


def test_a_merger_and_the_new_name_are_both_told() -> None:
    found = told(fold("2024年奇台县科学技术局并入奇台县商务局，更名为奇台县商务科技局"))
    assert [(one.old, one.new) for one in found] == [
        (("奇台县科学技术局",), "奇台县商务局"),
        (("奇台县商务局",), "奇台县商务科技局"),
    ]


def store_saying(words: str, *others: str) -> Store:
    """The graph of the disclosure of 2025 with one paragraph that says this, its sentences giving no reason."""
    facts = [replace(fact, reason=None) if isinstance(fact, ChangeFact) else fact for fact in facts_of("qitai-2025")]
    place = replace(facts[0].source, page=3, line=7, text=words)
    store = open_store(MEMORY)
    said = PassageFact(source=place, part="organisation", number=1, end_page=3, end_line=8)
    build([(document("qitai-2025")[0], [*facts, said]), *map(document, others)], store)
    return store


def successions(store: Store) -> list[tuple[str | None, ...]]:
    return rows(
        store,
        """SELECT ?new ?old ?grade ?rule WHERE {
            ?l bl:linkPredicate bl:succeeds ; bl:linkSubject/bl:officialName ?new ; bl:rule ?rule ;
               bl:linkObject/bl:officialName ?old ; bl:grade/skos:prefLabel ?grade FILTER(LANG(?grade) = "en")
        } ORDER BY ?new ?old""",
    )


def test_a_paragraph_tells_of_a_rename_and_is_its_evidence() -> None:
    store = store_saying("机构改革后，奇台县商务和工业信息化局\n更名为奇台县商务科技和工业信息化局。")
    assert successions(store) == [(NEW, OLD, "derived", "renamed_by_sentence")]
    (place,) = rows(store, "SELECT ?w WHERE { ?l bl:linkPredicate bl:succeeds ; bl:evidence/bl:verbatim ?w }")
    assert "更名为" in str(place[0])
    assert ask(store, "?c a bl:AgencyChange ; bl:changeKind <https://w3id.org/cnbl/code/kind/rename>")


def test_our_bureau_renamed_is_the_disclosing_body_and_a_candidate() -> None:
    assert successions(store_saying("我局更名为商务科技局")) == [
        ("奇台县商务科技局", NEW, "candidate", "renamed_by_sentence")
    ]
    assert successions(store_saying("我局更名为商务科技和工业信息化局")) == []


def test_a_rename_of_two_other_bodies_names_both_in_the_graph() -> None:
    store = store_saying("县粮食局更名为县粮食和物资储备局")
    assert successions(store) == [("奇台县粮食和物资储备局", "奇台县粮食局", "derived", "renamed_by_sentence")]


def test_projects_go_on_over_a_rename_that_a_paragraph_tells_of() -> None:
    silent = built("qitai-2024")
    assert not ask(silent, "?new bl:continues ?old")
    told_of = store_saying("奇台县商务和工业信息化局更名为奇台县商务科技和工业信息化局", "qitai-2024")
    assert ask(told_of, "?new bl:continues ?old")
