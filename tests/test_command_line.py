"""The command line: what goes to stdout, what to stderr, and with which exit status."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from codecs import BOM_UTF8
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from kg_documents import NAMES, document
from pyoxigraph import Literal, NamedNode, Quad

from caimai import cli
from caimai.words import language
from extract.reading_process import Answer
from kg.build import build
from kg.store import open_store


@pytest.fixture
def caimai(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run a command: (exit status, stdout, stderr)."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["caimai", *map(str, arguments)])
        status = 0
        try:
            cli.main()
        except SystemExit as done:
            status = int(done.code or 0)
        sys.stdout.flush()
        out, err = capfd.readouterr()
        return status, out, err

    return run


@pytest.fixture
def one_example(root: Path) -> Path:
    (found,) = (root / "examples").glob("昌吉回族自治州工业*.pdf")
    return found


@pytest.mark.process
def test_build_reads_what_it_can_and_names_what_it_cannot(caimai, one_example: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "page.pdf").write_text("<html></html>")
    (tmp_path / "damaged.pdf").write_bytes(one_example.read_bytes()[:3000])
    (tmp_path / "folder").mkdir()
    bad = [tmp_path / name for name in ("missing.pdf", "empty.pdf", "page.pdf", "damaged.pdf", "folder")]
    status, out, err = caimai("build", *bad, one_example, "--store", tmp_path / "store")
    assert (status, out) == (1, "")
    for path in bad:
        assert sum(line.startswith(f"{path}：") for line in err.splitlines()) == 1
    assert "失败 5" in err
    status, out, _ = caimai("trace", "机关运行补助经费", "--store", tmp_path / "store")
    assert status == 0
    assert "50.00 万元" in out


@pytest.mark.process
def test_build_tells_of_files_in_folders_that_are_not_read(caimai, one_example: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "收集 来的"
    folder.mkdir()
    shutil.copy(one_example, folder)
    for name in ("预算.docx", "决算.DOCX", "附表.xlsx"):
        (folder / name).write_bytes(b"PK")
    status, _, err = caimai("build", folder, "--store", tmp_path / "store")
    assert status == 0
    assert "另有 3 个文件没有读（.docx 2、.xlsx 1）" in err


@pytest.mark.process
def test_building_again_changes_nothing(caimai, one_example: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert caimai("build", one_example, "--store", tmp_path / "store")[0] == 0
    status, _, err = caimai("build", one_example, "--store", tmp_path / "store")
    assert status == 0
    assert "未变 1" in err


@pytest.mark.process
def test_an_interrupted_build_leaves_whole_documents(  # type: ignore[no-untyped-def]
    caimai,
    one_example: Path,
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ctrl-C while the second document is read: the first is whole in the store, the second is not there at all."""
    from caimai import reading

    (second,) = (root / "examples").glob("昌吉回族自治州科学*.pdf")
    came_of = reading._reading

    def interrupted(path: Path, answer: Answer) -> reading.Reading:
        if path == second:
            raise KeyboardInterrupt
        return came_of(path, answer)

    monkeypatch.setattr(reading, "_reading", interrupted)
    status, _, err = caimai("build", one_example, second, "--store", tmp_path / "both")
    assert status == 130
    assert "已停止" in err
    monkeypatch.undo()
    import caimai as api
    from kg.store import documents, dump, open_store

    api.build([one_example], tmp_path / "one")
    both = open_store(tmp_path / "both")
    assert len(documents(both)) == 1
    assert dump(both) == dump(open_store(tmp_path / "one"))


@pytest.mark.process
def test_a_store_whose_build_was_killed_says_so_until_it_is_built_again(  # type: ignore[no-untyped-def]
    caimai, one_example: Path, tmp_path: Path
) -> None:
    import caimai as api
    from caimai.unfinished import NAME, is_unfinished

    store, marked = tmp_path / "store", []
    api.build([one_example], store, seen=lambda _: marked.append((store / NAME).is_file()))
    assert marked == [True]
    assert not is_unfinished(store)
    (store / NAME).touch()  # what a process that is killed leaves
    asking = ("ask", "disclosures"), ("trace", "机关运行补助经费"), ("check",), ("show", "-o", "-"), ("corrections",)
    for command in asking:
        assert "上次建图中断" in caimai(*command, "--store", store)[2]
    assert caimai("build", one_example, "--store", store)[0] == 0
    assert "上次建图中断" not in caimai("ask", "disclosures", "--store", store)[2]


