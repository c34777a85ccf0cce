"""Silences: what is declared nil, what is withheld, which mandated table is neither there nor declared nil."""

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.document import Document, Table
from extract.narrative.document_fact import document_fact
from extract.narrative.running_text import RunningText, running_text
from extract.narrative.wording import number, pattern, wording
from extract.outline import Section
from extract.tables.forms import table_forms
from extract.tables.heading_rows import holds_figures, holds_money
from extract.titles import printed_title, table_of_title
from ontology.divisions import Division, division_of, parent_of
from ontology.facts import Finding, NilFact, Source
from ontology.findings import said
from ontology.text import tight

_RUNNING = ("part", "section", "subsection", "table")
_SENTENCE = re.compile(r"[^。]+。?")


def absences(document: Document, sections: tuple[Section, ...]) -> Iterator[NilFact | Finding]:
    """One nil fact a statement, in printed order, then one a mandated table that is absent.

    `subject` is the canonical name of the source of income or of the table; of withheld projects their number and kind
    as printed. A table is absent where it is mandated for the province and year, has no heading and is nowhere declared
    nil. Statements that single projects are withheld come with the projects.
    """
    declared: set[str] = set()
    for section in sections:
        if section.kind in _RUNNING:
            for fact in _in_section(document, section):
                declared |= {fact.subject} if isinstance(fact, NilFact) else set()
                yield fact
    yield from _unexplained(document, sections, declared)
    yield from _absent(document, sections, declared)


def _unexplained(document: Document, sections: tuple[Section, ...], declared: set[str]) -> Iterator[Finding]:
    """A finding for each table that is printed without a figure and nowhere declared nil."""
    printed = [section for section in sections if section.kind == "table" and section.key]
    for section in printed:
        tables = [
            block for one in printed if one.key == section.key for block in one.blocks if isinstance(block, Table)
        ]
        if section.heading and tables and section.key not in declared and not any(map(holds_figures, tables)):
            message = f"{section.key}: {said('empty_unexplained', title=printed_title(section.title))}"
            yield document.note(section.heading[0], message)
            declared.add(str(section.key))


def _in_section(document: Document, section: Section) -> Iterator[NilFact | Finding]:
    text = running_text(section.lines())
    if section.key in ("income", "expenditure"):
        yield from _not_planned(document, text)
    yield from _own_nil(document, section, text)
    for sentence in _SENTENCE.finditer(text.text):
        yield from _declared_nil(document, section, text, sentence)
        yield from _withheld(sentence.group(), text.source(document, *sentence.span()))
    yield from _misplaced(document, section)
    for block in section.blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                source = document.source(cell, table=printed_title(section.title))
                yield from (_nil(table, source) for table, _ in _empty_tables(tight(cell.text)))


def _not_planned(document: Document, text: RunningText) -> Iterator[NilFact | Finding]:
    """政府性基金预算未安排。"""
    for match in pattern(wording("absences")["not_planned"]).finditer(text.text):
        source = text.source(document, match.start(), match.end())
        known = [
            name for name, words in wording("absences")["sources"].items() if re.fullmatch(words, match["subject"])
        ]
        yield _nil(known[0] if known else match["subject"], source)
        if not known:
            yield Finding(source=source, severity="info", message=said("unknown_source", source=match["subject"]))


def _declared_nil(
    document: Document, section: Section, text: RunningText, sentence: re.Match[str]
) -> Iterator[NilFact]:
    """The tables a sentence declares empty; its source begins where it says so, for table lines end without 。. A note
    that speaks of its own table (`故本表无数据`) declares no other one empty, whichever it names."""
    own = section.kind == "table" and re.search(wording("absences")["own"]["said"], sentence.group())
    found = _empty_tables(sentence.group())
    for table, place in [one for one in found if not own or one[0] == section.key]:
        yield _nil(table, _under(section, table, text.source(document, sentence.start() + place, sentence.end())))


