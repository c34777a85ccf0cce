"""The vocabulary: terms labelled and defined, codes in one list, rules with an example that fits and one that fails."""

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any

import pyoxigraph
import pyshacl
import pytest
from kg_documents import built
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib import namespace as spaces
from rdflib.namespace import ORG, OWL, PROV, QB, RDF, RDFS, SH, SKOS
from rdflib.term import Node

from kg.checks import violations
from kg.shapes import UnknownConstraint, compiled
from ontology import reference, terms
from ontology.errors import UnknownTerm
from ontology.terms import BL, CODE, ID, ONT, coded, concept, label, labelled, prefixes, vocabulary

HERE = Path(__file__).resolve().parent / "shapes"
ONTOLOGY = Path(str(files("ontology")))
BLSH = Namespace("https://w3id.org/cnbl/shapes#")
RULES = [f"S{number:02}" for number in range(1, 48)]


@cache
def graph(*names: str) -> Graph:
    found = Graph()
    for name in names:
        found.parse(ONTOLOGY / name)
    return found


CODE_FILES = sorted(f"codes/{path.name}" for path in (ONTOLOGY / "codes").glob("*.ttl"))


def budget() -> Graph:
    return graph("budget.ttl")


def codes() -> Graph:
    return graph(*CODE_FILES)


def declared(*kinds: URIRef) -> list[URIRef]:
    return [term for kind in kinds for term in budget().subjects(RDF.type, kind) if isinstance(term, URIRef)]


PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)


def texts(found: Graph, subject: Node, predicate: URIRef) -> dict[str | None, list[str]]:
    values = [value for value in found.objects(subject, predicate) if isinstance(value, Literal)]
    return {language: [str(v) for v in values if v.language == language] for language in {v.language for v in values}}


def counts(found: dict[str | None, list[str]]) -> dict[str | None, int]:
    return {language: len(values) for language, values in found.items()}


# --- the terms ------------------------------------------------------------------------------------------------------


def test_every_term_has_one_chinese_and_one_english_label_and_definition() -> None:
    for term in declared(OWL.Class, *PROPERTIES):
        for predicate in (RDFS.label, SKOS.definition):
            found = texts(budget(), term, predicate)
            assert counts(found) == {"zh": 1, "en": 1}, (term, predicate)
            assert all(text.strip() == text != "" for values in found.values() for text in values), term


@pytest.mark.parametrize("kinds", [(OWL.Class,), PROPERTIES])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_two_classes_and_no_two_properties_share_a_label(kinds: tuple[URIRef, ...], language: str) -> None:
    labels = Counter(texts(budget(), term, RDFS.label)[language][0] for term in declared(*kinds))
    assert [text for text, times in labels.items() if times > 1] == []


def test_every_domain_range_and_parent_is_declared_here_or_in_its_own_vocabulary() -> None:
    names = ("DCAT", "DCTERMS", "FOAF", "ORG", "PROV", "QB", "RDF", "RDFS", "SDO", "SKOS", "XSD")
    outside: list[Any] = [getattr(spaces, name) for name in names]
    ours = set(declared(OWL.Class, *PROPERTIES))
    for predicate in (RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf):
        for term, value in budget().subject_objects(predicate):
            assert value in ours or any(value in space for space in outside), (term, predicate, value)
    assert URIRef(f"{PROV}Entitty") not in PROV  # these namespaces are closed


def test_parents_of_classes_are_classes_and_parents_of_properties_are_properties() -> None:
    ours = {OWL.Class: set(declared(OWL.Class)), "property": set(declared(*PROPERTIES))}
    for predicate, kind in ((RDFS.subClassOf, OWL.Class), (RDFS.subPropertyOf, "property")):
        for child, parent in budget().subject_objects(predicate):
            assert child in ours[kind]
            assert parent in ours[kind] or not str(parent).startswith(ONT)


