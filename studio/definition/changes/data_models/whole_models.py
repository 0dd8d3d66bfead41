"""Data models as a whole: new ones, imported ones, and those that go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from studio.definition import json_text, safe_xml
from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.data_models.model_change import ModelChange, ModelCopy
from studio.definition.changes.data_models.names import refuse_bad_model_name
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.data_model import new_model
from studio.definition.data_model.conversion import updated_xsd
from studio.definition.data_model.derived import derived_files, made_files
from studio.definition.errors import DomainError, NotThere
from studio.definition.json_text.reading import BOM
from studio.definition.sentences import N_, Sentence

_SCHEMA: Final = ".schema.json"
# What lies beside a schema and is about nothing else.
_BESIDE: Final = (".xsd", ".cs", ".metadata.json", ".prefill.json", ".validation.json", ".calculation.json")
_ARRIVED: Final = N_("The data model %(name)s was added")


@register
@dataclass(frozen=True)
class NewModel(Change):
    """The app gets an empty data model and a data type for it.

    `task`: the step of the process whose form it is for, if any.
    """

    kind: ClassVar[str] = "new_model"
    name: str
    task: str | None = None

    def edit(self, copy: WorkingCopy) -> None:
        _refuse_taken(copy.app, self.name)
        made = new_model(self.name)
        once = int(self.task is not None)
        _register(copy, _data_type(self.name, None, self.task, ("application/xml",), once, 1))
        copy.write(copy.app.paths.schema(self.name), made.schema)
        copy.write(copy.app.paths.xsd(self.name), made.xsd)
        _write_made(copy, self.name)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(_ARRIVED, {"name": self.name})


@register
@dataclass(frozen=True)
class ImportModel(Change):
    """The app gets a data model from outside and a data type for it; both are called `name`.

    `others` are files that lie beside it: the end of their name (".metadata.json", ".cs") -> text. `minimum`
    and `maximum` say how many elements of the data type an instance has (maximum 0: any number).
    """

    kind: ClassVar[str] = "import_model"
    name: str
    schema: str
    xsd: str | None = None
    others: Mapping[str, Any] = field(default_factory=dict)
    class_ref: str | None = None
    task: str | None = None
    content_types: tuple[str, ...] = ("application/xml",)
    minimum: int = 1
    maximum: int = 1

    def edit(self, copy: WorkingCopy) -> None:
        _refuse_taken(copy.app, self.name)
        if self.minimum < 0 or self.maximum < 0 or 0 < self.maximum < self.minimum:
            raise DomainError(Sentence(N_("A field comes at least 0 times, and at most once or more often.")))
        kind = _data_type(
            self.name, self.class_ref, self.task, self.content_types, self.minimum, self.maximum
        )
        _register(copy, kind)
        _write(copy, copy.app.paths.schema(self.name), self.schema, self.xsd, self.others)
        _write_made(copy, self.name)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(_ARRIVED, {"name": self.name})


@register
@dataclass(frozen=True)
class ReplaceModel(ModelChange):
    """The data model of a data type becomes another one; the data type stays as it is.

    Bindings to fields that the new model lacks stay as they are: `consequences` and the app check name them.
    Without an `xsd` the app's own is made anew.
    """

    kind: ClassVar[str] = "replace_model"
    schema: str
    xsd: str | None = None
    others: Mapping[str, Any] = field(default_factory=dict)

    def edit_schema(self, copy: WorkingCopy) -> None:
        path = copy.app.schema_path(self.data_type)
        if path is None:
            raise NotThere(Sentence(N_("There is no data model %(name)s."), {"name": self.data_type}))
        stem = path.removesuffix(_SCHEMA)
        had_xsd = f"{stem}.xsd" in copy.app.files
        if had_xsd:
            copy.write(f"{stem}.xsd", None)
        _write(copy, path, self.schema, self.xsd, self.others)
        _write_made(copy, self.data_type, with_xsd=had_xsd)

    def alter(self, model: ModelCopy) -> None:
        """Nothing of the old schema is kept, so nothing of it is edited."""

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(N_("The data model %(name)s was replaced by another one"), {"name": self.data_type})


@register
@dataclass(frozen=True)
class ReplaceSchemaText(ModelChange):
    """The text of a schema becomes another one, as it was written by hand.

    A byte-order mark and the line ends of the file stay. Raises DomainError where it is no JSON object.
    """

    kind: ClassVar[str] = "replace_schema_text"
    text: str

    def edit_schema(self, copy: WorkingCopy) -> None:
        path = copy.app.schema_path(self.data_type)
        if path is None:
            raise NotThere(Sentence(N_("There is no data model %(name)s."), {"name": self.data_type}))
        old, before = copy.read(path), copy.app.json(path)
        lines = self.text.replace("\r\n", "\n")
        data = lines.replace("\n", "\r\n" if b"\r\n" in old else "\n").encode().removeprefix(BOM)
        after = _parsed(path, data)
        copy.write(path, BOM + data if old.startswith(BOM) else data)
        # The file may have been broken before: that is what writing by hand is for.
        known = before if isinstance(before, dict) else {}
        for beside, content in derived_files(copy.app.files, path, known, after).items():
            copy.write(beside, content)

    def alter(self, model: ModelCopy) -> None:
        """The schema is written as a whole, also where nothing could be read before."""

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(
            N_("The schema of the data model %(name)s was written by hand"), {"name": self.data_type}
        )


@register
@dataclass(frozen=True)
class WriteXsd(ModelChange):
    """The XSD beside a schema is written anew from it, or for the first time.

    Raises BrokenSchema for a schema that no XSD can follow.
    """

    kind: ClassVar[str] = "write_xsd"

    def alter(self, model: ModelCopy) -> None:
        path = model.path.removesuffix(_SCHEMA) + ".xsd"
        model.copy.write(path, updated_xsd(None, {}, model.model.schema))

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(N_("The XSD of the data model %(name)s was written anew"), {"name": self.data_type})


@register
@dataclass(frozen=True)
class RemoveModel(ModelChange):
    """The data model of a data type goes away, with the data type and all files about it.

    Raises DomainError while a form keeps its answers in it.
    """

    kind: ClassVar[str] = "remove_model"

    def edit_schema(self, copy: WorkingCopy) -> None:
        app = copy.app
        data_type = app.metadata.data_type(self.data_type)
        path = app.schema_path(self.data_type)
        if data_type is None and path is None:
            raise NotThere(Sentence(N_("There is no data model %(name)s."), {"name": self.data_type}))
        name = data_type.id if data_type else self.data_type
        users = [form.id for form in app.layout_sets if form.data_type == name]
        if users:
            words = N_(
                "The data model %(name)s is still used by the form %(users)s. "
                "Give the form another one first."
            )
            raise DomainError(Sentence(words, {"name": name, "users": ", ".join(users)}))
        stems = {path.removesuffix(_SCHEMA)} if path else set()
        stems.add(app.paths.schema(name).removesuffix(_SCHEMA))
        for stem in sorted(stems):
            for end in (_SCHEMA, *_BESIDE):
                if stem + end in app.files:
                    copy.write(stem + end, None)
        if data_type is not None:
            copy.delete(app.paths.metadata, data_type.pointer)

    def alter(self, model: ModelCopy) -> None:
        """The schema goes as a whole."""

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(N_("The data model %(name)s was removed"), {"name": self.data_type})


def _refuse_taken(app: AppDefinition, name: str) -> None:
    refuse_bad_model_name(name)
    files = {path.casefold() for path in app.files}
    taken = app.metadata.data_type(name) is not None or app.paths.schema(name).casefold() in files
    if taken or app.paths.xsd(name).casefold() in files:
        words = N_("There is already a data model or data type %(name)s. Choose another name.")
        raise DomainError(Sentence(words, {"name": name}))


def _data_type(
    name: str, class_ref: str | None, task: str | None, content_types: tuple[str, ...], least: int, most: int
) -> dict[str, Any]:
    """A data type as the platform's own tools write it."""
    simple = name.replace("-", "")
    made: dict[str, Any] = {
        "id": name,
        "allowedContentTypes": list(content_types),
        "appLogic": {
            "autoCreate": task is not None and least > 0,
            "classRef": class_ref or f"Altinn.App.Models.{simple}.{simple}",
        },
    }
    if task is not None:
        made["taskId"] = task
    return {**made, "maxCount": most, "minCount": least}


