"""What stands over tables and sections, held against the document: the body that prepared them, their year."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest

from extract.document import Block, Cell, Document, Line, Table
from extract.headings import is_page_number
from extract.narrative.wording import pattern, wording
from extract.outline import Section
from extract.titles import number_before, printed_title, table_number
from ontology.facts import DocumentFact, Finding
from ontology.findings import said
from ontology.numbering import slips
from ontology.slips import is_slip
from ontology.text import leaves_out, tight

_YEAR = r"(?P<year>(?<!\d)20\d{1,2})"  # a digit may be lost
_YEAR_ALONE = re.compile(rf"[（(]{_YEAR}年?度?[）)](?:(?:金额)?单位[:：].{{1,6}})?")  # the unit of money beside it
_BARE_YEAR = re.compile(rf"{_YEAR}年度")
_BESIDE_YEAR = r"(?:编制|填报)?(?:部门|单位)(?:名称)?[:：]"
_YEAR_IN_HEAD = re.compile(rf"{_BESIDE_YEAR}[^:：]{{2,40}}?{_YEAR}年度(?:金额)?单位[:：].{{1,6}}")  # the national head
_YEAR_FIRST = re.compile(rf"{_YEAR}年度?[\u4e00-\u9fff]")
_YEAR_BEHIND = re.compile(rf"表[（(]{_YEAR}年?度?[）)]$")
_YEAR_OF_SECTION = re.compile(rf"^[一二三四五六七八九十]{{1,3}}、[^，。]{{0,45}}?{_YEAR}年")
_BODY_OF_HEADING = re.compile(r"(?:关于|、(?!关于)|^第.部分|^(?!第.部分))(?P<body>[\u4e00-\u9fff]{4,40}?)(?=20\d\d年)")
_BODY_OF_NOTE = re.compile(r"(?P<body>[\u4e00-\u9fff]{4,40}?)20\d\d年(?:度)?没有使用")
_ENTRY_YEAR = re.compile(
    rf"(?:第[一二三四五六]部分|[一二三四五六七八九十]{{1,3}}、|^\d{{1,2}}[、.．])[^，。、]{{0,45}}?{_YEAR}年"
)
_ALIKE = 0.6  # of the characters in common, from which another body is meant to be this one
_NUMBERED = re.compile(
    r"[-·•]*(?:第[一二三四五六]部分|[（(]?[一二三四五六七八九十]{1,3}[、）)]|\d{1,2}[、.．](?!\d{3}\D))"
)
_BODY_OF_SECTION = re.compile(
    r"^[一二三四五六七八九十]{1,3}、?关于(?P<body>[\u4e00-\u9fff（）()]{4,40}?)(?:单位|部门)?20\d\d年"
)
_NAMED = 2  # tables that name the body that prepared them: then one that does not lacks it
_HEADED = ("table", "form", "section")
_LEAST_NAME = 4  # characters of a body's name
_LEAST = 1000  # a year of four digits
_HEAD = 4  # lines or cells under a title that may hold its year


def heads_that_differ(document: Document, sections: Sequence[Section], stated: DocumentFact) -> Iterator[Finding]:
    """A finding for each table that another body prepared than most of them, for each section (`三、关于某局2025年…`)
    that speaks of another body than most, and for each that is headed by another year than the disclosure's, the cover,
    too. Where there is no year, or no body over two tables or sections at least, nothing is said of it."""
    printed = [(place, section.title, name) for section in sections for place, name in bodies_over(section)]
    headed = [
        (section.heading[0], section.title, match["body"])
        for section in sections
        if section.kind == "section" and section.heading and (match := _BODY_OF_SECTION.match(tight(section.title)))
    ]
    yield from _of_other_bodies(document, "body_over_table", printed)
    yield from _of_other_bodies(document, "body_over_section", headed)
    dated = [(section.title, *one) for section in sections if section.kind in _HEADED for one in _years(section)]
    for title, place, year in [*_of_cover(sections, stated.title), *dated] if stated.year is not None else ():
        if year != stated.year:
            words = said("year_over_table", year=year, own=stated.year)
            yield _finding(document, place, title, words)


def tables_of_no_body(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """A finding for each line `编制部门：` over a table with no body behind it, where other tables have one."""
    named = [name for section in sections for _, name in bodies_over(section)]
    empty = pattern(wording("document")["no_agency"])
    for section in sections if len(named) >= _NAMED else ():
        for line in section.lines() if section.kind == "table" else ():
            if empty.fullmatch(tight(line.text)):
                yield _finding(document, line, section.title, said("no_body_over_table"))


def _of_cover(sections: Sequence[Section], title: str | None) -> Iterator[tuple[str, Line, int]]:
    """The title on the cover with the line of its year, and the year."""
    for section in sections[:1] if title else ():
        found = re.search(rf"{_YEAR}年?", title or "")
        place = next((line for line in section.lines() if found and found[0] in tight(line.text)), None)
        if found and place:
            yield title or "", place, int(found["year"])


def _of_other_bodies(
    document: Document, kind: str, printed: Sequence[tuple[Line | Cell, str, str]]
) -> Iterator[Finding]:
    """A finding for each place that names another body than most of the places do."""
    most = Counter(name for _, _, name in printed).most_common(2)
    if most and (len(most) == 1 or most[0][1] > most[1][1]):
        for place, title, name in printed:
            if name != most[0][0]:
                yield _finding(document, place, title, said(kind, body=name, most=most[0][0]))


def numbers_of_two_tables(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """A finding for each number that stands over two tables of different titles, where it stands out of order.

    Numbers may begin anew, as those of an annex do.
    """
    held = [(section, *found) for section, found in zip(sections, numbers_of_tables(sections), strict=True) if found]
    values = [value for _, _, value in held]
    again = [at for at, (one, two) in enumerate(pairwise(values), start=1) if one == two]
    told: set[int] = set()
    for section, number, value in (held[at] for at in sorted({*again, *slips(values)}, reverse=True)):
        same = [other for other, _, one in held if one == value and other.key != section.key]
        for other in same[:1] if value not in told else ():
            told.add(value)
            titles = {"one": printed_title(section.title), "other": printed_title(other.title)}
            words = said("table_number_twice", number=number, **titles)
            yield document.note(section.heading[0], f"tables: {words}")


def titles_of_two_tables(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """A finding for each table with the title of an earlier one and the next number: a title copied from above."""
    held = [(section, *found) for section, found in zip(sections, numbers_of_tables(sections), strict=True) if found]
    for (one, other, before), (two, number, value) in pairwise(held):
        if value == before + 1 and printed_title(one.title) == printed_title(two.title):
            message = f"{printed_title(two.title)}: {said('title_twice', number=number, other=other)}"
            yield document.note(two.heading[0], message)


def numbers_of_tables(sections: Sequence[Section]) -> Iterator[tuple[str, int] | None]:
    """The number of each section that is a table, before its title, on the line above or among what stands on the
    lines right below (`部门：某局 表05 单位：万元`); None where there is none."""
    before: Sequence[Block] = ()
    for section in sections:
        above = [block.text for block in before[-2:] if isinstance(block, Line) and not is_page_number(block.text)]
        below = [one for block in section.blocks[:2] if isinstance(block, Line) for one in block.text.split()]
        beside = filter(None, map(table_number, [*reversed(above), *below]))
        number = number_before(section.title) or next(beside, None)
        digits = re.search(r"\d{1,2}(?![-－\d])", number or "")
        yield (number, int(digits[0])) if section.kind == "table" and number and digits else None
        before = section.blocks


def _finding(document: Document, place: Line | Cell, title: str, words: str) -> Finding:
    message = f"{printed_title(title)}: {words}"
    return document.note(place, message)


def headings_that_differ(document: Document, sections: Sequence[Section], stated: DocumentFact) -> Iterator[Finding]:
    """A finding for each heading, entry of the contents, line of the cover or note on an empty table that names another
    body than most of them and of the tables do, one much like it, and for each entry that names another year than the
    disclosure's.

    A body that differs by one character is a misprint, and told as one (`extract.misprints`). Where most entries name
    another year nothing is said but of years that lack a digit.
    """
    held = [one for section in sections for one in _headings(section)]
    named: list[tuple[Line | Cell, str]] = [*bodies_of_headings(sections), *_bodies_of_cover(sections, stated.title)]
    named += [(place, found["body"]) for place, text in _notes(sections) if (found := _BODY_OF_NOTE.match(text))]
    count = Counter([*(name for one in sections for _, name in bodies_over(one)), *(name for _, name in named)])
    most = count.most_common(1)
    for place, name in named:
        if (
            most
            and is_another(name, most[0][0])
            and not is_slip(most[0][0], name)
            and (count[name] == 1 or not leaves_out(name, most[0][0]))
        ):
            words = said("body_in_heading", body=name, own=most[0][0])
            yield document.note(place, f"headings: {words}")
    entries = [(place, int(found["year"]), of) for place, text, of in held for found in _ENTRY_YEAR.finditer(text)]
    whole = [year for _, year, _ in entries if year >= _LEAST]
    is_borne = stated.year is not None and 2 * whole.count(stated.year) >= len(whole)
    for place, year, of in entries if stated.year is not None else ():
        if year != stated.year and (is_borne or year < _LEAST):
            words = said("year_over_table", year=year, own=stated.year)
            yield document.note(place, f"{of}: {words}")


def bodies_of_headings(sections: Sequence[Section]) -> Iterator[tuple[Line, str]]:
    """The bodies that headings and entries of the contents name before a year, with where."""
    for section in sections:
        for place, text, _ in _headings(section):
            yield from ((place, found["body"]) for found in _BODY_OF_HEADING.finditer(text))


def _bodies_of_cover(sections: Sequence[Section], title: str | None) -> Iterator[tuple[Line, str]]:
    """The bodies that the cover declares (`预算主管部门：`) or has in its title, with where."""
    titled = pattern(wording("document")["title"]).fullmatch(title or "")
    lines = [line for section in sections[:1] if section.kind == "cover" for line in section.lines()]
    for line in lines:
        yield from (
            (line, found["agency"]) for found in pattern(wording("document")["agency"]).finditer(tight(line.text))
        )
    if titled and len(titled["agency"]) >= _LEAST_NAME and lines:
        yield lines[0], titled["agency"]


def is_another(name: str, own: str) -> bool:
    """Whether a name is not a body's own, nor its own cut short or made longer, but much like it."""
    return name not in own and own not in name and SequenceMatcher(None, name, own, autojunk=False).ratio() >= _ALIKE


