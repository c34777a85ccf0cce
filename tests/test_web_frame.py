"""The explorer's frame: answers are safe, in two languages, and follow the store."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg.remote import StoreError
from kg.store import open_read_only
from kg.whole_states import being_written
from viz.web.addresses import address, iri_of, kind_of
from viz.web.application import application
from viz.web.recent import Recent
from viz.web.security import is_allowed
from viz.web.serving import Serving

VENDOR = Path(str(files("viz.web").joinpath("static/vendor")))


@pytest.fixture
def client(example_store: Path) -> Iterator[TestClient]:
    with TestClient(application(example_store), raise_server_exceptions=False) as found:
        yield found


def test_the_home_page_is_chinese_first(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert '<html lang="zh-Hans">' in answer.text


def test_the_chosen_language_is_kept(client: TestClient) -> None:
    assert '<html lang="en">' in client.get("/?lang=en").text
    assert '<html lang="en">' in client.get("/").text
    assert '<html lang="zh-Hans">' in client.get("/?lang=zh").text
    assert '<html lang="zh-Hans">' in client.get("/").text


def test_a_language_that_is_not_spoken_is_chinese(client: TestClient) -> None:
    assert '<html lang="zh-Hans">' in client.get("/?lang=<script>").text


def test_every_answer_forbids_scripts_that_are_not_packaged(client: TestClient) -> None:
    for path in ("/", "/id/nothing/here", "/static/site.css"):
        headers = client.get(path).headers
        assert "script-src 'self';" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_answers_that_refuse_or_fail_are_safe_too_and_tell_why_in_words(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("secret")

    def is_gone(*_: object, **__: object) -> None:
        raise StoreError("the store is gone")

    monkeypatch.setattr("viz.web.home.index_of", fails)
    monkeypatch.setattr("viz.web.search.index_of", is_gone)
    answers = {
        400: client.get("/", headers={"host": "evil.example"}), 404: client.get("/nothing"),
        405: client.post("/trace"), 500: client.get("/"), 503: client.get("/search?q=x"),
    }  # fmt: skip
    for status, answer in answers.items():
        assert answer.status_code == status
        assert "script-src 'self';" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "secret" not in answer.text
        assert status == 400 or 'action="/search"' in answer.text
    titles = {re.search("<title>(.*?)</title>", answer.text)[1] for status, answer in answers.items() if status > 400}  # type: ignore[index]
    assert len(titles) == 4


def test_a_page_names_its_address_and_those_in_the_other_language(client: TestClient) -> None:
    text = client.get("/search?q=科普&lang=en").text
    client.cookies.clear()
    assert '<link rel="canonical" href="/search?q=%E7%A7%91%E6%99%AE">' in text
    assert '<link rel="alternate" hreflang="zh-Hans" href="/search?q=%E7%A7%91%E6%99%AE&amp;lang=zh">' in text
    assert '<link rel="alternate" hreflang="en" href="/search?q=%E7%A7%91%E6%99%AE&amp;lang=en">' in text


def test_no_template_has_a_script_or_style_of_its_own() -> None:
    for template in files("viz.web").joinpath("templates").iterdir():
        text = template.read_text("utf-8")
        assert "<style" not in text, template.name
        assert " style=" not in text, template.name
        assert " onclick=" not in text, template.name
        assert "|safe" not in text.replace(" ", ""), template.name
        packaged = re.findall(r'<script (?:(?:type="module" )?src="|type="application/json" id="data">)', text)
        assert text.count("<script") == len(packaged), template.name


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "", "localhost.evil.example", "[bad"])
def test_a_host_that_is_not_ours_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert host == "" or host not in answer.text


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:9", "[::1]:8000", "10.1.2.3", "box"])
def test_loopback_addresses_and_named_hosts_are_served(host: str) -> None:
    assert is_allowed(host, frozenset({"box"}))


@pytest.mark.parametrize(
    "path",
    [
        "/static/../application.py",
        "/static/%2e%2e/application.py",
        "/static/..%2fapplication.py",
        "/static//etc/passwd",
        "/static/%00",
        "/id/file/../../../etc/passwd",
        "/id/%2e%2e/%2e%2e/etc/passwd",
        "/id/<script>alert(1)</script>",
    ],
)
def test_odd_paths_lead_nowhere(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text
    assert "<script>alert" not in answer.text


def test_an_unknown_address_is_a_page_with_search(client: TestClient) -> None:
    answer = client.get("/id/doc/没有-2024-1")
    assert answer.status_code == 404
    assert 'action="/search"' in answer.text
    assert "没有-2024-1" in answer.text


def test_a_thing_has_its_page_at_the_path_of_its_iri(client: TestClient) -> None:
    iri = "https://w3id.org/cnbl/id/doc/昌州财教-2024-65"
    answer = client.get(address(iri))
    assert answer.status_code == 200
    assert "昌州财教〔2024〕65号" in answer.text
    assert client.get(address(iri).replace("/id", "/cnbl/id", 1)).url.path == client.get(address(iri)).url.path


def test_an_address_is_read_back() -> None:
    iri = "https://w3id.org/cnbl/code/unit/%E4%BA%BA~2024"
    assert address(iri) == "/code/unit/%25E4%25BA%25BA~2024"
    assert iri_of("code", "unit/%E4%BA%BA~2024") == iri
    assert kind_of(iri) == "code/unit"
    assert address("https://elsewhere.example/x") == "https://elsewhere.example/x"


def test_vendored_scripts_are_listed_with_licence_and_hash() -> None:
    listed = tomllib.loads((VENDOR / "vendor.toml").read_text("utf-8"))
    licences = {name for entry in listed.values() for name in entry["licence_files"]}
    assert {path.name for path in VENDOR.iterdir()} == {"vendor.toml", *listed, *licences}
    for name, entry in listed.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == entry["sha256"], name
        assert entry["version"]


def test_a_store_that_is_not_there_is_said_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        application(tmp_path / "none")


_WRITER = """
import sys, pyoxigraph as ox
store = ox.Store(sys.argv[1])
store.add(ox.Quad(ox.NamedNode("http://example.org/new"), ox.NamedNode("http://example.org/is"), ox.Literal("1")))
store.flush()
print("open", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(os.name != "posix", reason="locks of files are those of POSIX")
def test_a_store_being_built_is_served_as_it_was(
    example_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "store"
    shutil.copytree(example_store, folder, ignore=shutil.ignore_patterns("readers"))
    monkeypatch.setattr("viz.web.serving._LOOK_EVERY", 0.0)
    serving = Serving(folder)
    before, size = serving.opened(), len(serving.opened().store)
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "open\n"
    assert being_written(str(folder))
    assert serving.opened() is before
    assert len(serving.opened().store) == size
    writer.communicate("", timeout=600)
    assert not being_written(str(folder))
    assert len(serving.opened().store) == size + 1


_BUILD = """
import sys
from pathlib import Path
import caimai
read = []
def seen(reading):
    read.append(reading)
    if len(read) == 2:
        print("the first is written", flush=True)
        sys.stdin.readline()
caimai.build([Path(sys.argv[2])], sys.argv[1], jobs=1, seen=seen)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="who writes a store is known on Linux only")
def test_a_server_started_in_the_middle_of_a_build_serves_the_state_before_it(
    example_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "store"
    shutil.copytree(example_store, folder, ignore=shutil.ignore_patterns("readers"))
    new = tmp_path / "new"
    new.mkdir()
    for serial in (651, 652):
        text = f"昌州财教〔2024〕{serial}号\n关于下达资金的通知\n现下达你单位资金 5 万元，列 2011308 科目。\n"
        (new / f"{serial}.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr("viz.web.serving._LOOK_EVERY", 0.0)
    size = len(open_read_only(folder))
    build = subprocess.Popen(
        [sys.executable, "-c", _BUILD, str(folder), str(new)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert build.stdout is not None
    assert build.stdout.readline() == "the first is written\n"
    assert being_written(str(folder))
    assert len(open_read_only(folder)) == size
    client = TestClient(application(folder))
    assert client.get(address("https://w3id.org/cnbl/id/doc/昌州财教-2024-651")).status_code == 404
    serving = Serving(folder)
    assert len(serving.opened().store) == size
    build.communicate("\n", timeout=600)
    assert build.returncode == 0
    assert len(serving.opened().store) == len(open_read_only(folder)) > size
    assert client.get(address("https://w3id.org/cnbl/id/doc/昌州财教-2024-651")).status_code == 200


def test_what_was_computed_of_a_store_is_computed_once(example_store: Path) -> None:
    opened = Serving(example_store).opened()
    asked: list[int] = []
    for _ in range(2):
        assert opened.once("test", lambda: asked.append(1) or 7) == 7  # type: ignore[func-returns-value]
    assert asked == [1]


def test_of_many_wanted_only_those_are_computed_that_are_new(example_store: Path) -> None:
    opened = Serving(example_store).opened()
    asked: list[list[str]] = []

    def lengths(new: list[str]) -> dict[str, int]:
        asked.append(new)
        return {one: len(one) for one in new}

    assert opened.each("test", ["a", "bb", "a"], lengths) == {"a": 1, "bb": 2}
    assert opened.each("test", ["bb", "ccc", "a"], lengths) == {"bb": 2, "ccc": 3, "a": 1}
    assert asked == [["a", "bb"], ["ccc"]]


def test_what_was_computed_is_held_up_to_a_number_and_the_longest_unasked_for_goes_first() -> None:
    held = Recent(2)
    assert (held.keep("a", 1), held.keep("b", 2), held.keep("b", 3)) == (1, 2, 2)
    assert held.get("a") == 1
    held.keep("c", 3)
    assert [held.get(key) for key in "abc"] == [1, None, 3]
    assert len(held) == 2
