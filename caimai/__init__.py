"""caimai (财脉): Chinese budget disclosures in, a traced grant out.

    import caimai

    caimai.build(["examples"], store="my-store")
    graph = caimai.open("my-store")
    for hop in graph.trace("昌州财教[2024]65号").hops():
        print(hop.relation, hop.source, hop.target, hop.year, hop.printed)
    graph.ask("who_received", number="昌州财教[2024]65号").to_pandas()

A `store` is a directory, the address of a server, or an opened store (`caimai.open_store`). `caimai.open(store)` opens
it once for any number of questions; the functions `trace`, `ask`, `sparql`, `lineage` and `page` are its methods for
one question, store first. Amounts are exact decimals in yuan unless a name says otherwise. Every function that reads a
file raises `UnreadableDocument`, every other failure is a `CaimaiError`.
"""

# ruff: noqa: F403, F405 - the names are those of the library

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from caimai.library import *

__all__ = [
    "Answer", "Audit", "CaimaiError", "EmptyGraph", "Evidence", "Fact", "Graph", "GraphWarning", "Hop", "NotFound",
    "Question", "Reading", "RefusedQuery", "Report", "Sum", "Trace", "UnreadableDocument", "UnsafeSum", "WrongQuestion",
    "ask", "build", "columns", "facts", "lineage", "open", "open_store", "page", "questions", "remove", "sparql",
    "total", "trace",
]  # fmt: skip


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """What the library offers: loaded when first asked for, so that a command can be stopped while it loads."""
        if name not in __all__:
            raise AttributeError(f"module 'caimai' has no attribute '{name}'")
        from caimai import library

        return getattr(library, name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
