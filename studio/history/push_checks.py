"""What a push must be like before it is accepted. It is asked in a process of its own, before any ref moves.

That process must start fast: this module and what it imports need the standard library alone. What it reads
comes from Git itself, so that objects that are not accepted yet are seen as well.
"""

import json
import posixpath
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final
from xml.parsers import expat

from studio.definition.json_text.reading import BrokenJson, parse
from studio.definition.sentences import N_, Sentence
from studio.history.protection import REFUSALS, BranchRule, matching, refusal

NOTHING: Final = "0" * 40  # stands for the commit before a ref is made, and after it is deleted
_HEADS, _TAGS = "refs/heads/", "refs/tags/"
_LINK: Final = "120000"
_LONGEST_REF: Final = 200  # bytes; with the name of a draft's person it must still be the name of a file
_MOST_WARNINGS: Final = 10
_LARGEST_TEXT: Final = 5_000_000  # bytes of a file that is read to see whether it can be
_JSON, _XML = (".json",), (".bpmn", ".xml", ".xsd")
MEGABYTE: Final = 1_000_000

_OTHER_REF: Final = N_("“%(ref)s” cannot be pushed. Only branches and tags can.")
_BAD_NAME: Final = N_("“%(name)s” cannot be the name of a branch or tag here. Choose another.")
_TAG_STAYS: Final = N_("The tag “%(name)s” is there already. Only an owner can move or delete it.")
_NO_COMMIT: Final = N_("“%(name)s” must point to a commit.")
_LARGE_FILE: Final = N_("The file “%(path)s” is larger than %(limit)s MB. Take it out of the commits.")
_MANY_NEW: Final = N_("The push has more than %(limit)s new files. Send it in several pushes.")
_MANY_FILES: Final = N_("“%(name)s” has more than %(limit)s files. That is too many for one app.")
_LONG_PATH: Final = N_("The path “%(path)s” is too long.")
_LINK_OUT: Final = N_("“%(path)s” is a link that leads out of the app. Take it out of the commits.")
_BROKEN_AT: Final = N_("“%(path)s” cannot be read: there is an error in line %(line)s.")
_MORE: Final = N_("… and %(count)s more.")
REFUSED: Final = N_("This push was not accepted, and nothing was changed:")
ACCEPTED_BUT: Final = N_(
    "The push was accepted. Some of it cannot be shown in the editors until it is mended:"
)
NOT_CHECKED: Final = N_("The push could not be checked, and nothing was changed. Try again.")

# All that can be said, for whoever translates it before the check begins.
SENTENCES: Final = (
    *(_OTHER_REF, _BAD_NAME, _TAG_STAYS, _NO_COMMIT, _LARGE_FILE, _MANY_NEW, _MANY_FILES, _LONG_PATH),
    *(_LINK_OUT, _BROKEN_AT, _MORE, REFUSED, ACCEPTED_BUT, NOT_CHECKED),
    *REFUSALS,
)


@dataclass(frozen=True, slots=True)
class PushLimits:
    """What a push may bring. Sizes in bytes, unpacked but for `pack`; paths in bytes."""

    pack: int = 500 * MEGABYTE
    file: int = 50 * MEGABYTE
    new_files: int = 100_000
    files: int = 20_000  # of one commit that a branch or tag points to
    path: int = 1000
    part: int = 200


@dataclass(frozen=True, slots=True)
class Policy:
    """What counts for this push of this person. `words` are SENTENCES in their language."""

    owner: bool
    rules: tuple[BranchRule, ...]
    limits: PushLimits = field(default_factory=PushLimits)
    words: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """As text, for the process of the check."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Policy":
        """The policy that `to_json` wrote."""
        given = json.loads(text)
        return cls(
            given["owner"],
            tuple(map(BranchRule.from_dict, given["rules"])),
            PushLimits(**given["limits"]),
            given["words"],
        )

    def say(self, sentence: Sentence) -> str:
        """The sentence in the person's language."""
        return str(Sentence(self.words.get(sentence.message, sentence.message), sentence.values))


