"""The parameters of questions: what kinds there are, how a text becomes a term, which names are in the graph."""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

import pyoxigraph as ox

from ontology.document_number import parse, unbracketed
from ontology.errors import CaimaiError
from ontology.terms import concepts, label
from ontology.text import tight
from queries.nearest import listed, nearest

_MOST_CODES = 8
_XSD_INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of parameter: its Chinese and English names, the form its text must have, the language of its names.

    `form` is empty where any text will do, `lang` where the names in the graph have no language; `codes` is the code
    list whose English names and keys will do, too.
    """

    zh: str
    en: str
    form: str = ""
    lang: str = ""
    codes: str = ""


KINDS = {
    name: Kind(**fields)
    for name, fields in tomllib.loads(files("queries").joinpath("questions/parameters.toml").read_text("utf-8")).items()
}


class WrongParameter(CaimaiError):
    """A text that is not of the kind its parameter wants."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question: the query's variable, its kind, an example that has an answer on the examples.

    A question may be asked without a parameter that is not required, and then means all of them.
    """

    name: str
    kind: str
    example: str
    required: bool = True


def bound(parameter: Parameter, text: str) -> ox.Literal:
    """The term for a text: document numbers in canonical form, years as integers, white space taken out of the rest.

    The year of a number need not stand in brackets.

    Raises WrongParameter with an example where the text is not of the parameter's kind.
    """
    kind = KINDS[parameter.kind]
    if not re.fullmatch(kind.form, tight(text)) if kind.form else not tight(text):
        raise _wrong(parameter, text)
    if parameter.kind == "year":
        return ox.Literal(tight(text), datatype=_XSD_INTEGER)
    if parameter.kind == "document_number":
        number = parse(text) or unbracketed(text)
        if number is None:
            raise _wrong(parameter, text)
        return ox.Literal(str(number))
    name = _chinese(kind.codes, text) if kind.codes else tight(text)
    return ox.Literal(name, language=kind.lang) if kind.lang else ox.Literal(name)


def _chinese(scheme: str, text: str) -> str:
    """The Chinese name of what a code list has under this key, English name or part of a name, else the text as it is.

    A part (自治区, 省级 of 省（自治区、直辖市）) must be in no other name of the list: 市 is in several.
    """
    names = {node: label(node) or text for node in concepts(scheme).values()}
    for name, node in concepts(scheme).items():
        if text.strip().casefold() in {name, (label(node, "en") or "").casefold()}:
            return names[node]
    part = tight(text).removesuffix("级")
    holding = [name for name in names.values() if part and part in name]
    return holding[0] if len(holding) == 1 and part in re.split("[（、）]", holding[0]) else tight(text)


def names_of(store: ox.Store, kind: str) -> list[str] | None:
    """What the graph calls the things of a kind, in order; None for kinds that have no names (codes)."""
    listing = files("queries").joinpath(f"names/{kind}.rq")
    if not listing.is_file():
        return None
    rows = store.query(listing.read_text("utf-8"), use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions), "names are listed by SELECT queries"
    return [str(row["name"].value) for row in rows]


def unknown_name(store: ox.Store, parameter: Parameter, text: str) -> WrongParameter | None:
    """The error where the graph knows nothing by the name given, with the nearest names and why; None where it does."""
    wanted, names = bound(parameter, text).value, names_of(store, parameter.kind)
    if names is None or wanted in names:
        return None
    if parameter.kind == "year":
        return WrongParameter(
            f"no disclosure held here is of {wanted}; there are: {', '.join(names) or 'none'}",
            f"图中没有{wanted}年的公开；有：{'、'.join(names) or '无'}",
        )
    near, kind = nearest(wanted, names), KINDS[parameter.kind]
    if kind.codes and not near:  # a short list: all of it
        every = [(label(node, "en") or name, label(node) or name) for name, node in concepts(kind.codes).items()]
        english, chinese = ", ".join(en for en, _ in every), "、".join(zh for _, zh in every)
        return WrongParameter(
            f"no {kind.en} here is called '{wanted}'; there are: {english}",
            f"图中没有叫“{wanted}”的{kind.zh}；有：{chinese}",
        )
    return WrongParameter(
        f"no {kind.en} here is called '{wanted}'" + (f"; nearest: {listed(near, 'en')}" if near else ""),
        f"图中没有叫“{wanted}”的{kind.zh}" + (f"；相近的有：{listed(near, 'zh')}" if near else ""),
    )


def typed(parameter: Parameter) -> str:
    """A parameter with its example as it is typed in a shell: brackets stand in quotation marks."""
    text = f"{parameter.name}={parameter.example}"
    return f"'{text}'" if any(sign in text for sign in "[]()*? ") else text


def _wrong(parameter: Parameter, text: str) -> WrongParameter:
    kind, named = KINDS[parameter.kind], _codes_named(text) if parameter.kind == "code" else []
    if named:
        return WrongParameter(
            f"{parameter.name}: '{text}' is not a {kind.en} but a name; codes of that name: {', '.join(named)}",
            f"{parameter.name}：“{text}”不是{kind.zh}而是名称，名称相符的有：{'、'.join(named)}",
        )
    return WrongParameter(
        f"{parameter.name}: '{text}' is not a {kind.en} ({kind.zh}); an example: {parameter.example}",
        f"{parameter.name}：“{text}”不是{kind.zh}，例如 {parameter.example}",
    )


def _codes_named(text: str) -> list[str]:
    """The codes of the functional and economic lists with this name, else with this in their names, and their names."""
    subjects = [*concepts("function").items(), *concepts("economic").items()]
    named, wanted = [(code, label(node) or "") for code, node in subjects], tight(text)
    exact = [f"{code} {name}" for code, name in named if name == wanted]
    return exact or [f"{code} {name}" for code, name in named if len(wanted) > 1 and wanted in name][:_MOST_CODES]
