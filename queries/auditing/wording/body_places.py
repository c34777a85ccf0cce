"""Bodies that are named where that of the disclosure belongs: over tables and sections, on forms, beside projects, in
the title, under the text."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kg.names import fold
from ontology.divisions import Division, division_of
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import is_named, passages, times_named
from queries.auditing.patterns import pattern, spelled, tight
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.readings import found_in_reading


@dataclass(frozen=True, slots=True)
class Named:
    """A body named in a place of the disclosing body: what place that is, the name, the addresses of where."""

    where: str
    name: str
    at: str


def in_its_place(rule: Rule, book: Book) -> Iterator[Signal]:
    """Names of other bodies where the disclosing one belongs, each once in each kind of place.

    Its own short forms, bodies below it that the text on its organisation names, and names that stand there as often
    as its own are passed over.
    """
    told: dict[tuple[str, str], list[str]] = {}
    for one in _named(book):
        if _is_other(book, fold(one.name)):
            told.setdefault((one.where, one.name), []).append(one.at)
    own = times_named(book)
    strange = sum(len(" ".join(at).split()) for at in told.values())
    for (where, name), at in told.items() if strange * 2 < own else ():
        yield signal(rule, book, where, Side(name, None, book.evidence(" ".join(at))), Side(book.body))


def _named(book: Book) -> Iterator[Named]:
    """The bodies named in such places."""
    for row in book.asked("names"):
        yield Named("项目承担单位、预算单位", str(row["name"]), str(row["evidence"]))
    for kind, where in spelled("headed_by_body").items():
        for told, at in found_in_reading(book, kind):
            yield Named(where, told["body"], " ".join(one.iri for one in at))
    for row in book.asked("title"):
        title = pattern("body_of_title").search(tight(row["title"]))
        if title:
            yield Named("标题", title["name"], str(row["evidence"]))
    for passage in passages(book):
        for where, form in spelled("body_in_place").items():
            for found in re.finditer(form, passage.text):
                yield Named(where, found["name"], passage.places(*found.span("name")))
    heads = book.asked("project_heads")
    times = Counter(row["supervisor"] for row in heads)
    for row in heads:
        supervisor, unit = str(row["supervisor"] or ""), fold(str(row["carried_out_by"] or ""))
        alone = bool(supervisor) and times[supervisor] == 1
        if alone and _of_department(book, unit) and not is_named(book, fold(supervisor)):
            yield Named("项目绩效表的主管部门", supervisor, str(row["evidence"]))


def _of_department(book: Book, unit: str) -> bool:
    """Whether the disclosure is that of a department, and a unit is the department itself or in its organisation."""
    own = fold(book.body)
    inside = bool(unit) and (unit in own or own in unit or of_its_organisation(book, unit))
    return inside and pattern("peer_body").search(own) is not None


def _is_other(book: Book, name: str) -> bool:
    """Whether a name is that of another body: not the body's own or a form of it, none that its organisation names."""
    own = fold(book.body)
    if not own or not pattern("one_body").fullmatch(name) or own in name or own.startswith(name) or own.endswith(name):
        return False
    mine, its = division_of(own), division_of(name)
    if its is None or mine is None:
        return False
    if its[1] == mine[1] and its[0] == mine[0]:
        return False
    return _peer(mine[0], its[0], name) and not of_its_organisation(book, name)


def _peer(mine: Division, its: Division, name: str) -> bool:
    """Whether a name is of another place, or of a body that is no institution below another one."""
    return mine != its or pattern("peer_body").search(name) is not None


def of_its_organisation(book: Book, name: str) -> bool:
    """Whether the text on duties and organisation names a body."""
    return name in book.once("organisation", lambda: _organisation(book))


def _organisation(book: Book) -> str:
    """The text on duties and organisation, folded, without what it says in the places of a body."""
    about = "。".join(one.text for one in passages(book) if pattern("section_of_organisation").search(one.section))
    for form in spelled("body_in_place").values():
        about = re.sub(form, "", about)
    return fold(about)
