"""Telling the cells of flattened whole-body forms apart: rows end with a weight and share their basis."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from extract.performance.flattened_rows import IN_ORDER, SCATTERED, Reading, Unread, is_name, said_before, take_target
from extract.performance.levels import Label, label, leading_labels
from extract.performance.pieces import Piece, joined, run, scattered, without
from extract.performance.terms import terms, words
from ontology.findings import said

_WEIGHT = re.compile(r"\d{1,2}|100")
_TARGET_AND_BASIS = re.compile(r"[<>=≤≥＜＞＝][\d,.]+[^\d<>=]+\d*.*[\u4e00-\u9fff]{2,}\d{1,3}$")
_SHORTEST_BASIS = 4  # characters that the bases of two rows must share before they are taken for one text
_FEWEST_ROWS = 3  # that must share a basis before it is looked for between other cells
_WIDEST_LABEL = 3  # pieces from the first to the last of a broken name of a level


def whole_rows(parts: Sequence[Piece]) -> Iterator[Reading | Unread]:
    """The rows of a whole-body form: level names, name, target, basis, weight.

    A row ends with a weight that stands alone on its line, or at its end behind a target and a basis. Where one row's
    basis ends is known from another row with the same basis.
    """
    rows, rest = _rows(_without_side_titles(parts))
    bodies = [row[:-1] for row in rows]
    shared = _shared_by_all(bodies)
    labels, end = leading_labels(rest)
    interleaved = any(map(_is_interleaved, rows)) or (end < len(rest) and any(map(_ends_its_line, rows)))
    for row, body in zip(rows, bodies, strict=True):
        if interleaved and _ends_its_line(row):
            yield Unread(tuple(row), said("cells_interleaved"), None)
        else:
            yield _in_order(body, bodies, row) or _scattered(body, shared, row)
    if end < len(rest):
        yield Unread(tuple(rest), said("no_weight"), labels)


def _without_side_titles(parts: Sequence[Piece]) -> list[Piece]:
    kept: list[Piece] = []
    start = 0
    while start < len(parts):
        end = run(parts, start, terms().side_titles)
        if end == start:
            kept.append(parts[start])
        start = max(end, start + 1)
    return kept


def _rows(parts: Sequence[Piece]) -> tuple[list[list[Piece]], list[Piece]]:
    rows: list[list[Piece]] = [[]]
    for part, following in zip_longest(parts, parts[1:]):
        rows[-1].append(part)
        last = following is None or following.line is not part.line
        if _WEIGHT.fullmatch(part.folded) and last and _ends_row(part):
            rows.append([])
    return rows[:-1], rows[-1]


def _ends_row(part: Piece) -> bool:
    """Whether a number at the end of a line is a weight: alone there, or behind a target with a unit and a basis."""
    return part.line.text.strip() == part.text or _TARGET_AND_BASIS.search(words(part.line.text)) is not None


def _ends_its_line(row: Sequence[Piece]) -> bool:
    """Whether the weight of the row stands at the end of a line with other cells."""
    return row[-1].line.text.strip() != row[-1].text


def _is_interleaved(row: Sequence[Piece]) -> bool:
    """Whether the line that ends with the weight holds a part of the name and lines before it hold other parts."""
    start = leading_labels(row)[1]
    last = [part for part in row[start:] if part.line is row[-1].line]
    named = bool(last) and last[0].folded[0] not in "<>=≤≥"
    return _ends_its_line(row) and named and len(last) < len(row) - start


def _in_order(body: Sequence[Piece], bodies: Sequence[Sequence[Piece]], row: Sequence[Piece]) -> Reading | None:
    labels, start = leading_labels(body)
    parts = body[start:]
    cut = len(parts) - max((_same_end(body, other) for other in bodies if other is not body), default=0)
    while cut < len(parts) and run(parts, cut, terms().units) > cut:
        cut = run(parts, cut, terms().units)  # the unit of the target, where both rows count in the same one
    if len(joined(parts[cut:])) < _SHORTEST_BASIS:
        return None
    begin = said_before(parts[:cut], parts[cut])
    if not begin or not is_name(parts[:begin]):
        return None
    name, aimed, basis = tuple(parts[:begin]), joined(parts[begin:cut]), joined(parts[cut:])
    return Reading(labels, name, aimed, basis, "", row[-1].folded, tuple(row), IN_ORDER)


def _same_end(one: Sequence[Piece], other: Sequence[Piece]) -> int:
    """How many pieces both end with, as far as the target: an operator and its number are no basis."""
    count = 0
    while count < min(len(one), len(other)) and one[-1 - count].folded == other[-1 - count].folded:
        if one[-1 - count].folded[0] in "<>=≤≥":
            break
        count += 1
    return count


def _scattered(body: Sequence[Piece], shared: str, row: Sequence[Piece]) -> Reading | Unread:
    """The reading of a row into whose basis a target is printed, by taking out what is known."""
    labels, rest = _take_labels(body)
    basis = scattered(rest, shared) if shared else []
    name: Sequence[Piece] = ()
    aimed = ""
    if len(basis) == 1 and _only_target_between(rest, basis[0]):
        name, aimed = take_target(without(rest, basis[0]))
    if not aimed or not is_name(name):
        return Unread(tuple(row), said("cells_not_told_apart"), labels)
    words = "".join(rest[place].text for place in basis[0])
    return Reading(labels, tuple(name), aimed, words, "", row[-1].folded, tuple(row), SCATTERED)


def _only_target_between(parts: Sequence[Piece], places: Sequence[int]) -> bool:
    """Whether nothing but a target stands between the first and the last of these places."""
    return all(_is_of_target(parts[place]) for place in range(places[0], places[-1]) if place not in places)


def _take_labels(body: Sequence[Piece]) -> tuple[tuple[Label, ...], list[Piece]]:
    """The names of levels, wherever they stand in the row, and the other pieces. A broken name lies close together."""
    labels: list[Label] = []
    rest = list(body)
    for name in sorted(terms().level1 | terms().level2, key=lambda name: (-len(name), name)):
        places = scattered(rest, name)
        if len(places) == 1 and places[0][-1] - places[0][0] <= _WIDEST_LABEL:
            labels.append(label(name))
            rest = without(rest, places[0])
    return tuple(labels), rest


def _shared_by_all(bodies: Sequence[Sequence[Piece]]) -> str:
    """The pieces that all rows hold in the same order, levels and targets apart; "" for fewer than three rows."""
    if len(bodies) < _FEWEST_ROWS:
        return ""
    texts = [[part.folded for part in _take_labels(body)[1] if not _is_of_target(part)] for body in bodies]
    shared = texts[0]
    for text in texts[1:]:
        shared = _common(shared, text)
    return "".join(shared) if len("".join(shared)) >= _SHORTEST_BASIS else ""


def _is_of_target(part: Piece) -> bool:
    return part.folded in terms().units or part.folded[0] in "<>=≤≥"


def _common(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """The longest common subsequence."""
    lengths = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in reversed(range(len(one))):
        for j in reversed(range(len(other))):
            same = one[i] == other[j]
            lengths[i][j] = lengths[i + 1][j + 1] + 1 if same else max(lengths[i + 1][j], lengths[i][j + 1])
    found, i, j = [], 0, 0
    while i < len(one) and j < len(other):
        if one[i] == other[j]:
            found.append(one[i])
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
    return found
