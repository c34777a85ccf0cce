"""Realistic errors in one name, by the kinds of `naming.toml`: what is printed instead of which characters."""

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from bench.names import Name, Spot


def misprint(
    text: str, spot: Spot, kind: str, names: Sequence[Name], choice: random.Random
) -> tuple[int, int, str] | None:
    """Where an error of a kind is put and what is printed there; None where the name does not allow one."""
    name, start = spot.name, spot.start
    inner = [at for at, sign in enumerate(name.text) if at and "\u4e00" <= sign <= "\u9fff"]
    match kind:
        case "alike":
            known = [at for at in inner if name.text[at] in _alike()] or inner
            if known:
                at = choice.choice(known)
                sign = _alike().get(name.text[at]) or choice.choice(settings()["alike"]["others"])
                return start + at, start + at + 1, sign
        case "dropped" | "doubled" | "exchanged" | "word":
            return _shifted(name.text, start, inner, kind, choice)
        case "sibling" | "parent":
            others = [one.text for one in names if _sibling(one, name)] if kind == "sibling" else [name.group]
            others = [one for one in others if one and one != name.text]
            return (start, spot.end, choice.choice(others)) if others else None
        case "code":
            if spot.code_at is not None:
                at = spot.code_at + len(name.code) - 1
                return at, at + 1, str((int(text[at]) + choice.choice((1, 2, 9))) % 10)
        case "level":
            pairs = [
                (name.text.find(one), one, other) for one, other in settings()["level"]["pairs"] if one in name.text
            ]
            if pairs:
                at, one, other = choice.choice(pairs)
                return start + at, start + at + len(one), other
        case "year" | "serial":
            return _other_number(text[start : spot.end], start, kind, choice)
        case "issuer":
            return _shifted(name.text, start, [at for at in inner if at < 3], "alike", choice)
    return None


def _shifted(
    name: str, start: int, inner: Sequence[int], kind: str, choice: random.Random
) -> tuple[int, int, str] | None:
    """An error within a name of Chinese characters."""
    fit = [at for at in inner if kind == "dropped" or kind == "doubled" or at + 1 in inner or kind == "alike"]
    fit = [at for at in fit if kind != "exchanged" or name[at] != name[at + 1]]
    fit = [at for at in fit if kind != "word" or at + 2 < len(name)]  # else the name is cut short, not wrong
    fit = [at for at in fit if kind != "dropped" or name[at] not in settings()["dropped"]["never"]]
    if not fit or len(name) < 4:
        return None
    at = choice.choice(fit)
    wrong = {
        "dropped": (at, at + 1, ""),
        "doubled": (at, at + 1, name[at] * 2),
        "exchanged": (at, at + 2, name[at : at + 2][::-1]),
        "word": (at, at + 2, ""),
        "alike": (at, at + 1, _alike().get(name[at]) or choice.choice(settings()["alike"]["others"])),
    }[kind]
    return start + wrong[0], start + wrong[1], wrong[2]


def _other_number(text: str, start: int, kind: str, choice: random.Random) -> tuple[int, int, str] | None:
    found = re.search(r"20\d\d", text) if kind == "year" else re.search(r"\d+(?=号)", text)
    if found is None:
        return None
    other = str(abs(int(found[0]) + choice.choice((-1, 1) if kind == "year" else (-10, -1, 1, 10))) or 2)
    return start + found.start(), start + found.end(), other


def _sibling(one: Name, name: Name) -> bool:
    return one.role == name.role and len(one.code) == len(name.code)


@cache
def settings() -> Mapping[str, Any]:
    """What `naming.toml` says."""
    return tomllib.loads(files("bench").joinpath("naming.toml").read_text("utf-8"))


@cache
def _alike() -> Mapping[str, str]:
    pairs = settings()["alike"]["pairs"].split()
    return {two: one for one, two in pairs} | dict(pairs)
