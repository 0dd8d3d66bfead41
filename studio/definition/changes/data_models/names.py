"""Names of fields, types and models: which can be, and which are free."""

import re
from collections.abc import Iterable
from typing import Final

from studio.definition.data_model import ROW_ID
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

_NAME: Final = re.compile(r"[^\W\d][\w-]*")
_MODEL_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_MAX_LENGTH: Final = 100
# Words that cannot name a member of the class that is made from the model (C# language reference, keywords).
_WORDS: Final = (
    "abstract as base bool break byte case catch char checked class const continue decimal default "
    "delegate do double else enum event explicit extern false finally fixed float for foreach goto "
    "if implicit in int interface internal is lock long namespace new null object operator out "
    "override params private protected public readonly ref return sbyte sealed short sizeof "
    "stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe "
    "ushort using virtual void volatile while"
)
RESERVED_WORDS: Final = frozenset(_WORDS.split())


def refuse_bad_name(name: str) -> None:
    """Raise DomainError for what cannot name a field or a type."""
    if not _NAME.fullmatch(name) or len(name) > _MAX_LENGTH or name.casefold() == ROW_ID.casefold():
        words = N_(
            "A field cannot be called “%(name)s”. Use letters, digits, - and _, beginning with a letter."
        )
        raise DomainError(Sentence(words, {"name": name}))
    if name in RESERVED_WORDS:
        words = N_("A field cannot be called “%(name)s”: the word has a meaning of its own in program code.")
        raise DomainError(Sentence(words, {"name": name}))


def refuse_bad_model_name(name: str) -> None:
    """Raise DomainError for what cannot name a model: it becomes the name of files and of a class."""
    if not _MODEL_NAME.fullmatch(name) or len(name) > _MAX_LENGTH or name in RESERVED_WORDS:
        words = N_(
            "A data model cannot be called “%(name)s”. "
            "Use the letters a–z, digits, - and _, beginning with a letter."
        )
        raise DomainError(Sentence(words, {"name": name}))


def refuse_taken(name: str, names: Iterable[str]) -> None:
    """Raise DomainError where one of the names is the same, but for case and hyphens.

    Classes are made without hyphens, and prefill does not tell names apart by their case.
    """
    taken = next((other for other in names if _plain(other) == _plain(name)), None)
    if taken is not None:
        raise DomainError(Sentence(N_("The name %(name)s is taken. Choose another one."), {"name": taken}))


def free_name(wanted: str, names: Iterable[str]) -> str:
    """The first of wanted2, wanted3, ... that is free."""
    taken = {_plain(name) for name in names}
    stem = wanted.rstrip("0123456789") or wanted
    number = 2
    while _plain(f"{stem}{number}") in taken:
        number += 1
    return f"{stem}{number}"


def _plain(name: str) -> str:
    return name.replace("-", "").casefold()
