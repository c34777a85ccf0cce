"""The page in a real browser, with the network unreachable: it draws, complains of nothing, opens what was asked."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from viz_lineage import iri, lineage

from viz.page import page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="module")
def browser() -> str:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine: the page is not tried in a browser")
    return found


@pytest.fixture(scope="module")
def opened(browser: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The document after its scripts ran, and what the browser logged."""
    folder: Path = tmp_path_factory.mktemp("browser")
    file = folder / "page.html"
    file.write_text(page(lineage(), title="资金脉络", focus=[iri("doc/昌州财教〔2024〕65号")]), encoding="utf-8")
    done = subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-sync",
            "--disable-background-networking",
            "--disable-component-update",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={folder / 'profile'}",
            "--enable-logging=stderr",
            "--window-size=1440,900",
            "--virtual-time-budget=4000",
            "--dump-dom",
            file.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout, done.stderr


def test_the_browser_logs_no_error_of_the_page(opened: tuple[str, str]) -> None:
    assert [line for line in opened[1].splitlines() if "CONSOLE" in line] == []


def test_the_graph_is_drawn(opened: tuple[str, str]) -> None:
    assert '<body class="live">' in opened[0]
    assert "<canvas" in opened[0]


def test_what_was_asked_for_lies_open(opened: tuple[str, str]) -> None:
    details = re.search(r'<aside id="details".*?</aside>', opened[0], re.DOTALL)
    assert details is not None
    assert " hidden" not in details[0].partition(">")[0]
    assert "<h2>昌州财教〔2024〕65号</h2>" in details[0]
    assert "000_d601747560d602d5.txt" in details[0]
