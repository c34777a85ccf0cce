"""The page of every thing, at the path of its IRI, and its twins: `.json`, `.ttl`, `.csv`, or as Accept says."""

from collections.abc import Callable, Mapping, Sequence

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from viz.web import (
    anything,
    bodies,
    disclosures,
    evidence,
    funding_documents,
    indicators,
    programmes,
    projects,
    source_files,
    subjects,
)
from viz.web.addresses import iri_of, kind_of
from viz.web.asking import Asked
from viz.web.context import Context
from viz.web.dossier import Dossier
from viz.web.pages import context, opened, page
from viz.web.representations import accepted, twin
from viz.web.twins import MEDIA
from viz.web.words import language

Describe = Callable[[Asked, str], Dossier]

KINDS: Mapping[str, Describe] = {
    "agency": bodies.dossier,
    "doc": funding_documents.dossier,
    "proj": projects.dossier,
    "prog": programmes.dossier,
    "kpi": indicators.indicator,
    "tgt": indicators.form,
    "disc": disclosures.disclosure,
    "code/function": subjects.dossier,
    "code/economic": subjects.dossier,
}
"""What tells of the things of a kind; kinds that are not here are told of by `anything`."""


def routes(_: Context) -> Sequence[BaseRoute]:
    """The addresses of all things."""
    return [
        Route("/id/{wanted:path}", _id),
        Route("/code/{wanted:path}", _code),
        Route("/cnbl/{rest:path}", lambda request: RedirectResponse(request.url.path.removeprefix("/cnbl"), 301)),
    ]


def _id(request: Request) -> Response:
    return _answer(request, "id")


def _code(request: Request) -> Response:
    return _answer(request, "code")


def _answer(request: Request, space: str) -> Response:
    store = opened(request)
    iri, form = _wanted(store.store, iri_of(space, request.path_params["wanted"]), request.headers.get("accept", ""))
    found = _told(request, Asked(store, language(request)), iri)
    if form == "html":
        return page(request, found.template, found=found)
    return twin(store.store, found, form, request.query_params.get("table"))


def _told(request: Request, asked: Asked, iri: str) -> Dossier:
    kind = kind_of(iri)
    if kind == "ev":
        return evidence.dossier(asked, iri, context(request))
    if kind == "file":
        page = request.query_params.get("page", "")
        return source_files.dossier(
            asked, iri, context(request), int(page) if page.isdecimal() and len(page) < 6 else None
        )
    return KINDS.get(kind, anything.dossier)(asked, iri)


def _wanted(store: ox.Store, iri: str, accept: str) -> tuple[str, str]:
    """The thing and the form that are asked for. Raises HTTPException where the graph does not know the thing."""
    if is_held(store, iri):
        return iri, accepted(accept)
    stem, dot, form = iri.rpartition(".")
    if dot and form in {*MEDIA, "html"} and is_held(store, stem):
        return stem, form
    raise HTTPException(404)


def is_held(store: ox.Store, iri: str) -> bool:
    """Whether the graph says anything of a thing."""
    try:
        node = ox.NamedNode(iri)
    except ValueError:  # signs that no IRI has
        return False
    return any(True for _ in store.quads_for_pattern(node, None, None, None)) or any(
        True for _ in store.quads_for_pattern(None, None, node, None)
    )
