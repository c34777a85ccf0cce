"""Serving the explorer: what draws pages, where source files lie, and the server itself."""

import hashlib
import io
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import uvicorn

from viz.web.application import application
from viz.web.context import Sources

_ONE_AT_A_TIME = threading.Lock()  # pdfium is not made for several threads


def serve(store: str, host: str, port: int, folders: Sequence[Path], started: Callable[[str], None]) -> None:
    """Serve the explorer until Ctrl-C. `started` is called with its address. Raises StoreError where none is."""
    app = application(store, picture=picture, sources=sources_in(folders), hosts=[host])
    started(f"http://{host if ':' not in host else f'[{host}]'}:{port}/")
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


@lru_cache(maxsize=24)
def picture(data: bytes, page: int, scale: float) -> bytes:
    """A page of a PDF as PNG. Raises UnreadableDocument."""
    from extract.pdf.picture import picture as drawn  # with all that draws, needed for pictures only

    buffer = io.BytesIO()
    with _ONE_AT_A_TIME:
        image = drawn(data, page, scale)
    # Few colours suffice for black on white, and make a picture a third of the size.
    image.convert("RGB").quantize(32).save(buffer, "PNG")
    return buffer.getvalue()


def sources_in(folders: Iterable[Path]) -> Sources:
    """Source files by their sha-256 in folders and below, those of the same name first; None where there is none."""
    places = tuple(folders)

    @lru_cache(maxsize=8)
    def found(sha256: str, name: str) -> bytes | None:
        for path in _files(places, name):
            data = path.read_bytes()
            if hashlib.sha256(data).hexdigest() == sha256:
                return data
        return None

    return found


def _files(folders: Sequence[Path], name: str) -> Iterable[Path]:
    """The files of that name. The name comes from the graph: it is compared, never opened."""
    for folder in folders:
        inside = [folder] if folder.is_file() else sorted(folder.rglob("*"))
        yield from (path for path in inside if path.name == name and path.is_file())
