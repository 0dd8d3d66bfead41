"""The files that an app carries beside a data model and that are made of it."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from studio.definition.data_model.metamodel.class_shapes import classes
from studio.definition.data_model.metamodel.csharp import NAMESPACE, csharp
from studio.definition.data_model.metamodel.metamodel import to_metamodel
from studio.definition.data_model.nodes import Schema
from studio.definition.files import Edits, Files

_SCHEMA: Final = ".schema.json"
_BOM: Final = b"\xef\xbb\xbf"
_NAMESPACE: Final = re.compile(r"^\s*namespace\s+([\w.]+)", re.MULTILINE)
# What a generator of classes never writes.
_OWN_CODE: Final = re.compile(
    r"""^\s*(?:(?:private|protected|internal)\s
        | public\s+(?!bool\s+ShouldSerialize)[^=;{\n]*\(
        | (?:public\s+)?(?:partial\s+)?class\s+@?\w+\s*:)""",
    re.MULTILINE | re.VERBOSE,
)
# What a metamodel says about the app, which the schema does not know.
_APP_KEYS: Final = ("Org", "ServiceName", "RepositoryName", "ServiceId")


def companions(files: Files, schema_path: str, schema: Schema) -> Edits:
    """The metamodel and the C# classes of a schema, where the app has them beside it: path -> new bytes.

    The namespace of the classes, what the metamodel says about the app, byte-order mark and line ends stay as
    they are. Nothing where the app has neither, or where a file already says the same. Classes into which
    somebody wrote code (methods, base classes, private members) are left to them.
    """
    base = schema_path.removesuffix(_SCHEMA)
    metamodel_path, classes_path = f"{base}.metadata.json", f"{base}.cs"
    if base == schema_path or not ({metamodel_path, classes_path} & set(files)):
        return {}
    metamodel = to_metamodel(schema, _class_ref(files, base))
    edits: dict[str, bytes] = {}
    if metamodel_path in files:
        edits[metamodel_path] = _metamodel_text(files[metamodel_path], metamodel)
    if classes_path in files:
        before = files[classes_path].decode("utf-8-sig", "replace")
        if not _OWN_CODE.search(before):
            known = _NAMESPACE.search(before)
            text = csharp(classes(metamodel), known[1] if known else NAMESPACE)
            edits[classes_path] = _in_manner_of(files[classes_path], text)
    return {path: data for path, data in edits.items() if files[path] != data}


def _class_ref(files: Files, base: str) -> str | None:
    """The class of the data type whose model this is: old schemas do not say where their data begins."""
    folder, _, name = base.rpartition("/")
    content = _json(files.get(f"{folder.removesuffix('models')}config/applicationmetadata.json", b""))
    types = content.get("dataTypes")
    for each in types if isinstance(types, list) else []:
        logic = each.get("appLogic") if isinstance(each, dict) else None
        class_ref = logic.get("classRef") if isinstance(logic, dict) else None
        if isinstance(class_ref, str) and name in {each.get("id"), class_ref.rpartition(".")[2]}:
            return class_ref
    return None


def _json(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _metamodel_text(before: bytes, metamodel: Mapping[str, Any]) -> bytes:
    given = _json(before)
    kept = {
        key: next((given[name] for name in (key, key[:1].lower() + key[1:]) if name in given), None)
        for key in _APP_KEYS
    }
    made = {**kept, **{key: value for key, value in metamodel.items() if key not in _APP_KEYS}}
    if given and _sides(given) == _sides(made):
        return before
    return _in_manner_of(before, json.dumps(made, ensure_ascii=False, indent=2))


def _sides(metamodel: Mapping[str, Any]) -> Any:
    return json.dumps(metamodel, sort_keys=True)


def _in_manner_of(before: bytes, text: str) -> bytes:
    data = text.rstrip("\n").encode()
    data += b"\n" if before.endswith(b"\n") else b""
    data = data.replace(b"\n", b"\r\n") if b"\r\n" in before else data
    return _BOM + data if before.startswith(_BOM) else data