def test_every_property_has_one_range_of_its_kind() -> None:
    for kind, of_data in ((OWL.ObjectProperty, False), (OWL.DatatypeProperty, True)):
        for term in declared(kind):
            (found,) = budget().objects(term, RDFS.range)
            assert str(found).startswith("http://www.w3.org/2001/XMLSchema#") == of_data, term


def test_every_property_of_codes_names_its_list_or_collection() -> None:
    for term in set(budget().subjects(RDFS.range, SKOS.Concept)):
        (found,) = budget().objects(term, QB.codeList)
        assert (found, RDF.type, SKOS.ConceptScheme) in codes() or (found, RDF.type, SKOS.Collection) in codes(), term


def test_lineage_is_one_relation_between_money_flows() -> None:
    feeds, flow = URIRef(ONT + "feeds"), URIRef(ONT + "MoneyFlow")
    assert {*budget().objects(feeds, RDFS.domain), *budget().objects(feeds, RDFS.range)} == {flow}


def test_the_header_names_its_version() -> None:
    header = URIRef(ONT.rstrip("#"))
    (version,) = budget().objects(header, OWL.versionInfo)
    assert (header, OWL.versionIRI, URIRef(f"{header}/{version}")) in budget()
    assert f"## {version}\n" in (ONTOLOGY / "CHANGELOG.md").read_text("utf-8")


def test_there_are_no_blank_nodes_in_vocabulary_and_alignments() -> None:
    for found in (budget(), codes(), graph("alignments.ttl")):
        assert not [node for triple in found for node in triple if isinstance(node, BNode)]


# --- the code lists -------------------------------------------------------------------------------------------------


def concepts() -> list[URIRef]:
    return [node for node in codes().subjects(RDF.type, SKOS.Concept) if isinstance(node, URIRef)]


def test_every_concept_is_in_one_list_with_a_notation_and_labels_in_both_languages() -> None:
    for node in concepts():
        (scheme,) = codes().objects(node, SKOS.inScheme)
        assert (scheme, RDF.type, SKOS.ConceptScheme) in codes()
        assert str(node).startswith(f"{scheme}/"), node
        (notation,) = codes().objects(node, SKOS.notation)
        assert str(notation), node
        assert counts(texts(codes(), node, SKOS.prefLabel)) == {"zh": 1, "en": 1}, node


def test_every_list_and_collection_is_labelled_and_every_member_is_a_concept() -> None:
    for kind in (SKOS.ConceptScheme, SKOS.Collection):
        for node in codes().subjects(RDF.type, kind):
            assert set(texts(codes(), node, SKOS.prefLabel)) == {"zh", "en"}, node
    assert set(codes().objects(None, SKOS.member)) <= set(concepts())
    assert set(codes().objects(None, SKOS.broader)) <= set(concepts())


def test_a_notation_means_one_thing_in_a_year() -> None:
    first, last = URIRef(ONT + "validFromYear"), URIRef(ONT + "validToYear")
    seen: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for node in concepts():
        key = (str(codes().value(node, SKOS.inScheme)), str(codes().value(node, SKOS.notation)))
        years = (int(str(codes().value(node, first) or 0)), int(str(codes().value(node, last) or 9999)))
        assert all(years[1] < a or b < years[0] for a, b in seen.get(key, ())), node
        seen.setdefault(key, []).append(years)


def test_the_class_of_a_concept_is_declared() -> None:
    ours = set(declared(OWL.Class))
    kinds = {kind for node in concepts() for kind in codes().objects(node, RDF.type) if kind != SKOS.Concept}
    assert kinds <= ours


def test_a_subject_lies_below_the_subject_with_the_digits_before_its_own() -> None:
    for node in codes().subjects(URIRef(ONT + "subjectCode"), None):
        code = str(codes().value(node, SKOS.notation))
        above = codes().value(node, SKOS.broader)
        assert code == str(codes().value(node, URIRef(ONT + "subjectCode")))
        assert (str(codes().value(above, SKOS.notation)) if above else "") == (code[:-2] if len(code) > 3 else "")


