"""Questions: named queries, the tracer, checks."""
