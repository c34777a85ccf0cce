"""Facts to graph: identity, quads, lineage links, the store."""
