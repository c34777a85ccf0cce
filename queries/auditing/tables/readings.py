"""What the reader found amiss in tables and over them, told in the words of the audit."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from difflib import SequenceMatcher

from kg.names import fold
from kg.places import Evidence, position
from ontology.findings import UNREAD_COLUMNS, told, understood
from queries.auditing.book import WAN, Book
from queries.auditing.compare import compared, signal
from queries.auditing.patterns import pattern, spelled
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal

_ALIKE = 0.7
_ACROSS = ("R04_columns",)  # rules on the columns of one row
_BEGINNING = 3  # characters with which a name begins: those of its place
_PAIRED = {"revenue": "expenditure", "expenditure": "revenue"}


def sums(rule: Rule, book: Book) -> Iterator[Signal]:
    """Printed figures other than what their row or the rows under them come to, told once where several sums come to
    the same.

    A table that lacks subjects of its pair (revenue, expenditure) says nothing: rows are missing, not wrong.
    """
    incomplete = _incomplete(book)
    units = {str(row["evidence"]): Decimal(str(row["unit"])) / WAN for row in book.asked("printed")}
    told = set()
    for found, at in found_in_reading(book, "failed_sum", "blank_sum"):
        one = found["title"], found["row"], found["column"], found["sum"], at
        if any(place.table in incomplete for place in at) or one in told:
            continue
        told.add(one)
        unit = units.get(at[0].iri, Decimal(1)) if at else Decimal(1)
        name = f"“{found['column']}”{'' if 'printed' in found else '空白，即'}"
        left = Side(name, Decimal(found.get("printed", 0)) * unit, at)
        right = Side(_identity(found["identity"]), Decimal(found["sum"]) * unit, at)
        yield from compared(rule, book, f"{found['title']}：{found['row']}", left, right, Decimal(0))


def counts(rule: Rule, book: Book) -> Iterator[Signal]:
    """Totals of counts, of staff or posts, that are not the sum of the rows of the units."""
    for found, at in found_in_reading(book, "failed_count"):
        left, right = Side("合计", Decimal(found["printed"]), at), Side("各行之和", Decimal(found["sum"]), at)
        yield from compared(rule, book, found["label"], left, right, Decimal(0))


def _identity(words: str) -> str:
    """What a figure is compared with: by the names of its parts where its form spells them out."""
    by_form: str = spelled("identity")["a form"]
    return by_form if re.search(r"[\\\[\]?*^|]", words) else told(words, "zh")


def rows(rule: Rule, book: Book) -> Iterator[Signal]:
    """Rows of tables without columns (flattened text) whose figures fit in no columns, with those above or below."""
    for found, at in found_in_reading(book, "row_fails_by", "row_fails", "sum_fails_by", "sum_fails"):
        left, right = found["row"], found.get("parts", "各栏")
        if "sum" in found:
            printed, due = (Decimal(found[name]) for name in ("printed", "sum"))
            left, right = f"{left}（{printed:,}）", f"{right}（合计{due:,}，相差{abs(printed - due):,}）"
        yield signal(rule, book, found["title"], Side(left, None, at), Side(right))


def misplaced(rule: Rule, book: Book) -> Iterator[Signal]:
    """Codes that do not fit where they stand: under another class, out of order."""
    for found, at in found_in_reading(book, "misplaced_code", "unknown_code"):
        yield signal(rule, book, found["title"], Side(found["code"], None, at), Side(""))


def short_codes(rule: Rule, book: Book) -> Iterator[Signal]:
    """Codes whose 款 or 项 has lost its zero (`301 2`), where others of the same kind (economic, functional) keep it;
    one signal for all of a table."""
    printed = {str(row["code"]) for row in book.asked("subject_names")}
    told: dict[str, list[tuple[dict[str, str], tuple[Evidence, ...]]]] = {}
    for found, at in found_in_reading(book, "mended_code"):
        told.setdefault(found["title"], []).append((found, at))
    short = {found["code"] for some in told.values() for found, _ in some}
    for title, some in told.items():
        kinds = {found["code"][0] for found, _ in some}
        if any(code[0] in kinds and "0" in code[3::2] for code in printed - short):
            at = tuple(place for _, places in some for place in places)
            right = Side("、".join(found["code"] for found, _ in some))
            yield signal(rule, book, title, Side("、".join(found["words"] for found, _ in some), None, at), right)


def twice(rule: Rule, book: Book) -> Iterator[Signal]:
    """Rows of a table that are printed twice with the same figures."""
    for found, at in found_in_reading(book, "row_twice"):
        yield signal(rule, book, found["title"], Side(found["row"], None, at), Side(""))


def bodies(rule: Rule, book: Book) -> Iterator[Signal]:
    """Bodies over tables and in headings that are much like the body of the disclosure, as it is called there or
    elsewhere, and not it. A name cut short at the edge of its cell is no other name, nor is that of a subordinate."""
    for found, at in found_in_reading(book, "body_over_table", "body_in_heading"):
        for own in dict.fromkeys((book.body, found.get("most", book.body))):
            if _is_like(fold(found["body"]), fold(own)):
                yield signal(rule, book, "", Side(found["body"], None, at), Side(own))
                break


def unprepared(rule: Rule, book: Book) -> Iterator[Signal]:
    """Tables whose line 编制部门 is empty."""
    for found, at in found_in_reading(book, "no_body_over_table"):
        yield signal(rule, book, "", Side(found["title"], None, at), Side(book.body))


def _is_like(name: str, own: str) -> bool:
    """Whether a name is much like another one, begins as it does, but for a place before it, and is no part of it nor
    the other way about."""
    before = name[: max(name.find(own[:_BEGINNING]), 0)]
    name = name.removeprefix(before if pattern("of_place").search(before) else "")
    alike = name[0] == own[:1] and SequenceMatcher(None, name, own).ratio() >= _ALIKE
    return alike and own not in name and not own.startswith(name)


def years(rule: Rule, book: Book) -> Iterator[Signal]:
    """Years in titles of tables, heads of forms, headings and entries of the contents that are not the fiscal year, one
    signal a place: what is told of a heading by its own title is not told again as of the contents."""
    wrong = [one for one in found_in_reading(book, "year_over_table") if int(one[0]["year"]) != book.year]
    own = {(found["year"], at) for found, at in wrong if found["title"] != "目录"}
    for found, at in wrong if book.year is not None else ():
        if found["title"] != "目录" or not at or (found["year"], at) not in own:
            yield signal(rule, book, found["title"], Side(found["year"], None, at), Side(str(book.year)))


def misprints(rule: Rule, book: Book) -> Iterator[Signal]:
    """Names that the document has elsewhere, printed with a slip; each spelling once, with all its places."""
    at: dict[tuple[str, str], list[Evidence]] = {}
    for found, places in found_in_reading(book, "misprint"):
        at.setdefault((found["wrong"], found["right"]), []).extend(places)
    for (wrong, right), some in sorted(at.items()):
        yield signal(rule, book, "", Side(wrong, None, tuple(sorted(some, key=position))), Side(right))


def misnamed_rows(rule: Rule, book: Book) -> Iterator[Signal]:
    """Rows whose name is not that of their code, those without figures too."""
    for found, at in found_in_reading(book, "misnamed_row"):
        yield signal(rule, book, found["code"], Side(found["name"], None, at), Side(found["right"]))


def found_in_reading(book: Book, *kinds: str) -> Iterator[tuple[dict[str, str], tuple[Evidence, ...]]]:
    """What the findings of the reader of these kinds say, with their places."""
    for row in book.asked("findings"):
        found = understood(str(row["message"]), *kinds)
        if found:
            yield found, book.evidence(row["evidence"])


def apart_from_unread(signals: Iterable[Signal], book: Book) -> Iterator[Signal]:
    """The signals without those that hold the columns of a row against one another where the reader did not understand
    some of the table's columns, or could not tell them apart."""
    unread = {(place.file, place.table) for _, at in found_in_reading(book, *UNREAD_COLUMNS) for place in at}
    for one in signals:
        if not (one.rule in _ACROSS and any((place.file, place.table) in unread for place in one.left.places)):
            yield one


