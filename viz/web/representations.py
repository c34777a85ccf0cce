"""Which form of a page is asked for, by suffix or by Accept, and the data twin of a dossier as an answer."""

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from viz.web.dossier import Dossier
from viz.web.negotiation import preferred
from viz.web.twins import MEDIA, as_csv, as_json, as_turtle

VARY = "Accept, Cookie"
AGAIN = "5"
"""Seconds after which it is worth asking again for what is being counted."""


def form_of(request: Request) -> str:
    """`html`, `json`, `ttl` or `csv`: the `form` of the path, else what the client accepts. Raises HTTPException."""
    form = request.path_params.get("form")
    if form is None:
        return accepted(request.headers.get("accept", ""))
    if form not in {*MEDIA, "html"}:
        raise HTTPException(404)
    return str(form)


def twin(store: ox.Store, found: Dossier, form: str, table: str | None) -> Response:
    """The dossier as `json`, `ttl` or `csv`; a CSV holds one table, by its name or the first with rows."""
    if form == "csv":
        chosen = [one for one in found.tables if table in (None, one.name)]
        if table is not None and not chosen:
            raise HTTPException(404)
        filled = [one for one in chosen if one.rows] or chosen
        return data(as_csv(filled[0]) if filled else "", form)
    return data(as_json(found) if form == "json" else as_turtle(store, found), form)


def data(body: str | bytes, form: str) -> Response:
    """A page's content as `json`, `ttl` or `csv`; spreadsheets are told that a CSV is UTF-8."""
    marked = f"\ufeff{body}" if form == "csv" and isinstance(body, str) and body else body
    headers = {"Vary": VARY, "Access-Control-Allow-Origin": "*"}
    return Response(marked, media_type=f"{MEDIA[form]}; charset=utf-8", headers=headers)


def not_yet(words: str) -> Response:
    """The answer in place of data that are not counted yet: 503 with words, never data that are empty."""
    headers = {"Vary": VARY, "Retry-After": AGAIN, "Access-Control-Allow-Origin": "*"}
    return Response(f"{words}\n", 503, headers, "text/plain; charset=utf-8")


def accepted(accept: str) -> str:
    """`html` unless the client wants one of the twins more."""
    wanted = preferred(accept, ["text/html", *MEDIA.values()])
    return next((form for form, media in MEDIA.items() if media == wanted), "html")
