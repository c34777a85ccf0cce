"""Year-on-year sentences: printed wording → subject, figures and reason."""

import json
from decimal import Decimal
from pathlib import Path
from time import process_time

import pytest

from extract.narrative.changes import changes
from extract.narrative.comparisons import Comparison, comparisons
from extract.outline import outline
from extract.plain_text import read_text
from ontology.facts import ChangeFact, Finding

INCOME = "二、关于某县某局2025年收入预算情况说明"
USE = "（三）一般公共预算当年拨款具体使用情况"
THREE = "十、关于某县某局2025年财政拨款“三公”经费预算情况说明"


def facts_of(*lines: str) -> list[ChangeFact | Finding]:
    document = read_text(Path("a.txt"), "\n".join(lines).encode())
    return list(changes(document, outline(document)))


def changes_of(*lines: str) -> list[ChangeFact]:
    return [fact for fact in facts_of(*lines) if isinstance(fact, ChangeFact)]


def doubts_of(*lines: str) -> list[str]:
    return [fact.message.rsplit(": ", 1)[1] for fact in facts_of(*lines) if isinstance(fact, Finding)]


def only(*lines: str) -> ChangeFact:
    (change,) = changes_of(*lines)
    return change


def figures(change: ChangeFact) -> tuple[str | None, ...]:
    values = (change.amount, change.share, change.delta, change.percent)
    return (change.direction, *(None if value is None else str(value) for value in values))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "基本支出 1,100.50 万元，占 73.96%，比上年预算增加 4.48 万元，增长 0.92%，主要原因是工资上调。",
            ("增加", "1100.50", "73.96", "4.48", "0.92"),
        ),
        ("基本支出5万元，比上年预算减少1万元,下降16.7%。主要原因是：人少。", ("减少", "5", None, "1", "16.7")),
        ("基本支出5.00万元，比上年预算增加0万元，增长0%，主要原因是无变动。", ("增加", "5.00", None, "0", "0")),
        ("基本支出5.00万元，占1%，与上年预算持平，主要原因是无变动。", ("持平", "5.00", "1", None, None)),
        ("基本支出5.00万元，较上年增长100%，主要原因是新增。", ("增长", "5.00", None, None, "100")),
        (
            "基本支出预算数为5.00万元。与上年相比增加1.00万元，增长25％。主要原因是新增。",
            ("增加", "5.00", None, "1.00", "25"),
        ),
        ("基本支出5.00万元，比2024年预算增加1.00万元。", ("增加", "5.00", None, "1.00", None)),
        ("基本支出5．00万元，⽐上年预算增加1．00万元，增长25%。", ("增加", "5.00", None, "1.00", "25")),
        ("基本支出5.00万元，占1%，同比增加1.00万元、增长25%，主要是新增。", ("增加", "5.00", "1", "1.00", "25")),
        (
            "基本支出5.00万元（占1%），比上年预算增加1.00万元（增长25%），主要是新增。",
            ("增加", "5.00", "1", "1.00", "25"),
        ),
        ("基本支出5.00万元，比上年预算增加1.00万元，增幅为25%，主要是新增。", ("增加", "5.00", None, "1.00", "25")),
        ("基本支出5.00万元，比上年预算增长25%，增加1.00万元，主要是新增。", ("增长", "5.00", None, "1.00", "25")),
        ("基本支出5.00万元，比上年预算净增1.00万元，同比增长25%，主要是新增。", ("净增", "5.00", None, "1.00", "25")),
        ("基本支出5.00万元，比上年预算减少了1.00万元，下降率为16.7%。", ("减少", "5.00", None, "1.00", "16.7")),
        ("基本支出5.00万元，比上年预算（4.00万元）增加1.00万元。", ("增加", "5.00", None, "1.00", None)),
    ],
)
def test_the_figures_of_a_sentence_are_read_as_printed(sentence: str, expected: tuple[str | None, ...]) -> None:
    change = only(INCOME, sentence)
    assert figures(change) == expected
    assert change.subject == "基本支出"
    assert change.unit == "万元"


