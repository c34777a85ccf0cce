"""The errors of caimai: each names the file and the place it speaks of."""

from ontology.reading_errors import message_in_chinese


class CaimaiError(Exception):
    """Base of every error that caimai raises on purpose; its text is meant for the reader.

    `zh` says it in Chinese; where no Chinese was given it is the English text.
    """

    def __init__(self, text: str = "", zh: str = "") -> None:
        super().__init__(text)
        self.zh = zh or text


class UnreadableDocument(CaimaiError):
    """A file that cannot be used at all: missing, empty, damaged, locked, scanned, or not what its ending says.

    `file` is the path as given, `reason` what is wrong with it, `advice` what the reader can do about it.
    """

    def __init__(self, file: str, reason: str, advice: str = "") -> None:
        self.file, self.reason, self.advice = file, reason, advice
        text = f"{file}: {reason}" + (f" - {advice}" if advice else "")
        super().__init__(text, message_in_chinese(file, text))


class NotAnAmount(CaimaiError):
    """A text that is not a printed amount of money."""


class UnknownTerm(CaimaiError):
    """A name that the ontology does not declare."""
