"""The packaged scripts and styles, each under an address that changes with its content."""

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(str(files("viz.web").joinpath("static")))


class _Lasting(StaticFiles):
    """Files that a browser may keep for a year where their address names their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        named = scope["query_string"].startswith(b"v=")
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if named else "no-cache"
        return answer


STATIC = _Lasting(directory=FOLDER)


def asset(name: str) -> str:
    """The address of a packaged file: `asset("site.css")`. Raises FileNotFoundError where there is none."""
    return f"/static/{name}?v={_digest(FOLDER / name)}"


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
