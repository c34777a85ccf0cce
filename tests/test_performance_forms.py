"""Performance forms that are tables: what is printed in them → facts and findings."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from examples.expected import expected_kpi_tables, expected_kpis
from examples.fact import Kpi, KpiTable
from examples.source import DATA, load
from extract.document import Cell, Document, Line, Table
from extract.outline import outline
from extract.pdf.reader import read_pdf
from extract.performance.facts import performance
from extract.performance.outcomes import EvaluationFacts
from extract.plain_text import read_text
from ontology.fact_json import as_json
from ontology.facts import Finding, KpiFact, KpiTableFact

PERSON, TELEPHONE = "甲某某", "13800000000"

HEAD = [
    "预算单位\t\t某县某局",
    f"项目名称\t\t甲财教【2024】7号招商经费\t\t\t项目负责人\t\t{PERSON}",
    "项目资金(万元)\t\t年度预算总额:\t80.00\t其中:财政拨款\t70.00\t其他资金:\t10.00",
    "项目总体目标\t\t<p>开展 招商 20 次。</p>",
]
HEADING = "一级指标\t二级指标\t三级指标\t指标值\t指标值设置依据\t上年完成值\t指标分值权重\t指标赋分规则\t佐证资料"
RULE = "按照完成比例赋分\t工作资料"
ROWS = [
    f"产出指标\t数量指标\t招商次数(次)\t≥20 次\t计划标准\t/\t20\t{RULE}",
    f"\t\t邀请企业数量\t≥80 家\t计划标准\t=70家\t20\t{RULE}",
    f"\t时效指标\t完成时间\t2025年12月10日前\t计划标准\t-\t10\t{RULE}",
    f"成本指标\t经济成本指标\t招商成本\t<=70 万元\t预算支出标准\t\t20\t{RULE}",
    f"满意度指标\t满意度指标\t企业满意度\t> =95%\t计划标准\t\t20\t{RULE}",
]

Facts = list[KpiTableFact | KpiFact | EvaluationFacts]


def facts_of(*lines: str, title: str = "项目支出绩效目标表") -> Facts:
    document = read_text(Path("a.txt"), "\n".join(["（四）预算绩效情况", title, "(2025年)", *lines]).encode())
    return list(performance(document, outline(document)))


def project_form(rows: list[str]) -> Facts:
    return facts_of(*HEAD, HEADING, *rows)


def kpis(facts: Facts) -> list[KpiFact]:
    return [fact for fact in facts if isinstance(fact, KpiFact)]


def head(facts: Facts) -> KpiTableFact:
    return next(fact for fact in facts if isinstance(fact, KpiTableFact))


def messages(facts: Facts) -> list[str]:
    return [fact.message for fact in facts if isinstance(fact, Finding)]


def test_the_head_gives_the_money_the_goal_and_the_agency() -> None:
    form = head(project_form(ROWS))
    assert (form.scope, form.project, form.unit_printed) == ("项目", "甲财教【2024】7号招商经费", "某县某局")
    assert (str(form.total), str(form.fiscal), str(form.other)) == ("80.00", "70.00", "10.00")
    assert (form.upper, form.own) == (None, None)
    assert form.goal == "开展招商20次。"


def test_every_indicator_has_its_cells_and_merged_levels_are_carried_down() -> None:
    facts = project_form(ROWS)
    assert [(k.level1, k.level2, k.level3, k.raw, k.basis, k.previous, k.weight) for k in kpis(facts)] == [
        ("产出指标", "数量指标", "招商次数(次)", "≥20次", "计划标准", None, Decimal(20)),
        ("产出指标", "数量指标", "邀请企业数量", "≥80家", "计划标准", "=70家", Decimal(20)),
        ("产出指标", "时效指标", "完成时间", "2025年12月10日前", "计划标准", None, Decimal(10)),
        ("成本指标", "经济成本指标", "招商成本", "<=70万元", "预算支出标准", None, Decimal(20)),
        ("满意度指标", "满意度指标", "企业满意度", ">=95%", "计划标准", None, Decimal(20)),
    ]
    assert {k.project for k in kpis(facts)} == {"甲财教【2024】7号招商经费"}
    assert messages(facts) == []


def test_a_fact_says_where_it_is_printed() -> None:
    source = kpis(project_form(ROWS))[1].source
    assert (source.line, source.table, source.row, source.column) == (10, "项目支出绩效目标表", 7, 3)
    assert source.text == f"邀请企业数量\t≥80 家\t计划标准\t=70家\t20\t{RULE}"


def test_names_and_telephone_numbers_are_in_no_fact() -> None:
    whole = [
        "部门名称 (盖章)\t\t某县某局\t\t\t",
        f"部门联系人\t\t{PERSON}\t联系电话\t{TELEPHONE}\t",
        f"联系人：{PERSON}\t\t\t电话：{TELEPHONE}\t\t",
        "年度绩效目标\t\t招商。\t\t\t",
        "一级指标\t二级指标\t三级指标\t指标值\t指标设定依据\t分值权重",
        "履职效能\t数量指标\t招商次数\t≥20次\t年度计划\t90",
    ]
    for facts in (project_form(ROWS), facts_of(*whole, title="部门整体绩效目标表")):
        printed = json.dumps([as_json(fact) for fact in facts], ensure_ascii=False)
        assert PERSON not in printed
        assert TELEPHONE not in printed
        assert len(kpis(facts)) >= 1


def two_forms(row: str) -> list[str]:
    """What findings say of a form with this row for its project, behind one that names somebody in charge."""
    other = [HEAD[0], row, *HEAD[2:]]
    title = "项目支出绩效目标表"
    facts = facts_of(*HEAD, HEADING, *ROWS, title, "(2025年)", *other, HEADING, *ROWS)
    assert PERSON not in json.dumps([as_json(fact) for fact in facts], ensure_ascii=False)
    return messages(facts)


@pytest.mark.parametrize(
    ("row", "blank"),
    [
        ("项目名称\t\t乙项目\t\t\t项目负责人\t\t", True),
        (f"项目名称\t\t乙项目\t\t\t项目负责人\t\t{PERSON}", False),
        (f"项目名称\t\t乙项目\t\t\t项目负责人：{PERSON}", False),
        ("项目名称\t\t乙项目", False),
    ],
)
def test_a_form_that_names_nobody_in_charge_is_told_where_another_does(row: str, blank: bool) -> None:
    told = "the form of 乙项目 names nobody in charge (项目负责人), other forms of the document do"
    assert [message.endswith(told) for message in two_forms(row)] == ([True] if blank else [])


def test_where_no_form_names_anybody_in_charge_none_is_told() -> None:
    nobody = [HEAD[0], "项目名称\t\t乙项目\t\t\t项目负责人\t\t", *HEAD[2:]]
    assert messages(facts_of(*nobody, HEADING, *ROWS)) == []


def test_a_blank_line_or_a_markdown_rule_inside_a_form_breaks_nothing() -> None:
    rows = [*ROWS[:1], "", "\t\t------\t---\t---\t\t---\t---\t---", *ROWS[1:3], "", *ROWS[3:]]
    assert [k.level3 for k in kpis(project_form(rows))] == [k.level3 for k in kpis(project_form(ROWS))]
    assert messages(project_form(rows)) == []
    assert kpis(project_form(rows))[1].level2 == "数量指标"


def test_cells_wrapped_over_rows_are_joined() -> None:
    rows = [
        "产出指标\t数量指标\t邀请企业\t≥80\t计划\t/\t90\t按照完成比例\t工作资料",
        "\t\t数量\t家\t标准\t\t\t赋分\t",
    ]
    [kpi] = kpis(project_form(rows))
    assert (kpi.level3, kpi.value, kpi.unit, kpi.basis) == ("邀请企业数量", Decimal(80), "家", "计划标准")
    assert kpi.source.text.count("\n") == 1


def test_a_name_of_a_level_cut_by_the_end_of_the_page_is_joined() -> None:
    rows = [f"成本指标\t经济成本\t招商成本\t<=7万元\t计划标准\t/\t90\t{RULE}", "\t指标\t（不含税）\t\t\t\t\t\t"]
    [kpi] = kpis(project_form(rows))
    assert (kpi.level2, kpi.level3) == ("经济成本指标", "招商成本（不含税）")


def test_a_row_printed_one_cell_to_the_left_is_set_right_and_says_so() -> None:
    rows = [*ROWS[:2], f"时效指标\t招商及时率\t=100%\t计划标准\t\t10\t{RULE}\t", *ROWS[3:]]
    kpi = kpis(project_form(rows))[2]
    assert (kpi.level1, kpi.level2, kpi.level3, kpi.raw, kpi.weight) == (
        "产出指标", "时效指标", "招商及时率", "=100%", Decimal(10),
    )  # fmt: skip
    assert (kpi.grade, kpi.how) == ("derived", "the row is printed one cell to the left")
    assert kpis(project_form(rows))[1].grade == "stated"


def test_a_row_whose_cells_have_moved_otherwise_is_a_finding_and_no_fact() -> None:
    rows = [*ROWS[:2], f"招商及时率\t=100%\t计划标准\t/\t\t10\t{RULE}\t", *ROWS[3:]]
    facts = project_form(rows)
    assert len(kpis(facts)) == len(ROWS) - 1
    assert "the cells of a row are not under their headings" in messages(facts)
    assert {k.level1 for k in kpis(facts)} == {"产出指标", "成本指标", "满意度指标"}


def test_categories_without_indicators_yield_nothing() -> None:
    rows = [
        "年度绩效指标\t运行成本\t\t\t\t\t",
        "年度绩效指标\t履职效能\t数量指标\t新增企业数量\t>=8家\t年度计划\t50",
        "年度绩效指标\t\t\t贸易额\t>=7亿元\t年度计划\t40",
        "年度绩效指标\t社会效益\t\t\t\t\t",
    ]
    heading = "\t一级指标\t二级指标\t三级指标\t指标值\t指标值设定依据\t分值权重"
    facts = facts_of("单位名称\t某县某局", "年度绩效目标\t招商", heading, *rows, title="单位整体绩效目标表")
    assert [(k.level1, k.level2, k.level3) for k in kpis(facts)] == [
        ("履职效能", "数量指标", "新增企业数量"),
        ("履职效能", "数量指标", "贸易额"),
    ]
    assert messages(facts) == []


def test_the_whole_body_form_has_upper_and_own_money() -> None:
    facts = facts_of(
        "单位（单位）名称（盖章）\t某县某局\t\t",
        "年度绩效目标\t招商\t\t",
        "年度预算（万元）\t资金来源\t\t",
        "\t财政资金（万\t上级资金\t502.00",
        "",
        "\t\t元)\t本级资金\t581.77\t\t",
        "\t\t其他资金(万元)\t其他\t711.70\t\t",
        "\t\t合计:\t1,795.47\t\t\t",
        "一级指标\t二级指标\t三级指标\t指标值\t指标设定依据\t分值权重",
        "履职效能\t数量指标\t招商次数\t≥20次\t年度计划\t90",
        title="单位整体绩效目标表",
    )
    form = head(facts)
    assert [str(x) for x in (form.total, form.upper, form.own, form.other)] == ["1795.47", "502.00", "581.77", "711.70"]
    assert (form.fiscal, form.project) == (None, None)
    assert messages(facts) == []


def test_a_heading_may_be_explained_in_brackets_and_a_part_of_the_money_may_name_itself_in_its_cell() -> None:
    head_of_form = [*HEAD[:2], "项目资金\t年度资金总额：80.00\t其中：财政拨款：70.00\t其他资金：10.00", HEAD[3]]
    heading = "一级指标\t二级指标\t三级指标\t指标值（包含数字及文字描述）"
    facts = facts_of(*head_of_form, heading, *("\t".join(row.split("\t")[:4]) for row in ROWS))
    form = head(facts)
    assert [str(amount) for amount in (form.total, form.fiscal, form.other)] == ["80.00", "70.00", "10.00"]
    assert [each.raw for each in kpis(facts)] == [each.raw for each in kpis(project_form(ROWS))]
    assert messages(facts) == []


def test_an_unknown_heading_is_a_finding() -> None:
    facts = facts_of(*HEAD, HEADING + "\t某种新栏", *(row + "\t某" for row in ROWS))
    assert "the heading '某种新栏' of a performance form is not known" in messages(facts)
    assert len(kpis(facts)) == len(ROWS)


def test_many_unknown_cells_of_the_head_are_one_finding() -> None:
    facts = facts_of(*HEAD, *(f"某种新项{at}\t\t某" for at in range(6)), HEADING, *ROWS)
    assert "a cell in the head of the performance form is not understood" not in messages(facts)
    assert messages(facts).count("a part of the head of the performance form is not understood") == 1


def test_an_unknown_cell_of_the_head_is_a_finding_without_its_words() -> None:
    facts = facts_of(*HEAD, f"某种新项\t\t{PERSON}", HEADING, *ROWS)
    assert messages(facts).count("a cell in the head of the performance form is not understood") == 2
    assert PERSON not in json.dumps([as_json(fact) for fact in facts], ensure_ascii=False)


def test_an_unknown_name_of_a_level_is_used_as_printed_with_a_finding() -> None:
    rows = [ROWS[0].replace("数量指标", "规模指标"), *ROWS[1:]]
    facts = project_form(rows)
    assert kpis(facts)[0].level2 == "规模指标"
    assert messages(facts) == ["'规模指标' is not a known name of level 2"]


def test_a_target_that_is_not_understood_keeps_its_words_with_a_finding() -> None:
    facts = project_form([ROWS[0].replace("≥20 次", "20-30次"), *ROWS[1:]])
    assert (kpis(facts)[0].raw, kpis(facts)[0].value, kpis(facts)[0].op) == ("20-30次", None, None)
    assert messages(facts) == ["the target '20-30次' of '招商次数(次)' is not understood"]


def test_weights_or_money_that_do_not_add_up_are_findings() -> None:
    assert messages(project_form(ROWS[1:])) == ["the weights of the performance form add up to 70, not to 90 or 100"]
    wrong = [line.replace("70.00", "71.00") for line in HEAD]
    assert messages(facts_of(*wrong, HEADING, *ROWS)) == ["the parts of the budget of 80.00 add up to 81.00"]


def test_two_forms_under_one_title_stay_two() -> None:
    second = [line.replace("甲财教【2024】7号", "第二个") for line in HEAD]
    facts = facts_of(*HEAD, HEADING, *ROWS, *second, HEADING, *ROWS)
    assert [f.project for f in facts if isinstance(f, KpiTableFact)] == ["甲财教【2024】7号招商经费", "第二个招商经费"]
    assert len(kpis(facts)) == 2 * len(ROWS)


def test_a_title_with_nothing_under_it_is_a_remark_and_no_form() -> None:
    [finding] = facts_of()
    assert isinstance(finding, Finding)
    assert finding.severity == "info"


def box(column: int, row: int) -> tuple[float, float, float, float]:
    return (100.0 * column, 20.0 * row, 100.0 * column + 100, 20.0 * row + 20)


def paper(rows: list[str], page: int, shift: int = 0) -> Table:
    cells = [
        Cell(number, column + shift, text.replace("|", "\n"), page=page, bbox=box(column, number))
        for number, row in enumerate(rows)
        for column, text in enumerate(row.split("\t"))
        if text
    ]
    return Table(tuple(cells), page=page, bbox=(0, 0, 900, 400))


def test_on_paper_cells_wrap_inside_and_a_form_runs_over_pages_with_or_without_its_heading() -> None:
    title = Line("项目支出绩效目标表", page=1)
    wrapped = [row.replace("满意度指标", "满意|度指|标").replace("计划标准", "计划标|准") for row in ROWS]
    for again in ([HEADING], []):
        blocks = (title, paper([*HEAD, HEADING, *wrapped[:1]], 1), paper([*again, *wrapped[1:]], 2, shift=3))
        document = Document("a.pdf", "0", blocks)
        facts = list(performance(document, outline(document)))
        assert [(k.level1, k.level2, k.level3, k.weight) for k in kpis(facts)] == [
            (k.level1, k.level2, k.level3, k.weight) for k in kpis(project_form(ROWS))
        ]
        assert messages(facts) == []
        assert kpis(facts)[1].source.page == 2
        assert kpis(facts)[1].source.bbox == (200.0, 20.0 * len(again), 900.0, 20.0 * len(again) + 20)


def test_a_row_with_the_name_of_its_level_begins_an_indicator_on_a_new_page_of_a_form_without_weights() -> None:
    heading = "一级指标\t二级指标\t三级指标\t指标值"
    rows = [
        "产出指标\t数量指标\t招商次数\t20次",
        "产出指标\t质量指标\t验收合格率\t100%",
        "成本指标\t经济成本指标\t单价\t10万元/个",
    ]
    for rest in (rows[1:], ["\t\t及次数\t以上", *rows[1:]]):
        title = Line("项目支出绩效目标表", page=1)
        document = Document("a.pdf", "0", (title, paper([HEAD[1], heading, rows[0]], 1), paper(rest, 2)))
        assert [k.raw for k in kpis(list(performance(document, outline(document))))][1:] == ["100%", "10万元/个"]


GOLD_FIELDS = ("level1", "level2", "op", "value", "unit", "date", "weight", "basis", "previous")


@pytest.mark.parametrize("number", ["002", "004"])
def test_real_forms_are_read_as_the_gold_standard_has_them(shared: Path, number: str) -> None:
    [path] = (shared / "corpus/xinjiang").glob(f"{number}_*.txt")
    document = read_text(path, path.read_bytes())
    found = [as_json(fact) for fact in performance(document, outline(document))]
    for kind, gold_name, fields in (
        ("kpi", "kpis", ("scope", "project", "level3", *GOLD_FIELDS)),
        ("kpi_table", "kpi_tables", ("scope", "project", "total", "fiscal", "other", "unit_printed")),
    ):
        gold = [json.loads(line) for line in (shared / f"gold/{number}.{gold_name}.jsonl").open(encoding="utf-8")]
        rows = [fact for fact in found if fact["fact"] == kind]
        assert [[row.get(field) for field in fields] for row in rows] == [
            [row.get(field) for field in fields] for row in gold
        ]
    told = [fact["message"].partition(": ")[2] for fact in found if fact["fact"] == "finding"]
    nobody = "the form of 实有资金项目 names nobody in charge (项目负责人), other forms of the document do"
    assert told == ([nobody] if number == "002" else [])


@pytest.mark.parametrize(("number", "indicators", "forms"), [("000", 41, 5), ("001", 27, 4), ("003", 13, 2)])
def test_all_rows_of_the_other_real_forms_are_read(shared: Path, number: str, indicators: int, forms: int) -> None:
    [path] = (shared / "corpus/xinjiang").glob(f"{number}_*.txt")
    document = read_text(path, path.read_bytes())
    facts = list(performance(document, outline(document)))
    assert messages(facts) == []
    assert (len(kpis(facts)), sum(isinstance(fact, KpiTableFact) for fact in facts)) == (indicators, forms)


def field_values(fact: KpiFact | KpiTableFact, kind: type[Kpi] | type[KpiTable]) -> Kpi | KpiTable:
    return kind(*(getattr(fact, name) for name in kind._fields))


@pytest.mark.examples
@pytest.mark.parametrize("example", sorted(DATA.glob("*.toml")), ids=lambda path: path.stem)
def test_the_forms_of_the_examples_are_read_completely(example: Path) -> None:
    path = DATA.parent / load(example).file
    document = read_pdf(path, path.read_bytes())
    facts = list(performance(document, outline(document)))
    heads = [fact for fact in facts if isinstance(fact, KpiTableFact)]
    assert Counter(field_values(fact, Kpi) for fact in kpis(facts)) == expected_kpis(example)
    assert Counter(field_values(fact, KpiTable) for fact in heads) == expected_kpi_tables(example)
    assert messages(facts) == []
    assert all(fact.source.page and fact.source.bbox for fact in facts)
