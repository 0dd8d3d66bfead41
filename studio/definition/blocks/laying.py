"""An app as it would be if it had changed nothing of a block: a version laid where the block stands.

The version that an app has, laid there, is what the app and a newer version both come from; so the semantic
merge can tell what the app changed itself from what is new in the block (`bringing`).
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from studio.definition.app import AppDefinition
from studio.definition.changes.content import set_text, set_texts
from studio.definition.changes.copying import with_ids
from studio.definition.changes.data_models import SetKeywords
from studio.definition.changes.data_models.model_change import ModelCopy
from studio.definition.changes.inserting import bind, make_fields, rename_labels, rename_texts
from studio.definition.changes.naming_ids import FreshIds
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import EditedFiles, Files
from studio.definition.layouts import LayoutSet, claims
from studio.definition.library.used_blocks import UsedBlock
from studio.definition.merge.writing import parse, rewritten
from studio.definition.sentences import N_, Sentence
from studio.definition.snippets import KEYWORDS, Snippet, keys_in

Raw = dict[str, Any]


@dataclass(frozen=True)
class Laid:
    """The files with a version laid there, and what everything of it is called in the app."""

    files: Files
    used: UsedBlock


def is_there(app: AppDefinition, used: UsedBlock) -> bool:
    """Whether the app still has a component of the block."""
    layout_set = app.layout_set(used.layout_set)
    return layout_set is not None and any(layout_set.find(name) for name in used.components.values())


def laid(app: AppDefinition, used: UsedBlock, snippet: Snippet, before: Snippet | None = None) -> Laid:
    """Lay a version where the block stands. `before` is the one that the app has, where `snippet` is newer.

    A newer version brings the fields that the data model lacks, and other rules where the app has
    the old ones. Raises NotThere where no component of the block is left, and DomainError.
    """
    if not is_there(app, used):
        raise NotThere(Sentence(N_("The app has no component of this block any more.")))
    copy = WorkingCopy(app)
    called = _called(app, used, snippet)
    _lay_texts(copy, called, snippet, is_newer=before is not None)
    _lay_options(copy, called, snippet)
    data_types = {one.id for one in app.metadata.data_types}
    parts = [instantiated(raw, called, data_types) for raw in snippet.components]
    _lay_components(copy, used, parts)
    if before is not None:
        _lay_fields(copy, called, before, snippet)
    return Laid(EditedFiles(app.files, copy.edits), called)


def instantiated(raw: Mapping[str, Any], used: UsedBlock, data_types: set[str]) -> Raw:
    """A component of the block as it would stand in the app."""
    made = with_ids(raw, used.components)
    rename_texts(made, used.texts)
    if isinstance(name := made.get("optionsId"), str):
        made["optionsId"] = used.options.get(name, name)
    bind([made], used.field_here, data_types)
    return made


def _called(app: AppDefinition, used: UsedBlock, snippet: Snippet) -> UsedBlock:
    """The names of everything in a version; what is new in it gets names that are free."""
    layout_set = app.layout_set(used.layout_set)
    ids = FreshIds(one.id for _, one in (layout_set.components() if layout_set else ()))
    components = {
        name: used.components.get(name) or ids.take(name)
        for name in (str(raw.get("id")) for raw in snippet.components)
    }
    said = {key for language in app.languages for key in app.texts(language).keys()}  # noqa: SIM118 - no dict
    texts = _names(keys_in(snippet), used.texts, said)
    options = _names(snippet.options, used.options, set(app.option_ids))
    return replace(used, components=components, texts=texts, options=options)


def _names(wanted: Iterable[str], known: Mapping[str, str], taken: set[str]) -> dict[str, str]:
    free, found = FreshIds(taken | set(known.values())), {}
    for name in wanted:
        found[name] = known[name] if name in known else free.take(name)
    return found


def _lay_texts(copy: WorkingCopy, used: UsedBlock, snippet: Snippet, *, is_newer: bool) -> None:
    """A language that the app got since gets its texts with the newer version; a text that the app took away
    is in what it came from, and one that the app wrote is not."""
    app = copy.app
    known = {key for language in app.languages for key in app.texts(language).keys()}  # noqa: SIM118 - no dict
    for language in app.languages:
        there, said = app.texts(language), snippet.texts.get(language, {})
        values = {
            used.texts[key]: value
            for key, value in said.items()
            if is_newer or used.texts[key] in there or used.texts[key] not in known
        }
        for key in keys_in(snippet):
            if key not in said and used.texts[key] in there:
                set_text(copy, language, used.texts[key], None)
        if values:
            set_texts(copy, language, values)


def _lay_options(copy: WorkingCopy, used: UsedBlock, snippet: Snippet) -> None:
    for name, content in snippet.options.items():
        path, listed = copy.app.paths.options(used.options[name]), deepcopy(content)
        rename_labels(listed, used.texts)
        if not copy.exists(path):
            copy.write(path, b"[]\n")
        old = parse(copy.read(path))
        if old is not None:
            copy.write(path, rewritten(copy.read(path), old, listed))


def _lay_components(copy: WorkingCopy, used: UsedBlock, parts: list[Raw]) -> None:
    """All of the block in one stretch where its first component stands, in the order of the version."""
    layout_set = copy.layout_set(used.layout_set)
    own = {*used.components.values(), *(raw["id"] for raw in parts)}
    pages = {page.path: parse(copy.read(page.path)) for page in layout_set.pages}
    listed = {path: layout for path, page in pages.items() if (layout := _layout(page)) is not None}
    home, place = _anchor(listed, own)
    holder = _holder(layout_set, listed[home][place]["id"], own)
    inner = {claim.id for raw in parts for claim in claims(raw)}
    roots = [raw["id"] for raw in parts if raw["id"] not in inner]
    for path, layout in listed.items():
        old = deepcopy(pages[path])
        for raw in layout:
            if raw.get("id") not in own and isinstance(raw.get("children"), list):
                raw["children"] = _children(raw, own, roots if raw.get("id") == holder else [])
        kept = [raw for raw in layout if raw.get("id") not in own]
        if path == home:
            kept[place:place] = parts
        pages[path]["data"]["layout"] = kept
        copy.write(path, rewritten(copy.read(path), old, pages[path]))


def _layout(page: Any) -> list[Raw] | None:
    data = page.get("data") if isinstance(page, dict) else None
    layout = data.get("layout") if isinstance(data, dict) else None
    is_list = isinstance(layout, list) and all(isinstance(raw, dict) for raw in layout)
    return layout if is_list else None


def _anchor(listed: Mapping[str, list[Raw]], own: set[str]) -> tuple[str, int]:
    """The page of the first component, and how many others stand before it."""
    for path, layout in listed.items():
        for place, raw in enumerate(layout):
            if raw.get("id") in own:
                return path, place
    raise DomainError(Sentence(N_("The page that the block stands on cannot be read.")))


def _holder(layout_set: LayoutSet, first: str, own: set[str]) -> str | None:
    """What the block's first component lies in, which is not of the block."""
    found = layout_set.find(first)
    holder = found[1].parent_id if found else None
    return holder if holder is not None and holder not in own else None


