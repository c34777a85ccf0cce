"""What came of the promises of a project or form: the score, what was spent, and each indicator with its result."""

from collections.abc import Sequence
from decimal import Decimal

from queries.page_rows import Row as Found
from viz.web.asking import Asked, in_words
from viz.web.dossier import Column, Fact, Money, Table
from viz.web.parts import by_node, printed_at

_OUTCOMES = (
    Column("indicator", "thing"), Column("promised"), Column("evaluated"), Column("achieved"),
    Column("points", "number"), Column("score", "number"), Column("deviation"),
)  # fmt: skip


def evaluations_of(asked: Asked, kind: str, iri: str) -> list[Found]:
    """The self-evaluations of a project or form (`kind`), each once."""
    return by_node(asked.rows(f"evaluations_of_{kind}", **{kind: iri}))


def scores(asked: Asked, evaluations: Sequence[Found]) -> list[Fact]:
    """Score, rating, outcome of the goal and what was spent of the budget, as each self-evaluation prints them."""
    return [fact for row in evaluations for fact in _facts(asked, row) if fact.value is not None]


def outcomes(asked: Asked, evaluations: Sequence[Found]) -> Table:
    """Every indicator of the self-evaluations: what was promised, what was achieved, the score and why."""
    rows = [
        {**row, "indicator": row["indicator"] or row["name"]}
        for one in evaluations
        for row in by_node(asked.rows("outcomes_of_evaluation", evaluation=str(one["node"])))
    ]
    told = printed_at(asked, rows, *(column.name for column in _OUTCOMES))
    return Table("outcomes", asked.say("project.outcomes"), _OUTCOMES, told, asked.say("project.outcomes_note"))


def _facts(asked: Asked, row: Found) -> list[Fact]:
    at = asked.places(str(row["node"]))[:3]
    rating = asked.name(str(row["rating"])) if row["rating"] else None
    return [
        Fact("self_score", row["score"], at),
        Fact("self_rating", rating, at),
        Fact("spent", _money(row["spent"])),
        Fact("year_budget", _money(row["adjusted"])),
        Fact("goal_outcome", row["came"], at),
    ]


def _money(value: object) -> Money | None:
    return in_words(value) if isinstance(value, Decimal) else None
