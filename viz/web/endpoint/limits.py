"""What one query may cost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """A query that needs more than any of these is stopped and answered with an error, never with a part.

    `seconds` from being asked, waiting for a free worker included, but not for one to start; `rows` of a result, or
    triples; `size` of the answer and of the request in bytes; `memory` of a worker in bytes, where the system can hold
    a process to it.
    `workers` queries run at once, `waiting` more may wait for one.
    """

    seconds: float = 30.0
    rows: int = 100_000
    size: int = 64 * 2**20
    request_size: int = 2**20
    memory: int = 4 * 2**30
    workers: int = 2
    waiting: int = 16
