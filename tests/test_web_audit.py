"""The audit pages: signals by body, by thing and as data; what a thing's page shows is what concerns it."""

import csv
import html
import io
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from queries.tracing.finding import NotFound
from viz.web import checking
from viz.web.addresses import address
from viz.web.application import application
from viz.web.processes import Process
from viz.web.serving import Serving

ID = "https://w3id.org/cnbl/id"
BODY = f"{ID}/agency/652325.商务科技和工业信息化局"
DOCUMENT = f"{ID}/doc/昌州财教-2024-65"


@pytest.fixture(scope="module")
def client(example_store: Path) -> Iterator[TestClient]:
    with TestClient(application(example_store)) as found:
        yield found


def checked(client: TestClient, path: str, **asked: str) -> str:
    """A page once all of its disclosures are checked; its data wait for that."""
    assert client.get(f"{path}.json", params=asked).status_code == 200
    text: str = client.get(path, params=asked).text
    assert "data-unchecked" not in text
    return text


def signals(client: TestClient, thing: str) -> list[dict[str, object]]:
    answer = client.get("/audit/signals.json", params={"thing": thing})
    assert answer.status_code == 200
    found: list[dict[str, object]] = answer.json()["tables"]["signals"]
    return found


def test_the_signals_of_a_body_are_those_of_its_disclosures_gravest_first(client: TestClient) -> None:
    severities = [one["severity"] for one in signals(client, BODY)]
    assert set(severities) == {"error", "warning", "info"}
    assert severities == sorted(severities, key=("error", "warning", "info").index)
    page = checked(client, "/audit", body=BODY)
    assert page.count('class="card signal-') == len(severities)


def test_only_signals_printed_where_a_document_is_printed_concern_it(client: TestClient) -> None:
    found = signals(client, DOCUMENT)
    assert {"R24_brackets"} <= {str(one["rule"]) for one in found}
    assert len(found) < len(signals(client, BODY))
    for one in found:
        sides = [one["left_side"], one["right_side"]]
        assert any(isinstance(side, dict) and side["sources"] for side in sides), one


def test_both_sides_of_a_signal_lead_to_their_places(client: TestClient) -> None:
    text = checked(client, "/audit/signals", thing=DOCUMENT)
    row = next(row for row in re.findall(r"<tr role=\"row\".*?</tr>", text, re.DOTALL) if "R24_brackets" in row)
    assert len(set(re.findall(r'href="(/id/ev/[^"]+)"', row))) >= 2


def test_the_page_of_a_thing_fetches_its_signals_and_links_to_them_without_scripts(client: TestClient) -> None:
    for thing in (BODY, DOCUMENT):
        text = client.get(address(thing)).text
        (link,) = re.findall(r'data-signals="([^"]+)"', text)
        assert f'<a class="button" href="{link}">' in text
        assert client.get(link.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("thing", ["", "<script>", f"{ID}/doc/没有-2024-1", "https://example.org/x", f"{ID}/ev/x"])
def test_what_is_not_in_the_graph_has_no_signals(client: TestClient, thing: str) -> None:
    assert client.get("/audit/signals", params={"thing": thing}).status_code == 404


@pytest.mark.parametrize(("form", "media"), [("json", "application/json"), ("csv", "text/csv"), ("ttl", "text/turtle")])
@pytest.mark.parametrize("asked", [{}, {"body": BODY}])
def test_the_audit_has_twins(client: TestClient, form: str, media: str, asked: dict[str, str]) -> None:
    for answer in (
        client.get(f"/audit.{form}", params=asked),
        client.get("/audit", params=asked, headers={"accept": media}),
    ):
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(media)


def test_the_twin_of_the_completeness_tells_the_silences_apart(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/audit.csv").content.decode("utf-8-sig"))))
    assert {row["state"] for row in rows} >= {"present", "declared_nil"}
    assert all(row["sources"] for row in rows)
    assert list(ox.parse(client.get("/audit.ttl").content, format=ox.RdfFormat.TURTLE))


def test_the_numbers_of_signals_are_told_once_the_documents_are_checked(client: TestClient) -> None:
    for _ in range(800):
        text = client.get("/audit").text
        if "data-pending" not in text:
            break
        time.sleep(0.3)
    assert "data-pending" not in text
    assert "/static/audit.js" not in text, "what is complete is not asked for again"
    assert re.search(r'class="tag tag-error">对不上 \d', text)


@pytest.mark.parametrize("path", [f"/audit?body={quote(BODY)}", f"/audit/signals?thing={quote(BODY)}"])
def test_what_is_being_checked_is_said_until_it_is_there(example_store: Path, path: str) -> None:
    with TestClient(application(example_store)) as client:
        text = client.get(path).text
        (link,) = re.findall(r'data-unchecked="([^"]+)"', text)
        assert re.search(r"还有 [1-9]\d* 次公开未核对完", text)
        assert '<noscript><meta http-equiv="refresh"' in text
        assert "没有信号。" not in text
        assert "没有核对信号涉及此处。" not in text
        for _ in range(2400):
            left = client.get(html.unescape(link)).json()["left"]
            if not left:
                break
            time.sleep(0.1)
        assert left == 0
        text = client.get(path).text
        assert "data-unchecked" not in text
        assert "checking.js" not in text
        assert "R24_brackets" in text


def test_what_is_no_file_of_a_disclosure_is_never_checked(client: TestClient) -> None:
    assert client.get("/audit/unchecked.json", params={"file": "0" * 64}).json()["left"] == 0


def test_where_the_process_that_checks_ends_the_document_is_checked_all_the_same(
    example_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_CHECKING", checking._Checking())
    monkeypatch.setattr(checking, "Process", lambda module: Process("no_such_module"))
    with TestClient(application(example_store)) as client:
        assert signals(client, BODY)


def test_a_document_that_cannot_be_checked_does_not_keep_a_page_waiting(
    example_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_CHECKING", checking._Checking())
    store = Serving(example_store).opened()
    assert checking.unchecked(store, ["no such document"], first=True) == ["no such document"]
    for _ in range(2400):
        if not checking.unchecked(store, ["no such document"], first=True):
            break
        time.sleep(0.1)
    assert checking.known(store, "no such document") is None
    with pytest.raises(NotFound):
        checking.signals_of(store, "no such document")


def test_sides_are_called_in_the_language_of_the_reader(client: TestClient) -> None:
    text = checked(client, "/audit", body=BODY, lang="en")
    names = [html.unescape(one) for one in re.findall(r'class="side-name">(.*?)</p>', text)]
    assert any("overview of revenue and expenditure" in name for name in names)
    assert not any("收支总体情况表" in name for name in names)
