"""The first page: what is in the graph, and the way in."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from viz.web.context import Context
from viz.web.pages import page


def routes(context: Context) -> Sequence[BaseRoute]:
    """The root."""
    return [Route("/", _home)]


def _home(request: Request) -> Response:
    return page(request, "home.html")
