"""The audit: what it finds in the examples, what it must not say of them, how rounding and absent operands are met."""

import json
import re
import tomllib
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from made_once import Once

import caimai
from caimai.cli import cli
from kg.places import Evidence
from kg.rdf import TYPE
from kg.store import open_read_only
from ontology.terms import BL
from queries.auditing import amounts, changes, performance, tables, wording
from queries.auditing.audit import _one_print, audit
from queries.auditing.book import Book, books
from queries.auditing.changes.last_year import blanks, differences, directions, one_change, percents, points
from queries.auditing.compare import judged
from queries.auditing.exchange import audit_json
from queries.auditing.patterns import bare, half_unit, number, pattern, yuan
from queries.auditing.reference import inspections, reference
from queries.auditing.rules import rules
from queries.auditing.signal import Audit, Signal
from queries.auditing.words import WORDED
from queries.guarding.read_only import understood
from queries.tracing.finding import NotFound
from viz.audit_page import audit_page


@pytest.fixture
def found(example_audit: Audit) -> Audit:
    return example_audit


@pytest.fixture(scope="module")
def held(example_store: Path) -> list[Book]:
    """The disclosures of the examples, read once; tests that change one take a copy."""
    return books(open_read_only(example_store))


@pytest.fixture(scope="module")
def book(held: list[Book]) -> Book:
    return held[0]


def of(held: list[Book], body: str) -> Book:
    """A copy of the disclosure of a body."""
    book = next(one for one in held if body in one.body)
    own = ox.Store()
    own.extend(list(book.own))
    return replace(book, own=own, answers={})


def said(found: Audit, year: int, body: str) -> Counter[str]:
    return Counter(signal.rule for signal in found.signals if signal.year == year and body in signal.body)


@pytest.mark.parametrize("name", rules())
def test_a_rule_says_in_two_languages_what_it_compares(name: str) -> None:
    rule = rules()[name]
    assert rule.zh
    assert rule.en
    assert rule.severity in {"error", "warning", "info"}
    assert rule.kind in {"rounding", "definition", "contradiction", "incomplete", "conversion"}
    assert not rule.sparql or re.search(r"^ORDER BY", rule.sparql, re.MULTILINE)


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name, rule in rules().items() if rule.sparql])
def test_a_rule_is_a_query_for_another_parser_too(name: str) -> None:
    assert understood(rules()[name].sparql).text


@pytest.mark.parametrize(
    ("year", "body", "rule", "count"),
    [
        (2026, "阿图什", "R18_no_line", 1),  # 158.00 of fiscal money that no table has
        (2026, "阿图什", "R18_whole_upper", 1),  # 5,622.14 against 110.00
        (2026, "阿图什", "R24_form_name", 4),
        (2026, "阿图什", "S16_lower_bound", 3),
        (2026, "阿图什", "S30_company_person", 1),
        (2025, "科学技术局", "R18_no_form", 1),
        (2025, "科学技术局", "R18_whole_own", 1),
        (2025, "科学技术局", "R18_lines", 1),  # 9.21 against 9.22
        (2025, "科学技术局", "R24_form_name", 2),
        (2025, "昌吉回族自治州工业和信息化局", "R23_staff", 1),  # 74 against 73
        (2025, "奇台县", "R24_document", 1),
    ],
)
def test_a_known_inconsistency_is_found(found: Audit, year: int, body: str, rule: str, count: int) -> None:
    assert said(found, year, body)[rule] == count


def test_a_gap_that_rounding_explains_is_no_error(found: Audit) -> None:
    for signal in found.signals:
        if signal.gap is not None and signal.tolerance is not None and abs(signal.gap) <= signal.tolerance:
            assert (signal.severity, signal.kind) == ("info", "rounding")
    assert sum(tally.rounding for tally in found.tallies) >= 15


def test_the_identities_of_sums_hold_in_the_examples(found: Audit) -> None:
    sums = ("R01", "R02", "R03", "R04", "R05", "R06", "R08", "R10", "R14", "R15_pa", "R15_pr", "R17")
    told = [signal for signal in found.signals if signal.rule.startswith(sums)]
    assert [(signal.gap, signal.kind) for signal in told] == [(Decimal("0.01"), "rounding")]  # 2,685.95 of 2,685.94
    assert sum(tally.checked for tally in found.tallies if tally.rule.startswith(sums)) > 1000


@pytest.mark.parametrize(("rule", "noted"), [("R18_lines", True), ("R01_total", False)])
def test_a_gap_of_rounding_against_a_sum_is_noted_where_the_rule_says_so(book: Book, rule: str, noted: bool) -> None:
    judgement = judged(rules()[rule], row("800000", "799900", 2), book)  # type: ignore[arg-type]
    assert (isinstance(judgement, Signal) and judgement.kind == "rounding") is noted


def test_every_signal_names_a_place_and_speaks_two_languages(found: Audit) -> None:
    for signal in found.signals:
        assert signal.left.places + signal.right.places, signal.rule
        assert signal.zh.endswith("。")
        assert signal.en.endswith(".")
        assert "{" not in signal.zh + signal.en


def row(left: str, right: str, parts: int = 2) -> dict[str, object]:
    places = " ".join(f"urn:{at}" for at in range(parts))
    return {"left": Decimal(left), "right": Decimal(right), "left_evidence": "urn:left", "right_evidence": places}


@pytest.mark.parametrize(
    ("left", "right", "parts", "result"),
    [
        ("1000000", "1000000", 2, "equal"),
        ("1000000", "1000100", 2, "rounding"),  # 0.01 with three figures: 150 yuan are explained
        ("1000000", "1000200", 2, "contradiction"),
        ("1000000", "1000600", 12, "rounding"),
        ("92100", "92200", 1, "rounding-info"),  # one figure printed twice
        ("92100", "92600", 1, "contradiction"),
    ],
)
def test_rounding_grows_with_the_figures_added(book: Book, left: str, right: str, parts: int, result: str) -> None:
    judgement = judged(rules()["R01_total"], row(left, right, parts), book)  # type: ignore[arg-type]
    if isinstance(judgement, Signal):
        judgement_name = "rounding-info" if judgement.kind == "rounding" else judgement.kind
        assert judgement_name == result
    else:
        assert judgement == result


