"""Whose satisfaction a project promises: the group that its goal names, and another one that its indicator asks."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.names import fold
from queries.auditing.patterns import pattern, spelled, tight
from queries.auditing.performance.forms import Form
from queries.auditing.performance.labels import Figure, Label, figure, sentences
from queries.auditing.performance.quantities import family
from queries.reading import Row


def groups(form: Form, use: Row | None) -> Iterator[tuple[Label, Label]]:
    """The satisfaction of one group in the goal or the use of funds, and that of another in the only indicator of it.

    Words like 人员 and 服务对象 may mean any group; two figures, or two kinds (参训企业, 群众), may be two things.
    """
    asked = [label for row in form.indicators if (label := _asked(row))]
    promised = [label for part, text, at in sentences(form, use) for label in _promised(fold(text), part, at)]
    for one in promised:
        known = any(_may_be_one(one, other) for other in asked)
        rivals = [other for other in asked if _kind(other) == _kind(one)]
        if known or len(rivals) != 1 or any(_may_be_one(rivals[0], other) for other in promised):
            continue
        if None in (one.figure, rivals[0].figure) or one.figure == rivals[0].figure:
            yield one, rivals[0]


def _promised(text: str, part: str, at: str) -> Iterator[Label]:
    """Whose satisfaction a text names, and the per cent behind."""
    for found in pattern("satisfaction").finditer(text):
        number: Figure | None = (Decimal(found["number"]), family("%")) if found["number"] else None
        yield Label(part, found["whose"], found[0], number, at)


def _asked(row: Row) -> Label | None:
    """Whose satisfaction an indicator asks."""
    title = tight(row["title"])
    found = pattern("satisfaction").search(fold(title))
    return Label("绩效指标", found["whose"], title, figure(row, title), str(row["at"])) if found else None


def _may_be_one(one: Label, other: Label) -> bool:
    """Whether two may speak of one group: where no certain group is named, any."""
    first, second = _groups(one.words), _groups(other.words)
    return not first or not second or not first.isdisjoint(second)


def _groups(whose: str) -> set[str]:
    """The groups that words name; none where one of them may be any group."""
    if pattern("any_group").search(whose):
        return set()
    return {name for words, names in spelled("satisfied_groups").items() if re.search(words, whose) for name in names}


def _kind(label: Label) -> str:
    """What stands with the group: 参训 of 参训企业; nothing for 受益群众."""
    bare = re.sub("|".join(spelled("satisfied_groups")), "", label.words)
    return pattern("satisfied_dress").sub("", bare)
