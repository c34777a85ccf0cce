"""A budget with performance forms and the final accounts of its year with self-evaluations, all invented."""

import hashlib
from collections.abc import Sequence

from test_table_variants import merged_table

from extract.document import Document, Line, Table
from extract.recognition import facts
from ontology.facts import Fact

BODY = "奇台县统计局"
Printed = tuple[str, list[Fact]]

PROJECTS = """
    科目编码|科目名称|项目名称|项目支出合计|商品和服务支出
    2010507|专项普查活动|经济普查经费|75.50|75.50
    2010508|统计抽样调查|住户调查经费|20.00|20.00
    |合计||95.50|95.50
"""
TARGETS = """
项目名称 | 经济普查经费 | < | < | < | < | <
预算单位 | 奇台县统计局 | < | 年度预算总额（万元） | 75.50 | 其中：财政拨款（万元） | 75.50
年度绩效目标 | 办班20次。 | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标值 | 指标值设置依据 | 上年完成值 | 指标分值权重
产出指标 | 数量指标 | 办班次数 | ≥20次 | 工作计划 | 15次 | 20
^ | 时效指标 | 完成时间 | 2024年12月底前 | 工作计划 | / | 20
成本指标 | 经济成本指标 | 办班成本 | ≤3.00万元/次 | 工作计划 | / | 10
效益指标 | 社会效益指标 | 数据应用 | 显著 | 工作计划 | / | 30
满意度指标 | 满意度指标 | 学员满意度 | ≥95% | 工作计划 | / | 10
"""
EVALUATED = """
项目名称 | 经济普查经费项目 | < | < | < | < | < | < | <
主管部门 | 奇台县统计局 | < | < | 实施单位 | 奇台县统计局 | < | < | <
项目资金（万元） | | < | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^ | 年度资金总额 | < | 80.00 | 75.50 | 60.40 | 10 | 80.00% | 8.00
^ | 其中：当年财政拨款 | < | 70.00 | 65.50 | 50.40 | — | 76.95% | —
^ | 上年结转资金 | < | 10.00 | 10.00 | 10.00 | — | 100.00% | —
年度总体目标 | 预期目标 | < | < | < | 实际完成情况 | < | < | <
^ | 办班20次。 | < | < | < | 办班18次。 | < | < | <
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
^ | 产出指标（50分） | 数量指标 | 办班次数 | ≥20次 | 18次 | 20 | 18 | 下年补办
^ | ^ | 时效指标 | 完成时间 | 2024年12月底前 | 2024年12月10日 | 20 | 20 |
^ | ^ | 成本指标 | 办班成本 | ≤3.00万元/次 | 2.80万元/次 | 10 | 10 |
^ | 效益指标（30分） | 社会效益指标 | 数据应用 | 显著 | 达成预期指标 | 30 | 28 |
^ | 满意度指标（10分） | 满意度指标 | 学员满意度 | ≥90% | 96.5% | 10 | 10 |
总分 | < | < | < | < | < | 100 | 94.00 |
"""
WHOLE_ACCOUNT = """
    科目编码|科目名称|合计|基本支出|项目支出
    2010507|专项普查活动|60.40||60.40
    |合计|60.40||60.40
"""
REVIEWS = (
    "十、预算绩效情况说明",
    "绩效自评的2024年度项目2个，涉及预算金额95.50万元，平均得分97.00分（其中，绩效评级为“优”的项目2个）。",
    "1.住户调查经费项目绩效自评综述：该项目绩效自评得分为100分，评价等级为“优”。"
    "全年预算数为20万元，执行数为0万元，完成预算的0%。",
)


def printed(file: str, *blocks: Line | Table) -> Printed:
    """The sha256 and the facts of a document of these lines and tables."""
    sha256 = hashlib.sha256(f"{file}{blocks}".encode()).hexdigest()
    title = Line(file.removesuffix(".pdf"), page=1)
    return sha256, list(facts(Document(file, sha256, (title, *blocks))))


def budget(projects: str = PROJECTS, *forms: str, year: int = 2024, title: str = "项目支出绩效目标表") -> Printed:
    """A budget with a table of projects and one performance form or several under this title."""
    tables = [block for form in forms or (TARGETS,) for block in (Line(title, page=3), merged_table(form))]
    lines = Line("一般公共预算项目支出情况表", page=2), Line("单位：万元", page=2), merged_table(projects)
    return printed(f"{BODY}{year}年部门预算公开.pdf", *lines, *tables)


def accounts(
    *evaluations: str,
    year: int = 2024,
    lines: Sequence[str] = (),
    over: str = "（2024年度）",
    title: str = "项目支出绩效自评表",
) -> Printed:
    """Final accounts with one self-evaluation or several under this title, and lines of running text."""
    head = Line(title, page=4), Line(over, page=4)
    tables = [block for form in evaluations or (EVALUATED,) for block in (*head, merged_table(form))]
    text = [Line(line, page=3) for line in lines]
    whole = Line("支出决算表", page=2), Line("单位：万元", page=2), merged_table(WHOLE_ACCOUNT)
    return printed(f"{BODY}{year}年度部门决算公开.pdf", *whole, *text, *tables)
