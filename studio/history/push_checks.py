"""What a push must be like before it is accepted. It is asked in a process of its own, before any ref moves.

That process must start fast: this module and what it imports need the standard library alone. What it reads
comes from Git itself, so that objects that are not accepted yet are seen as well.
"""

import json
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from studio.definition.sentences import N_, Sentence
from studio.history.protection import REFUSALS, BranchRule, matching, refusal
from studio.history.push_git import Git, Objects

NOTHING: Final = "0" * 40  # stands for the commit before a ref is made, and after it is deleted
_HEADS, _TAGS = "refs/heads/", "refs/tags/"
_LINK: Final = "120000"
_ID_LENGTH: Final = 40
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
_BACKSLASH: Final = N_("“%(path)s” has a backslash in its name, which no app can have. Give it another name.")
_LINK_OUT: Final = N_("“%(path)s” is a link that leads out of the app. Take it out of the commits.")
_BROKEN_AT: Final = N_("“%(path)s” cannot be read: there is an error in line %(line)s.")
_MORE: Final = N_("… and %(count)s more.")
REFUSED: Final = N_("This push was not accepted, and nothing was changed:")
ACCEPTED_BUT: Final = N_(
    "The push was accepted. Some of it cannot be shown in the editors until it is mended:"
)
OFFERED: Final = N_("Open a pull request from “%(name)s”:")
NOT_CHECKED: Final = N_("The push could not be checked, and nothing was changed. Try again.")