def test_units_of_money_convert_to_yuan() -> None:
    values = codes().subject_objects(URIRef(ONT + "yuanPerUnit"))
    found = {str(codes().value(node, SKOS.notation)): float(str(value)) for node, value in values}
    assert found == {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}


@pytest.mark.parametrize(
    "table",
    [
        "revenue_expenditure_overview",
        "revenue",
        "expenditure",
        "fiscal_appropriation_overview",
        "fiscal_appropriation_economic",
        "general_budget_expenditure",
        "general_budget_economic",
        "general_budget_basic",
        "general_budget_project",
        "government_fund",
        "state_capital",
        "three_public",
        "commissioned_services",
        "carryover",
    ],
)
def test_there_is_a_view_for_every_table_of_the_facts_contract(table: str) -> None:
    assert concept("view", table).value == f"{CODE}view/{table}"


# --- the closed namespaces ------------------------------------------------------------------------------------------


def test_the_namespace_has_every_declared_term_and_no_other() -> None:
    for term in declared(OWL.Class, *PROPERTIES):
        assert BL[str(term).removeprefix(ONT)].value == str(term)
    assert BL.feeds == BL["feeds"]
    for typo in ("feed", "Feeds", "", "project ", "__name", "confidence"):
        with pytest.raises(UnknownTerm):
            BL[typo]
    with pytest.raises(UnknownTerm, match="bl:budgetObservation"):
        _ = BL.budgetObservation


def test_the_namespace_can_be_inspected_without_surprise() -> None:
    assert not hasattr(BL, "__wrapped__")


@pytest.mark.parametrize(
    ("scheme", "key", "end"),
    [
        ("level", "central", "level/central"),
        ("op", "ge", "op/ge"),
        ("op", ">=", "op/ge"),
        ("unit", "万元", "unit/ten-thousand-yuan"),
        ("view", "revenue", "view/revenue"),
        ("grade", "candidate", "grade/candidate"),
        ("absence", "declared_nil", "absence/declared_nil"),
    ],
)
def test_a_concept_is_found_by_its_key_or_notation(scheme: str, key: str, end: str) -> None:
    assert concept(scheme, key).value == CODE + end


@pytest.mark.parametrize(
    ("scheme", "key"),
    [("level", "centre"), ("levels", "central"), ("op", ""), ("function", "2999999")],
)
def test_a_concept_that_is_not_declared_is_refused(scheme: str, key: str) -> None:
    with pytest.raises(UnknownTerm):
        concept(scheme, key)


@pytest.mark.parametrize(
    ("scheme", "code", "year", "end"),
    [
        ("function", "2060599", None, "function/2060599"),
        ("function", "2999999", 2025, "function/2999999"),
        ("economic", "30311", None, "economic/30311"),
        ("economic", "30311", 2025, "economic/30311"),
        ("economic", "30311", 2017, "economic/30311~2017"),
        ("economic", "30104", 2017, "economic/30104~2017"),
        ("economic", "30104", 2025, "economic/30104"),
        ("unit", "万元/家", None, "unit/万元%2F家"),
        ("unit", "家", None, "unit/establishment"),
    ],
)
def test_a_code_means_what_it_meant_in_its_year_and_open_lists_take_new_ones(
    scheme: str, code: str, year: int | None, end: str
) -> None:
    assert coded(scheme, code, year).value == CODE + end


@pytest.mark.parametrize(("scheme", "code"), [("level", "乡镇"), ("grade", "likely"), ("function", "")])
def test_a_closed_list_takes_no_new_code_and_no_list_an_empty_one(scheme: str, code: str) -> None:
    with pytest.raises(UnknownTerm):
        coded(scheme, code)


