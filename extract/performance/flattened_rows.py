"""Telling the cells of a flattened indicator row apart by the words that its columns are known to hold."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.performance.levels import Label, label, leading_labels
from extract.performance.pieces import Piece, joined, run, scattered, without
from extract.performance.terms import terms
from extract.performance.values import target
from ontology.findings import said
from ontology.text import key

_WEIGHT = re.compile(r"\d{1,2}(?:\.\d+)?|100")
_SIGNED = re.compile(r"(?P<sign>[<>=≤≥]+)(?P<number>[\d,]+(?:\.\d+)?)(?P<rest>.*)")
_OPENS = re.compile(r"[<>=≤≥]")
_NOT_OF_A_NAME = re.compile(r"[<>=≤≥/]|\d{1,3}$|(?:万元|%|元)(?:/|$)")

IN_ORDER = "the cells of the flattened row follow one another and are told apart by the form's own words"
SCATTERED = "the broken cells of the flattened row are put together by the words that their columns are known to hold"


@dataclass(frozen=True, slots=True)
class Reading:
    """The cells of one flattened row. `labels` are the names of levels in it, `how` what the reading rests on."""

    labels: tuple[Label, ...]
    level3: tuple[Piece, ...]
    target: str
    basis: str
    previous: str
    weight: str
    parts: tuple[Piece, ...]
    how: str
    rule: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that cannot be read beyond doubt, and why. `labels` is None where it may hold names of levels unseen."""

    parts: tuple[Piece, ...]
    why: str
    labels: tuple[Label, ...] | None


def project_rows(parts: Sequence[Piece]) -> Iterator[Reading | Unread]:
    """The rows of a project form: level names, name, target, basis, last year, weight, rule, proof.

    A row ends with its proof. What the end of a page leaves of a row behind its proof is recognised by the rest of the
    broken scoring rule that stands there.
    """
    parts = _proofs_set_free(parts)
    start = 0
    while start < len(parts):
        proof = _next_proof(parts, start)
        if proof is None:
            yield _unread(parts[start:], said("no_proof"))
            return
        cells = parts[start : proof[0]]
        reading = _in_order(cells, tuple(parts[start : proof[1]]))
        end = proof[1] if reading else _end_of_rule(parts, start, proof)
        found = reading or _scattered([*cells, *parts[proof[1] : end]], parts[start:end])
        yield replace(found, proof=joined(parts[slice(*proof)])) if isinstance(found, Reading) else found
        start = end


def said_before(parts: Sequence[Piece], basis: Piece | None) -> int:
    """Where the target begins that ends these pieces; 0 where there is none, or none with a name before it.

    A target is an operator with a number and a unit, a date, or known words. A single word must stand on the line of
    its neighbour on either side: otherwise it may be the rest of a longer, unknown target. A number without a unit is
    not taken: the unit may be what is printed elsewhere.
    """
    for start in range(1, len(parts)):
        text = joined(parts[start:])
        aimed = target(text)
        if aimed.kind == "date" or (aimed.kind == "number" and _OPENS.match(key(text))):
            return start if aimed.date or aimed.unit else 0
        if aimed.kind == "words" and terms().in_words.fullmatch(text):
            alone = len(parts) - start == 1 and not _has_adverb(text)
            beside = parts[start].line in (parts[start - 1].line, basis.line if basis else None)
            return start if beside or not alone else 0
    return 0


def _has_adverb(text: str) -> bool:
    return any(len(text) > cut and terms().in_words.fullmatch(text[cut:]) for cut in range(1, len(text)))


def _proofs_set_free(parts: Sequence[Piece]) -> list[Piece]:
    """The pieces with a proof kind parted from what is printed right behind it (`工作资料产出`)."""
    found: list[Piece] = []
    for part in parts:
        proof = next((word for word in terms().proofs if part.folded.startswith(word)), "")
        if proof and part.folded != proof and len(part.text) == len(part.folded):
            found.append(Piece(part.text[: len(proof)], proof, part.line))
            found.append(Piece(part.text[len(proof) :], part.folded[len(proof) :], part.line))
        else:
            found.append(part)
    return found


def _next_proof(parts: Sequence[Piece], start: int) -> tuple[int, int] | None:
    for index in range(start, len(parts)):
        end = run(parts, index, terms().proofs)
        if end > index:
            return index, end
    return None


def _in_order(parts: Sequence[Piece], row: tuple[Piece, ...]) -> Reading | None:
    """The reading of a row whose cells follow one another, None where they do not or not in one way only."""
    labels, start = leading_labels(parts)
    rules = _places(parts, start, terms().rules, end=len(parts))
    bases = _places(parts, start, terms().bases)
    if len(rules) != 1 or len(bases) != 1:
        return None
    points = rules[0][0] - 1
    begin, end = bases[0]
    if points < end or not _WEIGHT.fullmatch(parts[points].folded):
        return None
    name_and_target = parts[start:begin]
    cut = said_before(name_and_target, parts[begin])
    if not is_name(name_and_target[:cut]):
        return None
    return Reading(
        labels=labels,
        level3=tuple(name_and_target[:cut]),
        target=joined(name_and_target[cut:]),
        basis=joined(parts[begin:end]),
        previous=joined(parts[end:points]),
        weight=parts[points].folded,
        parts=row,
        how=IN_ORDER,
        rule=joined(parts[slice(*rules[0])]),
    )


