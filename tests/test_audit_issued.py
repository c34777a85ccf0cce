"""Issuers of documents and institutions of projects, as texts call them, on rows made for them."""

from typing import Any

import pyoxigraph as ox
import pytest

from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED


def signals(rule: str, **answers: list[dict[str, Any]]) -> list[Signal]:
    known: dict[str, Any] = {"projects": [], "forms": [], "uses": [], "paragraphs": [], "changes": [], **answers}
    own = ox.Store()
    book = Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某县科技局", 2025, False, {}, {}, known)
    return list(WORDED[rule](rules()[rule], book))


def paragraph(words: str) -> dict[str, Any]:
    return {"section": "七、项目支出", "words": words, "evidence": "urn:e"}


def project(name: str, **texts: str) -> dict[str, Any]:
    row = {"project": "urn:p", "name": name, "at": "urn:n", "told": "urn:t", "basis": None, "use": None}
    return {**row, "purpose": None, **texts}


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("根据昌吉州财政局下发《关于下达预算的通知》（昌州财建【2023】146号）文件", None),
        ("现按昌吉州财政局下发《关于下达预算的通知》（昌州财建【2023】146号）文件", None),
        ("根据自治州财政局下发《关于下达预算的通知》（昌州财建【2023】146号）文件", None),
        ("根据自治区财政厅下发《关于下达预算的通知》（昌州财建【2023】146号）文件", "自治区财政厅"),
        ("根据伊犁州财政局下发《关于下达预算的通知》（昌州财建【2023】146号）文件", "伊犁州财政局"),
        ("根据奇台县财政局下发《关于下达预算的通知》（昌州财建【2023】146号）文件", "奇台县财政局"),
        ("昌州财教【2024】65号财政厅关于提前下达2025年预算的通知", "财政厅"),
        ("昌州财教【2024】65号财政局关于提前下达2025年预算的通知", None),
        ("昌州财教【2024】65号关于提前下达2025年预算的通知", None),
        ("《财政部关于印发办法的通知》（新财教〔2020〕5号）", "财政部"),
        ("《财政部、自治区财政厅关于印发办法的通知》（新财教〔2020〕5号）", None),
        ("《自治区财政厅转发财政部关于印发办法的通知》（新财教〔2020〕5号）", None),
        ("《国家科技部关于印发办法的通知》（国科发〔2020〕5号）", None),  # 科技部 is 科学技术部
        ("《自治区科技厅关于印发办法的通知》（国科发〔2020〕5号）", "自治区科技厅"),
        ("《自治区人民政府关于印发办法的通知》（某办发〔2020〕5号）", None),  # nobody known uses these letters
    ],
)
def test_a_document_is_issued_by_the_body_that_uses_its_letters(words: str, other: str | None) -> None:
    found = signals("R24_issued_by", paragraphs=[paragraph(words)])
    assert [one.left.name for one in found] == ([other] if other else [])


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("昌吉州财政局", False),
        ("现按自治州财政局", False),
        ("昌吉州商务局", True),
        ("财政局", False),
    ],
)
def test_a_document_has_one_issuer(body: str, wrong: bool) -> None:
    one, other = (
        f"根据{name}下发《关于下达预算的通知》（昌州财建【2023】146号）文件" for name in ("昌吉州财政局", body)
    )
    assert bool(signals("R24_two_issuers", paragraphs=[paragraph(one), paragraph(other)])) is wrong


