"""The graph store: one named graph a document, replaced whole, in memory or on disk (Oxigraph), or on a server.

A document is replaced by one transaction, which Oxigraph applies whole or not at all: a killed process leaves complete
documents only. One process may write a store on disk at a time; any number may read it as it was when they opened it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, QuerySolutions, RdfFormat, Store

from kg import iris
from kg.files import REPLACED_BY, File, arranged, restated
from kg.remote import RemoteStore, StoreError
from kg.updates import changes
from kg.whole_states import keep_found, whole
from ontology.terms import BL

MEMORY = ":memory:"


def open_store(location: str | Path) -> Store:
    """The store in a directory, made where there is none, for reading and writing; `:memory:` for one that is not kept.

    `http://…` opens a graph on a server (`kg.remote`), which answers as a Store does. Raises StoreError where another
    process is writing the store, or the directory is something else.
    """
    if str(location) == MEMORY:
        return Store()
    if _on_server(location):
        return cast(Store, RemoteStore(str(location)))
    folder = Path(location)
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not _is_store(folder)):
        raise StoreError(
            f"{location}: not a store and not empty - name another directory",
            f"{location}：不是图的目录，也不是空目录，请另指一个目录",
        )
    keep_found(str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return Store(str(folder))
    except OSError as error:
        raise _unusable(location, error) from None


def open_read_only(location: str | Path) -> Store:
    """The store in a directory as it is now, for reading beside other readers, or on a server.

    While another process writes it, the state that this process found.

    Raises StoreError where there is none.
    """
    if _on_server(location):
        return cast(Store, RemoteStore(str(location), read_only=True))
    if Path(location).is_file():
        raise StoreError(
            f"{location}: a file, not a store - a store is the directory that caimai build --store DIR fills",
            f"{location}：是文件，不是图；图是 caimai build --store DIR 所建的目录",
        )
    if not _is_store(Path(location)):
        raise StoreError(
            f"{location}: no store here - build one first: caimai build PATH --store {location}",
            f"{location}：这里没有图，先读入文件：caimai build PATH --store {location}",
        )
    try:
        return Store.read_only(whole(str(location)))
    except OSError as error:
        raise _unusable(location, error) from None


def _on_server(location: str | Path) -> bool:
    return str(location).startswith(("http://", "https://"))


def _is_store(folder: Path) -> bool:
    return (folder / "CURRENT").is_file()


def _unusable(location: str | Path, error: OSError) -> StoreError:
    if "lock" in str(error).lower():
        return StoreError(
            f"{location}: another process is writing this store - wait for it, or use another --store directory",
            f"{location}：另一个进程正在写这个图，请稍候，或用 --store 另指一个目录",
        )
    return StoreError(
        f"{location}: cannot be used as a store - {error}", f"{location}：不能作为图的目录使用（{error}）"
    )


def documents(store: Store) -> list[str]:
    """The documents held, superseded ones left out, by the first 16 digits of their sha256, sorted."""
    return [
        graph.value.removeprefix(iris.FILE_GRAPHS)
        for graph in file_graphs(store)
        if not any(store.quads_for_pattern(None, REPLACED_BY, None, graph))
    ]


def file_graphs(store: Store) -> list[NamedNode]:
    """The graphs of the documents held, sorted."""
    graphs = (graph for graph in store.named_graphs() if isinstance(graph, NamedNode))
    return sorted((graph for graph in graphs if graph.value.startswith(iris.FILE_GRAPHS)), key=str)


def stated_graphs(store: Store, *, grades: Iterable[str] = ()) -> list[NamedNode | BlankNode | DefaultGraph]:
    """What documents state, the registry, the code lists, and the links of the wanted grades: for `default_graph=`."""
    return [*file_graphs(store), iris.REGISTRY, iris.CODES, *(iris.LINKS[grade] for grade in grades)]


def replace_document(store: Store, sha256: str, quads: Iterable[Quad]) -> bool:
    """Put the quads of a document in place of those held for it. False where they are the same."""
    return replace_graphs(store, {iris.file_graph(sha256): list(quads)})


def remove_document(store: Store, sha256: str) -> bool:
    """Take a document out, with all it alone said. False where it was not held.

    What another file of the same disclosure said too stays; what this one had replaced in others comes back.
    """
    graph = iris.file_graph(sha256)
    leaving = tuple(store.quads_for_pattern(None, None, None, graph))
    return replace_graphs(store, {**arranged(beside(store, leaving, graph)), graph: []})


def beside(store: Store, stated: Iterable[Quad], graph: NamedNode) -> list[File]:
    """The other files of the disclosure that the quads of a file speak of, each as it states itself."""
    carried = {quad.subject for quad in stated if quad.predicate == BL.carriedBy}
    found = {quad.graph_name for iri in carried for quad in store.quads_for_pattern(iri, BL.carriedBy, None, None)}
    others = sorted((name for name in found - {graph} if isinstance(name, NamedNode)), key=str)
    return [restated(name, store.quads_for_pattern(None, None, None, name)) for name in others]


def replace_graphs(store: Store, graphs: Mapping[NamedNode, Iterable[Quad]]) -> bool:
    """Put these quads in place of all that the graphs hold, in one transaction. False where nothing changes.

    Only the difference is written. Raises ValueError for a quad of another graph.
    """
    return carried_out(store, difference(store, graphs))


@dataclass(frozen=True, slots=True)
class Change:
    """Quads to put in and to take out, and graphs that are empty then; false where nothing changes."""

    added: tuple[Quad, ...]
    removed: tuple[Quad, ...]
    emptied: tuple[NamedNode, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def difference(store: Store, graphs: Mapping[NamedNode, Iterable[Quad]]) -> Change:
    """What to change so that the graphs hold these quads and no others. Raises ValueError for a quad of another.

    Quads keep the order in which they came: those of one subject written together are written faster.
    """
    wanted = {graph: dict.fromkeys(quads) for graph, quads in graphs.items()}
    if any(quad.graph_name != graph for graph, quads in wanted.items() for quad in quads):
        raise ValueError("a quad of another graph")
    held = {graph: dict.fromkeys(store.quads_for_pattern(None, None, None, graph)) for graph in wanted}
    return Change(
        tuple(quad for graph, quads in wanted.items() for quad in quads if quad not in held[graph]),
        tuple(quad for graph, quads in held.items() for quad in quads if quad not in wanted[graph]),
        tuple(graph for graph, quads in wanted.items() if held[graph] and not quads),
    )


def carried_out(store: Store, change: Change) -> bool:
    """Make a change in one transaction. False where there is nothing to change."""
    if isinstance(store, RemoteStore):
        store.change(change.removed, change.added, change.emptied)
    elif change.removed:
        store.update(" ;\n".join(changes(change.removed, change.added, change.emptied)))
    elif change.added:
        store.extend(change.added)
    return bool(change)


def dump(store: Store) -> bytes:
    """The whole store as sorted N-Quads: equal stores give equal bytes."""
    lines = sorted((store.dump(format=RdfFormat.N_QUADS) or b"").splitlines())
    return b"".join(line + b"\n" for line in lines)


def select(store: Store, query: str) -> QuerySolutions:
    """The rows of a SELECT query over the union of all graphs."""
    found = store.query(query, use_default_graph_as_union=True)
    if not isinstance(found, QuerySolutions):
        raise TypeError("a SELECT query is wanted")
    return found
