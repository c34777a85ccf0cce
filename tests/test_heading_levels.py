"""部门 and 单位 in the headings of made disclosures: each with a slip beside one without."""

from pathlib import Path

import pytest

from extract.plain_text import read_text
from extract.recognition import facts
from kg.build import build
from kg.store import MEMORY, open_store
from queries.auditing.audit import audit
from queries.auditing.signal import Signal

_HEADINGS = [
    "第一部分 2025年某某县科学技术局{0}概况", "第二部分 2025年{1}预算公开表", "{2}收支总体情况表", "{3}收入总体情况表",
    "{4}支出总体情况表", "第三部分 2025年{5}预算情况说明",
]  # fmt: skip


def headings(tmp_path: Path, *words: str, title: str = "部门", contents: str = "") -> list[Signal]:
    """What is said of the headings of a disclosure with these words, its title and contents."""
    held = [heading.format(*words) for heading in _HEADINGS]
    texts = [held[0], "一、主要职能", "负责科技工作。", held[1]]
    for at in (2, 3, 4):
        texts += [f"表{at - 1}", held[at], "编制部门：某某县科学技术局", "单位：万元"]
    texts += [held[5], "一、关于某某县科学技术局2025年收支预算情况的总体说明", "收支总预算5.00万元。"]
    listed = [heading.format(*contents.split()) for heading in _HEADINGS] if contents else []
    cover = [f"某某县科学技术局2025年{title}预算公开", *(["目录", *listed] if listed else [])]
    file = tmp_path / "某某县科学技术局2025年.txt"
    file.write_text("\n\n".join([*cover, *texts]), "utf-8")
    document = read_text(file, file.read_bytes())
    store = open_store(MEMORY)
    build([(document.sha256, list(facts(document)))], store)
    return [one for one in audit(store).signals if one.rule == "W14_level" and one.severity == "warning"]


def test_headings_with_one_word_are_not_told(tmp_path: Path) -> None:
    assert headings(tmp_path, *["部门"] * len(_HEADINGS)) == []


@pytest.mark.parametrize("wrong", range(len(_HEADINGS)))
def test_one_heading_with_the_other_word_is_told_with_both_places(tmp_path: Path, wrong: int) -> None:
    words = ["部门"] * len(_HEADINGS)
    words[wrong] = "单位"
    (found,) = headings(tmp_path, *words)
    assert "单位" in found.left.name
    assert "部门" in found.right.name
    assert len(found.left.places) == len(found.right.places) == 1


def test_an_entry_of_the_contents_is_held_against_its_heading(tmp_path: Path) -> None:
    contents = "部门 部门 部门 部门 部门 单位"
    (found,) = headings(tmp_path, *["部门"] * 6, contents=contents)
    assert found.left.name == "第三部分2025年单位预算情况说明"
    assert found.right.name == "第三部分2025年部门预算情况说明"


def test_a_title_of_a_unit_over_headings_of_a_department_is_told(tmp_path: Path) -> None:
    (found,) = headings(tmp_path, *["部门"] * 6, title="单位")
    assert found.left.name == "某某县科学技术局2025年单位预算公开"
    assert found.right.name == "第二部分2025年部门预算公开表"


def test_a_disclosure_that_says_unit_throughout_is_right(tmp_path: Path) -> None:
    assert headings(tmp_path, *["单位"] * 6, title="单位") == []
    assert headings(tmp_path, *["单位"] * 6, title="部门") == []  # the title may be that of the whole department


@pytest.mark.parametrize(
    "words",
    [
        ("单位", "部门", "单位", "单位", "部门", "部门"),  # mixed freely
        ("部门", "部门", "单位", "单位", "单位", "部门"),
    ],
)
def test_words_that_are_mixed_are_no_slips(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert headings(tmp_path, *words) == []


def test_a_heading_written_so_in_the_contents_too_is_a_choice(tmp_path: Path) -> None:
    words = ["单位", "部门", *["单位"] * 4]
    assert headings(tmp_path, *words, title="单位", contents=" ".join(words)) == []