@pytest.mark.parametrize(
    ("scheme", "words", "end"),
    [
        ("source", "上级一般公共预算转移支付", "source/transfer"),
        ("source", "财政拨款 结转", "source/carry-fiscal"),
        ("kind", "因公出国(境)费", "kind/overseas-travel"),
        ("cat", "满意度指标", "cat/满意度"),
        ("direction", "增长", "direction/increase"),
        ("economic", "住房公积金", "economic/30113"),
    ],
)
def test_a_printed_name_leads_to_its_concept(scheme: str, words: str, end: str) -> None:
    found = labelled(scheme, words)
    assert found is not None
    assert found.value == CODE + end


@pytest.mark.parametrize(("scheme", "words"), [("function", "行政运行"), ("source", "天上掉下来的"), ("cat", "")])
def test_a_name_that_fits_none_or_several_concepts_leads_nowhere(scheme: str, words: str) -> None:
    assert labelled(scheme, words) is None


def test_labels_are_given_in_both_languages() -> None:
    assert (label(BL.feeds), label(BL.feeds, "en")) == ("流向", "feeds")
    assert label(concept("level", "central")) == "中央"
    assert label(coded("function", "2999999")) is None


def test_no_name_of_a_closed_list_is_given_to_two_concepts() -> None:
    open_lists = {node for node, _ in codes().subject_objects(URIRef(ONT + "subjectCode"))}
    seen: dict[tuple[str, str], URIRef] = {}
    for node in set(concepts()) - open_lists:
        names = chain(codes().objects(node, SKOS.prefLabel), codes().objects(node, SKOS.altLabel))
        for name in {str(name) for name in names if isinstance(name, Literal) and name.language == "zh"}:
            assert seen.setdefault((str(codes().value(node, SKOS.inScheme)), name), node) == node, name


def test_prefixes_are_one_to_one_and_cover_all_kinds_of_things() -> None:
    assert len(set(prefixes().values())) == len(prefixes())
    assert prefixes()["bl"] == ONT
    assert prefixes()["org"] == str(ORG)
    assert {prefixes()[kind] for kind in terms.ID_KINDS} == {f"{ID}{kind}/" for kind in terms.ID_KINDS}


def test_the_vocabulary_is_the_ontology_and_its_codes_without_shapes_and_alignments() -> None:
    assert len(vocabulary()) == len(budget()) + len(codes())


def test_alignments_speak_of_declared_terms_only_and_claim_no_identity_of_terms() -> None:
    known = set(declared(OWL.Class, *PROPERTIES)) | set(concepts())
    for ours, predicate, theirs in graph("alignments.ttl"):
        assert ours in known
        assert predicate in {SKOS.closeMatch, SKOS.relatedMatch, SKOS.exactMatch}
        assert not str(theirs).startswith("https://w3id.org/cnbl/")
        assert predicate != SKOS.exactMatch or str(ours).startswith(f"{CODE}unit/")


# --- the shapes -----------------------------------------------------------------------------------------------------


def shapes() -> Graph:
    return graph("shapes.ttl")


def example(name: str) -> Graph:
    """The union of the graphs of an example and of what it stands in."""
    found = Graph()
    for file in dict.fromkeys(["context" if name.startswith("S") else name, name]):
        quads = pyoxigraph.parse(path=HERE / f"{file}.trig")
        triples = pyoxigraph.serialize((quad.triple for quad in quads), format=pyoxigraph.RdfFormat.N_TRIPLES)
        found.parse(triples, format="nt")
    return found


def apart(found: Graph, name: str) -> Graph:
    """The graph with the name of its example in every address of a thing, so that examples can stand side by side."""
    moved = Graph()
    for triple in found:
        moved.add(tuple(_apart(node, name) for node in triple))  # type: ignore[arg-type]
    return moved


def _apart(node: object, name: str) -> object:
    if not (isinstance(node, URIRef) and str(node).startswith(ID)):
        return node
    kind, _, key = str(node).removeprefix(ID).partition("/")
    return URIRef(f"{ID}{kind}/{name}.{key}")