@pytest.mark.parametrize(
    ("head", "subject"),
    [
        ("一般公共预算5.00万元", "一般公共预算"),
        ("上级一般公共预算安排的转移支付资金5.00万元", "上级一般公共预算安排的转移支付资金"),
        ("某县某局2025年一般公共预算拨款合计9.00万元，其中：基本支出5.00万元", "基本支出"),
        ("某县某局2025年的机关运行经费财政拨款预算5.00万元", "机关运行经费"),
        ("2025年，某县某局单位运行经费预算5.00万元", "单位运行经费"),
        ("2.项目支出5.00万元", "项目支出"),
    ],
)
def test_the_subject_goes_without_body_year_and_numbering(head: str, subject: str) -> None:
    change = only(INCOME, f"{head}，比上年预算增加1.00万元，增长25.00%，主要原因是新增。")
    assert (change.subject, change.amount) == (subject, Decimal("5.00"))


@pytest.mark.parametrize(
    ("tail", "reason"),
    [
        ("，主要原因是工资上调。", "工资上调"),
        ("。主要原因是：工资上调；", "工资上调"),
        ("，主要原因为1、工资上调；2、人员增加。", "1、工资上调；2、人员增加"),
        ("，主要原因是压减支出。经核定，不再安排甲项目。", "压减支出。经核定，不再安排甲项目"),
        ("，主要原因是压减支出，较上年预算有所减少。", "压减支出，较上年预算有所减少"),
        ("，主要原因是办公费比上年减少。", "办公费比上年减少"),
        ("。", None),
    ],
)
def test_the_reason_runs_to_the_end_of_the_sentence(tail: str, reason: str | None) -> None:
    assert only(INCOME, f"单位资金5.00万元，比上年预算减少1.00万元，下降16.67%{tail}").reason == reason


def test_a_reason_ends_before_a_source_that_is_not_planned() -> None:
    change = only(INCOME, "单位资金5.00万元，比上年增加1.00万元，增长25%，主要原因是新增。", "政府性基金预算未安排。")
    assert change.reason == "新增"


def test_a_reason_ends_before_the_next_subject_though_its_full_stop_is_missing() -> None:
    first, second = changes_of(
        INCOME,
        "基本支出5.00万元，比上年预算增加1.00万元，增长25%，主要原因是新增",
        "项目支出8.00万元，比上年预算减少2.00万元，下降20%，主要原因是压减。",
    )
    assert (first.reason, second.subject, second.amount) == ("新增", "项目支出", Decimal("8.00"))


def test_a_reason_ends_before_the_list_of_contents_though_its_full_stop_is_missing() -> None:
    change = only(
        INCOME,
        "单位资金5.00万元，比上年增加1.00万元，增长25%，主要原因是新增",
        "财政拨款支出主要内容如下：",
        "1.“教育支出（类）普通教育（款）小学教育（项）”2.00万元，主要用于教学。",
    )
    assert change.reason == "新增"


def test_a_sentence_wrapped_over_lines_and_a_page_number_is_one() -> None:
    lines = ("单位资金 5.00万元，占 3.76%，比上年预", "9", "算减少 1.00万元，下", "降 16.67%，主要原", "因是压减。")
    change = only(INCOME, *lines)
    assert figures(change) == ("减少", "5.00", "3.76", "1.00", "16.67")
    assert change.source.line == 2
    assert change.source.text.splitlines() == [lines[0], *lines[2:]]


@pytest.mark.parametrize("joint", ["：2025年预算数为", "2025年预算数为", "：2025年度当年预算数"])
def test_a_subject_has_its_path_of_classification_names(joint: str) -> None:
    change = only(
        "五、关于某县某局2025年一般公共预算当年拨款情况说明",
        USE,
        f"2.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）{joint}5.00万元，",
        "比上年预算增加1.00万元，增长25%，主要原因是一般公共服务支出（类）商贸事务（款）行政运行（项）并入。",
    )
    assert change.code_path == ("一般公共服务支出", "政府办公厅（室）及相关机构事务", "行政运行")
    assert (change.subject, change.section) == ("行政运行", "五（三）一般公共预算当年拨款具体使用情况")
    assert change.reason == "一般公共服务支出（类）商贸事务（款）行政运行（项）并入"