def _incomplete(book: Book) -> set[str | None]:
    """The titles of the tables of revenue or expenditure that lack classes which the other one has; one of bodies alone
    lacks none."""
    codes: dict[str, set[str]] = {view: set() for view in _PAIRED}
    titles: dict[str, set[str | None]] = {view: set() for view in _PAIRED}
    for row in book.asked("totals"):
        view = str(row["view"])
        if view in _PAIRED:
            codes[view] |= {str(row["code"])} if row["code"] else set()
            titles[view] |= {place.table for place in book.evidence(row["evidence"])}
    lacking = [view for view, other in _PAIRED.items() if codes[view] and codes[other] - codes[view]]
    return {title for view in lacking for title in titles[view]}


def titles(rule: Rule, book: Book) -> Iterator[Signal]:
    """Titles with a slip or of the other phase, over tables and in the contents, where another rule does not hold them
    against the tables; titles of two tables."""
    against = {found["entry"] for found, _ in found_in_reading(book, "listed_title")}
    for found, at in found_in_reading(book, "misnamed_title"):
        yield signal(rule, book, "", Side(found["title"], None, at), Side(f"应为“{found['right']}”"))
    for found, at in found_in_reading(book, "title_over_two"):
        yield signal(rule, book, "", Side(found["title"], None, at), Side("两张表同一标题"))
    misnamed = [one for one in found_in_reading(book, "misnamed_entry") if one[0]["title"] not in against]
    for found, at in misnamed:
        yield signal(rule, book, "", Side(found["title"], None, at), Side(f"目录所列，应为“{found['right']}”"))
    twice: dict[str, list[Evidence]] = {}
    for found, at in found_in_reading(book, "entry_twice"):
        twice.setdefault(found["title"], []).extend(at)
    for title, some in twice.items():
        yield signal(rule, book, "", Side(title, None, tuple(some)), Side("目录中两次列出"))


def table_numbers(rule: Rule, book: Book) -> Iterator[Signal]:
    """Numbers that stand over two tables."""
    for found, at in found_in_reading(book, "table_number_twice"):
        yield signal(rule, book, found["number"], Side(found["one"], None, at), Side(found["other"]))


def cited_titles(rule: Rule, book: Book) -> Iterator[Signal]:
    """Notes that call a table empty, and headings of sections on a table, by a title that no table has."""
    for found, at in found_in_reading(book, "cited_title"):
        yield signal(rule, book, "", Side(found["title"], None, at), Side(found["right"]))


def unheaded_entries(rule: Rule, book: Book) -> Iterator[Signal]:
    """Parts and sections that the contents list and the text does not head so."""
    for found, at in found_in_reading(book, "entry_not_headed"):
        yield signal(rule, book, "", Side(found["entry"], None, at), Side("正文没有这一标题"))


def unlisted_headings(rule: Rule, book: Book) -> Iterator[Signal]:
    """Sections that the contents do not list, all in one signal."""
    told = [(found["heading"], at) for found, at in found_in_reading(book, "heading_not_listed")]
    if told:
        at = tuple(place for _, places in told for place in places)
        yield signal(rule, book, "", Side("、".join(f"“{heading}”" for heading, _ in told), None, at), Side("目录"))
