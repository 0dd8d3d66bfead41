"""Checks that look at files as such: XML that cannot be read, names given twice in one object, paths that not
every system can have."""

from collections.abc import Iterator

from studio.definition import json_text, safe_xml
from studio.definition.app import AppDefinition
from studio.definition.checks.places import Placing, finding
from studio.definition.content_cache import ContentCache
from studio.definition.findings import Finding, Place
from studio.definition.portable_paths import as_others_see, why_not_on_windows
from studio.definition.sentences import N_, Sentence

_REPEATED: ContentCache[tuple[str, ...]] = ContentCache(4000)
_BROKEN: ContentCache[safe_xml.BrokenXml | None] = ContentCache(2000)


def check_files(app: AppDefinition, placing: Placing) -> Iterator[Finding]:  # noqa: ARG001 - all checks are called alike
    """The policy, XML schemas, and the JSON files that Studio edits."""
    for path in sorted(app.files):
        if path == app.paths.policy or (path.endswith(".xsd") and path.startswith(app.paths.models_folder)):
            yield from _xml(app, path)
        elif path.endswith(".json") and path.startswith((app.paths.ui + "/", app.paths.root + "config/")):
            yield from _repeated_keys(app, path)
    yield from _unportable(app)


def _unportable(app: AppDefinition) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    remedy = N_("Give it another name in the code view: nobody can work on the app on such a machine.")
    for path in sorted(app.files):
        obstacle = why_not_on_windows(path)
        if obstacle is not None:
            yield finding("unportable-path", "warning", Place(path), obstacle, remedy)
        other = seen.setdefault(as_others_see(path), path)
        if other != path:
            words = N_("%(path)s and %(other)s are one and the same file on Windows and macOS.")
            sentence = Sentence(words, {"path": path, "other": other})
            yield finding("unportable-path", "warning", Place(path), sentence, remedy)


def _xml(app: AppDefinition, path: str) -> Iterator[Finding]:
    error = _BROKEN.get(app.files.blob_id(path), lambda: _xml_error(app.files[path]))
    if error is not None:
        place = Place(path, error.line)
        code = "broken-policy" if path == app.paths.policy else "broken-xml"
        yield Finding(
            code, "error", place, error.sentence, Sentence(N_("Correct the file in the code view."))
        )


def _xml_error(data: bytes) -> safe_xml.BrokenXml | None:
    try:
        safe_xml.parse(data)
    except safe_xml.BrokenXml as error:
        return error
    return None


def _repeated_keys(app: AppDefinition, path: str) -> Iterator[Finding]:
    for key in dict.fromkeys(_REPEATED.get(app.files.blob_id(path), lambda: _repeated(app.files[path]))):
        sentence = Sentence(
            N_("The name %(key)s is given twice in one object; the last one counts."), {"key": key}
        )
        line = _second_line(app.files[path], key)
        yield finding(
            "repeated-key", "warning", Place(path, line), sentence, N_("Remove one of them in the code view.")
        )


def _repeated(data: bytes) -> tuple[str, ...]:
    try:
        return tuple(json_text.repeated_keys(data))
    except json_text.BrokenJson:
        return ()


def _second_line(data: bytes, key: str) -> int | None:
    """The line where the name stands for the second time, as near as can be said without the object."""
    mark = f'"{key}"'.encode(errors="replace")
    first = data.find(mark)
    second = data.find(mark, first + 1) if first >= 0 else -1
    return data.count(b"\n", 0, second) + 1 if second >= 0 else None
