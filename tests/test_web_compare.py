"""The comparison: what is renamed is told from what is new and gone, by links of the graph or only by likeness."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.names import stem
from viz.web.alignment import Bond, Item, aligned, change, percent
from viz.web.application import application
from viz.web.dossier import Money

ID = "https://w3id.org/cnbl/id"
NEW, OLD = f"{ID}/agency/652325.商务科技和工业信息化局", f"{ID}/agency/652325.商务和工业信息化局"
OTHER = f"{ID}/agency/652300.科学技术局"


@pytest.fixture(scope="module")
def client(example_store: Path) -> Iterator[TestClient]:
    with TestClient(application(example_store)) as found:
        yield found


def item(name: str, *yuan: int, measure: str = "") -> Item:
    return Item(name, name, tuple(Money(Decimal(one), str(one), "元") for one in yuan), (name,), measure)


def states(left: list[str], right: list[str], bonds: dict[tuple[str, str], str] | None = None) -> list[tuple[str, ...]]:
    links = {ends: Bond(grade, "", "") for ends, grade in (bonds or {}).items()}
    lines = aligned({one: item(one) for one in left}, {one: item(one) for one in right}, links, stem)
    return [(line.left.name if line.left else "", line.right.name if line.right else "", line.state) for line in lines]


@pytest.mark.parametrize(
    ("left", "right", "bonds", "found"),
    [
        (["甲"], ["甲"], {}, [("甲", "甲", "both")]),
        (["甲"], ["乙"], {}, [("", "乙", "new"), ("甲", "", "gone")]),
        (["甲"], ["乙"], {("甲", "乙"): "derived"}, [("甲", "乙", "renamed")]),
        (["甲"], ["乙"], {("甲", "乙"): "candidate"}, [("甲", "乙", "similar")]),
        (["甲"], ["乙"], {("乙", "甲"): "derived"}, [("", "乙", "new"), ("甲", "", "gone")]),
        (["2024年维修"], ["2025年维修"], {}, [("2024年维修", "2025年维修", "similar")]),
        (["人数（人）"], ["人数"], {}, [("人数（人）", "人数", "similar")]),
        (["2023年维修", "2024年维修"], ["2025年维修"], {}, None),
        (["甲"], ["甲", "乙"], {("甲", "乙"): "derived"}, [("", "乙", "new"), ("甲", "甲", "both")]),
        (
            ["甲"], ["乙", "丙"], {("甲", "乙"): "candidate", ("甲", "丙"): "derived"},
            [("甲", "丙", "renamed"), ("", "乙", "new")],
        ),
    ],
)  # fmt: skip
def test_a_thing_is_renamed_by_a_link_similar_by_its_name_and_else_new_or_gone(
    left: list[str], right: list[str], bonds: dict[tuple[str, str], str], found: list[tuple[str, ...]] | None
) -> None:
    told = states(left, right, bonds)
    if found is None:
        assert {state for *_, state in told} == {"new", "gone"}, "two may be meant: neither is chosen"
    else:
        assert sorted(told) == sorted(found)


def test_a_change_is_told_of_amounts_of_one_measure_only() -> None:
    (line,) = aligned({"甲": item("甲", 200)}, {"甲": item("甲", 100, 50)}, {})
    assert (change(line), percent(line)) == (Decimal(-50), Decimal("-25.0"))
    (line,) = aligned({"甲": item("甲", 0)}, {"甲": item("甲", 100)}, {})
    assert (change(line), percent(line)) == (Decimal(100), None)
    (line,) = aligned({"甲": item("甲", 200, measure="budgeted")}, {"甲": item("甲", 100, measure="carried over")}, {})
    assert (change(line), percent(line)) == (None, None)


def compared(client: TestClient, **asked: object) -> dict[str, Any]:
    answer = client.get("/compare.json", params={name: str(value) for name, value in asked.items()})
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def test_a_project_that_goes_on_under_a_new_number_is_renamed(client: TestClient) -> None:
    projects = compared(client, a=OLD, b=NEW)["tables"]["projects"]
    (line,) = [row for row in projects if row["formerly"]]
    assert "2024年招商引资经费" in line["formerly"]["label"]
    assert "2025年招商引资经费" in line["item"]["label"]
    assert line["state"] == ["renamed", "推得"]
    assert (line["change"], line["percent"]) == ("+9.99", "+14.3"), "70.00 before, 76.96 and 3.03 after"
    assert "招商引资经费" in line["why"]
    assert line["sources"]
    turned = compared(client, a=NEW, b=OLD)["tables"]["projects"]
    assert [row["change"] for row in turned if row["formerly"]] == ["-9.99"]


def test_a_subject_that_is_said_to_stand_elsewhere_now_says_so(client: TestClient) -> None:
    functions = compared(client, a=OLD, b=NEW)["tables"]["functions"]
    (line,) = [row for row in functions if row["item"]["label"].startswith("2210201 ")]
    assert line["state"] == "gone"
    assert "科学技术支出" in line["why"]
    assert line["sources"]


def test_the_succession_of_the_bodies_stands_over_the_comparison_with_its_grade(client: TestClient) -> None:
    assert compared(client, a=OLD, b=NEW)["facts"]["succession"]["value"][1] == "推得"
    assert compared(client, a=OTHER, b=NEW)["facts"] == {}


def test_of_two_bodies_none_of_which_follows_the_other_nothing_is_new_or_gone(client: TestClient) -> None:
    tables = compared(client, a=OTHER, b=NEW)["tables"]
    found = {row["state"] if isinstance(row["state"], str) else row["state"][0] for row in tables["functions"]}
    assert found == {"both", "only_new", "only_gone"}


def test_figures_lead_to_where_they_are_printed(client: TestClient) -> None:
    (total,) = [row for row in compared(client, a=OLD, b=NEW)["tables"]["sources"] if row["item"] == "合计"]
    assert [one["sources"][0]["words"] for side in ("left", "right") for one in total[side]] == ["1,795.47", "2,685.94"]


@pytest.mark.parametrize(("form", "media"), [("json", "application/json"), ("csv", "text/csv"), ("ttl", "text/turtle")])
def test_the_comparison_has_twins_by_suffix_and_by_accept(client: TestClient, form: str, media: str) -> None:
    sides = {"a": OLD, "b": NEW}
    by_suffix, by_accept = (
        client.get(f"/compare.{form}", params=sides),
        client.get("/compare", params=sides, headers={"accept": media}),
    )
    assert by_suffix.headers["content-type"].startswith(media)
    assert by_accept.headers["content-type"].startswith(media)
    assert f'href="/compare.{form}?' in client.get("/compare", params=sides).text


def test_the_twins_hold_what_the_page_shows(client: TestClient) -> None:
    text = client.get("/compare.csv", params={"a": OLD, "b": NEW, "table": "projects"}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["state"] for row in rows} >= {"new", "gone"}
    assert "769600; 30300" in {row["right_yuan"] for row in rows}
    assert list(ox.parse(client.get("/compare.ttl", params={"a": OLD, "b": NEW}).content, format=ox.RdfFormat.TURTLE))
    assert client.get("/compare.csv", params={"a": OLD, "table": "none"}).status_code == 404
    assert client.get("/compare.exe", params={"a": OLD}).status_code == 404


def test_a_body_that_discloses_nothing_is_not_compared(client: TestClient) -> None:
    assert client.get("/compare", params={"a": "<script>"}).status_code == 404
    assert client.get("/compare", params={"a": OLD, "ya": "1999"}).status_code == 200


def test_travel_vehicles_and_receptions_stand_beside_each_other(client: TestClient) -> None:
    found = {row["item"]: row for row in compared(client, a=OLD, b=NEW)["tables"]["restricted"]}
    vehicles = found["公务用车购置及运行费"]
    assert [vehicles[side][0]["yuan"] for side in ("left", "right")] == ["18000", "18000"]
    assert list(found)[-1] == "合计"
