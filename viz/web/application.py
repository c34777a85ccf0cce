"""The explorer's application, assembled from one module a kind of page."""

import logging
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount

from kg.remote import StoreError
from viz.web import (
    audit_pages,
    compare,
    explore,
    home,
    listing,
    search,
    source_files,
    sparql,
    things,
    trace_view,
)
from viz.web import questions as question_pages
from viz.web.context import Context, Picture, Sources, no_sources
from viz.web.endpoint import Limits, Pool
from viz.web.pages import page
from viz.web.security import SafeAnswers, safe
from viz.web.serving import Serving
from viz.web.static_files import STATIC
from viz.web.warming import warmed

PAGES: Sequence[Callable[[Context], Sequence[BaseRoute]]] = (
    home.routes,
    search.routes,
    listing.routes,
    trace_view.routes,
    explore.routes,
    audit_pages.routes,
    compare.routes,
    question_pages.routes,
    source_files.routes,
    things.routes,
    sparql.routes,
)
"""The modules of pages, in the order in which their addresses are tried."""

_LOG = logging.getLogger(__name__)


def application(
    store_location: str | Path,
    *,
    picture: Picture | None = None,
    sources: Sources = no_sources,
    hosts: Collection[str] = (),
    limits: Limits | None = None,
) -> Starlette:
    """The explorer on a store: a directory, or the URL of a SPARQL endpoint.

    `picture` draws a page of a PDF, `sources` gives the bytes of a source file by its sha256; without them evidence is
    shown in words. `hosts` are the names, beside loopback and plain addresses, under which the explorer may be asked.
    `limits` are what a query at its endpoint, or a question, may take.
    Raises StoreError where there is no store.
    """
    serving = Serving(store_location)
    context = Context(serving, picture, sources, Pool(serving.location, limits or Limits()))
    built = Starlette(
        routes=[*(route for routes in PAGES for route in routes(context)), Mount("/static", STATIC)],
        middleware=[Middleware(SafeAnswers, hosts=frozenset(hosts))],
        exception_handlers={HTTPException: _refused, StoreError: _no_store, Exception: _broken},
        lifespan=warmed(context.serving),
    )
    built.state.context = context
    return built


def _refused(request: Request, error: Exception) -> Response:
    """A page in words for what is not there or not allowed; the search box stands on it."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if request.method == "HEAD":
        return Response(status_code=status)
    wanted = str(request.path_params.get("wanted") or request.url.path.rsplit("/", 1)[-1])
    why = "missing" if status == 404 else "refused"
    return page(request, "missing.html", status=status, wanted=request.url.path, guess=wanted[:200], why=why)


def _no_store(request: Request, error: Exception) -> Response:
    _LOG.warning("the store cannot be read: %s", error)
    return page(request, "missing.html", status=503, wanted=str(error), guess="", why="no_store")


def _broken(request: Request, error: Exception) -> Response:
    _LOG.exception("a page failed: %s", request.url.path, exc_info=error)
    return safe(page(request, "missing.html", status=500, wanted=request.url.path, guess="", why="broken"))
