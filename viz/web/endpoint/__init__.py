"""The SPARQL 1.1 endpoint: read-only, mountable in any Starlette application by `routes`."""

from viz.web.endpoint.limits import Limits
from viz.web.endpoint.routes import routes

__all__ = ["Limits", "routes"]
