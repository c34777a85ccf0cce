"""Uses on which projects are said to be spent wholly, that are those of their neighbours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.patterns import bare, pattern, tight
from queries.auditing.performance.forms import forms, is_cost
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal


@dataclass(frozen=True, slots=True)
class Spent:
    """What a project is spent wholly on, all of its lines taken together, with the address of each use; the bare titles
    of its cost indicators; its name, goal and indicators as one text."""

    name: str
    uses: dict[str, str]
    costs: tuple[str, ...]
    own: str


def of_another(rule: Rule, book: Book) -> Iterator[Signal]:
    """Strange uses of a project that are word by word a use or a cost indicator of another project. Of two projects to
    which a use is strange nothing tells whose it is."""
    held = _spent(book)
    for one in held:
        for use, at in one.uses.items():
            others = [two for two in held if two is not one and (use in two.uses or bare(use) in two.costs)]
            if _strange(use, one) and others and not any(_strange(use, two) for two in others):
                left = Side(f"资金分配“{use}”", None, book.evidence(at))
                yield signal(
                    rule, book, one.name, left, Side(others[0].name, None, book.evidence(others[0].uses.get(use)))
                )


def _strange(use: str, to: Spent) -> bool:
    """Whether a project has cost indicators of which its uses name none, and no text that has two characters of a use
    in a row."""
    named = any(bare(one) in cost for one in to.uses for cost in to.costs)
    return bool(to.costs) and not named and not any(use[at : at + 2] in to.own for at in range(len(use) - 1))


def _spent(book: Book) -> list[Spent]:
    held: dict[str, Spent] = {}
    for form in forms(book):
        titles = [tight(row["title"]) for row in form.indicators]
        costs = [bare(pattern("standard").sub("", tight(row["title"]))) for row in form.indicators if is_cost(row)]
        held[form.iri] = Spent(form.name, {}, tuple(costs), " ".join([form.name, form.goal, *titles]))
    for row in book.asked("uses"):
        one, text = held.get(str(row["form"])), tight(row["use"])
        found = pattern("used_wholly").search(text)
        if one and found:
            words = re.split("[、,，;；。]|以及|[和及与]", text[found.end() :].removeprefix(book.body))
            uses = dict.fromkeys(filter(None, words), str(row["evidence"]))
            held[str(row["form"])] = replace(one, uses=one.uses | uses, own=f"{one.own} {row['name']}")
    return [one for one in held.values() if one.uses]
