"""The SPARQL 1.1 endpoint: read-only, mountable in any Starlette application by `routes`, its workers in a `Pool`."""

from viz.web.endpoint.limits import Limits
from viz.web.endpoint.pool import Pool
from viz.web.endpoint.routes import routes

__all__ = ["Limits", "Pool", "routes"]
