"""The page of a disclosure: whose it is, in which files, what became of its tables, what a later file corrected."""

from collections.abc import Iterator

from queries.answers import Value
from queries.page_rows import Row as Found
from viz.web.asking import Asked, once
from viz.web.dossier import Column, Dossier, Fact, Place, Row, Table, Tag, Tone
from viz.web.parts import files_of
from viz.web.search_index import states
from viz.web.views import in_print_order, is_table

_VIEWS = (Column("view"), Column("state"), Column("count", "number"))
_CORRECTED = (
    Column("correction"), Column("table"), Column("figure"), Column("was"), Column("was_file", "thing"), Column("now"),
    Column("now_file", "thing"),
)  # fmt: skip
_CORRECTIONS: dict[str, Tone] = {"changed": "warning", "withdrawn": "error", "added": "good"}
_STATES: dict[str, Tone] = {"present": "good", "declared_nil": "plain", "withheld": "warning", "absent": "error"}


def disclosure(asked: Asked, iri: str) -> Dossier:
    """A disclosure: whose, for which year, in which files, and what became of each of its tables."""
    head = asked.rows("disclosures", disclosure=iri)
    first = head[0] if head else {}
    facts = [
        Fact("body", once(asked.ref(row["body"]) for row in head)), Fact("year", first.get("year")),
        Fact("phase", asked.name(str(first["phase"])) if first.get("phase") else None),
        Fact("reporting_level", asked.name(str(first["level"])) if first.get("level") else None),
        Fact("file", files_of(asked, head), asked.places(iri)[:2]),
        Fact("invented", first.get("invented")),
    ]  # fmt: skip
    return Dossier(
        iri=iri,
        kind="disc",
        drawn_as="",
        title=asked.name(iri),
        note=asked.say("evidence.disclosure"),
        facts=tuple(fact for fact in facts if fact.value),
        tables=(
            Table("views", asked.say("evidence.views"), _VIEWS, tuple(_states(asked, iri))),
            *_unseen(asked, iri),
            corrections(asked, iri),
        ),
    )


def _states(asked: Asked, iri: str) -> Iterator[Row]:
    """What became of each table of a disclosure, in printed order."""
    found = asked.rows("views_of_disclosure", disclosure=iri)
    order = in_print_order(str(row["view"]) for row in found)
    for row in sorted(found, key=lambda row: order.index(str(row["view"]))):
        state = Tag(asked.say(f"state.{row['state']}"), _STATES[str(row["state"])])
        yield Row((asked.name(str(row["view"])), state, row["count"]), asked.places(str(row["one"]))[:2])


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
