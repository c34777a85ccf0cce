"""Where things are printed, and what things are called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.places import Evidence, position
from ontology.terms import CODE, label
from queries.reading import Reader, Row, integer, text

SHOWN = 3  # places of one statement, where not all are wanted


@dataclass(frozen=True, slots=True)
class Places:
    """The places where things are printed; `more` counts those of a thing that were not read."""

    of: Mapping[str, tuple[Evidence, ...]]
    more: Mapping[str, int]

    def evidence(self, *things: str | None) -> tuple[Evidence, ...]:
        """Where the things are printed, each place once, in the order of files and pages."""
        found = [self.of[thing] for thing in things if thing and thing in self.of]
        return found[0] if len(found) == 1 else _in_order(place for places in found for place in places)

    def left_out(self, *things: str | None) -> int:
        """How many places of the things there are besides."""
        return sum(self.more.get(thing, 0) for thing in things if thing)


def places_of(reader: Reader, things: Iterable[str], most: int = SHOWN) -> Places:
    """Where each of the things is printed: at most so many places of each, 0 for all."""
    stated = reader.found("evidence", things)
    wanted = {thing: of[: most or None] for thing, of in stated.items()}
    rows = reader.described("places", {place for places in wanted.values() for place in places})
    files = {str(row["document"]): row for row in reader.described("files", {str(row["inFile"]) for row in rows})}
    found = {str(row["evidence"]): _place(row, files[file]) for row in rows if (file := str(row["inFile"])) in files}
    shown = {thing: _in_order(found[place] for place in places if place in found) for thing, places in wanted.items()}
    return Places(shown, {thing: len(stated[thing]) - len(places) for thing, places in wanted.items()})


def names_of(reader: Reader, things: Iterable[str]) -> dict[str, str]:
    """The names of things, the first of several; what the code lists declare is called as there."""
    wanted = set(things)
    found = {thing: name for thing in wanted if thing.startswith(CODE) and (name := label(NamedNode(thing)))}
    return found | {thing: names[0] for thing, names in reader.found("labels", wanted - found.keys()).items()}


def _place(row: Row, file: Row) -> Evidence:
    page, line, at_row, column = (integer(row[name]) for name in ("page", "lineStart", "rowIndex", "columnIndex"))
    table, words, box = (text(row[name]) for name in ("tableTitle", "verbatim", "bbox"))
    iri, name, sha256 = str(row["evidence"]), str(file["title"]), str(file["sha256"])
    return Evidence(name, page, line, table, at_row, column, words or "", iri, sha256, box or "")


def _in_order(places: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Each place once, in the order of files and pages; those of one position in the order in which they come."""
    found = tuple(dict.fromkeys(places))
    return tuple(sorted(found, key=position)) if len(found) > 1 else found