def changed(book: Book, words: str, **values: object) -> Book:
    """A book of one change sentence."""
    bl, ev = "https://w3id.org/cnbl/ont#", ox.NamedNode("urn:ev")
    a = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    said_by = ox.NamedNode("urn:said")
    store = ox.Store()
    facts: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (said_by, a, ox.NamedNode(bl + "ChangeStatement")),
        (said_by, ox.NamedNode(bl + "item"), ox.Literal("项目支出")),
        (said_by, ox.NamedNode(bl + "evidence"), ev),
        (ev, ox.NamedNode(bl + "verbatim"), ox.Literal(words)),
        *(
            (said_by, ox.NamedNode(bl + name), ox.Literal(str(value), datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")))
            for name, value in values.items()
        ),
    ]  # fmt: skip
    store.extend([ox.Quad(*fact, ox.NamedNode("urn:g")) for fact in facts])
    return replace(book, own=store, answers={}, places={"urn:ev": Evidence("a.txt", None, 1, None, None, None, words)})


@pytest.mark.parametrize(
    ("words", "amount", "prior", "delta", "percent", "wrong"),
    [
        ("增加110.00万元，增长1,000.00%", 1210000, 110000, 1100000, "1000", False),
        ("减少185.00万元，下降38.95%", 2900000, 4750000, -1850000, "-38.95", False),
        ("减少185.00万元，下降39%", 2900000, 4750000, -1850000, "-39", False),  # printed without decimals
        ("减少185.00万元，下降39.00%", 2900000, 4750000, -1850000, "-39", True),
        ("增加110.00万元，增长100.00%", 1100000, 0, 1100000, "100", False),  # nothing before: a convention
    ],
)
def test_a_per_cent_is_held_against_its_own_decimals(
    book: Book, words: str, amount: int, prior: int, delta: int, percent: str, wrong: bool
) -> None:
    one = changed(book, words, amountCNY=amount, impliedPriorCNY=prior, deltaCNY=delta, statedPercent=percent)
    assert bool(list(percents(rules()["R11_percent"], one))) is wrong


@pytest.mark.parametrize(
    ("delta", "percent", "wrong"),
    [
        (1_004_600, "0.53", False),
        (1_046_000, "0.53", True),  # 0.55 %
        (1_046_000, "0.55", False),  # another change
        (999_000, "0.53", False),  # gives the per cent, too
    ],
)
def test_one_change_is_printed_alike_wherever_it_stands(book: Book, delta: int, percent: str, wrong: bool) -> None:
    blank = {"section": "", "share": None, "reason": "", "total": None, "total_at": None, "words": "增长0.53%"}
    one = {**blank, "item": "总计", "amount": 190_442_700, "delta": 1_004_600, "percent": "0.53", "evidence": "urn:a"}
    other = {**one, "item": "财政拨款总计", "delta": delta, "percent": percent, "evidence": "urn:b"}
    figures = [{name: Decimal(str(row[name])) for name in ("amount", "delta", "percent")} for row in (one, other)]
    rows = [
        {**row, **printed, "prior": printed["amount"] - printed["delta"]}
        for row, printed in zip((one, other), figures, strict=True)
    ]
    told = replace(book, answers={"changes": rows})
    assert bool(list(one_change(rules()["R11_one_change"], told))) is wrong
    assert list(percents(rules()["R11_percent"], told)) == []


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("与上年7.50万元相比减少1.50万元，下降20.00%", False),
        ("与上年7.60万元相比减少1.50万元，下降20.00%", True),
        ("比2024年决算的76000.00元，减少1.50万元", True),
        ("与上年8万元相比减少1.50万元", True),
        ("与上年7.60万元相比减少1.60万元", False),  # another change than the one that is read
        ("与上年相比减少1.50万元，其中会议费7.60万元", False),
    ],
)
def test_a_change_is_held_against_the_amount_of_last_year_in_its_sentence(book: Book, words: str, wrong: bool) -> None:
    one = changed(book, words, amountCNY=60000, impliedPriorCNY=75000, deltaCNY=-15000)
    assert bool(list(differences(rules()["R11_last_year"], one))) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("覆盖率68.35%，较上年的68.10%提高0.25个百分点。", False),
        ("覆盖率68.35%，较上年的68.10%提高0.35个百分点。", True),
        ("覆盖率68.35%，较上年的68.10%下降0.25个百分点。", True),
        ("覆盖率达到68.4%，比2023年68.10%提升0.25个百分点。", False),  # rounded
        ("覆盖率由68.10%提高到68.35%，提高0.3个百分点。", False),
        ("覆盖率由68.10%提高到68.35%，提高0.5个百分点。", True),
        ("覆盖率68.35%，较上年提高0.35个百分点。", False),
    ],
)
def test_percentage_points_are_the_difference_of_two_per_cents(book: Book, text: str, wrong: bool) -> None:
    told: dict[str, Any] = {"paragraphs": [{"evidence": "urn:p", "section": "六、绩效情况", "words": text}]}
    assert bool(list(points(rules()["R11_points"], replace(book, answers=told)))) is wrong


def test_a_per_cent_that_fits_the_printed_amount_of_last_year_is_not_told_beside_the_change(book: Book) -> None:
    values = {"amountCNY": 60000, "impliedPriorCNY": 77000, "deltaCNY": -17000}
    words = "与上年7.50万元相比减少1.70万元，下降{}%"
    for percent, wrong in (("20.00", False), ("25.00", True)):
        one = changed(book, words.format(percent), statedPercent=f"-{percent}", **values)
        assert bool(list(percents(rules()["R11_percent"], one))) is wrong


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("比上年预算增加 12.00 万元，下降 3.00%", True),
        ("比上年预算增加 12.00 万元，增长 3.00%", False),
        ("比上年预算增加0.00万元，下降0.00%", False),
        ("与上年持平，增加5.00万元", True),
        ("与上年持平，增加0.00万元", False),
    ],
)
def test_words_of_a_change_go_one_way(book: Book, words: str, wrong: bool) -> None:
    assert bool(list(directions(rules()["W01_direction"], changed(book, words)))) is wrong


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("比上年减少3.00万元，主要原因是。", True),
        ("比上年增加（减少）3.00万元", True),
        ("比上年增加万元，增长%", True),
        ("主要原因是：人员增加3人。", False),
        ("项目支出增加，占比提高", False),
    ],
)
def test_a_blank_of_the_template_is_seen(book: Book, words: str, wrong: bool) -> None:
    assert bool(list(blanks(rules()["W02_blank"], changed(book, words)))) is wrong


