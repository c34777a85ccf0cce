"""Adding up amounts for people: what `kg.sums` does, and which name it was where a name given is not in the graph."""

from typing import Any

import pyoxigraph as ox

from kg.sums import Sum, in_list, total
from kg.unsafe_sums import UnsafeSum
from ontology.errors import CaimaiError, UnknownTerm
from ontology.terms import concepts, label
from queries.library import filled
from queries.nearest import listed, nearest
from queries.parameters import Parameter, WrongParameter, unknown_name

_NAMED = {
    "body": Parameter("body", "body", "奇台县商务科技和工业信息化局"),
    "document": Parameter("document", "document_number", "昌州财教〔2024〕65号"),
}
_LISTS = {"view": "view", "source": "source", "amount_type": "amount-type"}


def added(store: ox.Store, **where: Any) -> Sum:
    """`kg.sums.total`. Raises UnsafeSum where amounts may not be added.

    Raises EmptyGraph; WrongParameter for a body, document, table, source or type that is not there, with the nearest;
    CaimaiError where there is nothing to add up.
    """
    given = {name: value for name, value in where.items() if value is not None}
    for name in _LISTS.keys() & given.keys():
        _in_list(name, str(given[name]))
    try:
        return total(store, **given)
    except UnsafeSum:
        raise
    except CaimaiError as error:
        filled(store)
        for name in _NAMED.keys() & given.keys():
            if (strange := unknown_name(store, _NAMED[name], str(given[name]))) is not None:
                raise strange from None
        zh = "没有可以加总的数：所给的单位、年度、表、科目、来源合在一起没有数字"
        raise CaimaiError(str(error), zh) from None


def _in_list(name: str, words: str) -> None:
    """Raise WrongParameter, with the nearest names, where a code list has neither this key nor this name."""
    scheme = _LISTS[name]
    known = {key: label(node) or key for key, node in concepts(scheme).items()}
    near = nearest(words, {*known, *known.values()})
    try:
        in_list(scheme, words)
    except UnknownTerm:
        every = ", ".join(f"{key} ({zh})" for key, zh in known.items())
        raise WrongParameter(
            f"{name}: '{words}' is not known; " + (f"nearest: {listed(near, 'en')}" if near else f"there are: {every}"),
            f"{name}：没有“{words}”；" + (f"相近的有：{listed(near, 'zh')}" if near else f"有：{every}"),
        ) from None
