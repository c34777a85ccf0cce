"""What running text says of self-evaluations project by project (绩效自评综述): score, rating and money."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest

from extract.document import Document
from extract.narrative.running_text import RunningText, running_text
from extract.narrative.wording import NUMBERING, number, pattern, wording
from extract.outline import Section
from ontology.facts import EvaluationFact, EvaluationMoneyFact, Scope

_RUNNING = ("part", "section", "subsection")
# a project in quotation marks, called one behind them; quotations within are its own
_QUOTED = re.compile('^(?:“((?:[^“”]|“[^“”]*”)+)”|"([^"]+)")(?:项目)?$')
_CLAUSE_ENDS = re.compile("[；;。]")
Told = EvaluationFact | EvaluationMoneyFact
Said = tuple[str, re.Match[str]]


def self_evaluations(document: Document, sections: tuple[Section, ...]) -> Iterator[Told]:
    """One EvaluationFact a review that gives a score or a rating, its money behind it, in printed order.

    A review begins with the name of its project, or names it in the sentence of its score, and ends where the next one
    begins; one in a list (`某项目全年预算数…，自评得分…；`) ends with its clause. Of each figure it is the first; what
    a review does not print, and what is said of projects in general (`主要项目`), gives no fact.
    """
    for section in sections:
        if section.kind in _RUNNING:
            text = running_text(section.lines(), headings_stop=True)
            leads = list(_lead().finditer(text.text))
            for lead, following in zip_longest(leads, leads[1:]):
                yield from _review(document, text, lead, following.start() if following else len(text.text))


def _review(document: Document, text: RunningText, lead: re.Match[str], end: int) -> Iterator[Told]:
    name, form = _QUOTED.sub(r"\1\2", lead["name"]), wording("self_evaluations")
    scope: Scope = "整体" if pattern(form["whole"]).search(name) else "项目"
    if lead["listed"] is not None:
        end = next((stop.start() for stop in _CLAUSE_ENDS.finditer(text.text, lead.end(), end)), end)
    if scope == "项目" and pattern(form["general"]).fullmatch(name):
        return
    project = None if scope == "整体" else name
    found = dict(_figures(text.text, lead.start(), end))
    score, rating = found.pop("score", None), found.pop("rating", None)
    if score is None and rating is None:
        return
    last = max(match.end() for match in (score, rating) if match)
    yield EvaluationFact(
        source=text.source(document, lead.start(), last),
        scope=scope,
        project=project,
        score=number(score[1]) if score else None,
        rating=rating[1] if rating else None,
    )
    for measure, match in found.items():
        value = number(match[1])
        if value is not None:
            source = text.source(document, match.start(), match.end())
            unit = "%" if measure == "执行率" else match[2]
            yield EvaluationMoneyFact(
                source=source, scope=scope, project=project, line="合计", measure=measure, amount=value, unit=unit
            )


def _figures(text: str, start: int, end: int) -> Iterator[Said]:
    form = wording("self_evaluations")
    for name, words in {**form["verdict"], **form["money"]}.items():
        match = pattern(words).search(text, start, end)
        if match:
            yield name, match


@cache
def _lead() -> re.Pattern[str]:
    """How a review begins: after a stop, a number, or the unit over a table, a name and 自评综述, or a name in the
    sentence of its score."""
    form = wording("self_evaluations")
    begins = rf"(?:^|(?<=[。；;：:])(?![万千亿]?元)|(?<=元)(?={NUMBERING}))(?:{NUMBERING})*"
    return pattern(f"{begins}(?:{form['lead']})")
