"""Sentences that compare with last year: percentages, shares, words against figures, blanks, reasons."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from queries.answers import Value
from queries.auditing.book import HALF, WAN, Book
from queries.auditing.compare import compared, signal
from queries.auditing.passages import Sentence, passages, sentences
from queries.auditing.patterns import (
    full_width,
    half_unit,
    last_digit,
    number,
    pattern,
    priced,
    rounded_amounts,
    spelled,
    tight,
    yuan,
)
from queries.auditing.rules import Rule
from queries.auditing.signal import Kind, Severity, Side, Signal
from queries.reading import Row

_CENT = Decimal("0.01")
_SEVERAL = 3  # shares that fit another total are hardly so by chance


def percents(rule: Rule, book: Book) -> Iterator[Signal]:
    """Per cents outside the interval that the rounding of percent, change and amount allows, but for those of a change
    that is told as misprinted."""
    misprinted = [row for row, _ in _one_change(book)]
    for row in book.asked("changes"):
        prior, delta, percent = (_decimal(row[name]) for name in ("prior", "delta", "percent"))
        if prior is None or delta is None or percent is None or prior <= HALF or row in misprinted:
            continue
        stated, due = abs(percent), 100 * abs(delta) / prior
        tolerance = _half_digit(stated, str(row["words"])) + 100 * (HALF / prior + 2 * HALF * abs(delta) / prior**2)
        if abs(stated - due) > tolerance and not _follows_from_printed(row, stated, tolerance):
            cut = _last_place(stated, due, str(row["words"]))
            yield _computed(rule, book, row, stated, due, tolerance, cut=cut)


def differences(rule: Rule, book: Book) -> Iterator[Signal]:
    """Changes that are not this year's amount less the one of last year that their sentence prints."""
    for row in book.asked("changes"):
        for found, due in _from_printed(row):
            at = book.evidence(row["evidence"])
            left = Side(str(row["item"]), Decimal(str(row["delta"])) / WAN, at)
            within = (half_unit(found) + 2 * HALF) / WAN
            yield from compared(rule, book, str(row["item"]), left, Side("推算", due / WAN, at), within)


def one_change(rule: Rule, book: Book) -> Iterator[Signal]:
    """Changes of one amount by one per cent that do not give this per cent, against one elsewhere that does: the same
    change, one of them misprinted."""
    for wrong, right in _one_change(book):
        left, due = (
            Side(str(row["item"]), abs(Decimal(str(row["delta"]))) / WAN, book.evidence(row["evidence"]))
            for row in (wrong, right)
        )
        yield from compared(rule, book, str(wrong["item"]), left, due, 2 * HALF / WAN)


def _one_change(book: Book) -> Iterator[tuple[Row, Row]]:
    """Sentences whose change does not give their per cent, each with one of the same amount and per cent that does."""
    held: dict[tuple[Value, Value], list[tuple[Row, bool]]] = {}
    for row in book.asked("changes"):
        prior, delta, percent = (_decimal(row[name]) for name in ("prior", "delta", "percent"))
        if row["amount"] and prior and prior > HALF and delta and percent:
            tolerance = _half_digit(abs(percent), str(row["words"])) + rounded_amounts(abs(delta), prior)
            fits = abs(abs(percent) - 100 * abs(delta) / prior) <= tolerance
            held.setdefault((row["amount"], row["percent"]), []).append((row, fits))
    for some in held.values():
        right = next((row for row, fits in some if fits), None)
        yield from ((row, right) for row, fits in some if right and not fits)


def _from_printed(row: Row) -> Iterator[tuple[re.Match[str], Decimal]]:
    """Last year's amount where a sentence prints it, and the change in yuan that it makes of this year's."""
    amount, delta = _decimal(row["amount"]), _decimal(row["delta"])
    if amount is None or delta is None:
        return
    for found in priced("last_year_printed").finditer(full_width(tight(row["words"]))):
        if abs(delta) == number(found["delta"]) * WAN:
            yield found, amount - yuan(found)


def _follows_from_printed(row: Row, stated: Decimal, tolerance: Decimal) -> bool:
    """Whether a per cent fits last year's amount as it is printed: then it is the change that does not."""
    changes = ((yuan(found), due) for found, due in _from_printed(row) if yuan(found))
    return any(abs(stated - 100 * abs(due) / before) <= tolerance for before, due in changes)


