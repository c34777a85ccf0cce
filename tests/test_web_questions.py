"""The pages of the named questions: a form in words, an answer whose rows lead on, the same as data."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

pytest.importorskip("starlette", reason="the explorer needs starlette: pip install 'caimai[web]'")

from starlette.testclient import TestClient

import caimai
from queries.library import questions
from viz.web.application import application
from viz.web.endpoint import Limits
from viz.web.questions import in_two

BODY = "奇台县商务科技和工业信息化局"


@pytest.fixture(scope="module")
def client(example_store: Path) -> Iterator[TestClient]:
    with TestClient(application(example_store)) as found:
        yield found


def test_every_question_is_listed_and_has_its_page(client: TestClient) -> None:
    listed = client.get("/ask?lang=zh").text
    for name, question in questions().items():
        assert f'href="/ask/{name}"' in listed
        needed = {one.name: one.example for one in question.parameters if one.required}
        answer = client.get(f"/ask/{name}", params={**needed, "lang": "zh"})
        assert answer.status_code == 200, name
        assert in_two(question.zh)[0] in answer.text


def test_an_answer_is_that_of_the_library(client: TestClient, example_store: Path) -> None:
    told = client.get("/ask/key_figures.json", params={"year": "2025"}).json()
    expected = caimai.open(example_store).ask("key_figures", year=2025)
    assert [row["body"] for row in told] == [row["body"] for row in expected]
    assert [row["total_wan"] for row in told] == [f"{row['total_wan']:f}" for row in expected]


def test_a_row_leads_to_its_body_and_to_the_page_it_is_printed_on(client: TestClient) -> None:
    text = client.get("/ask/key_figures", params={"body": BODY, "lang": "zh"}).text
    links = [part.split('"')[0].replace("&amp;", "&") for part in text.split('href="')[1:]]
    pages = [link for link in links if link.startswith("/id/file/")]
    assert pages
    assert any(link.startswith("/id/agency/652325.") for link in links)
    assert client.get(pages[0]).status_code == 200


def test_figures_are_readable_and_the_csv_has_them_plain(client: TestClient) -> None:
    asked = {"body": BODY, "year": "2025", "lang": "zh"}
    assert ">2,685.94<" in client.get("/ask/key_figures", params=asked).text
    assert ",2685.94," in client.get("/ask/key_figures.csv", params=asked).content.decode("utf-8-sig")
    assert ">62.80<" in client.get("/ask/economic_changes", params={"code": "30113", "lang": "zh"}).text


def test_a_name_that_is_not_there_leads_to_those_near_it(client: TestClient) -> None:
    answer = client.get("/ask/key_figures", params={"body": "奇台县商科工信局", "lang": "zh"})
    assert answer.status_code == 400
    assert f'href="/ask/key_figures?body={quote(BODY)}"' in answer.text
    assert "像是它的简称" in answer.text


@pytest.mark.parametrize(
    ("asked", "said"),
    [({}, "先填上：文号。"), ({"number": ""}, "先填上：文号。"), ({"number": "<b>"}, "“&lt;b&gt;”不是文号")],
)
def test_what_is_missing_or_of_the_wrong_kind_is_said(client: TestClient, asked: dict[str, str], said: str) -> None:
    assert said in client.get("/ask/who_received", params={**asked, "lang": "zh"}).text
    assert client.get("/ask/who_received.csv", params=asked).status_code == 400


def test_a_question_that_is_not_there_is_a_page_that_says_so(client: TestClient) -> None:
    assert client.get("/ask/nothing").status_code == 404
    assert client.get("/ask/key_figures.exe").status_code == 404


@pytest.mark.parametrize(
    ("words", "asked", "note"),
    [
        ("多少万元？（高的在前）", "多少万元？", "高的在前"),
        ("How much? (The first is the highest.)", "How much?", "The first is the highest."),
        ("多少？差额即没有写明的部分。", "多少？", "差额即没有写明的部分。"),
        ("各是多少（万元）？", "各是多少（万元）？", ""),
        ("没有问号", "没有问号", ""),
    ],
)
def test_what_is_explained_stands_apart_from_what_is_asked(words: str, asked: str, note: str) -> None:
    assert in_two(words) == (asked, note)


def test_a_question_that_takes_too_long_is_stopped_and_no_part_is_given(example_store: Path) -> None:
    with TestClient(application(example_store, limits=Limits(seconds=0))) as hurried:
        answer = hurried.get("/ask/key_figures?lang=zh")
        assert answer.status_code == 503
        assert "不给出部分结果" in answer.text
        assert "<table" not in answer.text
        data = hurried.get("/ask/key_figures.csv?lang=en")
        assert (data.status_code, data.text[:12]) == (503, "Not answered")
        assert hurried.get("/ask").status_code == 200


def test_an_answer_of_too_many_rows_is_refused_whole(example_store: Path) -> None:
    with TestClient(application(example_store, limits=Limits(rows=3, seconds=600))) as narrow:
        answer = narrow.get("/ask/key_figures?lang=en")
        assert answer.status_code == 413
        assert "more than 3 rows" in answer.text
        assert narrow.get("/ask/key_figures.json?lang=zh").status_code == 413
        assert narrow.get("/ask/key_figures", params={"body": BODY, "year": "2025"}).status_code == 200
