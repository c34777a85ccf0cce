"""Names near a wanted one, and why they are near."""

import pytest

from queries.nearest import fits_initials, initials, is_short_form, nearest, nearest_codes, spelled

NAMES = [
    "奇台县商务科技和工业信息化局",
    "昌吉回族自治州工业和信息化局", "昌吉回族自治州财政局", "新疆人才发展基金",
    "昌州财教[2024]49号2024年自治区科技计划专项资金[第三批]",
    "克州润华纺织有限公司", "机关运行补助经费", "重庆市财政局",
]  # fmt: skip
NUMBERS = [
    "昌州财教〔2024〕65号",
    "昌州财教〔2023〕66号",
    "昌州财建〔2024〕66号",
    "克财行〔2025〕17号",
    "昌州财教〔2024〕94号",
]


@pytest.mark.parametrize(
    ("wanted", "name", "why"),
    [
        ("新疆人才发展基金（", "新疆人才发展基金", "marks"),
        ("昌州财教2024 49号2024年自治区科技计划专项资金第三批", NAMES[4], "marks"),
        ("xjrcfzjj", "新疆人才发展基金", "initials"),
        ("rcfz", "新疆人才发展基金", "initials_part"),
        ("cqsczj", "重庆市财政局", "initials"),
        ("rencai", "新疆人才发展基金", "spelled"),
        ("昌吉州工信局", "昌吉回族自治州工业和信息化局", "short_form"),
        ("新疆人财发展基金", "新疆人才发展基金", "spelled"),
        ("新疆人才发展资金", "新疆人才发展基金", "slip"),
        ("克州润华纺织公司", "克州润华纺织有限公司", "short_form"),
        ("机关运转补助费用", "机关运行补助经费", "alike"),
        ("润华纺织", "克州润华纺织有限公司", "part"),
        ("商科局", "奇台县商务科技和工业信息化局", "short_part"),
        ("昌州财教2024年65号", "昌州财教〔2024〕65号", "number_loose"),
        ("昌州财教2024-065", "昌州财教〔2024〕65号", "number_loose"),
        ("自治区科计计划专项资金", NAMES[4], "spelled_inside"),
        ("自治区科研计划专项资金", NAMES[4], "slip_inside"),
        ("科技计化", NAMES[4], "spelled_inside"),
        ("qtgxj", "奇台县商务科技和工业信息化局", "initials_short"),
    ],
)
def test_a_near_name_says_why_it_is_near(wanted: str, name: str, why: str) -> None:
    first = nearest(wanted, [*NAMES, *NUMBERS])[0]
    assert (first.name, first.why) == (name, why)


def test_near_numbers_have_the_same_issuer_first() -> None:
    found = nearest("昌州财教〔2024〕66号", NUMBERS)
    assert [(near.name, near.why) for near in found] == [
        ("昌州财教〔2023〕66号", "number_year"),
        ("昌州财教〔2024〕65号", "number_serial"),
        ("昌州财教〔2024〕94号", "number_serial"),
        ("昌州财建〔2024〕66号", "number_issuer"),
    ]


def test_a_slip_inside_a_long_name_comes_before_names_that_are_merely_alike() -> None:
    names = ["奇财预〔2025〕68号2025年招商引资经费", "引智工作经费", "科技和招商工作经费"]
    found = [(near.name, near.zh) for near in nearest("招商引次经费", names)]
    assert found[0] == (names[0], "名称里有只差1个字的字样")
    assert found[-1] == ("引智工作经费", "字面相近")


def test_what_is_like_nothing_has_no_near_names() -> None:
    assert nearest("没有这个东西", NAMES) == []


def test_reasons_are_said_in_both_languages() -> None:
    (near,) = nearest("新疆人才发展资金", NAMES)[:1]
    assert (near.zh, near.en) == ("只差1个字", "1 character(s) differ")


def test_pinyin_keeps_letters_and_digits_and_takes_any_reading_of_a_character() -> None:
    assert initials("2025年（科技）A类") == "2025nkjal"
    assert spelled("财政局") == "caizhengju"
    assert fits_initials("cq", "重庆")
    assert fits_initials("zq", "重庆")


def test_a_short_form_keeps_the_order_and_both_ends() -> None:
    assert is_short_form("昌吉州工信局", "昌吉回族自治州工业和信息化局")
    assert not is_short_form("昌吉州信工局", "昌吉回族自治州工业和信息化局")
    assert not is_short_form("昌吉", "昌吉回族自治州")


def test_a_code_that_is_not_there_is_answered_with_those_above_and_below() -> None:
    known = [("201", "一般公共服务支出"), ("20113", "商贸事务"), ("2011308", "招商引资"), ("2060599", "其他")]
    found = [(near.name, near.why) for near in nearest_codes("2011399", known)]
    assert found == [("20113 商贸事务", "code_above"), ("201 一般公共服务支出", "code_above")]
    assert [near.why for near in nearest_codes("2011", known)] == ["code_above", "code_below", "code_below"]
