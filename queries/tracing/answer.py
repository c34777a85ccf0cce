"""What the tracer answers: hops of money, each with year, amount and its type, grade, rule and places."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import Literal

from kg.places import Evidence
from queries.answers import Answer, Tabular

Grade = Literal["stated", "derived", "candidate"]

COUNTED_BESIDE = 100
"""Lines under the same subject: so many are at least so many, and none of them is given."""
COUNTED_SIDEWAYS = 200
"""Projects of the same programme: so many are at least so many, and none of them is given."""
SAID_TO_GO_ON = frozenset({"grants", "money_in_and_out"})
"""Rules of balances about money said to go on to named recipients or into the next year; the rest has other uses."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of what is not in a trace for want of room."""

    projects: int = 0
    years: int = 0
    documents: int = 0
    sideways: int = 0
    spending: int = 0
    forms: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """A thing that was asked for: kind is document, project, programme, body, recipient, subject, indicator or form."""

    kind: str
    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path.

    `relation` is one of: origin, relay, issue, programme, policy_basis, purpose, allocation, carry_over, budget_line,
    use, stated_use, procurement, same_subject, grant, target, evaluation, execution, indicator, outcome,
    same_programme, spending, continues, succeeds, feeds, fromParty. `amount` is in yuan, exact;
    `printed` is the amount with its unit as printed; amounts of different `amount_type` (budgeted, carried-over,
    executed, performance-form; prior-budget, prior-execution, prior-account as the next year's tables print them) are
    never to be added.
    `nodes` are the IRIs of the graph that say this; `more_places` counts the places that are not among `evidence`.
    `source_iri` and `target_iri` are the ends where these are things of the graph, else empty.
    """

    relation: str
    source: str
    target: str
    year: int | None = None
    from_year: int | None = None
    code: str | None = None
    subject: str | None = None
    project: str | None = None
    amount: Decimal | None = None
    printed: str | None = None
    amount_type: str | None = None
    grade: Grade = "stated"
    rule: str | None = None
    why: str | None = None
    evidence: tuple[Evidence, ...] = ()
    nodes: tuple[str, ...] = ()
    more_places: int = 0
    source_iri: str = ""
    target_iri: str = ""


@dataclass(frozen=True, slots=True)
class Passport:
    """A document and the hops above it: origin level, who relayed, who issued, the programme.

    Below these are projects that name it as their policy basis, the newest; `more_on_basis` counts the others.
    """

    number: str
    iri: str
    hops: tuple[Hop, ...]
    more_on_basis: int = 0


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements about one thing that cannot both be right."""

    why: str
    rule: str
    evidence: tuple[Evidence, ...]
    iri: str
    sides: tuple[str, ...] = ()
    more_places: int = 0


@dataclass(frozen=True, slots=True)
class Balance:
    """What arrived at a node, what left it with a named destination, and what is unexplained; yuan, exact.

    `rule` says what is compared: uses (a project's budget against its economic use), grants (against what is handed
    on), else a check of the graph (`transfers_by_document`, `carry_overs_by_name`, `money_in_and_out` …); `verdict` is
    ok, rounding, incomplete or violation.
    """

    about: str
    rule: str
    arrived: Decimal
    left: Decimal
    unexplained: Decimal
    verdict: str
    why: str | None = None
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A project of one body in one year: its money, its economic use, whom it is handed to, its targets, other money.

    `basis` are the documents that its policy basis names, and what the text says it is for; `details` are parts of its
    money with what they are for, as far as the text or the table of procurement says. `possibly` is True where only a
    candidate link leads to it. `same_subject` are lines of projects that are not in the trace; several projects of a
    body and year under one subject have them at the last one. `more_same_subject` and `more_indicators` count what is
    left out.
    """

    year: int | None
    body: str
    level: str | None
    project: str
    iri: str
    withheld: bool
    money: tuple[Hop, ...]
    grants: tuple[Hop, ...]
    targets: tuple[Hop, ...]
    same_subject: tuple[Hop, ...]
    conflicts: tuple[Conflict, ...]
    uses: tuple[Hop, ...] = ()
    balances: tuple[Balance, ...] = ()
    possibly: bool = False
    more_same_subject: int = 0
    body_iri: str = ""
    more_indicators: int = 0
    basis: tuple[Hop, ...] = ()
    details: tuple[Hop, ...] = ()

    def hops(self) -> Iterator[Hop]:
        """All hops of the project, in the order in which they are told."""
        yield from chain(self.basis, self.money, self.uses, self.details, self.grants, self.targets, self.same_subject)


@dataclass(frozen=True, slots=True)
class FirstSeen:
    """When the money of a document or of what was asked for is first and last seen in the disclosures held.

    `partly` is True where projects, years or lines were left out of the trace: the years are those of what is shown.
    `never_budgeted` is True where it is first seen as a carry-over; `held` tells whether the disclosure of the year it
    was carried over from is among those held, `lacking` names predecessors of the body whose own is not.
    """

    number: str
    first: int
    last: int
    never_budgeted: bool
    held: bool
    partly: bool = False
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Trace(Tabular):
    """The answer for one question: matched things, their documents, their projects by year, links between the years.

    `sideways` are the same programmes in other bodies, `spending` what bodies spend under a functional code asked for,
    `balances` the checks of the disclosures involved. `promises` are performance forms that are about no project of a
    budget (those of whole bodies, and those whose project no line tells), each with its indicators. Of many projects
    the newest are given: `omitted` counts the rest, `more_sideways`, `more_spending`, `more_years`, `more_documents`,
    `more_promises` (forms) and `more_indicators` (of these) what is left out elsewhere. `lang` is the
    language in which a notebook shows it ("zh" or "en").
    """

    what: str
    matches: tuple[Match, ...]
    documents: tuple[Passport, ...]
    entries: tuple[Entry, ...]
    links: tuple[Hop, ...]
    seen: tuple[FirstSeen, ...]
    candidates: tuple[Hop, ...]
    sideways: tuple[Hop, ...] = ()
    spending: tuple[Hop, ...] = ()
    balances: tuple[Balance, ...] = ()
    omitted: int = 0
    more_sideways: int = 0
    more_spending: int = 0
    more_years: int = 0
    more_documents: int = 0
    promises: tuple[Hop, ...] = ()
    more_promises: int = 0
    more_indicators: int = 0
    lang: str = field(default="zh", compare=False)

    @property
    def left_out(self) -> Counts:
        """What is not in the trace for want of room."""
        return Counts(
            self.omitted, self.more_years, self.more_documents, self.more_sideways, self.more_spending,
            self.more_promises,
        )  # fmt: skip

    def hops(self) -> Iterator[Hop]:
        """All hops from the origin down and through the years; candidates are not among them."""
        yield from chain.from_iterable(passport.hops for passport in self.documents)
        for entry in self.entries:
            yield from entry.hops()
        yield from chain(self.promises, self.links, self.sideways, self.spending)

    def forms(self) -> list[list[Hop]]:
        """The hops of `promises` form by form: the form, then its indicators."""
        found: list[list[Hop]] = []
        for hop in self.promises:
            if hop.relation == "target" or not found:
                found.append([])
            found[-1].append(hop)
        return found

    def table(self) -> Answer:
        """The hops as rows, one for each place where a hop is printed; hops without a place once.

        Columns are the fields of a Hop (`relation`, `source`, `target`, `year`, `from_year`, `code`, `subject`,
        `project`, `amount`, `printed`, `amount_type`, `grade`, `rule`, `why`), then those of the place (`file`, `page`,
        `line`, `table`, `row`, `column`, `words`). A hop printed in several places must be counted once.
        """
        from queries.tracing.rows import hop_rows  # what shows an answer is imported where it is asked for

        return hop_rows(self)

    def html(self) -> str:
        """The hops as a short table in the language of the trace, each with its first place."""
        from queries.tracing.rows import html

        return html(self)

    def __repr__(self) -> str:
        hops, years = sum(1 for _ in self.hops()), sorted({entry.year for entry in self.entries if entry.year})
        span = f", {years[0]}-{years[-1]}" if years else ""
        return f"Trace({self.what!r}: {len(self.matches)} found, {len(self.entries)} projects, {hops} hops{span})"
