"""`caimai ask`: what questions there are, what one of them asks, its SPARQL with the parameters in place."""

from collections.abc import Mapping

import pyoxigraph as ox
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from caimai.words import Say
from kg.remote import bound as with_values
from queries.library import Question, Words, columns, questions, terms_of, themes
from queries.parameters import typed


def print_questions(console: Console, say: Say, lang: str) -> None:
    """All questions by theme: name, what is asked, what may be given."""
    for name, theme in themes().items():
        console.print(Text(f"\n{_in(theme, lang)}", style="bold"))
        for question in questions().values():
            if question.theme == name:
                console.print(Text(f"  {question.name}", style="cyan"))
                for line in (_in(question, lang), *_parameters(question, say)):
                    console.print(Padding(Text(line), (0, 0, 0, 6), expand=False))
    console.print(Text(f"\n{say('ask_how')}"))


def explained(question: Question, given: Mapping[str, str], lang: str) -> str:
    """The SPARQL of a question as a query that runs as it stands: given parameters bound, columns explained."""
    meaning = "".join(f"#   ?{name}: {_in(columns()[name], lang)}\n" for name in question.columns)
    header, _, query = question.sparql.partition("PREFIX ")
    text = with_values(f"PREFIX {query}", {ox.Variable(name): term for name, term in terms_of(question, given).items()})
    return f"{header}# columns:\n{meaning}{text}"


def _parameters(question: Question, say: Say) -> list[str]:
    return [f"--param {typed(one)}" + ("" if one.required else f"  {say('optional')}") for one in question.parameters]


def _in(words: Question | Words, lang: str) -> str:
    return words.en if lang == "en" else words.zh