def _misplaced(document: Document, section: Section) -> Iterator[Finding]:
    """A finding for each note under a table that calls another table empty; one may speak of both in one breath."""
    text = running_text(section.lines())
    for sentence in _SENTENCE.finditer(text.text) if section.kind == "table" and section.key else ():
        found = _empty_tables(sentence.group())
        others = [table for table, _ in found if table != section.key]
        if others and (
            len(others) == len(found) or not pattern(wording("absences")["together"]).search(sentence.group())
        ):
            source = text.source(document, sentence.start() + found[0][1], sentence.end())
            message = f"{printed_title(section.title)}: {said('note_of_another', table=others[0])}"
            yield Finding(source=source, severity="info", message=message)


def _own_nil(document: Document, section: Section, text: RunningText) -> Iterator[NilFact | Finding]:
    """A table, or the section about it, that says of itself that there is nothing; a finding where one is not 0."""
    own = wording("absences")["own"]
    match = re.search(own["said"], text.text) or re.fullmatch(own["whole"], text.text)
    if not match or section.key not in table_forms():
        return
    source = _under(section, section.key, text.source(document, *match.span()))
    if any(holds_money(block) for block in section.blocks if isinstance(block, Table)):
        message = f"{printed_title(section.title)}: {said('empty_with_figures')}"
        yield Finding(source=source, severity="warning", message=message)
    else:
        yield _nil(section.key, source)


def _under(section: Section, table: str, source: Source) -> Source:
    """The place of a note, with the title of its table where it stands under that."""
    return (
        replace(source, table=printed_title(section.title))
        if (section.kind, section.key) == ("table", table)
        else source
    )


def _nil(subject: str, source: Source) -> NilFact:
    return NilFact(source=source, kind="declared_nil", subject=subject)


def _empty_tables(words: str) -> list[tuple[str, int]]:
    """政府性基金预算支出情况表为空表, 没有使用政府性基金预算拨款安排的支出: each table once and where it is said."""
    stated = [(name, re.search(says, words)) for name, says in wording("absences")["statements"].items()]
    titles = pattern(wording("absences")["empty_table"]).finditer(words)
    titled = [(table_of_title(match["table"]), match) for match in titles]
    places: dict[str, int] = {}
    for table, match in (*stated, *titled):
        if table and match:
            places.setdefault(table, match.start())
    return list(places.items())


def _withheld(sentence: str, source: Source) -> Iterator[NilFact]:
    """A secret project, or projects whose performance forms are not published."""
    secret = pattern(wording("absences")["secret"]).search(sentence)
    if secret:
        subject = f"{secret['count']}个{secret['kind']}"
        yield NilFact(
            source=source, kind="withheld", subject=subject, amount=number(secret["amount"]), unit=secret["unit"]
        )
        return
    for match in pattern(wording("absences")["no_targets"]).finditer(sentence):
        amount = number(match["part"] or match["amount"])
        subject = f"{match['count']}个{match['kind']}的绩效目标表"
        yield NilFact(source=source, kind="withheld", subject=subject, amount=amount, unit=match["unit"])


def _absent(document: Document, sections: tuple[Section, ...], declared: set[str]) -> Iterator[NilFact]:
    """The mandated tables that are neither printed nor declared nil, pointing to where the tables begin."""
    tables = [section for section in sections if section.kind == "table"]
    printed = {section.key for section in tables}
    of_tables = next((section for section in sections if section.key == "tables"), next(iter(tables), None))
    beginning = next(iter(of_tables.heading), None) if of_tables and not _are_elsewhere(of_tables) else None
    for table in _mandated(document, sections):
        if beginning and table not in printed | declared:
            yield NilFact(source=document.source(beginning), kind="absent", subject=table)


def _are_elsewhere(tables: Section) -> bool:
    """Whether the part of the tables says that they are appended in a file of their own."""
    words = running_text(tables.lines()).text
    return re.search(wording("absences")["elsewhere"]["said"], words) is not None


def _mandated(document: Document, sections: tuple[Section, ...]) -> list[str]:
    fact = document_fact(document, sections)
    place = division_of(fact.agency) if fact.agency else None
    governments = _governments(place[0]) if place else []
    return [
        table
        for form in wording("absences")["mandated"]
        if form["province"] in governments and fact.year in form["years"] and fact.phase == "预算"
        for table in form["tables"]
    ]


def _governments(division: Division) -> list[str]:
    """The codes of the division and of those above it."""
    above = parent_of(division)
    return [division.code, *(_governments(above) if above else [])]
