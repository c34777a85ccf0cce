"""The running text as paragraphs of evidence, and what single paragraphs are: duties, offices, terms explained."""

import re
from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode, Triple

from kg import iris
from kg.disclosed import Disclosed
from kg.evidence import Places
from kg.names import spellings
from kg.rdf import PREF_LABEL, Pair, chinese, described, integer, stated, words
from ontology.facts import Fact, PassageFact
from ontology.terms import BL, concept
from ontology.text import key, tight


def described_passages(facts: Sequence[Fact], book: Disclosed, places: Places) -> Iterator[Triple]:
    """What the paragraphs say of themselves beside their place and words, and the things of which they speak."""
    passages = [fact for fact in facts if isinstance(fact, PassageFact)]
    for fact in passages:
        yield from stated(
            places[fact.source],
            (BL.inSection, concept("section", fact.part)),
            (BL.ordinal, integer(fact.number)),
            (BL.pageEnd, integer(fact.end_page)),
            (BL.lineEnd, integer(fact.end_line)),
        )
    yield from _duties([fact for fact in passages if fact.part == "duties"], book, places)
    yield from _offices([fact for fact in passages if fact.part == "organisation"], book, places)
    yield from _glossary([fact for fact in passages if fact.part == "glossary"], book, places)


def _duties(passages: Sequence[PassageFact], book: Disclosed, places: Places) -> Iterator[Triple]:
    """One a number, whatever line it begins on; a paragraph without a number goes on with the duty before."""
    found: list[tuple[str, list[PassageFact]]] = []
    for fact in passages:
        text = tight(fact.source.text)
        marks = list(re.finditer(spellings()["duties"]["number"], text))
        before = text[: marks[0].start()] if marks else text
        if before and found:
            found[-1] = (found[-1][0] + before, [*found[-1][1], fact])
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
        found += [(text[mark.end() : end], [fact]) for mark, end in zip(marks, ends, strict=False)]
    for number, (text, spoken) in enumerate(found, 1):
        yield from described(
            iris.thing("duty", book.key, f"{number:02}"),
            BL.Duty,
            *_common(book, spoken, places),
            (BL.ordinal, integer(number)),
            (BL.dutyOf, book.body),
            (BL.dutyText, words(text)),
        )


def _offices(passages: Sequence[PassageFact], book: Disclosed, places: Places) -> Iterator[Triple]:
    """The offices of a body, where the text lists as many as it counts."""
    form = spellings()["offices"]
    for fact in passages:
        for match in re.finditer(form["sentence"], key(fact.source.text)):
            names = [re.sub(form["lead_in"], "", name) for name in re.split(form["breaks"], match["names"]) if name]
            if len(names) == int(match["count"]):
                for name in dict.fromkeys(names):
                    office = iris.thing("office", book.key, iris.segment(name))
                    yield from described(
                        office,
                        BL.InternalOffice,
                        *_common(book, [fact], places),
                        (PREF_LABEL, chinese(name)),
                        (BL.officeOf, book.body),
                    )


def _glossary(passages: Sequence[PassageFact], book: Disclosed, places: Places) -> Iterator[Triple]:
    """The terms that the text explains: 一、财政拨款：指…"""
    found = [(fact, re.match(spellings()["glossary"]["entry"], tight(fact.source.text))) for fact in passages]
    entries = [(fact, match) for fact, match in found if match]
    keys = iris.numbered(iris.segment(match["term"]) for _, match in entries)
    for (fact, match), name in zip(entries, keys, strict=True):
        entry = iris.thing("gloss", book.key, name)
        yield from described(
            entry,
            BL.GlossaryEntry,
            *_common(book, [fact], places),
            (PREF_LABEL, chinese(match["term"])),
            (BL.termText, words(match["text"])),
        )


def _common(book: Disclosed, spoken: Sequence[PassageFact], places: Places) -> tuple[Pair, ...]:
    evidence: list[NamedNode] = [places[fact.source] for fact in spoken]
    return (BL.disclosedIn, book.iri), *((BL.evidence, place) for place in evidence)
