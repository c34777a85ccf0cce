"""The reference page of the ontology, from the Turtle: `python -m ontology.reference > docs/ontology.md`."""

import re
from collections.abc import Iterable, Iterator
from importlib.resources import files

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from ontology.terms import CODE, ONT, prefixes, vocabulary

_HEAD = f"""# 本体参考 · Ontology reference

本页由 `ontology/*.ttl` 生成，请勿手改。This page is generated from `ontology/*.ttl`; do not edit it:

    python -m ontology.reference > docs/ontology.md

`bl:` = `{ONT}`，代码 codes = `{CODE}`。定义域与值域只作说明，不用于推理；约束见文末的规则。
Domains and ranges annotate and infer nothing; what must hold is in the rules at the end.
"""
_SHACL = "http://www.w3.org/ns/shacl#"
_LONGEST = 60  # a longer code list shows its top level only
_Values = dict[str, dict[str, list[str]]]


def page() -> str:
    """The page as Markdown: the terms by section, the code lists, the rules."""
    known = _values(vocabulary())
    shapes = _values(quad.triple for quad in parse(_text("shapes.ttl"), format=RdfFormat.TURTLE))
    return "\n".join([_HEAD, *_sections(known), *_code_lists(known), *_rules(shapes)])


def _text(name: str) -> bytes:
    return files("ontology").joinpath(name).read_bytes()


def _values(triples: Iterable[Triple]) -> _Values:
    """Subject → predicate (`@language` added for texts) → objects, all IRIs short, in the order of the file."""
    found: _Values = {}
    for subject, predicate, value in triples:
        key = _short(predicate) + (f"@{value.language}" if isinstance(value, Literal) and value.language else "")
        found.setdefault(_short(subject), {}).setdefault(key, []).append(_short(value))
    return found


def _short(node: object) -> str:
    if not isinstance(node, NamedNode):
        return str(node) if isinstance(node, BlankNode) else str(getattr(node, "value", node))
    fits = [(prefix, iri) for prefix, iri in prefixes().items() if node.value.startswith(iri)]
    prefix, iri = max(fits, key=lambda fit: len(fit[1]), default=("", ""))
    return f"{prefix}:{node.value.removeprefix(iri)}" if prefix else node.value


def _sections(known: _Values) -> Iterator[str]:
    """One table a `##` heading of budget.ttl."""
    for heading, *lines in _split(_text("budget.ttl").decode(), "## "):
        names = [line for line in lines if re.fullmatch(r"bl:\w+", line)]
        yield f"## {heading}\n"
        yield "| 术语 Term | 中文 | English | 定义 Definition |\n|---|---|---|---|"
        yield from (_term(name, known[name]) for name in names)
        yield ""


def _split(text: str, mark: str) -> Iterator[list[str]]:
    """The lines from each line that begins with the mark to the next, the mark taken off."""
    for part in re.split(f"^{mark}", text, flags=re.MULTILINE)[1:]:
        yield part.splitlines()


def _term(name: str, about: dict[str, list[str]]) -> str:
    above = [*about.get("rdfs:subClassOf", ()), *about.get("rdfs:subPropertyOf", ())]
    lines = [f"**`{name}`**", *(f"⊑ `{parent}`" for parent in above)]
    if about["rdf:type"] != ["owl:Class"]:
        lines.append(f"`{'`, `'.join(about.get('rdfs:domain', ['*']))}` → `{about['rdfs:range'][0]}`")
    lines += [f"代码 codes: `{codes}`" for codes in about.get("qb:codeList", ())]
    definition = f"{about['skos:definition@zh'][0]}<br>{about['skos:definition@en'][0]}"
    return f"| {'<br>'.join(lines)} | {about['rdfs:label@zh'][0]} | {about['rdfs:label@en'][0]} | {definition} |"


def _code_lists(known: _Values) -> Iterator[str]:
    yield "## 代码表 · Code lists\n"
    for scheme, about in known.items():
        if about.get("rdf:type") == ["skos:ConceptScheme"]:
            yield from _code_list(scheme, about, known)


def _code_list(scheme: str, about: dict[str, list[str]], known: _Values) -> Iterator[str]:
    concepts = {name: values for name, values in known.items() if scheme in values.get("skos:inScheme", ())}
    top = {name: values for name, values in concepts.items() if "skos:broader" not in values}
    shown = top if len(concepts) > _LONGEST else concepts
    yield f"### `{scheme}` {about['skos:prefLabel@zh'][0]} · {about['skos:prefLabel@en'][0]}\n"
    yield f"{about['skos:definition@zh'][0]} {about['skos:definition@en'][0]}"
    if "bl:extensible" in about:
        yield "可扩充：文件所印而表中未列的代码可以使用。Extensible: printed codes that are not listed may be used."
    if shown is not concepts:
        yield f"共 {len(concepts)} 条，此处只列首层。{len(concepts)} concepts, of which the top level is shown."
    yield "\n| 概念 Concept | 代码 Notation | 中文 | 又称 Also | English |\n|---|---|---|---|---|"
    yield from (_concept(name, values) for name, values in shown.items())
    yield ""


def _concept(name: str, about: dict[str, list[str]]) -> str:
    also = "、".join(about.get("skos:altLabel@zh", ()))
    notation = about["skos:notation"][0].replace("|", "\\|")
    return f"| `{name}` | {notation} | {about['skos:prefLabel@zh'][0]} | {also} | {about['skos:prefLabel@en'][0]} |"


def _rules(shapes: _Values) -> Iterator[str]:
    yield "## 规则 · Rules\n"
    yield "错误说明程序有误，停止构建；警告描述文件本身。"
    yield "Errors are bugs of ours and stop a build; warnings describe documents.\n"
    yield "| 规则 Rule | 等级 Severity | 内容 | Content |\n|---|---|---|---|"
    for about in shapes.values():
        says = shapes.get(about.get(f"{_SHACL}sparql", [""])[0], about)
        if "rdf:type" in about and f"{_SHACL}message@zh" in says:
            yield _rule(about, says)


def _rule(about: dict[str, list[str]], says: dict[str, list[str]]) -> str:
    warning = f"{_SHACL}Warning" in about.get(f"{_SHACL}severity", ())
    zh, en = (_said(says[f"{_SHACL}message@{language}"][0]) for language in ("zh", "en"))
    return f"| {zh[:3]} | {'警告 warning' if warning else '错误 error'} | {zh[4:]} | {en[4:]} |"


def _said(message: str) -> str:
    """The message without the culprit before the colon; other values of a query become an ellipsis."""
    return re.sub(r"\{\?\w+\}", "…", re.sub(r"\{\?value\}[：:] ?", "", message))


if __name__ == "__main__":
    print(page(), end="")