@pytest.mark.parametrize(
    ("listed", "wrong"),
    [
        ("下设3个处室，分别是：办公室、综合科、昌吉州专家咨询服务中心。", True),
        ("下设3个处室，分别是：办公室、综合科、昌吉州专家顾问服务中心。", False),
        ("下设3个处室，分别是：办公室、综合科、昌吉州人才服务中心。", False),
    ],
)
def test_a_part_of_the_body_bears_the_name_that_its_project_gives_it(listed: str, wrong: bool) -> None:
    told = [{**paragraph(listed), "section": "二、机构设置"}]
    assert bool(signals("R24_institution", projects=[project("专家顾问服务中心工作经费")], paragraphs=told)) is wrong


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("主要原因是自治区科技计划专项资金【第二批】增加。", True),
        ("主要原因是自治区科技计划专项资金【第三批】增加。", False),
        ("主要原因是自治区科技计划专项资金【第二批】减少。", False),  # it may have been of last year
        ("主要原因是自治区林业草原专项资金【第二批】增加。", False),  # another fund
    ],
)
def test_a_batch_that_was_added_is_that_of_the_project(said: str, wrong: bool) -> None:
    held = [project("昌州财教[2024]49号2024年自治区科技计划专项资金[第三批]")]
    assert bool(signals("R24_batch", projects=held, paragraphs=[paragraph(said)])) is wrong


@pytest.mark.parametrize(
    ("name", "use", "wrong"),
    [
        ("2024年招商企业服务中心运转经费", "用于招商引资服务中心运行。", True),
        ("2024年招商引资服务中心运转经费", "用于招商引资服务中心运行。", False),
        ("2024年招商企业服务中心运转经费", "用于招商企业服务中心与招商引资服务中心的对接。", False),
        ("2024年招商企业服务中心运转经费", "用于政务服务中心大厅。", False),  # another one altogether
        ("2024年招商经费", "用于招商引资服务中心运行。", False),
    ],
)
def test_an_institution_bears_the_name_that_its_project_gives_it(name: str, use: str, wrong: bool) -> None:
    basis = f"根据《{name}》文件"  # a quotation of the name says nothing
    assert bool(signals("R24_institution", projects=[project(name, use=use, basis=basis)])) is wrong


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("包括：昌州财教[2024]65号2025年中央“三区”科技人才支持计划资金、培训费。", True),
        ("包括：昌州财教〔2024〕65号2025年中央三区科技人才支持计划、培训费。", False),
        ("包括：昌州财教[2024]65号2025年中央“三区”科技人才支持计划资金安排情况。", False),  # the money of it
    ],
)
def test_the_whole_name_of_a_project_has_no_word_more_in_sentences(words: str, wrong: bool) -> None:
    name = "昌州财教[2024]65号2025年中央“三区”科技人才支持计划"
    found = signals("R24_project_name", projects=[project(name)], paragraphs=[paragraph(words)])
    assert bool(found) is wrong


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("新兴工业化视角下自治州优势产业链重点研究。", "新型工业化"),
        ("新型工业化视角下自治州优势产业链重点研究。", None),
        ("新型工业数字化人才培训。", None),
        ("培育战略性新型产业。", "战略性新兴产业"),
        ("推进高质量发展，优化营商环境。", None),
        ("推进高水平开放，优化投资环境。", None),
        ("主要原因是公务车用车运行费保持不变。", "公务用车"),
        ("公务车购置及运行费0万元。", "公务用车"),
        ("公务车运行维护费9.36万元。", None),
        ("公务用车运行维护费增加，公务车辆2辆。", None),
        ("公务招待费3万元。", "公务接待费"),
        ("绩效指标量化程度有待提高，合理安排生产，扶持小型企业，节能减耗。", None),  # terms of their own
    ],
)
def test_set_terms_have_their_own_characters(words: str, right: str | None) -> None:
    found = signals("W17_set_term", paragraphs=[paragraph(words)])
    assert [one.right.name for one in found] == ([right] if right else [])


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("自治区科技计划专项资金【第三批】增加。", True),
        ("自治区科技计划专项资金（第三批）增加。", True),
        ("自治区科技计划专项资金[第三批]增加。", False),
        ("自治区科技计划专项资金［第三批］增加。", False),  # the same form in full width
        ("自治区科技人才资助【第三批】增加。", False),  # of something else
        ("自治区科技计划专项资金第三批增加。", False),
    ],
)
def test_brackets_within_a_name_are_of_one_form(words: str, wrong: bool) -> None:
    rows = {"projects": [project("2024年自治区科技计划专项资金[第三批]")], "paragraphs": [paragraph(words)]}
    assert bool(signals("R24_name_brackets", **rows)) is wrong
