"""Lines of Chinese and English in a terminal, wrapped with a hanging indent where either may be broken."""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

_HANGING = 4
_NEVER_FIRST = frozenset("，。；：、！？）】〕》”」")


def print_wrapped(console: Console, indent: int, line: Text) -> None:
    """Print a line at an indent, what does not fit below it a little deeper."""
    for number, part in enumerate(_wrapped(line, console.width - indent - _HANGING)):
        part.rstrip()
        if number:
            part = part[len(part.plain) - len(part.plain.lstrip(" ")) :]
        blanks = " " * (indent + (_HANGING if number else 0))
        console.print(Text(blanks if part.plain else "") + part, no_wrap=True, overflow="ignore", crop=False)


def _wrapped(line: Text, width: int) -> Iterator[Text]:
    """The line in pieces no wider than `width` columns, cut after a blank or beside a Chinese character."""
    plain, start, cut, used = line.plain, 0, 0, 0
    for position, letter in enumerate(plain):
        wide = cell_len(letter)
        if used + wide > width and cut > start:
            yield line[start:cut]
            start, used = cut, cell_len(plain[cut:position])
        used += wide
        following = plain[position + 1 : position + 2]
        if following not in _NEVER_FIRST and (letter == " " or wide == 2 or cell_len(following) == 2):
            cut = position + 1
    yield line[start:]
