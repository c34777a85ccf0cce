"""Codes of subjects, functional and economic, against the names printed beside them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.names import fold
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.patterns import spelled
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.appropriations import TOTAL
from queries.auditing.tables.subjects import plain

_ITEM = 7  # digits of a 项
_FEW = 3  # other codes that are named


@dataclass(frozen=True, slots=True)
class _Classification:
    """The names of one classification: `official` by code and whether it is that of the document's year, `printed` by
    code with the number of tables and a place for each name; `in_full` the names of a code as they are printed or in
    the classification, by what they are compared by."""

    official: Mapping[str, str]
    current: bool
    printed: Mapping[str, Mapping[str, tuple[int, str]]]
    in_full: Mapping[tuple[str, str], str]

    def bearers(self, name: str) -> set[str]:
        """The codes of a name, printed and official."""
        printed = {code for code, some in self.printed.items() if name in some}
        return printed | ({code for code, one in self.official.items() if one == name} if self.current else set())


def misnamed_codes(rule: Rule, book: Book) -> Iterator[Signal]:
    """Codes that bear the name of another code in one table at least, rows of projects among them."""
    yield from _of_projects(rule, book)
    for classification in (_classification(book, economic=False), _classification(book, economic=True)):
        for code, names in sorted(classification.printed.items()):
            own = _own(classification, code)
            for name, (_, at) in sorted(names.items()):
                twin = "" if own else _twin(book, classification, code, name)
                if twin:
                    yield _told(rule, book, classification, code, name, at, twin)
                others = sorted(classification.bearers(name) - {code}) or _exchanged(classification, code, name)
                if own and name not in own and others:
                    of = f"{'、'.join(others[:_FEW])}{'等' if len(others) > _FEW else ''}"
                    yield _told(rule, book, classification, code, name, at, of)


def _told(rule: Rule, book: Book, known: _Classification, code: str, name: str, at: str, others: str) -> Signal:
    """A code with the name of others, and its own where that is known."""
    own = {"own": "、".join(known.in_full.get((code, one), one) for one in _own(known, code))}
    printed = Side(known.in_full.get((code, name), name), None, book.evidence(at))
    return signal(rule, book, code, printed, Side(others), printed=own)


def _twin(book: Book, known: _Classification, code: str, name: str) -> str:
    """The code of a subject under the same 款 that bears the name of this one, where no table has both, one amount is
    printed for the two, and the other code has the better right to the name: more tables have it, or it is the 99 of
    what is other. Empty where there is none; neither is one that the classification knows."""
    cells = [row for row in book.asked("by_subject") if row["column"] == TOTAL and row["amount"]]
    for other, names in sorted(known.printed.items()):
        if other != code and other[:5] == code[:5] and len(other) == len(code) == _ITEM and name in names:
            mine, theirs = ([row for row in cells if row["code"] == one] for one in (code, other))
            apart = not {row["view"] for row in mine} & {row["view"] for row in theirs}
            equal = {row["amount"] for row in mine} & {row["amount"] for row in theirs}
            more = names[name][0] > known.printed[code][name][0]
            if apart and equal and (more or (name.startswith("其他") and other.endswith("99"))):
                return other
    return ""


def _of_projects(rule: Rule, book: Book) -> Iterator[Signal]:
    """Rows of projects whose code bears another name in the other tables, that of the row being another code's."""
    known = _classification(book, economic=False)
    told: set[tuple[str, str]] = set()
    for row in book.asked("project_rows"):
        code, name = str(row["code"] or ""), plain(fold(str(row["item"] or "")))
        own = _own(known, code) if code in known.printed else []
        others = sorted(known.bearers(name) - {code})
        if own and others and name not in known.printed[code] and name not in own and (code, name) not in told:
            told.add((code, name))
            yield _told(rule, book, known, code, name, str(row["at"]), "、".join(others[:_FEW]))


def _classification(book: Book, *, economic: bool) -> _Classification:
    asked, since = ("economic_codes", "economic_names_since") if economic else ("codes", "subject_names_since")
    printed: dict[str, dict[str, tuple[int, str]]] = {}
    named = [(str(row["code"]), str(row["name"])) for row in book.asked(asked)]
    in_full = {(code, plain(fold(name))): name for code, name in named}
    for row in book.asked("subject_names"):
        if bool(row["economic"]) is economic:
            names, name = printed.setdefault(str(row["code"]), {}), plain(fold(str(row["item"])))
            tables, at = names.get(name, (0, str(row["evidence"])))
            names[name] = (tables + int(str(row["tables"])), at)
            in_full[str(row["code"]), name] = str(row["item"])
    return _Classification(
        {code: plain(fold(name)) for code, name in named}, (book.year or 0) >= spelled(since), printed, in_full
    )


def _own(known: _Classification, code: str) -> list[str]:
    """The right names of a code: that of the classification of the year; else those that no other code bears, that of
    a later classification where the document has it too, or the one that most tables print."""
    names, official = known.printed[code], known.official.get(code, "")
    if known.current and official:
        return [official]
    alone = [name for name in names if known.bearers(name) == {code}]
    if len(names) == 1 or alone:
        return [official] if _exchanged(known, code, next(iter(names))) and len(names) == 1 else alone
    if official in names:
        return [official]
    most = max(tables for tables, _ in names.values())
    told = [name for name, (tables, _) in names.items() if tables == most]
    return told if len(told) == 1 else []


def _exchanged(known: _Classification, code: str, name: str) -> list[str]:
    """The code that bears this code's name of the classification, and whose name there is the one printed here."""
    mine = known.official.get(code)
    return [
        other
        for other, names in known.printed.items()
        if other != code and mine != name and known.official.get(other) == name and mine in names
    ]
