"""The disclosure itself: whose it is, for which year and phase, and when it was published."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from extract.document import Document, Line, Table
from extract.narrative.stated_figures import by_name, figures
from extract.narrative.table_heads import bodies_of_headings, is_another
from extract.narrative.wording import pattern, wording
from extract.outline import Section
from ontology.divisions import division_of
from ontology.facts import DocumentFact, Finding
from ontology.findings import said
from ontology.text import tight

_YEAR = re.compile(r"(20\d\d)年")
_COVER_LINES = 5
_CLOSING_LINES = 5
_HEADED = 2  # headings that name one body, from which they outweigh the cover
_BEGINNING = 3  # characters with which a name begins: those of its place
_OFTEN = 5  # times that headings and set phrases name a year, and to each of the cover's, from which they outweigh it
_SURE = 3  # headings that name one year, from which they outweigh the cover
_BODY = re.compile(r"[\u4e00-\u9fff（）()“”]{4,40}")

Level = Literal["部门", "单位"]
Phase = Literal["预算", "决算"]


def document_fact(document: Document, sections: tuple[Section, ...]) -> DocumentFact:
    """What the document says of itself; None for what it does not.

    The body is the one most often named as 编制部门 or 编制单位, else the cover's, else the one that signs at the end;
    where the tables name a body of another place than the cover does, they are another's and the cover's holds. A name
    of the cover that stands nowhere else yields to one much like it in two headings. A place that only some prints have
    before the name is the body's.
    The year is the cover's, else the one most headings name, else the file's name's: then the fact is `derived`. Where
    all headings with a year, three at least, have one that neither cover nor file's name has, it is theirs; so it is
    where headings and set phrases together, five at least, name it five times as often as the cover's.
    `published` is the date that closes the document, ISO.
    """
    cover = _cover(sections)
    agency, level = _agency(document, sections, cover["agency"] if cover else "")
    place = division_of(agency) if agency else None
    first = next(iter(document.blocks), None)
    title = _title(sections)
    printed = list(figures(document, sections))
    year, named = _year(document, sections, cover), None if title else _only_year(document.file)
    return DocumentFact(
        source=document.source(first or Line(""), text=title),
        grade="stated" if year or not named else "derived",
        how=None if year or not named else "年度取自文件名",
        title=title,
        agency=agency,
        year=year or named,
        phase=_phase(sections, cover),
        level=level or _level(sections, cover),
        division=place[0].name if place else None,
        published=_published(document),
        unit=_unit(document),
        staff=by_name(printed, "staff"),
        procurement=by_name(printed, "procurement"),
        assets=by_name(printed, "assets"),
        made=_made(sections),
    )


def _title(sections: tuple[Section, ...]) -> str | None:
    """The cover's lines that make up a title, joined, without white space and without a number of the file over it."""
    besides = _calling_it_invented(sections)
    lines = [tight(line.text) for line in _first_lines(sections) if line not in besides]
    lines = [line for line in lines if not pattern(wording("document")["over_title"]).fullmatch(line)][:_COVER_LINES]
    for size in range(len(lines), 0, -1):
        title = "".join(lines[:size])
        if pattern(wording("document")["title"]).fullmatch(title):
            return title
    return None


def invented(document: Document, sections: tuple[Section, ...]) -> Iterator[Finding]:
    """A finding where the cover calls what is disclosed invented: no body published it."""
    for line in _calling_it_invented(sections):
        message = said("invented", words=tight(line.text))
        yield Finding(source=document.source(line), severity="warning", message=message)


def _made(sections: tuple[Section, ...]) -> str | None:
    return next((tight(line.text) for line in _calling_it_invented(sections)), None)


def _calling_it_invented(sections: tuple[Section, ...]) -> list[Line]:
    """The line on the cover that calls what is disclosed invented, if there is one."""
    called = pattern(wording("document")["made"])
    return [line for line in _first_lines(sections)[: 2 * _COVER_LINES] if called.fullmatch(tight(line.text))][:1]


def _first_lines(sections: tuple[Section, ...]) -> list[Line]:
    """What stands before the first heading, else this heading: a title may be worded like one."""
    cover = [line for section in sections[:1] for line in section.lines()]
    return cover or [line for section in sections[1:2] for line in section.heading]


def _cover(sections: tuple[Section, ...]) -> re.Match[str] | None:
    title = _title(sections)
    return pattern(wording("document")["title"]).fullmatch(title) if title else None


def _agency(document: Document, sections: tuple[Section, ...], titled: str) -> tuple[str | None, Level | None]:
    """The body, and whether the tables call it 部门 or 单位; `titled` is what the title of the cover calls it."""
    prepared, level = _prepared_by(document)
    if titled and prepared and _elsewhere(prepared, titled):
        prepared, level = None, None
    name = prepared or _headed(document, sections, titled) or titled or _signature(document)
    named = [titled, *(match["agency"] for match in _preparing(document))]
    return (next(_with_place(name, named), name) if name else None), level


