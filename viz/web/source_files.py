"""The page of a source file: its pages with all that was read there, coloured by kind; and that of a disclosure."""

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from queries.answers import Value
from queries.page_rows import Row as Found
from viz.web.addresses import iri_of
from viz.web.asking import Asked, once
from viz.web.context import Context
from viz.web.dossier import Column, Dossier, Fact, Place, Row, Table, Tag, Tone
from viz.web.pages import opened
from viz.web.parts import files_of
from viz.web.search_index import states
from viz.web.source_pages import drawn, fact_kinds, marks, sheet, text_lines
from viz.web.views import in_print_order, is_table
from viz.web.words import language

_READ = (Column("kind"), Column("words", "passage"), Column("thing", "thing"))
_VIEWS = (Column("view"), Column("state"), Column("count", "number"))
_CORRECTED = (
    Column("correction"), Column("table"), Column("figure"), Column("was"), Column("was_file", "thing"), Column("now"),
    Column("now_file", "thing"),
)  # fmt: skip
_CORRECTIONS: dict[str, Tone] = {"changed": "warning", "withdrawn": "error", "added": "good"}
_STATES: dict[str, Tone] = {"present": "good", "declared_nil": "plain", "withheld": "warning", "absent": "error"}


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
    first = found[0]
    pages = [(int(str(row["page"])), row["count"]) for row in asked.rows("pages_of_file", file=iri)]
    facts = [
        Fact("body", once(asked.ref(row["body"]) for row in found)), Fact("year", first["year"]),
        Fact("phase", asked.name(str(first["phase"])) if first["phase"] else None),
        Fact("disclosure", once(asked.ref(row["disclosure"]) for row in found)),
        Fact("issued", first["issued"]), Fact("sha256", first["sha256"]),
        Fact("replaced_by", once(asked.ref(row["replaced"]) for row in found)),
    ]  # fmt: skip
    shown = page if page is not None else (pages[0][0] if pages else None)
    rows = (
        asked.rows("page_of_file", file=iri, page=shown) if shown is not None else asked.rows("lines_of_file", file=iri)
    )
    marked = marks([{"bbox": None, **row} for row in rows])
    extra: dict[str, object] = {
        "kinds": tuple(fact_kinds().values()), "pages": pages, "page": shown, "sheet": None, "lines": None,
        "why": "missing", "name": str(first["name"]), "file": iri, "words": "",
    }  # fmt: skip
    if shown is not None:
        one = sheet(context, first, shown, marked)
        extra |= {"sheet": one if one.picture else None, "why": one.why}
    else:
        extra["lines"] = text_lines(context, first, rows, None)
    read = tuple(
        Row(
            (getattr(mark.kind, asked.lang), mark.words, once(asked.ref(thing) for thing in mark.things[:3])),
            (asked.place({"evidence": mark.iri, "page": shown, "line": mark.line, "words": mark.words}),),
            (mark.iri,),
        )
        for mark in sorted(marked, key=lambda mark: (mark.line or 0, *(mark.box[1::-1] if mark.box else (0, 0))))
    )
    return Dossier(
        iri=iri,
        kind="file",
        drawn_as="",
        title=str(first["name"]),
        note=asked.say("evidence.file"),
        facts=tuple(fact for fact in facts if fact.value),
        tables=(
            corrections(asked, *(str(row["disclosure"]) for row in found if row["disclosure"])),
            Table(
                "read",
                asked.say("evidence.read" if shown is not None else "evidence.read_file"),
                _READ,
                read,
                shown=150,
            ),
        ),
        template="source.html",
        extra=extra,
    )


def disclosure(asked: Asked, iri: str) -> Dossier:
    """A disclosure: whose, for which year, in which files, and what became of each of its tables."""
    head = asked.rows("disclosures", disclosure=iri)
    first = head[0] if head else {}
    facts = [
        Fact("body", once(asked.ref(row["body"]) for row in head)), Fact("year", first.get("year")),
        Fact("phase", asked.name(str(first["phase"])) if first.get("phase") else None),
        Fact("reporting_level", asked.name(str(first["level"])) if first.get("level") else None),
        Fact("file", files_of(asked, head), asked.places(iri)[:2]),
    ]  # fmt: skip
    found = asked.rows("views_of_disclosure", disclosure=iri)
    order = in_print_order(str(row["view"]) for row in found)
    rows = tuple(
        Row(
            (
                asked.name(str(row["view"])),
                Tag(asked.say(f"state.{row['state']}"), _STATES[str(row["state"])]),
                row["count"],
            ),
            asked.places(str(row["one"]))[:2],
        )
        for row in sorted(found, key=lambda row: order.index(str(row["view"])))
    )
    return Dossier(
        iri=iri,
        kind="disc",
        drawn_as="",
        title=asked.name(iri),
        note=asked.say("evidence.disclosure"),
        facts=tuple(fact for fact in facts if fact.value),
        tables=(
            Table("views", asked.say("evidence.views"), _VIEWS, rows),
            *_unseen(asked, iri),
            corrections(asked, iri),
        ),
    )


def _unseen(asked: Asked, iri: str) -> tuple[Table, ...]:
    """The tables that other disclosures hold, of which this one neither holds nor says anything; one table of them.

    None until the states of all disclosures are counted.
    """
    held = states(asked.opened)
    if held is None:
        return ()
    told = {str(row["view"]) for row in held if row["disclosure"] == iri}
    missing = {str(row["view"]) for row in held} - told
    rows = tuple(
        Row((asked.name(view), Tag(asked.say("state.unknown"), "plain", "unknown")))
        for view in in_print_order(missing)
        if is_table(view)
    )
    return (Table("unseen", asked.say("evidence.unseen"), _VIEWS[:2], rows, asked.say("evidence.unseen_note")),)


def corrections(asked: Asked, *disclosures: str) -> Table:
    """Where the files of disclosures differ, one published after the other: as printed before and now."""
    rows = tuple(
        Row(
            (
                Tag(asked.say(f"evidence.{row['change']}"), _CORRECTIONS[str(row["change"])], str(row["change"])),
                row["table"],
                row["name"],
                _on_one_line(row["was_printed"]),
                asked.ref(row["was_file"]) if row["was_printed"] is not None else None,
                _on_one_line(row["now_printed"]),
                asked.ref(row["now_file"]),
            ),
            tuple(_corrected_place(asked, row, which) for which in ("was", "now") if row[f"{which}_place"] is not None),
            (str(row["thing"]),),
        )
        for disclosure in dict.fromkeys(disclosures)
        for row in asked.rows("corrections", disclosure=disclosure)
    )
    return Table(
        "corrections", asked.say("evidence.corrections"), _CORRECTED, rows, asked.say("evidence.corrections_note")
    )


def _corrected_place(asked: Asked, row: Found, which: str) -> Place:
    place = {"evidence": row[f"{which}_place"], "page": row[f"{which}_page"], "line": None}
    return asked.place({**place, "words": row[f"{which}_printed"]})


def _on_one_line(words: Value) -> str | None:
    return None if words is None else " ".join(str(words).split())
