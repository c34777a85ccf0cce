"""Year-on-year sentences as other regions word them: printed wording → what is compared, and what is refused."""

from pathlib import Path

import pytest

from extract.narrative.changes import changes
from extract.outline import outline
from extract.plain_text import read_text
from extract.recognition import facts as recognised
from ontology.facts import ChangeFact, Finding

SPENDING = "三、关于某县某局2025年支出预算情况说明"
THREE = "十、关于某县某局2025年财政拨款“三公”经费预算情况说明"


def facts_of(*lines: str) -> list[ChangeFact | Finding]:
    document = read_text(Path("a.txt"), "\n".join(lines).encode())
    return list(changes(document, outline(document)))


def read(*lines: str) -> list[tuple[str, ...]]:
    """Subject, amount with its unit, direction, difference and per cent of each change."""
    return [
        (fact.subject, f"{fact.amount}{fact.unit}", str(fact.direction), str(fact.delta), str(fact.percent))
        for fact in facts_of(*lines)
        if isinstance(fact, ChangeFact)
    ]


@pytest.mark.parametrize(
    "compared",
    [
        "较2024年的40.00万元增加",
        "较上年40.00增加",
        "比上年累计支出40.00万元增加",
        "比2024年当年预算数40.00万元增加",
        "与2024年度决算数相比，增加",
        "比去年增加",
        "比2024年预算数（40.00万元）增加",
        "较上年同期增加",
        "与上年对比增加",
        "与上年预算数比较，净增加",
    ],
)
def test_what_last_year_was_may_stand_between_the_year_and_the_direction(compared: str) -> None:
    sentence = f"基本支出50.00万元，{compared}10.00万元，增长25%，主要是调资。"
    ((subject, amount, _, delta, percent),) = read(SPENDING, sentence)
    assert (subject, amount, delta, percent) == ("基本支出", "50.00万元", "10.00", "25")


def test_last_years_figure_that_does_not_fit_is_a_finding_beside_the_fact() -> None:
    facts = facts_of(SPENDING, "基本支出50.00万元，较2024年的45.00万元增加10.00万元，增长25%。")
    assert [fact.message for fact in facts if isinstance(fact, Finding)] == [
        "三、支出预算情况说明: 基本支出: 45.00 last year, 增加 10.00 do not give 50.00"
    ]


@pytest.mark.parametrize("word", ["基本持平", "无增减变动", "未发生变化", "没有变化", "保持不变"])
def test_what_did_not_change_is_a_change_fact(word: str) -> None:
    assert read(SPENDING, f"基本支出50.00万元，与上年{word}。") == [("基本支出", "50.00万元", word, "None", "None")]


def test_the_lines_of_the_three_public_expenses_may_have_their_amounts_beside_them() -> None:
    assert read(
        THREE,
        "2025年“三公”经费财政拨款预算8.00亿元，比2024年预算减少3.00亿元，下降27.27%，其中：因公出国（境）费2.00亿元，减少1.00亿元，下降33.33%；"
        "公务接待费6.00亿元，减少2.00亿元，下降25%。",
    ) == [
        ("“三公”经费", "8.00亿元", "减少", "3.00", "27.27"),
        ("因公出国（境）费", "2.00亿元", "减少", "1.00", "33.33"),
        ("公务接待费", "6.00亿元", "减少", "2.00", "25"),
    ]


def test_a_sentence_of_its_own_compares_the_whole_not_its_last_part() -> None:
    assert read(
        THREE,
        "2025年“三公”经费预算8.00万元，其中：因公出国（境）费2.00万元；公务接待费6.00万元。比上年预算减少3.00万元，下降27.27%。",
    ) == [("“三公”经费", "8.00万元", "减少", "3.00", "27.27")]


