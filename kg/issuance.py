"""How a funding document passes money on (issued, issued ahead, paid out or in advance), by the verb of its title."""

import re

from pyoxigraph import NamedNode, Store

from kg import iris
from kg.links import Link, only
from kg.names import fold, spellings, title_of
from kg.reading import Row, grouped, places, read, text
from kg.reasons import reason
from ontology.terms import BL, concept


def issuance_by_title(store: Store) -> list[Link]:
    """Document → kind of issuance. One verb only gives a derived link, several give candidates."""
    found = []
    for (document,), uses in grouped(read(store, "named_documents"), "document").items():
        if isinstance(document, NamedNode):
            for kind, words in sorted(_kinds(document, uses).items()):
                why = reason("issuance_by_title", words=words)
                node = concept("kind", kind)
                found.append(Link(document, BL.issuanceKind, node, "derived", "issuance_by_title", why, places(uses)))
    return only(found)


def _kinds(document: NamedNode, uses: list[Row]) -> dict[str, str]:
    """The kinds that names of its projects and titles in their basis tell, each with the words."""
    titles = [title_of(iris.number_of(document), text(row, "basis")) or "" for row in uses]
    found: dict[str, str] = {}
    for folded in sorted({fold(words) for words in (*titles, *(text(row, "name") for row in uses))}):
        for kind, verb in spellings()["issuance"].items():
            match = re.search(f"关于({verb})", folded)
            if match:
                found.setdefault(kind, match[1])
    return found