def points(rule: Rule, book: Book) -> Iterator[Signal]:
    """Changes in percentage points that are not the difference of the two per cents of their sentence."""
    for passage in passages(book):
        for words in spelled("percentage_points"):
            for found in re.compile(words).finditer(passage.text):
                printed = [found[name] for name in ("now", "before", "delta")]
                now, before, delta = map(number, printed)
                stated = delta if found["way"] in spelled("rises") else -delta
                at = book.evidence(passage.place_of(found))
                left, right = Side(found[0], stated, at), Side("推算", now - before, at)
                yield from compared(rule, book, found[0], left, right, sum(map(last_digit, printed), Decimal(0)) / 2)


def bases(rule: Rule, book: Book) -> Iterator[Signal]:
    """Decreases larger than there was, and per cents other than 0 and 100 on nothing."""
    for row in book.asked("changes"):
        prior, percent = _decimal(row["prior"]), _decimal(row["percent"])
        if prior is None:
            continue
        on_nothing = abs(prior) <= HALF and percent is not None and abs(percent) not in (0, 100)
        if prior < -2 * HALF or on_nothing:
            places = book.evidence(row["evidence"])
            delta = _decimal(row["delta"]) or Decimal(0)
            said = f"{delta / WAN:+,.2f}万元" if percent is None else f"{abs(percent):f}%"
            left = Side(str(row["item"]), prior / WAN, places)
            yield signal(rule, book, str(row["item"]), left, Side(said, None, places))


def on_nothing(rule: Rule, book: Book) -> Iterator[Signal]:
    """Growth of so many per cent where there was nothing last year, all in one signal."""
    told: list[tuple[str, str, str]] = []
    for row in book.asked("changes"):
        prior, percent, delta = (_decimal(row[name]) for name in ("prior", "percent", "delta"))
        if prior is not None and abs(prior) <= HALF and abs(percent or 0) == 100 and delta and delta > 0:
            told.append((f"增长{abs(percent or 0):f}%", str(row["item"]), str(row["evidence"])))
    for passage in passages(book):
        for found in pattern("grown_from_nothing").finditer(passage.text):
            told.append((found["said"], found["item"], passage.place_of(found)))
    if told:
        places = book.evidence(" ".join(at for *_, at in told))
        left, right = Side(told[0][0], None, places), Side(told[0][1], None, ())
        yield signal(rule, book, str(len(told)), left, right)


def shares(rule: Rule, book: Book) -> Iterator[Signal]:
    """Shares of the total outside the interval that rounding allows.

    Where several fail that all follow from the total of another table, it is the total that is wrong: other rules
    tell that. A share of a part of all money (`占财政拨款支出的`) may be one of the total of another table.
    """
    stated = [row for row in book.asked("changes") if row["amount"] is not None and row["share"] is not None]
    failed = [row for row in stated if row["total"] and _share_fails(row, Decimal(str(row["total"])))]
    totals = {Decimal(str(row["amount"])) for row in book.asked("totals") if row["item"] == "合计" and row["amount"]}
    if len(failed) >= _SEVERAL and any(not any(_share_fails(row, total) for row in failed) for total in totals):
        return
    for row in failed:
        if _is_of_part(row) and totals - {Decimal(str(row["total"]))}:
            continue
        share, due, tolerance = _share(row, Decimal(str(row["total"])))
        cut = _last_place(share, due, str(row["words"]))
        yield _computed(rule, book, row, share, due, tolerance, str(row["total_at"]), cut=cut)


def _is_of_part(row: Row) -> bool:
    """Whether the words of a share name another whole than all money."""
    named = pattern("share_of_part").finditer(tight(row["words"]))
    return any(Decimal(found["percent"]) == Decimal(str(row["share"])) for found in named)


def _share_fails(row: Row, total: Decimal) -> bool:
    share, due, tolerance = _share(row, total)
    return abs(share - due) > tolerance


