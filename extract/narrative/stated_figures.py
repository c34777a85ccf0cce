"""Figures printed in the text of a disclosure: staff, procurement, state assets, self-evaluations taken together."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from extract.document import Document
from extract.narrative.running_text import running_text
from extract.narrative.wording import number, pattern, wording
from extract.outline import Section
from extract.tables.named_figures import unit_of
from ontology.facts import Fact, FigureFact, FigurePart, Finding
from ontology.findings import said

_SENTENCE = re.compile("[。；;]")
PARTS: tuple[FigurePart, ...] = ("staff", "procurement", "assets", "three_public", "evaluation")


def figures(document: Document, sections: tuple[Section, ...]) -> Iterator[FigureFact | Finding]:
    """The printed figures by the patterns of `figures` in forms/narrative.toml, each with the sentence that holds it.

    Thousands separators are left out, decimals kept, a decrease is negative (`退休增减`: `-2`); a word that is no
    figure (`未安排`, `2025年底`) is kept as printed. Of a figure printed twice it is the first. Where the same words
    have several figures and the first is not the sum of the others, it is not known which is the body's: a finding.
    """
    for part in PARTS:
        form = wording("figures")[part]
        texts = [running_text(section.lines()) for section in sections if section.key == form["section"]]
        for name, words in form["patterns"].items():
            found = [(text, match) for text in texts for match in _printed(text.text, words, form.get("of_others"))]
            for text, match in found[:1]:
                source = text.source(document, match.start(), match.end())
                value, raw = _value(match)
                unit = _unit(part, name, match[0]) if value is not None else None
                if _one_figure([_value(other) for _, other in found]):
                    yield FigureFact(source=source, part=part, name=name, value=value, unit=unit, raw=raw)
                else:
                    several = "、".join(dict.fromkeys(_value(other)[1] for _, other in found))
                    message = said("several_figures", name=name, figures=several)
                    yield Finding(source=source, severity="info", message=message)


def by_name(found: Iterable[Fact], part: FigurePart) -> dict[str, str] | None:
    """The figures of one part as `DocumentFact` has them; None where none is printed."""
    return {fact.name: fact.raw for fact in found if isinstance(fact, FigureFact) and fact.part == part} or None


def _printed(text: str, words: str, of_others: str | None) -> Iterator[re.Match[str]]:
    """Where a figure is printed, without what its sentence says of other things than those the body has."""
    for match in pattern(words).finditer(text):
        before = _SENTENCE.split(text[: match.start()])[-1]
        others = of_others and re.search(of_others, before) and not re.search(of_others, match[0])
        if not others:
            yield match


def _one_figure(values: Sequence[tuple[Decimal | None, str]]) -> bool:
    """Whether all are the same, or the first is the sum of the others, its parts."""
    first, *others = (value for value, _ in values)
    return len({value if value is not None else raw for value, raw in values}) == 1 or (
        first is not None and first == sum(value or 0 for value in others)
    )


def _value(match: re.Match[str]) -> tuple[Decimal | None, str]:
    *signs, printed = (group for group in match.groups() if group)
    value = number(printed)
    if value is None:
        return None, printed
    negative = any(sign in wording("changes")["down"] for sign in signs) and value
    return (-value, format(-value, "f")) if negative else (value, format(value, "f"))


def _unit(part: FigurePart, name: str, words: str) -> str | None:
    """The unit after the figure, where the pattern reaches it; a count of staff is in 人, of posts too, and one beside
    三公 expenditure in the unit that tables give it."""
    if part == "three_public":
        return unit_of(part, name)
    printed = re.search(wording("figures")["unit"] + "$", words)
    return printed[0] if printed else "人" if part == "staff" else None
