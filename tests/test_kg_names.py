"""How names are folded, and how addresses are minted from them."""

import pytest

from kg import iris
from kg.names import bare, fold, numbers, programme, title_of
from ontology.document_number import DocumentNumber

P65 = "昌州财教[2024]65 号2025 年中央“三区”科技人才支持计划"
P64 = "克财建（2025）64号：关于预拨2025年第二批纺织服装产业补贴资金的通知"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (P65, "昌州财教【2024】65号2025年中央三区科技人才支持计划"),
        (P64, "克财建〔2025〕64 号：关于预拨 2025 年第二批纺织服装产业补贴资金的通知"),
        ("自治区科技计划专项资金[第三批]", "自治区科技计划专项资金【第三批】"),
        ("国发〔2022〕09号", "国发〔2022〕9号"),
    ],
)
def test_names_that_differ_in_brackets_quotes_or_spaces_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert iris.segment(fold(one)) == iris.segment(fold(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (P64, f"{P64}（纺织服装企业缴纳增值税收入补助资金）"),
        ("2.5万吨项目", "25万吨项目"),
        ("甲-乙", "甲乙"),
        ("甲.乙", "甲-乙"),
    ],
)
def test_different_names_have_different_addresses(one: str, other: str) -> None:
    assert iris.segment(fold(one)) != iris.segment(fold(other))


def test_a_long_name_keeps_its_hash_where_only_the_end_differs() -> None:
    assert iris.segment("长" * 50 + "甲") != iris.segment("长" * 50 + "乙")


def test_an_address_holds_no_sign_that_iris_forbid() -> None:
    assert iris.thing("proj", iris.segment('a[b] <c> "d" {e}|^`\\ %')).value.isprintable()


def test_a_code_outside_its_list_can_be_read_back() -> None:
    assert iris.printed(iris.code("unit", "万元/人")) == "万元/人"


def test_a_document_number_can_be_read_back() -> None:
    number = DocumentNumber("昌州财教", 2024, 65)
    assert iris.document(number).value.endswith("/doc/昌州财教-2024-65")
    assert iris.number_of(iris.document(number)) == number


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("奇台县商务科技和工业信息化局", "652325.商务科技和工业信息化局"),
        ("奇台县 商务科技和工业信息化局", "652325.商务科技和工业信息化局"),
        ("某某协会", "_.某某协会"),
    ],
)
def test_a_body_is_known_by_its_division_and_its_name_without_the_place(name: str, address: str) -> None:
    assert iris.body(name).value.rpartition("/")[2] == address


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("奇财预【2025】68号2025年招商引资经费", "招商引资经费"),
        ("奇财预【2024】55号2024年招商引资经费", "招商引资经费"),
        ("科技三项费(项目)", "科技三项费"),
        ("昌州财建【2024】105号-2024年第二批州级预算内前期费", "第二批州级预算内前期费"),
        ("2025年自治区科技计划项目专项资金预算的通知", "自治区科技计划项目专项资金预算"),
        ("2025年", "2025年"),
    ],
)
def test_a_bare_name_has_no_number_year_or_issuing_words(printed: str, meant: str) -> None:
    assert bare(printed) == meant


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (P65, "三区科技人才支持计划"),
        ("昌州财教【2024】65号财政厅关于提前下达2025年中央三区科技人才支持计划预算的通知", "三区科技人才支持计划"),
        ("昌州财教[2024]63号2025年中央“基层科普行动计划”资金", "基层科普行动计划"),
        ("昌州财教[2024]49号2024年自治区科技计划专项资金[第三批]", "自治区科技计划专项资金"),
        ("克财行【2025】46号：关于提前下发新疆人才发展基金2026年度第一轮支持资金", "新疆人才发展基金"),
        ("克财行〔2025〕17号：关于拨付新疆人才发展基金2025年度第一轮支持资金的通知", "新疆人才发展基金"),
        ("克财建【2025】4号：关于预拨中央纺织服装专项资金的通知", "纺织服装专项资金"),
        (f"{P64}（纺织服装企业缴纳增值税收入补助资金）", "纺织服装产业补贴资金"),
        ("昌州财建【2023】146号2024年中央财政外经贸发展专项资金", "外经贸发展专项资金"),
        ("奇财预【2024】55号2024年招商引资经费", None),
        ("奇财预【2025】67号2025年永升集团欠款", None),
    ],
)
def test_a_programme_is_a_title_without_number_year_batch_and_issuing_words(title: str, name: str | None) -> None:
    assert programme(title) == name


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("昌州财教【2024】65号财政厅关于提前下达预算的通知", "财政厅关于提前下达预算的通知"),
        ("根据《关于提前下达预算的通知》（昌州财教〔2024〕65号）文件", "关于提前下达预算的通知"),
        ("昌州财教〔2024〕65号", None),
        ("昌州财教〔2024〕66号关于提前下达预算的通知", None),
    ],
)
def test_the_title_of_a_document_stands_after_its_number_or_in_book_marks_before_it(
    text: str, title: str | None
) -> None:
    assert title_of(DocumentNumber("昌州财教", 2024, 65), text) == title


def test_the_numbers_in_a_name_are_each_given_once() -> None:
    assert list(map(str, numbers("奇财预【2024】55号、奇财预〔2024〕55号、奇财预[2024]56号"))) == [
        "奇财预〔2024〕55号",
        "奇财预〔2024〕56号",
    ]
