"""Repositories on other servers: cloning one, and sending branches to it and taking them from it."""

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pygit2

from studio.definition.sentences import N_, Sentence
from studio.history.outside_server import (
    Access,
    Address,
    Answer,
    Growing,
    OutsideError,
    Unreachable,
    look_up,
    parse,
    run,
)

__all__ = [
    "Access",
    "Address",
    "OutsideError",
    "Unreachable",
    "clone",
    "fetched",
    "heads",
    "parse",
    "push",
]

_HEADS: Final = "refs/heads/"
_LONGEST_REASON: Final = 200  # characters of what a server says about a branch


def clone(url: str, to: Path, access: Access, max_bytes: int) -> None:
    """Clone branches and tags into a new bare repository at `to`, which is left to the caller to remove on
    an error.

    Raises OutsideError for an address that is not https, http or ssh, lies in a private network, or fails.
    """
    address = look_up(url, access)
    command = ["clone", "--bare", "--quiet", "--no-hardlinks", "--", address.url, str(to)]
    if run(command, to.parent, address, access, Growing(to, max_bytes)).code != 0:
        raise OutsideError(
            Sentence(
                N_("“%(url)s” could not be fetched. Check the address, and that you have access to it."),
                {"url": address.url},
            )
        )


def heads(url: str, access: Access) -> dict[str, str]:
    """The branches of a repository on another server, with their newest commits. Raises OutsideError."""
    address = look_up(url, access)
    with tempfile.TemporaryDirectory() as empty:  # no repository: none of its settings count
        answer = run(["ls-remote", "--heads", "--", address.url], Path(empty), address, access)
    if answer.code != 0:
        raise _problem(address, answer)
    found = (line.split("\t", 1) for line in answer.out.splitlines() if "\t" in line)
    return {ref.removeprefix(_HEADS): commit for commit, ref in found if ref.startswith(_HEADS)}


@contextmanager
def fetched(
    url: str, branches: Sequence[str], repository: Path, access: Access, max_bytes: int
) -> Iterator[Path]:
    """Fetch branches into a repository that is there for as long as the block lasts; yields its folder.

    It holds only what `repository` lacks, whose objects it sees: nothing has come in there yet. Raises
    OutsideError.
    """
    address = look_up(url, access)
    with tempfile.TemporaryDirectory(prefix="outside-", dir=repository) as folder:
        apart = Path(folder)
        pygit2.init_repository(folder, bare=True)
        (apart / "objects" / "info").mkdir(exist_ok=True)
        (apart / "objects" / "info" / "alternates").write_text(f"{repository / 'objects'}\n", "utf-8")
        # What the other server is told that we have: shared commits, never those of drafts.
        told = "core.alternateRefsPrefixes=refs/heads/ refs/outside/"
        options = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance")
        asked = (f"+{_HEADS}{each}:{_HEADS}{each}" for each in branches)
        command = ["-c", told, "fetch", *options, "--", address.url, *asked]
        answer = run(command, apart, address, access, Growing(apart, max_bytes))
        if answer.code != 0:
            raise _problem(address, answer)
        yield apart


def push(url: str, moves: Mapping[str, str], repository: Path, access: Access) -> dict[str, str | None]:
    """Let branches of the other server be at these commits, without ever forcing one.

    Returns, for each, why the server did not take it, in its own words; None where it did. Raises
    OutsideError where it took none for another reason.
    """
    address = look_up(url, access)
    asked = (f"{commit}:{_HEADS}{branch}" for branch, commit in moves.items())
    command = ["push", "--porcelain", "--quiet", "--no-verify", "--", address.url, *asked]
    answer = run(command, repository, address, access)
    told = dict(_told(answer.out))
    if answer.code != 0 and not any(branch in told for branch in moves):
        raise _problem(address, answer)
    unclear = "" if answer.code == 0 else "?"
    return {branch: told.get(branch, unclear) or None for branch in moves}


_STATUS: Final = re.compile(r"(?P<flag>[ +\-*!=])\t[^\t]*:refs/heads/(?P<branch>[^\t]+)\t(?P<words>.*)")


def _told(out: str) -> Iterator[tuple[str, str]]:
    """What Git says of each branch, by its name: "" where it was taken."""
    for line in out.splitlines():
        if found := _STATUS.fullmatch(line):
            words = "".join(filter(str.isprintable, found["words"]))[:_LONGEST_REASON]
            yield found["branch"], words if found["flag"] == "!" else ""


_REFUSED: Final = N_(
    "%(host)s does not accept the token, or there is none. Make one there that may read and write this "
    "repository, and save it here."
)
_NOT_ALLOWED: Final = N_(
    "The token may not do this at %(host)s. Give it the right to write to the repository, or make a new one."
)
_NOT_FOUND: Final = N_(
    "There is no repository at “%(url)s”, or the token may not see it. Check the address and the token."
)
_ELSEWHERE: Final = N_("“%(url)s” leads to another address, which is not followed. Give that address here.")
_CERTIFICATE: Final = N_(
    "The certificate of %(host)s is not one that is trusted. Tell whoever looks after that server."
)
_GIVEN_UP: Final = N_("%(host)s does not answer as it should just now.")
_BROKEN: Final = N_("What %(host)s sent is damaged, and was not taken in.")
_OTHER: Final = N_("Git could not do this with “%(url)s”. Check the address, and try again.")

# What Git says (in its English, which is asked for) -> what is said here; the first that fits counts.
_PROBLEMS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), kind, words)
    for pattern, kind, words in (
        (
            r"authentication failed|could not read (username|password)|terminal prompts disabled|error: 401",
            OutsideError,
            _REFUSED,
        ),
        (r"error: 403", OutsideError, _NOT_ALLOWED),
        (r"error: 404|repository '.*' not found|error: 410", OutsideError, _NOT_FOUND),
        (r"error: 30\d|redirect", OutsideError, _ELSEWHERE),
        (r"certificate|ssl|tls", OutsideError, _CERTIFICATE),
        (r"error: (429|5\d\d)|failed to connect|timed? ?out|could ?n.t connect", Unreachable, _GIVEN_UP),
        (
            r"too slow|less than \d+ bytes/sec|connection reset|recv failure|empty reply",
            Unreachable,
            _GIVEN_UP,
        ),
        (r"early eof|unexpected disconnect|rpc failed|hung up|transfer closed", Unreachable, _GIVEN_UP),
        (r"fsck error|index-pack failed|unpack-objects|bad object|missing|invalid", OutsideError, _BROKEN),
    )
)


def _problem(address: Address, answer: Answer) -> OutsideError:
    values = {"host": address.host, "url": address.url}
    for pattern, kind, words in _PROBLEMS:
        if pattern.search(answer.errors):
            return kind(Sentence(words, values))
    return OutsideError(Sentence(_OTHER, values))
