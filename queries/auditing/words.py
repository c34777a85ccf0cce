"""The rules of words: which function carries out which rule of `checks/rules.toml`, as the package of each says."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from queries.auditing import amounts, changes, performance, tables, wording
from queries.auditing.book import Book
from queries.auditing.rules import Rule
from queries.auditing.signal import Signal

WORDED: Mapping[str, Callable[[Rule, Book], Iterator[Signal]]] = {
    **tables.RULES,
    **amounts.RULES,
    **changes.RULES,
    **performance.RULES,
    **wording.RULES,
}
OF_SIGNALS: Mapping[str, Callable[[Rule, Book, Sequence[Signal]], Iterator[Signal]]] = tables.OF_SIGNALS
"""The rules that stand back from what the others told of a document, and tell of it in another way."""
