"""Tracing on the example disclosures: the four answers that must be right, and what tracing promises in general."""

from decimal import Decimal
from pathlib import Path

import pytest

import caimai
from caimai.trace_text import balance_words, first_and_last
from caimai.words import say
from ontology.document_number import canonical
from ontology.text import tight
from queries.tracing.answer import Balance, Hop, Trace
from queries.tracing.finding import NotFound

DOCUMENT_65 = "昌州财教〔2024〕65号"


def hops(trace: Trace, relation: str) -> list[Hop]:
    return [hop for hop in trace.hops() if hop.relation == relation]


@pytest.fixture(scope="module")
def trace_65(example_store: Path) -> Trace:
    return caimai.trace(example_store, DOCUMENT_65)


def test_document_65_is_central_money_relayed_by_the_region_and_issued_by_the_prefecture(trace_65: Trace) -> None:
    (passport,) = trace_65.documents
    assert passport.number == DOCUMENT_65
    assert [(hop.relation, hop.source, hop.grade) for hop in passport.hops] == [
        ("origin", "中央", "derived"),
        ("relay", "新疆维吾尔自治区财政厅", "derived"),
        ("issue", "昌吉回族自治州财政局", "derived"),
        ("programme", "三区科技人才支持计划", "derived"),
    ]


def test_document_65_gave_7_38_to_qitai_in_2025_with_its_targets(trace_65: Trace) -> None:
    (money,) = hops(trace_65, "allocation")
    assert (money.target, money.year, money.code, money.amount, money.printed, money.amount_type) == (
        "奇台县商务科技和工业信息化局", 2025, "2060599", Decimal(73800), "7.38 万元", "budgeted",
    )  # fmt: skip
    (form,) = hops(trace_65, "target")
    assert (form.amount, form.amount_type) == (Decimal(73700), "performance-form")
    targets = {hop.target: hop.printed for hop in hops(trace_65, "indicator")}
    assert len(targets) == 9
    assert targets["发放补助人数（人）"] == "=3人"
    assert targets["人员补助经费标准"] == "<=1.28万元/人"


def test_the_form_and_the_budget_line_of_document_65_disagree_and_both_are_kept(trace_65: Trace) -> None:
    (entry,) = trace_65.entries
    assert [conflict.rule for conflict in entry.conflicts] == ["total_of_form_and_lines"]


def test_every_hop_says_where_it_is_printed(trace_65: Trace) -> None:
    for hop in trace_65.hops():
        assert hop.evidence, hop.relation
        for place in hop.evidence:
            assert place.file.endswith(".pdf")
            assert place.page
            assert place.words


def test_every_derived_hop_names_its_rule(trace_65: Trace) -> None:
    derived = [hop for hop in trace_65.hops() if hop.grade == "derived"]
    assert derived
    assert all(hop.rule and hop.why for hop in derived)


@pytest.mark.parametrize(
    "print_",
    [
        "昌州财教[2024]65号",
        "昌州财教【2024】65号",
        "昌州财教（2024）65 号",
        "昌州财教(2024)065号",
        "昌州财教〔2024〕65",
    ],
)
def test_a_document_is_found_in_any_print(example_store: Path, print_: str, trace_65: Trace) -> None:
    assert caimai.trace(example_store, print_).documents == trace_65.documents


def test_document_49_is_first_seen_as_a_carry_over_under_2060404(example_store: Path) -> None:
    trace = caimai.trace(example_store, "昌州财教[2024]49号")
    (money,) = hops(trace, "carry_over")
    assert (money.from_year, money.year, money.amount, money.code) == (2024, 2025, Decimal(108900), "2060404")
    assert (money.grade, money.rule) == ("derived", "carry_over_subject_by_amount")
    assert not hops(trace, "allocation")
    (seen,) = trace.seen
    assert seen.never_budgeted
    assert seen.held  # the predecessor's disclosure of 2024 is there, and does not have it


