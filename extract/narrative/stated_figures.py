"""Figures printed in the text of a disclosure: staff, procurement, state assets, self-evaluations taken together."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal

from extract.document import Document
from extract.narrative.running_text import running_text
from extract.narrative.wording import number, pattern, wording
from extract.outline import Section
from ontology.facts import FigureFact

Part = Literal["staff", "procurement", "assets", "evaluation"]
PARTS: tuple[Part, ...] = ("staff", "procurement", "assets", "evaluation")


def figures(document: Document, sections: tuple[Section, ...]) -> Iterator[FigureFact]:
    """The printed figures by the patterns of `figures` in forms/narrative.toml, each with the sentence that holds it.

    Thousands separators are left out, decimals kept, a decrease is negative (`退休增减`: `-2`); a word that is no
    figure (`未安排`, `2025年底`) is kept as printed. Of a figure printed twice it is the first.
    """
    for part in PARTS:
        form = wording("figures")[part]
        texts = [running_text(section.lines()) for section in sections if section.key == form["section"]]
        for name, words in form["patterns"].items():
            found = ((text, match) for text in texts if (match := pattern(words).search(text.text)))
            for text, match in list(found)[:1]:
                source = text.source(document, match.start(), match.end())
                value, raw = _value(match)
                unit = _unit(part, name, match[0]) if value is not None else None
                yield FigureFact(source=source, part=part, name=name, value=value, unit=unit, raw=raw)


def by_name(found: Iterable[FigureFact], part: Part) -> dict[str, str] | None:
    """The figures of one part as `DocumentFact` has them; None where none is printed."""
    return {fact.name: fact.raw for fact in found if fact.part == part} or None


def _value(match: re.Match[str]) -> tuple[Decimal | None, str]:
    *signs, printed = (group for group in match.groups() if group)
    value = number(printed)
    if value is None:
        return None, printed
    negative = any(sign in wording("changes")["down"] for sign in signs) and value
    return (-value, format(-value, "f")) if negative else (value, format(value, "f"))


def _unit(part: Part, name: str, words: str) -> str | None:
    """The unit after the figure, where the pattern reaches it; a count of staff is in 人, of posts too."""
    printed = re.search(wording("figures")["unit"] + "$", words)
    return printed[0] if printed else "人" if part == "staff" else None
