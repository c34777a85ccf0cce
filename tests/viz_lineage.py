"""A lineage of about a hundred nodes for the tests of the page: the figures and names of the published disclosures."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import networkx as nx

BASE = "https://w3id.org/cnbl/id/"
QITAI_2024 = "001_c2b125b3d9dd2360.txt"
QITAI_2025 = "000_d601747560d602d5.txt"
ARTUX_2026 = "002_fe00b89143b6fa73.txt"


@dataclass(frozen=True)
class Evidence:
    """What `kg.lineage` hangs on an edge."""

    file: str
    page: int | None = None
    line: int | None = None
    table: str | None = None
    row: int | None = None
    column: int | None = None
    words: str = ""


def iri(path: str) -> str:
    return BASE + path


ORGANISATIONS = [  # key, kind, label, level
    ("level/central", "origin", "中央", "central"),
    ("level/province", "origin", "自治区", "province"),
    ("agency/650000.finance", "body", "新疆维吾尔自治区财政厅", "province"),
    ("agency/652300.finance", "body", "昌吉州财政局", "prefecture"),
    ("agency/653000.finance", "body", "克孜勒苏柯尔克孜自治州财政局", "prefecture"),
    ("agency/652325.finance", "body", "奇台县财政局", "county"),
    ("agency/652325.2025", "body", "奇台县商务科技和工业信息化局", "county"),
    ("agency/652325.2024", "body", "奇台县商务和工业信息化局", "county"),
    ("agency/653001", "body", "阿图什市商务科技和工业信息化局", "county"),
    ("prog/three-regions", "programme", "中央“三区”科技人才支持计划", "central"),
    ("prog/basic-science", "programme", "中央“基层科普行动计划”资金", "central"),
    ("prog/foreign-trade", "programme", "中央财政外经贸发展专项资金", "central"),
    ("prog/textile", "programme", "纺织服装产业补贴资金", "province"),
    ("prog/talent", "programme", "新疆人才发展基金", "province"),
    ("prog/science", "programme", "自治区科技计划专项资金", "province"),
]

DOCUMENTS = [  # number, year, issuer, programme
    ("昌州财教〔2024〕65号", 2024, "agency/652300.finance", "prog/three-regions"),
    ("昌州财教〔2024〕63号", 2024, "agency/652300.finance", "prog/basic-science"),
    ("昌州财教〔2024〕49号", 2024, "agency/652300.finance", "prog/science"),
    ("昌州财建〔2023〕146号", 2023, "agency/652300.finance", "prog/foreign-trade"),
    ("奇财预〔2024〕55号", 2024, "agency/652325.finance", None),
    ("奇财预〔2025〕68号", 2025, "agency/652325.finance", None),
    ("奇财预〔2025〕67号", 2025, "agency/652325.finance", None),
    ("克财建〔2025〕64号", 2025, "agency/653000.finance", "prog/textile"),
    ("克财建〔2025〕4号", 2025, "agency/653000.finance", "prog/textile"),
    ("克财行〔2025〕17号", 2025, "agency/653000.finance", "prog/talent"),
    ("克财行〔2025〕46号", 2025, "agency/653000.finance", "prog/talent"),
    ("新财教〔2005〕93号", 2005, "agency/650000.finance", None),
]

PROGRAMME_ORIGIN = {
    "prog/three-regions": "level/central",
    "prog/basic-science": "level/central",
    "prog/foreign-trade": "level/central",
    "prog/textile": "level/central",
    "prog/talent": "level/province",
    "prog/science": "level/province",
}

SUBJECTS = [
    ("2060599", "2060599 其他科技条件与服务支出"),
    ("2060702", "2060702 科普活动"),
    ("2060404", "2060404 科技成果转化与扩散"),
    ("2011308", "2011308 招商引资"),
    ("2060199", "2060199 其他科学技术管理事务支出"),
    ("2160699", "2160699 其他涉外发展服务支出"),
    ("2150299", "2150299 其他制造业支出"),
    ("2060208", "2060208 科技人才队伍建设"),
]

FLOWS = [  # key, kind, year, printed, document, body, project, subject, file, line, words
    (
        "a65",
        "allocation",
        2025,
        "7.38 万元",
        "昌州财教〔2024〕65号",
        "agency/652325.2025",
        "昌州财教[2024]65号2025年中央“三区”科技人才支持计划",
        "2060599",
        QITAI_2025,
        902,
        "7.38",
    ),
    (
        "a63",
        "allocation",
        2025,
        "5.00 万元",
        "昌州财教〔2024〕63号",
        "agency/652325.2025",
        "昌州财教[2024]63号2025年中央“基层科普行动计划”资金",
        "2060702",
        QITAI_2025,
        918,
        "5.00",
    ),
    (
        "a68a",
        "allocation",
        2025,
        "76.96 万元",
        "奇财预〔2025〕68号",
        "agency/652325.2025",
        "奇财预【2025】68号2025年招商引资经费",
        "2011308",
        QITAI_2025,
        845,
        "76.96",
    ),
    (
        "a68b",
        "allocation",
        2025,
        "3.03 万元",
        "奇财预〔2025〕68号",
        "agency/652325.2025",
        "奇财预【2025】68号2025年招商引资经费",
        "2060199",
        QITAI_2025,
        872,
        "3.03",
    ),
    (
        "a67",
        "allocation",
        2025,
        "1,312.00 万元",
        "奇财预〔2025〕67号",
        "agency/652325.2025",
        "奇财预【2025】67号2025年永升集团欠款",
        "2060199",
        QITAI_2025,
        884,
        "1,312.00",
    ),
    (
        "a55",
        "allocation",
        2024,
        "70.00 万元",
        "奇财预〔2024〕55号",
        "agency/652325.2024",
        "奇财预【2024】55号2024年招商引资经费",
        "2011308",
        QITAI_2024,
        351,
        "70.00",
    ),
    (
        "a146",
        "allocation",
        2024,
        "500.00 万元",
        "昌州财建〔2023〕146号",
        "agency/652325.2024",
        "昌州财建【2023】146号2024年中央财政外经贸发展专项资金",
        "2160699",
        QITAI_2024,
        356,
        "500.00",
    ),
    (
        "c49",
        "carry_over",
        2025,
        "10.89 万元",
        "昌州财教〔2024〕49号",
        "agency/652325.2025",
        "昌州财教[2024]49号2024年自治区科技计划专项资金[第三批]",
        "2060404",
        QITAI_2025,
        1038,
        "10.89",
    ),
    (
        "c64a",
        "carry_over",
        2026,
        "2,468.66 万元",
        "克财建〔2025〕64号",
        "agency/653001",
        "克财建（2025）64号：关于预拨2025年第二批纺织服装产业补贴资金的通知",
        "2150299",
        ARTUX_2026,
        439,
        "2,468.66",
    ),
    (
        "c64b",
        "carry_over",
        2026,
        "2,628.60 万元",
        "克财建〔2025〕64号",
        "agency/653001",
        "克财建（2025）64号：关于预拨2025年第二批纺织服装产业补贴资金的通知（纺织服装企业缴纳增值税收入补助资金）",
        "2150299",
        ARTUX_2026,
        440,
        "2,628.60",
    ),
    (
        "c4",
        "carry_over",
        2026,
        "294.89 万元",
        "克财建〔2025〕4号",
        "agency/653001",
        "克财建【2025】4号：关于预拨中央纺织服装专项资金的通知",
        "2150299",
        ARTUX_2026,
        438,
        "294.89",
    ),
    (
        "c17",
        "carry_over",
        2026,
        "120.00 万元",
        "克财行〔2025〕17号",
        "agency/653001",
        "克财行（2025）17号：关于拨付新疆人才发展基金2025年度第一轮支持资金的通知",
        "2060208",
        ARTUX_2026,
        441,
        "120.00",
    ),
    (
        "a46",
        "allocation",
        2026,
        "110.00 万元",
        "克财行〔2025〕46号",
        "agency/653001",
        "克财行【2025】46号：关于提前下发新疆人才发展基金2026年度第一轮支持资金",
        "2060208",
        ARTUX_2026,
        356,
        "110.00",
    ),
]

TARGETS = [  # project, year, printed, file, indicators (name, printed value)
    (
        "昌州财教[2024]65号2025年中央“三区”科技人才支持计划",
        2025,
        "7.37 万元",
        QITAI_2025,
        [
            ("发放补助人数（人）", "=3人"),
            ("发放补助次数", ">=1次"),
            ("资金发放准确率（%）", "=100%"),
            ("资金发放及时率（%）", "=100%"),
            ("人员补助经费标准", "<=1.28万元/人"),
        ],
    ),
    (
        "奇财预【2025】68号2025年招商引资经费",
        2025,
        "80.00 万元",
        QITAI_2025,
        [
            ("邀请疆外来访洽谈企业数量", ">=100家"),
            ("外出招商次数", ">=20次"),
            ("企业洽谈签约率", ">=25%"),
            ("招商工作完成及时率", "=100%"),
            ("项目预算控制率", "<=100%"),
            ("企业满意度", ">=95%"),
        ],
    ),
    (
        "奇财预【2024】55号2024年招商引资经费",
        2024,
        "70.00 万元",
        QITAI_2024,
        [
            ("邀请疆外来访洽谈企业数量", ">=80家"),
            ("外出招商次数", ">=20次"),
            ("企业洽谈签约率", ">=25%"),
            ("招商工作完成及时率", "=100%"),
            ("有效改善营商环境", "有效改善"),
            ("企业满意度", ">=95%"),
        ],
    ),
    (
        "昌州财建【2023】146号2024年中央财政外经贸发展专项资金",
        2024,
        "500.00 万元",
        QITAI_2024,
        [
            ("支持重点外向型企业数量", ">=2家"),
            ("资金发放准确率（%）", "=100%"),
            ("获得支持的外向型企业进出口增长率", "=10%"),
            ("企业满意度", ">=85%"),
        ],
    ),
    (
        "克财行【2025】46号：关于提前下发新疆人才发展基金2026年度第一轮支持资金",
        2026,
        "110.00 万元",
        ARTUX_2026,
        [
            ("补助企业数量", ">=1家"),
            ("补助发放准确率", "=100%"),
            ("补助发放及时率", "=100%"),
            ("受益企业满意度", ">=95%"),
        ],
    ),
]

AMOUNT_TYPES = {"allocation": "budgeted", "carry_over": "carried_over"}


def lineage() -> nx.MultiDiGraph:
    """The lineage, built in a fixed order; every call gives a graph of its own."""
    graph = nx.MultiDiGraph()
    _organisations(graph)
    _documents(graph)
    _flows(graph)
    _targets(graph)
    _years_before_and_after(graph)
    return graph


def node(
    graph: nx.MultiDiGraph,
    key: str,
    kind: str,
    label: str,
    *,
    year: int | None = None,
    level: str | None = None,
    printed: str | None = None,
    amount_type: str | None = None,
    grade: str = "stated",
) -> None:
    amount = Decimal(printed.split()[0].replace(",", "")) * 10000 if printed else None
    graph.add_node(
        iri(key),
        kind=kind,
        label=label,
        year=year,
        level=level,
        amount=amount,
        amount_type=amount_type,
        printed=printed,
        grade=grade,
    )


def edge(
    graph: nx.MultiDiGraph,
    start: str,
    end: str,
    relation: str,
    *evidence: Evidence,
    grade: str = "stated",
    rule: str | None = None,
) -> None:
    graph.add_edge(iri(start), iri(end), relation=relation, grade=grade, rule=rule, evidence=tuple(evidence))


def _organisations(graph: nx.MultiDiGraph) -> None:
    for key, kind, label, level in ORGANISATIONS:
        node(graph, key, kind, label, level=level)
    for programme, origin in PROGRAMME_ORIGIN.items():
        edge(graph, programme, origin, "originates_from", grade="derived", rule="origin-in-name")


def _documents(graph: nx.MultiDiGraph) -> None:
    for number, year, issuer, programme in DOCUMENTS:
        node(graph, f"doc/{number}", "document", number, year=year, level=graph.nodes[iri(issuer)]["level"])
        edge(graph, f"doc/{number}", issuer, "issued_by", grade="derived", rule="issuer-prefix")
        if programme:
            edge(graph, f"doc/{number}", programme, "part_of_programme", grade="derived", rule="programme-in-name")


def _flows(graph: nx.MultiDiGraph) -> None:
    for code, label in SUBJECTS:
        node(graph, f"code/function/{code}", "subject", label)
    for key, kind, year, printed, document, body, project, subject, file, line, words in FLOWS:
        seen = Evidence(file, line=line, table="一般公共预算项目支出情况表", row=line % 20, column=4, words=words)
        named = Evidence(file, line=line, words=project)
        node(graph, f"proj/{year}/{project}", "project", project, year=year, printed=None)
        label = f"{year} 年{'结转' if kind == 'carry_over' else '下达'}"
        node(graph, f"flow/{key}", kind, label, year=year, printed=printed, amount_type=AMOUNT_TYPES[kind])
        edge(graph, f"flow/{key}", f"doc/{document}", "issued_under", named)
        edge(graph, f"flow/{key}", body, "allocated_to", seen)
        edge(graph, f"flow/{key}", f"proj/{year}/{project}", "for_project", seen)
        grade, rule = ("derived", "equal-amount") if kind == "carry_over" else ("stated", None)
        edge(graph, f"flow/{key}", f"code/function/{subject}", "budgeted_under_subject", seen, grade=grade, rule=rule)


def _targets(graph: nx.MultiDiGraph) -> None:
    for project, year, printed, file, indicators in TARGETS:
        target = f"tgt/{year}/{project}"
        node(graph, target, "target", f"{year} 年项目支出绩效目标表", year=year, printed=printed, amount_type="kpi")
        head = Evidence(file, page=31, table="项目支出绩效目标表", row=2, words=project)
        edge(graph, f"proj/{year}/{project}", target, "has_target", head, grade="derived", rule="same-project-name")
        for row, (name, value) in enumerate(indicators, 6):
            node(graph, f"kpi/{year}/{project}/{name}", "indicator", f"{name} {value}", year=year)
            seen = Evidence(file, page=31, table="项目支出绩效目标表", row=row, column=3, words=value)
            edge(graph, target, f"kpi/{year}/{project}/{name}", "has_indicator", seen)


def _years_before_and_after(graph: nx.MultiDiGraph) -> None:
    old, new = "proj/2024/奇财预【2024】55号2024年招商引资经费", "proj/2025/奇财预【2025】68号2025年招商引资经费"
    edge(graph, new, old, "continues", *_both_named(), grade="derived", rule="name-without-number-and-year")
    old_name = Evidence(QITAI_2025, line=2582, words="奇台县商务和工业信息化局")
    edge(
        graph,
        "agency/652325.2025",
        "agency/652325.2024",
        "succeeds",
        old_name,
        grade="derived",
        rule="implied-prior-figures",
    )
    edge(graph, "agency/652300.finance", "agency/650000.finance", "relayed_by", grade="candidate", rule="finance-above")
    node(graph, "flow/a49", "allocation", "2024 年下达", year=2024, amount_type="issued", grade="derived")
    edge(graph, "flow/a49", "doc/昌州财教〔2024〕49号", "issued_under", grade="derived", rule="year-of-number")
    edge(
        graph,
        "flow/a49",
        "flow/c49",
        "feeds",
        Evidence(QITAI_2025, line=1496, words="10.89"),
        grade="derived",
        rule="carried-from-document-year",
    )
    edge(graph, "flow/c17", "flow/a46", "feeds", grade="candidate", rule="same-programme")
    edge(graph, "flow/c17", "flow/a46", "continues", grade="candidate", rule="same-programme-next-round")
    node(
        graph,
        "grant/110",
        "onward_grant",
        "克州润华纺织有限公司",
        year=2026,
        printed="110 万元",
        amount_type="budgeted",
    )
    edge(graph, "flow/a46", "grant/110", "feeds", Evidence(ARTUX_2026, line=564, words="110万元"))


def _both_named() -> Iterable[Evidence]:
    yield Evidence(QITAI_2024, line=515, words="奇财预【2024】55号2024年招商引资经费")
    yield Evidence(QITAI_2025, line=1358, words="奇财预【2025】68 号 2025 年招商引资经费")
