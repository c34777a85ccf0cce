"""Addresses of things: minted from what the source holds stable, so that two things never share one.

Keys are folded (NFKC, no white space) and written as they are where they consist of letters, digits and `_` only. Where
other signs are replaced, or a key is long, eight digits of a hash of the whole key follow a `~`. `.` separates parts.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from kg.names import spellings
from ontology.divisions import division_of
from ontology.document_number import DocumentNumber
from ontology.terms import CODE, GRAPH, ID
from ontology.text import key

REGISTRY = NamedNode(f"{GRAPH}registry")
CODES = NamedNode(f"{GRAPH}codes")
CHECKS = NamedNode(f"{GRAPH}checks")
SLICES = NamedNode(f"{GRAPH}slices")
LINKS = {grade: NamedNode(f"{GRAPH}links.{grade}") for grade in ("stated", "derived", "accepted", "candidate")}
FILE_GRAPHS = f"{GRAPH}file."

_LONGEST = 40


@lru_cache(maxsize=1 << 14)
def segment(text: str) -> str:
    """One part of an address: equal for texts that differ in white space or width only, unequal for all others."""
    folded = key(text)
    slug = "-".join("".join(letter if letter.isalnum() or letter == "_" else " " for letter in folded).split())
    return slug if slug == folded and len(slug) <= _LONGEST else f"{slug[:_LONGEST]}~{digest(folded)[:8]}"


def digest(*parts: str) -> str:
    """The sha-256 of the parts, in hexadecimal digits."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def numbered(keys: Iterable[str]) -> list[str]:
    """The keys in order, the second and later use of one marked `~2`, `~3`."""
    seen: Counter[str] = Counter()
    result = []
    for name in keys:
        seen[name] += 1
        result.append(name if seen[name] == 1 else f"{name}~{seen[name]}")
    return result


def thing(kind: str, *parts: str) -> NamedNode:
    """The address of a thing: its kind and the parts of its key."""
    return NamedNode(f"{ID}{kind}/{'.'.join(parts)}")


def code(scheme: str, words: str) -> NamedNode:
    """The address of a code that its list lacks; the printed words can be read back from it."""
    return NamedNode(f"{CODE}{scheme}/{''.join(_quoted(letter) for letter in key(words))}")


def _quoted(letter: str) -> str:
    return letter if letter.isalnum() else quote(letter, safe="")


def printed(code_: NamedNode) -> str:
    """The printed words that a code outside its list was minted from."""
    return unquote(code_.value.rpartition("/")[2])


@lru_cache(maxsize=1 << 12)
def body_key(name: str) -> str:
    """The key of a public body: the code of its division and its name without the place; `_` where no division fits.

    Committees of the party have the key of their short name.
    """
    short = re.sub(spellings()["party"]["name"], spellings()["party"]["short"], key(name))
    found = division_of(short)
    return f"{found[0].code}.{segment(found[1] or short)}" if found else f"_.{segment(short)}"


def body(name: str) -> NamedNode:
    """The address of a public body, from its full name."""
    return thing("agency", body_key(name))


def body_of(division: str, name: str) -> NamedNode:
    """The address of a public body, from the code of its division and its name without the place."""
    return thing("agency", division, segment(name))


def division(digits: str) -> NamedNode:
    """The address of an administrative division."""
    return thing("div", digits)


def document(number: DocumentNumber) -> NamedNode:
    """The address of an official document: issuer's letters, year, serial number, `_` and which part of it."""
    part = f"_{number.part}" if number.part else ""
    return thing("doc", f"{segment(number.prefix)}-{number.year}-{number.serial}{part}")


def number_of(document: NamedNode) -> DocumentNumber:
    """The document number that an address was minted from."""
    prefix, year, serials = document.value.rpartition("/")[2].rsplit("-", 2)
    serial, _, part = serials.partition("_")
    return DocumentNumber(prefix, int(year), int(serial), int(part or 0))


def division_code(body: NamedNode) -> str:
    """The code of a body's division, read off its address; `_` where it has none."""
    return body.value.rpartition("/")[2].partition(".")[0]


def fiscal_year(stated: str) -> int | None:
    """The fiscal year of a project or figure that a disclosure states, read off its address; None where none is."""
    parts = stated.rpartition("/")[2].split(".")  # division, body, year …
    return int(parts[2]) if len(parts) > 2 and parts[2].isdecimal() else None


def subject_slice(body: str, year: int, subject: str) -> NamedNode:
    """The address of what a body has in a year under a functional subject, from the addresses of body and subject."""
    return thing("slice", body.rpartition("/")[2], str(year), subject.rpartition("/")[2])


def file_graph(sha256: str) -> NamedNode:
    """The graph that holds all a source file states."""
    return NamedNode(f"{FILE_GRAPHS}{sha256[:16]}")
