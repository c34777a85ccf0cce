"""Bundles of evidence: what a trace claims is checked against the source files, without the store."""

import json
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import caimai
from caimai.bundles import CLAIMS, Asked, Rest, asked_for, parts_of, rests_on, sealed, sentence_of, write_bundle
from caimai.dossier import dossier_of
from caimai.made_anew import differences, graph_of, made_anew
from caimai.verifying import Verification, examined_parts, files_of, verified
from caimai.words import say
from kg.store import open_read_only
from ontology.errors import CaimaiError
from ontology.issuers import known_besides
from queries.tracing.trace import LIMIT, subgraph

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
SAID = {"claim", "printed", "source", "target"}  # what a claim says, beside the words that are quoted for it
ASKED = ("昌州财教[2024]65号", "招商引资经费", "阿图什市商务科技和工业信息化局", "2060599")


@pytest.fixture(scope="module", autouse=True)
def _each_graph_made_once() -> Iterator[None]:
    """The same files give the same graph, which verifying only reads: it is built once for all tests."""
    graphs: dict[Any, Any] = {}

    def once(rests_on: Mapping[Rest, Path]) -> Any:
        files = tuple((one, path.name, path.read_bytes()) for one, path in rests_on.items())
        key = (files, known_besides())
        if key not in graphs:
            graphs[key] = graph_of(rests_on)
        return graphs[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("caimai.made_anew.graph_of", once)
        yield


@pytest.fixture(scope="module")
def bundle(example_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("proof") / "proof.zip"
    write_bundle(path, made(example_store, ASKED[0]))
    return path


def made(store: Path, what: str) -> dict[str, bytes]:
    """The parts of the bundle of a trace."""
    opened = open_read_only(store)
    found = caimai.trace(opened, what, places=0)
    return parts_of(found, Asked(what, limit=LIMIT), rests_on(opened, found), subgraph(opened, found))


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
        archive.writestr("claims.json", sealed(claims, {}))
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
    changed = list(slips(claims_of(bundle)))[::4]
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
    found = examined_parts(made(example_store, what), files_of(EXAMPLES))
    assert len(found.claims) > 20
    assert [one for one in found.claims if one.verdict != "verified"] == []
    assert found.differences == ()
    assert found.holds


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
    place = {
        "claim": "",
        "relation": "conflict",
        "grade": "derived",
        "file": "x.txt",
        "sha256": sha256(text.read_bytes()).hexdigest(),
        "line": 2,
    }
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
        write_bundle(tmp_path / name, made(example_store, ASKED[0]))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.mark.parametrize(("lang", "words"), [("zh", "来源层级：中央"), ("en", "origin level: central")])
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
    lied = [
        {name: said.replace(claimed, instead) if name in SAID else said for name, said in claim.items()}
        for claim in claims
    ]
    found = verified(forged(tmp_path / "forged.zip", lied), EXAMPLES)
    wrong = [one for one, claim in zip(found, claims, strict=True) if one.claim != claim["claim"]]
    assert wrong
    assert {one.verdict for one in wrong} == {"claim_not_said"}


def resealed(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts with digests that are right again, as a forger would leave them."""
    about = json.loads(parts[CLAIMS])
    others = {name: data for name, data in parts.items() if name != CLAIMS}
    about["digests"] = json.loads(sealed(about["claims"], others))["digests"]
    return {**others, CLAIMS: json.dumps(about, ensure_ascii=False, indent=1).encode()}


def altered(value: Any) -> Iterator[Any]:
    """Each copy of a JSON value with one leaf of it altered, or one entry of a list left out."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from ({**value, name: other} for other in altered(inner))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from ([*value[:at], other, *value[at + 1 :]] for other in altered(inner))
            yield [*value[:at], *value[at + 1 :]]
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif value is None:
        yield "x"
    else:
        other = re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), value)
        yield other if other != value else f"{value}某"


UNTOLD = {
    ("limit",): "how many projects were asked for at most: another number that gives the same trace is as true",
    ("candidates",): "whether candidates were to be followed: where that gives the same trace it is as true",
}


@pytest.fixture(scope="module")
def parts(example_store: Path) -> dict[str, bytes]:
    return made(example_store, "克财行〔2025〕46号")


def test_whatever_is_altered_in_a_trace_is_told(parts: dict[str, bytes]) -> None:
    """Every leaf of trace.json and claims.json, every line of the dossier and of the triples, one at a time."""
    about = json.loads(parts[CLAIMS])
    rests = {one["sha256"] for one in about["rests_on"]}
    at_hand = {Rest(**one): files_of(EXAMPLES)[one["sha256"]] for one in about["rests_on"]}
    assert rests
    anew = made_anew(Asked(**about["asked"]), at_hand)
    assert list(differences(parts, anew)) == []
    forged = 0
    for other in altered(json.loads(parts["trace.json"])):
        data = (json.dumps(other, ensure_ascii=False, indent=2) + "\n").encode()
        assert {one.part for one in differences({**parts, "trace.json": data}, anew)} == {"trace.json"}
        forged += 1
    for claims in altered(about["claims"]):
        said = json.dumps(about | {"claims": claims}, ensure_ascii=False, indent=1).encode()
        assert {one.part for one in differences({**parts, CLAIMS: said}, anew)} == {CLAIMS}
        forged += 1
    for name in ("README.md", "trace.ttl"):
        lines = parts[name].decode().split("\n")
        for at in range(len(lines)):
            text = "\n".join([*lines[:at], lines[at] + "某", *lines[at + 1 :]])
            assert {one.part for one in differences({**parts, name: text.encode()}, anew)} == {name}
            forged += 1
    assert forged > 1500


@pytest.mark.parametrize("part", ["asked", "rests_on", "made_by", "format"])
def test_how_a_trace_was_asked_and_what_it_rests_on_cannot_be_altered(parts: dict[str, bytes], part: str) -> None:
    about, files = json.loads(parts[CLAIMS]), files_of(EXAMPLES)
    for other in altered({part: about[part]}):
        said = json.dumps(about | other, ensure_ascii=False, indent=1).encode()
        same = {name for name in ("limit", "candidates") if part == "asked" and other[part][name] != about[part][name]}
        assert holds(resealed({**parts, CLAIMS: said}), files) == ((*same,) in UNTOLD)


def holds(parts: Mapping[str, bytes], files: Mapping[str, Path]) -> bool:
    try:
        return examined_parts(parts, files).holds
    except CaimaiError:
        return False


def test_what_is_added_to_a_bundle_or_left_out_is_told(parts: dict[str, bytes]) -> None:
    files = files_of(EXAMPLES)
    more = examined_parts({**parts, "note.txt": b"7.38"}, files)
    less = examined_parts(resealed({name: data for name, data in parts.items() if name != "README.md"}), files)
    assert [one.part for one in more.differences] == ["note.txt"]
    assert "README.md" in {one.part for one in less.differences}


def test_without_a_file_it_rests_on_a_bundle_is_not_called_verified(parts: dict[str, bytes]) -> None:
    files = {digest: path for digest, path in files_of(EXAMPLES).items() if "阿图什" not in path.name}
    found = examined_parts(parts, files)
    assert (found.made_anew, found.holds) == (False, False)
    assert all("阿图什" in name for name in found.missing)
    assert found.missing


def test_claims_that_rules_conclude_are_counted_by_rule(parts: dict[str, bytes]) -> None:
    found: Verification = examined_parts(parts, files_of(EXAMPLES))
    assert found.derived["issuer_by_prefix"] == 1


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("printed", "119 万元"), ("target", "克州某某纺织有限公司"), ("project", "某项目"), ("year", 1999),
        ("relation", "procurement"), ("relation", "gift"), ("words", "119万元"), ("page", 2), ("table", "某表"),
        ("claim", "2026 grant: 某局 → 某公司"),
    ],
)  # fmt: skip
def test_a_stated_claim_is_held_against_the_words_themselves(parts: dict[str, bytes], name: str, instead: Any) -> None:
    """Without making anything anew: another amount, recipient, project, year, kind of relation, words, page."""
    about = json.loads(parts[CLAIMS])
    grant = next(claim for claim in about["claims"] if claim["relation"] == "grant")
    lied = grant | {name: instead}
    about["claims"] = [lied if name == "claim" else lied | {"claim": sentence_of(lied)}]
    (found,) = examined_parts(resealed({CLAIMS: json.dumps(about).encode()}), files_of(EXAMPLES)).claims
    assert found.verdict != "verified"


