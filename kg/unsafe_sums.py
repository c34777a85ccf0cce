"""Why amounts make no sum: the rules that refuse, each with its reason and what may be asked instead.

A rule looks at figures as the queries `summands` and `flows_to_add` give them: budget observations and money flows with
their table, type, phase, body, year and place. Sums break all rules that double count; a mean counts nothing twice and
is held to the first three only.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from pyoxigraph import Literal, NamedNode

from kg.grid import Spot, overlap
from kg.names import spellings
from kg.reading import Row, amount, grouped, node, number, text
from ontology.errors import CaimaiError
from ontology.terms import label

WAN = Decimal(10_000)
Covered = Mapping[NamedNode, Collection[NamedNode]]


class UnsafeSum(CaimaiError):
    """Amounts that do not make a sum: `reason` says why, `alternative` what may be asked instead; `zh` says both."""

    def __init__(self, reason: str, alternative: str, zh: str) -> None:
        self.reason, self.alternative = reason, alternative
        super().__init__(f"{reason} - {alternative}", f"不可相加：{zh}")


def refuse_mixed(rows: Sequence[Row]) -> None:
    """Raise UnsafeSum where figures are of several tables, types of amount or phases, or some are of their year's own
    disclosure and some as the year after states them: neither sum nor mean."""
    for refuse in (_mixed_statements, _mixed_views, _mixed_types, _mixed_phases):
        refuse(rows)


def refuse_counted_twice(
    rows: Sequence[Row], covered: Covered, departments: Covered, spots: Mapping[NamedNode, Spot]
) -> None:
    """Raise UnsafeSum where money would be counted twice.

    That is: a department with its units, what one of them passes to the other, the totals of several years, a figure
    with one that holds it. `covered` has the other bodies whose figures a disclosure's own include, `departments` those
    above a body, `spots` where figures stand that are not among the
    finest of their table.
    """
    _with_units(rows)
    _with_covered(rows, covered)
    _between(rows, departments)
    _years(rows)
    _parts(rows, spots)


def _mixed_statements(rows: Sequence[Row]) -> None:
    priors = [row for row in rows if _stated_later(row)]
    if 0 < len(priors) < len(rows):
        own = _wan([row for row in rows if not _stated_later(row)])
        raise UnsafeSum(
            "figures of the year before, as the next disclosure prints them, with those that disclosures print of "
            "their own year",
            f"choose one: bl:BudgetObservation {own} 万元; bl:PriorObservation {_wan(priors)} 万元",
            f"次年所印的上年数与各年自己公开的数混在一起，请只取一种：本年所印{own}万元；次年所印{_wan(priors)}万元",
        )
    bases = grouped(priors, "basis")
    if len(bases) > 1:
        _one_of(
            priors,
            "basis",
            "figures of the year before on several bases",
            "choose one bl:priorBasis",
            "上年数口径不同（预算、执行、决算），请用 bl:priorBasis 只取一种",
        )


def _stated_later(row: Row) -> bool:
    """Whether a figure is of the year before the disclosure that states it."""
    return "basis" in row


def _mixed_views(rows: Sequence[Row]) -> None:
    by_view = grouped([row for row in rows if "view" in row], "view")
    if len(by_view) > 1 or (by_view and any("view" not in row for row in rows)):
        names = "、".join(_name(view) for (view,) in by_view)
        why = f"figures of several tables ({names}): the same money stands in each"
        raise UnsafeSum(
            why,
            f"choose one view, as view={_key(by_view)}",
            f"同一笔钱在各张表里都有（{names}）。请只取一张表，如 view={_key(by_view)}",
        )


def _mixed_types(rows: Sequence[Row]) -> None:
    _one_of(rows, "type", "amounts of several types", "choose one amount_type", "金额口径不同，请只取一种")


def _mixed_phases(rows: Sequence[Row]) -> None:
    _one_of(
        [row for row in rows if "phase" in row],
        "phase",
        "budgets and final accounts together",
        "choose one",
        "预算与决算混在一起，请只取一种",
    )


def _one_of(rows: Sequence[Row], variable: str, reason: str, advice: str, zh: str) -> None:
    found = grouped(rows, variable)
    if len(found) > 1:
        sums = "; ".join(f"{_name(value)} {_wan(some)} 万元" for (value,), some in found.items())
        raise UnsafeSum(reason, f"{advice}: {sums}", f"{zh}：{sums}")


def _with_units(rows: Sequence[Row]) -> None:
    """One body disclosed as a whole department and as a unit of it."""
    for (_, year, _), some in grouped([row for row in rows if "body" in row], "body", "year", "view").items():
        levels = grouped(some, "level")
        if len(levels) > 1:
            sums = "; ".join(f"{_name(level)} {_wan(part)} 万元" for (level,), part in levels.items())
            whose = f"{text(some[0], 'name')}, {year.value if year else '?'}"
            raise UnsafeSum(
                f"a department's figures with those of its own unit ({whose})",
                f"the department's include the unit's: {sums}",
                f"部门的数已含其单位的数（{whose}），请取其一：{sums}",
            )


def _with_covered(rows: Sequence[Row], covered: Covered) -> None:
    """A department, or its table of a unit, with what another disclosure says of a body that its own covers."""
    for (year, _), some in grouped([row for row in rows if "body" in row], "year", "view").items():
        of_body = grouped(some, "body")
        for (disclosure,), own in grouped(some, "disclosure").items():
            inside = covered.get(disclosure, ())  # type: ignore[arg-type]
            for body in sorted(inside, key=str):
                holding = [row for row in own if row["body"] == body or row["body"] not in inside]
                others = [row for row in of_body.get((body,), ()) if row["disclosure"] != disclosure]
                if holding and others:
                    _refuse_covered(holding, others, _name(year))


def _refuse_covered(whole: Sequence[Row], unit: Sequence[Row], year: str) -> None:
    parts = (whole, unit)
    names = " · ".join(text(part[0], "name") for part in parts)
    sums = "; ".join(f"{text(part[0], 'name')} {_wan(part)} 万元" for part in parts)
    raise UnsafeSum(
        f"a department's figures with those of its unit ({names}, {year})",
        f"the department's include the unit's, take either: {sums}",
        f"部门的数已含所属单位的数（{year}年），请取其一：{sums}",
    )


def _between(rows: Sequence[Row], departments: Covered) -> None:
    """What a unit has from the department above it, or the department from the unit, beside that one's own total."""
    for (year,), some in grouped([row for row in rows if "body" in row], "year").items():
        bodies = {node(row, "body") for row in some}
        pairs = {(body, above) for body in bodies for above in departments.get(body, ()) if above in bodies}
        related = {body for pair in pairs for body in pair}
        passed = [row for row in some if _passed(row) and node(row, "body") in related]
        if passed:
            rest = [row for row in some if row not in passed]
            what = "、".join(sorted({_name(row.get("source")) for row in passed}))
            raise UnsafeSum(
                f"{what} of {text(passed[0], 'name')} ({_name(year)}) is in the total of the body it is from, too",
                f"consolidated, without it: {_wan(rest)} 万元; or take one of the bodies",
                f"{text(passed[0], 'name')}的{what}（{_name(year)}年）在付出单位的总额中已有。"
                f"抵销后为{_wan(rest)}万元，或只取其中一个单位",
            )