@dataclass(frozen=True, slots=True)
class Update:
    """One ref that is to move: full commit ids, NOTHING before it is made and after it is deleted."""

    old: str
    new: str
    ref: str

    @property
    def name(self) -> str:
        """What people call the branch or tag."""
        return self.ref.removeprefix(_HEADS).removeprefix(_TAGS)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why the push is refused as a whole; or, where nothing is refused, what the pusher should look at."""

    refusals: tuple[Sentence, ...] = ()
    warnings: tuple[Sentence, ...] = ()


def check_push(folder: Path, updates: Sequence[Update], policy: Policy) -> Verdict:
    """Look at a push into the bare repository `folder`. Raises OSError or CalledProcessError if Git fails."""
    git = _Git(folder)
    refused = [each for update in updates if (each := _ref_refusal(git, update, policy)) is not None]
    if not refused:
        refused = list(
            _content_refusals(git, [each for each in updates if each.new != NOTHING], policy.limits)
        )
    if refused:
        return Verdict(refusals=_first(refused))
    return Verdict(warnings=_first(_unreadable(git, updates)))


class _Git:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def ask(self, *arguments: str, given: str = "") -> bytes:
        done = subprocess.run(
            ["git", *arguments], cwd=self._folder, input=given.encode(), capture_output=True, check=True
        )
        return done.stdout

    def holds(self, *arguments: str) -> bool:
        done = subprocess.run(["git", *arguments], cwd=self._folder, capture_output=True, check=False)
        if done.returncode not in (0, 1):
            done.check_returncode()
        return done.returncode == 0

    def fields(self, *arguments: str, given: bytes = b"") -> Iterator[str]:
        """The parts of an answer between NUL bytes, as they come: some answers are long."""
        with tempfile.TemporaryFile() as asked:  # not a pipe: Git answers before it has read all of it
            asked.write(given)
            asked.seek(0)
            running = subprocess.Popen(
                ["git", *arguments], cwd=self._folder, stdin=asked, stdout=subprocess.PIPE
            )
        with running:
            assert running.stdout is not None  # noqa: S101 - it is a pipe
            rest = b""
            while block := running.stdout.read(1 << 16):
                *whole, rest = (rest + block).split(b"\0")
                yield from (each.decode("utf-8", "replace") for each in whole)
        if running.returncode != 0:
            raise subprocess.CalledProcessError(running.returncode, ["git", arguments[0]])


# ── refs ──


def _ref_refusal(git: _Git, update: Update, policy: Policy) -> Sentence | None:
    name = {"name": update.name}
    if not update.ref.startswith((_HEADS, _TAGS)):
        return Sentence(_OTHER_REF, {"ref": update.ref})
    if update.new != NOTHING and _is_bad_name(update.name):
        return Sentence(_BAD_NAME, name)
    if update.new != NOTHING and git.ask("cat-file", "-t", f"{update.new}^{{}}").strip() != b"commit":
        return Sentence(_NO_COMMIT, name)
    if update.ref.startswith(_TAGS):
        return None if update.old == NOTHING or policy.owner else Sentence(_TAG_STAYS, name)
    deleted = update.new == NOTHING
    forced = (
        not deleted
        and update.old != NOTHING
        and not git.holds("merge-base", "--is-ancestor", update.old, update.new)
    )
    rule = matching(policy.rules, update.name)
    return refusal(rule, update.name, owner=policy.owner, forced=forced, deleted=deleted)


def _is_bad_name(name: str) -> bool:
    """What Git itself lets pass, and a command line or an address would take for something else."""
    parts = name.split("/")
    return (
        name == "HEAD"
        or any(part.startswith("-") for part in parts)
        or len(name.encode("utf-8", "surrogateescape")) > _LONGEST_REF
        or not name.isprintable()
    )


# ── content ──


@dataclass(frozen=True, slots=True)
class _Entry:
    mode: str
    blob: str
    path: str


def _content_refusals(git: _Git, updates: Sequence[Update], limits: PushLimits) -> Iterator[Sentence]:
    blobs: dict[str, str] = {}
    links: dict[str, str] = {}
    for entry in _new_entries(git, [update.new for update in updates]):
        blobs.setdefault(entry.blob, entry.path)
        if len(blobs) > limits.new_files:
            yield Sentence(_MANY_NEW, {"limit": limits.new_files})
            return
        if entry.mode == _LINK:
            links[entry.path] = entry.blob
        if _is_long(entry.path, limits):
            yield Sentence(_LONG_PATH, {"path": f"{entry.path[:80]}…"})
    yield from _large_files(git, blobs, limits)
    for path, blob in links.items():
        if _leads_out(path, git.ask("cat-file", "blob", blob)):
            yield Sentence(_LINK_OUT, {"path": path})
    for update in updates:
        listing = ("ls-tree", "-r", "-z", "--name-only", "--full-tree", update.new)
        if sum(1 for _ in git.fields(*listing)) > limits.files:
            yield Sentence(_MANY_FILES, {"name": update.name, "limit": limits.files})


def _large_files(git: _Git, blobs: Mapping[str, str], limits: PushLimits) -> Iterator[Sentence]:
    wanted = "--batch-check=%(objectname) %(objectsize)"
    for line in git.ask("cat-file", wanted, given="".join(f"{each}\n" for each in blobs)).splitlines():
        blob, size = line.decode().split(" ")
        if int(size) > limits.file:
            yield Sentence(_LARGE_FILE, {"path": blobs[blob], "limit": limits.file // MEGABYTE})


def _new_entries(git: _Git, commits: Sequence[str]) -> Iterator[_Entry]:
    """What the commits that are new here put into their trees; a merge is held against all its parents."""
    new = git.ask("rev-list", "--stdin", "--not", "--all", given="".join(f"{each}\n" for each in commits))
    options = ("-r", "-m", "--root", "--no-commit-id", "--no-renames", "--raw", "--no-abbrev", "-z")
    yield from _entries(git.fields("diff-tree", "--stdin", *options, given=new))


def _entries(fields: Iterator[str]) -> Iterator[_Entry]:
    """Of the raw form of diff-tree: ":mode mode id id status", path, …; what went away is left out."""
    for facts in fields:
        _, mode, _, blob, status = facts.lstrip(":").split(" ")
        path = next(fields)
        if status != "D" and mode != "160000":
            yield _Entry(mode, blob, path)


def _is_long(path: str, limits: PushLimits) -> bool:
    parts = (len(part.encode()) for part in path.split("/"))
    return len(path.encode()) > limits.path or max(parts) > limits.part


def _leads_out(path: str, target: bytes) -> bool:
    text = target.decode("utf-8", "replace").replace("\\", "/")
    there = posixpath.normpath(posixpath.join(posixpath.dirname(path), text))
    return text.startswith("/") or ":" in text or there == ".." or there.startswith("../")


# ── what cannot be read ──


def _unreadable(git: _Git, updates: Sequence[Update]) -> Iterator[Sentence]:
    """Files of App/ that the new heads of branches change, and that are no JSON or XML."""
    seen: set[str] = set()
    for update in updates:
        if not update.ref.startswith(_HEADS) or update.new == NOTHING:
            continue
        for entry in _entries(_changed(git, update)):
            if entry.blob not in seen and entry.path.startswith("App/"):
                seen.add(entry.blob)
                line = _broken_line(git, entry)
                if line:
                    yield Sentence(_BROKEN_AT, {"path": entry.path, "line": line})


def _changed(git: _Git, update: Update) -> Iterator[str]:
    options = ("-r", "--no-renames", "--raw", "--no-abbrev", "--no-commit-id", "-z")
    # A new branch is held against the newest commit of it that was here before.
    before = update.old
    if before == NOTHING:
        known = git.ask("rev-list", "--boundary", update.new, "--not", "--branches").decode().split()
        before = next((each[1:] for each in known if each.startswith("-")), "")
        if not before:
            return git.fields("diff-tree", "--root", *options, update.new) if known else iter(())
    return git.fields("diff-tree", *options, before, update.new)


def _broken_line(git: _Git, entry: _Entry) -> int:
    """The line of the first error, 0 where the file can be read or is no text that Studio reads."""
    kind = entry.path.lower()
    if not kind.endswith(_JSON + _XML) or int(git.ask("cat-file", "-s", entry.blob)) > _LARGEST_TEXT:
        return 0
    data = git.ask("cat-file", "blob", entry.blob)
    try:
        if kind.endswith(_JSON):
            parse(data)
        else:
            _read_xml(data)
    except BrokenJson as error:
        return error.line
    except expat.ExpatError as error:
        return error.lineno
    return 0


def _read_xml(data: bytes) -> None:
    parser = expat.ParserCreate()

    def stop(*_arguments: object) -> None:
        # A DOCTYPE is refused wherever the file is read; here it must only not grow.
        raise _DocumentType

    parser.StartDoctypeDeclHandler = stop
    try:
        parser.Parse(data, True)
    except _DocumentType:
        return


class _DocumentType(Exception):
    pass


def _first(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    found = list(sentences)
    more = len(found) - _MOST_WARNINGS
    return (*found[:_MOST_WARNINGS], *([Sentence(_MORE, {"count": more})] if more > 0 else []))
