"""Year-on-year sentences of the running text: what grew or shrank, by how much, why."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from extract.document import Document
from extract.narrative.comparisons import Comparison, Unread, comparisons, with_own_budget
from extract.narrative.running_text import RunningText, running_text
from extract.narrative.wording import NUMBERING, one_of, pattern, wording
from extract.outline import Section
from ontology.facts import ChangeFact, DocumentFact, Finding
from ontology.findings import said

_RUNNING = ("part", "section", "subsection")
_HEADING = re.compile(rf"第[一二三四五]部分|{NUMBERING}")
_OPENING = re.compile(rf"{_HEADING.pattern}|其中[：:，,]|[“\"][^“”\"。；;]{{2,20}}[（(]类[)）]")
_UNREAD_TAIL = re.compile(r"[^。；;]*?(?:原因|[%％]|百分点)")
_TRAILING = re.compile(r"(?:[。；;，,“]|(?:其中|包括|具体情况如下)[：:])+$")


def changes(
    document: Document, sections: tuple[Section, ...], stated: DocumentFact | None = None
) -> Iterator[ChangeFact | Finding]:
    """One fact a comparison with the year before, in printed order, in all running text; `stated` tells the year of
    final accounts, the comparison of which with its own budget is none.

    `direction` is the printed word, `delta` and `percent` are the printed figures and never negative by it; `reason`
    goes without its final 。 or ；. A further comparison of the same amount has `against`. A blank left in the
    template, or words that contradict each other, is a finding beside the fact; statements that are known and no facts
    of ours are counted in one finding a section.
    """
    spent_in = stated.year if stated and stated.phase == "决算" else None
    for section in sections:
        if section.kind in _RUNNING:
            text = running_text(section.lines(), headings_stop=True)
            yield from _in_section(document, section, text, spent_in)
            yield from _beside(document, section, text)


def _in_section(
    document: Document, section: Section, text: RunningText, spent_in: int | None
) -> Iterator[ChangeFact | Finding]:
    starts = frozenset(text.starts)
    read = list(comparisons(text.text, starts, three_public=section.key == "three_public", spent_in=spent_in))
    found = [comparison for comparison in read if isinstance(comparison, Comparison)]
    starts_of_next = [comparison.start for comparison in found[1:]] + [len(text.text)]
    read_to = 0
    for number, comparison in enumerate(found):
        yield from _not_read(document, section, text, (read_to, comparison.start), spent_in)
        final = _last_of_same(found, number)
        end_of_sentence = _end_of_sentence(text, found[final].end, starts_of_next[final])
        yield from _facts(document, section, text, comparison, found[final].end, end_of_sentence)
        explained = _reason(text.text[found[final].end : end_of_sentence]) is not None
        read_to = end_of_sentence if explained else found[final].end
    yield from _not_read(document, section, text, (read_to, len(text.text)), spent_in)
    for unread in read:
        if isinstance(unread, Unread):
            message = f"{section.label}: {said('change_inside_reason')}"
            yield Finding(source=text.source(document, unread.start, unread.end), severity="info", message=message)


def _last_of_same(found: list[Comparison], number: int) -> int:
    """The last of the comparisons of one amount, the reason of which comes after all: A，比上年预算…，比上年执行数…."""
    while number + 1 < len(found) and found[number + 1].against is not None:
        number += 1
    return number


def _not_read(
    document: Document, section: Section, text: RunningText, between: tuple[int, int], spent_in: int | None
) -> Iterator[Finding]:
    """The comparisons with figures between what is read, which are worded in no way that is known."""
    for match in _compared().finditer(text.text, *between):
        if with_own_budget(match[0], spent_in):
            continue
        message = f"{section.label}: {said('change_unread')}"
        yield Finding(source=text.source(document, *match.span()), severity="warning", message=message)


@cache
def _compared() -> re.Pattern[str]:
    words = wording("changes")
    moved = one_of(words["up"] + words["down"])
    before = [*words["compared"], "(?:上年|(?<=元[，,])20\\d\\d年)度?(?:预算|决算)?数?为?{amount}{unit}[，,、]"]
    return pattern(f"{one_of(before)}[^。；;]{{0,30}}?{moved}[^。；;]{{0,12}}?{{amount}}(?:{{unit}}|[%％])")


def _beside(document: Document, section: Section, text: RunningText) -> Iterator[Finding]:
    """How many statements of a section are known and no facts of ours."""
    for kind, words in wording("changes")["beside"].items():
        found = list(pattern(words).finditer(text.text))
        if found:
            source = text.source(document, *found[0].span())
            message = f"{section.label}: {said('no_fact', what=said(kind), count=len(found))}"
            yield Finding(source=source, severity="info", message=message)


def _facts(
    document: Document, section: Section, text: RunningText, comparison: Comparison, after: int, end: int
) -> Iterator[ChangeFact | Finding]:
    """The comparison, whose reason, if any, is printed from `after` to `end`."""
    source = text.source(document, comparison.start, end)
    reason = _reason(text.text[after:end])
    if reason is None:
        reason = _reason_apart(text, comparison)
    yield ChangeFact(
        source=source,
        section=section.label,
        subject=comparison.subject,
        code_path=comparison.path,
        amount=comparison.amount,
        unit=comparison.unit,
        share=comparison.share,
        direction=comparison.direction,
        delta=comparison.delta,
        percent=comparison.percent,
        reason=reason or None,
        against=comparison.against,
    )
    doubts = [*comparison.doubts]
    if reason == "":
        doubts.append(said("blank_reason"))
    if reason is None and _UNREAD_TAIL.match(text.text, after, end):
        doubts.append(said("unread_end"))
    for doubt in doubts:
        message = f"{section.label}: {comparison.subject}: {doubt}"
        yield Finding(source=source, severity="warning", message=message)


def _reason(tail: str) -> str | None:
    """The words after 主要原因是, None where the sentence gives no reason, empty where it leaves it blank."""
    match = _reason_lead().match(tail)
    return _TRAILING.sub("", tail[match.end() :]) if match else None


def _reason_apart(text: RunningText, comparison: Comparison) -> str | None:
    """The reason that a later sentence of its own gives for subjects that moved the same way."""
    for match, each in _apart(text, comparison.end, len(text.text)):
        if match["direction"] == comparison.direction and re.fullmatch(each, comparison.subject):
            return str(match["reason"])
    return None


def _apart(text: RunningText, start: int, end: int) -> Iterator[tuple[re.Match[str], str]]:
    """The sentences of their own that give a reason for subjects told before, and which subjects these are."""
    for match in _sentence_apart().finditer(text.text, start, end):
        named = (each for together, each in _told_apart().items() if re.fullmatch(together, match["subjects"]))
        yield from ((match, each) for each in named)


@cache
def _sentence_apart() -> re.Pattern[str]:
    words = wording("changes")
    moved = one_of([*words["up"], *words["down"], *words["unchanged"]])
    sentence = words["apart"]["sentence"].replace("{direction}", moved)
    return re.compile(sentence.replace("{next}", words["after_reason"]))


@cache
def _told_apart() -> Mapping[str, str]:
    """How such a sentence names its subjects, and how a comparison names each of them."""
    words = wording("changes")
    lines = {line + words["after_item"]: line + words["after_item"] for line in words["three_public"].values()}
    return {**words["apart"]["subjects"], **lines}


def _end_of_sentence(text: RunningText, start: int, end: int) -> int:
    """Where the sentence with its reason ends, `end` at the latest: before 某预算未安排。, 与年初预算相比，, a numbered
    line, 其中：, the reason of another subject, or a line that begins what follows whether a full stop stands before it
    or not.

    A reason may hold several full stops, so the next sentence is known by what it is, not by the stop before it. A
    reason that is itself a numbered list runs on.
    """
    following = (form.search(text.text, start, end) for form in (_not_planned(), _beyond_reason()))
    stops = [match.start() for match in following if match]
    stops += [match.start() for match, _ in _apart(text, start, end)]
    listed = _HEADING.match(_reason(text.text[start:end]) or "")
    for line in (line for line in text.starts if start < line < end):
        opens = not listed and text.text[line - 1] in "。；;：:" and _OPENING.match(text.text, line)
        if opens or _next().match(text.text, line):
            stops.append(line)
    return min((*stops, end))


@cache
def _next() -> re.Pattern[str]:
    return re.compile(wording("changes")["after_reason"])


@cache
def _beyond_reason() -> re.Pattern[str]:
    return pattern(wording("changes")["beyond_reason"])


@cache
def _reason_lead() -> re.Pattern[str]:
    return re.compile("[，,。；;]?的?" + one_of(wording("changes")["reason"]))


@cache
def _not_planned() -> re.Pattern[str]:
    return re.compile(wording("absences")["not_planned"])