@pytest.mark.process
def test_facts_are_one_json_object_a_line(caimai, one_example: Path) -> None:  # type: ignore[no-untyped-def]
    status, out, err = caimai("facts", one_example)
    assert (status, err) == (0, "")
    facts = [json.loads(line) for line in out.splitlines()]
    assert {"document", "cell", "kpi", "kpi_table", "project", "change", "nil"} <= {fact["fact"] for fact in facts}
    assert all(fact["source"]["file"] == one_example.name and len(fact["source"]["sha256"]) == 64 for fact in facts)
    assert all(isinstance(fact["amount"], str) for fact in facts if fact["fact"] == "cell")


@pytest.mark.process
def test_facts_come_as_csv_and_parquet_too(caimai, one_example: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    _, lines, _ = caimai("facts", one_example)
    count = len(lines.splitlines())
    status, out, _ = caimai("facts", one_example, "--format", "csv")
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == count
    assert rows[0]["source_file"] == one_example.name
    parquet = pytest.importorskip("pyarrow.parquet")
    assert caimai("facts", one_example, "--format", "parquet", "-o", tmp_path / "facts.parquet")[0] == 0
    assert parquet.read_table(tmp_path / "facts.parquet").num_rows == count


@pytest.mark.parametrize("form", ["text", "table", "json", "csv", "turtle"])
def test_a_trace_comes_in_five_formats(caimai, example_store: Path, form: str) -> None:  # type: ignore[no-untyped-def]
    status, out, err = caimai("trace", "昌州财教[2024]65号", "--store", example_store, "--format", form)
    assert (status, err) == (0, "")
    assert "7.38" in out
    if form == "json":
        (money,) = [hop for entry in json.loads(out)["entries"] for hop in entry["money"]]
        assert (money["amount"], money["evidence"][0]["page"]) == ("73800", 12)
    if form == "csv":
        money = next(row for row in csv.DictReader(io.StringIO(out)) if row["relation"] == "allocation")
        assert (money["amount"], money["code"], money["words"]) == ("73800", "2060599", "7.38")
    if form == "turtle":
        import rdflib

        assert len(rdflib.Graph().parse(data=out, format="turtle")) > 100


def test_a_trace_on_paper_has_no_trailing_blanks(caimai, example_store: Path) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = caimai("trace", "昌州财教[2024]65号", "--store", example_store)
    assert not [line for line in out.splitlines() if line != line.rstrip()]


def test_messages_come_in_english_by_switch(caimai, example_store: Path) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = caimai("--lang", "en", "trace", "昌州财教[2024]49号", "--store", example_store)
    assert "never in a budget we hold, first seen as a carry-over 2024→2025" in out


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        (["--lang", "en"], {"LANG": "zh_CN.UTF-8"}, "en"),
        (["--lang=zh", "build"], {"LC_ALL": "en_US"}, "zh"),
    ],
)
def test_the_language_is_the_switch_else_the_locale_else_chinese(
    arguments: list[str], environment: dict[str, str], expected: str
) -> None:
    assert language(arguments, environment) == expected


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["trace", "昌州财教[2024]66号"], 1, "昌州财教〔2024〕65号"),
        (["trace", "没有这个名字"], 1, "没有这个名字"),
        (["ask", "who_received"], 2, "--param number"),
        (["ask", "nothing"], 2, "caimai ask 列出全部"),
        (["--lang", "en", "ask", "nothing"], 2, "caimai ask lists all"),
        (["ask", "结转"], 2, "carried_over"),
        (["ask", "carried_over", "--param", "year=明年"], 2, "year：“明年”不是年份，例如 2026"),
        (
            ["ask", "carried_over", "--param", "body=阿图什市工信局"],
            2,
            "阿图什市商务科技和工业信息化局（像是它的简称）",
        ),
        (["audit", "阿图什市工信局"], 1, "像是它的简称"),
        (["audit", "没有这个局"], 1, "caimai ask disclosures"),
        (["trace", "qtxswj"], 1, "奇台县商务和工业信息化局  （像是它的简称的拼音首字母）"),
        (["sum", "--body", "阿图什市工信局"], 2, "像是它的简称"),
        (["sum", "--view", "收入表"], 2, "收入总体情况表（"),
        (["sum", "--year", "1999"], 1, "没有可以加总的数"),
        (["ask", "who_received", "--param", "number"], 2, "名=值"),
        (["trace"], 2, "WHAT"),
    ],
)
def test_wrong_use_says_what_to_do(  # type: ignore[no-untyped-def]
    caimai, example_store: Path, arguments: list[str], status: int, message: str
) -> None:
    found, out, err = caimai(*arguments, "--store", example_store)
    assert (found, out) == (status, "")
    assert message in err


