"""The tracer: a grant, project, programme, body, recipient, indicator or code upstream, downstream, over years."""