def _headed(document: Document, sections: tuple[Section, ...], titled: str) -> str | None:
    """The body in headings where what the title of the cover calls it is much like it and stands nowhere else."""
    most = Counter(name for _, name in bodies_of_headings(sections)).most_common(1)
    cover = "".join(tight(line.text) for line in _first_lines(sections)).count(titled)
    alone = bool(titled) and "".join(_texts(document)).count(titled) == cover
    sure = alone and bool(most) and most[0][1] >= _HEADED
    return most[0][0] if sure and is_another(most[0][0], titled) else None


def _with_place(name: str, others: Iterable[str]) -> Iterator[str]:
    """A name with the place that others have before its beginning: 上海市 before 普陀区某局."""
    for other in others if division_of(name) is None else ():
        at = other.find(name[:_BEGINNING])
        if at > 0 and division_of(other):
            yield other[:at] + name


def _prepared_by(document: Document) -> tuple[str | None, Level | None]:
    """The body that prepared the tables and whether as 部门 or 单位, each as most often printed."""
    matches = list(_preparing(document))
    agencies = Counter(match["agency"] for match in matches)
    levels = Counter(match["level"] for match in matches if match["level"])
    return _most_common(agencies), _as_level(_most_common(levels))


def _preparing(document: Document) -> Iterator[re.Match[str]]:
    return (match for text in _texts(document) for match in pattern(wording("document")["agency"]).finditer(text))


def _elsewhere(body: str, other: str) -> bool:
    """Whether both names begin with a place, and not with the same."""
    place, its = division_of(body), division_of(other)
    return place is not None and its is not None and place[0] != its[0]


def _signature(document: Document) -> str | None:
    """The body whose name stands alone just before the closing date, or as the last line."""
    lines = [tight(line.text) for line in document.lines()][-_CLOSING_LINES:]
    while lines and pattern(wording("document")["date"]).fullmatch(lines[-1]):
        lines.pop()
    return lines[-1] if lines and _BODY.fullmatch(lines[-1]) and division_of(lines[-1]) else None


def _published(document: Document) -> str | None:
    """The date that stands alone on one of the last lines, None where it is no day of the calendar."""
    for line in reversed([tight(line.text) for line in document.lines()][-_CLOSING_LINES:]):
        match = pattern(wording("document")["date"]).fullmatch(line)
        if match:
            return _iso(int(match["year"]), int(match["month"]), int(match["day"]))
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _year(document: Document, sections: tuple[Section, ...], cover: re.Match[str] | None) -> int | None:
    printed = (cover["year"] or cover["late_year"]) if cover else None
    titles = (section.title for section in sections if section.kind != "contents")
    headed = Counter(match[1] for title in titles for match in _YEAR.finditer(title))
    agreed = len(headed) == 1 and headed.total() >= _SURE
    filed = printed if str(_only_year(document.file)) == printed else None
    year = filed or (_most_common(headed) if agreed else _outweighing(document, headed, printed))
    year = year or printed or _most_common(headed)
    return int(year) if year else None


def _outweighing(document: Document, headed: Counter[str], printed: str | None) -> str | None:
    """The year that headings and set phrases say so often that the printed one is a slip beside it."""
    if printed is None:
        return None
    said = headed + Counter(pattern(wording("document")["of_year"]).findall(_running(document)))
    year, times = said.most_common(1)[0] if said else ("", 0)
    return year if times >= _OFTEN and times >= _OFTEN * said[printed] else None


def _running(document: Document) -> str:
    return "".join(tight(line.text) for line in document.lines())


def _only_year(words: str) -> int | None:
    """The year in a file's name, None where it names none or several."""
    years = {int(year) for year in _YEAR.findall(words)}
    return years.pop() if len(years) == 1 else None


def _phase(sections: tuple[Section, ...], cover: re.Match[str] | None) -> Phase | None:
    titles = [cover["phase"]] if cover else [section.title for section in sections]
    if any("决算" in title for title in titles):
        return "决算"
    return "预算" if any("预算" in title for title in titles) else None


def _level(sections: tuple[Section, ...], cover: re.Match[str] | None) -> Level | None:
    """As the cover and the tables' titles say (部门收支总体情况表)."""
    titles = (section.title for section in sections if section.kind == "table")
    words = Counter(word for title in titles for word in re.findall("部门|单位", title))
    return _as_level(_most_common(words) or (cover["level"] if cover else None))


def _as_level(word: str | None) -> Level | None:
    return "部门" if word == "部门" else "单位" if word == "单位" else None


def _unit(document: Document) -> str | None:
    """The unit of money most often declared."""
    found = (match for text in _texts(document) for match in pattern(wording("document")["unit"]).finditer(text))
    return _most_common(Counter(match["unit"] for match in found))


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (tight(cell.text) for cell in block.cells)
        else:
            yield tight(block.text)


def _most_common(words: Counter[str]) -> str | None:
    """The word counted most often, the first printed of those that tie."""
    return words.most_common(1)[0][0] if words else None