def test_sparql_reads_a_file_or_stdin(caimai, example_store: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    query = tmp_path / "q.rq"
    query.write_text("SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/cnbl/ont#Disclosure> }", "utf-8")
    status, out, _ = caimai("sparql", query, "--store", example_store, "--format", "csv")
    assert (status, out.split()) == (0, ["n", "5"])


@pytest.mark.parametrize(
    "asked",
    [("ask", "disclosures"), ("audit", "昌吉回族自治州工业和信息化局"), ("trace", "招商引资经费"), ("export",)],
)
def test_csv_in_a_file_opens_with_the_mark_of_utf_8(  # type: ignore[no-untyped-def]
    caimai, example_store: Path, tmp_path: Path, asked: tuple[str, ...]
) -> None:
    csv = tmp_path / "answer.csv"
    _, piped, _ = caimai(*asked, "--store", example_store, "--format", "csv")
    assert caimai(*asked, "--store", example_store, "--format", "csv", "-o", csv)[0] == 0
    written = csv.read_bytes()
    assert not piped.startswith("\ufeff")
    assert written.startswith(BOM_UTF8)
    assert written.decode("utf-8-sig").splitlines() == piped.splitlines()


@pytest.mark.parametrize("command", ["build", "facts", "trace", "ask", "sparql", "show"])
def test_the_help_of_a_command_has_an_example(caimai, command: str) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = caimai(command, "--help")
    assert status == 0
    assert "caimai " + command in out.split("Usage:")[1].split("\n", 1)[1]


def test_show_writes_a_page_that_asks_for_nothing_from_outside(caimai, example_store: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "page.html"
    status, _, _ = caimai("show", "--focus", "克财建〔2025〕64号", "--store", example_store, "-o", file)
    assert status == 0
    page = file.read_text("utf-8")
    assert "2,468.66 万元" in page
    assert "2,628.60 万元" in page
    assert 'src="http' not in page


@pytest.mark.parametrize("command", [["ask", "disclosures"], ["sparql", "-"], ["audit"], ["trace", "某局"]])
def test_an_empty_graph_is_said_to_be_empty_with_the_command_that_fills_it(  # type: ignore[no-untyped-def]
    caimai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    open_store(tmp_path / "empty").flush()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"SELECT * { ?s ?p ?o }"), "utf-8"))
    _, _, err = caimai(*command, "--store", tmp_path / "empty")
    assert "caimai build PATH --store" in err


@pytest.mark.parametrize(
    ("arguments", "shown", "hidden"),
    [
        (["--lang", "en", "--help"], "Read documents into the graph", "读入"),
        (["--lang", "zh", "--help"], "把公开文件读入图中", "Read documents"),
        (["--lang", "en", "trace", "--help"], "follow candidate links", "候选"),
        (["--lang", "zh", "ask", "--help"], "问题的参数", "a parameter of"),
    ],
)
def test_help_is_in_the_language_asked_for(caimai, arguments: list[str], shown: str, hidden: str) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = caimai(*arguments)
    assert shown in out
    assert hidden not in out


def test_help_is_in_both_languages_where_none_is_asked_for(caimai, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "")
    _, out, _ = caimai("audit", "--help")
    assert "核对公开文件" in out
    assert "Check documents" in out