def _notes(sections: Sequence[Section]) -> Iterator[tuple[Line | Cell, str]]:
    """What is printed in the place of the rows of tables."""
    for section in sections:
        for block in section.blocks if section.kind == "table" else ():
            places = [block] if isinstance(block, Line) else block.cells
            yield from ((place, tight(place.text)) for place in places)


def _headings(section: Section) -> Iterator[tuple[Line, str, str]]:
    """The heading of a section as one text, and the entries of the contents, with the next line where they go on; each
    with its title, 目录 for all entries."""
    if section.heading and section.kind in ("section", "part"):
        yield section.heading[0], tight(section.title), printed_title(section.title)
    lines = [line for line in section.lines() if tight(line.text)] if section.kind == "contents" else []
    for line, after in zip_longest(lines, lines[1:]):
        goes_on = after is not None and not _NUMBERED.match(tight(after.text))
        if _NUMBERED.match(tight(line.text)):
            yield line, tight(line.text) + (tight(after.text) if goes_on else ""), "目录"


def bodies_over(section: Section) -> Iterator[tuple[Line | Cell, str]]:
    """The bodies declared over the tables of a section (`编制部门：`), with where."""
    for place in _places(section):
        for match in pattern(wording("document")["agency"]).finditer(tight(place.text)):
            if section.kind == "table" and match["level"]:
                yield place, match["agency"]


