"""Small disclosures with columns of the year before and of bodies: invented figures in tables as bodies print them."""

import hashlib
from collections.abc import Sequence

from pyoxigraph import Store
from test_table_variants import merged_table

from extract.document import Document, Line
from extract.outline import outline
from extract.tables.budget_tables import read_tables
from kg.build import build
from kg.store import MEMORY, open_store
from ontology.facts import DocumentFact, Fact, Source

BODY = "奇台县统计局"
Printed = tuple[str, list[Fact]]

SPENDING = "一般公共预算支出表"
OF_2024 = """
    科目编码|科目名称|合计|基本支出|项目支出
    201|一般公共服务支出|850.00|500.00|350.00
    2010501|行政运行|500.00|500.00|
    2010507|专项普查活动|350.00||350.00
    |合计|850.00|500.00|350.00
"""
OF_2025 = """
    科目编码|科目名称|2024年预算数|2025年预算数|<|<|增减额|增减%
    ^|^|^|小计|基本支出|项目支出|^|^
    201|一般公共服务支出|850.00|800.00|500.00|300.00|-50.00|-5.88
    2010501|行政运行|500.00|500.00|500.00||0.00|0.00
    2010507|专项普查活动|350.00|300.00||300.00|-50.00|-14.29
    |合计|850.00|800.00|500.00|300.00|-50.00|-5.88
"""
TOTAL_2024 = """
    科目编码|科目名称|合计|基本支出|项目支出
    2010501|行政运行|500.00|500.00|
    2010507|专项普查活动|400.00||400.00
    |合计|900.00|500.00|400.00
"""
EXECUTED_2024 = """
    科目编码|科目名称|2023年决算数|2024年决算数|<|<
    ^|^|^|小计|基本支出|项目支出
    2010501|行政运行|480.00|490.00|490.00|
    2010507|专项普查活动|20.00|320.00||320.00
    |合计|500.00|810.00|490.00|320.00
"""
BY_BODY = """
    单位编码|单位名称|科目编码|科目名称|合计|基本支出|项目支出
    105001|奇台县统计局本级|2010501|行政运行|60.00|60.00|
    ||2010507|专项普查活动|20.00||20.00
    105002|奇台县普查中心|2010501|行政运行|20.00|20.00|
    |合计|||100.00|80.00|20.00
"""


def disclosure(
    year: int, *tables: tuple[str, str], phase: str = "预算", body: str = BODY, level: str = "部门", unit: str = "万元"
) -> Printed:
    """The sha256 and the facts of a disclosure with these tables: their titles and what they print."""
    file = f"{body}{year}年{level}{phase}公开.pdf"
    sha256 = hashlib.sha256(f"{file}{tables}".encode()).hexdigest()
    head = DocumentFact(
        source=Source(file, sha256, page=1, text=file.removesuffix(".pdf")),
        title=file.removesuffix(".pdf"),
        agency=body,
        year=year,
        phase="预算" if phase == "预算" else "决算",
        level="部门" if level == "部门" else "单位",
        unit=unit,
    )
    facts: list[Fact] = [head]
    for title, printed in tables:
        blocks = Line(f"{body}{year}年{level}{phase}"), Line(title), Line(f"单位：{unit}"), merged_table(printed)
        document = Document(file, sha256, blocks)
        for table in read_tables(document, outline(document)):
            facts += [*table.cells, *(fact for fact in table.facts if fact not in table.cells)]
    return sha256, facts


def store_of(*documents: Printed) -> Store:
    """A store in memory with these documents."""
    store = open_store(MEMORY)
    report = build(documents, store)
    assert report.refused == (), [refusal.in_words("en") for refusal in report.refused]
    return store


def with_priors() -> Sequence[Printed]:
    """The budgets of two years, the second with columns of the first."""
    return disclosure(2024, (SPENDING, OF_2024)), disclosure(2025, (SPENDING, OF_2025))
