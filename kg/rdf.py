"""RDF terms as this graph writes them: exact decimals in one form, words untouched, triples of one subject together."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from ontology.errors import UnknownTerm
from ontology.money import YUAN_PER_UNIT, amount, is_amount
from ontology.terms import BL, concept

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
ORG = "http://www.w3.org/ns/org#"
TYPE = NamedNode(f"{RDF}type")
LABEL = NamedNode(f"{RDFS}label")
TITLE = NamedNode("http://purl.org/dc/terms/title")
ISSUED = NamedNode("http://purl.org/dc/terms/issued")
PREF_LABEL = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
ALT_LABEL = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
BROADER = NamedNode("http://www.w3.org/2004/02/skos/core#broader")
ORGANIZATION = NamedNode(f"{ORG}FormalOrganization")
ORIGINAL_ORGANIZATION = NamedNode(f"{ORG}originalOrganization")
RESULTING_ORGANIZATION = NamedNode(f"{ORG}resultingOrganization")

Object = NamedNode | Literal
Pair = tuple[NamedNode, Object | None]

_DECIMAL, _INTEGER = NamedNode(f"{XSD}decimal"), NamedNode(f"{XSD}integer")
_BOOLEAN, _DATE = NamedNode(f"{XSD}boolean"), NamedNode(f"{XSD}date")


def described(subject: NamedNode, kind: NamedNode, *pairs: Pair) -> Iterator[Triple]:
    """The type of `subject` and its properties; pairs without an object say nothing."""
    yield Triple(subject, TYPE, kind)
    yield from stated(subject, *pairs)


def stated(subject: NamedNode, *pairs: Pair) -> Iterator[Triple]:
    """The properties of `subject`; pairs without an object say nothing."""
    for predicate, value in pairs:
        if value is not None:
            yield Triple(subject, predicate, value)


def words(text: str | None) -> Literal | None:
    """A plain string, None for nothing or an empty one."""
    return Literal(text) if text else None


def chinese(text: str) -> Literal:
    """A label in Chinese."""
    return Literal(text, language="zh")


def decimal(value: Decimal | None) -> Literal | None:
    """An exact xsd:decimal in the one form that graph stores keep (`73800.00` → `73800`)."""
    return None if value is None else Literal(plain(value), datatype=_DECIMAL)


def integer(value: int | None) -> Literal | None:
    """An xsd:integer."""
    return None if value is None else Literal(str(value), datatype=_INTEGER)


def boolean(value: bool) -> Literal:
    """An xsd:boolean."""
    return Literal("true" if value else "false", datatype=_BOOLEAN)


def day(text: str | None) -> Literal | None:
    """An xsd:date of an ISO date, None for anything else."""
    try:
        return None if text is None else Literal(date.fromisoformat(text).isoformat(), datatype=_DATE)
    except ValueError:
        return None


def money(value: Decimal | None, unit: str | None, printed: str = "") -> tuple[Pair, ...]:
    """An amount: in yuan where its unit is known, as stated, as printed, its unit, how many decimals were printed."""
    if value is None:
        return ()
    exponent = value.as_tuple().exponent
    return (
        (BL.amountCNY, decimal(in_yuan(value, unit))),
        (BL.statedAmount, decimal(value)),
        (BL.printedAmount, Literal(as_printed(value, printed))),
        (BL.statedUnit, money_unit(unit)),
        (BL.statedDecimals, integer(max(0, -exponent) if isinstance(exponent, int) else None)),
    )


def in_yuan(value: Decimal | None, unit: str | None) -> Decimal | None:
    """The amount in yuan, None where the document declares no unit of money."""
    return None if value is None or unit not in YUAN_PER_UNIT else value * YUAN_PER_UNIT[unit]


def money_unit(unit: str | None) -> NamedNode | None:
    """The concept of a unit of money."""
    try:
        return None if unit is None else concept("unit", unit)
    except UnknownTerm:
        return None


def as_printed(value: Decimal, printed: str) -> str:
    """The printed figure where `printed` is just that (`1,312.00`), else the amount with its own decimals."""
    return printed.strip() if is_amount(printed) and amount(printed) == value else format(value, "f")


def plain(value: Decimal) -> str:
    """The shortest decimal notation without exponent."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("", "-", "-0") else text
