"""Lists in sentences against the rows of tables: sources, categories, items, projects; stated counts of a list."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import combinations

from kg.names import fold
from queries.auditing.book import HALF, WAN, Book
from queries.auditing.compare import compared, signal
from queries.auditing.passages import Passage, passages, sentences
from queries.auditing.patterns import bare, half_unit, numeral, pattern, priced, spelled, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.subjects import category
from queries.reading import Row

_ALIKE = 0.6
_APART = 2  # items of a list with another amount than the table, above which the list is of something else
_LISTED = 5  # a passage that names fewer items of the table is no list of them
_LIKE = 0.5  # names of items that may be one: 医疗费, 职工基本医疗保险缴费


def sources(rule: Rule, book: Book) -> Iterator[Signal]:
    """`收入预算包括` lists of sources against the income side of the overview."""
    figures = [row for row in book.asked("totals") if row["view"] == "revenue_expenditure_overview" and row["income"]]
    names = {str(key): re.compile(str(value)) for key, value in spelled("source_paths").items()}
    present = {
        name: [row for row in figures if row["amount"] and path.fullmatch(str(row["path"]))]
        for name, path in names.items()
    }
    if not any(present.values()):
        return
    no_source = {fold(str(row["name"])) for row in book.asked("economic_names")}
    for passage, found in _found("source_list", passages(book)):
        words = [_source(word) for word in _words(found["list"])]
        strays = [word for word in words if (word in names and not present[word]) or word in no_source]
        missing = [] if _open(found["list"]) else [name for name in names if present[name] and name not in words]
        if missing and any(word not in names for word in words):
            missing = []
        yield from _differing(
            rule, book, "收入预算包括", passage, found, strays, [present[name][0] for name in missing]
        )


def categories(rule: Rule, book: Book) -> Iterator[Signal]:
    """`支出预算包括` lists of categories against the expenditure side of the overview."""
    rows = [row for row in book.asked("totals") if row["view"] == "revenue_expenditure_overview" and row["code"]]
    table = {fold(str(row["item"])): row for row in rows if not row["income"] and row["amount"]}
    for passage, found in _found("category_list", passages(book)):
        words = [fold(word) for word in _words(found["list"])]
        strays = [word for word in words if word not in table and word.endswith("支出")]
        missing = [] if _open(found["list"]) else [row for name, row in table.items() if name not in words]
        if table and any(word in table for word in words):
            yield from _differing(rule, book, "支出预算包括", passage, found, strays, missing)


def basic_items(rule: Rule, book: Book) -> Iterator[Signal]:
    """Lists of basic expenditure (`人员经费…主要包括`) that lack an item of the table or have one too many.

    A word that is no item of the classification may be another name of one: what it resembles is left out of the
    comparison, and a list with such words must differ both ways to be reported in full. Otherwise, and where the list
    is open (`…等`), only its items of the classification are held against the table. What the table prints in a row
    that could not be read is in it all the same.
    """
    unread = _unread(book)
    official = {fold(str(row["name"])) for row in book.asked("economic_names")}
    rows = [row for row in book.asked("basic_items") if len(str(row["code"])) == 5]
    official |= {fold(str(row["item"])) for row in rows}
    for passage, found in _found("item_list", passages(book)):
        kinds = spelled("item_kinds")[found["kind"]]
        table = {fold(str(row["item"])): row for row in rows if str(row["code"])[:3] in kinds and row["amount"]}
        listed = re.sub(r"等(?=[。；;，,]?$)", "", found["list"])
        words = [fold(pattern("other_spelling").sub("其他", word)) for word in _words(listed)]
        words = [part for word in words for part in _items(word, official)]
        if not any(word in table for word in words):
            continue
        words = [*words, *(item for word in words for item in spelled("umbrella").get(word, ()) if item in table)]
        known = [word for word in words if word not in spelled("umbrella")]
        strays, absent = _unlike(
            [word for word in known if word not in table and word not in unread],
            [name for name in table if name not in words],
        )
        in_full = all(word in official for word in known) or (strays and absent)
        if _open(found["list"]) or not in_full:  # more may be meant than is named, but what is named is meant
            strays, absent = [word for word in strays if word in official], []
        missing = [table[name] for name in absent]
        yield from _differing(rule, book, found["kind"], passage, found, strays, missing)


def _unread(book: Book) -> set[str]:
    """The names of the rows of basic expenditure whose figures fit several columns, and of rows of any table whose
    figures the reader could not tell apart."""
    named = [str(row["item"]) for row in book.asked("unplaced_basic_items")]
    findings = (str(row["message"]) for row in book.asked("findings"))
    return {fold(part) for part in (*named, *(part for message in findings for part in message.split(": ")))}


def item_amounts(rule: Rule, book: Book) -> Iterator[Signal]:
    """Items of basic expenditure that a list prices (`公用经费…主要包括：办公费22.50万元、差旅费…`), each against the
    row of its name in the table, where all of the list but one or two are those of the table."""
    rows = [row for row in book.asked("basic_items") if len(str(row["code"])) == 5]
    for passage, found in _found("priced_items", passages(book)):
        kinds = spelled("item_kinds")[found["kind"]]
        table = {fold(str(row["item"])): row for row in rows if str(row["code"])[:3] in kinds}
        items = list(priced("priced_item").finditer(passage.text, *found.span("list")))
        pairs = [(one, table[fold(one["name"])]) for one in items if fold(one["name"]) in table]
        apart = [
            (one, row) for one, row in pairs if abs(yuan(one) - Decimal(str(row["amount"]))) > half_unit(one) + HALF
        ]
        if len(pairs) < _LISTED or len(apart) > _APART:
            continue
        for one, row in apart:
            left = Side(f"文字“{one['name']}”", yuan(one) / WAN, book.evidence(passage.place_of(one)))
            right = Side("基本支出表", Decimal(str(row["amount"])) / WAN, book.evidence(row["evidence"]))
            yield from compared(rule, book, one["name"], left, right, (half_unit(one) + HALF) / WAN)


def listed_items(rule: Rule, book: Book) -> Iterator[Signal]:
    """Lists of basic expenditure in the text that name an item the table lacks, and what the table has instead."""
    official = {fold(str(row["name"])): str(row["code"]) for row in book.asked("economic_names")}
    rows = [row for row in book.asked("basic_items") if len(str(row["code"])) == 5]
    table, unread = {fold(str(row["item"])): row for row in rows}, _unread(book)
    for sentence in (one for passage in passages(book) for one in sentences(passage)):
        words = [fold(word) for word in pattern("list_breaks").split(sentence.text)]
        named = [word for word in words if word in table]
        strays = sorted({word for word in words if word in official and word not in table and word not in unread})
        if len(named) < _LISTED or not strays or "基本支出" in sentence.passage.section:
            continue
        classes = {official[word][:3] for word in strays}
        missing = [word for word in table if word not in words and str(table[word]["code"])[:3] in classes]
        places = book.evidence(" ".join(str(table[word]["evidence"]) for word in missing))
        left = Side("、".join(strays), None, book.evidence(sentence.at))
        yield signal(rule, book, sentence.passage.section, left, Side("、".join(missing), None, places))


def projects(rule: Rule, book: Book) -> Iterator[Signal]:
    """Projects that a category's sentence lists, against the projects of the category in the table.

    A signal where the sentence names other projects instead, or lists by document number and leaves one out.
    """
    held = [row for row in book.asked("projects") if not row["carried"] and row["code"]]
    items = {fold(str(row["item"])) for row in book.asked("basic_items")}
    classes = {fold(str(row["item"])): str(row["code"]) for row in book.asked("totals") if row["code"]}
    subjects = {fold(str(row["item"])) for row in book.asked("subjects") if len(str(row["code"])) > 5}
    for passage, found in _found("purpose_list", passages(book)):
        code = category(found["name"], classes)
        mine = {str(row["project"]): row for row in held if str(row["code"])[:3] == code and row["amount"]}
        words = [word for word in _words(found["list"]) if fold(word) not in items]
        matched = {word: _matching(word, mine.values()) for word in words}
        named = {str(row["project"]) for rows in matched.values() for row in rows}
        strays = [word for word, rows in matched.items() if not rows and _project_like(word, subjects)]
        missing = [row for key, row in mine.items() if key not in named and not row["withheld"]]
        numbered = all(pattern("number_in_name").search(word) for word, rows in matched.items() if rows)
        if named and missing and (strays or numbered) and not _open(found["list"]):
            yield from _differing(rule, book, str(found["name"]), passage, found, strays, missing)


def elsewhere(rule: Rule, book: Book) -> Iterator[Signal]:
    """Purposes of a category that are those of carry-overs or of projects of another category, two at least or the only
    one, and none of which is its own."""
    held = book.asked("projects")
    classes = {fold(str(row["item"])): str(row["code"]) for row in book.asked("totals") if row["code"]}
    for passage, found in _found("purpose_list", passages(book)):
        code = category(found["name"], classes)
        words = {word: bare(word) for word in _words(found["list"].rstrip("。；;")) if len(bare(word)) > 3}
        mine = "".join(_told(row) for row in held if not row["carried"] and str(row["code"])[:3] == code)
        theirs = [row for row in held if row["carried"] or str(row["code"])[:3] != code]
        named = {word: [row for row in theirs if plain in _told(row)] for word, plain in words.items()}
        named = {word: rows for word, rows in named.items() if rows}
        if (
            code
            and mine
            and (len(named) > 1 or len(named) == len(words) == 1)
            and not any(plain in mine for plain in words.values())
        ):
            rows = {str(row["name"]): row for some in named.values() for row in some}
            at = book.evidence(" ".join(str(row["at"]) for row in rows.values()))
            left = Side("、".join(named), None, book.evidence(passage.place_of(found)))
            yield signal(rule, book, found["name"], left, Side("、".join(sorted(rows)), None, at))


def _told(row: Row) -> str:
    """What a project is for: its name, purpose and use as one string without what names are dressed in."""
    return fold("|".join(str(row[name] or "") for name in ("name", "purpose", "use")))


def counted(rule: Rule, book: Book) -> Iterator[Signal]:
    """Lists whose items are not as many as the sentence counts (`下设7个处室，分别是：…`, `…等20个处室`);
    of projects with an amount each by their amounts."""
    for passage, found in _found("evaluated_with_amounts", passages(book)):
        stated, items = Decimal(found["count"]), Decimal(len(pattern("item_with_amount").findall(found["list"])))
        if stated != items:
            at = book.evidence(passage.place_of(found))
            left, right = Side("写明", stated, at), Side("列出", items, at)
            yield signal(rule, book, found["what"], left, right, stated - items)
    forms = ("counted_before", "counted_noun_first", "counted_after")
    for passage, found in (one for form in forms for one in _found(form, passages(book))):
        count, (least, most) = numeral(found["count"]), _many(found["list"])
        if count is not None and not _open(found["list"]) and most > 1 and not least <= count <= most:
            at, nearest = book.evidence(passage.place_of(found)), least if count < least else most
            left, right = Side("写明", Decimal(count), at), Side("列出", Decimal(nearest), at)
            yield signal(rule, book, found["what"], left, right, left.value - right.value)  # type: ignore[operator]


def repeated(rule: Rule, book: Book) -> Iterator[Signal]:
    """Lists of projects that name one twice under almost the same name; of items, of bodies that name one twice."""
    for passage, found in _found("item_list", passages(book)):
        words = [fold(word) for word in _words(found["list"])]
        for word in sorted({word for word in words if words.count(word) > 1}):
            at = book.evidence(passage.place_of(found))
            yield signal(rule, book, found["kind"], Side(word, None, at), Side(word, None, at))
    for passage, found in _found("bodies_listed", passages(book)):
        bodies = [pattern("lead_of_number").sub("", one[0]) for one in pattern("numbered_body").finditer(found["list"])]
        for name in sorted({name for name in bodies if bodies.count(name) > 1}):
            at = book.evidence(passage.place_of(found))
            yield signal(rule, book, "单位", Side(name, None, at), Side(name, None, at))
    for passage, found in _found("counted_after", passages(book)):
        for one, other in combinations(_members(found["list"]), 2):
            plain = [pattern("generic").sub("", bare(pattern("verb").sub("", word))) for word in (one, other)]
            if plain[0] == plain[1] and len(plain[0]) > 2 and one != other:
                at = book.evidence(passage.place_of(found))
                yield signal(rule, book, found["what"], Side(one, None, at), Side(other, None, at))


def _found(name: str, held: Iterable[Passage]) -> Iterator[tuple[Passage, re.Match[str]]]:
    for passage in held:
        yield from ((passage, found) for found in pattern(name).finditer(passage.text))


def _words(text: str) -> list[str]:
    """The items of a list without what is dressed around them; brackets hold their commas."""
    return [
        word for word in re.split(r"[、，,；;：:。](?![^（(]*[）)])|以及|(?<=[费金目贴出款助励])[和及与]", text) if word
    ]


def _items(word: str, official: Set[str]) -> list[str]:
    """The two items that a word of a list joins (`办公设备购置和专用设备购置`), else the word."""
    halves = [(word[: found.start()], word[found.end() :]) for found in re.finditer("[和及与]", word)]
    return next(([one, other] for one, other in halves if one in official and other in official), [word])


def _members(text: str) -> list[str]:
    """What a list names; `和` and `及` stand between two where either half ends as members do, else they belong to the
    name (`电子信息及信息化发展科`)."""
    words = _parted(text)
    ends = [_end(word) for word in words]
    return [
        member for at, word in enumerate(words) for member in _halves(word, {*ends[:at], *ends[at + 1 :]}) or [word]
    ]


def _parted(text: str) -> list[str]:
    return [word for word in re.split(r"[、，,；;](?![^（(]*[）)])", text.strip("。：:")) if word]


def _halves(word: str, ends: Set[str]) -> list[str]:
    """What `和` and `及` part, where all of it ends as members do."""
    halves = [half for half in re.split(r"[和及](?![^（(]*[）)])", word) if half]
    return halves if all(_end(half) in ends or pattern("member").search(_bare(half)) for half in halves) else []


def _end(word: str) -> str:
    return _bare(word)[-1:]


def _bare(word: str) -> str:
    """A member without the brackets behind it: `办公室（组织人事科）`."""
    return re.sub(r"[（(][^（()）]*[）)]$", "", word)


def _many(text: str) -> tuple[int, int]:
    """How many the list may be of, each `和` or `及` that may stand between two within a name or between them."""
    return len(_parted(text)), len(_members(text))


def _unlike(strays: list[str], absent: list[str]) -> tuple[list[str], list[str]]:
    """What is left of both when the pairs that may be two names of one thing are taken out."""
    pairs = [(one, two) for one in strays for two in absent if SequenceMatcher(None, one, two).ratio() >= _LIKE]
    kept, others = {one for one, _ in pairs}, {two for _, two in pairs}
    return [word for word in strays if word not in kept], [name for name in absent if name not in others]


def _open(text: str) -> bool:
    return bool(re.search(r"等[。；;，,]?$", text))


def _source(word: str) -> str:
    return pattern("source_dress").sub("", word)


def _matching(word: str, rows: Iterable[Row]) -> list[Row]:
    """The projects that a word may mean: those of its document number, else those whose bare name is like its own."""
    numbers = [fold(number) for number in pattern("number_in_name").findall(word)]
    if numbers:
        return [row for row in rows if any(number.endswith(one) for number in numbers for one in _numbers(row))]
    plain = bare(word)
    likely = [(SequenceMatcher(None, plain, _plain(row)).ratio(), row) for row in rows]
    return [row for ratio, row in likely if len(plain) > 1 and (plain in _plain(row) or ratio >= _ALIKE)]


def _numbers(row: Row) -> list[str]:
    """The document numbers in the name of a project; words of a sentence may stand before them."""
    return [fold(number) for number in pattern("number_in_name").findall(str(row["name"]))]


def _project_like(word: str, subjects: Iterable[str]) -> bool:
    """Whether a word reads as the name of a project and not as money of a subject (`信访业务资金` of 信访业务)."""
    return bool(pattern("project_word").search(word)) and not any(name in fold(word) for name in subjects)


def _plain(row: Row) -> str:
    return bare(pattern("number_in_name").sub("", str(row["name"])))


def _differing(
    rule: Rule, book: Book, what: str, passage: Passage, found: re.Match[str], strays: Sequence[str],
    missing: Sequence[Row],
) -> Iterator[Signal]:  # fmt: skip
    if strays or missing:
        left = Side("、".join(strays), None, book.evidence(passage.place_of(found)))
        names = "、".join(dict.fromkeys(str(row.get("name") or row["item"]) for row in missing))
        at = " ".join(str(row.get("at") or row["evidence"]) for row in missing)
        yield signal(rule, book, what, left, Side(names, None, book.evidence(at)))
