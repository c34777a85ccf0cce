"""Whether the words quoted for a claim, and the documents they stand in, say what its sentence claims."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from caimai.bundles import sentence_of
from caimai.place_checks import folded
from ontology.document_number import canonical, mentions

Claim = Mapping[str, Any]
_CONCLUDED = frozenset({"derived", "candidate"})
_FIGURES = re.compile(r"[\d.]*\d")


def unsaid(claims: Iterable[Claim], printed: Callable[[str], str | None]) -> dict[str, str]:
    """Sentence of a claim → what of it is not printed where it has to be (`claim_words.toml`).

    `printed` gives the folded text of the file with a sha256, None where it is not at hand: what is to stand somewhere
    in that is not looked for then.
    """
    found = list(claims)
    torn = {str(claim["claim"]): "?" for claim in found if _is_torn(claim)}
    of_sentence: dict[str, list[Claim]] = {}
    for claim in found:
        of_sentence.setdefault(str(claim["claim"]), []).append(claim)
    numbers = {said.number for claim in found for said in mentions(folded(claim["words"]))}
    missing = {
        sentence: [
            *(str(said.number) for said in mentions(sentence) if said.number not in numbers),
            *_unprinted(places, printed),
        ]
        for sentence, places in of_sentence.items()
    }
    return torn | {sentence: ", ".join(dict.fromkeys(parts)) for sentence, parts in missing.items() if parts}


def _is_torn(claim: Claim) -> bool:
    """Whether the sentence of a claim is not made of its parts; that of a conflict has none."""
    told = {"relation", "grade"} <= claim.keys()
    return told and claim["relation"] != "conflict" and sentence_of(claim) != claim["claim"]


def _unprinted(places: Sequence[Claim], printed: Callable[[str], str | None]) -> list[str]:
    """What of one claim, which has these places, is not said."""
    claim, rules = places[0], _rules()
    relation = claim.get("relation", "")
    quoted = [_plain(place["words"]) for place in places]
    missing = _figures_missing(claim, quoted) if relation in rules["figures"]["relations"] else []
    texts = [text for place in places if (text := printed(place.get("sha256", ""))) is not None]
    titles = [str(place["table"]) for place in places if place.get("table")]
    missing += [title for title in titles if texts and not any(_plain(title) in text for text in texts)]
    if claim.get("grade") in _CONCLUDED:
        return missing
    wanted = rules.get(relation)
    if wanted is None:
        return [*missing, relation]
    missing += [part for part in _said(claim, wanted.get("words", ())) if not any(part in words for words in quoted)]
    named = _said(claim, wanted.get("document", ())) if texts else []
    missing += [part for part in named if not any(part in text for text in texts) and not _in_pieces(part, quoted)]
    return missing + _kind_missing(wanted, titles)


def _kind_missing(wanted: Mapping[str, Any], tables: Sequence[str]) -> list[str]:
    """The kind of table that a relation has to be printed in, where no place of the claim is in one."""
    pattern = wanted.get("table")
    told = pattern is None or any(re.search(pattern, name) for name in tables) or (wanted.get("passage") and not tables)
    return [] if told else [tables[0] if tables else str(pattern)]


def _in_pieces(name: str, quoted: Iterable[str]) -> bool:
    """Whether the letters of a name stand in the words in their order: cells of a row are wrapped side by side."""
    return any(all(letter in letters for letter in name) for letters in map(iter, quoted))


def _figures_missing(claim: Claim, quoted: Sequence[str]) -> list[str]:
    wanted = _figures(_plain(claim.get("printed", "")))
    return sorted(figure for figure in wanted if not any(figure in _figures(words) for words in quoted))


def _said(claim: Claim, names: Iterable[str]) -> list[str]:
    return [_plain(str(claim[name])) for name in names if claim.get(name) not in (None, "")]


def _plain(text: str) -> str:
    return folded(canonical(text))


def _figures(text: str) -> set[str]:
    """The figures of a text, without the separators of thousands."""
    return {figure.strip(".") for figure in _FIGURES.findall(text.replace(",", ""))}


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(files("caimai").joinpath("claim_words.toml").read_text("utf-8"))