# All that can be said, for whoever translates it before the check begins.
SENTENCES: Final = (
    *(_OTHER_REF, _BAD_NAME, _TAG_STAYS, _NO_COMMIT, _LARGE_FILE, _MANY_NEW, _MANY_FILES, _LONG_PATH),
    *(_BACKSLASH, _LINK_OUT, _BROKEN_AT, _MORE, REFUSED, ACCEPTED_BUT, OFFERED, NOT_CHECKED),
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
    """What counts for this push of this person. `words` are SENTENCES in their language; `requests` is where
    a pull request is opened, up to the name of its branch ("": nowhere)."""

    owner: bool
    rules: tuple[BranchRule, ...]
    limits: PushLimits = field(default_factory=PushLimits)
    words: Mapping[str, str] = field(default_factory=dict)
    requests: str = ""

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
            given["requests"],
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

    @property
    def begins_a_branch(self) -> bool:
        """Whether there is a branch now that was not there before."""
        return self.old == NOTHING and self.ref.startswith(_HEADS)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why the push is refused as a whole; or, where nothing is refused, what the pusher should look at."""

    refusals: tuple[Sentence, ...] = ()
    warnings: tuple[Sentence, ...] = ()


def check_push(
    folder: Path, updates: Sequence[Update], policy: Policy, environ: Mapping[str, str] | None = None
) -> Verdict:
    """Look at a push into the bare repository `folder`. Git's environment says where its objects wait: ours,
    or `environ`. Raises OSError, LookupError or CalledProcessError if Git fails."""
    git = Git(folder, environ)
    with git.objects() as objects:
        refused = [each for update in updates if (each := _ref_refusal(git, objects, update, policy))]
        coming = [each for each in updates if each.new != NOTHING]
        if refused or not coming:
            return Verdict(refusals=_first(refused))
        found = _Found()
        refused = list(_content_refusals(git, objects, coming, policy.limits, found))
        if refused:
            return Verdict(refusals=_first(refused))
        return Verdict(warnings=_first(_unreadable(objects, found)))


# ── refs ──


def _ref_refusal(git: Git, objects: Objects, update: Update, policy: Policy) -> Sentence | None:
    name = {"name": update.name}
    if not update.ref.startswith((_HEADS, _TAGS)):
        return Sentence(_OTHER_REF, {"ref": update.ref})
    if update.new != NOTHING and _is_bad_name(update.name):
        return Sentence(_BAD_NAME, name)
    if update.new != NOTHING and next(objects.infos([f"{update.new}^{{}}"]))[0] != "commit":
        return Sentence(_NO_COMMIT, name)
    if update.ref.startswith(_TAGS):
        return None if update.old == NOTHING or policy.owner else Sentence(_TAG_STAYS, name)
    rule = matching(policy.rules, update.name)
    deleted = update.new == NOTHING
    forced = not (deleted or rule.may_force or update.old == NOTHING) and not git.holds(
        "merge-base", "--is-ancestor", update.old, update.new
    )
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


@dataclass(slots=True)
class _Found:
    """What is looked at again: links (path -> blob), and files that Studio reads (blob -> path), as they were
    brought and as they stand at the heads of branches."""

    links: dict[str, str] = field(default_factory=dict)
    brought: dict[str, str] = field(default_factory=dict)
    at_heads: dict[str, str] = field(default_factory=dict)

    def note(self, entry: "_Entry") -> None:
        """Keep an entry that is to be looked at again."""
        if entry.mode == _LINK:
            self.links[entry.path] = entry.blob
        elif entry.path.startswith("App/") and entry.path.lower().endswith(_JSON + _XML):
            self.brought[entry.blob] = entry.path


def _content_refusals(
    git: Git, objects: Objects, updates: Sequence[Update], limits: PushLimits, found: _Found
) -> Iterator[Sentence]:
    blobs: dict[str, str] = {}
    for entry in _new_entries(git, [update.new for update in updates]):
        blobs.setdefault(entry.blob, entry.path)
        if len(blobs) > limits.new_files:
            yield Sentence(_MANY_NEW, {"limit": limits.new_files})
            return
        found.note(entry)
        refusal = _path_refusal(entry.path, limits)
        if refusal is not None:
            yield refusal
    for path, (_, size) in zip(blobs.values(), objects.infos(list(blobs)), strict=True):
        if size > limits.file:
            yield Sentence(_LARGE_FILE, {"path": path, "limit": limits.file // MEGABYTE})
    for path, blob in found.links.items():
        if _leads_out(path, objects.content(blob)):
            yield Sentence(_LINK_OUT, {"path": path})
    for update in updates:
        if _count_files(git, update, found) > limits.files:
            yield Sentence(_MANY_FILES, {"name": update.name, "limit": limits.files})


def _count_files(git: Git, update: Update, found: _Found) -> int:
    count = 0
    for line in git.fields("ls-tree", "-r", "-z", "--full-tree", update.new):
        count += 1
        facts, _, path = line.partition("\t")
        blob = facts[-_ID_LENGTH:]
        if blob in found.brought and update.ref.startswith(_HEADS):
            found.at_heads[blob] = path
    return count


def _new_entries(git: Git, commits: Sequence[str]) -> Iterator[_Entry]:
    """What the commits that are new here put into their trees; a merge is held against all its parents."""
    options = (
        "-r",
        "-m",
        "--root",
        "--format=",
        "--no-mailmap",
        "--no-renames",
        "--raw",
        "--no-abbrev",
        "-z",
    )
    asked = "".join(f"{each}\n" for each in commits)
    yield from _entries(git.fields("log", *options, "--stdin", "--not", "--all", given=asked))


def _entries(fields: Iterator[str]) -> Iterator[_Entry]:
    """Of Git's raw form: ":mode mode id id status", path, …; what went away is left out."""
    for facts in fields:
        _, mode, _, blob, status = facts.lstrip("\n:").split(" ")
        path = next(fields)
        if status != "D" and mode != "160000":
            yield _Entry(mode, blob, path)


def _path_refusal(path: str, limits: PushLimits) -> Sentence | None:
    parts = (len(part.encode()) for part in path.split("/"))
    if len(path.encode()) > limits.path or max(parts) > limits.part:
        return Sentence(_LONG_PATH, {"path": f"{path[:80]}…"})
    return Sentence(_BACKSLASH, {"path": path}) if "\\" in path else None


def _leads_out(path: str, target: bytes) -> bool:
    text = target.decode("utf-8", "replace").replace("\\", "/")
    there = posixpath.normpath(posixpath.join(posixpath.dirname(path), text))
    return text.startswith("/") or ":" in text or there == ".." or there.startswith("../")


# ── what cannot be read ──


def _unreadable(objects: Objects, found: _Found) -> Iterator[Sentence]:
    """Files of App/ that are new with this push, stand in a new head of a branch, and are no JSON or XML."""
    sizes = objects.infos(list(found.at_heads))
    small = [blob for blob, (_, size) in zip(found.at_heads, sizes, strict=True) if size <= _LARGEST_TEXT]
    for blob in small:
        path = found.at_heads[blob]
        line = _broken_line(path, objects.content(blob))
        if line:
            yield Sentence(_BROKEN_AT, {"path": path, "line": line})


def _broken_line(path: str, data: bytes) -> int:
    """The line of the first error, 0 where the file can be read."""
    is_json = path.lower().endswith(_JSON)
    with suppress(ValueError):
        if is_json:
            json.loads(data)
            return 0
    # What says where the error is takes longer to load than most pushes to check.
    from studio.history import push_reading  # noqa: PLC0415 - see above

    return (push_reading.broken_line_of_json if is_json else push_reading.broken_line_of_xml)(data)


def _first(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    found = list(sentences)
    more = len(found) - _MOST_WARNINGS
    return (*found[:_MOST_WARNINGS], *([Sentence(_MORE, {"count": more})] if more > 0 else []))
