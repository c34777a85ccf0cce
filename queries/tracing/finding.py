"""Finding what a user means: a document number in any print, a functional code, or a name, whole or in part."""

import re
from collections.abc import Sequence

import pyoxigraph as ox

from kg import iris
from ontology.document_number import DocumentNumber, parse, unbracketed
from ontology.document_number import listed as listed_numbers
from ontology.errors import CaimaiError
from ontology.text import key, tight
from queries.answers import Value
from queries.nearest import Near, listed, nearest, nearest_codes
from queries.reading import Reader
from queries.tracing.answer import Match

_CODE = re.compile(r"[12]\d{2}(?:\d{2}){0,2}")
_DIGITS = re.compile(r"\d{1,7}")
_NO_CODE = (
    "digits are taken for the code of a functional subject, which has 3, 5 or 7: 206, 20605, 2060599"
    " (for an economic subject, such as 30231: caimai ask economic_subject_across_bodies)",
    "纯数字按功能科目编码查找，编码为3、5或7位，如 206、20605、2060599"
    "（经济科目如 30231，请用 caimai ask economic_subject_across_bodies）",
)
_KINDS = {
    "/id/agency/": "body",
    "/id/prog/": "programme",
    "/id/proj/": "project",
    "/id/org/": "recipient",
    "/id/tgt/": "form",
    "/code/function/": "subject",
}
_LONGEST = 80  # letters of a name that may be near


class NotFound(CaimaiError):
    """Nothing in the graph is called so; `nearest` are the names that come closest, `near` says why they do.

    `about` says in English and Chinese what may be asked for instead, nothing where there is nothing to say.
    """

    def __init__(
        self, what: str, near: Sequence[Near], *, empty: bool = False, about: tuple[str, str] = ("", "")
    ) -> None:
        self.what, self.empty, self.near, self.about = what, empty, tuple(near), about
        self.nearest = [one.name for one in near]
        fill = "; the graph is empty - fill it: caimai build PATH --store DIR" if empty else ""
        first = "；图是空的，先读入文件：caimai build PATH --store DIR" if empty else ""
        english, chinese = (f"; {about[0]}", f"；{about[1]}") if all(about) else ("", "")
        super().__init__(
            f"nothing here is called '{what}'{fill}{english}"
            + (f"; nearest: {listed(self.near, 'en')}" if near else ""),
            f"图中没有“{what}”{first}{chinese}" + (f"；相近的有：{listed(self.near, 'zh')}" if near else ""),
        )


def find(reader: Reader, what: str) -> list[Match]:
    """The things that `what` names, all of one manner of matching, the strictest first.

    A document number in any print is matched by its identity, several (65、63号) each, one without brackets where there
    is such a document; digits are a functional code and nothing else. A name is matched whole, else as part of a name,
    white space and width ignored; names of indicators only where nothing else fits.
    Raises NotFound with the nearest names and why they are near.
    """
    number = parse(what)
    if numbers := (number,) if number else listed_numbers(what):
        return _documents(reader, numbers)
    if _DIGITS.fullmatch(tight(what)):
        return _code(reader, what)
    found = _unbracketed(reader, what) or _named(reader, what) or _indicator(reader, what)
    if found:
        return found
    names = [Match(str(row["kind"]), str(row["thing"]), str(row["name"])) for row in reader.rows("names")]
    wanted = key(what)
    found = [match for match in names if wanted == key(match.name)]
    found = found or [match for match in names if len(wanted) > 1 and wanted in key(match.name)]
    found = found or _subjects(reader, wanted) or _indicators(reader, wanted)
    if found:
        return _once(found)
    known = {match.name for match in names}
    raise NotFound(what, _near(reader, what, known), empty=not known)


def _near(reader: Reader, what: str, known: set[str]) -> list[Near]:
    """The names that are near, and numbers of documents written in another manner."""
    numbers = [str(row["number"]) for row in reader.rows("documents")] if re.search(r"20\d\d", what) else []
    return nearest(what, [*(name for name in known if len(name) <= _LONGEST), *numbers])


