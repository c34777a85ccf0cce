"""The graph as an object of Python: `caimai.open(store)` once, then ask, trace, audit, query, draw.

What draws or audits is imported where it is asked for: most commands never do, and would wait for it.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from caimai import given
from kg.remote import RemoteStore
from kg.store import documents
from kg.sums import Sum
from ontology.errors import CaimaiError
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


@dataclass(frozen=True, slots=True, repr=False)
class Graph:
    """A graph opened for reading, as it was when it was opened. Amounts are exact decimals.

    Several threads may ask it at once. A `with` block ends the connections to a server; a store on disk needs no
    closing, and a build may go on beside it.

    With `lang` "en" answers and traces have the English names of codes, levels, kinds, tables, relations and grades.
    `kept` is what a build has kept beside the store, for traces to be quick.
    """

    store: ox.Store
    lang: str = "zh"
    kept: Kept | None = None

    def __repr__(self) -> str:
        held = "a server" if isinstance(self.store, RemoteStore) else _counted(len(documents(self.store)))
        return f"Graph({held}, lang={self.lang!r})"

    def __enter__(self) -> "Graph":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connections to a server, after which it cannot be asked any more; of a store on disk nothing."""
        if isinstance(self.store, RemoteStore):
            self.store.close()

    def ask(self, name: str, **parameters: str | int | None) -> Answer:
        """The answer of a named question (`caimai.questions()` lists them); raises WrongQuestion, EmptyGraph.

        Parameters that a question does not require may be left out, or be None, and then mean all.
        """
        answer = ask(self.store, given.words(name, "disclosures"), parameters)
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
        limit, places = given.at_least(0, limit, "limit"), given.at_least(0, places, "places")
        wanted = given.words(what, "昌州财教〔2024〕65号")
        found = trace(self.store, wanted, candidates=candidates, limit=limit, places=places, kept=self.kept)
        return english_trace(found) if self.lang == "en" else found

    def audit(self, what: str | None = None) -> Audit:
        """Documents held against themselves and the year before: of a body, of a file (part of its name), or all.

        The signals speak both languages; `lang` is that of the table in a notebook. Raises NotFound, with the nearest
        names, where no document is called so.
        """
        from queries.auditing.audit import audit

        wanted = None if what is None else given.words(what, "奇台县商务科技和工业信息化局")
        return replace(audit(self.store, wanted), lang=self.lang)

    def sparql(self, query: str) -> Answer | bool | bytes:
        """The answer of a read-only SPARQL 1.1 query: rows (SELECT), truth (ASK) or N-Triples (CONSTRUCT, DESCRIBE).

        Raises RefusedQuery, with line and column, for what does not parse, writes or asks another server.
        """
        answer = sparql(self.store, given.words(query, "ASK { ?s ?p ?o }"))
        return replace(answer, lang=self.lang) if isinstance(answer, Answer) else answer

    def total(
        self, *, body: str | None = None, year: int | None = None, view: str | None = None, code: str | None = None,
        source: str | None = None, amount_type: str | None = None, document: str | None = None,
    ) -> Sum:  # fmt: skip
        """The sum of amounts that may be added up, as `kg.sums.total`: of a body, year, table (`view`), functional code
        (`206` with all below), source of money and type of amount, or of a document number.

        Raises UnsafeSum, with the reason and what to ask instead, where they may not be added; CaimaiError for a name
        that is not there, with the nearest, and where nothing is found.
        """
        return added(
            self.store, body=body, year=None if year is None else _year(year), view=view,
            code=None if code is None else str(code), source=source, amount_type=amount_type, document=document,
        )  # fmt: skip

    def lineage(self) -> "nx.MultiDiGraph":
        """The lineage as a NetworkX graph.

        Nodes by IRI with kind, label, year, level and amount (Decimal, yuan); edges with relation, grade, rule and
        evidence.
        """
        from kg.lineage import lineage

        return lineage(self.store)

    def page(self, focus: str | Collection[str] = (), *, title: str = "财脉", lang: str = "zh") -> str:
        """A self-contained HTML page of the lineage around what `focus` names (as in `trace`), one name or several; all
        where empty."""
        from kg.lineage import lineage
        from viz.page import page

        names = [focus] if isinstance(focus, str) else focus
        nodes = {match.iri for what in names for match in find(Reader(self.store), what)}
        return page(lineage(self.store), title=title, focus=sorted(nodes), lang=lang)


def _year(value: object) -> int:
    """A year as a number, given as one or as its digits. Raises CaimaiError."""
    try:
        return int(str(value))
    except ValueError:
        raise CaimaiError(
            f"year: {value!r} is not a year, such as 2025", f"year：{value!r} 不是年份，例如 2025"
        ) from None


def _counted(documents: int) -> str:
    return f"{documents} document{'' if documents == 1 else 's'}"
