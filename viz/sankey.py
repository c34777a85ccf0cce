"""A trace as a Sankey diagram in time: what each flow of money comes from, where it goes, in which year."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from queries.tracing.answer import Entry, Hop, Passport, Trace

_UPSTREAM = ("origin", "relay", "issue")  # in the order in which money passes them
_DOCUMENT = len(_UPSTREAM)
MOST = 200  # nodes; more cannot be read


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in a year as a flow of one type of amount passes it; `column` counts from the left.

    A thing through which amounts of several types or years pass is as many nodes: what must not be added never meets.
    """

    key: str
    name: str
    kind: str
    year: int | None
    column: int


@dataclass(frozen=True, slots=True)
class Link:
    """A flow between two nodes: `hop` is its number in `hops_of`; `value` is the exact amount in yuan as text.

    `grade` is that of the hop, or `candidate` where only a candidate leads to its project.
    """

    source: str
    target: str
    hop: int
    value: str
    printed: str
    amount_type: str
    grade: str


@dataclass(frozen=True, slots=True)
class Sankey:
    """The diagram. `columns` names what stands in each column by kind and year.

    `left_out` counts the flows that are not drawn, as they state no amount above zero or there would be too many.
    """

    columns: tuple[tuple[str, int | None], ...]
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    left_out: int


def hops_of(trace: Trace) -> list[Hop]:
    """All hops of a trace in the order in which a page lists them; a hop is known by its number in this list."""
    return [*trace.hops(), *trace.candidates]


def sankey(trace: Trace) -> Sankey:
    """The money of a trace: origin, who relayed and issued, the document, projects by year, subjects and recipients."""
    numbers = {id(hop): number for number, hop in enumerate(hops_of(trace))}
    documents = {passport.number: passport for passport in trace.documents}
    years = sorted({entry.year for entry in trace.entries if entry.year is not None})
    nodes: dict[str, Node] = {}
    links: list[Link] = []
    left_out = 0
    for entry in trace.entries:
        for hop in (*entry.money, *entry.grants):
            steps = list(_steps(entry, hop, documents, years))
            if hop.amount is None or hop.amount <= 0 or len(nodes.keys() | {node.key for node in steps}) > MOST:
                left_out += 1
                continue
            nodes |= {node.key: node for node in steps}
            grade = "candidate" if entry.possibly else hop.grade
            links += [_link(start, end, hop, numbers[id(hop)], grade) for start, end in pairwise(steps)]
    columns = sorted({node.column for node in nodes.values()})
    drawn = tuple(replace(node, column=columns.index(node.column)) for node in nodes.values())
    return Sankey(_names(drawn, len(columns)), drawn, tuple(links), left_out)


def _steps(entry: Entry, hop: Hop, documents: Mapping[str, Passport], years: Sequence[int]) -> Iterator[Node]:
    """The nodes that one flow passes, from the left to the right.

    A grant begins at the project it is paid from; a project with grants leads to these and not to its subject, too:
    the same money would be drawn twice.
    """
    column = _DOCUMENT + 1 + 3 * (years.index(entry.year) if entry.year in years else len(years))
    is_grant = hop.relation == "grant"
    if hop.source and not is_grant:
        passport = documents.get(hop.source)
        above = {up.relation: up.source for up in passport.hops} if passport else {}
        for place, relation in enumerate(_UPSTREAM):
            if relation in above:
                yield _node(above[relation], relation, None, place, hop)
        yield _node(hop.source, "document", None, _DOCUMENT, hop)
    yield _node(f"{entry.project}（{entry.body}）", "project", entry.year, column, hop)
    if is_grant:
        yield _node(hop.target, "recipient", entry.year, column + 2, hop)
    elif hop.code and not entry.grants:
        yield _node(f"{hop.code} {hop.subject or ''}".strip(), "subject", entry.year, column + 1, hop)


def _node(name: str, kind: str, year: int | None, column: int, hop: Hop) -> Node:
    key = "|".join((name, kind, str(hop.year), str(hop.from_year), str(hop.amount_type)))
    return Node(key, name, kind, year, column)


def _link(start: Node, end: Node, hop: Hop, number: int, grade: str) -> Link:
    amount = str(hop.amount)
    return Link(start.key, end.key, number, amount, hop.printed or "", hop.amount_type or "", grade)


def _names(nodes: Sequence[Node], columns: int) -> tuple[tuple[str, int | None], ...]:
    found = {node.column: (node.kind, node.year) for node in nodes}
    return tuple(found[column] for column in range(columns))
