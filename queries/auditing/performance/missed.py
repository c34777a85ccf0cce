"""Targets that were missed, whose reason the running text gives in place of the form."""

from queries.auditing.book import Book
from queries.auditing.passages import passages, sentences
from queries.auditing.patterns import pattern, tight
from queries.auditing.rules import Rule
from queries.reading import Row

_WITHOUT_REASON = ("S36_no_reason",)


def reason_in_text(rule: Rule, row: Row, book: Book) -> bool:
    """Whether a row tells of a missing reason that a sentence of the text gives for the indicator by its name."""
    if rule.name not in _WITHOUT_REASON:
        return False
    indicator = tight(row["what"])
    said = (sentence.text.partition(indicator)[2] for passage in passages(book) for sentence in sentences(passage))
    return bool(indicator) and any(pattern("gives_reason").search(behind) for behind in said)
