"""Asking the store for pages: rows of packaged queries, names of things, places in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

import pyoxigraph as ox

from ontology.money import in_wan
from ontology.terms import BL, label
from queries.answers import Value as Plain
from queries.answers import value_of
from queries.page_rows import Row, rows
from queries.reading import Reader
from viz.web.addresses import kind_of
from viz.web.dossier import Money, Place, Ref
from viz.web.naming import described
from viz.web.serving import Opened
from viz.web.words import Say, say

_NAMES = (
    ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"),
    ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"),
    ox.NamedNode("http://purl.org/dc/terms/title"),
)
_PLACES = "viz.web.asking.places"
_CODED = ("code/function", "code/economic")
_PLACE = {"page": BL.page, "line": BL.lineStart, "row": BL.rowIndex, "column": BL.columnIndex, "words": BL.verbatim}


@dataclass(frozen=True, slots=True)
class Asked:
    """One reader's question: the store as it is for it, and the language."""

    opened: Opened
    lang: str

    @property
    def store(self) -> ox.Store:
        """The store."""
        return self.opened.store

    @property
    def say(self) -> Say:
        """The words in the reader's language."""
        return say(self.lang)

    def rows(self, query: str, **bound: str | int) -> list[Row]:
        """The rows of `queries/pages/QUERY.rq`; text is bound as an IRI, numbers as integers.

        The unit of an amount is given by its name in Chinese, as it is printed.
        """
        return self._with_units(rows(self.store, query, **bound))

    def rows_of(self, query: str, things: Iterable[str]) -> list[Row]:
        """The rows of `queries/pages/QUERY.rq` about many things at once, by the things, as `rows` gives them."""
        return self._with_units(Reader(self.store).rows_of(f"pages/{query}", things))

    def _with_units(self, found: list[Row]) -> list[Row]:
        if not found or "unit" not in found[0]:
            return found
        return [{**row, "unit": self.unit(str(row["unit"])) if row["unit"] else None} for row in found]

    def unit(self, iri: str) -> str:
        """The name of a unit in Chinese, as it is printed."""
        # Joining the names in the query would read those of all code lists for each of its rows.
        return self.opened.once(("name", "zh", iri), lambda: replace(self, lang="zh")._name(iri))

    def name(self, iri: str) -> str:
        """What a thing is called in the reader's language, else in Chinese, else the end of its IRI."""
        return self.opened.once(("name", self.lang, iri), lambda: self._name(iri))

    def _name(self, iri: str) -> str:
        declared = label(ox.NamedNode(iri), self.lang)
        if declared:
            return declared
        node = ox.NamedNode(iri)
        for predicate in (BL.officialName, BL.documentNumber, BL.projectName, BL.indicatorName, BL.formerName, *_NAMES):
            for quad in self.store.quads_for_pattern(node, predicate, None, None):
                if isinstance(quad.object, ox.Literal) and quad.object.language in (None, "zh"):
                    return quad.object.value
        return described(self.store, iri, self.say, self.name, self.lang) or iri.rsplit("/", 1)[-1]

    def ref(self, iri: Plain) -> Ref | None:
        """A thing and its name; a code of a subject stands before its name."""
        return Ref(str(iri), self._named(str(iri))) if iri is not None else None

    def _named(self, iri: str) -> str:
        if kind_of(iri) not in _CODED:
            return self.name(iri)
        digits = iri.rpartition("/")[2].partition("~")[0]
        return f"{digits} {self.name(iri)}" if digits.isdecimal() else self.name(iri)

    def places(self, *things: str) -> tuple[Place, ...]:
        """Where things are printed, in the order of file, page and row, each place once."""
        held = self.opened.recent
        found = [row for thing in things for row in held.get((_PLACES, thing)) or self._positions(thing)]
        each = {row["evidence"]: row for row in found}
        return tuple(self.place(row) for row in sorted(each.values(), key=_in_order))

    def read_places(self, things: Iterable[str]) -> None:
        """Reads where things are printed, of all together, before `places` is asked of each."""
        self.opened.each(_PLACES, list(things), self._positions_of_each)

    def _positions_of_each(self, things: list[str]) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {thing: [] for thing in things}
        for row in Reader(self.store).rows_of("pages/places", things):
            found[str(row["thing"])].append(row)
        return found

    def _positions(self, thing: str) -> list[Row]:
        quads = self.store.quads_for_pattern(ox.NamedNode(thing), BL.evidence, None, None)
        evidence = {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}
        return [self._position(iri) for iri in evidence]

    def printed(self, row: Row) -> Money | None:
        """The money of a row with `node`, leading to where it is printed."""
        found = money(row)
        return replace(found, places=self.places(str(row["node"]))[:1]) if found else None

    def _position(self, iri: str) -> Row:
        # Read triple by triple: a page has hundreds of places, and a query for each would take most of its time.
        said = {
            quad.predicate: quad.object for quad in self.store.quads_for_pattern(ox.NamedNode(iri), None, None, None)
        }
        row: dict[str, Plain] = {name: value_of(said.get(predicate)) for name, predicate in _PLACE.items()}
        return {"evidence": iri, **row}

    def place(self, row: Row) -> Place:
        """A place in words, from a row with `evidence`, `page`, `line` and `words`."""
        words = " ".join(str(row.get("words") or "").split())
        return Place(str(row["evidence"]), self.where(row), words)

    def where(self, row: Row) -> str:
        """The page or the line of a place, in short; of a document that says so, that it is invented."""
        short = self._where(row)
        return self.say("place.invented", short) if _file_key(row.get("evidence")) in self.invented else short

    def _where(self, row: Row) -> str:
        if row.get("page") is not None:
            return self.say("place.page", row["page"])
        return self.say("place.line", row["line"]) if row.get("line") is not None else self.say("place.file")

    @property
    def invented(self) -> frozenset[str]:
        """The files that say of themselves that they are invented, as the addresses of places name them."""
        return self.opened.once(("invented",), self._invented)

    def _invented(self) -> frozenset[str]:
        held = self.store.quads_for_pattern
        said = held(None, BL.declaredInvented, None)
        carriers = (quad for one in said for quad in held(one.subject, BL.carriedBy, None))
        return frozenset(_file_key(quad.object.value) for quad in carriers if isinstance(quad.object, ox.NamedNode))


def _file_key(address: Plain) -> str:
    """The file that the address of a file, or of a place in it, names; empty for no address."""
    return str(address or "").rpartition("/")[2].partition(".")[0]


def in_words(amount: Decimal) -> Money:
    """An amount whose printed form is not known, in 万元."""
    return Money(amount, in_wan(amount), "万元")


def money(row: Row, amount: str = "amount", printed: str = "printed", unit: str = "unit") -> Money | None:
    """The money of a row: exact, and as printed; without a printed form it is told in 万元."""
    value = row.get(amount)
    if isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    if not isinstance(value, Decimal):
        return None
    if row.get(printed) is None:
        return in_words(value)
    return Money(value, "".join(str(row[printed]).split()), str(row.get(unit) or ""))


def once(refs: Iterable[Ref | None]) -> tuple[Ref, ...]:
    """The things, each once, in the order given."""
    return tuple(dict.fromkeys(ref for ref in refs if ref is not None))


def _in_order(row: Row) -> tuple[object, ...]:
    numbers = ((row.get(name) is None, row.get(name) or 0) for name in ("page", "line", "row", "column"))
    return (*numbers, str(row["evidence"]))
