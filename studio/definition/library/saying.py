"""What a newer version changes, part by part, in sentences."""

from collections.abc import Mapping
from typing import Final

from studio.definition.library.comparing import Difference
from studio.definition.library.items import PICTURE, TAGS, Part
from studio.definition.naming import one_line
from studio.definition.sentences import N_, Sentence

# By state, and by what is missing: "before" in the app, "after" in the library.
_SENTENCES: Final[Mapping[tuple[str, str], str]] = {
    ("added", "before"): N_("*%(name)s* is new"),
    ("removed", "after"): N_("*%(name)s* goes away"),
    ("changed", ""): N_("*%(name)s* says something else in another language, or in its help"),
    ("renamed", ""): N_("*%(name)s* is now called *%(new)s*"),
    ("tagged", ""): N_("*%(name)s* has other tags"),
    ("conflict", ""): N_("*%(name)s* was changed both here and in the library"),
    ("conflict", "after"): N_("*%(name)s* goes away in the library, and was changed here"),
    ("conflict", "before"): N_("*%(name)s* was removed here, and changed in the library"),
    ("own", ""): N_("*%(name)s* was changed here, and stays so"),
    ("own", "after"): N_("*%(name)s* is your own, and stays"),
    ("own-gone", "before"): N_("*%(name)s* was removed here, and stays away"),
    ("same", ""): N_("*%(name)s* is as it was"),
}


def difference_sentence(each: Difference, language: str) -> Sentence:
    """What becomes of a part; `language` is the one in which it is named."""
    if PICTURE in each.cells and each.before:
        return Sentence(N_("The picture is another one"))
    name, new = called(each.before or each.after, language), called(each.after, language)
    missing = "before" if each.before is None else "after" if each.after is None else ""
    state: str = "renamed" if each.state == "changed" and name != new else each.state
    if state == "changed" and each.cells == (TAGS,):
        state = "tagged"
    return Sentence(_SENTENCES[state, missing], {"name": name, "new": new})


def called(part: Part | None, language: str) -> str:
    """What a part is called: its text in a language, or in another one, or its key."""
    if part is None:
        return ""
    texts = {lang: text for (slot, lang), text in part.cells.items() if slot in {"label", "text"} and text}
    return one_line(texts.get(language) or next(iter(texts.values()), "") or part.key)
