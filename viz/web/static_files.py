"""The packaged scripts and styles, each under an address that changes with its content."""

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from viz.page import VIS

FOLDERS = (
    Path(str(files("viz.web").joinpath("static"))),
    Path(str(files("viz").joinpath("assets"))),  # what the page that opens without a network draws with, too
    VIS.parent,
)


class _Lasting(StaticFiles):
    """Files that a browser may keep for a year where their address names their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        named = scope["query_string"].startswith(b"v=")
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if named else "no-cache"
        return answer


STATIC = _Lasting(directory=FOLDERS[0], packages=[("viz", "assets"), ("pyvis", "templates/lib/vis-9.1.2")])


def asset(name: str) -> str:
    """The address of a packaged file: `asset("site.css")`. Raises FileNotFoundError where there is none."""
    path = next((folder / name for folder in FOLDERS if (folder / name).is_file()), FOLDERS[0] / name)
    return f"/static/{name}?v={_digest(path)}"


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
