"""What every page is given: the store being served, and what the door hands in for pages of source files."""

from collections.abc import Callable
from dataclasses import dataclass

from viz.web.endpoint import Pool
from viz.web.serving import Serving

Picture = Callable[[bytes, int, float], bytes]
"""A page of a PDF (the file's bytes, the page from 1, pixels a point) as PNG. Raises UnreadableDocument."""

Sources = Callable[[str, str], bytes | None]
"""The bytes of a source file by its sha256 and its name; None where the file is no longer found."""


@dataclass(frozen=True, slots=True)
class Context:
    """The store being served, what draws pages of PDFs (None where nothing does), where source files are found.

    And the processes that answer the queries and questions of readers, within the limits of each.
    """

    serving: Serving
    picture: Picture | None
    sources: Sources
    pool: Pool


def no_sources(sha256: str, name: str) -> bytes | None:
    """No source file is at hand."""
    return None