def _documents(reader: Reader, numbers: Sequence[DocumentNumber]) -> list[Match]:
    found = [row for number in numbers for row in reader.rows("document", document=iris.document(number).value)]
    if not found:
        known = [str(row["number"]) for row in reader.rows("documents")]
        what = "、".join(map(str, numbers))
        raise NotFound(what, nearest(str(numbers[0]), known), empty=_is_empty(reader) and not known)
    return [Match("document", str(row["document"]), str(row["number"])) for row in found]


def _unbracketed(reader: Reader, what: str) -> list[Match]:
    number = unbracketed(what)
    found = reader.rows("document", document=iris.document(number).value) if number else []
    return [Match("document", str(row["document"]), str(row["number"])) for row in found]


def _is_empty(reader: Reader) -> bool:
    return not reader.rows("names")


def _code(reader: Reader, what: str) -> list[Match]:
    """The functional subject of a code. Raises NotFound with the subjects around it."""
    digits = tight(what)
    rows = reader.described("subject", [iris.code("function", digits).value]) if _CODE.fullmatch(digits) else []
    found = [_subject(row["subject"], row["subjectCode"], row["prefLabel"]) for row in rows if row["subjectCode"]]
    if found:
        return found
    subjects = [(str(row["code"]), str(row["name"] or "")) for row in reader.rows("subjects")]
    near = nearest_codes(digits, subjects)
    raise NotFound(what, near, empty=not subjects and _is_empty(reader), about=_NO_CODE)


def _subjects(reader: Reader, wanted: str) -> list[Match]:
    return [
        _subject(row["subject"], row["code"], row["name"]) for row in reader.rows("subjects")
        if row["name"] and len(wanted) > 1 and wanted in key(str(row["name"]))
    ]  # fmt: skip


def _subject(iri: Value, code: Value, name: Value) -> Match:
    return Match("subject", str(iri), f"{code} {name or ''}".strip())


def _named(reader: Reader, what: str) -> list[Match]:
    """The things of exactly this name, as it is typed or without white space."""
    for name in dict.fromkeys((what, tight(what))):
        things = {
            iri for words in (ox.Literal(name), ox.Literal(name, language="zh")) for iri in _called(reader, words)
        }
        if things:
            return _once([Match(_kind(iri) or "", iri, name) for iri in things])
    return []


def _called(reader: Reader, name: ox.Literal) -> set[str]:
    """What can be traced and is called exactly so: for a form its project, recipients where anything is handed to them.

    A form that is about no project stands for itself.

    The parts of a query that asked for all of this at once would be looked through from their large ends.
    """
    found = {*reader.column("named", "thing", name=name), *reader.column("bodies_named", "thing", name=name)}
    forms = {iri for iri in found if "/id/tgt/" in iri}
    recipients = {iri for iri in found if _kind(iri) == "recipient"}
    paid = {str(row["recipient"]) for row in reader.rows_of("grants_to", recipients)}
    known = {iri for iri in found if _kind(iri) not in {None, "recipient", "form"}}
    project_of = reader.found("project_of_form", forms)
    projects = {iri for of in project_of.values() for iri in of if _kind(iri) == "project"}
    return known | paid | projects | (forms - project_of.keys())


def _kind(iri: str) -> str | None:
    """The kind of thing that has an address, None where it cannot be traced by name."""
    return next((kind for part, kind in _KINDS.items() if part in iri), None)


def _indicator(reader: Reader, what: str) -> list[Match]:
    """Indicators of exactly this name."""
    found = reader.column("indicators_named", "indicator", name=ox.Literal(what))
    return [Match("indicator", iri, what) for iri in found]


def _indicators(reader: Reader, wanted: str) -> list[Match]:
    """One match for each name of indicators that fits; its address is that of the first indicator."""
    names = [name for name in reader.column("indicator_names", "name") if len(wanted) > 1 and wanted in key(name)]
    whole = [name for name in names if key(name) == wanted]
    return [
        Match("indicator", iri, name)
        for name in (whole or names)
        for iri in reader.column("indicators_named", "indicator", name=ox.Literal(name))
    ]


def _once(found: list[Match]) -> list[Match]:
    """Each thing once, under the first of its names."""
    first: dict[str, Match] = {}
    for match in sorted(found, key=lambda match: (match.kind, match.name, match.iri)):
        first.setdefault(match.iri, match)
    return list(first.values())
