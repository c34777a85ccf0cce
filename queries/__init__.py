"""Questions to the graph: named ones, the tracer, the audit, and what guards SPARQL of the reader's own."""
