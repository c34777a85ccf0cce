"""What was read, drawn over the page: the colour of a place says what became of it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from caimai.cli import cli
from caimai.inspect_page import SCALE, inspected
from extract.pdf.picture import picture
from extract.readers import read
from extract.recognition import facts
from ontology.errors import UnreadableDocument
from ontology.facts import CellFact

pytestmark = pytest.mark.examples

PAGE = 6
GREEN, BLUE = (0, 140, 60), (0, 90, 200)


@pytest.fixture(scope="module")
def example(root: Path) -> Path:
    (found,) = (root / "examples").glob("昌吉回族自治州科学技术局2025*.pdf")
    return found


def test_every_figure_read_has_a_green_frame(example: Path) -> None:
    image = inspected(example, PAGE).image
    stated = [fact for fact in facts(read(example)) if isinstance(fact, CellFact) and fact.source.page == PAGE]
    boxes = [fact.source.bbox for fact in stated if fact.source.bbox]
    assert len(boxes) > 20
    for x0, top, x1, bottom in boxes:
        edge = [image.getpixel((round((x0 + x1) / 2 * SCALE), round(at * SCALE))) for at in (top, bottom)]
        assert GREEN in edge


def test_the_title_of_a_table_is_drawn_as_a_heading(example: Path) -> None:
    image = inspected(example, PAGE).image
    lines = [line for line in read(example).lines() if line.page == PAGE]
    (title,) = [line for line in lines if line.text.strip() == "部门收入总体情况表"]
    assert title.bbox
    x0, _, x1, bottom = title.bbox
    assert image.getpixel((round((x0 + x1) / 2 * SCALE), round(bottom * SCALE))) == BLUE


def test_what_the_colours_mean_stands_below_the_page(example: Path) -> None:
    image, page = inspected(example, PAGE).image, picture(example.read_bytes(), PAGE, SCALE, example.name)
    strip = image.crop((0, page.size[1], *image.size))
    assert image.size[0] == page.size[0]
    colours = {colour for _, colour in strip.getcolors(1 << 16) or ()}
    assert {GREEN, BLUE} < colours


def test_a_finding_of_the_page_is_told_with_its_number(shared: Path) -> None:
    found = inspected(shared / "corpus/rendered/s001_horiz.pdf", 3).findings
    assert [finding.source.page for finding in found] == [3]


def test_findings_are_told_in_the_language_of_the_reader(shared: Path, tmp_path: Path) -> None:
    page = ["inspect", str(shared / "corpus/rendered/s001_horiz.pdf"), "--page", "3", "-o", str(tmp_path / "page.png")]
    chinese, english = (CliRunner().invoke(cli, ["--lang", lang, *page]).output for lang in ("zh", "en"))
    assert "1：有 2 张表没有竖线：按横线的分段区分各栏\n" in chinese
    assert "1: 2 tables without rules between columns: the pieces of the rules across tell the columns\n" in english


@pytest.mark.parametrize(("page", "reason"), [(0, "no page 0"), (999, "no page 999")])
def test_a_page_that_is_not_there_is_said(example: Path, page: int, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as error:
        inspected(example, page)
    assert reason in str(error.value)
    assert example.name in str(error.value)


def test_only_pdfs_have_pages_to_draw_on(root: Path) -> None:
    with pytest.raises(UnreadableDocument, match="no PDF"):
        inspected(root / "README.md", 1)
