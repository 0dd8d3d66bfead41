"""Components of an app on their way to become a version of a block: under the names that the block has."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import replace

from studio.definition.blocks.laying import instantiated
from studio.definition.changes.inserting import rename_labels
from studio.definition.changes.naming_ids import FreshIds
from studio.definition.library.used_blocks import UsedBlock
from studio.definition.snippets import Snippet, keys_in


def beginning(used: UsedBlock, snippet: Snippet) -> UsedBlock:
    """A use whose components were kept as they are: all is called in the block what it is called here."""
    return replace(
        used,
        components={name: name for name in _ids(snippet)},
        texts={key: key for key in keys_in(snippet)},
        options={name: name for name in snippet.options},
    )


def given_back(used: UsedBlock, snippet: Snippet) -> tuple[Snippet, UsedBlock]:
    """What was taken from where a block stands, as a version of it; and the use with what is new in it.

    So those who have the block under other names are told what really is new.
    """
    own = beginning(used, snippet)
    known = replace(
        used,
        components=_grown(used.components, own.components),
        texts=_grown(used.texts, own.texts),
        options=_grown(used.options, own.options),
    )
    back = replace(
        known,
        components=_turned(known.components),
        texts=_turned(known.texts),
        options=_turned(known.options),
        fields={"from": known.fields["to"], "to": known.fields["from"]} if known.fields else {},
    )
    options = deepcopy(dict(snippet.options))
    for content in options.values():
        rename_labels(content, back.texts)
    made = Snippet(
        tuple(instantiated(raw, back, set()) for raw in snippet.components),
        {
            language: {back.texts[key]: value for key, value in values.items()}
            for language, values in snippet.texts.items()
        },
        {back.options[name]: content for name, content in options.items()},
        tuple({**one, "path": path} for one in snippet.fields if (path := back.field_here(str(one["path"])))),
    )
    return made, replace(
        known,
        components=_only(known.components, _ids(made)),
        texts=_only(known.texts, keys_in(made)),
        options=_only(known.options, made.options),
    )


def _ids(snippet: Snippet) -> list[str]:
    return [str(raw.get("id")) for raw in snippet.components]


def _grown(known: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """What the block calls things -> what the app calls them, with what the app has more."""
    free, here = FreshIds(known), set(known.values())
    return {**known, **{free.take(name): name for name in own if name not in here}}


def _turned(names: Mapping[str, str]) -> dict[str, str]:
    return {here: name for name, here in names.items()}


def _only(names: Mapping[str, str], kept: Iterable[str]) -> dict[str, str]:
    wanted = set(kept)
    return {name: here for name, here in names.items() if name in wanted}