def _children(raw: Raw, own: set[str], roots: list[str]) -> list[Any]:
    named = {f"/children/{number}": child for number, child in enumerate(raw["children"])}
    ours = {
        claim.pointer: claim.prefix for claim in claims(raw) if claim.id in own and claim.pointer in named
    }
    kept = [child for pointer, child in named.items() if pointer not in ours]
    if not roots or not ours:
        return kept if not roots else raw["children"]
    place = list(named).index(next(iter(ours)))
    prefix = next(iter(ours.values()))
    kept[place:place] = [prefix + name for name in roots]
    return kept


def _lay_fields(copy: WorkingCopy, used: UsedBlock, before: Snippet, after: Snippet) -> None:
    data_type = copy.layout_set(used.layout_set).data_type
    old = {str(one["path"]): one for one in before.fields}
    model = copy.app.model(data_type) if data_type else None
    wanted = [(one, path) for one in after.fields if (path := used.field_here(str(one["path"])))]
    fields = [
        ({**one, "path": path}, model is not None and model.field(path) is not None) for one, path in wanted
    ]
    if data_type is None or model is None:
        if any(not is_there for _, is_there in fields):
            raise DomainError(Sentence(N_("The form has no data model that a field could be added to.")))
        return
    for (one, path), (_, field_is_there) in zip(wanted, fields, strict=True):
        if field_is_there and str(one["path"]) in old:
            _lay_rules(copy, data_type, path, old[str(one["path"])], one)
    make_fields(copy, data_type, fields)


def _lay_rules(
    copy: WorkingCopy, data_type: str, path: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """The rules of a field that are others now, where the app has those of before."""
    model = copy.app.model(data_type)
    found = model.field(path) if model else None
    node = ModelCopy(copy, data_type).places.resolve(path.split("."))
    if found is None or not node:
        return
    changed = {
        keyword: after.get(keyword)
        for keyword in KEYWORDS
        if before.get(keyword) != after.get(keyword)
        and found.value_node.first(keyword) == before.get(keyword)
    }
    if changed:
        SetKeywords(data_type, node[-1].pointers[0], changed).edit(copy)