def test_whether_the_whole_or_its_only_part_is_compared_is_not_guessed() -> None:
    facts = facts_of(SPENDING, "支出预算80.00万元，其中：基本支出60.00万元。比上年预算增加3.00万元。")
    assert all(isinstance(fact, Finding) for fact in facts)
    assert facts


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("住房公积金2025年预算数为5.00万元，比2024年增加1.00万元。", "住房公积金"),
        ("2080505养老保险缴费支出5.00万元，比2024年增加1.00万元。", "养老保险缴费支出"),
        ("本单位财政拨款支出5.00万元，比2024年增加1.00万元。", "财政拨款支出"),
        ("206科学技术支出（类）01管理事务（款）01行政运行（项）预算数为5.00万元，比上年增加1.00万元。", "行政运行"),
        (
            "教育支出206（类）小学教育2060102（项）：年初预算为4.00万元，支出决算为5.00万元，比上年增加1.00万元。",
            "小学教育",
        ),
        ("基本支出5.00万元，完成年初预算的98.5%，比上年增加1.00万元。", "基本支出"),
        ("基本支出5.00万元，完成全年预算5.20万元的96.15%，与上年相比增加1.00万元。", "基本支出"),
        ("2025年收入总计、支出总计均为5.00万元。与2024年度相比，收、支总计均增加1.00万元。", "收入总计、支出总计"),
        ("2025年度收入总计5.00万元，其中：本年收入5.00万元。收入支出总体与上年相比，增加1.00万元。", "收入支出总体"),
        ("2025年度收入总计5.00万元。收入支出总计与上年相比，增加1.00万元。", "收入支出总计"),
        (
            "财政拨款收入总计9.00万元。政府性基金预算财政拨款收入总计5.00万元。政府性基金预算财政拨款收入支出总体与上年相比，增加1.00万元。",
            "政府性基金预算财政拨款收入支出总体",
        ),
    ],
)
def test_what_is_compared_goes_without_codes_body_and_year(sentence: str, subject: str) -> None:
    ((found, amount, _, delta, _),) = read(SPENDING, sentence)
    assert (found, amount, delta) == (subject, "5.00万元", "1.00")


@pytest.mark.parametrize(
    "beyond",
    ["与年初预算相比，年初预算数4.00万元，决算数5.00万元，主要原因是追加", "具体情况如下：购置费1.00万元"],
)
def test_a_reason_ends_where_the_budget_or_details_follow(beyond: str) -> None:
    told = facts_of(SPENDING, f"基本支出5.00万元，比上年增加1.00万元，主要原因是人员增加；工资调整。{beyond}。")
    assert [fact.reason for fact in told if isinstance(fact, ChangeFact)] == ["人员增加；工资调整"]


def test_a_heading_of_its_own_line_is_no_part_of_what_is_compared() -> None:
    assert read(SPENDING, "（一）支出规模变动情况", "基本支出5.00万元，比上年增加1.00万元。")[0][0] == "基本支出"


def test_an_amount_whose_words_say_too_little_is_called_as_the_heading_over_it() -> None:
    text = ("（3）公务接待费支出情况。", "2025年接待24批次，210人次，支出2.05万元，较上年减少0.03万元。")
    assert read(THREE, *text)[0][:2] == ("公务接待费", "2.05万元")


@pytest.mark.parametrize(
    "sentence",
    [
        "2025年预算数比2024年执行数减少49.75万元，比2024年预算数减少59.75万元。",
        "上年预算数为80.00万元，2025年预算为100.00万元，比上年增加20.00万元。",
        "2025年，基本支出预算为10.00万元，2024年预算数为8.00万元，增加2.00万元，增长25%。",
        "收入预算60.00万元。与上年相比，财政拨款支出增加2.00万元。",
        "收、支总计各是4.00，5.00万元。与2024年相比，收、支总计各减少1.00，2.00万元，各下降20%、25%。",
    ],
)
def test_a_comparison_of_which_it_is_not_clear_what_it_compares_is_a_finding(sentence: str) -> None:
    facts = facts_of(SPENDING, sentence)
    assert facts
    assert all(isinstance(fact, Finding) for fact in facts)


def test_percentage_points_are_no_per_cents() -> None:
    facts = facts_of(SPENDING, "基本支出50.00万元，比上年减少1.00万元，下降1.99个百分点。")
    assert [fact.percent for fact in facts if isinstance(fact, ChangeFact)] == [None]
    assert any("the end of the sentence is not understood" in str(getattr(fact, "message", "")) for fact in facts)


