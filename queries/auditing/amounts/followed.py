"""What an amount stated twice and differently puts off: comparisons that fit with the other one are not told apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from queries.auditing.patterns import spelled
from queries.auditing.signal import Signal

_CENT = Decimal("0.01")
_NONE = Decimal(0)


def apart_from_twice(signals: Iterable[Signal]) -> Iterator[Signal]:
    """The signals but the rates of execution and sums of subjects that an amount stated twice puts off; it counts them.

    They are those that the amount at the beginning of its item would make fit in place of the executed one.
    """
    held = list(signals)
    roots = [one for one in held if one.rule == "R14_twice" and one.left.value and one.right.value]
    put_off = {id(root): [one for one in held if _fits_with(one, root)] for root in roots}
    gone = {id(one) for some in put_off.values() for one in some}
    for one in held:
        if id(one) not in gone:
            yield _counting(one, some) if (some := put_off.get(id(one))) else one


def _counting(root: Signal, some: Sequence[Signal]) -> Signal:
    told = spelled("put_off")
    named = "、".join(sorted({one.rule for one in some}))
    zh, en = (told[lang].format(count=len(some), rules=named) for lang in ("zh", "en"))
    return replace(root, zh=root.zh + zh, en=f"{root.en} {en}")


def _fits_with(one: Signal, root: Signal) -> bool:
    """Whether a comparison that speaks of the executed amount fits with the amount at the beginning of its item."""
    first, again = root.left.value or _NONE, root.right.value or _NONE
    if one.left.value is None or one.right.value is None or not _speaks_of(one, root):
        return False
    if one.rule == "R11_completed":
        exponent = int(one.left.value.as_tuple().exponent)
        return abs(one.left.value - one.right.value * first / again) <= Decimal(1).scaleb(exponent) / 2 + _CENT
    is_sum = one.rule == "R14_executed"
    return is_sum and abs(one.left.value - one.right.value - (first - again)) <= (one.tolerance or _NONE) + _CENT


def _speaks_of(one: Signal, root: Signal) -> bool:
    """Whether a comparison quotes the words of the executed amount."""
    quoted = {place.iri for side in (one.left, one.right) for place in side.places}
    return bool(quoted & {place.iri for place in root.right.places})
