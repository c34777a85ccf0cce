"""Readers that do to their process what hostile documents do: each does what the name of the document says."""

import ctypes
import os
import sys
import time
from pathlib import Path

from extract.reading_process import Read
from ontology.errors import UnreadableDocument
from ontology.facts import Finding, Source


def read(path: Path) -> Read:
    """A finding that names the document and the process, unless its name says otherwise."""
    if path.stem == "hangs":
        time.sleep(3600)
    elif path.stem == "hangs-in-c":
        ctypes.CDLL(None).sleep(3600)
    elif path.stem == "grows":
        blocks = []
        while True:
            blocks.append(bytearray(1 << 24))
    elif path.stem == "exits":
        os._exit(3)
    elif path.stem == "crashes":
        ctypes.string_at(0)
    elif path.stem == "recurses":
        read(path)
    elif path.stem == "errs":
        raise TypeError("of a kind\nnobody thought of")
    elif path.stem == "unreadable":
        raise UnreadableDocument(str(path), "a damaged PDF", "fetch it again")
    elif path.stem == "prints":
        print("a library says something")
        sys.stdout.flush()
    elif path.stem == "waits":
        time.sleep(1)
    source = Source(path.name, "0" * 64)
    return "0" * 64, (Finding(source=source, severity="info", message=f"{path.stem} {os.getpid()}"),)
