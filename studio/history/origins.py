"""Where a commit was made. Studio commits under an address of its own, and the author stays who did the work.

So it is known without a word in anybody's message, and Git shows it as "committed by". Whoever takes over
what another one wrote, as a suggestion, lends it their name.
"""

from collections.abc import Iterable
from typing import Final, Literal, cast, get_args

import pygit2

# editor: the visual editors; code: the code view; both: some of either; merge: two branches; new: the app
# came into being, from a template or an import; git: with Git, somewhere else.
Origin = Literal["editor", "code", "both", "merge", "new", "git"]

_NAME: Final = "Studio"
_HOST: Final = "@studio.invalid"
_MADE_HERE: Final = frozenset(get_args(Origin)) - {"git"}
# Edits that the code view makes.
_CODE: Final = frozenset(
    {"set_file", "add_file", "move_files", "remove_files", "replace_in_files", "replace_lines"}
)


def committer(origin: Origin, author: pygit2.Signature, name: str = _NAME) -> pygit2.Signature:
    """Studio's own signature, at the moment of the author's; under the `name` of who took the work over."""
    return pygit2.Signature(name, f"{origin}{_HOST}", author.time, author.offset)


def origin_of(commit: pygit2.Commit) -> Origin:
    """Where a commit was made; what Studio did not sign came with Git."""
    made, _, host = (commit.committer.email or "").partition("@")
    if f"@{host}" == _HOST and made in _MADE_HERE:
        return cast(Origin, made)
    return "git"


def origin_of_edits(kinds: Iterable[str]) -> Origin:
    """The editor, or editors, that edits of these kinds were made in."""
    in_code = {kind in _CODE for kind in kinds}
    if in_code == {True}:
        return "code"
    return "both" if True in in_code else "editor"
