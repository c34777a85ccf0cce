"""The frozen values that travel between stages: what a disclosure states, each with its source.

The fields are those of the facts contract (`docs/facts.md`); `ontology.fact_json` writes them. Amounts are exact
`Decimal`s in the unit that the document declares, with `unit` beside them.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

Box = tuple[float, float, float, float]
Grade = Literal["stated", "derived", "ambiguous"]
Side = Literal["收入", "支出"]
Scope = Literal["整体", "项目"]
PriorMeasure = Literal["上年数", "增减额", "增减率"]
FigurePart = Literal["staff", "procurement", "assets", "three_public", "evaluation"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact is printed. What does not apply is None; `text` is what is printed there, untouched.

    `page` and `line` are 1-based, as are `row` and `column` within `table` (the title over the table as printed);
    `bbox` is `(x0, top, x1, bottom)` in PDF points from the top left of the page. `section` is the heading that running
    text stands under, with its number.
    """

    file: str
    sha256: str
    page: int | None = None
    line: int | None = None
    table: str | None = None
    row: int | None = None
    column: int | None = None
    bbox: Box | None = None
    text: str = ""
    section: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What all facts share. `how` says which identities place a derived fact."""

    fact: ClassVar[str]
    source: Source
    grade: Grade = "stated"
    how: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFact(Fact):
    """The disclosure itself: whose, for which year and phase, when published, and the figures of its running text.

    `staff`, `procurement` and `assets` map the printed names to the printed figures (money in 万元, counts as printed).
    `made` are the words by which the cover says that what it discloses is invented (an example, test data).
    """

    fact: ClassVar[str] = "document"
    title: str | None = None
    agency: str | None = None
    year: int | None = None
    phase: Literal["预算", "决算"] | None = None
    level: Literal["部门", "单位"] | None = None
    division: str | None = None
    published: str | None = None
    unit: str | None = None
    staff: dict[str, str] | None = None
    procurement: dict[str, str] | None = None
    assets: dict[str, str] | None = None
    made: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFact(Fact):
    """One figure of a budget table in long form. `column` is None where several columns are possible (`candidates`).

    `body` is the body whose figure it is where the table has a column of bodies; None elsewhere.
    """

    fact: ClassVar[str] = "cell"
    table: str
    name: str
    amount: Decimal
    unit: str | None
    column: str | None
    side: Side | None = None
    code: str | None = None
    project: str | None = None
    body: str | None = None
    path: tuple[str, ...] | None = None
    table_title: str | None = None
    column_title: str | None = None
    candidates: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorFact(Fact):
    """One figure of the year before, or of the change from it, that a budget table prints beside its own year's.

    `table` to `column` are those of the `cell` that it stands beside. `measure` is 上年数, 增减额 or 增减率 (per cent),
    `basis` whether 上年数 is 预算数, 执行数 or 决算数. It is no figure of the document's year and never added to one.
    """

    fact: ClassVar[str] = "prior"
    table: str
    name: str
    column: str
    measure: PriorMeasure
    basis: str | None
    amount: Decimal
    unit: str | None
    side: Side | None = None
    code: str | None = None
    project: str | None = None
    body: str | None = None
    path: tuple[str, ...] | None = None
    table_title: str | None = None
    column_title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFact(Fact):
    """A third-level indicator and its target. A date has `date` (ISO), a qualitative target only `raw`."""

    scope: Scope
    project: str | None
    level1: str | None
    level2: str | None
    level3: str
    op: Literal[">=", "<=", "=", ">", "<"] | None = None
    value: Decimal | None = None
    unit: str | None = None
    date: str | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiFact(IndicatorFact):
    """One indicator of a performance form.

    `scoring` and `proof` are the columns 指标赋分规则 and 佐证资料 as printed, None where the form has none.
    """

    fact: ClassVar[str] = "kpi"
    weight: Decimal | None = None
    basis: str | None = None
    previous: str | None = None
    scoring: str | None = None
    proof: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiTableFact(Fact):
    """The head of a performance form: its money, its goal, the agency as printed on it.

    `upper` and `own` are the 上级 and 本级 money of the whole-body form, None on project forms; `carried` is 上年结转,
    a part of the total. `whole` is the money of all years of the project (项目资金总额), with its parts. `unit` is that
    of all its money. `begins` and `ends` are the planned dates, ISO; `supervisor` is the 主管部门 as printed.
    """

    fact: ClassVar[str] = "kpi_table"
    scope: Scope
    project: str | None
    total: Decimal | None = None
    fiscal: Decimal | None = None
    other: Decimal | None = None
    upper: Decimal | None = None
    own: Decimal | None = None
    unit: str | None = "万元"
    goal: str | None = None
    unit_printed: str | None = None
    carried: Decimal | None = None
    whole: Decimal | None = None
    whole_fiscal: Decimal | None = None
    whole_other: Decimal | None = None
    supervisor: str | None = None
    begins: str | None = None
    ends: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationFact(Fact):
    """The head of a self-evaluation (绩效自评表): what was aimed at, what came of it, the points of the whole form.

    `goal` is 预期目标, `outcome` 实际完成情况, `weight` and `score` are those of the row 总分, `rating` is the 等级 as
    printed (优, 良 …). `year` is the year that is printed over the form, None where none is; `supervisor` is the
    主管部门 as printed.
    """

    fact: ClassVar[str] = "evaluation"
    scope: Scope
    project: str | None
    goal: str | None = None
    outcome: str | None = None
    weight: Decimal | None = None
    score: Decimal | None = None
    rating: str | None = None
    year: int | None = None
    unit_printed: str | None = None
    supervisor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationMoneyFact(Fact):
    """One figure of the money of a self-evaluation. `line` is whose money: 合计, 财政拨款, 上年结转, 其他资金, ….

    `measure` is 年初预算数, 全年预算数 or 全年执行数 (in `unit`), 执行率 (`%`), 分值 or 得分 (`分`).
    """

    fact: ClassVar[str] = "evaluation_money"
    scope: Scope
    project: str | None
    line: str
    measure: str
    amount: Decimal
    unit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeFact(IndicatorFact):
    """One indicator of a self-evaluation: the target, what was done, points and why not.

    `actual` is 实际完成值 as printed; `actual_value` and `actual_unit`, or `actual_date`, where it is a number or date.
    """

    fact: ClassVar[str] = "outcome"
    actual: str | None = None
    actual_value: Decimal | None = None
    actual_unit: str | None = None
    actual_date: str | None = None
    weight: Decimal | None = None
    score: Decimal | None = None
    deviation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFact(Fact):
    """A project as the narrative describes it: `项目`, or `上年结转结余` with its purpose.

    `docs` are the canonical document numbers inside; `disclosed` is False where its particulars are withheld: they
    are then the words that say so.
    """

    fact: ClassVar[str] = "project"
    kind: Literal["项目", "上年结转结余"]
    name: str
    amount: Decimal | None
    unit: str | None = "万元"
    basis: str | None = None
    unit_in_charge: str | None = None
    allocation: str | None = None
    period: str | None = None
    purpose: str | None = None
    docs: tuple[str, ...] = ()
    disclosed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFact(Fact):
    """One 比上年 sentence. `share` and `percent` are the printed per cents; `direction` is the printed word.

    `against` is what a further comparison of the same amount in the sentence is made with (上年执行数); None for the
    first, which is what the sentence states.
    """

    fact: ClassVar[str] = "change"
    section: str
    subject: str
    code_path: tuple[str, ...] | None
    amount: Decimal | None
    unit: str | None = "万元"
    share: Decimal | None = None
    direction: str | None = None
    delta: Decimal | None = None
    percent: Decimal | None = None
    reason: str | None = None
    against: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReclassificationFact(Fact):
    """Spending that moved from one functional subject to another, both as printed: the names of 类, 款 and 项."""

    fact: ClassVar[str] = "reclassification"
    from_path: tuple[str, ...]
    to_path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFact(Fact):
    """One figure of the running text, or of a table that prints such beside money, under a canonical name: staff,
    procurement, state assets, counts beside 三公 expenditure, self-evaluations.

    The names are those that `DocumentFact` has for the running text, but for `three_public` and `evaluation`, which it
    leaves out.

    `raw` is as printed; `value` and `unit` (`万元`, `人`, `人次`, `辆`, `平方米`, `个`, `分`) are None where that is a
    word (`未安排`).
    """

    fact: ClassVar[str] = "figure"
    part: FigurePart
    name: str
    value: Decimal | None
    unit: str | None
    raw: str

    @property
    def is_tabled(self) -> bool:
        """Whether a cell of a table prints it, not a sentence."""
        return self.source.row is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageFact(Fact):
    """One paragraph of the running text: its words are `source.text`, its heading `source.section`.

    `part` is the meaning of the heading (`duties`, `income`, `procurement`, …); `number` counts the paragraphs of the
    document. `end_page` and `end_line` are where it ends. Personal names and telephone numbers are cut out.
    """

    fact: ClassVar[str] = "passage"
    part: str
    number: int
    end_page: int | None = None
    end_line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFact(Fact):
    """A body whose figures those of the disclosure include, as its list of bodies prints it; `note` is what the list
    says beside the name (备注, 单位性质)."""

    fact: ClassVar[str] = "member"
    name: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocrefFact(Fact):
    """One mention of a numbered official document: as printed, canonical, and the words around it."""

    fact: ClassVar[str] = "docref"
    raw: str
    number: str
    context: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NilFact(Fact):
    """A stated absence. `subject` is what is absent: a table (its canonical name), a line of income, a project.

    `declared_nil` (未安排, 为空表), `withheld` (涉密, 不予公开) and `absent` are three different things.
    """

    fact: ClassVar[str] = "nil"
    kind: Literal["declared_nil", "withheld", "absent"]
    subject: str
    amount: Decimal | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Fact):
    """What a reader could not use, or understood only in part."""

    fact: ClassVar[str] = "finding"
    severity: Literal["info", "warning", "error"]
    message: str
