"""Documents read in processes of their own: whatever one does there is its error in one line and costs nothing else."""

import os
import subprocess
import time
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from drawn_pdf import drawn, words_page

from caimai import workers
from caimai.reading import Reading, read_all
from caimai.workers import Limits
from ontology.facts import Finding
from ontology.issuers import Issuer

pytestmark = pytest.mark.process

TASK = "hostile_readers:read"
LIMITS = Limits(seconds=300, memory=1 << 29)
HASTY = Limits(seconds=4, memory=1 << 29)


def readings(folder: Path, *names: str, jobs: int = 1, limits: Limits = LIMITS) -> list[Reading]:
    """What comes of documents of those names, read by the reader that does what they say."""
    return list(read_all([touched(folder / f"{name}.txt") for name in names], jobs, limits=limits, task=TASK))


def touched(path: Path) -> Path:
    path.touch()
    return path


def said(reading: Reading) -> str:
    (finding,) = reading.facts
    assert isinstance(finding, Finding)
    return finding.message


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("grows", "reading it takes more than 512 MB of memory"),
        ("exits", "the process reading it ended with status 3"),
        ("crashes", "the process reading it died (SIGSEGV)"),
        ("errs", "reading it failed: TypeError: of a kind nobody thought of"),
        ("recurses", "reading it failed: RecursionError"),
        ("unreadable", "a damaged PDF"),
    ],
)
def test_a_document_that_harms_its_process_is_one_line_and_the_others_are_read(
    tmp_path: Path, name: str, reason: str, jobs: int
) -> None:
    one, harmful, other = readings(tmp_path, "one", name, "other", jobs=jobs)
    assert harmful.error is not None
    assert harmful.error.startswith(f"{tmp_path / name}.txt: {reason}")
    assert "\n" not in harmful.error
    assert harmful.facts == ()
    assert [said(reading).split()[0] for reading in (one, other)] == ["one", "other"]


@pytest.mark.parametrize("name", ["hangs", "hangs-in-c"])
def test_a_document_that_hangs_is_given_up(tmp_path: Path, name: str) -> None:
    harmful, other = readings(tmp_path, name, "other", limits=HASTY)
    assert harmful.error is not None
    assert harmful.error.startswith(f"{tmp_path / name}.txt: reading it took longer than 4 seconds")
    assert said(other).split()[0] == "other"


def test_the_order_is_kept_whatever_takes_longer(tmp_path: Path) -> None:
    names = ["waits", "a", "b", "c", "d"]
    assert [said(reading).split()[0] for reading in readings(tmp_path, *names, jobs=2)] == names


def test_a_process_is_used_again_and_is_never_this_one(tmp_path: Path) -> None:
    processes = {said(reading).split()[1] for reading in readings(tmp_path, "a", "b", "c")}
    assert len(processes) == 1
    assert str(os.getpid()) not in processes


def test_what_a_library_prints_does_not_get_among_the_answers(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert [said(reading).split()[0] for reading in readings(tmp_path, "prints", "a")] == ["prints", "a"]
    assert capfd.readouterr().out == ""


def test_missing_paths_keep_their_place(tmp_path: Path) -> None:
    one, other = touched(tmp_path / "one.txt"), touched(tmp_path / "other.txt")
    empty = tmp_path / "folder"
    empty.mkdir()
    found = list(read_all([one, empty, other], limits=LIMITS, task=TASK))
    assert [reading.path for reading in found] == [one, empty, other]
    assert found[1].error is not None


def test_no_process_is_left_when_reading_stops_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def start(limits: Limits, task: str, issuers: Sequence[Issuer]) -> subprocess.Popen[bytes]:
        started.append(begin(limits, task, issuers))
        return started[-1]

    begin = workers._started
    monkeypatch.setattr(workers, "_started", start)
    paths = [touched(tmp_path / f"{name}.txt") for name in ("one", "hangs", "other")]
    reading = read_all(paths, 2, limits=LIMITS, task=TASK)
    next(reading)
    begun = time.monotonic()
    reading.close()  # type: ignore[attr-defined]
    assert time.monotonic() - begun < LIMITS.seconds / 2, "what hangs is not waited for"
    assert started
    assert all(process.poll() is not None for process in started)


def test_a_worker_that_is_retired_starts_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_started", None)
    worker = workers.Worker(LIMITS, TASK)
    worker.retire()
    error = worker.ask(touched(tmp_path / "one.txt")).error
    assert error is not None
    assert "one.txt: reading was stopped" in error


# --- hostile PDFs -----------------------------------------------------------------------------------------------------


def pdf(*objects: bytes) -> bytes:
    """A PDF of objects numbered from 1, of which the first is the catalogue; readers find them without a table."""
    body = b"".join(b"%d 0 obj %s endobj\n" % (number, data) for number, data in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer <</Root 1 0 R>>\n"


def one_page(content: bytes, filters: bytes = b"") -> bytes:
    stream = b"<</Length %d%s>> stream\n%s\nendstream" % (len(content), filters, content)
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R>>",
        stream,
    )


def packed(part: bytes, times: int) -> bytes:
    pack = zlib.compressobj(1)
    return b"".join([*(pack.compress(part) for _ in range(times)), pack.flush()])


def bomb() -> bytes:
    """A megabyte that unpacks to 256."""
    return one_page(packed(b" " * (1 << 24), 16), filters=b"/Filter/FlateDecode")


def bomb_of_rules() -> bytes:
    """A small file that draws eight million lines."""
    return one_page(packed(b"0 0 m 9 9 l S\n" * (1 << 20), 8), filters=b"/Filter/FlateDecode")


def nested() -> bytes:
    return pdf(b"<</Type/Catalog/Pages " + b"[" * 500_000 + b"]" * 500_000 + b">>")


def nested_on_the_page() -> bytes:
    return one_page(b"[" * 1_000_000)


def nested_states() -> bytes:
    return one_page(b"q " * 2_000_000)


def pages_without_end() -> bytes:
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2000000000>>")


def form_in_itself() -> bytes:
    inside = b"/Resources<</XObject<</F 3 0 R>>>>"
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]%s/Length 5>> stream\n/F Do\nendstream" % inside
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        form,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]%s/Contents 5 0 R>>" % inside,
        b"<</Length 5>> stream\n/F Do\nendstream",
    )


