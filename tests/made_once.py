"""What all the processes of one run of the tests share: made by the first that needs it, by the code under test."""

import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from filelock import FileLock

Once = Callable[[str, Callable[[Path], Any]], Any]


def once_in(own: Path) -> Once:
    """What `make` gives, in a folder of that name of its own, kept pickled there for the other processes.

    `own` is the temporary folder of this process; those of one run lie beside each other. Who comes while another
    makes it waits; after a failure the next one tries anew.
    """
    run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def once(name: str, make: Callable[[Path], Any]) -> Any:
        folder = run / f"once-{name}"
        kept = folder / "kept.pickle"
        with FileLock(f"{folder}.lock"):
            if not kept.is_file():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                made = pickle.dumps(make(folder))
                kept.write_bytes(made)
        return pickle.loads(kept.read_bytes())

    return once