def test_a_path_may_have_dashes_and_be_followed_by_the_budgets_of_both_years() -> None:
    first, second = changes_of(
        "五、关于某县某局2026年一般公共预算当年拨款情况说明",
        "1.“教育支出(类）-普通教育（款）-小学教育（项）”2026年度预算4.84万元，2025年度预算5.84万元，主要用于：教学。",
        "2025年当年预算执行数为4.96万元，2026年预算安排4.84万元，比2025年预算执行数减少2.42%。主要原因是：学生减少。",
        "“教育支出(类）-普通教育（款）-初中教育（项）”2026年度预算8.00万元，2025年度预算9.00万元，主要用于：教学。",
        "2025年当年预算执行数为7.00万元，2026年预算安排8.00万元，比2025年预算执行数增加14.29%。主要原因是：扩建。",
    )
    assert first.code_path == ("教育支出", "普通教育", "小学教育")
    assert (first.amount, first.percent, first.reason) == (Decimal("4.84"), Decimal("2.42"), "学生减少")
    assert (second.subject, second.amount, second.reason) == ("初中教育", Decimal("8.00"), "扩建")


@pytest.mark.parametrize(
    ("words", "direction", "doubt"),
    [
        ("增加增加1.00万元，增长25%", "增加", []),
        ("增加持平", "持平", ["增加 and 持平 contradict each other"]),
    ],
)
def test_a_comparison_with_two_directions_is_read(words: str, direction: str, doubt: list[str]) -> None:
    lines = (INCOME, f"单位资金5.00万元，比上年预算{words}，主要原因是新增。")
    assert (only(*lines).direction, doubts_of(*lines)) == (direction, doubt)


THREE_PUBLIC = (
    THREE,
    "某县某局2025年财政拨款“三公”经费数为2.20万元，其中：因公出国（境）费0.00万元，公务用车购置费0.00万元，",
    "公务用车运行费1.80万元，公务接待费0.40万元。",
    "2025年财政拨款“三公”经费预算比上年预算减少0.60万元，下降21.43%，其中：因公出国（境）费增加0.00万元，",
    "增长0.00%，主要原因是未安排；公务用车购置费与上年持平，主要原因是未安排；公务用车运行费减少0.60万元，",
    "下降25.00%，主要原因是1、减少1辆车；2、节约用油；公务接待费增加0.00万元，增长0.00%，主要原因是从严控制。",
)


def test_the_lines_of_the_three_public_expenses_take_their_amounts_from_the_sentence_before() -> None:
    assert [(c.subject, str(c.amount), c.direction, c.reason) for c in changes_of(*THREE_PUBLIC)] == [
        ("财政拨款“三公”经费", "2.20", "减少", None),
        ("因公出国（境）费", "0.00", "增加", "未安排"),
        ("公务用车购置费", "0.00", "持平", "未安排"),
        ("公务用车运行费", "1.80", "减少", "1、减少1辆车；2、节约用油"),
        ("公务接待费", "0.40", "增加", "从严控制"),
    ]
    assert not doubts_of(*THREE_PUBLIC)


APART = (
    THREE,
    "财政拨款“三公”经费决算为2.20万元，其中：公务用车购置及运行维护费决算为1.80万元，公务接待费决算为0.50万元。",
    "2025年“三公”经费决算数比2024年度减少0.60万元，下降21.43%，其中：因公出国（境）费支出决算与2024年持平；",
    "公务用车购置及运行维护费支出决算减少0.60万元，下降25.00%；公务接待费支出决算0.40万元，与2024年持平。",
    "因公出国（境）费支出持平的主要原因是未安排。公务用车购置及运行维护费支出减少的主要原因是节约用油。",
)


