"""All things of a kind by name, a hundred at a time: the way in for whoever has no name to search."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from viz.web.context import Context
from viz.web.pages import opened, page
from viz.web.representations import AGAIN
from viz.web.search import DRAWN, note_in
from viz.web.search_index import has_failed, index_of, read_index

LISTED = ("body", "document", "programme", "project", "subject", "indicator", "onward_grant", "file")
"""The kinds that have a list, as the search tells them apart."""

_MOST = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """A thing of a list: its IRI, what it is called, whose or of which year it is."""

    iri: str
    label: str
    note: str

    def note_in(self, lang: str) -> str:
        """The note in a language."""
        return note_in(self.note, lang)


def routes(_: Context) -> Sequence[BaseRoute]:
    """The lists."""
    return [Route("/list", _list)]


def listed(file: Path, kind: str, first: int, most: int = _MOST) -> tuple[list[Listed], int]:
    """The things of a kind in an index from the number `first` on, and how many there are in all."""
    with read_index(file) as database:
        ((whole,),) = database.execute("SELECT COUNT(*) FROM thing WHERE kind = ?", (kind,))
        query = "SELECT iri, label, note FROM thing WHERE kind = ? ORDER BY label, iri LIMIT ? OFFSET ?"
        return [Listed(*row) for row in database.execute(query, (kind, most, first))], int(whole)


def _list(request: Request) -> Response:
    """`?kind=` and `from=`, the number of the first."""
    kind, start = request.query_params.get("kind", LISTED[0]), request.query_params.get("from", "0")
    if kind not in LISTED:
        raise HTTPException(404)
    first = int(start) if start.isdecimal() and len(start) < 8 else 0
    store = opened(request)
    index = index_of(store)
    things, whole = listed(index.file, kind, first) if index else ([], 0)
    return page(
        request, "list.html", status=200 if index else 503, headers=None if index else {"Retry-After": AGAIN},
        counted=index is not None, current=index is not None and index.current, failed=has_failed(store),
        wanted=kind, drawn=DRAWN.get(kind, kind), kinds=LISTED, things=things,
        first=first, whole=whole, most=_MOST,
    )  # fmt: skip
