"""The reasons given for changes: against the change itself, against other sentences, against tables and staff."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from kg.names import fold
from queries.answers import Value
from queries.auditing.book import HALF, WAN, Book
from queries.auditing.compare import signal
from queries.auditing.passages import passages
from queries.auditing.patterns import bare, full_width, pattern, spelled, tight
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.subjects import headed, plain
from queries.auditing.three_public import explained
from queries.reading import Row

_NEAR, _BEGINNING = 0.72, 4  # two names of one project: how alike they are, and in how many first characters
_LONG = 12  # characters of a name that is no common word
_FEW = 4  # explained changes for each one that is not


def transfers(rule: Rule, book: Book) -> Iterator[Signal]:
    """Reasons that call money of this year a carry-over."""
    for row in book.asked("changes"):
        found = pattern("carried_reason").search(full_width(tight(row["reason"])))
        current = "转移支付" in str(row["item"]) or pattern("current_section").match(str(row["section"] or ""))
        if found and current and "结转" not in str(row["item"]):
            yield _quoted(rule, book, row, found[0])


def carry_overs(rule: Rule, book: Book) -> Iterator[Signal]:
    """Reasons for a carry-over that speak of new money of this year."""
    for row in book.asked("changes"):
        found = pattern("new_money").search(tight(row["reason"]))
        if found and "结转" in str(row["item"]):
            yield _quoted(rule, book, row, found[0])


def finished(rule: Rule, book: Book) -> Iterator[Signal]:
    """Reasons that say all money of a level is spent, while the carry-over table still has some of that level."""
    carried = [row for row in book.asked("projects") if row["carried"] and row["amount"]]
    for row in book.asked("changes"):
        for found in pattern("all_spent").finditer(tight(row["reason"])):
            words = next((some for key, some in spelled("level_words").items() if key in found[0]), ())
            left_over = [one for one in carried if any(word in str(one["name"]) for word in words)]
            if left_over and "结转" in f"{row['item']}{found[0]}":
                one = left_over[0]
                name = f"{one['name']}{Decimal(str(one['amount'])) / WAN:,.2f}万元"
                right = Side(name, None, book.evidence(one["at"]))
                yield signal(rule, book, str(row["item"]), Side(found[0], None, book.evidence(row["evidence"])), right)


def directions(rule: Rule, book: Book) -> Iterator[Signal]:
    """Reasons whose words of change all go the other way than the change they explain, more than a remark where such a
    word ends the reason; and such as say that something is as last year."""
    for row in book.asked("changes"):
        delta, reason = row["delta"], pattern("last_year_words").sub("", tight(row["reason"]))
        if not isinstance(delta, int | Decimal) or not delta or "结转" in str(row["item"]):
            continue
        goes = _goes(reason, rises=delta < 0) and not pattern("moved").search(reason)
        unmoved = abs(Decimal(delta)) > 2 * HALF and pattern("reason_unmoved").fullmatch(tight(row["reason"]))
        if goes or unmoved:
            way, last = "增加" if delta > 0 else "减少", goes and pattern("last_word").search(reason)
            left = Side(f"{way}{abs(Decimal(delta)) / WAN:,.2f}万元", None, book.evidence(row["evidence"]))
            right = Side(_shortened(str(row["reason"])), None, left.places)
            yield signal(rule, book, str(row["item"]), left, right, severity="warning" if last else None)
    yield from _executed_directions(rule, book)
    yield from _against_budget(rule, book)
    yield from _moved_away(rule, book)


def _goes(reason: str, *, rises: bool) -> bool:
    """Whether a reason speaks of a rise (of a fall) and of nothing that goes the other way. A word that may name an
    aim (`提高效率`) counts at the beginning and the end alone."""
    words, against = ("rising", "falling") if rises else ("falling", "rising")
    last = pattern("last_word").search(reason) or pattern("first_word").search(reason)
    said = pattern(words).search(reason) or (last and (last["way"] in spelled("rises")) == rises)
    return bool(said) and not pattern(f"{against}_too").search(reason)


def _executed_directions(rule: Rule, book: Book) -> Iterator[Signal]:
    """The same of sentences that compare with last year's executed figure."""
    for passage, head, text, start in headed(book):
        found = pattern("executed_reason").search(text)
        if found and found["way"] != found["last"] and not pattern("moved").search(found["reason"]):
            at = book.evidence(passage.places(start + found.start(), start + found.end()))
            left = Side(f"比上年执行数{found['way']}", None, at)
            right = Side(_shortened(found["reason"]), None, at)
            yield signal(rule, book, head["third"], left, right, severity="warning")


