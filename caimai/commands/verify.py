"""`caimai verify`: check a bundle of evidence against the source files."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

import caimai
from caimai.commands.options import out_option, write_answer
from caimai.words import Say

if TYPE_CHECKING:
    from caimai.verifying import Verification

_COLUMNS = ("verdict", "claim", "file", "page", "line", "table", "row", "column", "words", "why")
_SHOWN = 20  # differences
_WITHOUT_FILE = frozenset({"file_missing", "file_changed"})


@click.command(name="verify")
@click.argument("bundle", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="BUNDLE")
@click.option(
    "--documents", type=click.Path(path_type=Path, exists=True), required=True, metavar="DIR",
    help="原文件所在目录 · where the source files are",
)  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
@out_option
@click.pass_obj
def verify_command(say: Say, bundle: Path, documents: Path, form: str, out: str | None) -> None:
    """对照原文件核验依据包：逐条核对位置与原文，再由原文件重做全部内容，逐字比较 · Check a bundle against the source
    files: each claim by place and words; then all of it is made anew from the files and compared to the letter.

    \b
    caimai trace '昌州财教[2024]65号' --store demo-store --bundle proof.zip
    caimai verify proof.zip --documents examples
    """
    from caimai.verifying import examined  # with all that reads, needed here only

    found = examined(bundle, documents)
    if form != "text":
        write_answer(caimai.Answer(_COLUMNS, tuple(_rows(found))), form, out)
    else:
        for line in _wrong(found, say):
            click.echo(line)
    for line in _summary(found, say):
        click.echo(line, err=True)
    if not found.holds:
        sys.exit(1)


def _rows(found: "Verification") -> Iterator[tuple[str | int | None, ...]]:
    """The claims, then what in the bundle does not follow from the files: part and place in it, what it says."""
    for one in found.claims:
        yield tuple(getattr(one, name) for name in _COLUMNS)
    for other in found.differences:
        place = f"{other.part} {other.where}".strip()
        yield "differs", place, None, None, None, None, None, None, other.says, other.anew


def _wrong(found: "Verification", say: Say) -> Iterator[str]:
    without = Counter((one.verdict, one.file) for one in found.claims if one.verdict in _WITHOUT_FILE)
    for (verdict, file), count in without.items():
        yield say("claims_without_file", verdict=say(verdict), file=file, count=count)
    for one in found.claims:
        if one.verdict != "verified" and one.verdict not in _WITHOUT_FILE:
            place = " ".join(str(part) for part in (one.file, one.page or one.line, one.table) if part)
            why = say("unsaid", what=one.why) if one.verdict == "claim_not_said" else one.why
            yield f"{say(one.verdict)}  {one.claim}\n    {place}  「{one.words}」{why}"
    for other in found.differences[:_SHOWN]:
        yield say("differs", place=f"{other.part} {other.where}".strip(), says=other.says, anew=other.anew)
    if len(found.differences) > _SHOWN:
        yield say("more", count=len(found.differences) - _SHOWN)


def _summary(found: "Verification", say: Say) -> Iterator[str]:
    """What was checked, how it went, and what was not checked."""
    right = sum(one.verdict == "verified" for one in found.claims)
    without = sum(one.verdict in _WITHOUT_FILE for one in found.claims)
    counts = {"total": len(found.claims), "verified": right, "other": len(found.claims) - right - without}
    yield say("verify_counts", **counts) + (say("verify_without_file", count=without) if without else "")
    if not found.made_anew:
        yield say("not_made_anew", files=say("comma").join(found.missing) or say("no_files"))
    elif found.differences:
        yield say("made_anew_differs", count=len(found.differences))
    else:
        yield say("made_anew")
    if found.derived:
        rules = say("comma").join(f"{rule} {count}" for rule, count in found.derived.items())
        yield say("derived_claims", count=sum(found.derived.values()), rules=rules)
    if found.uncounted:
        yield say("uncounted", count=found.uncounted)
    for name, here in found.renamed:
        yield say("renamed", name=name, here=here)
