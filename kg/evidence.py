"""Evidence: where a fact is printed, in what words."""

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from kg import iris
from kg.rdf import described, integer, stated, words
from ontology.document_number import mentions
from ontology.facts import CellFact, DocrefFact, Fact, PassageFact, PriorFact, Source
from ontology.terms import BL

Places = Mapping[Source, NamedNode]


def places(facts: Iterable[Fact]) -> dict[Source, NamedNode]:
    """The address of every place that the facts name: one for each place and wording, the same whoever asks."""
    sources = list(dict.fromkeys(fact.source for fact in facts if not isinstance(fact, DocrefFact)))
    keys = iris.numbered(_key(source) for source in sources)
    return {source: iris.thing("ev", key) for source, key in zip(sources, keys, strict=True)}


def described_places(facts: Iterable[Fact], found: Places, file: NamedNode) -> Iterator[Triple]:
    """The places, each once, with the heading over a figure; a whole paragraph is told from a part of one."""
    paragraphs = {fact.source for fact in facts if isinstance(fact, PassageFact)}
    for source, iri in found.items():
        yield from _described(iri, source, file, BL.ParagraphEvidence if source in paragraphs else _kind(source))
    headings = {(found[fact.source], fact.column_title) for fact in facts if isinstance(fact, CellFact | PriorFact)}
    yield from (triple for iri, text in headings for triple in stated(iri, (BL.columnTitle, words(text))))


def described_mentions(facts: Iterable[DocrefFact], file: NamedNode) -> Iterator[Triple]:
    """Every place where the number of an official document is printed."""
    known = [(fact, next(mentions(fact.number), None)) for fact in facts]
    found = [(fact, mention.number) for fact, mention in known if mention]
    keys = iris.numbered(f"{_key(fact.source)}.{iris.segment(str(number))}" for fact, number in found)
    for (fact, number), key in zip(found, keys, strict=True):
        iri = iris.thing("ev", key)
        yield from _described(iri, fact.source, file, _kind(fact.source))
        yield from stated(
            iri,
            (BL.mentions, iris.document(number)),
            (BL.documentNumberVerbatim, words(fact.raw)),
            (BL.context, words(fact.context)),
        )


def _key(source: Source) -> str:
    parts = [("p", source.page), ("l", source.line), ("r", source.row), ("c", source.column)]
    table = [iris.segment(source.table)] if source.table else []
    return ".".join([source.sha256[:16], *table, *(f"{letter}{value}" for letter, value in parts if value is not None)])


def _kind(source: Source) -> NamedNode:
    return BL.SpanEvidence if source.row is None else BL.RowEvidence if source.column is None else BL.CellEvidence


def _described(iri: NamedNode, source: Source, file: NamedNode, kind: NamedNode) -> Iterator[Triple]:
    return described(
        iri,
        kind,
        (BL.inFile, file),
        (BL.page, integer(source.page)),
        (BL.lineStart, integer(source.line)),
        (BL.tableTitle, words(source.table)),
        (BL.section, words(source.section)),
        (BL.rowIndex, integer(source.row)),
        (BL.columnIndex, integer(source.column)),
        (BL.bbox, words(",".join(f"{edge:g}" for edge in source.bbox) if source.bbox else None)),
        (BL.verbatim, Literal(source.text)),
    )
