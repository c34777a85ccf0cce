"""Where something is printed, in short: the file, below it the page or line and how many places more."""

from collections.abc import Sequence

from kg.places import Evidence
from queries.words import said


def where(places: Sequence[Evidence], lang: str, more: int = 0, *, files: bool = True) -> str:
    """The first of the places, with its file unless that is said elsewhere; empty where there is none."""
    if not places:
        return ""
    one, others = places[0], len(places) - 1 + more
    page = said("shown", "page", lang, one.page) if one.page else ""
    line = said("shown", "line", lang, one.line) if one.line and not one.page else ""
    # of several places the count is of all in Chinese, of the others in English, as each is said
    rest = said("shown", "more", lang, others + (lang == "zh")) if others else ""
    at = " ".join(part for part in (page or line, rest) if part)
    return "\n".join(part for part in (one.file if files else "", at) if part)
