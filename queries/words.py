"""What people read for the keys of traces and audits, and for the headings of tables: `words.toml`."""

import tomllib
from functools import cache
from importlib.resources import files


def said(section: str, name: str | None, lang: str, *blanks: object) -> str:
    """The words for a key in `zh` or `en`, its blanks filled; empty for None, the key itself where it has no words."""
    if name is None:
        return ""
    return sections()[section][name][lang].format(*blanks) if name in sections()[section] else name


@cache
def sections() -> dict[str, dict[str, dict[str, str]]]:
    """Section → key → language → words."""
    return tomllib.loads(files("queries").joinpath("words.toml").read_text("utf-8"))