def test_constructed_triples_are_turtle_where_asked_for(caimai, example_store: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    query = tmp_path / "q.rq"
    query.write_text("CONSTRUCT { ?s a bl:Disclosure } WHERE { ?s a bl:Disclosure }", "utf-8")
    _, out, _ = caimai("sparql", query, "--format", "turtle", "--store", example_store)
    assert out.count(" a bl:Disclosure .") == 5
    assert "@prefix skos:" not in out


def test_a_query_that_takes_too_long_ends_and_says_so(example_store: Path, root: Path) -> None:
    endless = b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    command = [sys.executable, "-m", "caimai", "--lang", "en", "sparql", "-", "--timeout", "1"]
    done = subprocess.run(
        [*command, "--store", example_store], input=endless, capture_output=True, timeout=600, check=False, cwd=root
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"not answered within 1 s" in done.stderr


def test_a_shell_completes_questions_and_their_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    def completed(words: str) -> list[str]:
        monkeypatch.setenv("COMP_WORDS", words)
        found = ShellComplete(cli.cli, {}, "caimai", "_CAIMAI_COMPLETE")
        *args, incomplete = words.split(" ")[1:]
        return [item.value for item in found.get_completions(args, incomplete)]

    assert completed("caimai ask who_") == ["who_received"]
    assert completed("caimai ask carried_over --param ") == ["year=2026", "body=阿图什市商务科技和工业信息化局"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "disclosures"),
        ("ask", "disclosures", "--format", "json"),
        ("trace", "机关运行补助经费"),
        ("trace", "机关运行补助经费", "--dossier"),
        ("trace", "机关运行补助经费", "--format", "turtle"),
        ("audit", "昌吉回族自治州工业和信息化局", "--format", "html"),
        ("export", "--format", "turtle"),
        ("show",),
    ],
)
def test_a_place_that_cannot_be_written_is_named(caimai, example_store: Path, tmp_path: Path, arguments) -> None:  # type: ignore[no-untyped-def]
    for place in (tmp_path, tmp_path / "missing" / "file"):
        status, out, err = caimai(*arguments, "--store", example_store, "-o", place)
        assert (status, out) == (1, "")
        assert str(place) in err
        assert "Traceback" not in err


def test_a_bundle_that_cannot_be_written_is_named(caimai, example_store: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    place = tmp_path / "missing" / "proof.zip"
    status, _, err = caimai("trace", "机关运行补助经费", "--store", example_store, "--bundle", place)
    assert status == 1
    assert err.splitlines()[-1].startswith(f"{place}：")


@pytest.mark.parametrize("place", ["before", "after"])
def test_the_language_is_asked_for_before_or_after_the_command(caimai, example_store: Path, place: str) -> None:  # type: ignore[no-untyped-def]
    asked = ("trace", "机关运行补助经费", "--store", example_store)
    said = caimai("--lang", "en", *asked) if place == "before" else caimai(*asked, "--lang", "en")
    assert said[0] == 0
    assert "budgeted  50.00 万元" in said[1]


def test_a_parameter_given_twice_is_refused(caimai, example_store: Path) -> None:  # type: ignore[no-untyped-def]
    years = ("--param", "year=2024", "--param", "year=2025")
    status, _, err = caimai("ask", "largest_projects", *years, "--store", example_store)
    assert status == 2
    assert "year=2025" in err


def test_an_unknown_level_is_answered_with_all_there_are(caimai, example_store: Path) -> None:  # type: ignore[no-untyped-def]
    status, _, err = caimai("ask", "money_of_level", "--param", "origin=部", "--store", example_store)
    assert status == 2
    assert "中央" in err


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_a_terminal_without_the_letters_is_written_to_all_the_same(
    example_store: Path, root: Path, encoding: str
) -> None:
    command = ("trace", "机关运行补助经费", "--store", str(example_store))
    done = subprocess.run(
        [sys.executable, "-m", "caimai", *command], cwd=root, capture_output=True, check=False, timeout=600,
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert "50.00 " in done.stdout.decode(encoding)


@pytest.mark.parametrize(
    "arguments",
    [
        ("trace", "\udcff"),
        ("ask", "largest_projects", "--param", "body=\udcff"),
        ("show", "--focus", "\udcff", "-o", "page.html"),
        ("sum", "--body", "\udcff", "--year", "2025"),
    ],
)
def test_a_name_that_is_no_text_is_not_found(caimai, example_store: Path, arguments: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    status, out, err = caimai(*arguments, "--store", example_store)
    assert (status in {1, 2}, out) == (True, "")
    assert "图中没有" in err


def test_a_graph_of_an_earlier_release_is_told_with_the_answer(caimai, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "store"
    store = open_store(folder)
    build([document(NAMES[0])], store)
    (stated,) = store.quads_for_pattern(None, NamedNode("http://www.w3.org/2002/07/owl#versionInfo"), None)
    del store
    asked = [("ask", "disclosures"), ("audit",), ("audit", "nobody")]
    assert not any("caimai build" in caimai(*one, "--store", folder)[2] for one in asked)
    store = open_store(folder)
    store.remove(stated)
    store.add(Quad(stated.subject, stated.predicate, Literal("0.0.9"), stated.graph_name))
    store.flush()
    del store
    for one in asked:
        assert "0.0.9" in caimai(*one, "--store", folder)[2]
