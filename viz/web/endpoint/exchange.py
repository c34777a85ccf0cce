"""What a worker process is asked, and what it replies."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Job:
    """A query to run: its text, the graphs the request names (None: those of the query, else all), what is accepted.

    `location` is of one state of the graph: a worker opens the graph anew for another one.
    """

    query: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    accept: str | None = None
    base: str | None = None
    location: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A named question to answer: its name, the parameters as they were written, the location as for a query."""

    name: str
    given: Mapping[str, str]
    location: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer or an error, as HTTP says it. `lasting` where the same graph gives it again."""

    status: int
    body: bytes
    media_type: str = "text/plain; charset=utf-8"
    lasting: bool = False
    headers: dict[str, str] = field(default_factory=dict)


def refusal(status: int, message: str) -> Reply:
    """An error in words, of one line or more."""
    return Reply(status, f"{message}\n".encode())
