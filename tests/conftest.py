"""Fixtures shared by all tests."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from browsing import context, launched, open_page
from endpoint_server import PATIENT, running
from made_once import Once, once_in
from needs import WITHOUT_SLOW, held_to_its_markers, mark, register

if TYPE_CHECKING:
    from caimai import Reading
    from queries.auditing.signal import Audit

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure(config: pytest.Config) -> None:
    register(config)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """One more than there are cores where tests wait for browsers and servers, so that no core waits with them."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return None if config.option.markexpr == WITHOUT_SLOW else cores + 1


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mark(items)


@pytest.fixture(autouse=True)
def _says_what_it_needs(request: pytest.FixtureRequest) -> Iterator[None]:
    yield from held_to_its_markers(request.node)


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
def once_a_run(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Makes what is large once for all processes of this run."""
    return once_in(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def example_build(root: Path, once_a_run: Once) -> "tuple[Path, list[Reading]]":
    """A store on disk built from the example PDFs, and what was read of each."""
    import caimai

    def made(folder: Path) -> "tuple[Path, list[Reading]]":
        readings: list[Reading] = []
        report = caimai.build([root / "examples"], folder / "store", seen=readings.append)
        assert len(report.replaced) == 5
        return folder / "store", readings

    found: tuple[Path, list[Reading]] = once_a_run("examples", made)
    return found


@pytest.fixture(scope="session")
def example_audit(example_store: Path, once_a_run: Once) -> "Audit":
    """The audit of the examples."""
    from kg.store import open_read_only
    from queries.auditing.audit import audit

    found: Audit = once_a_run("audit", lambda _: audit(open_read_only(example_store)))
    return found


@pytest.fixture(scope="session")
def example_store(example_build: "tuple[Path, list[Reading]]") -> Path:
    """A store on disk built from the example PDFs, to be read only."""
    return example_build[0]


@pytest.fixture(scope="session")
def site(example_store: Path, root: Path) -> Iterator[str]:
    """The explorer on the examples, served on loopback; what it prepares in the background is there."""
    from caimai.serve import picture, sources_in
    from viz.web.application import application

    sources = sources_in([root / "examples"])
    with running(application(example_store, picture=picture, sources=sources, limits=PATIENT)) as found:
        _wait_for(f"{found}/search?q=0", without="data-pending")
        _wait_for(f"{found}/audit", without="data-pending")
        yield found


def _wait_for(address: str, without: str) -> None:
    """Asks until the answer is there and whole: an index is being made, documents are being checked."""
    said = ""
    for _ in range(1500):
        try:
            with urlopen(address, timeout=300) as answer:
                said = answer.read().decode()
            if without not in said:
                return
        except HTTPError as error:
            if error.code != 503:
                raise
            said = str(error)
        time.sleep(0.2)
    raise AssertionError(f"never without {without}: {address}, at the last {said[:200]}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser that reaches nothing but loopback."""
    with launched() as found:
        yield found


@pytest.fixture
def visit(browser: Any, site: str) -> Iterator[Callable[..., Any]]:
    """Opens a page of the explorer, all on it ready, as a reader of its own does; closed after the test.

    Settings are those of Playwright's contexts; `scripts=False` is a browser without scripts.
    """
    readers = []

    def visited(path: str, scripts: bool = True, **settings: Any) -> Any:
        readers.append(context(browser, java_script_enabled=scripts, **settings))
        page = readers[-1].new_page()
        address = path if "://" in path else site + path
        open_page(page, address) if scripts else page.goto(address)
        return page

    yield visited
    for reader in readers:
        reader.close()
