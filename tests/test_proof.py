"""Bundles of evidence: what a trace claims is checked against the source files, without the store."""

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import caimai
from caimai.bundles import sealed, write_bundle
from caimai.dossier import dossier_of
from caimai.verifying import verified
from caimai.words import say
from ontology.errors import CaimaiError

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
ASKED = ("昌州财教[2024]65号", "招商引资经费", "阿图什市商务科技和工业信息化局", "2060599")


@pytest.fixture(scope="module")
def bundle(example_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("proof") / "proof.zip"
    write_bundle(path, caimai.trace(example_store, ASKED[0]), "dossier", b"")
    return path


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    for pdf in EXAMPLES.glob("*.pdf"):
        shutil.copy(pdf, tmp_path / pdf.name)
    return tmp_path


def changed(bundle: Path, path: Path, old: str, new: str) -> Path:
    with zipfile.ZipFile(bundle) as archive:
        about = json.loads(archive.read("claims.json"))
    for claim in about["claims"]:
        claim["words"] = claim["words"].replace(old, new)
    return forged(path, about["claims"])


def forged(path: Path, claims: list[dict[str, Any]]) -> Path:
    """A bundle of these claims that was sealed as one is when it is made."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("claims.json", sealed("forged", claims, {}))
    return path


def claims_of(bundle: Path) -> list[dict[str, Any]]:
    with zipfile.ZipFile(bundle) as archive:
        return list(json.loads(archive.read("claims.json"))["claims"])


def slips(claims: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each place with one figure or character of its words changed, all of them in turn."""
    places = {claim["iri"]: claim for claim in claims}
    for claim in places.values():
        words = claim["words"]
        for figure in re.finditer(r"\d+(?:[.,]\d+)*", words):
            printed = figure[0]
            for other in (printed + "1", printed[:-1] + str((int(printed[-1]) + 1) % 10), "9" + printed):
                yield claim | {"words": words[: figure.start()] + other + words[figure.end() :]}
        for sign in re.finditer(r"[\u4e00-\u9fff]", words):
            yield claim | {"words": words[: sign.start()] + "龘" + words[sign.end() :]}


def test_every_changed_word_and_figure_of_a_bundle_is_told(bundle: Path, tmp_path: Path) -> None:
    changed = list(slips(claims_of(bundle)))
    found = verified(forged(tmp_path / "forged.zip", changed), EXAMPLES)
    missed = [(one.words, one.page, one.row) for one in found if one.verdict == "verified"]
    assert len(changed) > 1000
    assert missed == []


@pytest.mark.parametrize("part", ["claims.json", "trace.json", "README.md", "trace.ttl"])
def test_a_bundle_that_was_changed_after_it_was_made_is_refused(bundle: Path, tmp_path: Path, part: str) -> None:
    path = tmp_path / "changed.zip"
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            changed = data.replace(b"7.38", b"8.38") if b"7.38" in data else data + b"."
            new.writestr(name, changed if name == part else data)
    with pytest.raises(CaimaiError, match=f"changed after it was made: {part}"):
        verified(path, EXAMPLES)


@pytest.mark.parametrize("what", ASKED)
def test_every_claim_about_the_examples_stands_where_it_says(example_store: Path, tmp_path: Path, what: str) -> None:
    path = tmp_path / "proof.zip"
    count = write_bundle(path, caimai.trace(example_store, what), "", b"")
    found = verified(path, EXAMPLES)
    assert len(found) == count > 20
    assert [one for one in found if one.verdict != "verified"] == []


def test_words_that_are_not_there_are_told(bundle: Path, tmp_path: Path) -> None:
    forged = changed(bundle, tmp_path / "forged.zip", "7.38", "9.38")
    wrong = [one for one in verified(forged, EXAMPLES) if one.verdict != "verified"]
    assert {one.verdict for one in wrong} == {"words_not_found"}
    assert all("9.38" in one.words for one in wrong)


def test_a_figure_that_stands_elsewhere_on_the_page_is_not_verified(bundle: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        about = json.loads(archive.read("claims.json"))
    money = next(claim for claim in about["claims"] if claim["words"] == "7.38")
    about["claims"] = [money | {"words": "奇财预【2025】67号", "bbox": "500,10,520,20"}]
    path = forged(tmp_path / "moved.zip", about["claims"])
    assert [one.verdict for one in verified(path, EXAMPLES)] in (["elsewhere"], ["words_not_found"])


def test_a_figure_of_the_next_row_is_not_taken_for_that_of_the_row(bundle: Path, tmp_path: Path) -> None:
    forged = changed(bundle, tmp_path / "forged.zip", "7.38", "5.00")  # the line below has 5.00
    wrong = {one.verdict for one in verified(forged, EXAMPLES) if one.words == "5.00"}
    assert wrong == {"elsewhere"}


def test_a_missing_and_a_changed_file_are_told_apart(bundle: Path, documents: Path) -> None:
    of = {one.file for one in verified(bundle, documents)}
    first, second = sorted(of)[:2]
    (documents / first).unlink()
    (documents / second).write_bytes((documents / second).read_bytes() + b"\n")
    verdicts = {(one.file, one.verdict) for one in verified(bundle, documents)}
    assert {(first, "file_missing"), (second, "file_changed")} <= verdicts


def test_a_renamed_file_is_known_by_its_hash(bundle: Path, documents: Path) -> None:
    for number, pdf in enumerate(sorted(documents.glob("*.pdf"))):
        pdf.rename(documents / f"{number}.pdf")
    assert {one.verdict for one in verified(bundle, documents)} == {"verified"}


def test_a_figure_of_a_text_stands_between_blanks(tmp_path: Path) -> None:
    text = tmp_path / "x.txt"
    text.write_text("某县工业局2025年部门预算公开\n招商引资 14.00 14.00 7.5\n", encoding="utf-8")
    place = {"claim": "", "file": "x.txt", "sha256": sha256(text.read_bytes()).hexdigest(), "line": 2}
    words = ("14.00", "4.00", "14.0", "招商引资 14.00", "7.5", "7.55")
    path = forged(tmp_path / "proof.zip", [place | {"words": said} for said in words])
    verdicts = [one.verdict == "verified" for one in verified(path, tmp_path)]
    assert verdicts == [True, False, False, True, True, False]


def test_what_is_no_bundle_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_text("no archive")
    with pytest.raises(CaimaiError, match="not a bundle"):
        verified(tmp_path / "x.zip", EXAMPLES)


def test_the_same_trace_gives_the_same_bundle(example_store: Path, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        write_bundle(tmp_path / name, caimai.trace(example_store, ASKED[0]), "d", b"")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.mark.parametrize(("lang", "words"), [("zh", "来源层级: 中央"), ("en", "origin level: central")])
def test_a_dossier_quotes_what_is_printed_and_where(example_store: Path, lang: str, words: str) -> None:
    text = dossier_of(caimai.trace(example_store, ASKED[0]), say(lang))
    assert words in text
    assert "> 7.38" in text
    assert "sha256 `" in text
    assert text.count('<a id="s') == len({line for line in text.splitlines() if line.startswith('<a id="s')})


@pytest.mark.parametrize(
    ("claimed", "instead"),
    [
        ("7.38 万元", "73.8 万元"),
        ("7.38 万元", "8.38 万元"),
        ("=3人", "=4人"),
        (">=15户", ">=150户"),
        ("昌州财教〔2024〕65号", "昌州财教〔2024〕66号"),
        ("昌州财教〔2024〕65号", "昌州财建〔2024〕65号"),
    ],
)
def test_a_claim_that_its_words_do_not_say_is_told(bundle: Path, tmp_path: Path, claimed: str, instead: str) -> None:
    """Words, places and seals all right: only the sentence beside them is another."""
    claims = claims_of(bundle)
    lied = [claim | {"claim": claim["claim"].replace(claimed, instead)} for claim in claims]
    found = verified(forged(tmp_path / "forged.zip", lied), EXAMPLES)
    wrong = [one for one, claim in zip(found, claims, strict=True) if one.claim != claim["claim"]]
    assert wrong
    assert {one.verdict for one in wrong} == {"claim_not_said"}
