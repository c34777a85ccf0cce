"""The notebook runs as it stands, and what it shows is what comes out."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import pytest
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

pytestmark = pytest.mark.process


def shown(notebook: nbformat.NotebookNode) -> list[tuple[str, str]]:
    """What stands under each cell of code: printed text, however many pieces it came in, values as text and HTML."""
    cells = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    values = [[output.get("data", {}) for output in outputs] for outputs in cells]
    return [
        (
            "".join(one.get("text", "") for one in outputs) + "".join(one.get("text/plain", "") for one in data),
            "".join(one.get("text/html", "") for one in data),
        )
        for outputs, data in zip(cells, values, strict=True)
    ]


@pytest.fixture(scope="module")
def stored(root: Path) -> nbformat.NotebookNode:
    return stored_in(root)


def stored_in(root: Path) -> nbformat.NotebookNode:
    found: nbformat.NotebookNode = nbformat.reads((root / "docs" / "notebook.ipynb").read_text("utf-8"), as_version=4)
    return found


def test_the_notebook_runs_and_shows_what_is_stored(
    root: Path, stored: nbformat.NotebookNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where this fails after a change: look at both, then `jupyter execute --inplace docs/notebook.ipynb`."""
    monkeypatch.setenv("PYTHONPATH", str(root))
    again = nbformat.from_dict(stored)
    kernel = AsyncKernelManager(kernel_name="python3")
    settings = {"timeout": 600, "startup_timeout": 300, "resources": {"metadata": {"path": str(root / "docs")}}}
    with TemporaryDirectory(prefix="kernel") as folder:
        if os.name == "posix":  # no port is found free and taken by another before it is used
            kernel.transport, kernel.ip = "ipc", f"{folder}/at"
        NotebookClient(again, km=kernel, **settings).execute()
    found = shown(again)
    assert len(found) > 10
    assert found == shown(stored_in(root))


def test_every_cell_of_code_in_the_notebook_shows_something(stored: nbformat.NotebookNode) -> None:
    assert all(cell.outputs for cell in stored.cells if cell.cell_type == "code")