def _places(
    parts: Sequence[Piece], start: int, known: Collection[str], end: int | None = None
) -> list[tuple[int, int]]:
    """Where known words stand unbroken by others (ending at `end`, if given); none that lies inside a longer one."""
    found = [(index, run(parts, index, known)) for index in range(start, len(parts))]
    whole = [(first, last) for first, last in found if last > first and end in (None, last)]
    return [place for place in whole if not any(other != place and _inside(place, other) for other in whole)]


def _inside(place: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= place[0] and place[1] <= other[1]


def is_name(parts: Sequence[Piece]) -> bool:
    """Whether pieces can be the name of an indicator: none is of a level's name, a target or a weight."""
    known = terms().level1 | terms().level2
    return bool(parts) and not any(
        run(parts, place, known) > place or _NOT_OF_A_NAME.match(part.folded) for place, part in enumerate(parts)
    )


def _end_of_rule(parts: Sequence[Piece], start: int, proof: tuple[int, int]) -> int:
    """One past the piece behind the proof that completes the row's scoring rule; the end of the proof if none does."""
    behind = proof[0] - start  # where the pieces behind the proof begin once the proof is taken out
    rest = without(parts[: proof[1] + 12], range(*proof))[start:]
    next_proof = _next_proof(rest, behind)
    rest = rest[: next_proof[0]] if next_proof else rest
    rules = [places for word in terms().rules for first in range(behind) for places in scattered(rest, word, first)]
    end = min((places[-1] + 1 for places in rules), default=0)
    return proof[1] + max(0, end - behind)


def _scattered(parts: Sequence[Piece], row: Sequence[Piece]) -> Reading | Unread:
    """The reading of a row whose broken cells stand between one another, by taking out what each column can hold."""
    labels, rest = _take_labels(parts)
    rest, rule = _take(rest, terms().rules)
    rest, basis = _take(rest, terms().bases)
    rest, previous, weight = _take_previous_and_weight(rest)
    name, aimed = take_target(rest)
    if not (rule and basis and weight and aimed) or not is_name(name):
        return _unread(row, said("cells_not_told_apart"))
    return Reading(labels, tuple(name), aimed, basis, previous, weight, tuple(row), SCATTERED, rule)


def _unread(row: Sequence[Piece], why: str) -> Unread:
    labels, rest = _take_labels(row)
    known = terms().level1 | terms().level2
    inside = any(run(rest, place, known) > place for place in range(len(rest)))
    hidden = inside or any(scattered(rest, name, 0) for name in known)
    return Unread(tuple(row), why, None if hidden else labels)


def _take_labels(parts: Sequence[Piece]) -> tuple[tuple[Label, ...], list[Piece]]:
    """The names of levels whose first pieces stand first, and the other pieces."""
    labels, start = leading_labels(parts)
    rest = list(parts[start:])
    while len(found := [(word, places) for word in _level_names() for places in scattered(rest, word, 0)]) == 1:
        word, places = found[0]
        labels = (*labels, label(word))
        rest = without(rest, places)
    return labels, rest


def _level_names() -> list[str]:
    return sorted(terms().level1 | terms().level2, key=lambda name: (-len(name), name))


def _take(parts: Sequence[Piece], known: Collection[str]) -> tuple[list[Piece], str]:
    """The other pieces and the one known word that some make; "" where none or several are possible."""
    found = [places for word in known for places in scattered(parts, word)]
    if len(found) != 1:
        return list(parts), ""
    return without(parts, found[0]), "".join(parts[place].text for place in found[0])


def _take_previous_and_weight(parts: Sequence[Piece]) -> tuple[list[Piece], str, str]:
    """The other pieces, the sign for nothing last year, and the weight right behind it; "" where it is not so."""
    found = [
        place
        for place in range(len(parts) - 1)
        if parts[place].folded in terms().nothing and _WEIGHT.fullmatch(parts[place + 1].folded)
    ]
    if len(found) != 1:
        return list(parts), "", ""
    place = found[0]
    return without(parts, (place, place + 1)), parts[place].text, parts[place + 1].folded


def take_target(parts: Sequence[Piece]) -> tuple[list[Piece], str]:
    """The other pieces and the target that some make: an operator with its number, and behind it a known unit.

    "" where there is not exactly one such number, or not exactly one longest unit.
    """
    signed = [place for place, part in enumerate(parts) if _SIGNED.fullmatch(part.folded)]
    if len(signed) != 1 or sum(bool(_OPENS.match(part.folded)) for part in parts) != 1:
        return list(parts), ""
    place = signed[0]
    number, rest = _cut(parts[place])
    behind = [*rest, *parts[place + 1 :]]
    units = [(word, places) for word in terms().units for places in scattered(behind, word)]
    longest = max((len(word) for word, _ in units), default=0)
    best = [(word, places) for word, places in units if len(word) == longest]
    if len(best) != 1:
        return list(parts), ""
    word, places = best[0]
    return [*parts[:place], *without(behind, places)], number + word


def _cut(part: Piece) -> tuple[str, list[Piece]]:
    """The operator and number of a piece as printed, and what is printed right behind them as a piece of its own."""
    match = _SIGNED.fullmatch(part.folded)
    length = match.start("rest") if match and len(part.text) == len(part.folded) else len(part.text)
    rest = part.text[length:]
    return part.text[:length], [Piece(rest, key(rest), part.line)] if rest else []
