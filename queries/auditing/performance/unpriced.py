"""Things that a goal or a use of funds names without a figure, against indicators that name them by another word."""

import re
from collections.abc import Iterator, Sequence

from kg.names import fold
from queries.auditing.patterns import pattern, tight, yuan
from queries.auditing.performance.forms import Form, is_cost
from queries.auditing.performance.labels import Figure, Label, bare_label, figure, one_word, qualified, sentences
from queries.reading import Row

_TELLING, _SURE = 4, 0.6  # characters, and the part of the longer name, that a phrase shares with an indicator's name
_HEAD = 2  # characters at the end of two names that make them names of one kind


def phrases(form: Form, use: Row | None, held: Sequence[Label]) -> Iterator[tuple[Label, Label]]:
    """Phrases of the goal and the use that are the name of an indicator but for a word in it, where no text has that
    name and no other indicator that of the phrase."""
    texts = [(part, fold(text), at) for part, text, at in sentences(form, use)]
    titles = [label for label in held if label.part.endswith("指标")]
    for title in titles:
        if any(title.words in text for _, text, _ in texts):
            continue
        for part, text, at in texts:
            for phrase in _variants_in(text, title.words):
                if not any(phrase in other.words or other.words in phrase for other in titles):
                    yield Label(part, phrase, phrase, None, at), title


def listed(form: Form, use: Row | None, body: str) -> Iterator[tuple[Label, Label]]:
    """The only item of a list of uses that no cost indicator has, and the only cost of its kind, or of its amount, that
    the list has not; the other items have costs of their names, or there is one item and one cost.

    Names that stand in one text together are of two things.
    """
    costs = [_cost(row) for row in form.indicators if is_cost(row)]
    texts = [(part, fold(text.replace(body, "，")), at) for part, text, at in sentences(form, use)]
    for part, text, at in texts:
        items = list(_items(text, part, at))
        strange = [item for item in items if not any(_same(item, cost) for cost in costs)]
        rivals = [cost for cost in costs if not any(_same(item, cost) for item in items)]
        alike = [cost for cost in rivals if strange and _one_kind(strange[0], cost)]
        if len(strange) == len(alike) == 1 and (len(items) > 1 or len(costs) == 1):
            names = strange[0].words, alike[0].words
            if not any(all(name in words for name in names) for _, words, _ in texts):
                yield strange[0], alike[0]


def _variants_in(text: str, name: str) -> Iterator[str]:
    """The phrases of a text that differ from a name in one word within it; verbs of one deed are no other word."""
    for start in range(2, len(name) - 2):
        for end in range(start + 1, min(start + 4, len(name) - 2) + 1):
            before, after = name[:start], name[end:]
            if before not in text or after not in text:
                continue
            for found in re.finditer(rf"{re.escape(before)}([\u4e00-\u9fff]{{1,4}}?){re.escape(after)}", text):
                words = found[1], name[start:end]
                narrow = words[0][0] != words[1][0] and words[0][-1] != words[1][-1]
                deeds = all(pattern("deed").fullmatch(word) for word in words)
                if narrow and not deeds and one_word(found[0], name, _TELLING, _SURE):
                    yield found[0]


def _items(text: str, part: str, at: str) -> Iterator[Label]:
    """The uses of money that a text lists, with their amounts where it has them."""
    for found in pattern("listed_use").finditer(text):
        words = bare_label(found["label"])
        amount: Figure | None = (yuan(found), "元") if found["number"] else None
        if len(words) >= _HEAD:
            yield Label(part, words, found["label"], amount, at)


def _cost(row: Row) -> Label:
    title = tight(row["title"])
    words = bare_label(pattern("standard").sub("", title))
    return Label("成本指标", words, title, figure(row, title), str(row["at"]))


def _same(item: Label, cost: Label) -> bool:
    """Whether the name of one stands in that of the other, or is the other's with words put into it."""
    return item.words in cost.words or cost.words in item.words or qualified(item.words, cost.words)


def _one_kind(item: Label, cost: Label) -> bool:
    """Whether both end alike (补助), or one amount stands with both."""
    amounts = {item.figure, cost.figure}
    if None not in amounts:
        return len(amounts) == 1
    return item.words[-_HEAD:] == cost.words[-_HEAD:]
