"""The part of printed words that a side of a signal speaks of: long paragraphs and rows are not quoted whole."""

import re
from collections.abc import Iterator

from queries.auditing.signal import Side

_BEFORE = 3  # of the words shown, one part in so many stands before what is spoken of


def excerpt(words: str, side: Side, most: int) -> str:
    """At most so many characters of the words, white space between Chinese characters left out, around what the side
    names or its figure; from the beginning where neither is found."""
    text = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", " ".join(words.split()))
    if len(text) <= most:
        return text
    found = (at for hint in _hints(side) if (at := text.find(hint)) >= 0)
    start = max(0, next(found, 0) - most // _BEFORE)
    end = start + most - 2
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _hints(side: Side) -> Iterator[str]:
    """What to look for: what the name quotes, the name, the figure in the ways it may be printed."""
    yield from (part for part in re.findall("“([^”]{2,})”", side.name))
    yield side.name.rstrip("。；;") or "\n"
    if side.value is not None:
        yield from (f"{side.value:,.2f}", f"{side.value:.2f}", f"{side.value.normalize():f}")
