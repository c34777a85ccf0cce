"""Which figures a pattern of SPARQL takes amounts from: the variables that stand before the amounts in its triples."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ontology.terms import BL

if TYPE_CHECKING:  # the parser is imported when there is a query
    from rdflib.plugins.sparql.parserutils import CompValue

# The properties that lead from a figure to an amount of money.
AMOUNTS = frozenset(
    BL[name].value
    for name in (
        "amountCNY", "priorCNY", "statedAmount", "deltaCNY", "impliedPriorCNY", "targetTotalCNY", "targetFiscalCNY",
        "targetOtherCNY", "targetUpperCNY", "targetOwnCNY", "targetCarriedCNY", "wholeTotalCNY", "wholeFiscalCNY",
        "wholeOtherCNY", "formerAmountCNY", "leftCNY", "rightCNY", "gapCNY", "toleranceCNY",
    )
)  # fmt: skip


class Behind(NamedTuple):
    """The variable of a figure, and that of the property that leads to its amount where no property is named."""

    figure: str
    by: str = ""


HIDDEN = Behind("a step of a path")
NESTED = Behind("a sum")
_NO_AMOUNTS = ("Aggregate_Count", "Aggregate_GroupConcat")


def figures_behind(prologue: str, pattern: str, name: str) -> set[Behind]:
    """The figures whose amounts a variable of the pattern has; empty where it has no amounts.

    HIDDEN is among them where a figure has no variable here, NESTED where the variable is a sum of the pattern's own.
    """
    from rdflib import Variable
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    algebra = translateQuery(parseQuery(f"{prologue} SELECT * WHERE {pattern}")).algebra
    return set(_behind(algebra.p, Variable(name)))


def _behind(node: "CompValue", variable: Any) -> Iterator[Behind]:
    if node.name == "BGP":
        yield from (figure for triple in node.triples for figure in _before(triple, variable))
    elif node.name == "Extend" and node.var == variable:
        yield from _computed(node, variable)
    elif node.name == "Project":
        if variable in node.PV:
            shown = {str(name) for name in node.PV} | {""}
            found = _behind(node.p, variable)
            yield from (one if one == NESTED or shown.issuperset(one) else HIDDEN for one in found)
    else:
        for key in ("p", "p1", "p2"):
            if key in node and not (node.name == "Minus" and key == "p2"):
                yield from _behind(node[key], variable)


def _before(triple: tuple[Any, Any, Any], variable: Any) -> Iterator[Behind]:
    """The figure of a triple that ends in the amount, or begins with it by an inverse path."""
    from rdflib import Variable

    for subject, path, value in (triple, (triple[2], _inverse(triple[1]), triple[0])):
        if value != variable or not isinstance(subject, Variable):
            if value == variable and AMOUNTS & set(_last(path)):
                yield HIDDEN
        elif isinstance(path, Variable):
            yield Behind(str(subject), str(path))
        elif AMOUNTS & set(_last(path)):
            yield Behind(str(subject)) if str(path) in AMOUNTS else HIDDEN


def _inverse(path: Any) -> Any:
    """The same path walked from its end; a single property walked so is an inverse path."""
    from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

    if isinstance(path, InvPath):
        return path.arg
    if isinstance(path, SequencePath):
        return SequencePath(*map(_inverse, reversed(path.args)))
    if isinstance(path, AlternativePath):
        return AlternativePath(*map(_inverse, path.args))
    return MulPath(_inverse(path.path), path.mod) if isinstance(path, MulPath) else InvPath(path)


def _last(path: Any) -> Iterator[str]:
    """The properties by which a path may come to its end; all amounts where it says only which it is not."""
    from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, SequencePath

    if isinstance(path, SequencePath):
        yield from _last(path.args[-1])
    elif isinstance(path, AlternativePath):
        for one in path.args:
            yield from _last(one)
    elif isinstance(path, MulPath):
        yield from _last(path.path)
    elif isinstance(path, InvPath):
        if not isinstance(path.arg, str):
            yield from _last(_inverse(path.arg))
    elif isinstance(path, NegatedPath):
        yield from AMOUNTS - set(map(str, path.args))
    else:
        yield str(path)


def _computed(node: "CompValue", variable: Any) -> Iterator[Behind]:
    """The figures behind a variable that BIND or AS gives: of the variables in its expression, or an aggregate."""
    from rdflib import Variable

    group = _aggregates(node.p)
    for name in sorted(_variables(node.expr)):
        made = [one for one in group.A if one.res == Variable(name)] if group is not None else []
        if made and made[0].name.startswith(_NO_AMOUNTS):
            continue
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
