"""The trace view: the tracer's answer as a Sankey in time, as tables and in words, with everything in the address."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from queries.tracing.answer import Grade, Hop, Trace
from queries.tracing.finding import NotFound
from queries.tracing.trace import subgraph, trace
from viz.sankey import Sankey, hops_of, sankey
from viz.web.context import Context
from viz.web.pages import opened, page
from viz.web.security import policy
from viz.web.words import Say, known, language, say

GRADES: tuple[Grade, ...] = ("stated", "derived")
_EMBEDDED = policy(frame_ancestors="*")


def routes(context: Context) -> Sequence[BaseRoute]:
    """The page and the triples behind it."""
    return [Route("/trace", _page), Route("/trace.ttl", _turtle)]


def _page(request: Request) -> Response:
    """`what` is traced; `candidates` are followed; `without` takes grades or relations away; `embed` shows no more."""
    what, say_ = request.query_params.get("what", "").strip(), say(language(request))
    embed = "embed" in request.query_params
    if not what:
        return page(request, "trace.html", what="", found=None, nearest=None, embed=embed)
    try:
        whole = traced(request, what)
    except NotFound as error:
        return page(request, "trace.html", what=what, found=None, nearest=error.near, embed=embed, status=404)
    without = frozenset(request.query_params.getlist("without"))
    found = without_hops(whole, without)
    hops = hops_of(found)
    return page(
        request,
        "trace.html",
        headers=_EMBEDDED if embed else None,
        what=what,
        found=found,
        number={id(hop): at for at, hop in enumerate(hops)},
        drawing=_drawing(sankey(found), say_),
        word=_word(say_),
        chips=[_chip(name, without, request) for name in _bases(whole)],
        candidates=_candidates(request),
        turtle=f"/trace.ttl?{urlencode({'what': what})}",
        cite=citations(what, found, _address(request), datetime.now(UTC).date().isoformat()),
        embed=embed,
    )


def _turtle(request: Request) -> Response:
    what = request.query_params.get("what", "").strip()
    try:
        found = traced(request, what)
    except NotFound as error:
        return Response(f"{error}\n", 404, media_type="text/plain; charset=utf-8")
    return Response(subgraph(opened(request).store, found), media_type="text/turtle; charset=utf-8")


def traced(request: Request, what: str) -> Trace:
    """The trace of `what`, made once for a state of the store; candidates are followed where asked. Raises NotFound."""
    store, candidates = opened(request), "candidates" in request.query_params
    return store.once(("viz.web.trace_view", what, candidates), lambda: trace(store.store, what, candidates=candidates))


def nodes_of(found: Trace) -> list[str]:
    """The nodes of the lineage that a trace goes through: what was asked for first."""
    hops = [node for hop in hops_of(found) for node in hop.nodes]
    documents, entries = [one.iri for one in found.documents], [one.iri for one in found.entries]
    return list(dict.fromkeys([*(match.iri for match in found.matches), *documents, *entries, *hops]))


def without_hops(found: Trace, without: frozenset[str]) -> Trace:
    """The trace without the hops of these grades and relations."""

    def kept(hops: Sequence[Hop]) -> tuple[Hop, ...]:
        return tuple(hop for hop in hops if hop.grade not in without and hop.relation not in without)

    return replace(
        found,
        documents=tuple(replace(one, hops=kept(one.hops)) for one in found.documents),
        entries=tuple(
            replace(
                one,
                money=kept(one.money),
                uses=kept(one.uses),
                grants=kept(one.grants),
                targets=kept(one.targets),
                same_subject=kept(one.same_subject),
            )
            for one in found.entries
        ),
        links=kept(found.links),
        sideways=kept(found.sideways),
        spending=kept(found.spending),
        candidates=kept(found.candidates),
    )


def citations(what: str, found: Trace, address: str, day: str) -> Mapping[str, str]:
    """How to cite the trace, as of an ISO date: BibTeX and GB/T 7714-2015, section 8.7 (electronic resources)."""
    files = sorted({place.file for hop in found.hops() for place in hop.evidence})
    note = "；".join(files)
    bibtex = "\n".join(
        [
            "@misc{caimai-trace,",
            f"  title = {{资金脉络：{what}}},",
            "  author = {{财脉 caimai}},",
            f"  year = {{{day[:4]}}},",
            f"  url = {{{address}}},",
            f"  urldate = {{{day}}},",
            f"  note = {{据：{note}}},",
            "}",
        ]
    )
    return {"GB/T 7714": f"财脉 caimai. 资金脉络：{what}[DB/OL]. [{day}]. {address}. 据：{note}.", "BibTeX": bibtex}


def _drawing(drawn: Sankey, say_: Say) -> dict[str, Any]:
    """The diagram as the page's script draws it, its words in the reader's language."""
    return {
        **asdict(drawn),
        "columns": [say_(f"trace.column_{kind}", year) for kind, year in drawn.columns],
        "types": {link.amount_type: _word(say_)(link.amount_type) for link in drawn.links},
    }


def _word(say_: Say) -> Callable[[str], str]:
    """The word for a relation, grade or type of amount; what has none is shown as the graph spells it."""
    return lambda name: say_(f"trace.{name}") if known(f"trace.{name}") else name


def _bases(found: Trace) -> list[str]:
    hops = hops_of(found)
    relations = list(dict.fromkeys(hop.relation for hop in hops))
    return [*(grade for grade in (*GRADES, "candidate") if any(hop.grade == grade for hop in hops)), *relations]


def _chip(name: str, without: frozenset[str], request: Request) -> dict[str, Any]:
    """A basis that can be taken away or brought back: its name, whether it is on, the address that changes it."""
    kept = [(key, value) for key, value in request.query_params.multi_items() if key not in ("without", "lang")]
    others = sorted(without - {name} if name in without else without | {name})
    query = urlencode([*kept, *(("without", other) for other in others)])
    return {"name": name, "on": name not in without, "href": f"/trace?{query}"}


def _candidates(request: Request) -> dict[str, Any]:
    """Whether candidates are followed, and the address of the same page where they are or are not."""
    others = [(key, value) for key, value in request.query_params.multi_items() if key not in ("candidates", "lang")]
    on = "candidates" in request.query_params
    return {"on": on, "href": f"/trace?{urlencode(others if on else [*others, ('candidates', '1')])}"}


def _address(request: Request) -> str:
    return str(request.url.remove_query_params(["lang", "embed"]))
