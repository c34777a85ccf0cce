"""Which body took over from which, by the sentences that say so: of renames, mergers, abolitions, former names."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pyoxigraph import NamedNode, Store

from kg import iris
from kg.links import Link, LinkGrade
from kg.names import fold
from kg.origins import full_name
from kg.reading import Row, node, number, read, text
from kg.reasons import reason
from ontology.divisions import division_of, divisions
from ontology.terms import BL


@dataclass(frozen=True, slots=True)
class Body:
    """A body that a sentence names; `name` is None for the body that discloses."""

    iri: NamedNode
    name: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence as it speaks: the rule that reads it, the words, the bodies before and the body after as printed."""

    rule: str
    grade: LinkGrade
    words: str
    old: tuple[str, ...]
    new: str


def told_successions(store: Store) -> Iterator[Link]:
    """Body → body that it succeeded, as reasons and, where no reason says it, paragraphs of disclosures have it.

    我局 and 本单位 are the body that discloses; a name without place is of that body's place. Candidates: what the
    sentence only plans, duties joined under a new body, a former name in brackets, the disclosing body renamed to a
    name that its disclosure does not have, a name that may be an office within a body.
    """
    bodies = {node(row, "disclosure"): row for row in read(store, "disclosures")}
    found: set[tuple[NamedNode, NamedNode]] = set()
    for query in ("reasons", "paragraphs"):
        links = [link for row in read(store, query) for link in _links(row, bodies.get(node(row, "disclosure")))]
        yield from (link for link in links if (link.subject, link.object) not in found)
        found |= {(link.subject, link.object) for link in links}


def told(sentences: str) -> Iterator[Told]:
    """What the sentences of a folded text say of bodies that took over from others, in the order of the patterns."""
    words = _words()
    for sentence in re.split("[。;；!?]", sentences):
        if re.search(words["not_so"], sentence):
            sentence = ",".join(part for part in sentence.split(",") if not re.search(words["not_so"], part))
        for pattern, rule, grade in _patterns():
            for match in pattern.finditer(sentence):
                old, new = _names(match["old"]), "".join(_names(match["new"])[-1:])
                if old and new:
                    sure = grade == "derived" and _is_sure(sentence, (*old, new))
                    yield Told(rule, "derived" if sure else "candidate", match[0], old, new)


def _links(row: Row, book: Row | None) -> Iterator[Link]:
    """What a reason or paragraph of a disclosure says."""
    own = node(book, "body") if book else None
    place = iris.division_code(own) if own else "_"
    if book is None or own is None or place not in divisions():
        return
    said = "".join(text(row, "words").split())
    for one in told(fold(said)) if re.search(_words()["hint"], said.replace("（", "(")) else ():
        new = _body(one.new, own, place)
        for old in (_body(name, own, place) for name in one.old):
            if old.iri != new.iri:
                grade: LinkGrade = "candidate" if old.name is None else one.grade
                why = reason(one.rule, year=number(book, "year"), words=one.words)
                yield _link(new, old, grade, one.rule, why, node(row, "evidence"))


def _link(new: Body, old: Body, grade: LinkGrade, rule: str, why: str, at: NamedNode) -> Link:
    return Link(new.iri, BL.succeeds, old.iri, grade, rule, why, frozenset({at}), old.name, None, new.name)


def _body(name: str, own: NamedNode, place: str) -> Body:
    if re.fullmatch(_words()["self"], name):
        return Body(own, None)
    if division_of(name):
        return Body(iris.body(name), name)
    return Body(iris.body_of(place, name), full_name(place, name))


def _names(printed: str) -> tuple[str, ...]:
    """The names of a list without what stands before them; none where the last is no name of a body."""
    words = _words()
    printed = re.sub(words["duties"], "", printed)
    parts = re.split(rf"(?<=[局委会室处办厅心院所校学馆站队])[、和与及](?={words['self']}|{words['name']})", printed)
    found = tuple(map(_name, parts))
    return found if all(found) else found[-1:] if found[-1] else ()


def _name(printed: str) -> str:
    words = _words()
    if own := re.search(rf"{words['self']}$", printed):
        return own[0]
    for pattern in words["lead_ins"]:
        printed = re.sub(pattern, "", printed) or printed
    return "" if len(printed) < 3 or re.search(words["no_name"], printed) else printed


def _is_sure(sentence: str, names: tuple[str, ...]) -> bool:
    words = _words()
    planned = re.search(words["not_sure"], sentence)
    return not planned and not any(re.search(words["inner_office"], name) for name in names)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    words = _words()
    parts: Mapping[str, str] = {part: words[part] for part in ("self", "name", "end", "adverbs")}
    named = rf"{words['name']}(?:{words['duties']})?"
    names = rf"(?:{words['name']}[、和与及])*{words['name']}"
    parts = {**parts, "names": names, "duties": rf"(?:{named}[、和与及])*{named}"}
    return tuple(
        (re.compile(_filled(one["words"], parts)), one["rule"], one.get("grade", "derived"))
        for one in words["sentence"]
    )


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(f"{{{name}}}", part)
    return pattern


@cache
def _words() -> dict[str, Any]:
    with files("kg").joinpath("body_changes.toml").open("rb") as file:
        return tomllib.load(file)
