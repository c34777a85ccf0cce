"""The trace view: the tracer's answer as a Sankey in time, as tables, in words and as data; all is in the address."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from queries.exchange import as_csv, whole_json
from queries.kept import kept_of
from queries.tracing.answer import Grade, Hop, Trace
from queries.tracing.english import in_english
from queries.tracing.finding import NotFound
from queries.tracing.places import SHOWN
from queries.tracing.trace import subgraph, trace
from viz.sankey import Sankey, hops_of, sankey
from viz.web.asking import Asked
from viz.web.context import Context
from viz.web.home import starts
from viz.web.pages import opened, page
from viz.web.representations import VARY, data, form_of
from viz.web.security import policy
from viz.web.twins import MEDIA, safe
from viz.web.words import Say, known, language, say

GRADES: tuple[Grade, ...] = ("stated", "derived")
_EMBEDDED = policy(frame_ancestors="*")


def routes(context: Context) -> Sequence[BaseRoute]:
    """The page and its data: `.json`, `.csv`, `.ttl`, or as Accept says."""
    return [Route("/trace", _answer), Route("/trace.{form}", _answer)]


def _answer(request: Request) -> Response:
    form = form_of(request)
    return _page(request) if form == "html" else _data(request, form)


def _page(request: Request) -> Response:
    """`what` is traced; `candidates` are followed; `without` takes grades or relations away; `embed` shows no more."""
    what, say_ = request.query_params.get("what", "").strip(), say(language(request))
    embed = "embed" in request.query_params
    if not what:
        begin = starts(Asked(opened(request), language(request)))
        return page(request, "trace.html", what="", found=None, nearest=None, embed=embed, starts=begin)
    try:
        whole = traced(request, what)
    except NotFound as error:
        return page(
            request, "trace.html", what=what, found=None, nearest=error.near, embed=embed, starts=(), status=404
        )
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
        invented=Asked(opened(request), language(request)).invented,
        rule=_rule(say_),
        chips=[_chip(name, without, request) for name in _bases(whole)],
        candidates=_candidates(request),
        twins={form: _twin(request, form) for form in MEDIA},
        cite=citations(what, _address(request), datetime.now(UTC).date().isoformat()),
        files=sorted({place.file for hop in found.hops() for place in hop.evidence}),
        embed=embed,
        embedded=str(request.url.remove_query_params("embed").include_query_params(lang=language(request), embed="1")),
    )


def _data(request: Request, form: str) -> Response:
    """What the page tells as `json`, `csv` or `ttl`, with all the places of each statement."""
    what = request.query_params.get("what", "").strip()
    try:
        whole = traced(request, what, places=0)
    except NotFound as error:
        return Response(f"{error}\n", 404, {"Vary": VARY}, "text/plain; charset=utf-8")
    found = without_hops(whole, frozenset(request.query_params.getlist("without")))
    return data(_written(opened(request).store, found, form), form)


def _written(store: ox.Store, found: Trace, form: str) -> str | bytes:
    if form == "ttl":
        return subgraph(store, found)
    if form == "json":
        return whole_json(found)
    rows = found.table()
    return as_csv(rows.columns, ([safe(cell) if isinstance(cell, str) else cell for cell in row] for row in rows.rows))


def traced(request: Request, what: str, places: int = SHOWN) -> Trace:
    """The trace of `what` in the reader's language, with so many places of a statement, 0 for all; candidates are
    followed where asked. What has few places is made once for a state of the store. Raises NotFound.
    """
    store, candidates, lang = opened(request), "candidates" in request.query_params, language(request)

    def made() -> Trace:
        kept = kept_of(store.location, store.state)
        return trace(store.store, what, candidates=candidates, places=places, kept=kept)

    found = store.once(("viz.web.trace_view", what, candidates), made, large=True) if places == SHOWN else made()
    return in_english(found) if lang == "en" else found


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
                basis=kept(one.basis),
                details=kept(one.details),
                grants=kept(one.grants),
                targets=kept(one.targets),
                same_subject=kept(one.same_subject),
            )
            for one in found.entries
        ),
        links=kept(found.links),
        sideways=kept(found.sideways),
        spending=kept(found.spending),
        promises=kept(found.promises),
        candidates=kept(found.candidates),
    )


def citations(what: str, address: str, day: str) -> Mapping[str, str]:
    """How to cite the trace, as of an ISO date: GB/T 7714-2015, section 4.6 (electronic resources: author, title, type
    and carrier, day of the citation, address), and BibTeX, whose special signs are escaped and whose key is that of
    the address.
    """
    key = hashlib.sha256(address.encode()).hexdigest()[:8]
    bibtex = (
        f"@misc{{caimai-{key},\n"
        "  author = {{财脉 caimai}},\n"
        f"  title = {{{{资金脉络：{_in_bibtex(what)}}}}},\n"
        f"  year = {{{day[:4]}}},\n"
        f"  url = {{{address}}},\n"
        f"  urldate = {{{day}}},\n"
        "}"
    )
    return {"GB/T 7714": f"财脉 caimai. 资金脉络: {what}[DB/OL]. [{day}]. {address}.", "BibTeX": bibtex}


def _in_bibtex(text: str) -> str:
    """Words as TeX prints them: its braces and backslashes go, its other signs are escaped."""
    return re.sub(r"([&%$#_])", r"\\\1", re.sub(r"[\\{}~^]", "", text))


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


def _rule(say_: Say) -> Callable[[str], str]:
    """The words for a rule; what has none is shown by its name."""
    return lambda name: say_(f"rule.{name}") if known(f"rule.{name}") else name


def _bases(found: Trace) -> list[str]:
    hops = hops_of(found)
    relations = list(dict.fromkeys(hop.relation for hop in hops))
    return [*(grade for grade in (*GRADES, "candidate") if any(hop.grade == grade for hop in hops)), *relations]


def _chip(name: str, without: frozenset[str], request: Request) -> dict[str, Any]:
    """A basis that can be taken away or brought back: its name, whether it is on, the address that changes it."""
    kept = [(key, value) for key, value in request.query_params.multi_items() if key not in ("without", "lang")]
    others = sorted(without - {name} if name in without else without | {name})
    query = urlencode([*kept, *(("without", other) for other in others)])
    is_grade = name in (*GRADES, "candidate")
    return {"name": name, "is_grade": is_grade, "on": name not in without, "href": f"/trace?{query}"}


def _candidates(request: Request) -> dict[str, Any]:
    """Whether candidates are followed, and the address of the same page where they are or are not."""
    others = [(key, value) for key, value in request.query_params.multi_items() if key not in ("candidates", "lang")]
    on = "candidates" in request.query_params
    return {"on": on, "href": f"/trace?{urlencode(others if on else [*others, ('candidates', '1')])}"}


def _twin(request: Request, form: str) -> str:
    """The address of the same trace as data."""
    kept = [(key, value) for key, value in request.query_params.multi_items() if key not in ("embed", "lang")]
    return f"/trace.{form}?{urlencode(kept)}"


def _address(request: Request) -> str:
    return str(request.url.remove_query_params(["lang", "embed"]))
