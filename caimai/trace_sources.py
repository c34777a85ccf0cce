"""The places that a trace quotes: numbered in order of first use, and quoted so that the words that matter are seen."""

import re
from collections.abc import Iterator
from dataclasses import replace

from caimai.words import Say
from kg.places import Evidence
from ontology.document_number import mentions
from queries.tracing.answer import Conflict, Hop, Trace

_SHOWN = 60  # characters of a quotation
_BEGINNING = 20  # of these where the words that matter come later
_BEFORE = 8  # characters before these
_WRAPPED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])")
_FIGURE = re.compile(r"[\d,.]*\d")


class Sources:
    """The places quoted so far, numbered in order of first use: [1], [2] …, and what each is quoted for."""

    def __init__(self) -> None:
        self.numbers: dict[Evidence, int] = {}
        self._wanted: dict[Evidence, dict[str, None]] = {}

    def marks(self, said: Hop | Conflict) -> tuple[str, str]:
        """The numbers of the places of a hop and how many more there are, dimmed."""
        for place in said.evidence:
            self.numbers.setdefault(place, len(self.numbers) + 1)
            if isinstance(said, Hop):
                self._wanted.setdefault(place, {}).update(dict.fromkeys(_words_of(said)))
        shown = "".join(f"[{self.numbers[place]}]" for place in said.evidence)
        more = f" +{said.more_places}" if said.more_places else ""
        return f"  {shown}{more}", "dim"

    def place(self, place: Evidence, say: Say) -> str:
        """Where it is, and the words there in one line: long ones cut short, around what they are quoted for."""
        return f"{where(place, say)} 「{_quoted(in_one_line(place.words), self._wanted.get(place, {}))}」"


def where(place: Evidence, say: Say) -> str:
    """Page, line, table, row and column of a place, as far as known."""
    found = [say("page", page=place.page)] if place.page is not None else []
    found += [say("line", line=place.line)] if place.line is not None else []
    found += [place.table] if place.table else []
    if place.row is not None:
        found.append(say("row_column" if place.column is not None else "row", row=place.row, column=place.column))
    return " ".join(found)


def promises_in_words(trace: Trace, say: Say) -> Iterator[Hop]:
    """The hops of forms that are about no project, each form called by its body and the project that it names."""
    for hop in trace.promises:
        whose = f"{hop.source} {hop.project or say('whole-body')}"
        yield replace(hop, source=whose, source_iri="") if hop.relation == "target" else hop


def in_one_line(text: str) -> str:
    """Words in one line: lines of Chinese joined without a blank, cells with one."""
    return " ".join(_WRAPPED.sub("", text).split())


def _words_of(hop: Hop) -> Iterator[str]:
    """What of a hop its places are to show: the recipient or the use, the amount, the document."""
    if hop.relation not in {"evaluation", "execution", "indicator", "outcome", "target"}:
        figure = _FIGURE.search(hop.printed or "")
        yield from filter(None, (hop.target, figure[0] if figure else "", hop.source))


def _quoted(text: str, wanted: dict[str, None]) -> str:
    """The beginning of the words; where what they are quoted for comes later, less of it and the words around that."""
    if len(text) <= _SHOWN:
        return text
    late = [(-len(words), span[0]) for words in wanted if (span := _span(text, words)) and span[1] >= _SHOWN]
    if not late:
        return f"{text[: _SHOWN - 1]}…"
    start = max(_BEGINNING, min(late)[1] - _BEFORE)  # around the longest: a figure stands in many places
    end = start + _SHOWN - _BEGINNING
    return f"{text[:_BEGINNING]}…{text[start:end]}{'…' if end < len(text) else ''}"


def _span(text: str, words: str) -> tuple[int, int] | None:
    """Where the words begin to stand in the text, a document number in any print; None where they do not."""
    found = re.search(r"\s*".join(map(re.escape, words[:_BEGINNING])), text)
    if found:
        return found.span()
    return next(((said.start, said.end) for said in mentions(text) if str(said.number) == words), None)
