"""The page of a source file: its pages with all that was read there, coloured by kind."""

from collections.abc import Iterable, Iterator, Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from queries.page_rows import Row as Found
from viz.web.addresses import iri_of
from viz.web.asking import Asked, once
from viz.web.context import Context
from viz.web.disclosures import corrections
from viz.web.dossier import Column, Dossier, Fact, Row, Table
from viz.web.pages import opened
from viz.web.source_pages import Mark, drawn, fact_kinds, marks, sheet, text_lines
from viz.web.words import language

_READ = (Column("kind"), Column("words", "passage"), Column("thing", "thing"))


def routes(context: Context) -> Sequence[BaseRoute]:
    """The pictures of pages, below the address of their file."""

    def picture(request: Request) -> Response:
        asked = Asked(opened(request), language(request))
        found = asked.rows("file", file=iri_of("id", f"file/{request.path_params['key']}"))
        if not found:
            raise HTTPException(404)
        number = request.path_params["number"]
        png, _ = drawn(context, str(found[0]["sha256"]), str(found[0]["name"]), number)
        if png is None:
            raise HTTPException(404)
        return Response(png, media_type="image/png", headers={"Cache-Control": "max-age=86400"})

    return [Route("/id/file/{key}/page/{number:int}.png", picture)]


def dossier(asked: Asked, iri: str, context: Context, page: int | None) -> Dossier:
    """The file; `page` is the page to be shown, the first with any statement where None."""
    found = asked.rows("file", file=iri)
    if not found:
        return Dossier(iri, "file", "document", asked.name(iri))
    pages = [(int(str(row["page"])), row["count"]) for row in asked.rows("pages_of_file", file=iri)]
    shown = page if page is not None else (pages[0][0] if pages else None)
    rows = asked.rows("lines_of_file", file=iri) if shown is None else asked.rows("page_of_file", file=iri, page=shown)
    marked = marks([{"bbox": None, **row} for row in rows])
    title = asked.say("evidence.read_file" if shown is None else "evidence.read")
    return Dossier(
        iri=iri,
        kind="file",
        drawn_as="",
        title=str(found[0]["name"]),
        note=asked.say("evidence.file"),
        facts=tuple(fact for fact in _facts(asked, found) if fact.value),
        tables=(
            corrections(asked, *(str(row["disclosure"]) for row in found if row["disclosure"])),
            Table("read", title, _READ, tuple(_read(asked, marked, shown)), shown=150),
        ),
        template="source.html",
        extra={"pages": pages, "page": shown, **_drawing(context, found[0], rows, marked, shown)},
    )


def _facts(asked: Asked, found: Sequence[Found]) -> Iterator[Fact]:
    """What is known of a file; it has a row for each disclosure that it belongs to."""
    first = found[0]
    yield Fact("body", once(asked.ref(row["body"]) for row in found))
    yield Fact("year", first["year"])
    yield Fact("phase", asked.name(str(first["phase"])) if first["phase"] else None)
    yield Fact("disclosure", once(asked.ref(row["disclosure"]) for row in found))
    yield Fact("issued", first["issued"])
    yield Fact("sha256", first["sha256"])
    yield Fact("replaced_by", once(asked.ref(row["replaced"]) for row in found))


def _read(asked: Asked, marked: Iterable[Mark], page: int | None) -> Iterator[Row]:
    """What was read on a page, from above: its kind, its words, what rests on it."""
    for mark in sorted(marked, key=lambda mark: (mark.line or 0, *(mark.box[1::-1] if mark.box else (0, 0)))):
        things = once(asked.ref(thing) for thing in mark.things[:3])
        place = asked.place({"evidence": mark.iri, "page": page, "line": mark.line, "words": mark.words})
        yield Row((getattr(mark.kind, asked.lang), mark.words, things), (place,), (mark.iri,))


def _drawing(
    context: Context, file: Found, rows: Sequence[Found], marked: tuple[Mark, ...], page: int | None
) -> dict[str, object]:
    """What `sheet.html` draws: the picture of a page with what was read marked on it, or the lines of a text."""
    one = None if page is None else sheet(context, file, page, marked)
    return {
        "kinds": tuple(fact_kinds().values()), "name": str(file["name"]), "file": str(file["file"]), "words": "",
        "sheet": one if one and one.picture else None, "why": one.why if one else "missing",
        "lines": text_lines(context, file, rows, None) if one is None else None,
    }  # fmt: skip
