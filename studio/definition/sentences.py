"""Sentences for people, written in English and translated at the edge.

The English sentence is the msgid of gettext.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's extraction looks for
    """Mark a sentence for translation where it is written, without translating it there."""
    return message


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with named places: Sentence(N_("Page %(page)s was added"), {"page": "Contact"}).

    A value may itself be a Sentence; it is translated first.
    """

    message: str
    values: Mapping[str, "str | int | Sentence"] = field(default_factory=dict)

    def __str__(self) -> str:
        return (
            self.message % {key: str(value) for key, value in self.values.items()}
            if self.values
            else self.message
        )
