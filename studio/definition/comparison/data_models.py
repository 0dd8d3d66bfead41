"""What changed in data models: fields and types by their names, and what each of them says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from studio.definition import model_wording
from studio.definition.app import AppDefinition
from studio.definition.data_model.places import COMBINATIONS, name_at
from studio.definition.json_text import same
from studio.definition.sentences import N_, Sentence

# A path and what is to be said about it; None: what changed in it is told with the schema.
Told = Iterator[tuple[str, Sentence | None]]
Schema = Mapping[str, Any]

_SCHEMA: Final = ".schema.json"
# What is made from a schema and changes with it.
_DERIVED: Final = (".xsd", ".cs", ".metadata.json")
_TYPE_FOLDERS: Final = ("$defs", "definitions")
# Keywords that say which fields there are; they are compared one by one. The rest of `info` and of what is
# for XSD only says nothing to people.
_STRUCTURE: Final = frozenset({"properties", "items", "required", "$ref", "type", "format", *COMBINATIONS})
_UNTOLD: Final = frozenset({"@xsdType", "@xsdMinOccurs", "@xsdMaxOccurs", "@xsdStructure", "@xsdNillable"})
_ORDER: Final = N_("The fields of %(field)s in the data model %(name)s were put in another order")
_WHOLE: Final = N_("The data model %(name)s was changed")


def model_sentences(old: AppDefinition, new: AppDefinition, changed: frozenset[str]) -> Told:
    """Each sentence with the path it is about."""
    for data_type in new.metadata.data_types:
        path = new.schema_path(data_type.id)
        if path in changed:
            yield from _model(old, new, data_type.id, path)
            yield from _derived(path, changed)
    for data_type in old.metadata.data_types:
        path = old.schema_path(data_type.id)
        if path in changed and path not in new.files:
            yield path, Sentence(N_("The data model %(name)s was removed"), {"name": data_type.id})
            yield from _derived(path, changed)


def _derived(path: str, changed: frozenset[str]) -> Told:
    beside = (path.removesuffix(_SCHEMA) + end for end in _DERIVED)
    return ((each, None) for each in beside if each in changed)


def _model(old: AppDefinition, new: AppDefinition, name: str, path: str) -> Told:
    before, after = old.model(name), new.model(name)
    if after is None:
        return
    if before is None:
        yield path, Sentence(N_("The data model %(name)s was added"), {"name": name})
        return
    root = before.document.root_pointer
    said = list(_Models(name, before.schema, after.schema, root).told())
    # Something for XSD only, or a comment.
    yield from ((path, sentence) for sentence in said or [Sentence(_WHOLE, {"name": name})])


@dataclass
class _Models:
    """One model before and after; `root` is the pointer where its data began.

    `gone` and `came` are fields with the group they were in: perhaps they were moved.
    """

    name: str
    before: Schema
    after: Schema
    root: str
    renamed_types: dict[str, str] = field(default_factory=dict)
    gone: list[tuple[str, str, Any]] = field(default_factory=list)
    came: list[tuple[str, str, Any]] = field(default_factory=list)

    def told(self) -> Iterator[Sentence]:
        types = [list(self._types(folder, old, new)) for folder, old, new in self._folders()]
        inner = [sentence for sentences in types for sentence in sentences]
        yield from self._node(self.before, self.after, "")
        yield from inner
        yield from self._moved()

    def _folders(self) -> Iterator[tuple[str, Schema, Schema]]:
        for folder in _TYPE_FOLDERS:
            yield folder, _mapping(self.before.get(folder)), _mapping(self.after.get(folder))

    def _types(self, folder: str, old: Schema, new: Schema) -> Iterator[Sentence]:
        renamed = _renamed(old, new)
        self.renamed_types |= renamed
        for name, schema in new.items():
            previous = next((before for before, now in renamed.items() if now == name), name)
            if previous != name:
                yield self._about(model_wording.TYPE_RENAMED, previous, name)
            if previous not in old:
                yield self._about(model_wording.TYPE_ADDED, name)
            elif isinstance(schema, dict) and isinstance(old[previous], dict):
                label = "" if self.root == f"/{folder}/{previous}" else name
                yield from self._node(old[previous], schema, label)
        for name in old:
            if name not in new and name not in renamed:
                yield self._about(model_wording.TYPE_REMOVED, name)

    def _node(self, old: Schema, new: Schema, label: str) -> Iterator[Sentence]:
        """What the schema of one value says differently; `label` is "" where the data begins."""
        if label:
            yield from self._kind(old, new, label)
            yield from self._keywords(old, new, label)
        old, new = _value(old), _value(new)
        yield from self._members(old, new, label)
        for keyword in COMBINATIONS:
            yield from self._combination(old.get(keyword), new.get(keyword), label)

    def _kind(self, old: Schema, new: Schema, label: str) -> Iterator[Sentence]:
        was_list, is_list = _is_list(old), _is_list(new)
        if was_list != is_list:
            yield self._about(model_wording.LIST if is_list else model_wording.NO_LIST, label)
        before, now = self._kind_of(_value(old)), _kind_name(_value(new))
        if before != now and now:
            yield self._about(model_wording.KIND, label, now)

    def _kind_of(self, schema: Schema) -> str:
        name = _kind_name(schema)
        return self.renamed_types.get(name, name) if "$ref" in schema else name

    def _keywords(self, old: Schema, new: Schema, label: str) -> Iterator[Sentence]:
        pairs = [(old, new)]
        if _is_list(old) or _is_list(new):
            pairs.append((_value(old), _value(new)))
        for before, now in pairs if _is_list(old) == _is_list(new) else [(_flat(old), _flat(new))]:
            for keyword in (*now, *(key for key in before if key not in now)):
                if keyword in _STRUCTURE or keyword in _UNTOLD or keyword in _TYPE_FOLDERS:
                    continue
                if not same(before.get(keyword), now.get(keyword)):
                    yield model_wording.keyword_sentence(self.name, label, keyword, now.get(keyword))

    def _members(self, old: Schema, new: Schema, label: str) -> Iterator[Sentence]:
        before, after = _mapping(old.get("properties")), _mapping(new.get("properties"))
        renamed = _renamed(before, after)
        was, now = _listed(old.get("required")), _listed(new.get("required"))
        for name, schema in after.items():
            previous = next((old_name for old_name, new_name in renamed.items() if new_name == name), name)
            inner = f"{label}.{name}" if label else name
            if previous != name:
                yield self._about(model_wording.RENAMED, f"{label}.{previous}" if label else previous, name)
            if previous not in before:
                self.came.append((label, name, schema))
                continue
            if (previous in was) != (name in now):
                required = model_wording.REQUIRED if name in now else model_wording.NOT_REQUIRED
                yield self._about(required, inner)
            if isinstance(schema, dict) and isinstance(before[previous], dict):
                yield from self._node(before[previous], schema, inner)
        gone = [name for name in before if name not in after and name not in renamed]
        self.gone += [(label, name, before[name]) for name in gone]
        yield from self._order(before, after, renamed, label)

    def _order(
        self, before: Schema, after: Schema, renamed: Mapping[str, str], label: str
    ) -> Iterator[Sentence]:
        stayed = [renamed.get(name, name) for name in before if renamed.get(name, name) in after]
        if stayed != [name for name in after if name in stayed]:
            yield self._about(_ORDER, label or self.name)

    def _combination(self, old: Any, new: Any, label: str) -> Iterator[Sentence]:
        before, after = (value if isinstance(value, list) else [] for value in (old, new))
        for one, other in zip(before, after, strict=False):
            if isinstance(one, dict) and isinstance(other, dict):
                yield from self._node(one, other, label)
        if len(before) != len(after):
            yield self._about(model_wording.CHANGED, label or self.name)

    def _moved(self) -> Iterator[Sentence]:
        """Fields that went here and came there; all others were added or removed."""
        for label, name, schema in self.came:
            found = next((one for one in self.gone if one[1] == name and same(one[2], schema)), None)
            path = f"{label}.{name}" if label else name
            if found is None:
                yield self._about(model_wording.ADDED, path)
                continue
            self.gone.remove(found)
            source = f"{found[0]}.{name}" if found[0] else name
            yield self._about(model_wording.MOVED, source, label or self.name)
        for label, name, _ in self.gone:
            yield self._about(model_wording.REMOVED, f"{label}.{name}" if label else name)

    def _about(self, message: str, label: str, value: str = "") -> Sentence:
        return model_wording.about(message, self.name, label, value)


def _renamed(before: Schema, after: Schema) -> dict[str, str]:
    """Old name -> new name, for members of one object that are the same but for the name, in their place."""
    gone = [name for name in before if name not in after]
    found: dict[str, str] = {}
    for name in (name for name in after if name not in before):
        place = _behind(name, after, before)
        same_ones = (old for old in gone if old not in found and same(before[old], after[name]))
        old = next((old for old in same_ones if _behind(old, before, after) == place), None)
        if old is not None:
            found[old] = name
    return found


def _behind(name: str, here: Schema, there: Schema) -> str | None:
    """The nearest member before `name` that both objects have."""
    last = None
    for other in here:
        if other == name:
            return last
        last = other if other in there else last
    return last


def _is_list(schema: Schema) -> bool:
    kind = schema.get("type")
    return "array" in kind if isinstance(kind, list) else kind == "array" or "items" in schema


def _value(schema: Schema) -> Schema:
    """What is said about one value: of a row where it is a list."""
    return _mapping(schema.get("items")) if _is_list(schema) else schema


def _flat(schema: Schema) -> Schema:
    return {**schema, **_value(schema)}


def _kind_name(schema: Schema) -> str:
    reference = schema.get("$ref")
    if isinstance(reference, str):
        return name_at(reference.removeprefix("#")) or reference
    kind = schema.get("type")
    names = [name for name in (kind if isinstance(kind, list) else [kind]) if name != "null"]
    given = schema.get("format")
    return str(given) if isinstance(given, str) else str(names[0]) if names and names[0] else ""


def _mapping(value: Any) -> Schema:
    return value if isinstance(value, dict) else {}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
