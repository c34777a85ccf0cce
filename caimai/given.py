"""What a caller gives to the library, held against what is wanted: wrong kinds are told, never met by a crash."""

from collections.abc import Iterable
from pathlib import Path

from ontology.errors import CaimaiError


def words(value: object, example: str) -> str:
    """Text that names something; a whole number is taken as its digits. Raises CaimaiError for anything else."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value).strip()
    raise CaimaiError(
        f"a text is wanted, such as {example!r}, not {value!r}", f"要给一段文字，例如“{example}”，给的是 {value!r}"
    )


def paths(given: str | Path | Iterable[str | Path]) -> list[Path]:
    """Paths, of which one alone may be given as it is. Raises CaimaiError for what is no path."""
    try:
        return [Path(given)] if isinstance(given, str | Path) else [Path(one) for one in given]
    except TypeError:
        raise CaimaiError(
            f"paths of files or folders are wanted, not {given!r}", f"要给文件或目录的路径，给的是 {given!r}"
        ) from None


def at_least(least: int, value: object, name: str) -> int:
    """A whole number, no less than the least. Raises CaimaiError."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= least:
        return value
    raise CaimaiError(
        f"{name}: a whole number from {least} on is wanted, not {value!r}",
        f"{name}：要给不小于 {least} 的整数，给的是 {value!r}",
    )