def of_one_page(page: bytes, *more: bytes) -> bytes:
    """A PDF of the page given, its objects counted from 4."""
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, *more)


def forms_of_forms() -> bytes:
    """A form that draws a form ten times that draws a form ten times, and so on: a hundred million things."""
    forms = []
    for number in range(5, 13):
        inside = b"/F Do " * 10 if number < 12 else b"0 0 9 9 re S " * 10
        resources = b"/Resources<</XObject<</F %d 0 R>>>>" % (number + 1)
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]%s/Length %d>>" % (resources, len(inside))
        forms.append(b"%s stream\n%s\nendstream" % (head, inside))
    resources = b"/Resources<</XObject<</F 5 0 R>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]%s/Contents 4 0 R>>" % resources
    return of_one_page(page, b"<</Length 5>> stream\n/F Do\nendstream", *forms)


def letters_without_end() -> bytes:
    """A million letters on one page."""
    words = b"BT /F 9 Tf " + b"(%s) Tj " % (b"a" * 100) * 10_000 + b"ET"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>"
    stream = b"<</Length %d>> stream\n%s\nendstream" % (len(words), words)
    return of_one_page(page, stream, b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")


def huge_page() -> bytes:
    return of_one_page(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1000000000 1000000000]/UserUnit 1e30>>")


def huge_picture() -> bytes:
    picture = (
        b"<</Type/XObject/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 8/ColorSpace/DeviceRGB/Length 4>>"
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>"
    drawn_over = b"<</Length 29>> stream\nq 300 0 0 300 0 0 cm /I Do Q  \nendstream"
    return of_one_page(page, drawn_over, picture + b" stream\nabcd\nendstream")


def one_page_200_000_times() -> bytes:
    kids = b"<</Type/Pages/Kids[%s]/Count 200000>>" % (b"3 0 R " * 200_000)
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", kids, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>")


def deep_page_tree() -> bytes:
    tree = (
        b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (number + 1, number - 1) for number in range(2, 20_002)
    )
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", *tree, b"<</Type/Page/MediaBox[0 0 300 300]>>")


def table_of_objects_in_a_circle() -> bytes:
    head = b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
    trailer = b"trailer <</Size 1/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF" % (len(head), len(head))
    return head + b"xref\n0 1\n0000000000 65535 f \n" + trailer


def locked() -> bytes:
    return drawn(words_page("words"), encrypt="password")


HOSTILE = (
    *(bomb, bomb_of_rules, nested, nested_on_the_page, nested_states, pages_without_end, form_in_itself),
    *(forms_of_forms, letters_without_end, huge_page, huge_picture, one_page_200_000_times, deep_page_tree),
    *(table_of_objects_in_a_circle, locked),
)
TOLD = {one_page_200_000_times: "200000 pages", locked: "protected by a password"}


@pytest.fixture(scope="module")
def beside_hostile_ones(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reading]:
    """What comes of hostile PDFs and of a good one after each of them."""
    folder = tmp_path_factory.mktemp("hostile")
    paths = []
    for number, make in enumerate(HOSTILE):
        (folder / f"{number} {make.__name__}.pdf").write_bytes(make())
        (folder / f"{number} {make.__name__} good.pdf").write_bytes(drawn(words_page(f"disclosure {number}")))
        paths += [folder / f"{number} {make.__name__}.pdf", folder / f"{number} {make.__name__} good.pdf"]
    found = read_all(paths, 2, limits=Limits(seconds=30, memory=300 << 20))
    return {reading.path.stem.partition(" ")[2]: reading for reading in found}


@pytest.mark.parametrize("name", [make.__name__ for make in HOSTILE])
def test_a_hostile_pdf_is_told_in_one_line_and_costs_nothing_else(
    beside_hostile_ones: dict[str, Reading], name: str
) -> None:
    hostile = beside_hostile_ones[name]
    assert hostile.error is not None
    assert "\n" not in hostile.error
    good = beside_hostile_ones[f"{name} good"]
    assert good.error is None
    assert good.facts


@pytest.mark.parametrize(("make", "reason"), TOLD.items(), ids=[make.__name__ for make in TOLD])
def test_what_is_wrong_with_a_pdf_is_told_where_it_is_known(
    beside_hostile_ones: dict[str, Reading], make: Callable[[], bytes], reason: str
) -> None:
    assert reason in (beside_hostile_ones[make.__name__].error or "")
