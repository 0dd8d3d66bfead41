"""Fields that examples of rules give answers for, or whose rules they are about (decision 0018)."""

from collections.abc import Iterator, Mapping
from typing import Any

from studio.definition.app import AppDefinition
from studio.definition.data_model.places import escaped
from studio.definition.field_references.field_place import FieldPlace
from studio.definition.field_references.in_forms import canonical
from studio.definition.field_references.written_paths import read_path
from studio.definition.sentences import N_, Sentence

_ABOUT = ("calculation", "validation")


def in_examples(app: AppDefinition) -> Iterator[FieldPlace]:
    """The places in all files of examples."""
    for data_type in app.metadata.data_types:
        file = app.paths.examples(data_type.id)
        content = app.json(file) if file in app.files else None
        listed = content.get("examples") if isinstance(content, Mapping) else None
        for number, example in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(example, Mapping):
                yield from _in_example(app, data_type.id, file, f"/examples/{number}", example)


def _in_example(
    app: AppDefinition, data_type: str, file: str, where: str, example: Mapping[str, Any]
) -> Iterator[FieldPlace]:
    what = Sentence(N_("Example *%(name)s*"), {"name": str(example.get("name", ""))})
    rule = example.get("rule")
    for member in _ABOUT:
        path = read_path(rule[member]) if isinstance(rule, Mapping) and _is_text(rule, member) else None
        if path is not None:
            yield FieldPlace(
                file, f"{where}/rule/{member}", path, data_type, "example", what, removable=where
            )
    also = example.get("also")
    given = {data_type: ("/given", example.get("given"))}
    for kind, answers in also.items() if isinstance(also, Mapping) else ():
        given[canonical(app, kind) or kind] = (f"/also/{escaped(kind)}", answers)
    for kind, (inside, answers) in given.items():
        for written in answers if isinstance(answers, Mapping) else ():
            path, pointer = read_path(written), f"{where}{inside}/{escaped(written)}"
            if path is not None:
                yield FieldPlace(file, pointer, path, kind, "example", what, is_key=True, removable=pointer)


def _is_text(value: Mapping[str, Any], member: str) -> bool:
    return isinstance(value.get(member), str)
