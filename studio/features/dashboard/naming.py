"""Technical names of apps: proposed from a title, and looked at before they are used."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from studio.definition.sentences import N_, Sentence

# Names become parts of addresses in the environments; 30 is what those allow.
LONGEST: Final = 30
SHORTEST: Final = 3

_NORDIC: Final = str.maketrans(
    {"æ": "ae", "ø": "o", "å": "aa", "ö": "o", "ä": "a", "ð": "d", "þ": "th", "ß": "ss"}
)


def proposed_name(title: str, is_taken: Callable[[str], bool] = lambda _name: False) -> str:
    """A name for an app with this title; "" where the title has no letter to make one of.

    Words are kept whole where they fit. A name that is taken gets a number.
    """
    nordic = unicodedata.normalize("NFC", title).casefold().translate(_NORDIC)
    plain = unicodedata.normalize("NFKD", nordic).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    while words and not words[0][0].isalpha():
        words[0] = words[0].lstrip("0123456789")
        words = words if words[0] else words[1:]
    name = _shortened("-".join(words), LONGEST)
    return _free(name, is_taken) if len(name) >= SHORTEST else ""


def problem_with(name: str, is_taken: Callable[[str], bool]) -> Sentence | None:
    """Why an app cannot have this name; None where it can."""
    if not name:
        return Sentence(N_("Write a name."))
    if len(name) < SHORTEST:
        return Sentence(N_("The name is too short. Use at least %(count)s characters."), {"count": SHORTEST})
    if len(name) > LONGEST:
        values = {"count": len(name), "limit": LONGEST}
        return Sentence(N_("The name is too long: %(count)s characters, and %(limit)s are allowed."), values)
    if not re.fullmatch(r"[a-z][a-z0-9-]*[a-z0-9]", name) or "--" in name:
        return Sentence(
            N_(
                "Use small letters a–z, digits and single hyphens. "
                "Begin with a letter, and do not end with a hyphen."
            )
        )
    if is_taken(name):
        return Sentence(N_("There is already an app with this name in the organisation. Choose another one."))
    return None


def _shortened(name: str, limit: int) -> str:
    if len(name) <= limit:
        return name
    whole_words = name[: limit + 1].rpartition("-")[0]
    return whole_words if len(whole_words) >= limit // 2 else name[:limit].rstrip("-")


def _free(name: str, is_taken: Callable[[str], bool]) -> str:
    if not is_taken(name):
        return name
    stem = _shortened(name, LONGEST - 4)
    return next((f"{stem}-{number}" for number in range(2, 1000) if not is_taken(f"{stem}-{number}")), "")