def _years(section: Section) -> Iterator[tuple[Line | Cell, int]]:
    """The year in the heading of a section, before or behind the title of a table or alone on a line under it
    (`(2025年)`), or bare beside the body and the unit of money (`部门：某局 2024年度 金额单位：万元`)."""
    of_section = section.kind == "section"
    printed = printed_title(section.title)
    of_table = _YEAR_FIRST.match(printed) or _YEAR_BEHIND.search(printed)
    title = _YEAR_OF_SECTION.match(section.title) if of_section else of_table
    if title and section.heading:
        yield section.heading[0], int(title["year"])
    under = [] if of_section else list(_places(section))[:_HEAD]
    beside = {place.row for place in under if isinstance(place, Cell) and re.match(_BESIDE_YEAR, tight(place.text))}
    for place in under:
        text = tight(place.text)
        match = _YEAR_ALONE.fullmatch(text) or _YEAR_IN_HEAD.fullmatch(text)
        if not match and (isinstance(place, Line) or place.row in beside):
            match = _BARE_YEAR.fullmatch(text)
        if match:
            yield place, int(match["year"])


def _places(section: Section) -> Iterator[Line | Cell]:
    for block in section.blocks:
        if isinstance(block, Table):
            yield from (cell for cell in block.cells if cell.row < _HEAD and tight(cell.text))
        else:
            yield block
