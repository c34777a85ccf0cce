"""Final accounts as other provinces word them: titles of tables, headings, procurement, assets, self-evaluation."""

import pytest
from test_table_variants import figures, read

from extract.document import Document, Line
from extract.outline import outline
from extract.recognition import facts
from ontology.facts import FigureFact, NilFact

CARRIED = """
    项目|<|年初结转和结余|<|<|本年收入|<|<|本年支出|<|<|<|<|年末结转和结余|<|<
    科目编码|科目名称|合计|基本支出结转|项目支出结转和结余|合计|基本支出|项目支出|合计|基本支出|<|<|项目支出|合计|基本支出结转|项目支出结转和结余
    ^|^|^|^|^|^|^|^|^|小计|人员经费|公用经费|^|^|^|^
    栏次|<|1|2|3|4|5|6|7|8|9|10|11|12|13|14
    |合计|1.00||1.00|20.00|12.00|8.00|19.00|12.00|10.00|2.00|7.00|2.00||2.00
"""


def of_text(heading: str, *text: str) -> Document:
    lines = Line("某县甲局2024年度部门决算", page=1), Line("封面文字。", page=1), Line(heading, page=2)
    return Document("a.pdf", "0" * 64, (*lines, *(Line(words, page=2) for words in text)))


@pytest.mark.parametrize(
    ("printed", "kind", "key"),
    [
        ("收入支出决算表", "table", "revenue_expenditure_overview"),
        ("财政拨款收入支出决算表", "table", "fiscal_appropriation_overview"),
        ("一般公共预算财政拨款收入支出决算表", "table", "general_budget_expenditure"),
        ("二、2020年度财政拨款收入支出总体情况说明", "section", "appropriation"),
        ("三、财政拨款支出决算情况说明", "section", "appropriation"),
        ("五、一般公共预算财政拨款“三公”经费支出决算情况说明", "section", "three_public"),
        ("三、2020年度“三公”经费、培训费及会议费支出情况说明", "section", "three_public"),
        ("十二、机构运行经费支出决算情况说明", "subsection", "operating_cost"),
        ("（一）机关运行经费支出情况。", "subsection", "operating_cost"),
        ("十三、政府采购支出决算情况说明", "subsection", "procurement"),
        ("（二）政府采购支出情况。", "subsection", "procurement"),
        ("（三）国有资产占用情况。", "subsection", "assets"),
        ("四、部门绩效自评情况", "subsection", "performance"),
        ("四、2020年度部门绩效管理情况说明", "subsection", "performance"),
        ("（一）预算绩效管理工作开展情况", "subsection", "performance"),
        ("第五部分 附表", "part", "tables"),
    ],
)
def test_titles_and_headings_of_other_regions_are_known(printed: str, kind: str, key: str) -> None:
    (section,) = [one for one in outline(of_text(printed, "正文。")) if one.heading and one.heading[0].text == printed]
    assert (section.kind, section.key) == (kind, key)


def test_what_is_carried_over_and_received_is_not_taken_for_what_is_spent() -> None:
    found = figures("一般公共预算财政拨款收入支出决算表", CARRIED)
    assert [(column, amount) for _, _, column, amount in found] == [
        ("年初结转和结余", "1.00"), ("本年收入", "20.00"), ("合计", "19.00"), ("基本支出", "12.00"),
        ("基本支出人员经费", "10.00"), ("基本支出公用经费", "2.00"), ("项目支出", "7.00"), ("年末结转和结余", "2.00"),
    ]  # fmt: skip
    assert read("一般公共预算财政拨款收入支出决算表", CARRIED)[1] == []


@pytest.mark.parametrize("spent", ["本年支出/小计", "本年支出合计/^", "合计/^"])
def test_the_table_of_basic_spending_calls_its_total_in_several_ways(spent: str) -> None:
    over, _, under = spent.partition("/")
    printed = f"""
        项目|<|{over}|人员经费|公用经费
        科目编码|科目名称|{under}|^|^
        301|工资福利支出|10.00|10.00|
        |合计|10.00|10.00|
    """
    found = figures("一般公共预算财政拨款基本支出决算表", printed)
    assert ("301", "工资福利支出", "合计", "10.00") in found


PROCUREMENT = (
    "政府采购支出总额431.60万元，其中：政府采购货物支出1.10万元、政府采购工程支出0.00万元、政府采购服务支出430.50万元。"
    "授予中小企业合同金额431.60万元，占政府采购支出总额的100%，其中：授予小微企业合同金额420.00万元，占97.31%。"
)


def test_procurement_of_final_accounts_is_read_whole() -> None:
    found = [fact for fact in facts(of_text("（二）政府采购支出情况。", PROCUREMENT)) if isinstance(fact, FigureFact)]
    assert [(fact.name, fact.raw) for fact in found] == [
        ("合计", "431.60"), ("货物", "1.10"), ("工程", "0.00"), ("服务", "430.50"),
        ("授予中小企业合同金额", "431.60"), ("授予小微企业合同金额", "420.00"),
    ]  # fmt: skip


def test_no_income_is_named_where_there_can_be_none() -> None:
    document = of_text("九、国有资本经营预算财政拨款支出决算情况说明", "甲局2024年度无国有资本经营预算财政拨款支出。")
    assert [fact.subject for fact in facts(document) if isinstance(fact, NilFact)] == ["state_capital"]
