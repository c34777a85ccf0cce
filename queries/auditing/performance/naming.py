"""One thing by two names within one project: goods, activities and recipients that its goal, its uses and its
indicators name, the ordinals of its texts, the count in its own name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import combinations, pairwise

from kg.names import fold
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import passages
from queries.auditing.patterns import number, numeral, pattern, spelled, tight, yuan
from queries.auditing.performance.forms import Form, forms, is_cost
from queries.auditing.performance.quantities import family
from queries.auditing.performance.texts import NAME, side, texts
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.reading import Row

_MOST = 4  # characters in which two names of one thing may differ
_VALUED, _BARE = 2, 3  # characters they share beside general words: where one figure stands with both, where none does
_SURE = 0.6  # the part of the longer name that they share where no figure stands with both
_BEFORE_BATCH = 8  # characters before a batch by which a sentence tells whose it is
_RUN = 6  # equal characters on both sides of a word that two copies of one text have differently

Figure = tuple[Decimal, str]


@dataclass(frozen=True, slots=True)
class Label:
    """What a part of a project's print names: bare words, as printed, the figure beside it (value, unit), where."""

    part: str
    words: str
    printed: str
    figure: Figure | None
    at: str


def labels(rule: Rule, book: Book) -> Iterator[Signal]:
    """Things that two parts of one project name alike but for a word, neither name having another partner.

    A warning where one figure stands with both names and with nothing else; else a note.
    """
    used = {str(row["form"]): row for row in book.asked("uses") if row["form"]}
    for form in forms(book):
        told: set[str] = set()
        for one, other in _pairs(_labels(form, used.get(form.iri))):
            if one.words not in told:
                told |= {one.words, other.words}
                left, right = (side(book, some.part, some.printed, some.at) for some in (one, other))
                sure = one.figure is not None and one.figure == other.figure
                yield signal(rule, book, form.name, left, right, severity="warning" if sure else "info")


def copies(rule: Rule, book: Book) -> Iterator[Signal]:
    """Words that two texts of one project, one copied from the other, have differently: `提升` and `提过`."""
    for name, some in texts(book).items():
        for one, other in combinations(some, 2):
            for first, second in _replaced(one.words, other.words):
                left, right = (side(book, text.part, words, text.at) for text, words in ((one, first), (other, second)))
                yield signal(rule, book, name, left, right)


def ordinals(rule: Rule, book: Book) -> Iterator[Signal]:
    """One thing that the texts of a project count as two: `第三届专家顾问团`, `第二届专家顾问团`."""
    for name, some in texts(book).items():
        first: dict[tuple[str, str, str], tuple[int, str, str]] = {}
        for text in some:
            for found in pattern("ordinal").finditer(text.words):
                key = (found["before"], found["kind"], found["after"])
                said = (numeral(found["number"]) or 0, found[0], text.at)
                known = first.setdefault(key, said)
                if known[0] != said[0]:
                    left, right = (Side(words, None, book.evidence(at)) for _, words, at in (known, said))
                    yield signal(rule, book, name, left, right)
                    first[key] = said


def batches(rule: Rule, book: Book) -> Iterator[Signal]:
    """Batches in the name of a project (`专项资金[第三批]`) that a text of it repeats with another number only, or
    that a sentence says was added with a number that no project has."""
    yield from _batches_added(rule, book)
    for name, some in texts(book).items():
        for found in pattern("batch_in_name").finditer(fold(name)):
            form = re.compile(pattern("batch_of_fund").pattern.replace("FUND", re.escape(found["fund"])))
            for text in (one for one in some if one.part != NAME):
                said = list(form.finditer(text.words))
                if said and all(numeral(one["number"]) != numeral(found["number"]) for one in said):
                    left = side(book, text.part, said[0][0], text.at)
                    yield signal(rule, book, name, left, side(book, NAME, found[0], some[0].at))


def _batches_added(rule: Rule, book: Book) -> Iterator[Signal]:
    """Sentences that say of a batch that it was added, and whose words before it have another number in a name."""
    held: dict[str, dict[int | None, tuple[str, str]]] = {}
    for row in book.asked("projects"):
        name = tight(row["name"])
        for found in pattern("batch_in_name").finditer(name):
            before = name[: found.end("fund")][-_BEFORE_BATCH:]
            held.setdefault(before, {})[numeral(found["number"])] = name, str(row["at"])
    for passage in passages(book):
        for found in pattern("batch_added").finditer(passage.text):
            batches = held.get(found["before"], {})
            if batches and numeral(found["number"]) not in batches:
                name, at = next(iter(batches.values()))
                said = Side(f"文字“{found[0]}”", None, book.evidence(passage.place_of(found)))
                yield signal(rule, book, name, said, Side(name, None, book.evidence(at)))


def counted_names(rule: Rule, book: Book) -> Iterator[Signal]:
    """Counts in the name of a project (`15个重点人才项目`) that its texts have otherwise and nowhere the same."""
    for name, some in texts(book).items():
        for found in pattern("count_in_name").finditer(fold(name)):
            due, unit, thing = numeral(found["number"]), found["unit"], re.escape(found["thing"])
            form = re.compile(pattern("count_of_thing").pattern.replace("THING", thing).replace("UNIT", unit))
            counts = [(one, text) for text in some if text.part != NAME for one in form.finditer(text.words)]
            values = {numeral(one["after"] or one["before"]) for one, _ in counts}
            if counts and due not in values:
                one, text = counts[0]
                left = side(book, text.part, one[0], text.at)
                yield signal(rule, book, name, left, Side(f"{NAME}“{found['number']}{unit}{found['thing']}”"))