def test_the_two_carry_overs_of_document_64_stay_two(example_store: Path) -> None:
    trace = caimai.trace(example_store, "克财建〔2025〕64号")
    found = [(hop.from_year, hop.year, hop.amount) for hop in hops(trace, "carry_over")]
    assert found == [(2025, 2026, Decimal("24686600")), (2025, 2026, Decimal("26286000"))]
    assert len(trace.documents) == 1


def test_investment_promotion_is_traced_across_the_renamed_body(example_store: Path) -> None:
    trace = caimai.trace(example_store, "招商引资经费")
    money = [(hop.year, hop.target, hop.code, hop.printed) for hop in hops(trace, "allocation")]
    assert money == [
        (2024, "奇台县商务和工业信息化局", "2011308", "70.00 万元"),
        (2025, "奇台县商务科技和工业信息化局", "2011308", "76.96 万元"),
        (2025, "奇台县商务科技和工业信息化局", "2060199", "3.03 万元"),
    ]
    siblings = [(hop.year, hop.code, hop.printed) for hop in hops(trace, "same_subject")]
    assert (2024, "2011308", "44.00 万元") in siblings
    links = {(hop.relation, hop.source, hop.target, hop.rule) for hop in trace.links}
    assert ("succeeds", "奇台县商务科技和工业信息化局", "奇台县商务和工业信息化局", "succeeded_by_figures") in links
    now, before = "奇财预【2025】68号2025年招商引资经费", "奇财预【2024】55号2024年招商引资经费"
    assert ("continues", now, before, "continued_by_name") in links


def test_a_programme_leads_to_its_documents_over_the_years(example_store: Path) -> None:
    trace = caimai.trace(example_store, "新疆人才发展基金")
    assert {"克财行〔2025〕17号", "克财行〔2025〕46号"} <= {passport.number for passport in trace.documents}
    assert {hop.printed for hop in trace.hops()} >= {"120.00 万元", "110.00 万元"}


def test_a_body_is_traced_with_its_predecessor(example_store: Path) -> None:
    trace = caimai.trace(example_store, "奇台县商务科技和工业信息化局")
    assert {entry.year for entry in trace.entries} == {2024, 2025}


def test_a_recipient_is_traced_to_the_grant(example_store: Path) -> None:
    trace = caimai.trace(example_store, "克州润华纺织有限公司")
    (grant,) = hops(trace, "grant")
    assert (grant.source, grant.amount) == ("阿图什市商务科技和工业信息化局", Decimal(1100000))
    assert [passport.number for passport in trace.documents] == ["克财行〔2025〕46号"]


def test_a_document_that_is_only_mentioned_has_no_money(example_store: Path) -> None:
    trace = caimai.trace(example_store, "新财教〔2005〕93号")
    assert not trace.entries
    assert trace.documents[0].number == "新财教〔2005〕93号"


def test_an_unknown_document_is_told_with_the_nearest_ones(example_store: Path) -> None:
    with pytest.raises(NotFound) as error:
        caimai.trace(example_store, "昌州财教[2024]66号")
    assert DOCUMENT_65 in error.value.nearest


def test_an_unknown_name_is_told(example_store: Path) -> None:
    with pytest.raises(NotFound, match="没有这个名字"):
        caimai.trace(example_store, "没有这个名字")


def test_withheld_money_is_not_joined_to_a_document(example_store: Path) -> None:
    trace = caimai.trace(example_store, "特定目标")
    (entry,) = trace.entries
    assert entry.withheld
    assert not trace.documents
    assert [(hop.relation, hop.printed) for hop in entry.money] == [("budget_line", "2.00 万元")]


def test_a_programme_beside_is_traced_sideways(example_store: Path) -> None:
    trace = caimai.trace(example_store, "克州润华纺织有限公司")
    (beside,) = trace.sideways
    assert (beside.source, beside.printed, beside.relation) == ("新疆人才发展基金", "120.00 万元", "same_programme")