@pytest.mark.parametrize(
    ("printed", "amount", "per"),
    [("<=9.87万元/份", "98700", "份"), ("≤10万元", "100000", None), ("<8万元", "80000", None), ("15元/册", "15", "册")],
)
def test_money_of_an_indicator_is_read(printed: str, amount: str, per: str | None) -> None:
    match = pattern("money").match(printed)
    assert match is not None
    assert (yuan(match), match["per"]) == (Decimal(amount), per)
    assert half_unit(match) <= 50


@pytest.mark.parametrize("printed", ["100%", "明显提高", "16份", "2026年12月31日"])
def test_what_is_no_money_is_not_read_as_money(printed: str) -> None:
    assert pattern("money").match(printed) is None


def test_uses_are_compared_without_their_dress() -> None:
    assert bare("采购办公用品费") == bare("采购办公用品成本") == "办公用品"
    assert bare("编印培训宣传手册费") != bare("印刷三区人才工作手册费")
    assert number("1,000.00") == 1000


def test_a_document_without_operands_is_met_with_silence() -> None:
    assert audit(ox.Store()) == Audit((), (), ())


def test_one_body_can_be_asked_for_and_an_unknown_one_is_refused(example_store: Path) -> None:
    store = open_read_only(example_store)
    assert len(audit(store, "阿图什市商务科技和工业信息化局").documents) == 1
    with pytest.raises(NotFound, match=r"阿图什市商务科技和工业信息化局 \(may be its short form\)"):
        audit(store, "阿图什市工信局")
    with pytest.raises(NotFound, match=r"^nothing here is called '没有这个局'$"):
        audit(store, "没有这个局")
    with pytest.raises(NotFound, match="caimai build PATH"):
        audit(ox.Store(), "某局")


def test_the_same_store_gives_the_same_bytes(example_store: Path, found: Audit) -> None:
    body = found.signals[0].body
    once, again = (audit(open_read_only(example_store), body) for _ in range(2))
    assert audit_json(again) == audit_json(once)
    assert audit_page(again) == audit_page(once)
    assert [one for one in found.signals if one.file in once.documents] == list(once.signals)


def test_the_page_escapes_loads_nothing_and_lists_every_signal(found: Audit) -> None:
    page = audit_page(replace(found, documents=("<b>.pdf",), signals=(replace(found.signals[0], file="<b>.pdf"),)))
    assert "&lt;b&gt;.pdf" in page
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=", page)
    assert audit_page(found, "en").count('class="signal"') == len(found.signals)


def test_the_command_line_prints_all_formats(example_store: Path, found: Audit, tmp_path: Path) -> None:
    asked = ["audit", "昌吉回族自治州工业和信息化局", "--store", str(example_store)]
    run = CliRunner()
    text = run.invoke(cli, asked)
    assert text.exit_code == 0
    assert "R23_staff" in text.output
    for form in ("json", "csv", "html"):
        out = tmp_path / f"audit.{form}"
        assert run.invoke(cli, [*asked, "--format", form, "-o", str(out)]).exit_code == 0
        assert "R23_staff" in out.read_text("utf-8")
    printed = json.loads((tmp_path / "audit.json").read_text("utf-8"))
    assert len(printed["signals"]) == sum(one.file == printed["documents"][0]["file"] for one in found.signals)
    rows = found.table()
    assert len(rows.rows) == len(found.signals)
    assert {len(one) for one in rows.rows} == {len(rows.columns)}


@pytest.fixture(scope="module")
def real(shared: Path, once_a_run: Once) -> Audit:
    """The audit of real disclosures of three provinces."""
    files = [*(shared / "corpus/xinjiang").glob("*.txt"), *(shared / "corpus/shanghai").glob("*24年*.pdf")]
    files += (shared / "corpus/shanghai").glob("*决算.pdf")
    files += list((shared / "corpus/jiangsu").glob("*人大*.pdf"))

    def made(folder: Path) -> Audit:
        caimai.build(sorted(files), folder / "store")
        return audit(open_read_only(folder / "store"))

    found: Audit = once_a_run("real", made)
    return found


