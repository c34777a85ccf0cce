"""Quads into a store on disk: document by document, as a build puts them, beside the engine's own bulk load.

    python -m bench.loading STORE [--quads 1000000]

takes the quads of a store (`bench.large_store` makes one) and prints both times, their ratio and quads a second.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, Store

from kg.store import open_read_only, open_store, replace_graphs

DOCUMENT_QUADS = 10_000  # about those of a disclosure


class Loading(NamedTuple):
    """Quads, and wall seconds to put them into a new store on disk in each way."""

    quads: int
    bulk: float
    by_document: float

    @property
    def ratio(self) -> float:
        return self.by_document / self.bulk


def measure(store: Store, quads: int) -> Loading:
    """Load the first `quads` quads of a store; both ways begin with the same quads in memory."""
    taken = list(islice(store, quads))
    documents = [_document(taken[start : start + DOCUMENT_QUADS]) for start in range(0, len(taken), DOCUMENT_QUADS)]
    bulk = _seconds(lambda into: into.bulk_extend(taken))
    by_document = _seconds(lambda into: _document_by_document(into, documents))
    return Loading(len(taken), bulk, by_document)


def _document(quads: Sequence[Quad]) -> tuple[NamedNode, list[Quad]]:
    """Quads in a graph of their own."""
    graph = NamedNode(f"https://w3id.org/cnbl/graph/file.{blake2b(str(quads[0]).encode(), digest_size=8).hexdigest()}")
    return graph, [Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads]


def _document_by_document(store: Store, documents: Sequence[tuple[NamedNode, list[Quad]]]) -> None:
    """Each document in one transaction, as `kg.build` puts it."""
    for graph, quads in documents:
        replace_graphs(store, {graph: quads})


def _seconds(load: Callable[[Store], None]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "store")
        began = time.perf_counter()
        load(store)
        store.flush()
        took = time.perf_counter() - began
        del store
        return took


def main() -> None:
    """Print the measurement."""
    parser = argparse.ArgumentParser(prog="python -m bench.loading", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("store", help="a store to take quads from")
    parser.add_argument("--quads", type=int, default=1_000_000)
    arguments = parser.parse_args()
    found = measure(open_read_only(arguments.store), arguments.quads)
    for name, seconds in (("bulk load", found.bulk), ("document by document", found.by_document)):
        print(f"{name:22} {seconds:7.1f} s  {found.quads / seconds:9,.0f} quads/s")
    print(f"{'ratio':22} {found.ratio:7.2f}")


if __name__ == "__main__":
    main()