def test_the_economic_use_of_a_project_explains_its_budget(trace_65: Trace) -> None:
    (use,) = hops(trace_65, "use")
    assert (use.target, use.amount) == ("399 其他支出", Decimal(73800))
    (entry,) = trace_65.entries
    (balance,) = entry.balances
    assert (balance.rule, balance.arrived, balance.left, balance.unexplained) == (
        "uses", Decimal(73800), Decimal(73800), Decimal(0),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "left", "language", "told"),
    [
        ("uses", 5, "zh", ("预算与经济用途", "收到 8.00，去向 5.00", "未说明 3.00")),
        (
            "money_in_and_out", 0, "zh",
            ("收到的资金与写明拨付给谁或结转下年的资金", "收到 8.00，写明转出 0.00", "其余 8.00 未写明转出"),
        ),
        (
            "grants", 5, "en",
            ("budget and recipients", "arrived 8.00, said to go on 5.00", "the other 3.00 not said to go on"),
        ),
        ("grants", 9, "en", ("budget and recipients", "arrived 8.00, left 9.00", "unexplained -1.00")),
    ],
)  # fmt: skip
def test_money_that_is_not_handed_on_is_not_called_unexplained(
    rule: str, left: int, language: str, told: tuple[str, str, str]
) -> None:
    arrived, out = Decimal(80_000), Decimal(left * 10_000)
    balance = Balance("", rule, arrived, out, arrived - out, "incomplete")
    assert balance_words(balance, say(language)) == told


def test_both_sides_of_a_conflict_are_told(trace_65: Trace) -> None:
    (entry,) = trace_65.entries
    (conflict,) = entry.conflicts
    assert any("7.38" in side for side in conflict.sides)
    assert any("7.37" in side for side in conflict.sides)


def test_a_functional_code_is_traced_to_projects_and_to_what_bodies_spend(example_store: Path) -> None:
    trace = caimai.trace(example_store, "2060599")
    assert [match.kind for match in trace.matches] == ["subject"]
    assert {hop.code for hop in trace.hops() if hop.relation == "allocation"} == {"2060599"}
    assert {hop.code for hop in trace.spending} == {"2060599"}
    assert {hop.target for hop in trace.spending} >= {"奇台县商务科技和工业信息化局"}


def test_an_indicator_is_traced_to_the_projects_that_promise_it(example_store: Path) -> None:
    trace = caimai.trace(example_store, "发放补助人数（人）")
    assert [match.kind for match in trace.matches] == ["indicator"]
    assert [passport.number for passport in trace.documents] == [DOCUMENT_65]


def test_a_project_is_found_by_the_name_on_its_form(example_store: Path) -> None:
    trace = caimai.trace(example_store, "新疆人才发展基金项目")
    assert [passport.number for passport in trace.documents] == ["克财行〔2025〕46号"]


def test_candidates_are_followed_only_where_asked_for_and_marked(example_store: Path) -> None:
    number = "昌州财建〔2024〕105号"
    without, followed = caimai.trace(example_store, number), caimai.trace(example_store, number, candidates=True)
    assert without.candidates
    assert not any(entry.possibly for entry in without.entries)
    new = [entry for entry in followed.entries if entry.possibly]
    assert {entry.body for entry in new} == {"昌吉回族自治州工业和信息化局"}
    assert len(followed.entries) == len(without.entries) + len(new)


def test_what_is_left_out_is_counted(example_store: Path) -> None:
    whole = caimai.trace(example_store, "阿图什市商务科技和工业信息化局", limit=0)
    some = caimai.trace(example_store, "阿图什市商务科技和工业信息化局", limit=3)
    assert whole.omitted == 0
    assert some.omitted == len(whole.entries) - len(some.entries) == len(whole.entries) - 3


def test_of_many_places_the_first_are_given_and_the_rest_is_counted(example_store: Path) -> None:
    some, whole = (caimai.trace(example_store, "招商引资经费", places=places) for places in (3, 0))
    pairs = list(zip(some.hops(), whole.hops(), strict=True))
    assert any(hop.more_places for hop, _ in pairs)
    for hop, with_all in pairs:
        assert set(hop.evidence) <= set(with_all.evidence)
        assert hop.more_places >= len(with_all.evidence) - len(hop.evidence)
        assert with_all.more_places == 0