def violated(data: Graph) -> list[tuple[str, str]]:
    """Rule and culprit of every result of a validation with the vocabulary, as the build runs it."""
    everything = data + budget() + codes()
    _, report, _ = pyshacl.validate(everything, shacl_graph=shapes(), inference="none")
    assert isinstance(report, Graph)
    owner: dict[Node | None, Node] = {inner: outer for outer, inner in shapes().subject_objects(SH.property)}
    found = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        source = report.value(result, SH.sourceShape)
        by_class = report.value(result, SH.sourceConstraintComponent) == SH.SPARQLConstraintComponent
        culprit = report.value(result, SH.value if by_class else SH.focusNode)
        found.append((str(owner.get(source, source)).removeprefix(str(BLSH)), str(culprit)))
    return sorted(found)


@cache
def results() -> dict[str, set[str]]:
    """The rules that each example violates, from one validation of all of them."""
    names = [f"{rule}_{kind}" for rule in RULES for kind in ("PASS", "XFAIL")]
    everything = Graph()
    for name in names:
        everything += apart(example(name), name)
    found: dict[str, set[str]] = {name: set() for name in names}
    for rule, culprit in violated(everything):
        found[culprit.removeprefix(ID).partition("/")[2].partition(".")[0]].add(rule)
    return found


