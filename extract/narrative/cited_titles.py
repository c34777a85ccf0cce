"""Titles by which notes call tables empty and headings of sections name them, held against those of the tables."""

import re
from collections.abc import Iterator, Sequence

from extract.document import Document, Line, Table
from extract.narrative.contents import entries_of, numbered_entries
from extract.narrative.running_text import running_text
from extract.narrative.wording import pattern, wording
from extract.outline import Section
from extract.titles import printed_title, table_of_title
from ontology.facts import Finding, Source
from ontology.findings import said
from ontology.headings import bare_title
from ontology.slips import slips
from ontology.text import key, leaves_out, tight


def titles_cited_otherwise(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """A finding for each note that calls a table empty by a title which no table has and the contents do not list, but
    that of one with a slip or one word exchanged, or of the one table of which its section speaks with words that this
    one does not have; and for each heading of a section on a table (`七、某表情况说明`) that names another one than the
    contents list by its number, where the headings before and behind it name theirs."""
    titles = list(dict.fromkeys(printed_title(one.title) for one in sections if one.kind == "table" and one.heading))
    known = {
        bare(text) for text in [*titles, *(text for _, text in entries_of(sections))] for bare in (_bare, bare_title)
    }
    for source, name, section in _empty(document, sections):
        near = (title for title in titles if _bare(title) in _others(_bare(name)) or _is_slip(title, name))
        meant = next(near, None) or _of_section(section, name, sections)
        if meant and not {_bare(name), bare_title(name)} & known:
            message = f"tables: {said('cited_title', title=name, right=meant)}"
            yield Finding(source=source, severity="info", message=message)
    for line, name, meant in _headed(sections):
        if not {_bare(name), bare_title(name)} & known:
            yield document.note(line, f"tables: {said('cited_title', title=name, right=meant)}")


def _empty(document: Document, sections: Sequence[Section]) -> Iterator[tuple[Source, str, Section]]:
    """The titles by which notes call tables empty, with where and in which section."""
    form = pattern(wording("absences")["empty_table"])
    for section in sections:
        text = running_text(section.lines())
        yield from (
            (text.source(document, *found.span()), found["table"], section) for found in form.finditer(text.text)
        )
        for block in section.blocks:
            for cell in block.cells if isinstance(block, Table) else ():
                named = form.finditer(tight(cell.text))
                yield from ((document.source(cell), found["table"], section) for found in named)


def _of_section(section: Section, name: str, sections: Sequence[Section]) -> str | None:
    """The title of the one table of which a section speaks, as printed or else as listed, where a name that can mean no
    other has words which this one does not have."""
    own = _titles_of(section.key, sections) if section.kind == "section" else []
    other = table_of_title(name) not in (None, section.key)
    return own[0] if len(own) == 1 and not other and not _is_short(name, own[0]) else None


def _headed(sections: Sequence[Section]) -> Iterator[tuple[Line, str, str]]:
    """The tables that headings of sections name and the contents do not list by their numbers, with those that they
    do, where both headings beside one name the tables of theirs."""
    form = re.compile(wording("titles")["of_section"])
    listed: dict[str, list[str]] = {}
    for one in sections:
        for _, text in numbered_entries(one) if one.kind == "contents" else ():
            number, _, words = text.partition("、")
            listed.setdefault(number, []).extend([words] if words.endswith("表") else [])
    found = [(one, form.fullmatch(tight(one.title))) for one in sections if one.kind == "section" and one.heading]
    named = [(one, match["table"], listed.get(match["number"], [])) for one, match in found if match]
    right = [len(entries) == 1 and bare_title(name) == bare_title(entries[0]) for _, name, entries in named]
    for before, at, behind in zip(range(len(named)), range(1, len(named)), range(2, len(named)), strict=False):
        one, name, entries = named[at]
        if right[before] and right[behind] and len(entries) == 1:
            table = table_of_title(entries[0])
            if table_of_title(name) != table and not _is_short(name, entries[0]):
                yield one.heading[0], name, next(iter(_titles_of(table, sections)), entries[0])


def _titles_of(table: str | None, sections: Sequence[Section]) -> list[str]:
    """The titles of a kind of tables, as printed or, where none is, as listed."""
    printed = [printed_title(one.title) for one in sections if one.kind == "table" and one.heading and one.key == table]
    listed = [words for _, words in entries_of(sections) if table and table_of_title(words) == table]
    return list(dict.fromkeys(printed or listed))


def _is_short(name: str, title: str) -> bool:
    """Whether a name is a title with nothing put in, only with words left out."""
    return leaves_out(bare_title(name), bare_title(title))


def _others(title: str) -> set[str]:
    """The titles that one word for another makes of a title."""
    groups = wording("titles")["exchanged"]
    return {
        title.replace(one, other, 1)
        for group in groups
        for one in group
        if one in title
        for other in group
        if other != one
    }


def _is_slip(title: str, name: str) -> bool:
    return any(found.size == len(name) and len(found.meant) - len(found.printed) < 2 for found in slips(title, name))


def _bare(title: str) -> str:
    """A title without what makes no difference: year, 部门 or 单位."""
    return re.sub("|".join(wording("titles")["no_difference"]), "", key(title))