@pytest.mark.parametrize(
    ("file", "rule", "count"),
    [
        ("002", "R18_whole_upper", 1), ("002", "R18_no_line", 1), ("002", "R21_items", 2), ("002", "R19_cost", 3),
        ("002", "R24_form_name", 4), ("002", "R24_brackets", 2), ("002", "S16_lower_bound", 3),
        ("004", "R18_lines", 1), ("004", "R18_whole_upper", 1), ("004", "R18_whole_own", 1),
        ("004", "R18_whole_other", 1), ("004", "R18_no_form", 1), ("004", "R24_form_name", 2),
        ("004", "S24_prior_percent", 3),
        ("000", "R24_document", 1), ("000", "R24_path", 2), ("000", "R21_goal_counts", 1), ("000", "R19_cost", 2),
        ("000", "R21_wholly", 1), ("000", "R24_issued_by", 2), ("000", "R24_project_name", 1), ("000", "W09_cause", 1),
        ("000", "R16_cause", 1), ("000", "R27_assets", 1), ("001", "R24_institution", 1), ("001", "S37_withheld", 1),
        ("000", "R24_name_brackets", 1), ("001", "R21_bound", 1), ("003", "W17_set_term", 1), ("004", "R21_split", 1),
        ("000", "R25_projects", 1), ("000", "W12_named_purpose", 1), ("000", "R24_body_name", 1),
        ("001", "R22_statements", 1), ("001", "W16_replaced", 2), ("001", "W21_kind", 1), ("001", "W14_level", 1),
        ("003", "R23_staff", 1), ("003", "W06_wrong_subject", 1), ("003", "R25_carry_over", 2),
        ("003", "W16_replaced", 1), ("003", "W17_doubled", 1), ("003", "W09_no_change", 1),
        ("24年预算", "S26_noted_empty", 1), ("24年预算", "W09_reason_direction", 1), ("24年预算", "R14_twice", 1),
        ("24年预算", "W18_government", 1), ("24年预算", "R20_parts", 2),
        ("决算", "R14_totals", 1), ("决算", "R13_parts", 1), ("决算", "R25_basic", 1), ("决算", "R15_carried", 1),
        ("决算", "W21_kind", 1),
        ("2017年度预算公开", "R14_items", 1), ("2017年度预算公开", "R13_named", 3), ("2018预算公开", "R11_percent", 1),
        ("2018预算公开", "W19_instruction", 2), ("2018预算公开", "S31_no_goals", 1),
        ("2018预算公开", "W20_wrong_side", 1),
    ],
)  # fmt: skip
def test_real_disclosures_give_the_inconsistencies_found_by_hand(real: Audit, file: str, rule: str, count: int) -> None:
    """Against lists made by hand before the audit was looked at: the document, the rule, how often."""
    assert sum(file in one.file.split(" + ")[0][:60] and one.rule == rule for one in real.signals) == count


def test_real_disclosures_keep_their_identities(real: Audit) -> None:
    """No sum of a table fails in these documents; what they get wrong is in their sentences and names."""
    sums = (
        "R01_economic",
        "R01_function",
        "R01_total",
        "R02_f",
        "R02_g",
        "R02_n",
        "R02_o",
        "R02_p",
        "R02_r",
        "R03",
        "R04",
        "R05",
        "R06",
        "R14_sub",
        "R14_sum",
    )
    assert [signal.zh for signal in real.signals if signal.rule.startswith((*sums, "R15_pa", "R15_pr"))] == []


def test_every_rule_of_words_has_its_function_in_one_package() -> None:
    named = [name for package in (amounts, changes, performance, tables, wording) for name in package.RULES]
    assert sorted(named) == [rule.name for rule in rules().values() if rule.compare == "words"]


def test_the_page_of_rules_is_up_to_date(root: Path) -> None:
    assert (root / "docs/audit.md").read_text("utf-8") == reference()


def test_what_inspections_look_for_is_seen_by_rules_or_said_to_need_more() -> None:
    for category in inspections():
        assert set(category["rules"]) <= set(rules()), category["en"]
        assert category["rules"] or category["needs_en"], category["en"]
        assert ("needs_zh" in category) == ("needs_en" in category)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("R24_contents", "contents: '第四部分名称解释' is headed '第四部分名词解释'"),
        ("S26_unexplained", "three_public: the table '“三公”经费支出表' is empty and nothing says so"),
        ("S26_noted_empty", "“三公”经费支出表: the table is said to be empty and is not"),
    ],
)
def test_what_reading_noticed_of_the_document_is_audited(held: list[Book], rule: str, message: str) -> None:
    book = of(held, "阿图什")
    assert not fired(rule, book)
    book.own.extend(quads("urn:now", ("f", "evidence", "urn:e")))
    finding, kind = ox.NamedNode("urn:now:f"), ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    bl = "https://w3id.org/cnbl/ont#"
    book.own.add(ox.Quad(finding, kind, ox.NamedNode(bl + "Finding"), book.graph))
    book.own.add(ox.Quad(finding, ox.NamedNode(bl + "message"), ox.Literal(message), book.graph))
    assert fired(rule, book)


def test_final_accounts_are_not_held_against_rules_of_budgets(example_store: Path) -> None:
    assert rules()["R02_revenue_expenditure"].phase == "budget"
    assert rules()["R01_function"].phase == "any"


MONEY = ox.NamedNode("https://w3id.org/cnbl/ont#amountCNY")
VIEW = ox.NamedNode("https://w3id.org/cnbl/ont#inView")