def _share(row: Row, total: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """A share as stated, as it follows from the amount and a total, and what rounding explains."""
    amount, share = Decimal(str(row["amount"])), Decimal(str(row["share"]))
    return share, 100 * amount / total, _half_digit(share, str(row["words"])) + rounded_amounts(amount, total)


def directions(rule: Rule, book: Book) -> Iterator[Signal]:
    """Two words of one change that go opposite ways, a decrease with a minus, `持平` beside a change, and the reason of
    several changes together that goes the other way than each of them."""
    rises = spelled("rises")
    for text in _texts(book):
        for found in pattern("two_words").finditer(text.words):
            opposite = (found["first"] in rises) != (found["second"] in rises)
            if opposite and number(found["amount"]) and number(found["percent"]):
                first, second = f"{found['first']}{found['amount']}万元", f"{found['second']}{found['percent']}%"
                yield _quoted(rule, book, text, first, second)
        for found in pattern("negative").finditer(text.words):
            yield _quoted(rule, book, text, found[0][:-2], found[0])
        for found in pattern("fell_and_level").finditer(text.words):
            yield _quoted(rule, book, text, found["first"], found["second"])
        for found in pattern("level").finditer(text.words):
            if number(found["amount"]):
                yield _quoted(rule, book, text, found["first"], f"{found['second']}{found['amount']}万元")
    yield from _against_all(rule, book)


def _against_all(rule: Rule, book: Book) -> Iterator[Signal]:
    """`财政拨款收入支出增加的主要原因是` where both have fallen."""
    rows = [row for row in book.asked("changes") if row["delta"]]
    for passage in passages(book):
        for found in pattern("reason_of_all").finditer(passage.text):
            mine = [row for row in rows if pattern("part_of_all").fullmatch(tight(row["item"]))]
            rises = found["way"] in spelled("rises")
            if mine and all((Decimal(str(row["delta"])) > 0) != rises for row in mine):
                delta, at = Decimal(str(mine[0]["delta"])) / WAN, book.evidence(mine[0]["evidence"])
                left = Side(f"{delta:+,.2f}万元", None, at)
                right = Side(found[0], None, book.evidence(passage.place_of(found)))
                yield signal(rule, book, str(mine[0]["item"]), left, right)


def blanks(rule: Rule, book: Book) -> Iterator[Signal]:
    """Sentences with a blank where a reason or a figure should stand, or with both words of the template.

    What is worded alike under one heading is one signal with all its places.
    """
    told: dict[tuple[str, str], list[str]] = {}
    for text in _texts(book):
        found = pattern("blank").search(text.words)
        if found:
            before = re.split(r"[。；：:]", text.words[: found.start()])[-1][-36:]
            words = before + text.words[found.start() : found.end() + 12].split("。")[0]
            told.setdefault((text.what, words), []).append(text.part(found.start() - len(before), found.end()))
    for (what, words), at in told.items():
        yield _quoted(rule, book, _Text(words, what, " ".join(at)), words)


@dataclass(frozen=True, slots=True)
class _Text:
    words: str
    what: str
    at: Value
    sentence: Sentence | None = None

    def part(self, start: int, end: int) -> str:
        """The addresses of some of the words; of all where these stand in no passage."""
        one = self.sentence
        return one.passage.places(one.start + start, one.start + end) if one else str(self.at)


def _texts(book: Book) -> Iterator[_Text]:
    """The sentences of the running text; those that compare with last year where no running text is known."""
    held = passages(book)
    for passage in held:
        yield from (_Text(one.text, passage.section, one.at, one) for one in sentences(passage))
    if not held:
        for row in book.asked("changes"):
            yield _Text(tight(row["words"]), str(row["item"]), row["evidence"])


def _computed(
    rule: Rule, book: Book, row: Row, stated: Decimal, due: Decimal, tolerance: Decimal, more: str = "", *,
    cut: bool = False,
) -> Signal:  # fmt: skip
    what = f"{row['item']}（{row['section']}）" if row["section"] else str(row["item"])
    due = due.quantize(_CENT)
    left = Side(what, stated, book.evidence(row["evidence"]))
    right = Side("推算", due, book.evidence(f"{row['evidence']} {more}"))
    kind: Kind | None = "rounding" if cut else None
    severity: Severity | None = "info" if cut else None
    gap, within = stated - due, tolerance.quantize(Decimal("0.0001"))
    return signal(rule, book, what, left, right, gap, within, severity=severity, kind=kind)


def _quoted(rule: Rule, book: Book, text: _Text, left: str, right: str = "") -> Signal:
    places = book.evidence(text.at)
    return signal(rule, book, text.what, Side(left, None, places), Side(right, None, places))


def _half_digit(stated: Decimal, words: str) -> Decimal:
    """Half of the last digit of a per cent as it is printed in the words, of 0.01 where it is not found."""
    for text in re.findall(r"([\d,]+(?:\.\d+)?)\s*[%％]", words):
        if number(text) == stated:
            return last_digit(text) / 2
    return _CENT / 2


def _last_place(stated: Decimal, due: Decimal, words: str) -> bool:
    """Whether a per cent with two decimals is off by one in the last of them: cut off, or fitted to make 100."""
    unit = 2 * _half_digit(stated, words)
    return unit <= _CENT and abs(stated - due) <= unit * Decimal("1.5")


def _decimal(value: object) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | Decimal) else None
