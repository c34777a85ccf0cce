"""Which figures a pattern of SPARQL takes amounts from: the variables that stand before the amounts in its triples."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ontology.terms import BL

if TYPE_CHECKING:  # the parser is imported when there is a query
    from rdflib.plugins.sparql.parserutils import CompValue

# The properties that lead from a figure to an amount of money.
AMOUNTS = frozenset(
    BL[name].value
    for name in (
        "amountCNY", "statedAmount", "deltaCNY", "impliedPriorCNY", "targetTotalCNY", "targetFiscalCNY",
        "targetOtherCNY", "targetUpperCNY", "targetOwnCNY",
    )
)  # fmt: skip
HIDDEN = "a step of a path"
NESTED = "a sum"


def figures_behind(prologue: str, pattern: str, name: str) -> set[str]:
    """The variables of the figures whose amounts a variable of the pattern has; empty where it has no amounts.

    HIDDEN is among them where a figure has no variable here, NESTED where the variable is a sum of the pattern's own.
    """
    from rdflib import Variable
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    algebra = translateQuery(parseQuery(f"{prologue} SELECT * WHERE {pattern}")).algebra
    return set(_behind(algebra.p, Variable(name)))


def _behind(node: "CompValue", variable: Any) -> Iterator[str]:
    if node.name == "BGP":
        yield from (figure for triple in node.triples for figure in _before(triple, variable))
    elif node.name == "Extend" and node.var == variable:
        yield from _computed(node, variable)
    elif node.name == "Project":
        if variable in node.PV:
            shown = {str(name) for name in node.PV} | {NESTED}
            yield from (figure if figure in shown else HIDDEN for figure in _behind(node.p, variable))
    else:
        for key in ("p", "p1", "p2"):
            if key in node and not (node.name == "Minus" and key == "p2"):
                yield from _behind(node[key], variable)


def _before(triple: tuple[Any, Any, Any], variable: Any) -> Iterator[str]:
    """The figure of a triple that ends in the amount, or begins with it by an inverse path."""
    from rdflib import Variable
    from rdflib.paths import InvPath

    subject, path, value = triple
    if isinstance(path, InvPath) and str(path.arg) in AMOUNTS and subject == variable:
        subject, path, value = value, path.arg, subject
    if value == variable and AMOUNTS & set(_last(path)):
        direct = isinstance(subject, Variable) and str(path) in AMOUNTS
        yield str(subject) if direct else HIDDEN


def _last(path: Any) -> Iterator[str]:
    from rdflib.paths import AlternativePath, SequencePath

    if isinstance(path, SequencePath):
        yield from _last(path.args[-1])
    elif isinstance(path, AlternativePath):
        for one in path.args:
            yield from _last(one)
    else:
        yield str(path)


def _computed(node: "CompValue", variable: Any) -> Iterator[str]:
    """The figures behind a variable that BIND or AS gives: of the variables in its expression, or an aggregate."""
    from rdflib import Variable

    group = _aggregates(node.p)
    for name in sorted(_variables(node.expr)):
        made = [one for one in group.A if one.res == Variable(name)] if group is not None else []
        if made and not made[0].name.startswith("Aggregate_Sample"):
            inner = [*_variables(made[0].vars)]
            if any(True for one in inner for _ in _behind(group.p, Variable(one))):
                yield NESTED if made[0].name.startswith("Aggregate_Sum") else HIDDEN
        elif made:
            yield from _behind(group.p, made[0].vars)
        elif Variable(name) != variable:
            yield from _behind(node.p, Variable(name))


def _aggregates(node: Any) -> Any:
    """The AggregateJoin below the values that a SELECT with GROUP BY gives, None where there is none."""
    while getattr(node, "name", "") in ("Extend", "Filter"):
        node = node.p
    return node if getattr(node, "name", "") == "AggregateJoin" else None


def _variables(expression: Any) -> set[str]:
    from rdflib import Variable
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(expression, Variable):
        return {str(expression)}
    if isinstance(expression, CompValue):
        return {name for key, value in expression.items() if key != "_vars" for name in _variables(value)}
    if isinstance(expression, list | tuple):
        return {name for value in expression for name in _variables(value)}
    return set()
