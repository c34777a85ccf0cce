"""Whether an earlier release built a graph, or none to the end: what it lacks is missing from answers untold."""

import warnings
from collections.abc import Iterator

import click
import pyoxigraph as ox

from caimai.unfinished import is_unfinished
from caimai.words import Say
from ontology.terms import vocabulary
from queries.answers import Term

_VERSION = ox.NamedNode("http://www.w3.org/2002/07/owl#versionInfo")


class GraphWarning(UserWarning):
    """A graph that may lack something: built by an earlier release, or not to the end."""


def tell_age(store: ox.Store, place: str, say: Say) -> None:
    """Say on stderr where a graph was built with another version of the ontology, or not to the end, and what to do."""
    for told in _age(store, place, say):
        click.echo(told, err=True)


def warn_of_age(store: ox.Store, place: str, say: Say) -> None:
    """The same as a GraphWarning, to the caller of the function that calls this."""
    for told in _age(store, place, say):
        warnings.warn(told, GraphWarning, stacklevel=3)


def _age(store: ox.Store, place: str, say: Say) -> Iterator[str]:
    if is_unfinished(place):
        yield say("unfinished_graph", store=place)
    built, now = version_of(store), installed()
    if built is not None and built != now:
        yield say("outdated_graph", built=built, now=now, store=place)


def tell_unfinished(place: str, say: Say) -> None:
    """Say on stderr where the last build of a store was cut off."""
    if is_unfinished(place):
        click.echo(say("unfinished_graph", store=place), err=True)


def version_of(store: ox.Store) -> str | None:
    """The version of the ontology in a graph; None where there is none, as in an empty graph."""
    return next((_text(quad.object) for quad in store.quads_for_pattern(None, _VERSION, None, None)), None)


def installed() -> str:
    """The version of the ontology of this release."""
    return next(_text(one.object) for one in vocabulary() if one.predicate == _VERSION)


def _text(term: Term) -> str:
    return str(getattr(term, "value", term))