def _against_budget(rule: Rule, book: Book) -> Iterator[Signal]:
    """The same of sentences that say whether more or less than the budget was spent."""
    for passage in passages(book):
        for found in pattern("executed_way").finditer(passage.text):
            reason = pattern("last_year_words").sub("", found["reason"])
            last, rises = pattern("last_word").search(reason), found["way"] in spelled("rises")
            opposite = last is not None and (last["way"] in spelled("rises")) != rises
            other = pattern("up_words" if rises else "down_words").search(reason) or pattern("moved").search(reason)
            if opposite and not other:
                at = book.evidence(passage.place_of(found))
                left = Side(f"决算数{found['way']}预算数", None, at)
                right = Side(_shortened(found["reason"]), None, at)
                yield signal(rule, book, passage.section, left, right, severity="warning")


def _moved_away(rule: Rule, book: Book) -> Iterator[Signal]:
    """More spent than budgeted of what money is moved away from (`从甲调整至乙`), or less of what it is moved to: of a
    subject by its name, of a fund by that of the section."""
    for passage, head, text, start in headed(book):
        for found in pattern("executed_way").finditer(text):
            rises, moved = found["way"] in spelled("rises"), pattern("moved_to").search(found["reason"])
            other = moved and found["reason"].replace(moved[0], "")
            if not moved or pattern("up_words" if rises else "down_words").search(str(other)):
                continue
            if _end_of_move(moved, head["third"], passage.section) == ("away" if rises else "to"):
                at = book.evidence(passage.places(start + found.start(), start + found.end()))
                left = Side(f"决算数{found['way']}预算数", None, at)
                yield signal(rule, book, head["third"], left, Side(_shortened(moved[0]), None, at), severity="warning")


def _end_of_move(moved: re.Match[str], subject: str, section: str) -> str | None:
    """Which end of a move of money (`away`, `to`) a subject is, or the fund of its section; None where neither is."""
    ends = [end for end in ("away", "to") if plain(fold(moved[end])) == plain(fold(subject))]
    funds = [fund for fund in spelled("treasury_funds") if fund in section]
    ends = ends or [end for end in ("away", "to") for fund in funds if fund in moved[end]]
    return ends[0] if len(ends) == 1 else None


def of_another(rule: Rule, book: Book) -> Iterator[Signal]:
    """Reasons of one part of a whole that speak of another part and not of their own (`told_apart`)."""
    for row in book.asked("changes"):
        item, reason = fold(str(row["item"])), pattern("policy_phrase").sub("", full_width(tight(row["reason"])))
        for parts in spelled("told_apart"):
            own = [name for name, words in parts.items() if re.search(words, item)]
            said = [name for name, words in parts.items() if re.search(words, reason)]
            if len(own) == 1 and said and own[0] not in said:
                yield _quoted(rule, book, row, _shortened(str(row["reason"])), "、".join(said))


def no_change(rule: Rule, book: Book) -> Iterator[Signal]:
    """Reasons of an increase or a cut for what has not changed; one signal a reason, with all that it is given for."""
    told: dict[str, list[Row]] = {}
    for row in book.asked("changes"):
        words, reason = tight(row["words"]), pattern("policy_phrase").sub("", tight(row["reason"]))
        flat = not row["delta"] and pattern("no_change").search(words.replace(tight(row["reason"]), ""))
        found = pattern("said_change").search(reason)
        opposite = found and {pattern("up_words").search(reason) is None, pattern("down_words").search(reason) is None}
        if flat and found and opposite == {True, False}:
            told.setdefault(_shortened(str(row["reason"])), []).append(row)
    for reason, rows in told.items():
        at = book.evidence(" ".join(str(row["evidence"]) for row in rows))
        items = "、".join(dict.fromkeys(str(row["item"]) for row in rows))
        yield signal(rule, book, items, Side("", None, at), Side(reason, None, at))


