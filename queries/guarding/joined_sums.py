"""Sums that a SELECT adds up again: `SUM(?a) + SUM(?b)` is one sum over the figures of both."""

from collections.abc import Iterator
from typing import Any, NamedTuple

_ADDING = ("Aggregate_Sum", "Aggregate_Avg")


class Sides(NamedTuple):
    """Which of the aggregates of a SELECT an expression takes with a plus and which with a minus, by their order."""

    plus: frozenset[int] = frozenset()
    minus: frozenset[int] = frozenset()


def joined(prologue: str, head: str) -> set[frozenset[int]]:
    """Which SUMs and AVGs of a SELECT are added to each other, two or more at a time, by their order in its head.

    `head` is the SELECT without its pattern. What is taken from something is no part of the sum.
    """
    from rdflib.plugins.sparql.parser import parseQuery

    select = parseQuery(f"{prologue} {head} WHERE {{ }}")[1]
    order: dict[int, int] = {}
    for given in select.projection or ():
        _number(given, order)
    found: set[frozenset[int]] = set()
    for given in select.projection or ():
        _sides(given, order, found)
    return found


def _number(node: Any, order: dict[int, int]) -> None:
    """Number the aggregates below a node as they are written."""
    if getattr(node, "name", "") in _ADDING:
        order[id(node)] = len(order)
    for child in _children(node):
        _number(child, order)


def _sides(node: Any, order: dict[int, int], found: set[frozenset[int]]) -> Sides:
    """What an expression adds and takes away; those added to each other are put into `found`."""
    name = getattr(node, "name", "")
    if name in _ADDING:
        return Sides(frozenset({order[id(node)]}))
    inner = [_sides(child, order, found) for child in _children(node)]
    if name == "UnaryMinus":
        return Sides(inner[0].minus, inner[0].plus) if inner else Sides()
    if name != "AdditiveExpression" or "op" not in node:
        return next((each for each in inner if any(each)), Sides())
    plus, minus = inner[0]
    for sign, (more, less) in zip(node.op, inner[1:], strict=True):
        plus, minus = (plus | more, minus | less) if sign == "+" else (plus | less, minus | more)
    found |= {side for side in (plus, minus) if len(side) > 1}
    return Sides(plus, minus)


def _children(node: Any) -> Iterator[Any]:
    """The parts of an expression in the order in which they are written, signs and names left out."""
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(node, CompValue):
        for key in ("expr", "other", "arg", "arg1", "arg2", "arg3", "vars"):
            if key in node:
                yield from _each(node[key])


def _each(value: Any) -> Iterator[Any]:
    from pyparsing import ParseResults

    if isinstance(value, list | tuple | ParseResults):
        yield from value
    else:
        yield value