def test_of_the_forms_of_a_body_the_first_indicators_are_given_and_the_rest_is_counted(example_store: Path) -> None:
    some, whole = (caimai.trace(example_store, "奇台县商务科技和工业信息化局", limit=limit) for limit in (1000, 0))
    counted = [len(entry.targets) + entry.more_indicators for entry in some.entries]
    assert counted == [len(entry.targets) for entry in whole.entries]
    assert any(entry.more_indicators for entry in some.entries)
    assert not any(entry.more_indicators for entry in whole.entries)


def test_lines_under_the_same_subject_are_told_once_and_never_twice(example_store: Path) -> None:
    trace = caimai.trace(example_store, "招商")
    told = [hop.nodes for hop in hops(trace, "same_subject")]
    money = {node for entry in trace.entries for hop in entry.money for node in hop.nodes}
    assert told
    assert len(told) == len(set(told))
    assert not any(set(nodes) & money for nodes in told)


def test_near_names_say_why_they_are_near(example_store: Path) -> None:
    with pytest.raises(NotFound) as error:
        caimai.trace(example_store, "克州润华纺织有限责任公司")
    assert [(near.name, near.why) for near in error.value.near][:1] == [("克州润华纺织有限公司", "slip")]


def test_an_empty_graph_says_what_fills_it() -> None:
    with pytest.raises(NotFound, match="caimai build") as error:
        caimai.trace(caimai.open_store(":memory:"), "昌州财教〔2024〕65号")
    assert error.value.empty


def test_a_finance_bureau_is_traced_to_the_money_of_its_documents(example_store: Path) -> None:
    trace = caimai.trace(example_store, "克孜勒苏柯尔克孜自治州财政局")
    assert {"克财行〔2025〕46号", "克财建〔2025〕64号"} <= {passport.number for passport in trace.documents}
    assert {entry.body for entry in trace.entries} == {"阿图什市商务科技和工业信息化局"}


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("招商引资经费", ("奇财预【2025】68号2025年招商引资经费", 2024, 2025)),
        ("2060208", ("2060208 科技人才队伍建设", 2026, 2026)),
        ("20113", ("20113 商贸事务", 2024, 2025)),
        ("新疆人才发展基金", ("新疆人才发展基金", 2026, 2026)),
    ],
)
def test_projects_and_codes_are_first_and_last_seen_too(
    example_store: Path, what: str, told: tuple[str, int, int]
) -> None:
    trace = caimai.trace(example_store, what)
    documents = {passport.number for passport in trace.documents}
    assert [(one.number, one.first, one.last) for one in trace.seen if one.number not in documents] == [told]
    assert not any(one.partly for one in trace.seen)


def test_years_of_what_is_listed_are_not_told_as_those_of_all(example_store: Path) -> None:
    trace = caimai.trace(example_store, "阿图什市商务科技和工业信息化局", limit=1)
    assert trace.omitted
    assert all(one.partly and not one.never_budgeted for one in trace.seen)


def test_a_check_of_a_whole_disclosure_is_about_that_and_not_about_one_of_its_projects(example_store: Path) -> None:
    trace = caimai.trace(example_store, "昌州财教[2024]65号")
    about = {balance.rule: balance.about for balance in trace.balances}
    assert about["money_in_and_out"] == "昌州财教[2024]65号2025年中央“三区”科技人才支持计划"
    assert about["transfers_by_document"] == about["carry_overs_by_name"] == "2025 奇台县商务科技和工业信息化局"


def test_a_document_leads_to_the_projects_that_rest_on_it(example_store: Path) -> None:
    """奇财预〔2024〕67号 has no money of its own: a project of the number 67 of 2025 names it as its policy basis."""
    (passport,) = caimai.trace(example_store, "奇财预〔2024〕67号").documents
    based = [(hop.target, hop.year, hop.grade) for hop in passport.hops if hop.relation == "policy_basis"]
    assert based == [("奇财预【2025】67号2025年永升集团欠款", 2025, "stated")]


