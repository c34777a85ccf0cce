"""Reads documents for another process: paths come in, facts or the reason why there are none go out.

Run as `python -c "from extract.reading_process import serve; serve(…)"`. What a document does to this process - hang,
take all memory, crash - it does to nothing else.
"""

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from ontology.errors import CaimaiError, UnreadableDocument
from ontology.facts import Fact
from ontology.issuers import Issuer, also_known

FACTS = "extract.reading_process:read_facts"
BEGUN = "begun"
_READERS = ("extract.readers", "extract.recognition")
_OFTEN_ENOUGH = 2.0  # times the limit: after that even a process without a parent ends
_BLOATED = 0.25  # of the limit of memory: a process so large is not used again

Read = tuple[str, tuple[Fact, ...]]  # the digest of a document and its facts


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one document: its digest and facts, or an error in one line. `last`: the process ends with it."""

    sha256: str = ""
    facts: tuple[Fact, ...] = ()
    error: str | None = None
    last: bool = False


def read_facts(path: Path) -> Read:
    """The digest and the facts of one document. Raises UnreadableDocument."""
    from extract.readers import read
    from extract.recognition import facts

    document = read(path)
    return document.sha256, tuple(facts(document))


def serve(task: str, seconds: float, memory: int, issuers: Iterable[tuple[str, str, str, bool]] = ()) -> None:
    """Answer to every path on standard input with a pickled Answer on standard output, until there are no more.

    Before it stands a pickled BEGUN, sent when the document is taken up: the time that it takes counts from there.
    `task` names the function that reads (`module:function`), `memory` is in bytes, `issuers` are entries of prefixes
    that are known besides those of the package.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent decides
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    module, _, name = task.partition(":")
    read: Callable[[Path], Read] = getattr(import_module(module), name)
    for needed in _READERS if task == FACTS else ():  # else the first document would wait for them
        import_module(needed)
    _limit_memory(memory)
    gc.freeze()
    with also_known(Issuer(*row) for row in issuers):
        while (path := _next_path(sys.stdin.buffer)) is not None:
            _send(BEGUN, answers)
            _ring_after(_OFTEN_ENOUGH * seconds)
            answer = _answer(read, path, memory)
            _ring_after(0)
            _send(answer, answers)
            if answer.last:
                break


def _send(value: object, answers: BinaryIO) -> None:
    pickle.dump(value, answers, pickle.HIGHEST_PROTOCOL)
    answers.flush()


def _next_path(requests: BinaryIO) -> Path | None:
    try:
        path: str = pickle.load(requests)
    except EOFError:
        return None
    return Path(path)


def _answer(read: Callable[[Path], Read], path: Path, memory: int) -> Answer:
    try:
        sha256, facts = read(path)
        return Answer(sha256, facts, last=_resident() > _BLOATED * memory)
    except CaimaiError as error:
        return Answer(error=str(error), last=_resident() > _BLOATED * memory)
    except MemoryError:
        return Answer(error=str(too_large(path, memory)), last=True)
    except Exception as error:  # of a kind that nobody thought of: it must not cost the other documents
        reason = f"reading it failed: {type(error).__name__}: {error}".replace("\n", " ")
        return Answer(error=str(UnreadableDocument(str(path), reason, "please report it with the file")), last=True)


def too_large(path: Path, memory: int) -> UnreadableDocument:
    """That a document takes more memory than a process may have."""
    return UnreadableDocument(
        str(path), f"reading it takes more than {memory >> 20} MB of memory", "print it to a new PDF, or split it"
    )


def _limit_memory(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: without a limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _ring_after(seconds: float) -> None:
    """End this process after so long, should the parent be gone that else would do it; not at all after 0."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _resident() -> int:
    """The memory that this process has now, in bytes; 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text().split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
