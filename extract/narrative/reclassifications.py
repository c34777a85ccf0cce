"""Sentences that say under which other subject money is budgeted this year."""

import re
from collections.abc import Iterator
from functools import cache

from extract.document import Document
from extract.narrative.running_text import running_text
from extract.narrative.wording import wording
from extract.outline import Section
from ontology.facts import ReclassificationFact

_RUNNING = ("part", "section", "subsection")
_LEVELS = ("class", "group", "item")


def reclassifications(document: Document, sections: tuple[Section, ...]) -> Iterator[ReclassificationFact]:
    """One fact a statement that one subject becomes another, in printed order; the names of both as printed."""
    for section in sections:
        if section.kind in _RUNNING:
            text = running_text(section.lines())
            for match in _sentence().finditer(text.text):
                yield ReclassificationFact(
                    source=text.source(document, match.start("was_class"), match.end()),
                    from_path=_path(match, "was"),
                    to_path=_path(match, "is"),
                )


def _path(match: re.Match[str], side: str) -> tuple[str, ...]:
    return tuple(name for level in _LEVELS if (name := match[f"{side}_{level}"]))


@cache
def _sentence() -> re.Pattern[str]:
    form = wording("reclassifications")
    was, now = (form["path"].replace("{side}", side) for side in ("was", "is"))
    return re.compile(f"{form['lead_in']}{was}{form['moved']}{now}")
