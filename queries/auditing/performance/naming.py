"""One thing by two names within one project: goods, activities and recipients that its goal, its uses and its
indicators name, the ordinals of its texts, the count in its own name."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain, combinations, pairwise

from kg.names import fold
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import passages
from queries.auditing.patterns import numeral, pattern, spelled, tight
from queries.auditing.performance.forms import forms
from queries.auditing.performance.labels import Label, labels_of, one_word, qualified
from queries.auditing.performance.satisfied import groups
from queries.auditing.performance.texts import NAME, side, texts
from queries.auditing.performance.unpriced import listed, phrases
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal

_MOST = 4  # characters in which two names of one thing may differ
_VALUED, _BARE = 2, 3  # characters they share beside general words: where one figure stands with both, where none does
_SURE = 0.6  # the part of the longer name that they share where no figure stands with both
_BEFORE_BATCH = 8  # characters before a batch by which a sentence tells whose it is
_RUN = 6  # equal characters on both sides of a word that two copies of one text have differently


def labels(rule: Rule, book: Book) -> Iterator[Signal]:
    """Things that two parts of one project name alike but for a word, neither name having another partner.

    A warning where one figure stands with both names and with nothing else; else a note.
    """
    used = {str(row["form"]): row for row in book.asked("uses") if row["form"]}
    for form in forms(book):
        told: set[str] = set()
        use = used.get(form.iri)
        held = labels_of(form, use)
        for one, other in chain(
            _pairs(held), groups(form, use), phrases(form, use, held), listed(form, use, book.body)
        ):
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


def _pairs(held: Sequence[Label]) -> Iterator[tuple[Label, Label]]:
    """The labels of two parts that are variants of each other: the one has its name to itself in the whole project, the
    other has no partner in the part of the first. Those with one figure come first."""
    alone = [one for one in held if not any(_partners(one, other) for other in held)]
    pairs = [(one, other) for one in alone for other in held if one.part != other.part and not _known(other, one, held)]
    for one, other in pairs:
        if _one_figure(one, other, held) and (_variants(one.words, other.words) or _goods(one, other, held)):
            yield one, other
    for one, other in pairs:
        if one_word(one.words, other.words, _BARE, _SURE):
            yield one, other


def _goods(one: Label, other: Label, held: Sequence[Label]) -> bool:
    """Whether one number of goods is bought under two names, both of which nothing else in the project bears, and
    neither of which tells more closely what the other says."""
    if qualified(one.words, other.words):
        return False
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
    return one_word(one, other, _VALUED, 0) or any(
        cut[0] == shorter[0] and one_word(cut, shorter, _VALUED, 0) for cut in cuts
    )


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