@pytest.mark.parametrize(
    "view",
    [
        "revenue_expenditure_overview", "revenue", "expenditure", "general_budget_expenditure", "general_budget_basic",
        "general_budget_project", "carryover", "narrative_project", "narrative_carryover",
    ],
)  # fmt: skip
def test_a_figure_changed_by_hand_is_seen(held: list[Book], view: str) -> None:
    """Each of ten figures of a table, one at a time, put up by 1.00万元: an honest audit notices nine at least."""
    book = of(held, "阿图什")
    node = ox.NamedNode(f"https://w3id.org/cnbl/code/view/{view}")
    figures = sorted((quad.subject for quad in book.own.quads_for_pattern(None, VIEW, node)), key=str)
    chosen = figures[:: max(1, len(figures) // 10)][:10]
    sums = [rule for rule in rules().values() if rule.compare == "equal" and rule.scope == "document"]
    seen = 0
    for figure in chosen:
        (old,) = book.own.quads_for_pattern(figure, MONEY, None)
        assert isinstance(old.object, ox.Literal)
        more = ox.Literal(str(Decimal(old.object.value) + 10_000), datatype=old.object.datatype)
        new = ox.Quad(old.subject, old.predicate, more, old.graph_name)
        book.own.remove(old)
        book.own.add(new)
        judgements = (judged(rule, one, book) for rule in sums for one in book.rows(rule.sparql) if one.get("left"))
        seen += any(isinstance(one, Signal) and one.severity == "error" for one in judgements)
        book.own.remove(new)
        book.own.add(old)
    assert seen >= 0.9 * len(chosen)


PARAGRAPH = ox.NamedNode("https://w3id.org/cnbl/ont#ParagraphEvidence")


@pytest.fixture(scope="module")
def untold(held: list[Book]) -> Book:
    """A disclosure without its running text."""
    book = of(held, "科学技术局")
    for quad in list(book.own.quads_for_pattern(None, None, PARAGRAPH, None)):
        book.own.remove(quad)
    return book


def passage(untold: Book, section: str, *paragraphs: str) -> Book:
    """The book with these paragraphs under one heading as its only running text, until it is given others."""
    bl, graph = "https://w3id.org/cnbl/ont#", ox.NamedNode("urn:g")
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    own, places = untold.own, dict(untold.places)
    own.remove_graph(graph)
    for index, words in enumerate(paragraphs, 1):
        ev = ox.NamedNode(f"urn:passage:{index}")
        own.add(ox.Quad(ev, kind, PARAGRAPH, graph))
        own.add(ox.Quad(ev, ox.NamedNode(bl + "section"), ox.Literal(section), graph))
        own.add(ox.Quad(ev, ox.NamedNode(bl + "verbatim"), ox.Literal(words), graph))
        own.add(ox.Quad(ev, ox.NamedNode(bl + "ordinal"), ox.Literal(index), graph))
        places[ev.value] = Evidence("a.txt", None, 7 + index, None, None, None, words)
    return replace(untold, places=places, answers={})


@pytest.mark.parametrize(("number", "wrong"), [(3, True), (4, False), (5, True), (6, False)])
def test_a_stated_number_of_projects_is_that_of_the_forms_with_those_carried_over_or_without(
    untold: Book, number: int, wrong: bool
) -> None:
    told = passage(untold, "十二（四）预算绩效情况", f"当年预算安排项目共 {number} 个，其中")
    assert bool(list(WORDED["R22_projects"](rules()["R22_projects"], told))) is wrong


@pytest.mark.parametrize(
    ("rule", "text", "carried"),
    [
        ("R22_amounts", "财政拨款项目涉及预算金额72.00万元；", True),
        ("R22_amounts", "非财政拨款项目涉及预算金额25.00万元。", True),  # 35.00 of a form of 60.00
        ("R22_amounts", "财政拨款项目涉及预算金额71.00万元；", False),
    ],
)
def test_a_gap_that_is_what_was_carried_over_is_said_to_be_so(
    untold: Book, rule: str, text: str, carried: bool
) -> None:
    (one,) = WORDED[rule](rules()[rule], passage(untold, "十二（四）预算绩效情况", text))
    assert ("差额正与上年结转项目" in one.zh) is carried
    assert ("projects carried over" in one.en) is carried


@pytest.mark.parametrize(("word", "wrong"), [("委托业务费", True), ("劳务费", False)])
def test_a_list_of_expenditure_is_held_against_its_table(untold: Book, word: str, wrong: bool) -> None:
    told = passage(untold, "四", f"主要用于办公费、印刷费、邮电费、差旅费、公务接待费、{word}、工会经费、福利费。")
    found = list(WORDED["R25_items"](rules()["R25_items"], told))
    assert bool(found) is wrong
    if found:
        assert "委托业务费" in found[0].zh
        assert "劳务费" in found[0].zh


SENTENCES = tomllib.loads((Path(__file__).parent / "data/audit_sentences.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize(
    ("rule", "section", "words", "wrong"),
    [
        (case["rule"], case["section"], words, kind == "wrong")
        for case in SENTENCES
        for kind in ("right", "wrong")
        for words in case[kind]
    ],
)
def test_a_sentence_is_held_against_itself_and_the_tables(
    untold: Book, rule: str, section: str, words: str, wrong: bool
) -> None:
    assert bool(list(WORDED[rule](rules()[rule], passage(untold, section, words)))) is wrong


def test_text_and_tables_in_two_files_are_audited_as_one_disclosure(real: Audit) -> None:
    """The text of a disclosure names last year in a set phrase; its tables lie in another file."""
    (both,) = (file for file in real.documents if "2019" in file)
    assert both.count(".pdf") == 2
    signals = [signal for signal in real.signals if signal.file == both]
    assert {"W04_year", "R25_basic", "R24_level", "W02_blank"} <= {signal.rule for signal in signals}
    assert not any(signal.severity == "error" for signal in signals)


Fact = tuple[str, str, str | int]


def quads(graph: str, *facts: Fact) -> list[ox.Quad]:
    """Facts as `(thing, property, value)`: whole numbers are figures, words with a colon are names, others are text."""
    prefixes = {"view": "https://w3id.org/cnbl/code/view/", "kind": "https://w3id.org/cnbl/code/kind/"}
    prefixes |= {"src": "https://w3id.org/cnbl/code/source/"}
    prefixes |= {"grade": "https://w3id.org/cnbl/code/grade/", "role": "https://w3id.org/cnbl/code/role/"}
    prefixes |= {"side": "https://w3id.org/cnbl/code/side/", "urn": "urn:"}

    def term(value: str | int) -> ox.NamedNode | ox.Literal:
        prefix, colon, name = str(value).partition(":")
        if isinstance(value, int):
            return ox.Literal(value)
        return ox.NamedNode(prefixes[prefix] + name) if colon else ox.Literal(value)

    own = "https://w3id.org/cnbl/ont#"
    return [
        ox.Quad(ox.NamedNode(f"{graph}:{thing}"), ox.NamedNode(own + name), term(value), ox.NamedNode(graph))
        for thing, name, value in facts
    ]


def disclosed_twice(book: Book, now: list[ox.Quad], before: list[ox.Quad]) -> Book:
    """The book as a disclosure of 2026 that states `now`, beside one of 2025 that states `before`."""
    near = ox.Store()
    for graph, year, stated in (("urn:now", 2026, now), ("urn:before", 2025, before)):
        head: list[Fact] = [("d", "disclosureOf", "urn:body"), ("d", "fiscalYear", year)]
        head += [("d", "budgetPhase", "kind:initial"), ("d", "reportingLevel", "kind:department")]
        near.extend([*quads(graph, *head), *stated])
    return replace(book, near=near, graph=ox.NamedNode("urn:now"), places={}, halves={}, answers={})


def fired(rule: str, book: Book) -> bool:
    rows = book.rows(rules()[rule].sparql, everywhere=rules()[rule].scope == "all")
    return any(isinstance(judged(rules()[rule], one, book), Signal) for one in rows if one["left"] is not None)


@pytest.mark.parametrize(("given", "wrong"), [(1_000_000, True), (1_500_000, False)])
def test_a_carry_over_is_no_more_than_the_allocation_it_comes_from(book: Book, given: int, wrong: bool) -> None:
    def line(graph: str, view: str, year: int, amount: int) -> list[ox.Quad]:
        row = [("r", "inView", view), ("r", "columnRole", "role:col-total"), ("r", "project", f"{graph}:p")]
        row += [("p", "fundedUnder", "urn:document"), ("r", "agency", "urn:body"), ("r", "evidence", f"{graph}:e")]
        return quads(graph, *row, ("r", "fiscalYear", year), ("r", "amountCNY", amount))

    now = line("urn:now", "view:carryover", 2026, 1_200_000)
    before = line("urn:before", "view:general_budget_project", 2025, given)
    assert fired("R26_carry_over", disclosed_twice(book, now, before)) is wrong


@pytest.mark.parametrize(("same", "totals", "wrong"), [(4, (1, 2), True), (3, (1, 2), False), (4, (2, 2), False)])
def test_figures_copied_from_last_year_are_seen(book: Book, same: int, totals: tuple[int, int], wrong: bool) -> None:
    def figures(graph: str, total: int, amounts: list[int]) -> list[ox.Quad]:
        overview = [("s", "inView", "view:revenue_expenditure_overview"), ("s", "side", "side:income")]
        rows: list[Fact] = [*overview, ("s", "rowPath", "合计"), ("s", "amountCNY", total)]
        for index, amount in enumerate(amounts):
            rows += [(f"r{index}", "inView", "view:narrative_assets"), (f"r{index}", "item", f"资产{index}")]
            rows += [(f"r{index}", "amountCNY", amount), (f"r{index}", "evidence", f"{graph}:e{index}")]
        return quads(graph, *rows)

    now = figures("urn:now", totals[0], [100, 200, 300, 400, 500])
    before = figures(
        "urn:before", totals[1], [[100, 200, 300, 400][index] if index < same else 7 for index in range(4)]
    )
    assert fired("S32_copied", disclosed_twice(book, now, before)) is wrong


@pytest.mark.parametrize(
    ("item", "now", "before", "wrong"),
    [
        ("房屋面积平方米", 50, 1419, True),
        ("房屋面积平方米", 1200, 1419, False),
        ("房屋面积平方米", 1419, 50, False),
        ("车辆数", 2, 7, True),
        ("车辆数", 1, 3, False),  # of so few, two are soon gone
        ("其他车辆数", 2, 7, False),
    ],
)
def test_assets_go_on_from_last_year(book: Book, item: str, now: int, before: int, wrong: bool) -> None:
    def asset(graph: str, count: int) -> list[ox.Quad]:
        row: list[Fact] = [("r", "inView", "view:narrative_assets"), ("r", "item", item), ("r", "quantity", count)]
        return quads(graph, *row, ("r", "disclosedIn", f"{graph}:d"), ("r", "evidence", f"{graph}:e"))

    made = disclosed_twice(book, asset("urn:now", now), asset("urn:before", before))
    assert fired("R27_assets", made) is wrong


@pytest.mark.parametrize(
    ("now", "before", "wrong"),
    [
        ((7, 7, 0), (7, 0, 4), True),
        ((7, 3, 4), (7, 3, 4), False),
        ((7, 5, 2), (7, 3, 4), False),  # some of either kind
        ((8, 8, 0), (7, 0, 4), False),  # others
        ((7, 1, 0), (7, 0, 1), False),
    ],
)
def test_as_many_vehicles_are_of_the_kinds_of_last_year(
    book: Book, now: tuple[int, ...], before: tuple[int, ...], wrong: bool
) -> None:
    def vehicles(graph: str, counts: tuple[int, ...]) -> list[ox.Quad]:
        rows: list[Fact] = []
        for item, count in zip(("车辆数", "其他用车数", "执法执勤用车数"), counts, strict=True):
            rows += [(item, "inView", "view:narrative_assets"), (item, "item", item), (item, "quantity", count)]
            rows += [(item, "disclosedIn", f"{graph}:d"), (item, "evidence", f"{graph}:e")]
        return quads(graph, *rows)

    made = disclosed_twice(book, vehicles("urn:now", now), vehicles("urn:before", before))
    assert fired("R27_vehicle_classes", made) is wrong


@pytest.mark.parametrize(
    ("unit", "carried", "wrong"),
    [("urn:museum", False, False), ("urn:library", False, True), ("urn:library", True, False)],
)
def test_the_projects_of_a_unit_spend_its_own_funds(book: Book, unit: str, carried: bool, wrong: bool) -> None:
    def row(name: str, view: str, agency: str, column: str, amount: int, *more: Fact) -> list[Fact]:
        told: list[Fact] = [(name, "inView", view), (name, "agency", agency), (name, "columnName", column)]
        return [*told, (name, "amountCNY", amount), (name, "evidence", f"urn:e{name}"), *more]

    rows = row("p", "view:project_expenditure", unit, "单位资金", 250_000, ("p", "project", "urn:project"))
    rows += [("p", "fundSource", "src:unit-funds")]
    for name, total in (("museum", 900_000), ("library", 800_000)):
        rows += row(name, "view:revenue", f"urn:{name}", "总计", total, (name, "item", name))
    rows += row("o", "view:revenue", "urn:museum", "其他收入", 250_000, ("o", "item", "museum"))
    rows += [("o", "fundSource", "src:other-income")]
    if carried:
        rows += row("c", "view:revenue", unit, "上年结转结余", 300_000, ("c", "item", "library"))
    made = disclosed_twice(book, quads("urn:now", *rows), [])
    assert fired("R02_unit_funds", replace(made, own=made.near)) is wrong


@pytest.mark.parametrize(
    ("section", "whole", "wrong"),
    [
        ("（二）支出预算情况", 3_790, False),  # of all funds
        ("（二）支出预算情况", 3_800, True),
        ("五、一般公共预算支出情况", 3_790, True),
    ],
)
def test_a_subject_of_all_funds_is_not_held_against_the_general_budget(
    book: Book, section: str, whole: int, wrong: bool
) -> None:
    told: list[Fact] = [
        ("t", "functionalSubject", "urn:213"),
        ("t", "rowPath", "农林水支出"),
        ("t", "item", "农林水支出"),
    ]
    told += [("t", "amountCNY", 3_790), ("t", "evidence", "urn:now:e"), ("e", "section", section)]
    for name, amount in (("general_budget_expenditure", 3_434), ("expenditure", whole)):
        told += [(name, "inView", f"view:{name}"), (name, "columnName", "合计"), (name, "functionalSubject", "urn:213")]
        told += [(name, "amountCNY", amount), (name, "evidence", f"urn:now:{name}:e")]
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    statement = ox.NamedNode("https://w3id.org/cnbl/ont#ChangeStatement")
    now = [*quads("urn:now", *told), ox.Quad(ox.NamedNode("urn:now:t"), kind, statement, ox.NamedNode("urn:now"))]
    made = disclosed_twice(book, now, [])
    assert fired("R14_subjects", replace(made, own=made.near)) is wrong


@pytest.mark.parametrize(("published", "wrong"), [(9_000_000, True), (10_000_000, False)])
def test_last_year_as_implied_is_last_year_as_published(book: Book, published: int, wrong: bool) -> None:
    said: list[Fact] = [("c", "item", "基本支出"), ("c", "impliedPriorCNY", 10_000_000), ("c", "evidence", "urn:now:e")]
    now = quads("urn:now", *said, ("e", "section", "三、支出预算情况说明"))
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    statement = ox.NamedNode("https://w3id.org/cnbl/ont#ChangeStatement")
    now.append(ox.Quad(ox.NamedNode("urn:now:c"), kind, statement, ox.NamedNode("urn:now")))
    row = [("r", "inView", "view:expenditure"), ("r", "item", "合计"), ("r", "columnName", "基本支出")]
    before = quads("urn:before", *row, ("r", "amountCNY", published), ("r", "evidence", "urn:before:e"))
    assert fired("R16_totals", disclosed_twice(book, now, before)) is wrong


@pytest.mark.parametrize(
    ("rule", "published", "wrong"),
    [
        ("succeeded_by_figures", 400_800, True),
        ("succeeded_by_figures", 424_200, False),
        ("merged_by_sentence", 400_800, False),  # one of several: its figures are not the body's
    ],
)
def test_last_year_is_that_of_the_body_whose_figures_the_sentences_imply(
    book: Book, rule: str, published: int, wrong: bool
) -> None:
    said: list[Fact] = [("c", "item", "养老"), ("c", "impliedPriorCNY", 424_200), ("c", "evidence", "urn:now:e")]
    said += [("c", "rowPath", "社会保障/退休/养老")]
    said += [("l", "linkSubject", "urn:body"), ("l", "linkObject", "urn:former"), ("l", "grade", "grade:derived")]
    now = quads("urn:now", *said)
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    statement = ox.NamedNode("https://w3id.org/cnbl/ont#ChangeStatement")
    about, after = (ox.NamedNode(f"https://w3id.org/cnbl/ont#{name}") for name in ("rule", "succeeds"))
    now.append(ox.Quad(ox.NamedNode("urn:body"), after, ox.NamedNode("urn:former"), ox.NamedNode("urn:now")))
    now.append(ox.Quad(ox.NamedNode("urn:now:c"), kind, statement, ox.NamedNode("urn:now")))
    now.append(ox.Quad(ox.NamedNode("urn:now:l"), about, ox.Literal(rule), ox.NamedNode("urn:now")))
    row: list[Fact] = [("r", "inView", "view:general_budget_expenditure"), ("r", "columnName", "合计")]
    row += [("d", "disclosureOf", "urn:former"), ("r", "amountCNY", published), ("r", "evidence", "urn:before:e")]
    for one, upper, name in (("r", "g", "养老"), ("g", "t", "退休"), ("t", "", "社会保障")):
        row += [(one, "item", name), (one, "functionalSubject", f"urn:{one}")]
        row += [(one, "rollsUpTo", f"urn:before:{upper}")] if upper else []
    assert fired("R16_last_year", disclosed_twice(book, now, quads("urn:before", *row))) is wrong


def test_an_item_of_two_provinces_is_held_against_any_table_that_has_it(held: list[Book]) -> None:
    """The same thing with the same amount changed by two amounts; a subject whose upper row is lost."""
    book = of(held, "昌吉回族自治州工业和信息化局")
    assert not list(WORDED["R14_same"](rules()["R14_same"], book))
    assert not fired("R01_orphan", book)
    assert fired("R01_orphan", without(book, "functionalSubject", r"/20113>$"))


def without(book: Book, predicate: str, ending: str) -> Book:
    """The book without what has such a property whose value's address ends so."""
    own = ox.Store()
    relation = ox.NamedNode(f"https://w3id.org/cnbl/ont#{predicate}")
    gone = {
        quad.subject for quad in book.own.quads_for_pattern(None, relation, None) if re.search(ending, str(quad.object))
    }
    own.extend([quad for quad in book.own if quad.subject not in gone])
    return replace(book, own=own, near=own, answers={})


@pytest.mark.parametrize(
    ("rule", "predicate", "ending"),
    [
        ("S27_function_level", "functionalSubject", r"/\d{7}>$"),
        ("S27_economic_level", "economicSubject", r"/\d{5}>$"),
        ("S25_missing_table", "inView", "/three_public>$"),
        ("S27_function_part", "functionalSubject", r"/20604\d\d>$"),
        ("S27_economic_part", "economicSubject", r"/303\d\d>$"),
        ("S27_projects", "project", ""),
        ("S29_items", "item", "公务|出国"),
    ],
)
def test_what_is_not_disclosed_is_missed(held: list[Book], rule: str, predicate: str, ending: str) -> None:
    book = of(held, "阿图什")
    assert not fired(rule, book)
    assert fired(rule, without(book, predicate, ending))


def noted(book: Book, message: str) -> Book:
    """The book with a finding of the reader."""
    own = ox.Store()
    own.extend(book.own)
    note = ox.NamedNode("urn:now:f")
    own.add(ox.Quad(note, TYPE, BL.Finding, book.graph))
    own.add(ox.Quad(note, BL.message, ox.Literal(message), book.graph))
    own.add(ox.Quad(note, BL.evidence, ox.NamedNode("urn:e"), book.graph))
    return replace(book, own=own, near=own, answers={})


def test_a_table_that_the_contents_list_in_vain_is_told_once(held: list[Book]) -> None:
    whole = of(held, "阿图什")
    message = "contents: the table three_public, listed as '九、“三公”经费表', is not printed"
    lacking = noted(without(whole, "inView", "/three_public>$"), message)
    assert list(WORDED["S25_unprinted_table"](rules()["S25_unprinted_table"], lacking))
    assert not fired("S25_missing_table", lacking)
    in_another_file = noted(whole, message)
    assert not list(WORDED["S25_unprinted_table"](rules()["S25_unprinted_table"], in_another_file))


def test_subjects_that_the_revenue_table_lacks_are_told_together(held: list[Book]) -> None:
    whole, rule = of(held, "阿图什"), rules()["R02_missing"]
    assert not whole.rows(rule.sparql)
    lacking = ox.Store()
    subject = ox.NamedNode("https://w3id.org/cnbl/ont#functionalSubject")
    of_revenue = {quad.subject for quad in whole.own.quads_for_pattern(None, VIEW, None) if "/revenue>" in str(quad)}
    coded = [quad for quad in whole.own.quads_for_pattern(None, subject, None) if quad.subject in of_revenue]
    gone = {quad.subject for quad in coded if re.search(r"/(206|216)\d*(?:~.*)?>$", str(quad.object))}
    lacking.extend([quad for quad in whole.own if quad.subject not in gone])
    (row,) = replace(whole, own=lacking, near=lacking, answers={}).rows(rule.sparql)
    assert [part.split()[0] for part in str(row["what"]).split("、")] == ["206", "216"]
    assert len(str(row["left_evidence"]).split()) == 2
    assert not row["right_evidence"]  # no row of the table stands for a whole class


def test_what_was_not_read_is_not_missed(held: list[Book]) -> None:
    book = without(of(held, "阿图什"), "functionalSubject", r"/20604\d\d>$")
    unread = "某表: a table with other headings under the same title: none of it is read"
    assert not fired("S27_function_part", noted(book, unread))


@pytest.mark.parametrize(("declared", "wrong"), [(False, True), (True, False)])
def test_a_table_that_the_province_demands_is_missed(held: list[Book], declared: bool, wrong: bool) -> None:
    book = without(of(held, "阿图什"), "inView", "/three_public>$")
    kind = "https://w3id.org/cnbl/code/absence/"
    said = [("a", "absentView", "view:three_public"), ("a", "evidence", "urn:e")]
    book.own.extend(quads("urn:now", *said, *([("b", "absentView", "view:three_public")] if declared else [])))
    for thing, word in (("a", "absent"), *([("b", "declared_nil")] if declared else [])):
        relation = ox.NamedNode("https://w3id.org/cnbl/ont#absenceKind")
        book.own.add(ox.Quad(ox.NamedNode(f"urn:now:{thing}"), relation, ox.NamedNode(kind + word), book.graph))
    assert fired("S25_listed_table", book) is wrong
    assert not fired("S25_missing_table", book)


def test_a_table_that_is_printed_and_was_not_read_is_not_missed(held: list[Book]) -> None:
    lacking = without(of(held, "阿图什"), "inView", "/three_public>$")
    assert fired("S25_missing_table", lacking)
    words = "tables: the table three_public, printed as '“三公”经费情况表', has figures and none of them is read"
    assert not fired("S25_missing_table", noted(lacking, words))


@pytest.mark.parametrize(("title", "wrong"), [("清淤长度", True), ("灌溉水有效利用系数", False)])
def test_a_number_has_a_unit_but_for_a_coefficient(held: list[Book], title: str, wrong: bool) -> None:
    book = of(held, "阿图什")
    own = ox.Store()
    said = [("f", "hasIndicator", "urn:now:i"), ("f", "evidence", "urn:e"), ("i", "evidence", "urn:e")]
    own.extend(quads("urn:now", *said, ("i", "indicatorName", title), ("i", "verbatim", "≥1"), ("i", "targetValue", 1)))
    assert fired("S24_no_unit", replace(book, own=own, near=own, answers={})) is wrong


def test_pensions_without_pensioners_are_seen(held: list[Book]) -> None:
    book = of(held, "昌吉回族自治州工业和信息化局")
    assert not fired("R23_pensions", book)
    kind, count = (ox.NamedNode(f"https://w3id.org/cnbl/ont#{name}") for name in ("itemKind", "quantity"))
    veterans = ox.NamedNode("https://w3id.org/cnbl/code/kind/staff-veteran")
    (staff,) = (quad.subject for quad in book.own.quads_for_pattern(None, kind, veterans))
    (old,) = book.own.quads_for_pattern(staff, count, None)
    book.own.remove(old)
    book.own.add(ox.Quad(old.subject, old.predicate, ox.Literal(0), old.graph_name))
    assert fired("R23_pensions", book)


def test_cells_with_the_same_words_are_one_print_in_one_row_only() -> None:
    cell = Evidence("a.pdf", 8, None, "收入决算表", 9, 10, "0.00")
    assert _one_print(cell, replace(cell, column=5, words="229.67"))
    assert _one_print(cell, replace(cell, table=None, words="合计"))  # what the reader found in the row
    assert not _one_print(cell, replace(cell, row=10))
    sentence = Evidence("a.pdf", 8, None, None, None, None, "支出决算为0.00万元")
    assert not _one_print(cell, sentence)
    assert _one_print(sentence, replace(sentence, words="上年相比，支出决算为0.00万元"))
    line = Evidence("a.txt", None, 8, None, None, None, "201 01 某支出 5.00 5.00")
    assert _one_print(line, replace(line, table="支出预算表", row=3, words="5.00"))
    assert not _one_print(line, replace(line, line=9, row=3, words="5.00"))
