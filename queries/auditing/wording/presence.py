"""What a disclosure must have and what it calls itself: sections, empty tables, vehicles, 部门 or 单位."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby, pairwise

from kg.places import Evidence
from ontology.numbering import slips
from queries.auditing.book import WAN, Book
from queries.auditing.compare import signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import full_width, numeral, pattern, priced, spelled, tight, yuan
from queries.auditing.performance.forms import forms, is_cost
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.readings import found_in_reading

_Numbered = tuple[Passage, re.Match[str]]
_MOST_TABLES = 5  # tables with figures that a disclosure of tables has


def sections(rule: Rule, book: Book) -> Iterator[Signal]:
    """Matters that must be explained (operating costs, procurement, assets, performance) and are not, since 2019.

    地方预决算公开操作规程（财预〔2016〕143号） names them. A document that lacks half of them is of another kind, or
    was not read.
    """
    held, phase = passages(book), "executed" if book.executed else "initial"
    wanted = {**spelled("mandated"), **spelled(f"mandated_{phase}")}
    if pattern("institution").search(book.body):
        wanted.pop(spelled("operating"))
    told = [one.section if pattern("definitions").search(one.section) else _whole(one) for one in held]
    missing = [name for name, words in wanted.items() if not any(re.search(words, one) for one in told)]
    explained = any(pattern(f"explained_{phase}").search(one.section) for one in held)
    if explained and (book.year or 0) >= spelled("mandated_since") and 2 * len(missing) < len(wanted):
        at = book.evidence(held[-1].at[0]) if held[-1].at else ()
        for name in missing:
            yield signal(rule, book, name, Side("没有说明", None, at), Side(""))


def evaluations(rule: Rule, book: Book) -> Iterator[Signal]:
    """Final accounts that explain performance management, and print no self-evaluation and no word on what one found.

    项目支出绩效评价管理办法（财预〔2020〕10号）: the results of self-evaluations and evaluations are published.
    """
    since = book.executed and (book.year or 0) >= spelled("mandated_since") and not book.asked("self_evaluations")
    held = [one for one in passages(book) if not pattern("definitions").search(one.section)] if since else []
    managed = [one for one in held if pattern("performance_managed").search(_whole(one))]
    if managed and not any(pattern("evaluated").search(_whole(one)) for one in held):
        yield signal(rule, book, "", Side("没有说明", None, book.evidence(managed[0].at[0])), Side(""))


def procurement_details(rule: Rule, book: Book) -> Iterator[Signal]:
    """Procurement not divided into goods, works and services; in final accounts, without what small firms got."""
    stated = priced("procurement_total")
    held = [one for one in passages(book) if "采购" in one.section]
    for passage in held:
        found = stated.search(passage.text)
        asked = ["procurement_parts", "procurement_small"] if book.executed else ["procurement_parts"]
        missing = [name for name in asked if not pattern(name).search("".join(one.text for one in held))]
        for name in missing if found and yuan(found) else ():
            left = Side("政府采购", yuan(found) / WAN, book.evidence(passage.place_of(found)))  # type: ignore[arg-type]
            yield signal(rule, book, spelled("procurement_details")[name], left, Side("没有说明"))


def numbered(rule: Rule, book: Book) -> Iterator[Signal]:
    """Sections whose numbers leave one out: `三、` and then `五、`, or explanations that begin with `二、`, but for
    those behind the parts of one (`（五）`): a heading over parts alone has no text.
    """
    for before, passage in pairwise(one for one in passages(book) if one.at):
        earlier, number = _number(before), _number(passage)
        first = earlier == 1 or before.section == passage.section or pattern("part_of_section").match(before.section)
        second = number == 2 and not first and passage.section.endswith("说明")
        if second or (number is not None and earlier is not None and number == earlier + 2):
            at = book.evidence(before.at[-1]), book.evidence(passage.at[0])
            left, right = (Side(one.section, None, place) for one, place in zip((before, passage), at, strict=True))
            yield signal(rule, book, "", left, right)


def _number(passage: Passage) -> int | None:
    found = pattern("heading_number").search(passage.section)
    return numeral(found["number"]) if found else None


def misnumbered(rule: Rule, book: Book) -> Iterator[Signal]:
    """Sections and entries of the contents whose number is not the one between those of its neighbours (`六、`, `二、`,
    `八、`) or is that of the one before."""
    held = _numbered(book)
    within = groupby(held, key=lambda one: one[1]["mark"])
    for some in (*_runs(held), *(list(run) for mark, run in within if mark)):
        for at in slips([numeral(found["number"]) or 0 for _, found in some]):
            left, right = (Side(one.section, None, book.evidence(one.at[0])) for one in (some[at][0], some[at - 1][0]))
            yield signal(rule, book, "", left, right)
    for found, places in found_in_reading(book, "entry_misnumbered"):
        yield signal(rule, book, "", Side(f"目录“{found['entry']}”", None, places), Side(found["before"]))


def _runs(held: list[_Numbered]) -> list[list[_Numbered]]:
    """The sections of the first level, from one to the next explanation behind parts (`（一）`) of one: a heading over
    parts alone has no text, and may have been the first of explanations."""
    runs: list[list[_Numbered]] = [[]]
    within = ""
    for one in held:
        section, mark = one[0].section, one[1]["mark"]
        if not mark and runs[-1]:
            begins = within and section.endswith("说明") and not runs[-1][-1][0].section.endswith("说明")
            runs += [[]] if begins else []
        runs[-1] += [] if mark else [one]
        within = mark
    return runs


def _numbered(book: Book) -> list[_Numbered]:
    """The numbered sections of the text, those under one heading once."""
    found = ((one, pattern("section_number").search(one.section)) for one in passages(book))
    return [(one, number) for one, number in found if number is not None and one.at]


def empty_tables(rule: Rule, book: Book) -> Iterator[Signal]:
    """Tables that the text calls empty but that are not printed, where other empty tables are, or where most tables
    are and those of this budget are due in any case. A note copied from the section of another table says nothing."""
    explained = [one for one in passages(book) if pattern("explanation").search(one.section)]
    start = min((_from_top(book.places[at]) for one in explained for at in one.at if at in book.places), default=None)
    rows = [row for row in book.asked("absences") if row["table"] and not row["withheld"]]
    if start is None:
        return
    printed = {row["table"] for row in rows if _from_top(book.places[str(row["evidence"])]) < start}
    held = {row["view"] for row in book.asked("printed_views")}
    held |= {found["table"] for found, _ in found_in_reading(book, "listed_unprinted", "unread_table")}
    misnamed = {found["title"] for found, _ in found_in_reading(book, "note_of_another")}
    copied = {at for _, _, places in _copied(book) for at in places.split()}
    in_any_case = _due(book)
    for row in rows:
        view = str(row["table"]).rpartition("/")[2]
        if row["title"] in misnamed or view in held or row["evidence"] in copied:
            continue  # it is there, under the note of another or with figures; or the contents tell that it is not
        due = view in in_any_case and not row["absent"]
        if (printed or due) and row["table"] not in printed and _from_top(book.places[str(row["evidence"])]) >= start:
            at = book.evidence(row["evidence"])
            yield signal(rule, book, str(row["title"]), Side("文字称为空表", None, at), Side("没有印出这张表"))


def _due(book: Book) -> set[str]:
    """The tables that a disclosure of tables prints in its year in any case and that have no title in this one."""
    most = len(book.asked("printed_views")) >= _MOST_TABLES
    due = {view for view, since in spelled("tables_due").items() if most and since <= (book.year or 0)}
    return due - {str(row["view"]) for row in book.asked("printed_titles")}


def vehicles(rule: Rule, book: Book) -> Iterator[Signal]:
    """Running costs of vehicles where there is none, and purchases of vehicles where none is planned."""
    costs = {str(row["item"]): row for row in book.asked("vehicle_costs")}
    for passage in passages(book):
        for name, form in spelled("vehicle").items():
            found = re.search(form["pattern"], passage.text) if "资产" in passage.section else None
            row = next((costs[item] for item in form["items"] if item in costs), None)
            if found and row is not None and row["amount"]:
                left = Side(str(row["item"]), Decimal(str(row["amount"])) / WAN, book.evidence(row["evidence"]))
                yield signal(rule, book, name, left, Side(found[0], None, book.evidence(passage.place_of(found))))


def levels(rule: Rule, book: Book) -> Iterator[Signal]:
    """Headings that call the body 部门 where nearly all others call it 单位, or the other way about, each; and the
    title and set phrases that have both words, once, but for a title of which that is told."""
    others = {told["heading"]: places for told, places in found_in_reading(book, "level_of_others")}
    titles = set()
    for told, places in found_in_reading(book, "level_in_heading"):
        titles.add(told["heading"])
        right = Side(told["other"], None, others.get(told["heading"], ()))
        yield signal(rule, book, "", Side(told["heading"], None, places), right, severity="warning")
    said: dict[str, tuple[str, str]] = {}
    for row in book.asked("title"):
        for found in pattern("level_of_title").finditer("" if tight(row["title"]) in titles else tight(row["title"])):
            said.setdefault(found["level"], (found[0], str(row["evidence"])))
    for passage in passages(book):
        for text, at in ((passage.section, passage.at[0]), (passage.text, "")):
            for found in pattern("level_phrase").finditer(text):
                said.setdefault(next(filter(None, found.groups())), (found[0], at or passage.place_of(found)))
    if len(said) == 2:
        left, right = (Side(words, None, book.evidence(at)) for words, at in (said["部门"], said["单位"]))
        yield signal(rule, book, "", left, right)


def copied_notes(rule: Rule, book: Book) -> Iterator[Signal]:
    """Notes of empty tables that speak of another table than the one under whose heading they stand, in the
    explanations and under the tables, and notes on what a table shows that are those of another; two that are named in
    one breath are spoken of together."""
    for heading, note, at in _copied(book):
        yield signal(rule, book, "", Side(note, None, book.evidence(at)), Side(heading))
    for found, places in found_in_reading(book, "note_of_another", "note_of_other_words"):
        words = " ".join(place.words for place in places)
        yield signal(rule, book, "", Side(tight(words), None, places), Side(found["title"]))


def _copied(book: Book) -> Iterator[tuple[str, str, str]]:
    """The notes of empty tables, as `_notes` has them, that speak of another table than the heading over them."""
    for heading, note, at in _notes(book):
        own = next((name for name in spelled("empty_notes") if name in heading), None)
        others = [name for name in spelled("empty_notes") if name in note and name != own]
        if own is not None and others and (own not in note or not pattern("together").search(note)):
            yield heading, note, at


def _notes(book: Book) -> Iterator[tuple[str, str, str]]:
    """The notes of empty tables: the heading over each, its words, where it stands."""
    told = [place for _, places in found_in_reading(book, "note_of_another") for place in places]
    held, printed = {place.iri for place in told}, {(place.page, tight(place.words)) for place in told}
    for passage in passages(book):
        held |= set(passage.at)
        for found in pattern("empty_note").finditer(passage.text):
            yield passage.section, found[0], passage.place_of(found)
    for row in book.asked("absences"):
        note = pattern("empty_note").search(full_width(tight(row["words"])))
        at = {(place.page, tight(place.words)) for place in book.evidence(row["evidence"])}
        if note and row["title"] and not row["withheld"] and str(row["evidence"]) not in held and not at & printed:
            yield str(row["title"]), note[0], str(row["evidence"])


def units(rule: Rule, book: Book) -> Iterator[Signal]:
    """Amounts of money in 万 without 元, in sentences and as values of indicators, or without any unit in sentences;
    one signal for what is missing, with all places."""
    told: dict[str, list[tuple[str, str]]] = {}
    for words, at in _bare_amounts(book):
        told.setdefault("元" if words.endswith("万") else "万元", []).append((words, at))
    for missing, some in told.items():
        places = book.evidence(" ".join(at for _, at in some))
        left = Side("、".join(dict.fromkeys(words for words, _ in some)), None, places)
        yield signal(rule, book, str(len(some)), left, Side(missing))


def _bare_amounts(book: Book) -> Iterator[tuple[str, str]]:
    """Amounts whose unit is not whole, as printed, with their places."""
    for passage in passages(book):
        for found in pattern("bare_unit").finditer(passage.text):
            yield found[0], passage.place_of(found)
    for form in forms(book):
        for row in form.indicators:
            if is_cost(row) and pattern("bare_value").fullmatch(tight(row["printed"])):
                yield f"{row['title']}{tight(row['printed'])}", str(row["at"])


def _whole(passage: Passage) -> str:
    return f"{passage.section}\n{passage.text}"


def _from_top(place: Evidence) -> tuple[int, int]:
    return place.page or 0, place.line or 0
