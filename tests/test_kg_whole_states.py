"""Readers see the last state of a store that no build was at work on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from kg_documents import NAMES, built, bytes_of, document

from kg.build import build
from kg.store import dump, open_read_only, open_store
from kg.whole_states import WholeStates, being_written, state_of

linux = pytest.mark.skipif(sys.platform != "linux", reason="who writes a store is known on Linux only")


def made(folder: Path, *names: str) -> str:
    store = open_store(folder)
    build([document(name) for name in names], store)
    return str(folder)


def test_a_state_is_the_whole_store_and_differs_after_a_change(tmp_path: Path) -> None:
    location = made(tmp_path / "store", NAMES[0])
    states = WholeStates(location)
    first, folder = states.current()
    assert states.current() == (first, folder)
    assert first == state_of(location)
    assert dump(open_read_only(folder)) == bytes_of(NAMES[0])
    made(tmp_path / "store", *NAMES)
    second, other = states.current()
    assert second != first
    assert dump(open_read_only(other)) == bytes_of()
    assert dump(open_read_only(folder)) == bytes_of(NAMES[0])


def test_opening_for_reading_does_not_change_the_state(tmp_path: Path) -> None:
    location = made(tmp_path / "store", NAMES[0])
    before = state_of(location)
    assert len(open_read_only(location)) == len(built(NAMES[0]))
    assert state_of(location) == before


@pytest.mark.process
@linux
def test_while_a_store_is_written_the_state_before_is_read(tmp_path: Path) -> None:
    location = made(tmp_path / "store", NAMES[0])
    states = WholeStates(location)
    before = states.current()
    code = f"""
import sys
from pyoxigraph import Store
store = Store({location!r})
store.clear()
print("open", flush=True)
sys.stdin.readline()
"""
    writer = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "open\n"
    assert being_written(location)
    assert states.current() == before
    assert dump(open_read_only(before[1])) == bytes_of(NAMES[0])
    writer.communicate("\n", timeout=600)
    assert not being_written(location)
    assert states.current() != before
    assert len(open_read_only(states.current()[1])) == 0


@pytest.mark.process
def test_folders_of_states_are_removed_at_the_end_and_after_processes_that_ended(tmp_path: Path) -> None:
    location = made(tmp_path / "store", NAMES[0])
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait(timeout=600)
    abandoned = Path(location) / "readers" / f"{ended.pid}.0123"
    abandoned.mkdir(parents=True)
    states = WholeStates(location)
    folder = Path(states.current()[1])
    assert folder.parent == abandoned.parent
    assert not abandoned.exists()
    states.close()
    assert not folder.exists()


def test_no_process_is_sent_a_signal_where_signal_0_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    location = made(tmp_path / "store", NAMES[0])
    (Path(location) / "readers" / "4000000.0123").mkdir(parents=True)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "kill", lambda *_: pytest.fail("Ctrl-C on Windows"))
    states = WholeStates(location)
    assert not being_written(location)
    assert dump(open_read_only(states.current()[1])) == bytes_of(NAMES[0])
    states.close()


def test_where_there_is_no_store_or_no_room_in_it_the_location_itself_is_read(tmp_path: Path) -> None:
    nothing = str(tmp_path / "nothing")
    assert WholeStates(nothing).current()[1] == nothing
    assert not Path(nothing).exists()
    location = made(tmp_path / "store", NAMES[0])
    (Path(location) / "readers").write_text("in the way", encoding="utf-8")
    assert WholeStates(location).current() == (state_of(location), location)
    assert WholeStates("http://127.0.0.1:7878").current() == ("", "http://127.0.0.1:7878")
