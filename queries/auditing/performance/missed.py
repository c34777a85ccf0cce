"""Targets that were missed, whose reason the running text gives in place of the form."""

from queries.auditing.book import Book
from queries.auditing.passages import passages, sentences
from queries.auditing.patterns import pattern, tight
from queries.reading import Row


def reason_in_text(row: Row, book: Book) -> bool:
    """Whether a sentence of the text gives a reason for the indicator of a row, by its name."""
    indicator = tight(row["what"])
    said = (sentence.text.partition(indicator)[2] for passage in passages(book) for sentence in sentences(passage))
    return bool(indicator) and any(pattern("gives_reason").search(behind) for behind in said)