def test_a_sentence_of_its_own_gives_the_reason_for_a_line_of_the_three_public_expenses() -> None:
    assert [(c.subject, c.amount and str(c.amount), c.reason) for c in changes_of(*APART)] == [
        ("“三公”经费", "2.20", None),
        ("因公出国（境）费", None, "未安排"),
        ("公务用车购置及运行维护费", "1.80", "节约用油"),
        ("公务接待费", "0.40", None),
    ]


def test_a_line_of_the_three_public_expenses_has_the_amount_that_was_stated_last() -> None:
    told = APART[3].replace("0.40万元，与2024年持平", "0.40万元。公务接待费与2024年持平")
    assert [str(change.amount) for change in changes_of(*APART[:3], told)][-1] == "0.40"


@pytest.mark.parametrize(
    ("sentence", "doubt"),
    [
        ("基本支出5.00万元，比上年预算增加万元，增长1%，主要原因是新增。", "the difference is left blank"),
        ("基本支出5.00万元，比上年预算增加1万元，增长%，主要原因是新增。", "the percentage is left blank"),
        ("基本支出5.00万元，比上年预算增加1万元，增长1%，主要原因是。", "the reason is left blank"),
        ("基本支出 万元，比上年预算增加1万元，增长1%，主要原因是新增。", "the amount is not printed"),
        (
            "基本支出5万元，比上年预算增加（减少）0万元，主要原因是无。",
            "the template's choice 增加（减少） is left open",
        ),
        ("基本支出5.00万元，比上年预算增加1万元，下降1%，主要原因是新增。", "增加 and 下降 contradict each other"),
        (
            "基本支出5.00万元，比上年预算增加10元，增长1%，主要原因是新增。",
            "the difference is in 元, the amount in 万元",
        ),
    ],
)
def test_what_is_left_blank_or_contradicts_is_a_finding_beside_the_fact(sentence: str, doubt: str) -> None:
    assert only(INCOME, sentence).subject == "基本支出"
    assert doubts_of(INCOME, sentence) == [doubt]


@pytest.mark.parametrize(("printed", "delta"), [("10元", "0.001"), ("1万元", "1"), ("0.5亿元", "5000")])
def test_a_difference_is_told_in_the_unit_of_its_amount(printed: str, delta: str) -> None:
    change = only(INCOME, f"基本支出5.00万元，比上年预算增加{printed}，增长1%，主要原因是新增。")
    assert (change.unit, change.delta) == ("万元", Decimal(delta))


def test_a_comparison_with_an_amount_inside_a_reason_is_a_finding_not_a_change() -> None:
    lines = (INCOME, "单位资金5.00万元，比上年增加1.00万元，增长25%，主要原因是乙工程款9.00万元，比上年增加1.00万元。")
    assert [change.subject for change in changes_of(*lines)] == ["单位资金"]
    assert doubts_of(*lines) == ["a comparison with the year before inside a reason is not read on its own"]


@pytest.mark.parametrize("name", ["002", "004"])
def test_the_changes_of_real_disclosures_are_those_found_by_hand(shared: Path, name: str) -> None:
    path = next((shared / "corpus/xinjiang").glob(f"{name}_*.txt"))
    document = read_text(path, path.read_bytes())
    found = [fact for fact in changes(document, outline(document)) if isinstance(fact, ChangeFact)]
    gold = [json.loads(line) for line in (shared / f"gold/{name}.changes.jsonl").read_text("utf-8").splitlines()]
    assert [
        (
            c.subject,
            list(c.code_path) if c.code_path else None,
            c.direction,
            c.reason,
            c.amount,
            c.share,
            c.delta,
            c.percent,
        )
        for c in found
    ] == [
        (
            row["subject"],
            row["code_path"],
            row["direction"],
            row["reason"],
            *(None if row[name] is None else Decimal(row[name]) for name in ("amount", "share", "delta", "percent")),
        )
        for row in gold
    ]


