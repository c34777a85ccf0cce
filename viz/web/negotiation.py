"""Which form of an answer a client wants most, by RFC 9110 section 12.5.1."""

import re
from collections.abc import Sequence

_RANGE = re.compile(r"([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)")
_WEIGHT = re.compile(r"[01](?:\.\d{0,3})?")


def preferred(accept: str | None, offered: Sequence[str]) -> str | None:
    """The media type offered that the Accept header weighs highest, the one offered first among equals.

    No header, or an empty one, accepts everything; a range that cannot be read is passed over. None where nothing
    offered is acceptable.
    """
    ranges = _ranges(accept) if accept and accept.strip() else [("*", "*", 1.0)]
    best = max(offered, key=lambda media_type: _weight(media_type, ranges))
    return best if _weight(best, ranges) > 0 else None


def _ranges(accept: str) -> list[tuple[str, str, float]]:
    """Type, subtype and weight of each range of the header."""
    found = []
    for part in accept.lower().split(","):
        media_range, *parameters = (piece.strip() for piece in part.split(";"))
        match = _RANGE.fullmatch(media_range)
        weights = [value.strip() for key, _, value in (p.partition("=") for p in parameters) if key.strip() == "q"]
        if match and all(_WEIGHT.fullmatch(weight) for weight in weights):
            found.append((match[1], match[2], min(float(weights[0]), 1.0) if weights else 1.0))
    return found


def _weight(media_type: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    """The weight that the most specific range gives to a media type; 0 where none speaks of it."""
    kind, _, subtype = media_type.partition("/")
    fitting = [
        ((first != "*") + (second != "*"), weight)
        for first, second, weight in ranges
        if first in {"*", kind} and second in {"*", subtype}
    ]
    return max(fitting, default=(0, 0.0))[1]
