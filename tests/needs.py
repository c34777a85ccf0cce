"""What a test needs, as markers: told by its fixtures, else by hand, and found out where that was forgotten.

`slow` is any of them. A run without slow tests (`make quick`) watches the rest: one that starts a process or reads an
example PDF without saying so fails, so that the quick tests stay quick.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

MEANING = {
    "browser": "a real browser",
    "server": "a SPARQL server beside us",
    "examples": "the example PDFs, or the graph of them",
    "corpus": "the real disclosures in ../shared",
    "installation": "the wheel, built and installed",
    "process": "processes besides that of the test",
    "orders": "the graph built again and again, in every order",
    "long": "seconds of computing by itself",
}
BY_FIXTURE = {
    "browser": "browser",
    "server": "server",
    "example_build": "examples",
    "shared": "corpus",
    "wheel": "installation",
}
WITHOUT_SLOW = "not slow"
_EXAMPLES = str(Path(__file__).resolve().parent.parent / "examples")
_seen: dict[str, str] = {}


def register(config: pytest.Config) -> None:
    """The markers, for `pytest --markers` and for `--strict-markers`; watching, where no slow test is asked for."""
    for name, meaning in MEANING.items():
        config.addinivalue_line("markers", f"{name}: needs {meaning}")
    config.addinivalue_line("markers", "slow: needs any of these; `make quick` leaves it out")
    if config.option.markexpr == WITHOUT_SLOW:
        sys.addaudithook(_noted)  # cannot be taken back


def mark(items: Sequence[pytest.Item]) -> None:
    """Gives every test the markers of what it needs."""
    for item in items:
        for fixture in BY_FIXTURE.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(BY_FIXTURE[fixture])
        if not MEANING.keys().isdisjoint(marker.name for marker in item.iter_markers()):
            item.add_marker("slow")


def held_to_its_markers(item: pytest.Item) -> Iterator[None]:
    """Fails a test that needs, after all, what it does not say."""
    _seen.clear()
    yield
    if _seen and not item.get_closest_marker("slow"):
        told = "; ".join(f"mark it with @pytest.mark.{name}: {what}" for name, what in sorted(_seen.items()))
        pytest.fail(told, pytrace=False)


def _noted(event: str, given: tuple[Any, ...]) -> None:
    if event in {"subprocess.Popen", "os.posix_spawn", "os.fork"}:
        _seen.setdefault("process", f"it starts {given[0] if given else 'a process'}")
    elif event == "open" and isinstance(given[0], str) and given[0].startswith(_EXAMPLES) and given[0].endswith(".pdf"):
        _seen.setdefault("examples", f"it reads {given[0]}")