def test_an_end_of_a_comparison_that_is_not_understood_is_a_finding() -> None:
    assert doubts_of(INCOME, "基本支出5.00万元，比上年预算增加1.00万元，增长1倍，主要原因是新增。") == [
        "the end of the sentence is not understood"
    ]


def test_parts_in_brackets_between_an_amount_and_its_comparison_are_no_part_of_the_subject() -> None:
    text = (
        "公务用车购置及运行费2.00万元（其中，公务用车购置费0.00万元，公务用车运行费2.00万元），"
        "比上年预算减少1.00万元，下降33.33%，主要原因是厉行节约。"
    )
    (found,) = comparisons(text, frozenset({0}), three_public=False)
    assert isinstance(found, Comparison)
    assert (found.subject, str(found.amount), str(found.delta)) == ("公务用车购置及运行费", "2.00", "1.00")


@pytest.mark.parametrize(
    ("first", "second", "against"),
    [
        ("比上年预算增加7.00万元，增长9.59%", "比上年执行数增加8.00万元，增长11.11%", "上年执行数"),
        ("与上年预算相比增加7.00万元，增长9.59%", "与上年决算数相比增加8.00万元，增长11.11%", "上年决算数"),
        ("较2024年增加7.00万元，增长9.59%", "但较2023年增加8.00万元，增长11.11%", "2023年"),
    ],
)
def test_a_second_comparison_of_the_same_amount_says_what_it_is_made_with(
    first: str, second: str, against: str
) -> None:
    facts = facts_of(INCOME, f"基本支出80.00万元，{first}，{second}，主要原因是新增。")
    assert not any(isinstance(fact, Finding) for fact in facts)
    one, other = (fact for fact in facts if isinstance(fact, ChangeFact))
    assert figures(one) == ("增加", "80.00", None, "7.00", "9.59")
    assert figures(other) == ("增加", "80.00", None, "8.00", "11.11")
    assert (one.against, other.against) == (None, against)
    assert (one.subject, other.subject, one.reason, other.reason) == ("基本支出", "基本支出", "新增", "新增")


def test_a_comparison_of_another_amount_is_no_second_one() -> None:
    sentence = "基本支出80.00万元，比上年预算增加7.00万元，项目支出9.00万元，比上年预算减少1.00万元。"
    assert [(fact.subject, fact.against) for fact in changes_of(INCOME, sentence)] == [
        ("基本支出", None),
        ("项目支出", None),
    ]


def test_long_runs_of_digits_before_a_comparison_are_looked_through_once() -> None:
    def seconds(size: int) -> float:
        started = process_time()
        for _ in range(20):
            changes_of(INCOME, f"{'1' * size}，比上年预算增加1.00万元。")
        return process_time() - started

    seconds(100)
    assert seconds(400) < 8 * seconds(100)


_NOT_AS_BUDGETED = "公务接待费支出预算为8.00万元，支出决算为6.00万元，完成预算的75.00%，决算数小于预算数的主要原因是{}"


@pytest.mark.parametrize(
    "tail",
    [
        "接待减少，与上年7.50万元相比减少1.50万元，下降20.00%，主要原因是批次减少。",
        "：接待减少。与上年相比减少1.50万元，下降20.00%，减少的主要原因是批次减少。",
    ],
)
def test_why_less_was_spent_than_budgeted_may_stand_before_the_comparison(tail: str) -> None:
    change = only(THREE, _NOT_AS_BUDGETED.format(tail))
    assert (change.subject, change.reason) == ("公务接待费", "批次减少")
    assert figures(change) == ("减少", "6.00", None, "1.50", "20.00")


@pytest.mark.parametrize("reason", ["会议费4.00万元，比上年减少1.50万元。", "会议费比上年减少1.50万元。"])
def test_what_a_reason_compares_is_not_what_was_spent(reason: str) -> None:
    assert changes_of(THREE, _NOT_AS_BUDGETED.format(reason)) == []