def _labels(form: Form, use: Row | None) -> list[Label]:
    """What the goal, the use of funds and the indicators of a form name, with the figures beside."""
    held = list(_named(form.goal, "总体目标", form.at))
    if use:
        held += _named(tight(use["use"]), "资金分配", str(use["evidence"]))
    for row in form.indicators:
        title, at = tight(row["title"]), str(row["at"])
        if "满意" not in title and _bare(title):
            part = "成本指标" if is_cost(row) else "绩效指标"
            held.append(Label(part, _bare(title), title, _figure(row, title), at))
    return held


def _named(text: str, part: str, at: str) -> Iterator[Label]:
    """The things that a text counts or prices."""
    for found in pattern("goal_quantity").finditer(text):
        if not pattern("no_quantity").search(found["label"]) and "满意" not in found["label"] and _bare(found["label"]):
            figure = number(found["number"]), family(found["unit"])
            yield Label(part, _bare(found["label"]), found[0].lstrip("，"), figure, at)
    for found in pattern("item").finditer(text):
        if not pattern("no_item").search(found["label"]) and _bare(found["label"]):
            yield Label(part, _bare(found["label"]), found[0], (yuan(found), "元"), at)


def _figure(row: Row, title: str) -> Figure | None:
    printed = tight(row["printed"])
    money = pattern("money").match(printed)
    if money:
        return None if money["per"] else (yuan(money), "元")
    found = pattern("any_quantity").match(printed)
    if not found:
        return None
    implied = pattern("unit_of_title").search(title)
    value = number(found["number"]) * (10_000 if found["thousands"] else 1)
    return value, family(found["unit"] or (implied["unit"] if implied else ""))


def _bare(label: str) -> str:
    """A label without verbs, `数量`, `成本` and the like at its ends."""
    text = fold(re.sub(r"[（(][^（）()]*[）)]$", "", label))
    for _ in range(4):
        text = pattern("label_dress").sub("", text)
    return text


def _pairs(held: Sequence[Label]) -> Iterator[tuple[Label, Label]]:
    """The labels of two parts that are variants of each other: the one has its name to itself in the whole project, the
    other has no partner in the part of the first. Those with one figure come first."""
    alone = [one for one in held if not any(_partners(one, other) for other in held)]
    pairs = [(one, other) for one in alone for other in held if one.part != other.part and not _known(other, one, held)]
    for one, other in pairs:
        if _one_figure(one, other, held) and (_variants(one.words, other.words) or _goods(one, other, held)):
            yield one, other
    for one, other in pairs:
        if _one_word(one.words, other.words, _BARE, _SURE):
            yield one, other


def _goods(one: Label, other: Label, held: Sequence[Label]) -> bool:
    """Whether one number of goods is bought under two names, both of which nothing else in the project bears."""
    verbs = {pattern("buying").match(label.printed) for label in (one, other)}
    bought = None not in verbs and len({found[0] for found in verbs if found}) == 1
    alone = not any(_partners(other, label) for label in held)
    return bought and alone and one.figure is not None and one.figure[1] in spelled("goods_units")


def _known(one: Label, other: Label, held: Sequence[Label]) -> bool:
    """Whether the part of another label has the name of this one."""
    return any(label.part == other.part and _partners(one, label) for label in held)


def _one_figure(one: Label, other: Label, held: Sequence[Label]) -> bool:
    """Whether one figure stands with both names, and with no other of their parts."""
    same = [part for part, _ in {(label.part, label.words) for label in held if label.figure == one.figure}]
    return one.figure is not None and one.figure == other.figure and same.count(one.part) == same.count(other.part) == 1


def _partners(one: Label, other: Label) -> bool:
    """Whether another part has the same name, or one of the two stands whole in the other and is most of it."""
    shorter, longer = sorted((one.words, other.words), key=len)
    return one.part != other.part and shorter in longer and len(shorter) > len(longer) / 2


def _variants(one: str, other: str) -> bool:
    """Whether two names beside one figure are one but for a word; words before the longer one may be left out."""
    longer, shorter = sorted((one, other), key=lambda words: (-len(words), words))
    cuts = [longer[-size:] for size in range(len(shorter), len(shorter) + 2) if size < len(longer)]
    return _one_word(one, other, _VALUED, 0) or any(
        cut[0] == shorter[0] and _one_word(cut, shorter, _VALUED, 0) for cut in cuts
    )


def _one_word(one: str, other: str, least: int, part: float) -> bool:
    """Whether two names differ in one place by a few characters, and share so many that tell something."""
    most = min(len(one), len(other))
    start = next((at for at in range(most) if one[at] != other[at]), most)
    rest = most - start
    end = next((at for at in range(rest) if one[-1 - at] != other[-1 - at]), rest)
    words = one[start : len(one) - end], other[start : len(other) - end]
    before, after = one[:start], one[len(one) - end :]
    if not all(0 < len(word) <= _MOST and not pattern("no_variant").search(word) for word in words):
        return False
    telling = sum(len(pattern("general_words").sub("", shared)) for shared in (before, after))
    return telling >= least and len(before + after) >= part * max(len(one), len(other))


def _replaced(one: str, other: str) -> Iterator[tuple[str, str]]:
    """The words in which two long texts differ between long runs that they share, with what stands around."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= _RUN]
    for before, after in pairwise(blocks):
        first = one[before.a + before.size : after.a], other[before.b + before.size : after.b]
        if all(re.fullmatch(rf"[\u4e00-\u9fff]{{1,{_MOST}}}", words) for words in first):
            yield (
                one[after.a - len(first[0]) - _RUN : after.a + _RUN],
                other[after.b - len(first[1]) - _RUN : after.b + _RUN],
            )
