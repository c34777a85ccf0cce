"""Documents to facts, several at once: where documents are looked for and given to the processes that read them."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from caimai.workers import Limits, answers
from extract.readers import documents_in
from extract.reading_process import FACTS, Answer
from ontology.errors import CaimaiError
from ontology.facts import Fact
from ontology.reading_errors import message_in_chinese


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one document: its facts, or the error that kept it from being read."""

    path: Path
    sha256: str = ""
    facts: tuple[Fact, ...] = ()
    error: str | None = None

    def error_in(self, lang: str) -> str:
        """The error in Chinese or English."""
        return message_in_chinese(str(self.path), self.error or "") if lang == "zh" else self.error or ""


def read_all(
    paths: Iterable[Path], jobs: int = 1, *, limits: Limits | None = None, task: str = FACTS
) -> Iterator[Reading]:
    """The readings of all documents under `paths` (folders are searched), in a fixed order, `jobs` at a time.

    A path that is missing or a folder without documents is a Reading with an error, and so is a document that takes
    more time or memory than the limits or crashes the process that reads it; the rest goes on. `task` names the
    function that reads there.
    """
    found: list[Reading | Path] = []
    for path in paths:
        try:
            found.extend(documents_in([path]))
        except CaimaiError as error:
            found.append(Reading(path, error=str(error)))
    documents = [item for item in found if isinstance(item, Path)]
    with closing(answers(documents, jobs, limits or Limits(), task)) as came:
        for item in found:
            yield item if isinstance(item, Reading) else _reading(item, next(came))


def _reading(path: Path, answer: Answer) -> Reading:
    return Reading(path, answer.sha256, answer.facts, answer.error)
