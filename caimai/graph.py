"""The graph as an object of Python: `caimai.open(store)` once, then ask, trace, audit, query, draw.

What draws or audits is imported where it is asked for: most commands never do, and would wait for it.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.sums import Sum
from queries.adding import added
from queries.answers import Answer
from queries.auditing.signal import Audit
from queries.english import in_english
from queries.kept import Kept
from queries.library import ask, sparql
from queries.reading import Reader
from queries.tracing.answer import Trace
from queries.tracing.english import in_english as english_trace
from queries.tracing.finding import find
from queries.tracing.places import SHOWN
from queries.tracing.trace import LIMIT, trace

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph opened for reading, as it was when it was opened. Amounts are exact decimals.

    With `lang` "en" answers and traces have the English names of codes, levels, kinds, tables, relations and grades.
    `kept` is what a build has kept beside the store, for traces to be quick.
    """

    store: ox.Store
    lang: str = "zh"
    kept: Kept | None = None

    def ask(self, name: str, **parameters: str | int) -> Answer:
        """The answer of a named question (`caimai.questions()` lists them); raises WrongQuestion, EmptyGraph.

        Parameters that a question does not require may be left out and then mean all.
        """
        answer = ask(self.store, name, parameters)
        return in_english(answer) if self.lang == "en" else answer

    def trace(
        self, what: str, *, candidates: bool = False, limit: int = LIMIT, places: int = SHOWN
    ) -> Trace:  # fmt: skip
        """Trace a document number (any brackets), a functional code, or (part of) the name of a project, programme,
        body, recipient or indicator.

        `candidates` follows candidate links, too, marked so; of very many projects the `limit` newest are
        given (0: all), of the places of one statement the first `places` (0: all).
        Raises NotFound, with the nearest names and why they are near, where nothing is called so.
        """
        found = trace(self.store, what, candidates=candidates, limit=limit, places=places, kept=self.kept)
        return english_trace(found) if self.lang == "en" else found

    def audit(self, what: str | None = None) -> Audit:
        """Documents held against themselves and the year before: of a body, of a file (part of its name), or all.

        The signals speak both languages; `lang` is that of the table in a notebook. Raises NotFound, with the nearest
        names, where no document is called so.
        """
        from queries.auditing.audit import audit

        return replace(audit(self.store, what), lang=self.lang)

    def sparql(self, query: str) -> Answer | bool | bytes:
        """The answer of a read-only SPARQL 1.1 query: rows (SELECT), truth (ASK) or N-Triples (CONSTRUCT, DESCRIBE).

        Raises RefusedQuery, with line and column, for what does not parse, writes or asks another server.
        """
        answer = sparql(self.store, query)
        return replace(answer, lang=self.lang) if isinstance(answer, Answer) else answer

    def total(self, **where: Any) -> Sum:
        """The sum of amounts that may be added up: `body`, `year`, `view`, `code`, `source`, `amount_type`, `document`.

        As `kg.sums.total`. Raises UnsafeSum, with the reason and what to ask instead, where they may not.
        """
        return added(self.store, **where)

    def lineage(self) -> "nx.MultiDiGraph":
        """The lineage as a NetworkX graph.

        Nodes by IRI with kind, label, year, level and amount (Decimal, yuan); edges with relation, grade, rule and
        evidence.
        """
        from kg.lineage import lineage

        return lineage(self.store)

    def page(self, focus: Collection[str] = (), *, title: str = "财脉", lang: str = "zh") -> str:
        """A self-contained HTML page of the lineage around what `focus` names (as in `trace`); all where empty."""
        from kg.lineage import lineage
        from viz.page import page

        nodes = {match.iri for what in focus for match in find(Reader(self.store), what)}
        return page(lineage(self.store), title=title, focus=sorted(nodes), lang=lang)
