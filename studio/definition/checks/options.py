"""Checks of the option lists that are files of the app."""

from collections.abc import Iterator
from functools import partial

from studio.definition.app import AppDefinition
from studio.definition.checks.places import Placing, finding
from studio.definition.checks.texts import missing_text
from studio.definition.findings import Finding
from studio.definition.option_lists import SLOTS, raw_rows, rows
from studio.definition.option_lists.faults import faults
from studio.definition.texts import spelled


def check_options(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    """Every list: values that are there twice or missing, labels, and their translations."""
    texts = [app.texts(language) for language in app.languages]
    for option_id in app.option_ids:
        path = app.paths.options(option_id)
        if not isinstance(app.json(path), list):
            continue
        for fault in faults(app, option_id):
            pointer = "" if fault.place is None else f"/{fault.place}"
            place = placing.in_json(path, pointer, "")
            yield finding(fault.code, "warning", place, fault.sentence, fault.remedy)
        raw = raw_rows(app, option_id)
        for row in rows(app, option_id):
            for slot in SLOTS:
                key = row.said[slot].written
                if key:
                    pointer = f"/{row.place}/{spelled(raw[row.place], slot)}"
                    yield from missing_text(key, texts, partial(placing.in_json, path, pointer, ""))
