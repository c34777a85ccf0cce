"""Fixtures shared by all tests."""

from pathlib import Path

import pytest

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
def example_store(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk built from the example PDFs, to be read only."""
    import caimai

    store = tmp_path_factory.mktemp("graph") / "store"
    report = caimai.build([root / "examples"], store)
    assert len(report.replaced) == 5
    return store
