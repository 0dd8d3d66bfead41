"""Three-way merge of two definitions, by identity instead of by line. Conflicts are values, never markers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from studio.definition.files import Edits, Files
from studio.definition.findings import Place
from studio.definition.merge.conflicts import GONE, Choice, Conflict, Gone, Merged, Side, Umpire
from studio.definition.merge.consequences import new_findings
from studio.definition.merge.derived import made_again, schema_of
from studio.definition.merge.forms import merge_forms
from studio.definition.merge.lines import MAX_LINES, merge_lines
from studio.definition.merge.markup import ENDINGS, merge_markup
from studio.definition.merge.renames import aligned
from studio.definition.merge.values import Spot, merge_values
from studio.definition.merge.writing import parse, rewritten

__all__ = ["GONE", "Choice", "Conflict", "Gone", "Merged", "Side", "merge", "new_findings"]


def merge(
    base: Files,
    ours: Files,
    theirs: Files,
    choices: Mapping[str, Choice] | None = None,
    undecided: Literal["base", "theirs"] = "theirs",
) -> Merged:
    """Bring the changes from `base` to `ours` into `theirs`. `choices` settles conflicts by their key; at the
    others the `undecided` side stands.

    What is made from a data model is made anew from the merged one, where both sides changed it.
    """
    umpire = Umpire(choices or {}, undecided)
    same = aligned(base, ours, theirs)
    given, base, ours, theirs = theirs, same.base, same.ours, same.theirs
    sides = (base, ours, theirs)
    edits: dict[str, bytes | None] = {}
    both: list[str] = []
    changed: tuple[set[str], set[str]] = (set(), set())
    for path in sorted({*base, *ours, *theirs}):
        before, mine, other = (_blob(files, path) for files in sides)
        changed[0].update([path] * (mine != before))
        changed[1].update([path] * (other != before))
        if mine in (before, other):
            continue
        if other == before:
            edits[path] = ours.get(path)
        else:
            both.append(path)
    for folder in _layout_folders(sorted(changed[0] & changed[1])):
        pages = sorted(path for path in changed[0] | changed[1] if path.startswith(f"{folder}/"))
        merged = _merge_pages(sides, pages, umpire)
        if merged is not None:
            edits |= merged
            both = [path for path in both if path not in merged]
    # What follows a schema comes after it.
    for path in sorted(both, key=lambda path: schema_of(path) is not None):
        edits[path] = _merged(path, sides, edits, umpire)
    edits = {**same.edits, **edits}
    return Merged({path: data for path, data in edits.items() if data != given.get(path)}, tuple(umpire.open))


def _layout_folders(paths: Iterable[str]) -> list[str]:
    """The folders of pages that these files lie in."""
    return list(
        dict.fromkeys(folder for path in paths if (folder := path.rpartition("/")[0]).endswith("/layouts"))
    )


def _merge_pages(
    sides: tuple[Files, Files, Files], pages: Sequence[str], umpire: Umpire
) -> dict[str, bytes | None] | None:
    """The pages of a layout set, merged together; None where one of them cannot be read."""
    parsed = [{path: parse(files[path]) for path in pages if path in files} for files in sides]
    merged = merge_forms(parsed[0], parsed[1], parsed[2], umpire)
    if merged is None:
        return None
    written: dict[str, bytes | None] = {}
    for path in pages:
        # The text that the result is written into: theirs, or whoever has the page.
        source = next((number for number in (2, 1, 0) if path in sides[number]), None)
        if path not in merged:
            written[path] = None
        elif source is not None:
            written[path] = rewritten(sides[source][path], parsed[source][path], merged[path])
    return written


def _merged(path: str, sides: tuple[Files, Files, Files], edits: Edits, umpire: Umpire) -> bytes | None:
    base, ours, theirs = sides
    blobs = base.get(path), ours.get(path), theirs.get(path)
    if schema_of(path) is not None:
        trial = Umpire(umpire.choices, umpire.undecided)
        merged = _merge_file(*blobs, path, trial)
        if not trial.open:
            return merged
        again = made_again(path, base, ours, theirs, edits)
        if again is not None:
            return again
    return _merge_file(*blobs, path, umpire)


def _blob(files: Files, path: str) -> str | None:
    return files.blob_id(path) if path in files else None


def _merge_file(
    base: bytes | None, ours: bytes | None, theirs: bytes | None, path: str, umpire: Umpire
) -> bytes | None:
    """The merge of a file that both changed; None where it goes away."""
    if ours is not None and theirs is not None:
        merged = _merge_json(base, ours, theirs, path, umpire) if path.lower().endswith(".json") else None
        if merged is None:
            merged = _merge_text(base or b"", ours, theirs, path, umpire)
        if merged is not None:
            return merged
    conflict = Conflict(path, Place(path), _or_gone(base), _or_gone(ours), _or_gone(theirs))
    settled: Any = umpire.settle(conflict)
    return None if settled is GONE else bytes(settled)


def _merge_json(base: bytes | None, ours: bytes, theirs: bytes, path: str, umpire: Umpire) -> bytes | None:
    """The merge of JSON; None where one of the sides is broken."""
    before, mine, other = GONE if base is None else parse(base), parse(ours), parse(theirs)
    if before is None or mine is None or other is None:
        return None
    return rewritten(theirs, other, merge_values(before, mine, other, Spot(path), umpire))


def _merge_text(base: bytes, ours: bytes, theirs: bytes, path: str, umpire: Umpire) -> bytes | None:
    """The merge of text; None where it is too long or no text."""
    before, mine, other = _text(base), _text(ours), _text(theirs)
    if before is None or mine is None or other is None:
        return None
    merged = merge_markup(before, mine, other, path, umpire) if path.lower().endswith(ENDINGS) else None
    return (merge_lines(before, mine, other, path, umpire) if merged is None else merged).encode()


def _or_gone(data: bytes | None) -> "bytes | Gone":
    return GONE if data is None else data


def _text(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if "\0" not in text and text.count("\n") <= MAX_LINES else None
