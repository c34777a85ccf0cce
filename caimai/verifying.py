"""Checking a bundle of evidence against the source files: nothing but the files is read, no store is needed.

Each claim is held against the words at its place, its sentence against the words; then everything that can be read in
the bundle is made anew from the files and compared, to the letter. What could not be checked is said.
"""

import json
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from caimai.bundles import CLAIMS, FORMAT, Asked, Rest, digest
from caimai.claim_words import unsaid
from caimai.made_anew import Difference, differences, document_at, made_anew
from caimai.place_checks import folded, place_verdict
from ontology.document_number import canonical
from ontology.errors import CaimaiError, UnreadableDocument
from queries.tracing.answer import Counts


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim's place in its file, and whether it holds.

    `verdict` is verified, elsewhere (on the page, not at the place), words_not_found, file_missing, file_changed (a
    file of this name has another sha256), unreadable or claim_not_said (the words stand there, but the claim says
    another figure, name, document number or kind of thing than is printed); `why` says more.
    """

    claim: str
    verdict: str
    file: str
    page: int | None
    line: int | None
    table: str | None
    row: int | None
    column: int | None
    words: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of checking a bundle.

    `claims` are its claims with their places. `differences` are what in the bundle does not follow from the files;
    `missing` the files it rests on that are not at hand: where there are any, nothing was made anew, and what the
    bundle says beyond the words of its claims is not checked (`made_anew` is False). `derived` counts the claims that
    rules concluded, by rule: that the rule was applied is checked, not that it is right. `renamed` are files that have
    another name here, as (name in the bundle, name here). `uncounted` is how many things the bundle says its store had
    besides, which is not checked: its other files are not at hand.
    """

    claims: tuple[Checked, ...]
    differences: tuple[Difference, ...]
    missing: tuple[str, ...]
    made_anew: bool
    derived: Mapping[str, int]
    renamed: tuple[tuple[str, str], ...]
    uncounted: int = 0

    @property
    def holds(self) -> bool:
        """Whether all that the bundle says was checked and follows from the files."""
        return self.made_anew and not self.differences and all(one.verdict == "verified" for one in self.claims)


def examined(bundle: Path, documents: Path) -> Verification:
    """All that the bundle says, checked. Raises CaimaiError for what is no bundle or was changed since it was made."""
    parts = _parts(bundle)
    return examined_parts(parts, files_of(documents), str(bundle))


def verified(bundle: Path, documents: Path) -> list[Checked]:
    """Every claim of the bundle, checked. Raises CaimaiError for what is no bundle or was changed since it was made."""
    return _claims(_about(_parts(bundle), str(bundle)), files_of(documents))


def files_of(documents: Path) -> dict[str, Path]:
    """The files in a folder, or the one file, by sha256."""
    files = sorted(path for path in documents.rglob("*") if path.is_file()) if documents.is_dir() else [documents]
    return {sha256(path.read_bytes()).hexdigest(): path for path in reversed(files)}


def examined_parts(parts: Mapping[str, bytes], files: Mapping[str, Path], name: str = "bundle") -> Verification:
    """The parts of a bundle by name, checked against the files by sha256."""
    about = _about(parts, name)
    asked, rests_on = _asked(about, files, name)
    at_hand = {one: files[one.sha256] for one in rests_on if one.sha256 in files}
    missing = tuple(sorted(one.file for one in rests_on if one not in at_hand))
    anew = None if missing or not rests_on else _made(asked, at_hand)
    found = anew if isinstance(anew, tuple) else tuple(differences(parts, anew)) if anew else ()
    graded = {claim["claim"]: claim for claim in about["claims"] if claim.get("grade") != "stated"}
    return Verification(
        claims=tuple(_claims(about, files)),
        differences=found,
        missing=missing,
        made_anew=anew is not None,
        derived=dict(sorted(Counter(str(claim.get("rule", "")) for claim in graded.values()).items())),
        uncounted=sum((*asked.left_out.values(), *asked.on_basis.values())),
        renamed=tuple(sorted((one.file, path.name) for one, path in at_hand.items() if one.file != path.name)),
    )


def _made(asked: Asked, at_hand: Mapping[Rest, Path]) -> dict[str, bytes] | tuple[Difference, ...]:
    """The parts made anew; where the files give no trace, or cannot be read, what keeps them from it."""
    try:
        return made_anew(asked, at_hand)
    except CaimaiError as error:
        return (Difference(CLAIMS, "asked", asked.what, str(error)),)


