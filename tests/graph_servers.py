"""SPARQL servers for the tests, each started on loopback in a folder of its own and ended with the block."""

import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

_VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 8
MaxClientConnections = 8
[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryExecutionTime = 0
"""


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """The address of Oxigraph's own server, from the PyPI package `oxigraph`."""
    beside = Path(sys.executable).parent / "oxigraph"
    program = str(beside) if beside.is_file() else shutil.which("oxigraph")
    if program is None:
        pytest.skip("Oxigraph's server is not installed: pip install 'caimai[server-test]'")

    def started(port: int) -> "subprocess.Popen[bytes]":
        return _process([program, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"], folder)

    with _served(started) as port:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """The address of a Virtuoso of one ini file, with its user and first password."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed: apt install virtuoso-opensource-7-bin")
    settings = folder / "virtuoso.ini"

    def started(port: int) -> "subprocess.Popen[bytes]":
        (folder / "virtuoso.lck").unlink(missing_ok=True)
        settings.write_text(_VIRTUOSO.format(folder=folder, http=port, sql=_free_port()), encoding="utf-8")
        return _process([program, "+foreground", "+configfile", str(settings)], folder)

    with _served(started) as port:
        yield f"http://dba:dba@127.0.0.1:{port}/sparql-auth"


def _process(command: Sequence[str], folder: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def _served(started: Callable[[int], "subprocess.Popen[bytes]"]) -> Iterator[int]:
    """The port at which a server answers; it is started on another one where the first was taken meanwhile."""
    for _ in range(5):
        port = _free_port()
        process = started(port)
        try:
            if _answers(port, process):
                yield port
                return
        finally:
            process.terminate()
            try:
                process.wait(timeout=120)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    pytest.fail("the server ended by itself five times, on five ports")


def _answers(port: int, process: "subprocess.Popen[bytes]") -> bool:
    """Whether the server is there, which may take long; False where it ends by itself."""
    for _ in range(3000):
        if process.poll() is not None:
            return False
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(0.2)  # what could not take the port ends now: another server answered
                return process.poll() is None
        time.sleep(0.1)
    pytest.fail("the server did not come up within five minutes")


def _free_port() -> int:
    """A port below those that the system gives to clients, so that nobody has it by chance a moment later."""
    for port in random.SystemRandom().sample(range(12_000, 32_000), 1000):
        with socket.socket() as free:
            try:
                free.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    pytest.fail("a thousand ports are taken")
