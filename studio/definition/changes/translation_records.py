"""Keeping the records of translations true while texts change."""

import json
from collections.abc import Iterable, Mapping

from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.translation.status import Record, Status, fingerprint, records, source_language


def set_records(copy: WorkingCopy, language: str, altered: Mapping[str, Record | None]) -> None:
    """Write, alter or take away records.

    The file is Studio's own: one record a line, by key, so that two people seldom touch the same lines.
    """
    before = records(copy.app, language)
    after = {key: record for key, record in {**before, **altered}.items() if record is not None}
    if after == before:
        return
    lines = (
        f"    {json.dumps(key, ensure_ascii=False)}: {json.dumps(after[key].to_json(), ensure_ascii=False)}"
        for key in sorted(after)
    )
    listed = ",\n".join(lines)
    text = f'{{\n  "texts": {{\n{listed}\n  }}\n}}\n'
    copy.write(copy.app.paths.translation(language), text.encode(errors="replace") if after else None)


def translated(copy: WorkingCopy, language: str, statuses: Mapping[str, Status]) -> None:
    """Record that texts as they are now in the source language have these statuses in `language`."""
    source = source_language(copy.app)
    originals = copy.app.texts(source)

    def record(key: str, status: Status) -> Record:
        original = originals.get(key)
        if original is None or language == source:
            return Record(status)
        return Record(status, fingerprint(original.value), source)

    set_records(copy, language, {key: record(key, status) for key, status in statuses.items()})


def follow(copy: WorkingCopy, language: str, written: Mapping[str, str | None]) -> None:
    """Keep what is recorded true when texts are written (None: taken away): called before they are.

    Translations of an old text are of that one; a translation that is written anew is of the text now.
    """
    if language != source_language(copy.app):
        known = records(copy.app, language).keys() & written.keys()
        set_records(copy, language, {key: None for key in known if not written[key]})
        translated(copy, language, {key: "translated" for key in known if written[key]})
        return
    texts = copy.app.texts(language)
    changed = {
        key: before.value
        for key, value in written.items()
        if (before := texts.get(key)) is not None and before.value and value and before.value != value
    }
    for other in copy.app.languages:
        if other != language and changed:
            set_records(copy, other, _of_old_texts(copy, other, changed, language))


def _of_old_texts(
    copy: WorkingCopy, language: str, changed: Mapping[str, str], source: str
) -> Mapping[str, Record]:
    texts, known = copy.app.texts(language), records(copy.app, language)
    return {
        key: Record(record.status if record else "translated", fingerprint(before), source)
        for key, before in changed.items()
        if (text := texts.get(key)) is not None
        and text.value
        and ((record := known.get(key)) is None or record.of is None)
    }


def forget(copy: WorkingCopy, keys: Iterable[str]) -> None:
    """Take the records of texts away, in every language."""
    gone = set(keys)
    for language in copy.app.languages:
        set_records(copy, language, dict.fromkeys(gone & records(copy.app, language).keys()))
