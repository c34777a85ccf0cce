"""The search: one box for everything, each hit with the reason why it matched."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ontology.document_number import parse
from queries.nearest import Near, bare, initials, is_short_form, nearest
from viz.web.addresses import address
from viz.web.context import Context
from viz.web.dossier import Column, Dossier, Ref, Row, Table
from viz.web.indexing import KINDS, pairs
from viz.web.pages import opened, page
from viz.web.representations import AGAIN, form_of, not_yet, twin
from viz.web.search_index import has_failed, index_of, read_index
from viz.web.words import language, say

_MOST = 60
_HIT = """SELECT name.id, name.text, name.why, thing.iri, thing.kind, thing.label, thing.note
    FROM name JOIN thing ON thing.id = name.thing"""
_NAMED = """SELECT name.text, thing.iri FROM name JOIN thing ON thing.id = name.thing
    WHERE why IN ('name', 'used', 'number') AND LENGTH(name.text) <= 80 ORDER BY name.id"""
_EXAMPLES = (
    ("whole_number", "SELECT label FROM thing WHERE kind = 'document' AND label LIKE '%〔%' ORDER BY id LIMIT 1"),
    ("initials", "SELECT label FROM thing WHERE kind = 'body' AND LENGTH(label) < 13 ORDER BY id LIMIT 1"),
    ("part_name", "SELECT label FROM thing WHERE kind = 'programme' ORDER BY LENGTH(label), id LIMIT 1"),
    ("whole_code", "SELECT folded FROM name WHERE why = 'code' AND LENGTH(folded) = 7 ORDER BY id LIMIT 1"),
)
_COLUMNS = (Column("kind"), Column("thing", "thing"), Column("note"), Column("why"), Column("words"))
DRAWN = {"file": "document", "words": "other"}
"""The kinds of `viz/assets/kinds.toml` that draw the kinds of things found where these are called otherwise."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found: `why` is a word of `words/search.toml`, `matched` the name or passage that matched.

    `before`, `marked`, `after` are the matched text in three parts.
    """

    iri: str
    kind: str
    label: str
    note: str
    why: str
    before: str
    marked: str
    after: str

    def note_in(self, lang: str) -> str:
        """The note in a language."""
        return note_in(self.note, lang)

    @property
    def drawn_as(self) -> str:
        """The kind of `viz/assets/kinds.toml` that draws it."""
        return DRAWN.get(self.kind, self.kind)

    @property
    def passage(self) -> tuple[str, ...]:
        """What makes a hit the same for a reader: passages that read alike on one page are one."""
        return (self.note, self.before, self.marked, self.after) if self.kind == "words" else (self.iri,)


def note_in(note: str, lang: str) -> str:
    """A note of the index in a language: it keeps pages (`p. 3`) and numbers of places (`× 3`) in short."""
    page = re.sub(r"(?<= · )p\. (\d+)$", lambda found: say(lang)("place.page", found[1]), note)
    return re.sub(r"^× (\d+)$", lambda found: say(lang)("search.times", found[1]), page)


def routes(_: Context) -> Sequence[BaseRoute]:
    """The page of results, and the same as data."""
    return [Route("/search", _search), Route("/search.{form}", _search)]


def search(file: Path, what: str, most: int = _MOST) -> list[Hit]:
    """The things found in an index, the surest reason first, each once."""
    wanted = " ".join(what.split())[:200]
    folded = bare(str(parse(wanted) or wanted))
    if not folded:
        return []
    first: dict[tuple[str, ...], Hit] = {}
    with read_index(file) as database:
        for found in (_whole, _beginning, _inside, _initials, _short):
            for hit in found(database, folded, wanted):
                first.setdefault(hit.passage, hit)
            if len(first) >= most:
                break
    return list(islice(first.values(), most))


def near_names(file: Path, what: str) -> list[tuple[Near, str]]:
    """Names like what was not found, why they are, and the IRI of the first thing called so."""
    with read_index(file) as database:
        named: dict[str, str] = {}
        for text, iri in database.execute(_NAMED):
            named.setdefault(str(text), str(iri))
    return [(one, named[one.name]) for one in nearest(" ".join(what.split()), named)]


def examples(file: Path) -> list[tuple[str, str]]:
    """What may be asked of an index, of each way to ask one: the way, a word of `words/search.toml`, and the words.

    A document number in other brackets, a body by the initials of its name in pinyin, a code, a name of a project.
    """
    found: list[tuple[str, str]] = []
    with read_index(file) as database:
        for why, query in _EXAMPLES:
            for (text,) in database.execute(query):
                found.append((why, _as_asked(why, str(text))))
    return found


def _as_asked(why: str, text: str) -> str:
    if why == "whole_number":
        return text.translate(str.maketrans("〔〕", "[]"))
    return initials(bare(text))[:12] if why == "initials" else text


def _whole(database: sqlite3.Connection, folded: str, wanted: str) -> Iterator[Hit]:
    """Names that are what was asked for but for signs and spaces."""
    for row in database.execute(f"{_HIT} WHERE folded = ? LIMIT 80", (folded,)):
        yield _hit(row, _reason(row[2], whole=True), folded)


def _beginning(database: sqlite3.Connection, folded: str, wanted: str) -> Iterator[Hit]:
    """Codes that begin with the digits."""
    if folded.isdecimal():
        query = f"""{_HIT} WHERE folded >= ? AND folded < ? AND why IN ('code', 'sha256')
            ORDER BY LENGTH(folded), folded LIMIT 40"""
        for row in database.execute(query, (folded, folded + "\uffff")):
            yield _hit(row, _reason(row[2], whole=False), folded)


def _inside(database: sqlite3.Connection, folded: str, wanted: str) -> Iterator[Hit]:
    """Names and passages that contain it, short names before long ones, names before passages."""
    terms = f'"{folded}"*' if len(folded) == 1 else f'"{pairs(folded).rsplit(" ", 1)[0]}"'
    query = f"""{_HIT} WHERE name.id IN (SELECT rowid FROM part WHERE part MATCH 'pairs : ' || ? LIMIT 3000)
        ORDER BY why = 'words', LENGTH(name.folded), name.id LIMIT 120"""
    for row in database.execute(query, (terms,)):
        yield _hit(row, _reason(row[2], whole=False), folded)


def _initials(database: sqlite3.Connection, folded: str, wanted: str) -> Iterator[Hit]:
    """Names whose initials in pinyin contain the letters."""
    if re.fullmatch(r"[a-z]{2,}", folded):
        terms = pairs(folded).rsplit(" ", 1)[0]
        query = f"""{_HIT}
            WHERE name.id IN (SELECT rowid FROM part WHERE part MATCH 'initials : "' || ? || '"' LIMIT 2000)
            ORDER BY LENGTH(name.folded), name.id LIMIT 80"""
        for row in database.execute(query, (terms,)):
            yield _hit(row, "initials", "")


def _short(database: sqlite3.Connection, folded: str, wanted: str) -> Iterator[Hit]:
    """Names of which it may be the short form."""
    if len(folded) > 2:
        query = f"""{_HIT} WHERE first = ? AND last = ? AND kind IN ('body', 'programme', 'onward_grant')
            ORDER BY LENGTH(folded) LIMIT 4000"""
        for row in database.execute(query, (folded[0], folded[-1])):
            if is_short_form(folded, row[1]):
                yield _hit(row, "short", "")


def _reason(why: str, *, whole: bool) -> str:
    return f"whole_{why}" if whole else f"part_{why}"


def _hit(row: tuple[object, ...], why: str, folded: str) -> Hit:
    _, text, _, iri, kind, label, note = (str(part) for part in row)
    start, end = _span(text, folded)
    return Hit(iri, kind, label[:160], note, why, *_around(text, start, end))


def _span(text: str, folded: str) -> tuple[int, int]:
    """Where in a text the folded words stand; nothing where they do not."""
    kept = [(bare(sign), at) for at, sign in enumerate(text)]
    signs = [(sign, at) for folded_sign, at in kept for sign in folded_sign]
    start = "".join(sign for sign, _ in signs).find(folded) if folded else -1
    return (signs[start][1], signs[start + len(folded) - 1][1] + 1) if start >= 0 else (0, 0)


def _around(text: str, start: int, end: int, reach: int = 34) -> tuple[str, str, str]:
    before, after = text[:start], text[end:]
    if len(before) > reach:
        before = f"…{before[-reach:]}"
    if len(after) > 2 * reach:
        after = f"{after[: 2 * reach]}…"
    return before, text[start:end], after


def _search(request: Request) -> Response:
    form, store = form_of(request), opened(request)
    what = request.query_params.get("q", "").strip()[:200]
    index = index_of(store)
    if index is None:
        return _not_yet(request, form, what)
    began = perf_counter()
    hits = search(index.file, what)
    took = (perf_counter() - began) * 1000
    if form == "json":
        return _json(request, what, hits, current=index.current)
    if form != "html":
        return twin(store.store, _told(request, what, hits), form, None)
    grouped = {kind: [hit for hit in hits if hit.kind == kind] for kind in KINDS}
    kinds = {kind: some for kind, some in grouped.items() if some}
    return page(
        request, "search.html", what=what, hits=hits, kinds=kinds, took=f"{took:.0f}", most=_MOST,
        examples=() if hits else examples(index.file),
        near=near_names(index.file, what) if what and not hits else (),
        current=index.current, failed=has_failed(store),
    )  # fmt: skip


def _not_yet(request: Request, form: str, what: str) -> Response:
    """There is no index yet: not the same as finding nothing."""
    failed = has_failed(opened(request))
    if form != "html":
        return not_yet(say(language(request))("search.not_made" if failed else "search.being_made"))
    headers = {"Retry-After": AGAIN}
    return page(
        request, "search.html", status=503, headers=headers,
        what=what, hits=None, kinds={}, took="", most=_MOST, current=False, failed=failed, examples=(), near=(),
    )  # fmt: skip


def _told(request: Request, what: str, hits: Sequence[Hit]) -> Dossier:
    words = say(language(request))
    rows = tuple(
        Row(
            (
                hit.kind,
                Ref(hit.iri, hit.label),
                hit.note,
                words(f"search.{hit.why}"),
                hit.before + hit.marked + hit.after,
            ),
            (),
            (hit.iri,),
        )
        for hit in hits
    )
    table = Table("hits", words("search.title", what), _COLUMNS, rows)
    return Dossier(str(request.url), "search", "", words("search.title", what), tables=(table,))


def _json(request: Request, what: str, hits: Sequence[Hit], *, current: bool) -> Response:
    words = say(language(request))
    told = [
        {
            "iri": hit.iri,
            "path": address(hit.iri),
            "kind": hit.kind,
            "label": hit.label,
            "note": hit.note,
            "why": words(f"search.{hit.why}"),
        }
        for hit in hits
    ]
    headers = {"Vary": "Accept, Cookie", "Access-Control-Allow-Origin": "*"}
    return JSONResponse({"query": what, "current": current, "hits": told}, headers=headers)