def test_a_project_tells_its_policy_basis_where_that_is_another_document(example_store: Path) -> None:
    trace = caimai.trace(example_store, "国内外贸易工作经费")
    basis = hops(trace, "policy_basis")
    assert {hop.source for hop in basis} == {"国发〔2022〕9号", "新商发〔2024〕38号"}
    assert all(hop.source in canonical(tight(place.words)) for hop in basis for place in hop.evidence)
    assert not hops(caimai.trace(example_store, DOCUMENT_65), "policy_basis")


def test_what_the_text_says_money_is_for_is_told_in_the_order_of_the_text(example_store: Path) -> None:
    trace = caimai.trace(example_store, "科技三项费")
    (purpose,) = hops(trace, "purpose")
    parts = [hop.target for hop in hops(trace, "stated_use")]
    assert len(parts) > 1
    assert sorted(parts, key=purpose.target.find) == parts


def test_the_amount_of_a_form_is_told_as_printed(example_store: Path) -> None:
    """Not as reckoned: a form may be in yuan or have four decimals."""
    forms = hops(caimai.trace(example_store, "阿图什市商务科技和工业信息化局", limit=0), "target")
    assert forms
    for hop in forms:
        assert hop.printed
        assert hop.printed.split()[0] in "".join(place.words for place in hop.evidence)


def test_a_code_of_three_digits_leads_to_the_projects_under_its_items(example_store: Path) -> None:
    codes = {hop.code for hop in hops(caimai.trace(example_store, "206", limit=0), "allocation")}
    assert {"2060599", "2060702"} <= codes
    assert {code[:3] for code in codes if code} == {"206", "201"}  # 201: of a project that is under both


def test_a_body_is_not_traced_to_the_money_of_those_it_was_merged_with(example_store: Path) -> None:
    trace = caimai.trace(example_store, "奇台县科学技术局", limit=0)
    bodies = {entry.body for entry in trace.entries if entry.year == 2025}
    assert bodies == {"奇台县商务科技和工业信息化局"}
    older = {entry.project for entry in trace.entries if entry.year == 2024}
    assert older <= {hop.target for hop in trace.links if hop.relation == "continues"}


def test_a_carry_over_of_a_merged_body_says_whose_disclosure_is_not_held(example_store: Path) -> None:
    """Science and technology came to Qitai's bureau in 2025: its own disclosure of 2024 may have had the money."""
    (seen,) = caimai.trace(example_store, "昌州财教〔2024〕49号").seen
    assert (seen.never_budgeted, seen.held, seen.lacking) == (True, True, ("奇台县科学技术局",))
    assert "奇台县科学技术局" in first_and_last(seen, say("zh"))


def test_links_over_the_years_name_both_years(example_store: Path) -> None:
    links = [hop for hop in caimai.trace(example_store, "招商引资经费").links if hop.relation == "continues"]
    assert {(hop.from_year, hop.year) for hop in links} == {(2024, 2025)}


def test_what_candidates_lead_to_has_a_name(example_store: Path) -> None:
    for what in ("昌州财建〔2024〕105号", "昌州财教〔2024〕49号"):
        found = caimai.trace(example_store, what).candidates
        assert found
        for hop in found:
            assert not {hop.source, hop.target} & {hop.source_iri.rpartition("/")[2], hop.target_iri.rpartition("/")[2]}


def test_final_accounts_are_never_told_as_a_budget(shared: Path) -> None:
    """A body without any project is told what it spent, as spent."""
    store = caimai.open_store(":memory:")
    caimai.build([shared / "corpus/shanghai/上海市普陀区财政局2024年度部门决算.pdf"], store)
    spending = hops(caimai.trace(store, "上海市普陀区财政局"), "spending")
    assert [(hop.code, hop.printed) for hop in spending] == [
        ("201", "2,106.66 万元"), ("208", "326.72 万元"), ("210", "60.99 万元"), ("221", "445.69 万元"),
    ]  # fmt: skip
    assert {hop.amount_type for hop in spending} == {"executed"}


