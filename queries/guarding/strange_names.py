"""Names of `bl:` in a query that the ontology does not declare: such a query finds nothing and says nothing."""

from collections.abc import Iterator
from difflib import get_close_matches

from ontology.terms import ONT, vocabulary
from queries.guarding.read_only import tokens

_PREFIX = "bl:"
_NEAREST = 3


def strange_names(query: str, lang: str) -> Iterator[str]:
    """A line for each name that is not declared, with the nearest that are, in `zh` or `en`."""
    subjects = {str(getattr(triple.subject, "value", "")) for triple in vocabulary()}
    known = {one.removeprefix(ONT) for one in subjects if one.startswith(ONT)}
    for name in dict.fromkeys(token.text for token in tokens(query) if token.text.startswith(_PREFIX)):
        if name.removeprefix(_PREFIX) not in known:
            near = [_PREFIX + one for one in get_close_matches(name.removeprefix(_PREFIX), known, _NEAREST)]
            if lang == "zh":
                yield f"本体中没有 {name}" + (f"；相近的有：{'、'.join(near)}" if near else "")
            else:
                yield f"the ontology has no {name}" + (f"; nearest: {', '.join(near)}" if near else "")