def test_a_dossier_does_not_say_again_what_its_headings_say(example_store: Path) -> None:
    text = dossier_of(caimai.trace(example_store, ASKED[0]), say("zh"))
    assert "- 列入预算：昌州财教〔2024〕65号 · **7.38 万元** · 2060599 其他科技条件与服务支出 — 写明" in text
    assert "- 资金用途：7.38万元" in text
    assert "**7.37 万元**（绩效口径）" in text


def seen(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """The exit status of a command and all that it says."""
    from caimai.cli import cli

    status = 0
    try:
        cli([str(argument) for argument in arguments], standalone_mode=False)
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    said = capsys.readouterr()
    return status, said.out + said.err


def test_renamed_and_missing_files_are_told_by_the_command(
    example_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle, here = tmp_path / "proof.zip", tmp_path / "here"
    here.mkdir()
    for number, pdf in enumerate(sorted(EXAMPLES.glob("奇台县*.pdf"))):
        shutil.copy(pdf, here / f"{number}.pdf")
    seen(capsys, "--lang", "zh", "trace", "招商引资经费", "--store", example_store, "--bundle", bundle)
    status, said = seen(capsys, "--lang", "zh", "verify", bundle, "--documents", here)
    assert status == 0
    assert said.count("文件名不同，内容相同") == 2
    (here / "0.pdf").unlink()
    status, said = seen(capsys, "--lang", "zh", "verify", bundle, "--documents", here)
    assert status == 1
    assert re.search(r"[1-9]\d* 条在原处找到，0 条没有，[1-9]\d* 条因缺少原文件无从核对", said)
    assert "没有重做：缺少" in said


SETTLED = """
[[decision]]
verdict = "accept"
subject = "https://w3id.org/cnbl/id/flow/{flow}"
predicate = "bl:fromParty"
object = "奇台县科学技术局"
who = "财政处"
when = 2026-03-01
why = "机构改革方案写明"
"""
PREFIXES = """
[[issuer]]
prefix = "昌州财教"
division = "652300"
body = "财政局教科文科"
"""


def test_a_bundle_rests_on_the_settings_that_its_store_was_built_with(
    example_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wherever they stand, and whatever becomes of them later; under any name they are known when verifying."""
    what, store, bundle = "昌州财教〔2024〕49号", tmp_path / "graph" / "store", tmp_path / "proof.zip"
    proposed = caimai.trace(example_store, what).candidates
    (flow,) = (hop.source_iri.rpartition("/")[2] for hop in proposed if hop.rule == "predecessor_by_class")
    decided, prefixes = tmp_path / "decided.toml", tmp_path / "prefixes.toml"
    decided.write_text(SETTLED.format(flow=flow), "utf-8")
    prefixes.write_text(PREFIXES, "utf-8")
    caimai.build(sorted(EXAMPLES.glob("奇台县*.pdf")), store, decisions=decided, issuers=prefixes)
    found = caimai.trace(store, what)
    assert {hop.source for one in found.documents for hop in one.hops if hop.relation == "issue"} == {
        "昌吉回族自治州财政局教科文科"
    }
    assert [(hop.target, hop.grade) for hop in found.links if hop.relation == "fromParty"] == [
        ("奇台县科学技术局", "derived")
    ]
    seen(capsys, "trace", what, "--store", store, "--bundle", bundle)
    here = tmp_path / "here"
    here.mkdir()
    for number, file in enumerate([*EXAMPLES.glob("奇台县*.pdf"), decided]):
        shutil.copy(file, here / f"{number}{file.suffix}")
    status, said = seen(capsys, "--lang", "zh", "verify", bundle, "--documents", here)
    assert status == 1
    assert "缺少 issuers.toml" in said
    shutil.move(prefixes, here / "other.toml")
    assert seen(capsys, "verify", bundle, "--documents", here)[0] == 0


@pytest.mark.parametrize("what", ["经费", "满意度", "206"])
def test_a_bundle_of_some_of_many_things_is_verified_without_the_files_of_the_rest(
    example_store: Path, tmp_path: Path, what: str
) -> None:
    """What its store had besides is counted in it; that is said not to be checked."""
    opened, bundle = open_read_only(example_store), tmp_path / "proof.zip"
    found = caimai.trace(opened, what, limit=1, places=0)
    asked = asked_for(found, what, limit=1)
    behind = [*rests_on(opened, found)]
    write_bundle(bundle, parts_of(found, asked, behind, subgraph(opened, found)))
    held = {one.sha256 for one in behind}
    files = {digest: path for digest, path in files_of(EXAMPLES).items() if digest in held}
    assert len(files) < len(list(EXAMPLES.glob("*.pdf")))
    with zipfile.ZipFile(bundle) as archive:
        verification = examined_parts({name: archive.read(name) for name in archive.namelist()}, files)
    assert verification.holds, verification.differences
    assert verification.uncounted > 0


@pytest.mark.parametrize("what", ["昌州财建〔2024〕105号", "州级预算内前期费"])
def test_a_bundle_that_follows_candidates_is_verified(example_store: Path, what: str) -> None:
    opened = open_read_only(example_store)
    found = caimai.trace(opened, what, candidates=True, places=0)
    assert found.candidates
    asked = asked_for(found, what, candidates=True, limit=LIMIT)
    parts = parts_of(found, asked, rests_on(opened, found), subgraph(opened, found))
    assert examined_parts(parts, files_of(EXAMPLES)).holds


def test_whose_tables_they_are_may_be_in_the_name_of_the_file(shared: Path) -> None:
    """Jiangsu publishes tables apart, which print the full name of a body that other documents call by a short one."""
    store = caimai.open_store(":memory:")
    files = sorted((shared / "corpus/jiangsu").glob("江苏省委办公厅_江苏省委办公厅201[79]*.pdf"))
    caimai.build(files, store)
    found = caimai.trace(store, "208", places=0)
    parts = parts_of(found, asked_for(found, "208", limit=LIMIT), rests_on(store, found), subgraph(store, found))
    assert examined_parts(parts, {sha256(path.read_bytes()).hexdigest(): path for path in files}).holds