def unexplained(rule: Rule, book: Book) -> Iterator[Signal]:
    """Changes of what must be explained (overseas travel, vehicles, receptions, operating costs) without a reason."""
    for row in (one for one in book.asked("changes") if _watched(one) and one["delta"]):
        told = tight(row["reason"]) or pattern("reason_word").search(_own_words(book, row))
        if not told and not explained(book, str(row["item"])) and not _elsewhere(book, row):
            delta = row["delta"]
            left = Side(f"{Decimal(str(delta)) / WAN:+,.2f}万元", None, book.evidence(row["evidence"]))
            yield signal(rule, book, str(row["item"]), left, Side("没有写原因"))


def _own_words(book: Book, row: Row) -> str:
    """The words that may give the reason for a change: its clause where all others of the sentence, two at least, have
    reasons of their own, else the whole sentence. That of a whole may stand in the clauses on its parts."""
    words, delta = tight(row["words"]), f"{abs(Decimal(str(row['delta'])) / WAN):.2f}万元"
    same = [other for other in book.asked("changes") if other["evidence"] == row["evidence"] and _watched(other)]
    others = [other for other in same if other["item"] != row["item"]]
    clauses = [one for one in re.split("[；;。]", words) if str(row["item"]) in one and delta in one]
    whole = any(re.search(name, str(row["item"])) for name in spelled("parts_explained"))
    own = len(others) > 1 and all(tight(other["reason"]) for other in others) and len(clauses) == 1 and not whole
    return clauses[0] if own else words


def _watched(row: Row) -> bool:
    return any(word in str(row["item"]) for word in spelled("to_be_explained"))


def _elsewhere(book: Book, row: Row) -> bool:
    """Whether a sentence behind the change gives the reason for it, or the sentences on its parts do."""
    return _behind(book, row) or _by_parts(book, row)


def _behind(book: Book, row: Row) -> bool:
    """Whether the reason that a sentence of its own gives stands behind the one on this change."""
    delta = f"{abs(Decimal(str(row['delta'])) / WAN):.2f}万元"
    told = (found[0] for passage in passages(book) for found in pattern("reason_behind").finditer(passage.text))
    return any(str(row["item"]) in words and delta in words for words in told)


def _by_parts(book: Book, whole: Row) -> bool:
    """Whether the sentences of the section that explain parts of this change explain all of it."""
    of = next(
        (parts for name, parts in spelled("parts_explained").items() if re.search(name, str(whole["item"]))), None
    )
    rows = [row for row in book.asked("changes") if row["section"] == whole["section"] and tight(row["reason"])]
    deltas = [Decimal(str(row["delta"])) for row in rows if of and row["delta"] and re.match(of, str(row["item"]))]
    return bool(deltas) and sum(deltas) == Decimal(str(whole["delta"]))


def left_out(rule: Rule, book: Book) -> Iterator[Signal]:
    """Changes without a reason in a section, with those under it, that gives one for nearly all of its others, four for
    each.

    A total whose parts follow, and what must be explained in any case, are passed over.
    """
    rows = [row for row in book.asked("changes") if row["delta"]]
    for section in dict.fromkeys(_chapter(row) for row in rows):
        mine = [row for row in rows if _chapter(row) == section]
        silent = [row for row in mine if not tight(row["reason"]) and _no_reason(row)]
        for row in silent if len(mine) - len(silent) >= _FEW * len(silent) else ():
            left = Side(f"{Decimal(str(row['delta'])) / WAN:+,.2f}万元", None, book.evidence(row["evidence"]))
            yield signal(rule, book, str(row["item"]), left, Side("没有写原因"))


