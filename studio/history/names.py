"""Names of organisations, apps, branches and people as they may stand in paths and in Git refs."""

import re
from typing import Final
from urllib.parse import quote

import pygit2

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

MAX_NAME: Final = 60
_NAME: Final = re.compile(rf"[a-z][a-z0-9-]{{0,{MAX_NAME - 2}}}[a-z0-9]")


class InvalidName(DomainError):
    """A name that an organisation, app or branch cannot have."""


def valid_name(name: str) -> str:
    """Return `name` if an organisation or app may bear it; raise InvalidName otherwise."""
    if not _NAME.fullmatch(name):
        raise InvalidName(
            Sentence(
                N_(
                    "“%(name)s” cannot be used as a name. Use 2 to %(max)s small letters a–z, digits and "
                    "hyphens, with a letter first and no hyphen last."
                ),
                {"name": name, "max": MAX_NAME},
            )
        )
    return name


def branch_ref(branch: str) -> str:
    """The full ref of a branch; raises InvalidName for what Git, or a Git command line, would misread."""
    ref = f"refs/heads/{branch}"
    if branch.startswith("-") or not pygit2.reference_is_valid_name(ref):
        raise InvalidName(Sentence(N_("“%(name)s” cannot be the name of a branch."), {"name": branch}))
    return ref


def draft_ref(person: str, branch: str) -> str:
    """The private ref of one person's draft. Whatever the person is called, it is one part of the ref."""
    if not person:
        raise InvalidName(Sentence(N_("A draft needs the name of its person.")))
    branch_ref(branch)
    owner = quote(person, safe="").replace(".", "%2E").replace("~", "%7E")
    return f"refs/drafts/{owner}/{branch}"