def _asked(about: Mapping[str, Any], files: Mapping[str, Path], name: str) -> tuple[Asked, list[Rest]]:
    """How the trace was asked and what it rests on; a file that has one of its names here has that name."""
    try:
        asked = Asked(**about["asked"])
        stated = [Rest(**one) for one in about["rests_on"]]
        counts = (int(asked.limit), *asked.left_out.values(), *asked.on_basis.values())
        valid = asked.lang in {"zh", "en"} and isinstance(asked.what, str) and min(counts) >= 0
        Counts(**asked.left_out)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise _no_bundle(name) from error
    if not valid:
        raise _no_bundle(name)
    here = {one.sha256: files[one.sha256].name for one in stated if one.sha256 in files}
    called = {(claim["file"], claim.get("sha256")) for claim in about["claims"]}
    return asked, [
        replace(one, file=here[one.sha256]) if (here.get(one.sha256), one.sha256) in called else one for one in stated
    ]


def _claims(about: Mapping[str, Any], files: Mapping[str, Path]) -> list[Checked]:
    claims, names = about["claims"], {path.name for path in files.values()}
    checked = [_checked(claim, files, names) for claim in claims]
    wrong = unsaid(claims, _texts_of(files))
    return [
        replace(one, verdict="claim_not_said", why=wrong[one.claim])
        if one.verdict == "verified" and one.claim in wrong
        else one
        for one in checked
    ]


def _texts_of(files: Mapping[str, Path]) -> Callable[[str], str | None]:
    """The folded text of a file and its name by its sha256; None where it is not at hand or cannot be read.

    Whose tables they are may be in the name of a file alone.
    """
    known: dict[str, str | None] = {}

    def text(digest_: str) -> str | None:
        if digest_ not in known:
            try:
                blocks = document_at(files[digest_]).blocks if digest_ in files else None
            except UnreadableDocument:
                blocks = None
            known[digest_] = None if blocks is None else _text(blocks) + folded(canonical(files[digest_].name))
        return known[digest_]

    return text


def _text(blocks: Sequence[Any]) -> str:
    return folded(canonical("".join(piece.text for block in blocks for piece in getattr(block, "cells", (block,)))))


def _parts(bundle: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(bundle) as archive:
            names = archive.namelist()
            if len(set(names)) < len(names):
                raise CaimaiError(f"{bundle}: two parts have the same name")
            return {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, OSError) as error:
        raise _no_bundle(str(bundle)) from error


def _about(parts: Mapping[str, bytes], bundle: str) -> dict[str, Any]:
    """What `claims.json` says; raises where the digests in it are not those of the parts."""
    try:
        found: dict[str, Any] = json.loads(parts[CLAIMS])
        hashes = {name: sha256(data).hexdigest() for name, data in parts.items()} | {CLAIMS: digest(found["claims"])}
        if found["format"] != FORMAT:
            raise CaimaiError(
                f"{bundle}: a bundle of format {found['format']}, this is {FORMAT} - make it anew: caimai trace",
                f"{bundle}：依据包的格式是 {found['format']}，现用 {FORMAT}，请用 caimai trace 重新生成",
            )
        changed = [name for name, known in sorted(found["digests"].items()) if known != hashes[name]]
        if changed:
            raise CaimaiError(
                f"{bundle}: changed after it was made: {', '.join(changed)}",
                f"{bundle}：生成之后被改动过：{'、'.join(changed)}",
            )
        for claim in found["claims"]:
            _ = claim["claim"], claim["file"], claim["words"] + ""
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise _no_bundle(bundle) from error
    return found


def _no_bundle(bundle: str) -> CaimaiError:
    return CaimaiError(
        f"{bundle}: not a bundle of evidence - make one: caimai trace WHAT --bundle FILE",
        f"{bundle}：不是依据包，请先生成：caimai trace 要追踪的 --bundle 文件",
    )


def _checked(claim: dict[str, Any], files: Mapping[str, Path], names: set[str]) -> Checked:
    path = files.get(claim.get("sha256", ""))
    if path is None:
        return _answer(claim, "file_changed" if claim["file"] in names else "file_missing")
    try:
        document = document_at(path)
    except UnreadableDocument as error:
        return _answer(claim, "unreadable", str(error))
    return _answer(claim, place_verdict(claim, document))


def _answer(claim: dict[str, Any], verdict: str, why: str = "") -> Checked:
    return Checked(
        claim["claim"], verdict, claim["file"], claim.get("page"), claim.get("line"), claim.get("table"),
        claim.get("row"), claim.get("column"), claim["words"], why,
    )  # fmt: skip
