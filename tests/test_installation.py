"""The built wheel, installed into an empty environment, runs the demo: nothing is missing from it."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PACKAGES = ("ontology", "extract", "kg", "queries", "viz", "caimai")


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"  # a copy, so that no earlier build of this checkout can fill a gap
    for name in PACKAGES:
        shutil.copytree(root / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / name, source / name)
    run([sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(source)], folder)
    (found,) = folder.glob("*.whl")
    return found


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_every_data_file(root: Path, wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    data = {
        str(path.relative_to(root))
        for package in PACKAGES
        for path in (root / package).rglob("*")
        if path.is_file() and path.suffix not in {".pyc", ".md"}
    }
    assert data <= packed


def test_the_demo_runs_from_the_installed_wheel(root: Path, wheel: Path, tmp_path: Path) -> None:
    run([sys.executable, "-m", "venv", "--without-pip", "venv"], tmp_path)
    python, caimai = str(tmp_path / "venv/bin/python"), str(tmp_path / "venv/bin/caimai")
    pip = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check"]
    run([*pip, "install", "--quiet", "--no-compile", str(wheel)], tmp_path)
    run([caimai, "build", str(root / "examples"), "--store", "store"], tmp_path)
    traced = run([caimai, "--lang", "zh", "trace", "昌州财教[2024]65号", "--store", "store"], tmp_path)
    assert "7.38 万元" in traced
    assert "来源层级  中央" in traced
    run([caimai, "show", "--focus", "昌州财教[2024]65号", "--store", "store", "-o", "page.html"], tmp_path)
    assert "昌州财教〔2024〕65号" in (tmp_path / "page.html").read_text("utf-8")
    assert "who_received" in run([caimai, "ask"], tmp_path)