def totals(rule: Rule, book: Book) -> Iterator[Signal]:
    """Changes of all revenue or expenditure, or of what is appropriated, none of which has a reason, nor the part of
    the text that it stands in; told once, of the first.

    地方预决算公开操作规程（财预〔2016〕143号）: what changed since last year is explained.
    """
    rows = [row for row in book.asked("changes") if row["delta"]]
    found = [row for row in rows if pattern("total_item").search(str(row["item"]))]
    speaking = {one.section for one in passages(book) if pattern("any_reason").search(one.text)}
    if found and all(_silent(row) and str(row["section"]) not in speaking for row in found):
        left = Side(f"{Decimal(str(found[0]['delta'])) / WAN:+,.2f}万元", None, book.evidence(found[0]["evidence"]))
        yield signal(rule, book, str(found[0]["item"]), left, Side("没有写原因"))


def _silent(row: Row) -> bool:
    return not tight(row["reason"]) and not pattern("any_reason").search(tight(row["words"]))


def _chapter(row: Row) -> str:
    """The section that a change stands in, that of its own part (`五（三）`) being the whole of it (`五`)."""
    found = pattern("part_of_chapter").match(str(row["section"] or ""))
    return found["chapter"] if found else str(row["section"])


def _no_reason(row: Row) -> bool:
    """Whether a sentence on a change gives no reason and leaves none to the sentences on its parts."""
    total = pattern("total_item").search(str(row["item"]))
    return not _watched(row) and not total and not pattern("reason_or_parts").search(tight(row["words"]))


def discontinued(rule: Rule, book: Book) -> Iterator[Signal]:
    """Purposes of this year's money that name, more than once, what another sentence says is not funded any more."""
    stopped: dict[str, str] = {}
    for row in book.asked("changes"):
        for found in pattern("stopped").finditer(tight(row["reason"])):
            for word in re.split("[、，和及]", pattern("quotes").sub("", found["list"])):
                stem = pattern("stopped_dress").sub("", fold(word))
                if len(stem) > 3:
                    stopped.setdefault(stem, str(row["evidence"]))
    for passage in passages(book):
        for sentence in pattern("purpose_list").finditer(passage.text):
            named = [stem for stem in stopped if _shares(stem, fold(sentence["list"]))]
            if len(named) > 1:
                left = Side("、".join(named), None, book.evidence(passage.place_of(sentence)))
                right = Side("不再安排或减少", None, book.evidence(" ".join(stopped[stem] for stem in named)))
                yield signal(rule, book, str(sentence["name"]), left, right)


def left_in_basic(rule: Rule, book: Book) -> Iterator[Signal]:
    """Items of basic expenditure that are said to be in this budget no more (`退休费不再列入本部门预算`) and have money
    in its table; one signal an item, with all its sentences."""
    held = {plain(fold(str(row["item"]))): row for row in book.asked("basic_items") if row["amount"]}
    said: dict[str, list[tuple[str, str]]] = {}
    for passage in passages(book):
        for found in pattern("left_budget").finditer(passage.text):
            name = next((name for name in held if _item_named(name, fold(found["thing"]))), "")
            start = found.start("thing")
            words, at = passage.text[start : found.end()], passage.places(start, found.end())
            said.setdefault(name, []).append((words, at))
    for name, told in said.items():
        row = held.get(name)
        if row is not None:
            left = Side(told[0][0], None, book.evidence(" ".join(at for _, at in told)))
            right = Side(str(row["item"]), Decimal(str(row["amount"])) / WAN, book.evidence(row["evidence"]))
            yield signal(rule, book, "", left, right)


def _item_named(item: str, thing: str) -> bool:
    return bool(re.fullmatch(spelled("items_in_words").get(item, re.escape(item)), thing))


