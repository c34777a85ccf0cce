"""How the money of a project is divided: by the text on its use, and by the cost indicators of its form."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from queries.auditing.book import HALF, WAN, Book
from queries.auditing.compare import signal
from queries.auditing.patterns import bare, pattern, tight, yuan
from queries.auditing.performance.costs import Cost, costs_by_name, costs_of
from queries.auditing.performance.forms import Form, forms
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.reading import Row

_MOST = 8  # parts of which every grouping is tried


def named_wholly(rule: Rule, book: Book) -> Iterator[Signal]:
    """Amounts that are said to be spent wholly on uses (`76.96万元全部用于接待费，运转经费`) whose cost indicators come
    to another one. All of the uses must have theirs; where these are all of the form, they come to its total. A project
    with several lines, as of several subjects, may have cost indicators that speak of all of them."""
    spent: dict[str, list[Decimal]] = {}
    for form, use in _told(book):
        if found := pattern("used_wholly").search(tight(use["use"])):
            spent.setdefault(form.iri, []).append(yuan(found))
    for form, use in _told(book):
        text, costs = tight(use["use"]), costs_of(form)
        found = pattern("used_wholly").search(text)
        words = text[found.end() :].removeprefix(book.body) if found else ""
        named = _named(words, costs)
        due = costs_by_name(named, form.indicators)
        within = HALF * (len(named) + 1)
        whole = len(named) == len(costs) and form.total is not None and abs(due - form.total) > within
        if not found or not named or whole:
            continue
        lines = spent[form.iri]
        together = abs(due - sum(lines)) <= within + HALF * (len(lines) - 1)
        if not together and abs(due - yuan(found)) > within:
            left = Side(words, yuan(found) / WAN, book.evidence(use["evidence"]))
            titles = "、".join(str(row["title"]) for row, _ in named)
            right = Side(titles, due / WAN, book.evidence(" ".join(str(row["at"]) for row, _ in named)))
            yield signal(rule, book, form.name, left, right, (yuan(found) - due) / WAN, within / WAN)


def two_ways(rule: Rule, book: Book) -> Iterator[Signal]:
    """Uses and cost indicators that both come to the money of the project, neither of which is a grouping of the other:
    `25、10、15万元` and `30、20万元`."""
    for form, use in _told(book):
        scale, costs = Decimal(str(use["scale"])), costs_of(form)
        uses = [amount for amount in _amounts(tight(use["use"])) if amount != scale]
        shares = [yuan(found) for _, found in costs]
        if any(found["per"] for _, found in costs) or not (_parts(uses, scale) and _parts(shares, scale)):
            continue
        if not _grouped(uses, shares) and not _grouped(shares, uses):
            left = Side(_listed(uses), None, book.evidence(use["evidence"]))
            right = Side(_listed(shares), None, book.evidence(" ".join(str(row["at"]) for row, _ in costs)))
            yield signal(rule, book, form.name, left, right)


def _told(book: Book) -> Iterator[tuple[Form, Row]]:
    """The forms with the texts on the use of their project, each once."""
    held = {form.iri: form for form in forms(book)}
    told: set[tuple[str, str]] = set()
    for row in book.asked("uses"):
        text = str(row["form"]), tight(row["use"])
        if text[0] in held and text[1] and text not in told:
            told.add(text)
            yield held[text[0]], row


def _named(text: str, costs: Sequence[Cost]) -> list[Cost]:
    """The cost indicators that a list of uses names, each use one or more; none where a use has none."""
    named: list[Cost] = []
    for words in _words(text, costs):
        mine = _of(words, costs)
        if not mine:
            return []
        named += [cost for cost in mine if cost not in named]
    return named


def _words(text: str, costs: Sequence[Cost]) -> Iterator[str]:
    """The uses of a list; `和` and the like stand between two of them where what they join is no indicator itself."""
    for words in re.split(r"[、,，;；。]", text):
        if words:
            yield from [words] if _of(words, costs) else [one for one in re.split(r"以及|[和及与]", words) if one]


def _of(words: str, costs: Sequence[Cost]) -> list[Cost]:
    """The cost indicators that are called so, or end so: `第一季度支付债务金额`."""
    plain = bare(words)
    titles = [bare(pattern("standard").sub("", tight(row["title"]))) for row, _ in costs]
    return [cost for cost, title in zip(costs, titles, strict=True) if len(plain) > 1 and title.endswith(plain)]


def _amounts(text: str) -> list[Decimal]:
    return [yuan(found) for found in pattern("item").finditer(text) if not pattern("no_item").search(found["label"])]


def _parts(amounts: Sequence[Decimal], whole: Decimal) -> bool:
    """Whether amounts are the parts of a whole, to the last digit."""
    return 1 < len(amounts) <= _MOST and sum(amounts) == whole


def _grouped(parts: Sequence[Decimal], sums: Sequence[Decimal]) -> bool:
    """Whether the parts can be put into groups that come to the sums, no part in two."""
    if not sums:
        return not parts
    rest = sums[1:]
    return any(_grouped(left, rest) for left in _without(parts, sums[0]))


def _without(parts: Sequence[Decimal], due: Decimal) -> Iterator[list[Decimal]]:
    """What is left of the parts in each way of taking from them what comes to an amount."""
    if due == 0:
        yield list(parts)
    for at, part in enumerate(parts):
        if 0 < part <= due:
            yield from ([*parts[:at], *left] for left in _without(parts[at + 1 :], due - part))


def _listed(amounts: Sequence[Decimal]) -> str:
    return "、".join(f"{(amount / WAN).normalize():f}" for amount in amounts)