def test_a_long_run_of_digits_is_passed_over_at_once() -> None:
    assert facts_of(SPENDING, f"支出{'1234567890' * 3000}。") == []


def test_the_executed_amount_behind_the_budget_of_the_year_is_that_of_the_thing() -> None:
    told = "2024年度财政拨款“三公”经费支出全年预算0.95万元，支出决算0.45万元，比上年减少0.50万元，下降52.63%。"
    assert read(THREE, told) == [("财政拨款“三公”经费", "0.45万元", "减少", "0.50", "52.63")]


def test_a_total_compared_behind_a_list_of_its_parts_has_the_amount_stated_before() -> None:
    income = "某局2024年度收入合计4328.74万元。其中：财政拨款收入4268.74万元；其他收入60.00万元，占1.39%。"
    compared = "与上年相比，收入合计增加128.54万元，增长3.06%。其中：其他收入增加8.00万元，增长15.38%。"
    assert read(SPENDING, income, compared) == [("收入合计", "4328.74万元", "增加", "128.54", "3.06")]
    assets = "截至2024年12月31日，某局资产总额3256.48万元，其中，固定资产2684.30万元。"
    compared = "与上年相比，本年资产总额增加153.73万元，增长4.95%。"
    assert read(SPENDING, assets, compared) == [("资产总额", "3256.48万元", "增加", "153.73", "4.95")]
    assert read(SPENDING, "项目支出10.00万元。与上年相比，收入合计增加2.00万元，增长3.06%。") == []


def test_overseas_travel_vehicles_and_receptions_have_the_amount_behind_their_budget_of_the_year() -> None:
    spent = "“三公”经费支出年初预算为30.00万元，决算为24.38万元。其中：公务接待费年初预算为6.00万元，决算为4.38万元。"
    compared = "“三公”经费支出决算比上年减少2.04万元，下降7.72%。其中：公务接待费支出决算减少0.54万元，下降10.98%。"
    told = [("“三公”经费", "24.38万元"), ("公务接待费", "4.38万元")]
    assert [one[:2] for one in read(THREE, spent, compared)] == told


CHONGQING = "二、部门收支总体情况"
INCOME = "（一）收入预算：2023年年初预算数500.00万元，其中：一般公共预算拨款收入500.00万元。"
SPENT = "（二）支出预算：2023年年初预算数500.00万元，其中：教育支出500.00万元。"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([f"{INCOME}收入较去年减少12.00万元。"], [("收入预算", "500.00万元")]),
        (
            [f"{INCOME}收入较去年减少12.00万元。", f"{SPENT}支出较去年减少12.00万元。"],
            [("收入预算", "500.00万元"), ("支出预算", "500.00万元")],
        ),
        ([f"{INCOME}", f"{SPENT}收入较去年减少12.00万元。"], []),  # under the amount of the other side
        (["收入总计80.00万元，支出总计80.00万元。收支较上年决算数减少12.00万元。"], [("收支总计", "80.00万元")]),
        (["收支较上年决算数减少12.00万元。"], []),  # no amount
    ],
)  # fmt: skip
def test_a_side_of_the_budget_compared_by_this_word_alone_has_the_amount_told_before(
    lines: list[str], found: list[tuple[str, str]]
) -> None:
    assert [(subject, amount) for subject, amount, *_ in read(CHONGQING, *lines)] == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("总预算300元，其中：基本支出100元，项目支出200元，同比增加50元，增长20%。", []),  # the whole, or its last part
        ("总预算300元，其中：基本支出100元，同比增加10元；项目支出200元，同比增加50元。", ["基本支出", "项目支出"]),
        ("总预算300元，其中：差旅费年初预算250元，支出决算200元，比上年增加50元。", ["差旅费"]),
    ],
)
def test_a_comparison_behind_several_parts_of_a_whole_is_of_no_sure_subject(sentence: str, found: list[str]) -> None:
    assert [subject for subject, *_ in read(SPENDING, sentence)] == found


