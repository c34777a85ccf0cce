"""The words of the explorer's pages in Chinese and English, from `viz/web/words/*.toml`."""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

from starlette.requests import Request

from ontology.errors import UnknownTerm

LANGUAGES = ("zh", "en")
Say = Callable[..., str]


def language(request: Request) -> str:
    """`zh` or `en`: as `?lang=` says, else as the reader chose before, else Chinese."""
    asked = request.query_params.get("lang") or request.cookies.get("lang")
    return asked if asked in LANGUAGES else "zh"


@cache
def say(lang: str) -> Say:
    """What gives the words for a name, its blanks filled: `say("en")("home.documents", 5)`.

    The part before the dot is the file, the part after it the entry. Raises UnknownTerm for a name that is not there.
    """

    def words_for(name: str, *values: object, **blanks: object) -> str:
        entry = _words().get(name)
        if entry is None:
            raise UnknownTerm(f"viz/web/words has no {name!r}")
        return entry[lang].format(*values, **blanks)

    return words_for


def known(name: str) -> bool:
    """Whether there are words for a name."""
    return name in _words()


def is_chinese(text: object) -> bool:
    """Whether a text is Chinese rather than English with a Chinese word in it."""
    signs = str(text or "")
    chinese = sum("\u3400" <= sign <= "\u9fff" for sign in signs)
    return chinese > 0 and 2 * chinese >= sum(sign.isascii() and sign.isalpha() for sign in signs)


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    folder = files("viz.web").joinpath("words")
    return {
        f"{file.name.removesuffix('.toml')}.{name}": entry
        for file in folder.iterdir()
        if file.name.endswith(".toml")
        for name, entry in tomllib.loads(file.read_text("utf-8")).items()
    }
