"""Changes of named graphs as SPARQL Update."""

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

_OPERATION_TRIPLES = 1000  # Virtuoso compiles no operation of ten thousand lines


def changes(removed: Iterable[Quad], added: Iterable[Quad], emptied: Iterable[NamedNode] = ()) -> list[str]:
    """The operations of one update: no more than so many triples in each, for compilers that bound them (Virtuoso)."""
    taken = [f"DELETE DATA {{ {block} }}" for block in _blocks(removed)]
    put = [f"INSERT DATA {{ {block} }}" for block in _blocks(added)]
    return [*taken, *put, *(f"DROP SILENT GRAPH {graph}" for graph in emptied)]


def parts(operations: Iterable[str], most: int) -> Iterator[str]:
    """The operations in their order, as few updates of at most so many bytes; one operation is not divided."""
    held: list[str] = []
    size = 0
    for operation in operations:
        length = len(operation.encode()) + 3
        if held and size + length > most:
            yield " ;\n".join(held)
            held, size = [], 0
        held.append(operation)
        size += length
    if held:
        yield " ;\n".join(held)


def _blocks(quads: Iterable[Quad]) -> Iterator[str]:
    """The triples of each graph in blocks of an update."""
    graphs: dict[object, list[Triple]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, []).append(quad.triple)
    for graph, triples in graphs.items():
        for start in range(0, len(triples), _OPERATION_TRIPLES):
            some = serialize(triples[start : start + _OPERATION_TRIPLES], format=RdfFormat.N_TRIPLES) or b""
            yield f"GRAPH {graph} {{\n{some.decode()}}}"