def _passed(row: Row) -> bool:
    return text(row, "source").rpartition("/")[2] in spellings()["sums"]["between_bodies"]


def _years(rows: Sequence[Row]) -> None:
    years = sorted({number(row, "year") for row in rows if "year" in row})
    if len(years) > 1 and any(_holds_carry_over(row) for row in rows):
        of_years = {year: [row for row in rows if text(row, "year") == str(year)] for year in years}
        sums = "; ".join(f"{year}: {_wan(some)} 万元" for year, some in of_years.items())
        raise UnsafeSum(
            "totals of several years hold the money carried over twice",
            f"take one year ({sums}), or sources without carry-over, as view=revenue source=own",
            f"结转的钱在相邻两年的总额中都有。请只取一年（{sums}），或取不含结转的来源，如 view=revenue source=own",
        )


def _parts(rows: Sequence[Row], spots: Mapping[NamedNode, Spot]) -> None:
    """Figures of one table of one disclosure that are not of its covering set must have nothing in common."""
    for some in grouped([row for row in rows if "view" in row], "disclosure", "view", "side").values():
        if all(text(row, "additive") == "true" for row in some):
            continue
        for one, other in combinations(some, 2):
            if not _apart(one, other, spots):
                names = f"{_shown(one)} and {_shown(other)} ({_name(one.get('view'))})"
                raise UnsafeSum(
                    f"one figure may hold the other: {names}",
                    "take the figures marked bl:additive, or one",
                    f"其中一个数可能包含另一个：{names}。请取标为可加总（bl:additive）的数，或只取一个",
                )


def _apart(one: Row, other: Row, spots: Mapping[NamedNode, Spot]) -> bool:
    """Whether two figures of one table are known to have nothing in common.

    So they are where the table tells rows and columns apart, or by codes of which neither begins the other.
    """
    here, there = spots.get(node(one, "figure")), spots.get(node(other, "figure"))
    if here and there and here.known and there.known:
        return not overlap(here, there)
    codes = code_of(one), code_of(other)
    return all(codes) and not codes[0].startswith(codes[1]) and not codes[1].startswith(codes[0])


def _holds_carry_over(row: Row) -> bool:
    source = row.get("source")
    if source is not None:
        return source.value.rpartition("/")[2].startswith("carry")
    view = text(row, "view").rpartition("/")[2]
    return view in spellings()["sums"]["with_carry_over"] or text(row, "type").endswith("/carried-over")


def code_of(row: Row) -> str:
    """The functional code of a figure, empty where it has none."""
    return text(row, "code").rpartition("/")[2].partition("~")[0]


def summed(rows: Iterable[Row]) -> Decimal:
    """The amounts added up, in yuan."""
    return sum((amount(row, "amount") for row in rows), Decimal(0))


def _wan(rows: Iterable[Row]) -> str:
    shown = format(summed(rows) / WAN, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _shown(row: Row) -> str:
    """The name of a figure: its row, and its column where that is known."""
    column = text(row, "heading")
    return f"{text(row, 'item')} {column}".strip()


def _name(value: NamedNode | Literal | None) -> str:
    return (label(value) if isinstance(value, NamedNode) else None) or (value.value if value else "?")


def _key(by_view: Iterable[tuple[NamedNode | Literal | None, ...]]) -> str:
    first = next(iter(by_view))[0]
    return first.value.rpartition("/")[2] if first else ""
