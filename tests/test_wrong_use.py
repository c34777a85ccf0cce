"""Wrong use and unreadable files, told in the reader's language; Ctrl-C while the program loads."""

import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

import caimai
from caimai import library
from caimai.cli import cli
from caimai.usage_errors import told
from ontology.errors import UnreadableDocument
from ontology.reading_errors import message_in_chinese, phrase_in_chinese


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (["nosuch"], "没有命令 nosuch", "No such command 'nosuch'."),
        (["aks"], "没有命令 aks；相近的有：ask", "No such command 'aks'."),
        (["trace"], "缺少 'WHAT'", "Missing argument 'WHAT'."),
        (["ask", "--bad"], "没有选项 --bad", "No such option '--bad'."),
        (["ask", "--format", "xml"], "'--format' 的值不对：只能是 table、json、csv、markdown", "is not one of"),
        (["sparql", "no.rq"], "'FILE|-' 的值不对：no.rq 没有这个文件或目录，或者打不开", "No such file"),
        (["facts", "--jobs", "0", "x"], "'--jobs' 的值不对：要在 x>=1 之内", "is not in the range"),
        (["facts", "--jobs", "a", "x"], "'--jobs' 的值不对", "is not a valid integer"),
    ],
)
def test_wrong_use_is_told_in_the_language_of_the_reader(arguments: list[str], zh: str, en: str) -> None:
    with pytest.raises(click.ClickException) as error:
        cli(arguments, standalone_mode=False)
    assert told(error.value, "zh").startswith(zh)
    assert en in told(error.value, "en")
    assert "--help" in told(error.value, "zh").splitlines()[-1]


@pytest.mark.parametrize(
    ("reason", "advice", "chinese"),
    [
        ("no such file", "check the name", "a.pdf：没有这个文件，请检查文件名"),
        ("an empty file", "fetch it again", "a.pdf：是空文件，请重新下载"),
        ("not what its ending .pdf says, but a web page (HTML)", "", "a.pdf：内容与后缀 .pdf 不符，实为网页（HTML）"),
        (
            "files ending in .docx are not read; this is a picture (PNG)",
            "",
            "a.pdf：不读以 .docx 结尾的文件；这是图片（PNG）",
        ),
        ("9001 pages", "a PDF of 1 to 5000 pages is read", "a.pdf：共 9001 页，可读 1 至 5000 页的 PDF"),
        ("something new", "", "a.pdf：something new"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_chinese_too(reason: str, advice: str, chinese: str) -> None:
    error = UnreadableDocument("a.pdf", reason, advice)
    assert error.zh == chinese
    assert message_in_chinese("a.pdf", str(error)) == chinese


def test_a_phrase_within_a_phrase_is_translated() -> None:
    assert phrase_in_chinese("the file cannot be opened: Permission denied") == "文件打不开：没有权限"


def test_the_package_offers_what_its_library_has() -> None:
    assert caimai.__all__ == library.__all__
    assert set(caimai.__all__) <= set(dir(caimai))
    assert all(getattr(caimai, name) is getattr(library, name) for name in caimai.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        getattr(caimai, "nothing")  # noqa: B009 - mypy knows that it is not there


@pytest.mark.process
def test_ctrl_c_while_the_program_loads_ends_it_without_a_word() -> None:
    """A process that interrupts itself as soon as it begins to load the commands."""
    code = (
        "import builtins, os, signal\n"
        "load = builtins.__import__\n"
        "def slow(name, *rest):\n"
        "    if name == 'caimai.cli': os.kill(os.getpid(), signal.SIGINT)\n"
        "    return load(name, *rest)\n"
        "builtins.__import__ = slow\n"
        "from caimai.start import main\n"
        "main()\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, "ask"], capture_output=True, check=False, timeout=600)
    assert ended.returncode == -signal.SIGINT
    assert ended.stdout + ended.stderr == b""


def test_a_file_is_no_store_and_a_query_in_no_known_encoding_is_refused(tmp_path: Path, example_store: Path) -> None:
    (tmp_path / "file").write_text("text")
    with pytest.raises(caimai.CaimaiError, match="a file, not a store"):
        caimai.open(tmp_path / "file")
    (tmp_path / "query.rq").write_bytes(b"\xff\xfe")
    with pytest.raises(caimai.RefusedQuery, match="not a text in UTF-8"):
        cli(["sparql", str(tmp_path / "query.rq"), "--store", str(example_store)], standalone_mode=False)


def test_a_language_that_is_not_there_is_refused(example_store: Path) -> None:
    with pytest.raises(caimai.CaimaiError, match="there are 'zh' and 'en'"):
        caimai.open(example_store, lang="fr")
