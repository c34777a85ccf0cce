"""Processes that read documents, watched: one that hangs, grows without end or dies costs its document and no other."""

import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Lock, Timer

import extract
from extract.reading_process import FACTS, Answer
from ontology.errors import UnreadableDocument
from ontology.issuers import Issuer, known_besides

_STARTING = 300.0  # seconds within which a process must be ready to read
_ADVICE = "the file may be damaged or made to do harm: print it to a new PDF, or split it"
_PROGRAM = """
import sys
sys.path[:] = {path!r}
from extract.reading_process import serve
serve({task!r}, {seconds}, {memory}, {issuers!r})
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one document may take: seconds from when it is taken up, and bytes of memory of its process."""

    seconds: float = 120.0
    memory: int = 1 << 30


def answers(paths: Sequence[Path], jobs: int, limits: Limits, task: str = FACTS) -> Generator[Answer, None, None]:
    """What came of the documents, in their order; `jobs` are read at once, ahead of being asked for.

    `task` names the function that reads (`module:function`) in the other process. It knows the prefixes of document
    numbers that are known here when this begins.
    """
    workers = [Worker(limits, task) for _ in range(min(jobs, len(paths)))]
    free: SimpleQueue[Worker] = SimpleQueue()
    waiting: deque[Future[Answer]] = deque()
    pool = ThreadPoolExecutor(len(workers) or 1)

    def ask(path: Path) -> Answer:
        worker = free.get()
        try:
            return worker.ask(path)
        finally:
            free.put(worker)

    try:
        for worker in workers:
            free.put(worker)
        for path in paths:
            waiting.append(pool.submit(ask, path))
            if len(waiting) > len(workers):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.retire()
        pool.shutdown()
        for worker in workers:
            worker.close()


class Worker:
    """One process that reads one document after another, started again whenever it is gone."""

    def __init__(self, limits: Limits, task: str) -> None:
        self._limits = limits
        self._task = task
        self._issuers = known_besides()
        self._process: subprocess.Popen[bytes] | None = None
        self._starting = Lock()
        self._retired = False

    def ask(self, path: Path) -> Answer:
        """What came of the document; whatever reading it does to the process is an error in the answer."""
        process = self._running()
        if process is None:
            return Answer(error=str(UnreadableDocument(str(path), "reading was stopped", "read it again")))
        answer = _exchange(process, path, self._limits)
        if isinstance(answer, str) or answer.last:
            self.close()
        if isinstance(answer, str):
            return Answer(error=str(UnreadableDocument(str(path), answer, _ADVICE)))
        return answer

    def _running(self) -> subprocess.Popen[bytes] | None:
        """The process, started where there is none; None once the worker is retired."""
        with self._starting:
            if self._retired:
                return None
            if self._process is None or self._process.poll() is not None:
                self._process = _started(self._limits, self._task, self._issuers)
            return self._process

    def retire(self) -> None:
        """Kill the process, also in the middle of a document, and start no other; another thread may be asking it."""
        with self._starting:
            self._retired = True
            if self._process:
                self._process.kill()

    def close(self) -> None:
        """End the process and its pipes; no other thread is asking it."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()


def _started(limits: Limits, task: str, issuers: Sequence[Issuer]) -> subprocess.Popen[bytes]:
    home = str(Path(extract.__file__).parent.parent)
    rows = [astuple(issuer) for issuer in issuers]
    program = _PROGRAM.format(
        path=[home, *sys.path], task=task, seconds=limits.seconds, memory=limits.memory, issuers=rows
    )
    return subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _exchange(process: subprocess.Popen[bytes], path: Path, limits: Limits) -> Answer | str:
    """The answer of the process, or why there is none: then the process is gone."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("a process without pipes")
    try:
        with _killed_after(_STARTING, process):
            pickle.dump(str(path), process.stdin)
            process.stdin.flush()
            pickle.load(process.stdout)  # it has begun
        with _killed_after(limits.seconds, process):
            answer: Answer = pickle.load(process.stdout)
    except TimeoutError as error:
        return str(error)
    except (OSError, EOFError, ValueError, pickle.UnpicklingError):
        return _end(process, limits)
    return answer


@contextmanager
def _killed_after(seconds: float, process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Kills the process where the block takes longer, and raises TimeoutError."""
    is_late = Event()

    def stop() -> None:
        is_late.set()
        process.kill()

    timer = Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        if is_late.is_set():
            process.wait()
            raise TimeoutError(f"reading it took longer than {seconds:g} seconds")


def _end(process: subprocess.Popen[bytes], limits: Limits) -> str:
    """How a process ended, in words."""
    status = process.wait()
    if status >= 0:
        return f"the process reading it ended with status {status}"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    # a library that gets no more memory ends so
    perhaps = f", perhaps as {limits.memory >> 20} MB of memory were not enough" if name == "SIGABRT" else ""
    return f"the process reading it died ({name}){perhaps}"
