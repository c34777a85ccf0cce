"""The bodies that are said to have issued a document, against those that use the letters of its number."""

import re
from collections.abc import Iterator
from functools import cache

from ontology.divisions import divisions
from ontology.document_number import DocumentNumber, mentions
from ontology.issuers import Issuer, issuers
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.patterns import pattern, spelled
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.wording.citations import cited_texts

_BEFORE, _AFTER = 120, 40  # characters before and after a number in which its issuer is named
_TELLING = 2  # characters of a place's name that tell it from others


def issued_by(rule: Rule, book: Book) -> Iterator[Signal]:
    """Documents whose issuer is named beside their number as a body of another rank or place than uses its letters:
    `自治区财政厅` beside 昌州财教. One signal for each number and name."""
    told: set[tuple[str, str]] = set()
    for text, at in cited_texts(book):
        for one in mentions(text):
            issuer = _issuer(one.number)
            for zone in _zones(text[max(0, one.start - _BEFORE) : one.start], text[one.end : one.end + _AFTER]):
                name = _other(zone, issuer) if issuer else ""
                if issuer and name and (str(one.number), name) not in told:
                    told.add((str(one.number), name))
                    left, right = (Side(said, None, book.evidence(at)) for said in (name, _whole_name(issuer)))
                    yield signal(rule, book, one.raw, left, right)


def two_issuers(rule: Rule, book: Book) -> Iterator[Signal]:
    """Documents that two sentences say were issued by two bodies, each number once: 州财政局下发, 州商务局下发."""
    said: dict[str, list[tuple[str, str]]] = {}
    for text, at in cited_texts(book):
        for one in mentions(text):
            found = pattern("issuing_body").search(text[max(0, one.start - _BEFORE) : one.start])
            if found:
                said.setdefault(str(one.number), []).append((pattern("place_dress").sub("", found["body"]), at))
    for number, bodies in sorted(said.items()):
        first, place = bodies[0]
        other = next(((name, at) for name, at in bodies if _office(name) != _office(first)), None)
        if other:
            left, right = (Side(name, None, book.evidence(at)) for name, at in ((first, place), other))
            yield signal(rule, book, number, left, right)


def _office(body: str) -> str:
    """What a body is called without its place, in the short form: 财政局 of 昌吉州财政局, 科技局 of 县科学技术局."""
    office = re.sub(rf"^.*(?:{spelled('before_office')})", "", body)
    for short, long in spelled("short_of_body").items():
        office = office.replace(long, short)
    return office


def _issuer(number: DocumentNumber) -> Issuer | None:
    """Who surely uses the letters of a number, where it is one body alone."""
    held = issuers().get(number.prefix, ())
    return held[0] if len(held) == 1 and held[0].surely else None


def _zones(before: str, after: str) -> Iterator[str]:
    """The words in which the issuer of a number may stand: after it, at the head of its title, before its title."""
    for found in (pattern("issuer_after").search(after), pattern("issuer_before").search(before)):
        if found:
            yield from (words for words in found.groups() if words and not pattern("passed_on").search(words))


def _other(zone: str, issuer: Issuer) -> str:
    """The body of this kind that a text names in place of the issuer; empty where it names the issuer, or none."""
    kind = re.search(spelled("rank_of_body"), issuer.body)
    root = re.escape(issuer.body[: kind.start()] if kind else issuer.body)
    for short, long in spelled("short_of_body").items():
        root = root.replace(long, f"(?:{long}|{short})")
    form = rf"(?P<place>{spelled('place_of_body')})?{root}(?P<rank>{spelled('rank_of_body')})?"
    named = list(re.finditer(form, zone))
    fitting = [one for one in named if _fits(one, kind[0] if kind else None, issuer.division)]
    return pattern("place_dress").sub("", named[-1][0]) if named and not fitting else ""


def _fits(named: re.Match[str], rank: str | None, division: str) -> bool:
    """Whether a named body may be of a rank and place: what is left out is not wrong."""
    if rank and named["rank"] and named["rank"][0] != rank[0]:
        return False
    place = named["place"] or ""
    level = next((level for words, level in spelled("level_of_place").items() if re.search(words, place)), None)
    own, name = re.sub(spelled("place_kind"), "", place), _short(division)
    elsewhere = not own.endswith(name) and any(own.endswith(other) for other in _short_names())
    return (level is None or level == _level(division)) and not elsewhere


def _short(division: str) -> str:
    """The name of a place without what kind of place it is; empty where the division is not known."""
    known = divisions().get(division)
    return re.sub(spelled("place_kind"), "", known.name) if known else ""


@cache
def _short_names() -> frozenset[str]:
    """The short names of all places that tell them from others: 昌吉, 奇台."""
    return frozenset(name for code in divisions() if len(name := _short(code)) >= _TELLING)


def _level(division: str) -> str:
    if division.endswith("0000"):
        return "province" if division.strip("0") else "centre"
    return "prefecture" if division.endswith("00") else "county"


def _whole_name(issuer: Issuer) -> str:
    known = divisions().get(issuer.division)
    return f"{known.name if known and known.code.strip('0') else ''}{issuer.body}"
