"""Large stores to measure on: copies of the examples that a trace goes through as through the examples."""

from pathlib import Path

import pytest

from bench import large_store
from kg.store import open_read_only
from queries.tracing.trace import LIMIT, trace


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large") / "store"
    assert large_store.make(folder, 150_000) >= 150_000
    return folder


def test_copies_are_of_other_places_offices_and_years(store: Path) -> None:
    found = trace(open_read_only(store), "润华纺织有限公司")
    assert {hop.amount_type for entry in found.entries for hop in entry.money} == {"budgeted"}
    assert found.documents[0].hops
    assert not any("阿图什" in entry.body for entry in found.entries)


def test_a_busy_body_is_bounded_and_says_so(store: Path) -> None:
    found = trace(open_read_only(store), "河北省交通运输厅")
    assert len(found.entries) >= LIMIT
    assert found.omitted > 0
    assert all(hop.evidence for hop in found.entries[0].money)
    assert any(hop.relation == "continues" for hop in found.links)
