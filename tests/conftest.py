"""Fixtures shared by all tests."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from caimai import Reading

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real disclosures beside the repository; tests that need it are skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "corpus").is_dir():
        pytest.skip("real disclosures are not here: no folder ../shared/corpus beside the repository")
    return folder


@pytest.fixture(scope="session")
def example_build(root: Path, tmp_path_factory: pytest.TempPathFactory) -> "tuple[Path, list[Reading]]":
    """A store on disk built from the example PDFs, and what was read of each."""
    import caimai

    store, readings = tmp_path_factory.mktemp("graph") / "store", []
    report = caimai.build([root / "examples"], store, seen=readings.append)
    assert len(report.replaced) == 5
    return store, readings


@pytest.fixture(scope="session")
def example_store(example_build: "tuple[Path, list[Reading]]") -> Path:
    """A store on disk built from the example PDFs, to be read only."""
    return example_build[0]