def _register(copy: WorkingCopy, data_type: dict[str, Any]) -> None:
    """Add a data type to the metadata. Raises NotThere for a step that the process does not have."""
    path, task, process = copy.app.paths.metadata, data_type.get("taskId"), copy.app.process
    copy.read(path)
    if task is not None and process is not None and process.task(task) is None:
        raise NotThere(Sentence(N_("The process has no step %(name)s."), {"name": task}))
    listed = copy.app.metadata.raw.get("dataTypes")
    if not isinstance(listed, list):
        copy.set(path, "/dataTypes", [data_type])
        return
    copy.insert(path, "/dataTypes", len(listed), data_type)


def _write(copy: WorkingCopy, path: str, schema: str, xsd: str | None, others: Mapping[str, Any]) -> None:
    """The files of a model from outside. Raises DomainError for what cannot be read."""
    data = schema.encode()
    _parsed(path, data)
    copy.write(path, data)
    stem = path.removesuffix(_SCHEMA)
    if xsd is not None:
        safe_xml.parse(xsd.encode())
        copy.write(f"{stem}.xsd", xsd.encode())
    for end, text in others.items():
        if not isinstance(text, str) or not end.startswith(".") or "/" in end:
            words = N_("The file %(path)s cannot lie beside a data model.")
            raise DomainError(Sentence(words, {"path": stem.rpartition("/")[2] + end}))
        copy.write(stem + end, text.encode())


def _parsed(path: str, data: bytes) -> Mapping[str, Any]:
    try:
        value = json_text.parse(data)
    except json_text.BrokenJson as error:
        values: dict[str, str | int | Sentence] = {"path": path, "problem": error.sentence}
        words = N_("The file %(path)s would no longer be JSON: %(problem)s")
        raise DomainError(Sentence(words, values)) from error
    if not isinstance(value, dict):
        raise DomainError(Sentence(N_("A schema is a JSON object."), {}))
    return value


def _write_made(copy: WorkingCopy, data_type: str, *, with_xsd: bool = True) -> None:
    """What is made from the schema and has not come with it."""
    path = copy.app.schema_path(data_type)
    schema = copy.app.json(path) if path else None
    if path is not None and isinstance(schema, dict):
        for beside, data in made_files(copy.app.files, path, schema, with_xsd=with_xsd).items():
            copy.write(beside, data)
