"""Performance forms of projects: their money, and their heads against the accounts of the projects and the cover."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest

from kg.places import Evidence
from kg.rdf import decimal
from queries.auditing.book import Book
from queries.auditing.compare import judged
from queries.auditing.performance.accounts import pairs
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED

GRAPH = ox.NamedNode("urn:g")
FORM = ox.NamedNode("urn:f")


def told(rule: str, **amounts: str) -> list[bool]:
    """Whether each row of a rule on the money of one form is a signal."""
    own = ox.Store()
    said: dict[str, ox.Literal | ox.NamedNode | None] = {name: decimal(Decimal(amounts[name])) for name in amounts}
    for name, term in {**said, "projectName": ox.Literal("修路"), "evidence": ox.NamedNode("urn:at")}.items():
        assert term
        own.add(ox.Quad(FORM, ox.NamedNode(f"https://w3id.org/cnbl/ont#{name}"), term, GRAPH))
    kind = ox.NamedNode("https://w3id.org/cnbl/ont#PerformanceTarget")
    own.add(ox.Quad(FORM, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), kind, GRAPH))
    book = Book(own, own, GRAPH, "f", "", "某局", 2025, False, {}, {})
    return [isinstance(judged(rules()[rule], row, book), Signal) for row in book.rows(rules()[rule].sparql)]


@pytest.mark.parametrize(
    ("carried", "other", "wrong"), [("0", "50", True), ("1000", "50", False), ("1000", "1050", True)]
)
def test_what_was_carried_over_is_a_part_of_the_total(carried: str, other: str, wrong: bool) -> None:
    money = {"targetTotalCNY": "5050", "targetFiscalCNY": "4000", "targetCarriedCNY": carried}
    assert told("R18_parts", **money, targetOtherCNY=other) == [wrong]


@pytest.mark.parametrize(("total", "wrong"), [("5200", False), ("5250", True)])
def test_each_of_three_parts_may_carry_a_rounding(total: str, wrong: bool) -> None:
    money = {"targetTotalCNY": total, "targetFiscalCNY": "3000", "targetCarriedCNY": "1000", "targetOtherCNY": "1000"}
    assert told("R18_parts", **money) == [wrong]


def test_a_form_without_a_line_of_what_was_carried_over_has_two_parts() -> None:
    assert told("R18_parts", targetTotalCNY="5000", targetFiscalCNY="4000", targetOtherCNY="1000") == [False]


def own_money(form: str, overview: str) -> list[tuple[str, str]]:
    """Severity and class of each signal on the own money of a whole-body form against that of the overview."""
    codes = "".join(f"PREFIX {name}: <https://w3id.org/cnbl/code/{name}/> " for name in ("view", "side", "kind"))
    line = "bl:inView view:revenue_expenditure_overview ; bl:side side:income ; bl:rowPath"
    own = ox.Store()
    own.update(f"""PREFIX bl: <https://w3id.org/cnbl/ont#> {codes} INSERT DATA {{ GRAPH <urn:g> {{
        <urn:f> bl:targetScope kind:whole-body ; bl:targetOwnCNY {form} ; bl:evidence <urn:f:at> .
        <urn:all> {line} "合计" ; bl:evidence <urn:all:at> .
        <urn:year> {line} "本年收入" .
        <urn:own> {line} "本年收入/一般公共预算拨款/一般财力" ; bl:amountCNY {overview} ; bl:evidence <urn:own:at> .
    }} }}""")
    book = Book(own, own, GRAPH, "f", "", "某局", 2025, False, {}, {}, {"totals": []})
    judgements = [judged(rules()["R18_whole_own"], row, book) for row in book.rows(rules()["R18_whole_own"].sparql)]
    return [(one.severity, one.kind) for one in judgements if isinstance(one, Signal)]


@pytest.mark.parametrize(
    ("form", "signal"),
    [
        ("22541700.0", []),
        ("22541900.0", [("info", "rounding")]),  # 0.02: fitted to the total of a form whose parts are rounded too
        ("22542000.0", [("error", "contradiction")]),
    ],
)
def test_an_amount_of_a_form_may_carry_the_rounding_of_the_others(form: str, signal: list[tuple[str, str]]) -> None:
    assert own_money(form, "22541700.0") == signal


def whole_parts(upper: str, *, total: str | None = None, income: str = "6000000.0") -> list[bool]:
    """Whether the sources of a whole-body form (own 3,000,000, other 1,000,000) are told, in each comparison."""
    view, side, kind = (f"https://w3id.org/cnbl/code/{name}/" for name in ("view", "side", "kind"))
    printed = f"bl:targetTotalCNY {total} ;" if total else ""
    own = ox.Store()
    own.update(f"""PREFIX bl: <https://w3id.org/cnbl/ont#> INSERT DATA {{ GRAPH <urn:g> {{
        <urn:f> bl:targetScope <{kind}whole-body> ; bl:targetUpperCNY {upper} ; bl:targetOwnCNY 3000000.0 ; {printed}
          bl:targetOtherCNY 1000000.0 ; bl:evidence <urn:f:at> .
        <urn:all> bl:inView <{view}revenue_expenditure_overview> ; bl:side <{side}income> ; bl:rowPath "合计" ;
          bl:amountCNY {income} ; bl:evidence <urn:all:at> .
    }} }}""")
    book = Book(own, own, GRAPH, "f", "", "某局", 2025, False, {}, {}, {"totals": []})
    rule = rules()["R18_whole_parts"]
    return [isinstance(judged(rule, row, book), Signal) for row in book.rows(rule.sparql)]


def test_the_sources_of_the_whole_body_form_add_up() -> None:
    assert whole_parts("2000000.0", total="6000000.0") == [False]
    assert whole_parts("2000200.0", total="6000000.0") == [False]  # rounded
    assert whole_parts("1000000.0", total="6000000.0") == [True]
    assert whole_parts("1000000.0", total="5000000.0") == [False]  # that total differs from the overview: another rule
    assert whole_parts("1000000.0") == [True]
    assert whole_parts("2000000.0") == [False]


@pytest.mark.parametrize(("fiscal", "wrong"), [("8000", False), ("8900", True)])
def test_the_money_of_all_years_is_the_sum_of_its_parts(fiscal: str, wrong: bool) -> None:
    assert told("R18_all_years", wholeTotalCNY="9000", wholeFiscalCNY=fiscal, wholeOtherCNY="1000") == [wrong]


def test_a_form_that_does_not_print_all_parts_is_not_judged() -> None:
    assert told("R18_all_years", wholeTotalCNY="9000", wholeFiscalCNY="8000") == []


@pytest.mark.parametrize(
    ("year", "whole", "wrong"), [("9000", "9000", []), ("9000", "8000", [True]), ("9000", "0", [])]
)
def test_the_money_of_the_year_is_part_of_that_of_all_years(year: str, whole: str, wrong: list[bool]) -> None:
    assert [one for one in told("R18_this_year", targetTotalCNY=year, wholeTotalCNY=whole) if one] == wrong


_HEAD = dict.fromkeys(("name", "total", "supervisor", "carried_out_by", "start", "end"))
_FORM = dict.fromkeys(("name", "form_at", "total", "goal", "indicator", "title", "level", "value", "printed", "at"))
_ACCOUNT = dict.fromkeys(("name", "period", "start", "end", "use", "amount", "carried_out_by"))


def found(
    rule: str,
    account: Mapping[str, Any] | None,
    head: Mapping[str, Any] | None,
    *texts: str,
    own: str = "某某市某某区某局",
    words: str = "",
) -> list[Signal]:
    """The signals on a disclosure of 2025 with one account of a project and one form."""
    store = ox.Store()
    rows = [{"evidence": f"urn:p{at}", "section": "项目经费情况说明", "words": text} for at, text in enumerate(texts)]
    known: dict[str, object] = {
        "paragraphs": rows,
        "project_accounts": [] if account is None else [{**_ACCOUNT, "name": "修路", "evidence": "urn:a", **account}],
        "forms": [] if head is None else [{**_FORM, **head, "form": "urn:form"}],
        "project_heads": []
        if head is None
        else [{**_HEAD, "form": "urn:form", "name": "修路工程", "evidence": "urn:f", **head}],
    }
    places = {"urn:f": Evidence("f", 1, None, "绩效目标表", 1, 1, words, "urn:f")}
    book = Book(store, store, GRAPH, "f", "", own, 2025, False, places, {}, known)
    return list(WORDED[rule](rules()[rule], book))


@pytest.mark.parametrize(
    ("supervisor", "wrong"),
    [
        ("某某区某局执法大队", True),
        ("某某市某某区某局执法大队", True),
        ("某某区某局", False),
        ("某某市某某区某局（本级）", False),
        ("某某市某某区另局", False),  # the department of a unit that discloses
        (None, False),
    ],
)
def test_the_department_on_a_form_is_no_part_of_the_department(supervisor: str | None, wrong: bool) -> None:
    own = "某某市某某区城管执法局"
    printed = supervisor and supervisor.replace("某局", "城管执法局")
    assert bool(found("R24_supervisor", None, {"supervisor": printed}, own=own)) is wrong


@pytest.mark.parametrize(
    ("account", "form", "wrong"),
    [
        ("某某区城管执法局", "某某市某某区城管执法局执法大队", True),
        ("某某市某某区城管执法局执法大队", "某某区城管执法局", True),
        ("某某区城管执法局", "某某市某某区城管执法局", False),
        ("区城管局", "某某市某某区城管执法局执法大队", False),  # a short name
        (None, "某某市某某区城管执法局", False),
        ("某某区建设和管理委员会", "某某市某某区城管执法局执法大队", True),
        ("某某区建设和管理委员会、某某区城管执法局", "某某市某某区城管执法局执法大队", False),  # two bodies
        ("某某区某局", "某某市某某区城管执法局执法大队", False),  # the body that discloses
        ("本单位", "某某市某某区城管执法局执法大队", False),
        ("各街镇", "某某市某某区城管执法局执法大队", False),
    ],
)
def test_a_project_is_carried_out_by_one_body(account: str | None, form: str, wrong: bool) -> None:
    assert bool(found("R24_carried_out", {"carried_out_by": account}, {"carried_out_by": form})) is wrong


_YEAR = {"start": "2025-01-01", "end": "2025-12-31"}


@pytest.mark.parametrize(
    ("account", "form", "severity"),
    [
        (_YEAR, _YEAR, None),
        (_YEAR, {"start": "2023-01-01", "end": "2025-12-31"}, "info"),  # the year's part of it
        ({"start": "2025-03-01", "end": "2026-06-30"}, {"start": "2025-01-01", "end": "2026-06-30"}, "warning"),
        (_YEAR, {"start": "2025-03-01", "end": "2026-06-30"}, "warning"),
        ({}, _YEAR, None),
        (_YEAR, {**_YEAR, "name": "造桥"}, None),
    ],
)
def test_a_project_runs_over_one_period(account: dict[str, str], form: dict[str, str], severity: str | None) -> None:
    told = found("S12_two_periods", account, form)
    assert [one.severity for one in told] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ("2025-01-01", "2025-12-31", False),
        ("2023-01-01", "2026-12-31", False),
        ("2026-01-01", "2025-12-31", True),
        ("2024-01-01", "2024-12-31", True),
        ("2025-01-01", None, False),
    ],
)
def test_planned_dates_are_in_order_and_include_the_year(start: str, end: str | None, wrong: bool) -> None:
    assert bool(found("S12_planned", None, {"start": start, "end": end})) is wrong


@pytest.mark.parametrize(
    ("caption", "days", "right"),
    [
        ("（2023年-2025年）", _YEAR, None),
        ("(2023 年—2025 年)", {"start": "2023-01-01", "end": "2025-12-31"}, None),
        ("（2023年-2025年）", {"start": "2024-01-01", "end": "2026-12-31"}, "2024年1月1日至2026年12月31日"),
        ("（2022年-2024年）", {}, "2025年"),
        ("（20××年-20××年）", _YEAR, None),
        ("", _YEAR, None),
    ],
)
def test_the_years_over_a_goal_hold_its_planned_dates_and_the_year(
    caption: str, days: dict[str, str], right: str | None
) -> None:
    told = found("S12_caption", None, days, words=f"项目名称\t修路工程\n项目总体目标\n{caption}\t年度总体目标")
    assert [one.right.name for one in told] == ([right] if right else [])


@pytest.mark.parametrize(
    ("use", "amount", "total", "wrong"),
    [
        ("2025年度预算安排410.00万元。", 4_100_000, 4_100_000, False),
        ("2025年度预算安排401.00万元。", 4_010_000, 4_100_000, True),
        ("2025年度预算安排410.46万元。", 4_104_600, 4_104_555, False),  # a rounding
        ("第一季度安排401.00万元。", 4_010_000, 4_100_000, False),
        ("按合同支付。", None, 4_100_000, False),
    ],
)
def test_the_year_s_money_of_an_account_is_that_of_its_form(use: str, amount: object, total: int, wrong: bool) -> None:
    assert bool(found("R20_allocation", {"use": use, "amount": amount}, {"total": total})) is wrong


@pytest.mark.parametrize(
    ("use", "wrong"),
    [
        ("总投资900万元。2024年安排建设资金500万元。", True),
        ("2024年安排建设资金500万元，2025年安排400万元。", False),
        ("本年度安排400万元，2024年安排500万元。", False),
        ("依据《2024年安排500万元的通知》安排400万元。", False),
        ("安排400万元。", False),
    ],
)
def test_the_allocation_of_the_year_speaks_of_the_fiscal_year(use: str, wrong: bool) -> None:
    assert bool(found("S12_allocation", {"use": use}, None)) is wrong


def test_a_form_that_is_referred_to_is_printed() -> None:
    words = "七、绩效目标详见单位的项目绩效目标表"
    assert found("S18_referred", {}, None, words)
    assert not found("S18_referred", {}, {}, words)
    assert found("S18_referred", {}, None, "七、绩效目标（包括总目标、年度目标等，具体见表格）")
    assert not found("S18_referred", {}, None, "七、绩效目标建成后使用。")


@pytest.mark.parametrize(
    ("text", "printed", "wrong"),
    [
        ("道路全长约958米，红线宽度50米。", "985米", True),
        ("道路全长约985米，红线宽度50米。", "985米", False),
        ("道路全长985米。", "995米", True),
        ("道路全长985米。", "300米", False),  # the year's part
        ("道路全长约980米。", "985米", False),  # a round figure
        ("道路全长约1公里。", "985米", False),
        ("道路全长958米，支路全长27米。", "985米", False),
    ],
)
def test_the_length_in_an_account_is_that_of_the_indicator(text: str, printed: str, wrong: bool) -> None:
    head = {"indicator": "urn:i", "title": "道路建设长度", "level": "产出指标", "printed": printed, "at": "urn:i"}
    assert bool(found("R21_extent", {}, {"name": "修路工程", **head}, text)) is wrong
    assert not found("R21_extent", {"name": "造桥"}, {"name": "修路工程", **head}, text)


_JUNCTION = {"use": "2025年度预算安排401.00万元。", "amount": 4_010_000, "carried_out_by": "某某区某局"}


@pytest.mark.parametrize(
    ("account", "form", "total", "severity"),
    [
        ("某路-甲南路下立交工程", "某路-甲北路下立交工程", 4_010_000, "warning"),
        ("某路-甲南路下立交工程", "某路-甲南路下穿立交工程", 4_010_000, "warning"),
        ("某路-甲南路下立交工程", "公园绿化养护经费", 4_010_000, "info"),  # the same money
        ("某路-甲南路下立交工程", "公园绿化养护经费", 4_100_000, None),  # another project
        ("某路-甲南路下立交工程", "某路-甲南路下立交", 4_010_000, None),
        ("拆违经费", "拆除违法建筑经费", 4_010_000, None),  # a short name
    ],
)
def test_the_only_account_and_the_only_form_are_of_one_project(
    account: str, form: str, total: int, severity: str | None
) -> None:
    told = found("R24_described", {**_JUNCTION, "name": account}, {"name": form, "total": total, "form_at": "urn:f"})
    assert [one.severity for one in told] == ([severity] if severity else [])


def test_a_wrong_name_hides_no_wrong_amount() -> None:
    account = {**_JUNCTION, "name": "某路-甲南路下立交工程"}
    assert found("R20_allocation", account, {"name": "某路-甲北路下立交工程", "total": 4_100_000})
    assert not found("R20_allocation", account, {"name": "公园绿化养护经费", "total": 4_100_000})


@pytest.mark.parametrize(("others", "wrong"), [(["造桥"], True), (["造桥", "植树"], False), ([], False)])
def test_what_is_left_when_the_others_pair_is_of_one_project(others: list[str], wrong: bool) -> None:
    names = [("修筑某某大道", 4_010_000), ("造桥", 500_000)]
    accounts = [{**_ACCOUNT, "name": name, "amount": paid, "evidence": name} for name, paid in names]
    heads = [{**_HEAD, "form": name, "name": name, "evidence": name} for name in ("修建某某大道", *others)]
    store = ox.Store()
    known: dict[str, object] = {"project_accounts": accounts, "project_heads": heads}
    made = Book(store, store, GRAPH, "f", "", "某局", 2025, False, {}, {}, known)
    assert (("修筑某某大道", "修建某某大道") in [(one["name"], form["name"]) for one, form in pairs(made)]) is wrong


@pytest.mark.parametrize(
    ("printed", "row", "wrong"),
    [
        ("某县图书馆", "某县图书馆", False),
        ("某县图书馆", "某县文旅局（本级）", True),
        ("某县美术馆", "某县文旅局（本级）", False),  # a name that the table does not have
        ("某县文旅局（本级）", "某县图书馆", True),
    ],
)
def test_the_form_of_a_project_has_the_body_of_its_row(printed: str, row: str, wrong: bool) -> None:
    other = {"view": "project_expenditure", "project": "urn:q", "name": "另一项目", "at": "urn:q:at"}
    rows = [{**other, "body": name} for name in ("某县图书馆", "某县文旅局（本级）")]
    rows.append({**other, "project": "urn:p", "name": "修路工程", "body": row, "at": "urn:p:at"})
    form = {**_HEAD, "form": "urn:form", "name": "修路工程", "evidence": "urn:f", "carried_out_by": printed}
    store = ox.Store()
    known: dict[str, object] = {"project_accounts": [], "project_heads": [form], "project_rows": rows}
    made = Book(store, store, GRAPH, "f", "", "某县文旅局", 2025, False, {}, {}, known)
    assert bool(list(WORDED["R24_carried_out"](rules()["R24_carried_out"], made))) is wrong


@pytest.mark.parametrize(
    ("printed", "amount", "wrong"),
    [
        ("老年人家庭改造项目", 500_000, False),
        ("老年人家庭改建项目", 500_000, True),
        ("老年人家庭改建项目", 400_000, False),  # another amount
        ("残疾人住房改建项目", 500_000, False),  # another project
        ("老年人家庭二期项目", 500_000, False),
    ],
)
def test_the_row_and_the_form_of_a_project_have_the_same_words(printed: str, amount: int, wrong: bool) -> None:
    row = {"name": printed, "amount": amount, "at": "urn:at", "view": "project_expenditure"}
    form = {**_HEAD, "form": "urn:form", "name": "老年人家庭改造项目", "total": 500_000, "evidence": "urn:f"}
    store = ox.Store()
    known: dict[str, object] = {"project_heads": [form], "project_rows": [row]}
    made = Book(store, store, GRAPH, "f", "", "某局", 2025, False, {}, {}, known)
    assert bool(list(WORDED["R24_form_word"](rules()["R24_form_word"], made))) is wrong


@pytest.mark.parametrize(
    ("body", "wrong"),
    [("某县图书馆", False), ("某县文化馆", True), ("某县图书馆、某县文化馆", False), ("图书馆", False)],
)
def test_a_project_described_point_by_point_has_the_body_of_its_form(body: str, wrong: bool) -> None:
    words = f"项目一：馆舍维修工程（1）项目概述：略。（2）立项依据：略。（3）实施主体：{body}（4）实施周期：一年。"
    form = {**_HEAD, "form": "urn:f", "name": "馆舍维修工程", "evidence": "urn:f", "carried_out_by": "某县图书馆"}
    paragraph = {"evidence": "urn:p", "section": "九、项目情况", "words": words}
    known: dict[str, object] = {
        "project_accounts": [], "project_heads": [form], "project_rows": [], "paragraphs": [paragraph],
    }  # fmt: skip
    made = Book(ox.Store(), ox.Store(), GRAPH, "f", "", "某县文旅局", 2025, False, {}, {}, known)
    assert bool(list(WORDED["R24_carried_out"](rules()["R24_carried_out"], made))) is wrong
