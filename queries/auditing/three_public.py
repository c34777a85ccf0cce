"""What final accounts say of overseas travel, vehicles and receptions (“三公”经费): the sentences and their reasons."""

import re
from collections.abc import Iterator

from queries.auditing.book import Book
from queries.auditing.passages import Sentence, passages, sentences
from queries.auditing.patterns import pattern, spelled


def on_three_public(book: Book) -> Iterator[Sentence]:
    """The sentences on overseas travel, vehicles and receptions, those that define them left out."""
    for passage in passages(book):
        speaks = "三公" in passage.section or pattern("on_three_public").search(passage.text)
        if speaks and not pattern("not_on_three_public").search(passage.section):
            yield from sentences(passage)


def explained(book: Book, item: str) -> bool:
    """Whether a sentence of final accounts gives a reason for the item, of travel, vehicles and receptions, that is
    named."""
    words = next((words for words in spelled("reasons_of_parts").values() if re.search(words, item)), "(?!)")
    return book.executed and any(gives_reason(words, one.text) for one in on_three_public(book))


def gives_reason(words: str, text: str) -> bool:
    """Whether a clause that names the item, or the one after its change, gives a reason."""
    return re.search(rf"(?:{words})[^。；]*?(?:原因|由于|因为|主要是)", text) is not None
