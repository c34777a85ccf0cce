"""Figures printed in the text of a disclosure: staff, procurement, state assets."""

import re

from extract.narrative.running_text import running_text
from extract.narrative.wording import number, pattern, wording
from extract.outline import Section


def stated_figures(sections: tuple[Section, ...], part: str) -> dict[str, str] | None:
    """The printed figures of one part of `figures` in forms/narrative.toml, by name; None where none is printed.

    Thousands separators are left out, decimals kept, a decrease is negative (`退休增减`: `-2`); a word that is no
    figure (`未安排`, `2025年底`) stays as printed.
    """
    form = wording("figures")[part]
    text = "".join(running_text(section.lines()).text for section in sections if section.key == form["section"])
    matches = {name: pattern(words).search(text) for name, words in form["patterns"].items()}
    found = {name: _value(match) for name, match in matches.items() if match}
    return found or None


def _value(match: re.Match[str]) -> str:
    *signs, printed = (group for group in match.groups() if group)
    value = number(printed)
    if value is None:
        return printed
    negative = any(sign in wording("changes")["down"] for sign in signs) and value
    return format(-value if negative else value, "f")
