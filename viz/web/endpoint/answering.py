"""One query or named question, answered whole or refused: what a worker process does."""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

import pyoxigraph as ox

from kg.unsafe_sums import UnsafeSum
from ontology.terms import prefixes
from queries.answers import Answer
from queries.guarding.read_only import QueryForm, ReadOnlyQuery, RefusedQuery, UnreadableQuery, understood
from queries.guarding.safe_sums import refuse_unsafe_sums
from queries.library import EmptyGraph, WrongQuestion, ask
from viz.web.endpoint.exchange import Job, Named, Reply, refusal
from viz.web.endpoint.formats import RESULTS, TRIPLES, TRUTH, offered
from viz.web.endpoint.limits import Limits
from viz.web.negotiation import preferred


class TooLarge(OSError):
    """An answer of more bytes than may be given."""


class TooManyRows(Exception):
    """An answer of more rows or triples than may be given."""


class _Bounded(io.BytesIO):
    """Takes no more than so many bytes."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def write(self, content: bytes) -> int:  # type: ignore[override]
        if self.tell() + len(content) > self.most:
            raise TooLarge
        return super().write(content)


def reply_to(job: Job, store: ox.Store, limits: Limits) -> Reply:
    """The answer in the form that the client prefers, or why there is none.

    400 does not parse, 403 would write or reach outside or add up amounts that make no sum, 406 no form accepted, 413
    more than `limits` allow, 500 the engine failed.
    """
    try:
        query = understood(job.query)
        media_type = preferred(job.accept, offered(query.form))
        if media_type is None:
            return refusal(406, "none of the forms accepted; there are: " + ", ".join(offered(query.form)))
        refuse_unsafe_sums(store, query.text, lambda text: _found(replace(query, text=text), job, store))
        body = _written(_found(query, job, store), query.form, media_type, limits)
    except UnreadableQuery as error:
        return refusal(400, str(error))
    except (RefusedQuery, UnsafeSum) as error:
        return refusal(403, str(error))
    except (SyntaxError, ValueError) as error:
        return refusal(400, f"not a SPARQL 1.1 query: {error}")
    except RuntimeError as error:  # a function that the engine does not have, for one
        return refusal(400, f"the query cannot be answered: {error}")
    except TooManyRows:
        return _too_many(limits, "ask for fewer with LIMIT and OFFSET")
    except TooLarge:
        return refusal(413, f"an answer of more than {limits.size:,} bytes: ask for less; no part of it is given")
    except MemoryError:
        return _no_memory()
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return Reply(200, body, media_type + charset, lasting=not query.changes)


def answer_to(asked: Named, store: ox.Store, limits: Limits) -> Answer | WrongQuestion | EmptyGraph | Reply:
    """The answer of a named question, or why there is none: 413 more rows than `limits` allow, 503 no memory left."""
    try:
        answer = ask(store, asked.name, asked.given)
    except (WrongQuestion, EmptyGraph) as error:
        return error.with_traceback(None)
    except MemoryError:
        return _no_memory()
    return answer if len(answer) <= limits.rows else _too_many(limits, "say more of what is wanted")


def _too_many(limits: Limits, advice: str) -> Reply:
    return refusal(413, f"more than {limits.rows:,} rows: {advice}; no part is given")


def _no_memory() -> Reply:
    return refusal(503, "the query needs more memory than it may use: ask for less")


def _found(query: ReadOnlyQuery, job: Job, store: ox.Store) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """The engine's answer over the graphs that the request names, else the query, else the union of all."""
    if job.default_graphs is None and job.named_graphs is None:
        return store.query(query.text, base_iri=job.base, use_default_graph_as_union=not query.names_graphs)
    return store.query(
        query.text,
        base_iri=job.base,
        default_graph=[ox.NamedNode(iri) for iri in job.default_graphs or ()],
        named_graphs=[ox.NamedNode(iri) for iri in job.named_graphs or ()],
    )


def _written(
    found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, form: QueryForm, media_type: str, limits: Limits
) -> bytes:
    bounded = _Bounded(limits.size)
    if isinstance(found, ox.QueryBoolean):
        found.serialize(bounded, format=TRUTH[media_type])
    elif isinstance(found, ox.QuerySolutions):
        found.serialize(bounded, format=RESULTS[media_type])
        _count(bounded.getvalue(), RESULTS[media_type], limits.rows)
    else:
        triples = _graph(found, limits.rows)
        ox.serialize(triples, bounded, format=TRIPLES[media_type], prefixes=_used(triples))
    return bounded.getvalue()


def _count(content: bytes, form: ox.QueryResultsFormat, most: int) -> None:
    """Raise TooManyRows where a result has more than `most` rows; small ones need not be counted."""
    if len(content) <= most:  # a row takes a byte at least
        return
    rows: Iterable[object]
    if form == ox.QueryResultsFormat.CSV:
        rows = csv.reader(io.StringIO(content.decode(), newline=""))
        next(iter(rows))
    else:
        parsed = ox.parse_query_results(content, format=form)
        rows = parsed if isinstance(parsed, ox.QuerySolutions) else ()
    if next(islice(rows, most, None), None) is not None:
        raise TooManyRows


def _graph(found: ox.QueryTriples, most: int) -> list[ox.Triple]:
    """The triples, each once; raises TooManyRows."""
    triples: dict[ox.Triple, None] = {}
    for triple in found:
        triples[triple] = None
        if len(triples) > most:
            raise TooManyRows
    return list(triples)


def _used(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """The prefixes of the namespaces that stand in the triples."""
    nodes = (node for triple in triples for node in triple if isinstance(node, ox.NamedNode))
    spaces = {node.value[: max(node.value.rfind("#"), node.value.rfind("/")) + 1] for node in nodes}
    return {prefix: iri for prefix, iri in sorted(prefixes().items()) if iri in spaces}