@pytest.mark.parametrize("print_", ["克财行2025年46号", "克财行2025年第46号", "克财行2025-46", "克财行 2025 46号"])
def test_a_document_is_found_without_brackets_where_there_is_one(example_store: Path, print_: str) -> None:
    assert [one.number for one in caimai.trace(example_store, print_).documents] == ["克财行〔2025〕46号"]


@pytest.mark.parametrize(
    ("digits", "near"),
    [
        ("06", []),
        ("20", ["201 一般公共服务支出"]),
        ("2026", ["202 外交支出"]),
        ("2150299", ["21502 制造业"]),
        ("302", []),
    ],
)
def test_digits_are_the_code_of_a_subject_and_nothing_else(example_store: Path, digits: str, near: list[str]) -> None:
    """They are parts of many names: what has a 20 in it is not what was asked for."""
    with pytest.raises(NotFound, match="3, 5 or 7") as error:
        caimai.trace(example_store, digits)
    assert error.value.nearest[: len(near)] == near
    assert bool(near) == bool(error.value.nearest)


def test_a_code_leads_to_what_was_carried_over_under_it(example_store: Path) -> None:
    """Though no table prints the two side by side."""
    carried = {hop.printed for hop in hops(caimai.trace(example_store, "2150204"), "carry_over")}
    assert carried == {"294.89 万元", "2,468.66 万元", "2,628.60 万元"}
    below = {hop.code for hop in hops(caimai.trace(example_store, "20113", limit=0), "carry_over")}
    assert below == {"2011399"}


def test_an_indicator_of_whole_bodies_is_traced_over_the_years_and_the_renaming(example_store: Path) -> None:
    trace = caimai.trace(example_store, "新增小升规企业数量")
    assert [(hop.year, hop.printed) for hop in trace.promises if hop.relation == "indicator"] == [
        (2025, ">=5家"), (2024, ">=8家"),
    ]  # fmt: skip
    assert [(seen.first, seen.last) for seen in trace.seen] == [(2024, 2025)]
    assert all(hop.evidence for hop in trace.promises)


def test_a_body_is_told_what_it_promised_as_a_whole(example_store: Path) -> None:
    trace = caimai.trace(example_store, "阿图什市商务科技和工业信息化局")
    whole = [hop for hop in trace.promises if hop.relation == "target" and hop.project is None]
    assert [(hop.year, hop.source, hop.amount) for hop in whole] == [
        (2026, "阿图什市商务科技和工业信息化局", Decimal("65446300")),
    ]  # fmt: skip


def test_a_form_whose_project_no_budget_line_tells_is_found_by_its_name(example_store: Path) -> None:
    trace = caimai.trace(example_store, "阿图什市化工产业集聚区认定技术服务采购项目")
    assert [match.kind for match in trace.matches] == ["form"]
    form, *indicators = trace.promises
    assert (form.project, form.amount) == ("阿图什市化工产业集聚区认定技术服务采购项目", Decimal("1580000"))
    assert ("规划报告出具成本", "<=9.87万元/份") in {(hop.target, hop.printed) for hop in indicators}
    assert not trace.entries


def test_a_project_told_twice_under_one_name_says_both_uses(example_store: Path) -> None:
    """76.96 and 3.03 万元 of one document stand under two subjects and are explained one by one."""
    uses = [
        hop.target for hop in hops(caimai.trace(example_store, "奇财预〔2025〕68号"), "purpose") if hop.year == 2025
    ]
    assert len(uses) == 2
    assert any(use.startswith("3.03万元") for use in uses)
    assert any(use.startswith("76.96万元") for use in uses)
    about = [(one.about, one.rule) for one in caimai.trace(example_store, "奇财预〔2025〕68号").balances]
    assert len(set(about)) == len(about)
