"""Large stores to measure on: copies of the examples that a trace goes through as through the examples."""

from pathlib import Path

import pytest

from bench import large_store
from kg.store import open_read_only
from queries.tracing import selecting, siblings
from queries.tracing.trace import LIMIT, trace

pytestmark = pytest.mark.examples


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


def test_where_very_much_stands_beside_it_is_counted_and_not_given(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_read_only(store)
    name = "2016年农村公路养护补助资金（第1项）"
    whole = trace(opened, name)
    monkeypatch.setattr(selecting, "COUNTED_SIDEWAYS", 3)
    monkeypatch.setattr(siblings, "COUNTED_BESIDE", 3)
    some = trace(opened, name)
    assert whole.sideways
    assert any(entry.same_subject for entry in whole.entries)
    assert not some.sideways
    assert some.more_sideways >= 3
    for before, now in zip(whole.entries, some.entries, strict=True):
        if len(before.same_subject) + before.more_same_subject >= 3:
            assert (now.same_subject, now.more_same_subject) == ((), 3)
        else:
            assert now.same_subject == before.same_subject
