"""The search of the explorer: one box for everything, each hit with its reason."""

from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

import pytest
from starlette.testclient import TestClient

from viz.web import indexing, search_index
from viz.web.addresses import address
from viz.web.application import application
from viz.web.indexing import build
from viz.web.listing import listed
from viz.web.search import Hit, examples, near_names, search
from viz.web.search_index import Index, about, has_failed, index_of
from viz.web.serving import Serving

MADE_BESIDE = search_index._beside


@pytest.fixture(scope="module")
def index(example_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("search") / "index.sqlite"
    opened = Serving(example_store).opened()
    build(opened.store, opened.state, path)
    return path


@pytest.mark.parametrize(
    ("asked", "label", "why"),
    [
        ("昌州财教〔2024〕65号", "昌州财教〔2024〕65号", "whole_number"),
        ("昌州财教[2024]65号", "昌州财教〔2024〕65号", "whole_number"),
        ("昌州财教【2024】 65 号", "昌州财教〔2024〕65号", "whole_number"),
        ("奇台县商务科技和工业信息化局", "奇台县商务科技和工业信息化局", "whole_name"),
        ("三区科技人才支持计划", "三区科技人才支持计划", "whole_name"),
        ("2011308", "2011308 招商引资", "whole_code"),
        ("20113", "20113 商贸事务", "whole_code"),
        ("科普行动", "基层科普行动计划", "part_name"),
        ("qtxswkjhgyxxhj", "奇台县商务科技和工业信息化局", "initials"),
        ("奇台县商工局", "奇台县商务和工业信息化局", "short"),
        ("发放补助人数", "发放补助人数（人）", "part_name"),
    ],
)
def test_everything_is_found_and_the_reason_is_told(index: Path, asked: str, label: str, why: str) -> None:
    found = {(hit.label, hit.why) for hit in search(index, asked)}
    assert (label, why) in found


def test_words_of_the_text_are_found_with_what_stands_around_them(index: Path) -> None:
    hit = next(hit for hit in search(index, "主要用于") if hit.kind == "words")
    assert hit.marked == "主要用于"
    assert hit.why == "part_words"
    assert "/id/ev/" in hit.iri


def test_what_is_misspelt_leads_to_names_near_it(index: Path, example_store: Path) -> None:
    (first, iri), *_ = near_names(index, "招商引姿经费")
    assert first.name.endswith("招商引资经费")
    assert "/id/proj/" in iri
    with TestClient(application(example_store)) as client:
        text = client.get("/search", params={"q": "招商引姿经费", "lang": "zh"}).text
    assert f'href="{address(iri)}"' in text
    assert "名称里有拼音相同的字" in text


@pytest.mark.parametrize("asked", ["", "   ", "没有这样的东西啊", '"', "a*b\"'", "pairs : x", "%", "（）"])
def test_odd_questions_find_nothing_and_do_no_harm(index: Path, asked: str) -> None:
    assert search(index, asked) == []


def test_the_overview_is_kept_with_the_index(index: Path) -> None:
    told = about(index)
    assert told["counts"]["SourceFile"] == 5
    assert {row["year"] for row in told["disclosures"]} == {2024, 2025, 2026}
    assert all(row["kind"] for row in told["money"])


def test_an_index_is_read_whatever_signs_its_path_has(index: Path, tmp_path: Path) -> None:
    odd = tmp_path / "100%41 done? #2" / "图.sqlite"
    odd.parent.mkdir()
    odd.write_bytes(index.read_bytes())
    assert about(odd) == about(index)


def test_the_index_follows_the_store(example_store: Path) -> None:
    opened = Serving(example_store).opened()
    index = index_of(opened)
    assert index
    assert index.current
    made = index.file.stat().st_mtime_ns
    assert index_of(Serving(example_store).opened()) == index
    assert index.file.stat().st_mtime_ns == made


def test_the_page_of_results_marks_what_matched_and_escapes_what_was_asked(example_store: Path) -> None:
    client = TestClient(application(example_store))
    assert "<mark>招商引资</mark>" in client.get("/search?q=招商引资").text
    hostile = client.get("/search", params={"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in hostile
    assert "&lt;script&gt;" in hostile
    told = client.get("/search.json?q=昌州财教[2024]65号").json()
    assert told["hits"][0]["path"].startswith("/id/doc/")
    assert told["hits"][0]["why"] == "文号相同"


def test_the_home_page_tells_what_is_in_the_graph(example_store: Path) -> None:
    text = TestClient(application(example_store)).get("/").text
    assert "奇台县商务科技和工业信息化局" in text
    assert "2026" in text
    assert "按来源层级的资金" in text


@pytest.mark.parametrize(("form", "media"), [("json", "application/json"), ("csv", "text/csv"), ("ttl", "text/turtle")])
def test_what_is_found_has_twins_by_suffix_and_by_accept(example_store: Path, form: str, media: str) -> None:
    client = TestClient(application(example_store))
    for answer in (
        client.get(f"/search.{form}?q=招商引资"),
        client.get("/search?q=招商引资", headers={"accept": media}),
    ):
        assert answer.headers["content-type"].startswith(media)
        assert "2011308" in answer.text
    assert client.get("/search.exe?q=招商引资").status_code == 404


@pytest.mark.parametrize(("lang", "page", "times"), [("zh", "第21页", "2 处"), ("en", "p. 21", "2 times")])
def test_notes_of_hits_are_told_in_the_readers_language(lang: str, page: str, times: str) -> None:
    hit = Hit("", "words", "", "某局2024年部门预算公开.pdf · p. 21", "part_words", "", "", "")
    assert hit.note_in(lang) == f"某局2024年部门预算公开.pdf · {page}"
    assert replace(hit, note="× 2").note_in(lang) == times
    assert replace(hit, note="奇台县").note_in(lang) == "奇台县"


def test_passages_that_read_alike_on_a_page_are_one_hit(index: Path) -> None:
    hits = [hit for hit in search(index, "招商引资") if hit.kind == "words"]
    assert hits
    assert len({hit.passage for hit in hits}) == len(hits)


def test_every_example_of_what_to_ask_finds_something_for_the_reason_it_names(index: Path) -> None:
    found = examples(index)
    assert len(found) == 4
    for why, words in found:
        assert any(hit.why in (why, why.replace("part", "whole")) for hit in search(index, words)), (why, words)


def test_all_things_of_a_kind_are_listed_by_name(index: Path, example_store: Path) -> None:
    things, whole = listed(index, "project", 0, 10)
    rest, _ = listed(index, "project", 10, 100)
    assert len(things) == 10
    assert len(things) + len(rest) == whole
    assert [one.label for one in [*things, *rest]] == sorted(one.label for one in [*things, *rest])
    client = TestClient(application(example_store))
    assert client.get("/list?kind=body&from=x").text.count('class="hit"') == listed(index, "body", 0)[1]
    assert 'href="/list?kind=body"' in client.get("/").text
    assert client.get("/list?kind=<script>").status_code == 404


@pytest.fixture
def index_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the index of the examples would stand: there is none, and none comes unless a test makes it."""
    path = tmp_path / "explorer.sqlite"
    monkeypatch.setattr(search_index, "_path", lambda opened: path)
    monkeypatch.setattr(search_index, "_QUICK", 0)
    monkeypatch.setattr(search_index, "_BEGUN", set())
    monkeypatch.setattr(search_index, "_FAILED", {})
    monkeypatch.setattr(search_index, "_beside", lambda opened, path: None)
    return path


@pytest.mark.usefixtures("index_elsewhere")
def test_what_is_not_counted_yet_is_said_not_to_be_and_is_not_shown_as_nothing(example_store: Path) -> None:
    client = TestClient(application(example_store))
    found = client.get("/search?q=没有这样的东西啊")
    assert (found.status_code, found.headers["retry-after"]) == (503, "5")
    assert "正在为查找和总览编索引" in found.text
    assert "没有找到" not in found.text
    home, audit = client.get("/"), client.get("/audit")
    assert (home.status_code, audit.status_code) == (200, 200)
    assert "正在为查找和总览编索引" in home.text
    assert "图中有什么" not in home.text
    assert "各表的状态正在统计" in audit.text
    assert "奇台县商务科技和工业信息化局" in audit.text
    assert "正在为查找和总览编索引" in client.get("/list?kind=body").text
    assert "正在为查找和总览编索引" not in client.get("/trace").text
    for path in ("/list?kind=body", "/search.json?q=x", "/search.csv?q=x", "/audit.csv", "/audit.json"):
        assert client.get(path).status_code == 503
    assert client.get("/compare").status_code == 200


def test_an_index_of_the_state_before_is_said_to_be_that(example_store: Path, index_elsewhere: Path) -> None:
    build(Serving(example_store).opened().store, "before", index_elsewhere)
    client = TestClient(application(example_store))
    for path in ("/", "/search?q=招商引资"):
        assert client.get(path).status_code == 200
        assert "索引正在跟上" in client.get(path).text
    told = client.get("/search.json?q=招商引资").json()
    assert told["hits"]
    assert told["current"] is False
    assert client.get("/audit.csv").status_code == 503


def test_an_index_that_an_earlier_version_made_is_none(
    example_store: Path, index_elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Serving(example_store).opened()
    monkeypatch.setattr(indexing, "VERSION", "0")
    build(opened.store, opened.state, index_elsewhere)
    assert index_of(opened) is None
    assert "正在为查找和总览编索引" in TestClient(application(example_store)).get("/").text


def test_an_index_that_could_not_be_made_is_told(example_store: Path, index_elsewhere: Path) -> None:
    opened = Serving(example_store).opened()
    MADE_BESIDE(opened, index_elsewhere.parent / "nowhere" / "explorer.sqlite")
    assert has_failed(opened)
    assert "索引没有编成" in TestClient(application(example_store)).get("/").text


def test_an_index_that_could_not_be_made_is_tried_again_after_a_while(
    example_store: Path, index_elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Serving(example_store).opened()
    tried: SimpleQueue[Path] = SimpleQueue()
    monkeypatch.setattr(search_index, "_beside", lambda _, path: tried.put(path))
    monkeypatch.setattr(search_index, "_AGAIN", 1e9)
    assert index_of(opened) is None
    assert tried.get(timeout=600) == index_elsewhere
    MADE_BESIDE(opened, index_elsewhere.parent / "nowhere" / "explorer.sqlite")
    assert index_of(opened) is None
    assert (tried.empty(), has_failed(opened)) == (True, True)
    monkeypatch.setattr(search_index, "_AGAIN", -1.0)
    assert index_of(opened) is None
    assert (tried.get(timeout=600), has_failed(opened)) == (index_elsewhere, False)


def test_the_index_of_many_documents_is_made_by_a_process_beside(example_store: Path, index_elsewhere: Path) -> None:
    serving = Serving(example_store)  # which keeps the state that the other process reads
    opened = serving.opened()
    MADE_BESIDE(opened, index_elsewhere)
    assert not has_failed(opened)
    assert index_of(opened) == Index(index_elsewhere, current=True)
    assert [path.name for path in index_elsewhere.parent.iterdir()] == ["explorer.sqlite"]
