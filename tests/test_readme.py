"""What the READMEs show is what the program prints."""

import io
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

import caimai
from caimai.cli import cli
from caimai.trace_text import print_trace
from caimai.words import say


def blocks(text: str) -> list[list[str]]:
    return [block.splitlines() for block in re.findall(r"```text\n(.*?)```", text, re.DOTALL)]


@pytest.mark.parametrize(("file", "lang"), [("README.md", "zh"), ("README.en.md", "en")])
def test_the_trace_in_the_readme_is_the_trace_that_is_printed(
    root: Path, example_store: Path, file: str, lang: str
) -> None:
    printed = io.StringIO()
    trace = caimai.trace(example_store, "昌州财教[2024]65号")
    print_trace(Console(file=printed, width=120, highlight=False), trace, say(lang))
    shown = blocks((root / file).read_text("utf-8"))[0]
    assert len(shown) > 20
    assert [line for line in shown if line not in printed.getvalue().splitlines()] == ["      …"]


@pytest.mark.parametrize(("file", "lang"), [("README.md", "zh"), ("README.en.md", "en")])
def test_the_answer_in_the_readme_is_the_answer_that_is_printed(
    root: Path, example_store: Path, file: str, lang: str
) -> None:
    shown = blocks((root / file).read_text("utf-8"))[1]
    command, *rows = shown
    asked = [*command.removeprefix("$ caimai ").split(), "--store", str(example_store)]
    printed = CliRunner().invoke(cli, ["--lang", lang, *asked])
    assert printed.exit_code == 0
    assert rows == printed.output.rstrip().splitlines()


@pytest.mark.parametrize("file", ["README.md", "README.en.md", "CONTRIBUTING.md", "docs/dependencies.md"])
def test_every_link_to_a_file_leads_somewhere(root: Path, file: str) -> None:
    page = root / file
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8"))
    assert not [link for link in links if "://" not in link and not (page.parent / link).exists()]
