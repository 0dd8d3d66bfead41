"""What changed in the examples of rules."""

from collections.abc import Iterator, Mapping
from typing import Any

from studio.definition.app import AppDefinition
from studio.definition.json_text import same
from studio.definition.sentences import N_, Sentence


def example_sentences(
    old: AppDefinition, new: AppDefinition, changed: frozenset[str]
) -> Iterator[tuple[str, Sentence]]:
    """Each sentence with the path of the file it is about."""
    folder = new.paths.examples_folder + "/"
    for path in sorted(changed):
        if path.startswith(folder) and path.endswith(".json"):
            before, after = _by_id(old.json(path)), _by_id(new.json(path))
            yield from ((path, sentence) for sentence in _told(before, after))


def _by_id(content: Any) -> dict[str, Mapping[str, Any]]:
    listed = content.get("examples") if isinstance(content, Mapping) else None
    examples = listed if isinstance(listed, list) else []
    return {str(each.get("id")): each for each in examples if isinstance(each, Mapping)}


def _told(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Sentence]:
    for key in dict.fromkeys((*after, *before)):
        if key not in before:
            yield Sentence(N_("Example *%(name)s* was added"), {"name": _name(after[key])})
        elif key not in after:
            yield Sentence(N_("Example *%(name)s* was removed"), {"name": _name(before[key])})
        elif not same(before[key], after[key]):
            yield Sentence(N_("Example *%(name)s* was changed"), {"name": _name(after[key])})


def _name(example: Mapping[str, Any]) -> str:
    return str(example.get("name") or example.get("id") or "")