def staff(rule: Rule, book: Book) -> Iterator[Signal]:
    """Changes of staff in reasons against the stated changes, and of pensioners against each other."""
    stated = {str(row["item"]): row for row in book.asked("staff")}
    for who, said in _staff_changes(book).items():
        given, counts = stated.get(f"{who}增减"), sorted(said)
        for one, other in pairwise(counts) if who in spelled("pensioners") else ():
            if one * other > 0:
                left, right = (_people(book, who, count, said[count]["evidence"]) for count in (one, other))
                yield signal(rule, book, who, left, right)
        known = given is not None and isinstance(given["quantity"], int | Decimal) and len(counts) == 1
        if known and given is not None and counts[0] != given["quantity"]:
            left = _people(book, who, counts[0], said[counts[0]]["evidence"])
            yield signal(rule, book, who, left, _people(book, who, int(str(given["quantity"])), given["evidence"]))


def _staff_changes(book: Book) -> dict[str, dict[int, Row]]:
    """The changes of each kind of staff that reasons speak of, with the first sentence for each."""
    said: dict[str, dict[int, Row]] = {}
    for row in book.asked("changes"):
        for found in pattern("staff_change").finditer(tight(row["reason"])):
            count = (-1 if found["way"] in spelled("falls") else 1) * int(found["count"])
            said.setdefault(found["who"], {}).setdefault(count, row)
    return said


def _people(book: Book, who: str, count: int, at: Value) -> Side:
    return Side(f"{who}人员{count:+d}人", None, book.evidence(at))


def project_names(rule: Rule, book: Book) -> Iterator[Signal]:
    """Names of projects in reasons that are much like the name of one in the tables, and not it; whole names in
    sentences with a word more."""
    names = {str(row["name"]): row for row in book.asked("projects")}
    plain = {name: bare(pattern("number_in_name").sub("", name)) for name in names}
    told: set[tuple[str, str]] = set()
    for row in book.asked("changes"):
        for found in pattern("project_in_reason").finditer(tight(row["reason"])):
            said = bare(pattern("project_end").sub("", found["name"]))
            if any(said in name or name in said for name in plain.values() if name):
                continue
            for name, known in plain.items():
                if (said, name) not in told and _two_names(said, known):
                    told.add((said, name))
                    right = Side(name, None, book.evidence(names[name]["at"]))
                    yield signal(rule, book, "", Side(found["name"], None, book.evidence(row["evidence"])), right)
    yield from _with_more(rule, book, names)


def _with_more(rule: Rule, book: Book, names: Mapping[str, Row]) -> Iterator[Signal]:
    """Long names in sentences that end with a word which the tables do not have: `支持计划资金` for `支持计划`."""
    for passage in passages(book):
        signs = [_folded(sign) for sign in passage.text]
        words, starts = "".join(signs), [at for at, sign in enumerate(signs) for _ in sign]
        for name, row in names.items():
            found = re.search(re.escape(fold(name)) + pattern("more_of_name").pattern, words)
            if found and len(fold(name)) >= _LONG:
                start, end = starts[found.start()], starts[found.end("more") - 1] + 1
                left = Side(passage.text[start:end], None, book.evidence(passage.places(start, end)))
                yield signal(rule, book, "", left, Side(name, None, book.evidence(row["at"])))


@cache
def _folded(sign: str) -> str:
    return fold(sign)


def _two_names(one: str, other: str) -> bool:
    alike = SequenceMatcher(None, one, other).ratio() >= 0.5 and len(one) > _BEGINNING
    whole = SequenceMatcher(None, f"{one}经费", f"{other}经费").ratio() >= _NEAR
    return alike and whole and one[:_BEGINNING] == other[:_BEGINNING] and one != other


def _shares(stem: str, words: str) -> bool:
    """Whether words name the thing: the whole stem, or all of it but its first two characters."""
    return stem in words or (len(stem) > 5 and stem[2:] in words)


def _quoted(rule: Rule, book: Book, row: Row, left: str, right: str = "") -> Signal:
    places = book.evidence(row["evidence"])
    return signal(rule, book, str(row["item"]), Side(left, None, places), Side(right, None, places))


def _shortened(reason: str) -> str:
    words = tight(reason)
    return words if len(words) <= 60 else f"{words[:59]}…"