def test_where_to_look_may_stand_between_the_amount_and_the_comparison() -> None:
    sentence = "2022年支出预算50.00万元（详见公开表1，2），比2021年预算减少10.00万元，减少的原因是调资，具体情况如下："
    (change,) = facts_of(SPENDING, sentence)
    assert isinstance(change, ChangeFact)
    assert (str(change.amount), str(change.delta), change.reason) == ("50.00", "10.00", "调资")


@pytest.mark.parametrize("after", ["其中：差旅费3.00万元，会议费2.00万元。", "按资金类型划分，甲类3.00万元。"])
def test_parts_behind_a_reason_are_none_of_it(after: str) -> None:
    (change,) = (one for one in facts_of(SPENDING, f"基本支出5.00万元，比上年增加1.00万元，主要原因是调资。{after}"))
    assert isinstance(change, ChangeFact)
    assert change.reason == "调资"


def test_final_accounts_compared_with_their_own_budget_are_compared_with_no_year_before() -> None:
    lines = ["某局2024年度部门决算", "七、支出决算情况说明", "会议费支出5.00万元，与{}年度预算相比，增加1.00万元。"]
    for year, told in ((2024, []), (2023, ["会议费支出"])):
        document = read_text(Path("a.txt"), "\n".join(lines).format(year).encode())
        found = [one for one in recognised(document) if isinstance(one, ChangeFact) or "comparison" in str(one)]
        assert [one.subject for one in found if isinstance(one, ChangeFact)] == told
        assert len(found) == len(told)


def test_what_was_budgeted_may_stand_between_the_amount_and_last_years() -> None:
    sentence = "会议费支出5.00万元，比预算增加0万元，比去年增加1.00万元，增长25%。"
    assert read(SPENDING, sentence) == [("会议费支出", "5.00万元", "增加", "1.00", "25")]


ALL = "六、一般公共预算财政拨款基本支出决算情况说明"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            (
                ALL,
                "（二）公用经费30.00万元。主要包括：办公费18.00万元、印刷费2.00万元、差旅",
                "费10.00万元。与上年决算相比，减少5.00万元，下降14.29%。",
            ),
            ("公用经费", "30.00万元", "减少", "5.00", "14.29"),
        ),
        (
            (
                ALL,
                "3.年末结转和结余83.80万元。结转事项：造林项目结转65.30万元，其他资金结转18.50万元。与上年决算",
                "相比，增加23.20万元，增长38.28%。",
            ),
            ("年末结转和结余", "83.80万元", "增加", "23.20", "38.28"),
        ),
        (
            (
                THREE,
                "2.公务用车购置及运行维护费年初预算24.00万元，支出决算21.00万元，完成年初预算的87.50%。年末公务用车保有量7辆，",
                "车均运行维护费3.00万元。与上年决算相比，减少1.80万元，下降7.89%。",
            ),
            ("公务用车购置及运行维护费", "21.00万元", "减少", "1.80", "7.89"),
        ),
        (
            (
                ALL,
                "2024年度收入、支出决算总计2697.15万元。与年初预算相比，收、支总计各增加149.05万元，增长5.85%。与上年决算",
                "相比，收、支总计各增加153.29万元，增长6.03%。",
            ),
            ("收入、支出决算总计", "2697.15万元", "增加", "153.29", "6.03"),
        ),
        (
            (
                ALL,
                "4．结转下年资金预算数为0万元，主要原因是无此项资金。",
                "此外，基本支出预算数为93.20万元。与上年相比增加14.35万元，增长18.22%。",
            ),
            ("基本支出", "93.20万元", "增加", "14.35", "18.22"),
        ),
    ],
)
def test_a_sentence_that_closes_a_paragraph_compares_what_the_paragraph_is_about(
    lines: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert read(*lines) == [expected]


@pytest.mark.parametrize(
    "lines",
    [
        ("1.培训费2.00万元。会议费3.00万元，差旅费4.00万元。与上年决算相比，增加1.00万元，增长50%。",),
        ("2024年度基本支出情况如下。主要包括：办公费2.00万元、印刷费3.00万元。与上年决算相比，增加1.00万元。",),
    ],
)
def test_a_sentence_that_may_compare_the_whole_or_the_last_part_compares_nothing(lines: tuple[str, ...]) -> None:
    assert read(ALL, *lines) == []
