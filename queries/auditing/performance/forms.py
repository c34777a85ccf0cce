"""Performance forms and itemised uses: goals against totals and indicators, one use in several places."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from queries.auditing.book import HALF, WAN, Book
from queries.auditing.compare import compared, signal
from queries.auditing.patterns import bare, half_unit, pattern, spelled, tight, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.reading import Row

_MOST = 12
WHOLE, WHOLE_EVALUATED = "部门整体绩效目标表", "部门整体支出绩效自评表"  # what forms are called that are of no project


@dataclass(frozen=True, slots=True)
class Form:
    """A performance form with its indicators, rows of `operands/forms.rq`, amounts in yuan.

    `part` and `whole` are what its text and its total are called; `others` are totals that its costs may come to, too.
    """

    name: str
    iri: str
    total: Decimal | None
    goal: str
    at: str
    indicators: tuple[Row, ...]
    part: str = "总体目标"
    whole: str = "年度预算总额"
    others: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Priced:
    """A use with its amount in yuan: which part of the document says so, in what words, where."""

    part: str
    label: str
    value: Decimal
    at: str


def uses(rule: Rule, book: Book) -> Iterator[Signal]:
    """Projects whose itemised uses, some left out if need be, do not add up to the scale; or whose plain list of uses,
    which may leave others out, comes to more."""
    for row in _once(book.asked("uses")):
        text, scale = tight(row["use"]), Decimal(str(row["scale"]))
        amounts = [use.value for use in _priced(text, "", "") if use.value != scale]
        whole = pattern("itemised").search(text) or (pattern("flat_list").search(text) and sum(amounts) > scale)
        if not 2 <= len(amounts) <= _MOST or not whole:
            continue
        if not _adds_up(amounts, scale) or _plainly_more(text, amounts, scale):
            total = sum(amounts, Decimal(0))
            places = book.evidence(row["evidence"])
            sides = Side("分项合计", total / WAN, places), Side("项目规模", scale / WAN, places)
            tolerance = HALF * (len(amounts) + 1) / WAN
            yield signal(rule, book, str(row["name"]), *sides, (total - scale) / WAN, tolerance)


def goal_totals(rule: Rule, book: Book) -> Iterator[Signal]:
    """Forms whose goal speaks of another total, or names one amount of money alone, which is another."""
    for form in forms(book):
        alone = len(pattern("any_money").findall(form.goal)) == 1
        for found in pattern("only_money" if alone else "total").finditer(form.goal):
            if form.total is not None:
                places = book.evidence(form.at)
                left, right = (
                    Side("总体目标", yuan(found) / WAN, places),
                    Side("年度预算总额", form.total / WAN, places),
                )
                yield from compared(rule, book, form.name, left, right, (half_unit(found) + HALF) / WAN)


def items(rule: Rule, book: Book) -> Iterator[Signal]:
    """Uses that narrative, goal and cost indicators of one project name alike and price differently, each once."""
    narrated = {str(row["form"]): row for row in book.asked("uses") if row["form"]}
    for form in forms(book):
        row = narrated.get(form.iri)
        told = _priced(tight(row["use"]), "资金分配", str(row["evidence"])) if row else []
        everywhere = [*told, *_priced(form.goal, "总体目标", form.at), *_costs(form)]
        told_of: set[str] = set()
        for one, other in combinations(everywhere, 2):
            alike = one.part != other.part and _alike(one.label, other.label)
            rivals = [use for use in everywhere if use.part == other.part and _alike(use.label, one.label)]
            apart = abs(one.value - other.value) > 2 * HALF
            if alike and len(rivals) == 1 and apart and bare(one.label) not in told_of:
                told_of.add(bare(one.label))
                left, right = (
                    Side(f"{use.part}“{use.label}”", use.value / WAN, book.evidence(use.at)) for use in (one, other)
                )
                yield signal(rule, book, form.name, left, right, (one.value - other.value) / WAN)


def yearly(rule: Rule, book: Book) -> Iterator[Signal]:
    """Bases that name one amount a year, other than the scale."""
    for row in _once(book.asked("uses")):
        found = list(pattern("yearly").finditer(tight(row["basis"])))
        scale = Decimal(str(row["scale"]))
        if len(found) == 1 and abs(yuan(found[0]) - scale) > half_unit(found[0]) + HALF:
            places = book.evidence(row["evidence"])
            left, right = Side("依据", yuan(found[0]) / WAN, places), Side("预算安排规模", scale / WAN, places)
            yield signal(rule, book, str(row["name"]), left, right, (yuan(found[0]) - scale) / WAN)


def forms(book: Book) -> list[Form]:
    """The performance forms of a document."""
    rows: dict[str, list[Row]] = {}
    for row in book.asked("forms"):
        rows.setdefault(str(row["form"]), []).append(row)
    return [_form(iri, some) for iri, some in rows.items()]


def is_cost(indicator: Row) -> bool:
    """Whether the first level of an indicator is that of costs."""
    return spelled("cost_level") in str(indicator["level"] or "")


def _form(iri: str, some: Sequence[Row]) -> Form:
    head = some[0]
    total = None if head["total"] is None else Decimal(str(head["total"]))
    name = str(head["name"] or WHOLE)
    return Form(
        name, iri, total, tight(head["goal"]), str(head["form_at"]), tuple(row for row in some if row["indicator"])
    )


def _priced(text: str, part: str, at: str) -> list[Priced]:
    """The uses that a text prices."""
    found = pattern("item").finditer(text)
    return [Priced(part, one["label"], yuan(one), at) for one in found if not pattern("no_item").search(one["label"])]


def _alike(one: str, other: str) -> bool:
    """Whether two names of uses are one; a sentence may break a name at its `、`: `制作演示稿、推介词费`."""
    first, second = bare(one), bare(other)
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) > 1 and (first == second or (len(shorter) > 2 and longer.endswith(f"、{shorter}")))


def _costs(form: Form) -> list[Priced]:
    """The cost indicators that are plain amounts, no unit costs."""
    printed = [(row, pattern("money").match(tight(row["printed"]))) for row in form.indicators if is_cost(row)]
    return [
        Priced("成本指标", str(row["title"]), yuan(found), str(row["at"]))
        for row, found in printed
        if found and not found["per"]
    ]


def _adds_up(amounts: Sequence[Decimal], scale: Decimal) -> bool:
    """Whether the amounts, or some of them (others may be parts of parts), come to the scale within rounding."""
    subsets = (some for size in range(len(amounts), 0, -1) for some in combinations(amounts, size))
    return any(abs(sum(some, -scale)) <= HALF * (len(some) + 1) for some in subsets)


def _plainly_more(text: str, amounts: Sequence[Decimal], scale: Decimal) -> bool:
    """Whether the uses of one list without parts of parts (`其中A费2万元，B费3万元。`) come to more than the scale."""
    return pattern("one_list").search(text) is not None and sum(amounts) - scale > HALF * (len(amounts) + 1)


def _once(rows: Iterable[Row]) -> list[Row]:
    first: dict[object, Row] = {}
    for row in rows:
        first.setdefault(row["project"], row)
    return list(first.values())
