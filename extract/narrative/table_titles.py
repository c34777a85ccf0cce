"""Titles of tables that are not their own, over them and in the contents: with a slip, a word for its opposite, of the
other phase (预算, 决算), or those of another table."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from extract.document import Document, Line, Table
from extract.narrative.contents import entries_of
from extract.narrative.wording import wording
from extract.outline import Section
from extract.titles import is_unknown_title, printed_title, table_of_title
from ontology.facts import Finding
from ontology.findings import said
from ontology.text import tight

_RUNNING = ("section", "subsection")
_OVER = 5  # blocks above a table in which its title may stand
_MOST = 3  # titles of one phase, from which on a single one of the other is wrong
_HEADING_ROWS = 2
_ALIKE = 0.5  # of the headings of two tables in common, from which one may go on with the other


def misnamed_titles(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """A finding for each title over a table that is not known and one character, or a word and its opposite, away from
    that of a table which the document does not have; for a title alone in its phase; for one title over two tables."""
    printed = [one for one in sections if one.kind == "table" and one.key and one.heading]
    unknown = [
        line for section in sections if section.kind in ("cover", "part", "table") for line in _over_tables(section)
    ]
    unknown += [one.heading[0] for one in sections if one.kind == "table" and not one.key]
    held = {section.key for section in printed}
    titles = [(section.heading[0], printed_title(section.title)) for section in printed]
    titles += [(line, printed_title(line.text)) for line in unknown]
    of_phase = dict(_of_other_phase(titles))
    for line in unknown:
        meant = _meant(printed_title(line.text), held)
        if meant and printed_title(line.text) not in of_phase:
            yield _finding(document, line, said("misnamed_title", title=printed_title(line.text), right=meant))
    for line, title in titles:
        if title in of_phase:
            yield _finding(document, line, said("misnamed_title", title=title, right=of_phase[title]))
    yield from _of_two_tables(document, printed)


def misnamed_entries_of_tables(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """A finding for each entry of the contents, among those of tables, whose title is not known and as near that of a
    table which they do not list as `misnamed_titles` has it; for one alone in its phase; and for both of two entries
    with one title, where no other is listed twice."""
    texts = {printed_title(one.title) for one in sections if one.kind in _RUNNING}
    listed = [
        (line, printed_title(words))
        for line, words in entries_of(sections)
        if words.endswith("表") or (table_of_title(f"{words}表") and printed_title(words) not in texts)
    ]
    held = {table_of_title(title) for _, title in listed} - {None}
    twice = [title for title, times in Counter(title for _, title in listed).items() if times > 1]
    of_phase = dict(_of_other_phase(listed))
    unknown = [title for _, title in listed if not table_of_title(title)]
    for line, title in listed if len(held) >= _MOST else ():
        meant = of_phase.get(title) or (_meant(title, held) if title in unknown else None)
        if meant:
            yield _finding(document, line, said("misnamed_entry", title=title, right=meant))
    for line, title in listed if len(twice) == 1 and len(held) >= _MOST else ():
        if title in twice:
            yield _finding(document, line, said("entry_twice", title=title))


def _over_tables(section: Section) -> Iterator[Line]:
    """The lines of a section that are worded like titles, or are one but for its last character, are none that is
    known, and stand over a table."""
    for at, block in enumerate(section.blocks):
        below = section.blocks[at + 1 : at + 1 + _OVER]
        if isinstance(block, Line) and _is_titled(block.text) and any(isinstance(one, Table) for one in below):
            yield block


def _is_titled(text: str) -> bool:
    return is_unknown_title(text) or table_of_title(f"{printed_title(text)}表") is not None


def _meant(title: str, held: set[str | None]) -> str | None:
    """The title with one character put in, left out or exchanged, or a word for its opposite, that makes it that of a
    table which is not there; None where there is no such table, or several. The phase (预算, 决算) is never exchanged:
    that a table is not known in this phase says nothing of its title."""
    signs = wording("titles")["signs"]
    found: dict[str, str] = {}
    for one, other in wording("titles")["opposites"]:
        for at in (at for at in range(len(title)) if title.startswith(one, at)):
            meant = title[:at] + other + title[at + len(one) :]
            key = table_of_title(meant)
            found |= {key: meant} if key and key not in held and _of_one_phase(meant, title) else {}
    for at in range(len(title) + 1):
        tried = [
            title[:at] + title[at + 1 :],
            *(title[:at] + sign + title[at + size :] for sign in signs for size in (0, 1)),
        ]
        for other in tried:
            key = table_of_title(other)
            if key and key not in held and _of_one_phase(other, title):
                found[key] = max(found.get(key, ""), other, key=len)
    return next(iter(found.values())) if len(found) == 1 else None


def _of_one_phase(one: str, other: str) -> bool:
    """Whether no title speaks of a phase of which the other speaks not, where both speak of one."""
    one, other = _without_kinds(one), _without_kinds(other)
    spoken = [{phase for phase in wording("titles")["phases"] if phase in words} for words in (one, other)]
    return spoken[0] == spoken[1] or not all(spoken)


def _of_other_phase(titles: Sequence[tuple[Line, str]]) -> Iterator[tuple[str, str]]:
    """The one title of a budget among those of final accounts, or the other way about; and what is meant."""
    phases = wording("titles")["phases"]
    bare = [(title, _without_kinds(title)) for _, title in titles]
    for one, other in (phases, phases[::-1]):
        mine = [title for title, words in bare if one in words and other not in words]
        most = [title for title, words in bare if other in words and one not in words]
        if len(mine) == 1 and len(most) >= _MOST:
            yield mine[0], other.join(mine[0].rsplit(one, 1))


def _without_kinds(title: str) -> str:
    """A title without the kinds of budgets that final accounts have too: 一般公共预算, 政府性基金预算."""
    for kind in wording("titles")["kinds"]:
        title = title.replace(kind, "")
    return title


def _of_two_tables(document: Document, printed: Sequence[Section]) -> Iterator[Finding]:
    """A finding for the second of two tables with one title, which stand apart or have headings not much alike.

    Where several titles stand over two tables each, the tables of several bodies are printed.
    """
    printed = [section for section in printed if "续" not in section.title]  # sheets of one table
    pairs = [(one, other) for one, other in combinations(range(len(printed)), 2) if _one_title(printed, one, other)]
    if len({printed_title(printed[one].title) for one, _ in pairs}) != 1:
        return
    one, other = pairs[0]
    if (other > one + 1 and len(pairs) == 1) or not _alike(printed[one], printed[other]):
        words = said("title_over_two", title=printed_title(printed[other].title))
        yield _finding(document, printed[other].heading[0], words)


def _one_title(printed: Sequence[Section], one: int, other: int) -> bool:
    return printed_title(printed[one].title) == printed_title(printed[other].title)


def _alike(one: Section, other: Section) -> bool:
    """Whether the tables of two sections have headings much alike, or one of them has no table."""
    left, right = _headings(one), _headings(other)
    return not left or not right or len(left & right) / len(left | right) >= _ALIKE


def _headings(section: Section) -> set[str]:
    """The words of the first rows of the first table of a section."""
    table = next((block for block in section.blocks if isinstance(block, Table)), None)
    return (
        {tight(cell.text) for cell in table.cells if cell.row < _HEADING_ROWS and tight(cell.text)} if table else set()
    )


def _finding(document: Document, line: Line, words: str) -> Finding:
    return document.note(line, f"tables: {words}")