def translated(data: Graph) -> list[tuple[str, str]]:
    """The same by the queries that the shapes are translated to, which is how a build validates."""
    store = pyoxigraph.Store()
    for part in (data, budget(), codes()):
        store.load(part.serialize(format="nt"), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return sorted((one.rule, one.thing) for one in violations(store))


@pytest.mark.long
def test_the_queries_that_shapes_are_translated_to_have_the_verdicts_of_pyshacl() -> None:
    everything = Graph()
    for name in (f"{rule}_{kind}" for rule in RULES for kind in ("PASS", "XFAIL")):
        everything += apart(example(name), name)
    assert set(translated(everything)) == set(violated(everything))
    assert {rule for rule, _ in translated(everything)} == set(RULES)


@pytest.mark.long
def test_a_built_graph_has_the_verdicts_of_pyshacl() -> None:
    store = built()
    data = Graph().parse(
        pyoxigraph.serialize((quad.triple for quad in store), format=pyoxigraph.RdfFormat.N_TRIPLES), format="nt"
    )
    found = {(one.rule, one.thing) for one in violations(store)}
    assert found == set(violated(data))
    assert found


@pytest.mark.parametrize(
    "said",
    [
        "sh:targetClass bl:Project ; sh:property [ sh:path bl:fiscalYear ; sh:lessThan bl:issueYear ]",
        "sh:targetClass bl:Project ; sh:property [ sh:path ( bl:ofBody bl:level ) ; sh:minCount 1 ]",
        "sh:targetClass bl:Project ; sh:property [ sh:path bl:fiscalYear ; sh:in ( 2024 2025 ) ]",
        "sh:targetClass bl:Project ; sh:closed true",
        "sh:targetNode bl:Project ; sh:property [ sh:path bl:fiscalYear ; sh:minCount 1 ]",
        "sh:targetObjectsOf bl:forProject ; sh:targetClass bl:Project ; sh:nodeKind sh:IRI",
    ],
)
def test_a_construct_of_shacl_that_is_not_translated_is_refused(said: str) -> None:
    prefixes = f"@prefix sh: <{SH}> . @prefix bl: <{ONT}> . @prefix blsh: <{BLSH}> ."
    with pytest.raises(UnknownConstraint, match="S99"):
        compiled(f"{prefixes} blsh:S99 a sh:NodeShape ; {said} .")


def test_every_shape_has_a_pair_of_examples_and_a_message_in_both_languages() -> None:
    ours = {str(node).removeprefix(str(BLSH)) for node in shapes().subjects() if str(node).startswith(str(BLSH))}
    assert ours == set(RULES) == {path.name[:3] for path in HERE.glob("S*.trig")}
    for rule in RULES:
        says = shapes().value(BLSH[rule], SH.sparql) or BLSH[rule]
        messages = texts(shapes(), says, SH.message)
        assert set(messages) == {"zh", "en"}
        assert all(text.startswith(f"{rule} ") for values in messages.values() for text in values)


@pytest.mark.parametrize("rule", RULES)
def test_the_fitting_example_of_a_rule_violates_no_rule(rule: str) -> None:
    assert results()[f"{rule}_PASS"] == set()


@pytest.mark.parametrize("rule", RULES)
def test_the_failing_example_of_a_rule_violates_this_rule_only(rule: str) -> None:
    assert results()[f"{rule}_XFAIL"] == {rule}


def test_the_worked_sample_has_no_errors_and_the_warnings_that_the_document_earns() -> None:
    found = violated(example("worked"))
    assert [(rule, culprit.rpartition("/")[2]) for rule, culprit in found] == [
        ("S15", "652325.商务科技和工业信息化局.2025.65号三区"),  # the form says 7.37, the budget 7.38
        ("S17", "652325.商务科技和工业信息化局.2025.kpi.65号三区"),  # an old name in a new form
    ]


def test_examples_and_sample_use_declared_terms_only() -> None:
    for path in HERE.glob("*.trig"):
        for triple in example(path.stem):
            for node in triple:
                if str(node).startswith(ONT):
                    assert BL[str(node).removeprefix(ONT)], path.name


def test_shapes_use_declared_terms_only() -> None:
    known = set(declared(OWL.Class, *PROPERTIES)) | set(concepts())
    for triple in shapes():
        for node in triple:
            if isinstance(node, URIRef) and str(node).startswith((ONT, CODE)) and not str(node).endswith(("/", "#")):
                assert node in known


@pytest.mark.long
def test_the_shapes_are_well_formed_by_the_shapes_of_shacl() -> None:
    conforms, _, report = pyshacl.validate(Graph(), shacl_graph=shapes(), inference="none", meta_shacl=True)
    assert conforms, report


def test_every_term_is_used_by_a_question_a_shape_or_a_sample(root: Path) -> None:
    questions = [path.read_text("utf-8") for path in (root / "queries").rglob("*.rq")]
    texts_ = [*questions, (ONTOLOGY / "shapes.ttl").read_text("utf-8")]
    texts_ += [(HERE / f"{name}.trig").read_text("utf-8") for name in ("worked", "terms")]
    used = set(re.findall(r"\bbl:(\w+)", "\n".join(texts_)))
    assert {str(term).removeprefix(ONT) for term in declared(OWL.Class, *PROPERTIES)} - used == set()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_grades_are_called_in_answers_and_on_pages_as_in_the_ontology(root: Path, lang: str) -> None:
    def said(path: str) -> dict[str, Any]:
        return tomllib.loads((root / path).read_text("utf-8"))

    part = said("viz/web/words/part.toml")
    shown = [
        said("queries/words.toml")["grade"],
        said("viz/web/words/trace.toml"),
        said("viz/assets/words.toml")["grade"],
    ]
    for grade in ("stated", "derived"):
        words = {one[grade][lang] for one in shown} | {part[f"grade_{grade}"][lang]}
        assert words == {label(concept("grade", grade), lang)}


# --- the reference page ---------------------------------------------------------------------------------------------


def test_the_reference_page_is_up_to_date(root: Path) -> None:
    written = (root / "docs" / "ontology.md").read_text("utf-8")
    assert written == reference.page(), "run: python -m ontology.reference > docs/ontology.md"


def test_the_reference_page_has_every_term_and_every_rule() -> None:
    page = reference.page()
    for term in declared(OWL.Class, *PROPERTIES):
        assert f"**`bl:{str(term).removeprefix(ONT)}`**" in page
    for rule in RULES:
        assert f"\n| {rule} | " in page
