"""The words people use: abbreviations, chat spelling, everyday words, kinds of questions.

Everything is matched without diacritics and case by whoever uses it; here it stands as written.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from config.entries import Entry, Seen
from config.reading import read_folder, read_toml

ABBREVIATIONS = "abbreviations.toml"
CHAT = "chat.toml"
EVERYDAY = "everyday"
INTENTS = "intents.toml"
STOPWORDS = "stopwords.toml"
CIRCUMSTANCES = "circumstances.toml"
COURTESIES = "courtesies.toml"
SMALLTALK = "smalltalk.toml"
VARIANTS = "variants.toml"
STATUSES = ("smalltalk", "refused")
ASKER = "{asker}"  # in a courtesy, for how people call themselves


@dataclass(frozen=True)
class Everyday:
    """What people say for what the documents call otherwise, where the field is `field`."""

    say: tuple[str, ...]
    mean: tuple[str, ...]
    field: str | None = None


@dataclass(frozen=True)
class Intent:
    """What is asked of a procedure, and the fields of the procedure that answer, best first.

    Attributes:
        name: "time_limit".
        phrases: ask for it.
        sections: headings of the fields.
        mentions: name it without asking; they count where a question asks nothing else.
    """

    name: str
    phrases: tuple[str, ...]
    sections: tuple[str, ...]
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Instead:
    """What a question means that seems to ask for something else.

    Attributes:
        asked, meant: names of intents.
        words: some of them have to stand in the question, anywhere.
        unless: none of them may.
    """

    asked: str
    meant: str
    words: tuple[str, ...]
    unless: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """The kind of answer that a question wants, of any document."""

    name: str
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Variant:
    """A special case of procedures.

    Attributes:
        say: how people ask for it.
        name: what tells it in the name of a procedure.
        begins: what tells it at the beginning of the name.
    """

    say: tuple[str, ...]
    name: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


@dataclass(frozen=True)
class Courtesies:
    """What people say around a question and do not ask.

    Attributes:
        before, after: phrases at its beginning and at its end.
        following: phrases that may come after one at its beginning.
        closing: words at its end that may be more than courtesy unless one of `asking` is before.
        asking: words that ask.
    """

    before: tuple[str, ...] = ()
    following: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()


@dataclass(frozen=True)
class Smalltalk:
    """Messages that no document answers.

    Attributes:
        name: "greeting".
        patterns: phrases that give the message away.
        whole: whether the message must consist of a pattern and nothing but particles and names.
        reply: what the assistant says.
        status: "smalltalk" or "refused".
    """

    name: str
    patterns: tuple[str, ...]
    whole: bool
    reply: str
    status: str


@dataclass(frozen=True)
class Words:
    """All the word files.

    Attributes:
        abbreviations: lower-case token, with đ and with d, to its expansions, best first.
        indicators: canonical name of an index to all the ways people write it.
        chat: lower-case token, with đ and with d, to its readings; "" drops the token.
        spelling: beginnings of syllables as written and as meant, in the order to try them.
        everyday: from every file of config/everyday/.
        intents, answers: kinds of questions; no phrase belongs to two of the same file.
        instead: intents that are taken for others.
        stopwords: phrases that say nothing about what is looked for.
        circumstances: phrases that tell who asks and why rather than what for.
        courtesies: what people say around a question.
        smalltalk: kinds of messages that are no questions to the documents.
        variants: special cases of procedures that somebody who means them says.
    """

    abbreviations: Mapping[str, tuple[str, ...]]
    indicators: Mapping[str, tuple[str, ...]]
    chat: Mapping[str, tuple[str, ...]]
    spelling: tuple[tuple[str, str], ...]
    everyday: tuple[Everyday, ...]
    intents: tuple[Intent, ...]
    answers: tuple[Answer, ...]
    stopwords: tuple[str, ...]
    circumstances: tuple[str, ...]
    courtesies: Courtesies
    smalltalk: tuple[Smalltalk, ...]
    variants: tuple[Variant, ...] = ()
    instead: tuple[Instead, ...] = ()


def load_words(overrides: Path | None = None) -> Words:
    """Read and check all word files.

    Args:
        overrides: folder of an official's own files, laid over the bundled ones.

    Raises:
        ConfigError: an entry is missing, empty, unknown, of the wrong kind or stands twice.
    """
    short = _file(ABBREVIATIONS, overrides).only("words", "indicators")
    chat = _file(CHAT, overrides).only("words", "spelling")
    asked = _file(INTENTS, overrides).only("intent", "answer", "instead")
    intents = _intents(asked.tables("intent"))
    return Words(
        abbreviations=_tokens(short.table("words")),
        indicators=_indicators(short.table("indicators")),
        chat=_tokens(chat.table("words"), blank=True),
        spelling=chat.table("spelling").only("beginnings").pairs("beginnings"),
        everyday=_everyday(overrides),
        intents=intents,
        answers=_answers(asked.tables("answer")),
        stopwords=_file(STOPWORDS, overrides).only("phrases").strings("phrases"),
        circumstances=_file(CIRCUMSTANCES, overrides).only("phrases").strings("phrases"),
        courtesies=_courtesies(_file(COURTESIES, overrides)),
        smalltalk=_smalltalk(_file(SMALLTALK, overrides).only("kind").tables("kind")),
        instead=_instead(asked.tables("instead"), {intent.name for intent in intents}),
        variants=_variants(_file(VARIANTS, overrides).only("variant").tables("variant")),
    )


def _file(name: str, overrides: Path | None) -> Entry:
    return Entry(name, "", read_toml(name, overrides))


def _tokens(table: Entry, *, blank: bool = False) -> Mapping[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    for key in table.data:
        if key.casefold() in words:
            raise table.error(key, "ghi hai lần, chỉ khác chữ hoa chữ thường")
        words[key.casefold()] = table.strings(key, blank=blank)
    # On many keyboards Đ is written D; a token that has a line of its own keeps to that.
    for key, readings in list(words.items()):
        words.setdefault(key.replace("đ", "d"), readings)
    return MappingProxyType(words)


def _indicators(table: Entry) -> Mapping[str, tuple[str, ...]]:
    seen = Seen()
    for name in table.data:
        seen.add(table, name, table.strings(name))
    return MappingProxyType({name: table.strings(name) for name in table.data})


def _everyday(overrides: Path | None) -> tuple[Everyday, ...]:
    seen = Seen()
    found: list[Everyday] = []
    for name, data in read_folder(EVERYDAY, overrides):
        for entry in Entry(name, "", data).only("entry").tables("entry"):
            entry.only("say", "mean", "field")
            say = entry.strings("say")
            seen.add(entry, "say", say)
            field = entry.string("field") if "field" in entry.data else None
            found.append(Everyday(say, entry.strings("mean"), field))
    return tuple(found)


def _intents(entries: list[Entry]) -> tuple[Intent, ...]:
    _check_names_and_phrases(entries, "phrases")
    return tuple(
        Intent(
            entry.only("name", "phrases", "sections", "mentions").string("name"),
            entry.strings("phrases"),
            entry.strings("sections"),
            entry.strings("mentions") if "mentions" in entry.data else (),
        )
        for entry in entries
    )


def _instead(entries: list[Entry], known: Container[str]) -> tuple[Instead, ...]:
    for entry in entries:
        entry.only("asked", "meant", "words", "unless")
        for key in ("asked", "meant"):
            if entry.string(key) not in known:
                raise entry.error(key, "phải là “name” của một [[intent]]")
    return tuple(
        Instead(e.string("asked"), e.string("meant"), e.strings("words"), e.strings("unless"))
        for e in entries
    )


def _answers(entries: list[Entry]) -> tuple[Answer, ...]:
    _check_names_and_phrases(entries, "phrases")
    return tuple(
        Answer(entry.only("name", "phrases").string("name"), entry.strings("phrases"))
        for entry in entries
    )


def _courtesies(entry: Entry) -> Courtesies:
    entry.only("asker", "before", "following", "after", "closing", "asking")
    askers = entry.strings("asker")

    def spoken(key: str) -> tuple[str, ...]:
        phrases = entry.strings(key)
        return tuple(
            phrase.replace(ASKER, asker)
            for phrase in phrases
            for asker in (askers if ASKER in phrase else ("",))
        )

    return Courtesies(
        spoken("before"),
        entry.strings("following"),
        spoken("after"),
        entry.strings("closing"),
        entry.strings("asking"),
    )


def _variants(entries: list[Entry]) -> tuple[Variant, ...]:
    seen = Seen()
    found: list[Variant] = []
    for entry in entries:
        entry.only("say", "name", "begins")
        told = {key: entry.strings(key) for key in ("name", "begins") if key in entry.data}
        if not told:
            raise entry.error("name", "phải có “name” hoặc “begins”")
        for key, words in told.items():
            seen.add(entry, key, words)
        found.append(Variant(entry.strings("say"), **told))
    return tuple(found)


def _smalltalk(entries: list[Entry]) -> tuple[Smalltalk, ...]:
    _check_names_and_phrases(entries, "patterns")
    return tuple(_kind(entry) for entry in entries)


def _kind(entry: Entry) -> Smalltalk:
    entry.only("name", "patterns", "whole", "reply", "status")
    status = entry.string("status")
    if status not in STATUSES:
        raise entry.error("status", f"phải là một trong: {', '.join(STATUSES)}")
    return Smalltalk(
        entry.string("name"),
        entry.strings("patterns"),
        entry.flag("whole"),
        entry.string("reply"),
        status,
    )


def _check_names_and_phrases(entries: list[Entry], key: str) -> None:
    names, phrases = Seen(), Seen()
    for entry in entries:
        names.add(entry, "name", (entry.string("name"),))
        phrases.add(entry, key, entry.strings(key))
