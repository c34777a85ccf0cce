"""What goes to a worker process and comes back: one pickled value after another, each behind its length."""

import pickle
import struct
from dataclasses import dataclass, field
from typing import IO, Any

_LENGTH = struct.Struct(">Q")


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


def send(value: object, to: IO[bytes]) -> None:
    """Write a value whole. Raises OSError where nobody reads."""
    content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    to.write(_LENGTH.pack(len(content)) + content)
    to.flush()


def receive(source: IO[bytes]) -> Any:
    """The next value. Raises EOFError where the other side ended before it was whole."""
    (length,) = _LENGTH.unpack(_exactly(source, _LENGTH.size))
    return pickle.loads(_exactly(source, length))


def _exactly(source: IO[bytes], size: int) -> bytes:
    content = source.read(size)
    if len(content) < size:
        raise EOFError("the other process ended")
    return content
