"""Document numbers: what every print of one or several means, and what is no number or none that is sure."""

import pytest

from kg import iris
from kg.names import fold
from ontology.document_number import DocumentNumber, doubtful, listed, mentions, parse
from ontology.serials import are_split, han_number


def numbers_in(text: str) -> list[str]:
    return [str(mention.number) for mention in mentions(text)]


@pytest.mark.parametrize(
    "printed",
    [
        "财社〔二〇二四〕65号",
        "财社〔二○二四〕六十五号",
        "财社〔二零二四年〕六五号",
        "财社「2024」65号",
        "财社『2024年』65号",
        "财社“2024”65号",
        "财社〔2024）65号",
        "财社（2024〕65号",
        "财社〔24〕65号",
        "财社[24]第065号",
        "财社2024〕65号",
        "财社〔2024 65号",
        "财社〔2024〕65文件",
        "（财社〔2024〕65）",
        "依据财社【2024】65，安排",
        "财社〔2024〕65、财农",
    ],
)
def test_a_print_that_can_mean_one_document_only_is_that_document(printed: str) -> None:
    assert numbers_in(printed) == ["财社〔2024〕65号"]


@pytest.mark.parametrize(
    ("printed", "serials"),
    [
        ("财社〔2023〕80、81号", [80, 81]),
        ("财社〔2023〕80，81号", [80, 81]),
        ("财社〔2023〕80/81号", [80, 81]),
        ("财社〔2023〕80号文件、81号文件", [80, 81]),
        ("财社〔2023〕80号，081号及第82号", [80, 81, 82]),
        ("财社〔2023〕八十、八十一号", [80, 81]),
        ("财社〔2023〕80至82号", [80, 81, 82]),
        ("财社〔2023〕80～82号", [80, 81, 82]),
        ("财社〔2023〕80—82号", [80, 81, 82]),
        ("财社〔2023〕80号-82号", [80, 81, 82]),
        ("财社〔2023〕80号至82号、85号", [80, 81, 82, 85]),
        ("财社〔2023〕80号、81-2号", [80, 81]),
        ("财社〔2023〕80号、3号令", [80]),
        ("财社〔2023〕80号、3号公路", [80]),
        ("财社〔2023〕80号至2025年", [80]),
    ],
)
def test_a_list_and_a_range_mean_each_of_their_documents(printed: str, serials: list[int]) -> None:
    found = [mention.number for mention in mentions(printed)]
    assert [number.serial for number in found] == serials
    assert {(number.prefix, number.year) for number in found} == {("财社", 2023)}


def test_the_numbers_of_a_range_stand_at_one_place_and_a_name_folds_to_each_once() -> None:
    first, second = mentions("依据财社〔2023〕80至81号")
    assert first.raw == second.raw == "财社〔2023〕80至81号"
    assert fold("财社[2023]80至81号文件") == "财社(2023)80号财社(2023)81号文件"


@pytest.mark.parametrize("printed", ["财社〔2024〕65-1号", "财社〔2024〕65－1号", "财社〔2024〕65—1号"])
def test_a_part_of_a_number_is_a_document_of_its_own(printed: str) -> None:
    number = parse(printed)
    assert number == DocumentNumber("财社", 2024, 65, 1)
    assert str(number) == "财社〔2024〕65-1号"
    assert parse(str(number)) == number
    assert iris.number_of(iris.document(number)) == number
    assert iris.document(number) != iris.document(DocumentNumber("财社", 2024, 65))


@pytest.mark.parametrize(
    "printed",
    [
        "财社〔2023〕80-82号",  # a range, or a part of the one
        "财社〔2023〕80.81号",
        "财社〔2023〕80 81号",  # two, or 8081
        "财社〔2022、2023〕80号",
        "财社〔2023〕特1号",
        "财社2024年65号",
        "财社2024-65号",
        "〔2024〕65号",
    ],
)
def test_what_may_mean_several_things_is_no_number_and_is_told(printed: str) -> None:
    assert numbers_in(printed) == []
    assert list(doubtful(printed))


def test_a_further_number_that_cannot_be_told_is_told() -> None:
    text = "依据财社〔2023〕80号、82-85号"
    assert numbers_in(text) == ["财社〔2023〕80号"]
    assert [text[start:end] for start, end in doubtful(text)] == ["82-85号"]


@pytest.mark.parametrize(
    "printed",
    [
        "2024年3月5日", "0994-1234567", "2011308", "第65页", "预算法（2018年修正）第十二条", "预算（2024）3.5万元",
        "国务院令第712号", "财政部公告2024年第65号", "表3", "一区（24）65号", "某某「2024」65号", "某某〔24〕65号",
        "某某〔2024〕65", "财社〔2024〕65个", "财社（2024）3、甲项目", "3号楼", "合计（2024）65",
    ],
)  # fmt: skip
def test_what_is_no_number_of_a_document_is_none(printed: str) -> None:
    assert numbers_in(printed) == []


@pytest.mark.parametrize("printed", ["国办发〔2014〕70号", "国发〔1998〕44号", "中发〔2018〕34号"])
def test_numbers_of_laws_and_central_rules_are_documents(printed: str) -> None:
    assert numbers_in(printed) == [printed]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("财社〔2023〕80、81", ["财社〔2023〕80号", "财社〔2023〕81号"]),
        ("财社[2023]80号和财农[2024]3号文件", ["财社〔2023〕80号", "财农〔2024〕3号"]),
        ("财社〔2023〕80号、81号甲项目", []),
        ("甲项目", []),
    ],
)
def test_a_text_of_numbers_alone_lists_them(text: str, found: list[str]) -> None:
    assert list(map(str, listed(text))) == found


@pytest.mark.parametrize(
    ("printed", "split"), [("80 81", True), ("1 05", True), ("6 5", False), ("6\n5", False), ("65", False)]
)
def test_blanks_between_digits_may_part_two_numbers(printed: str, split: bool) -> None:
    assert are_split(printed) is split


@pytest.mark.parametrize(
    ("printed", "value"),
    [("十", 10), ("十五", 15), ("六十五", 65), ("一百零八", 108), ("三百二十", 320), ("六五", 65), ("百", None)],
)
def test_numerals_are_read_by_places_or_digit_by_digit(printed: str, value: int | None) -> None:
    assert han_number(printed) == value
