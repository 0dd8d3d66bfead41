"""What changed in what an app says and keeps: texts, options, metadata, process."""

from collections.abc import Iterator

from studio.definition.app import AppDefinition
from studio.definition.json_text import same
from studio.definition.naming import one_line
from studio.definition.options import Option
from studio.definition.sentences import N_, Sentence
from studio.definition.texts import TextResource

Told = Iterator[tuple[str, Sentence]]


def content_sentences(old: AppDefinition, new: AppDefinition, changed: frozenset[str]) -> Told:
    """Each sentence with the path it is about."""
    for language in dict.fromkeys((*new.languages, *old.languages)):
        if new.paths.texts(language) in changed:
            yield from _texts(old, new, language)
    for option_id in dict.fromkeys((*new.option_ids, *old.option_ids)):
        if new.paths.options(option_id) in changed:
            yield from _options(old, new, option_id)
    if new.paths.metadata in changed:
        yield from _metadata(old, new)
    if new.paths.process in changed:
        yield from _process(old, new)


def _texts(old: AppDefinition, new: AppDefinition, language: str) -> Told:
    path = new.paths.texts(language)
    before, after = old.texts(language), new.texts(language)
    if language not in old.languages:
        yield path, Sentence(N_("The language %(language)s was added"), {"language": language})
        return
    if language not in new.languages:
        yield path, Sentence(N_("The language %(language)s was removed"), {"language": language})
        return
    for resource in after:
        previous = before.get(resource.id)
        if previous is None:
            yield path, _text(resource, language, N_("The text *%(text)s* was added (%(language)s)"))
        elif previous.value != resource.value:
            values: dict[str, str | int | Sentence] = {
                "before": one_line(previous.value),
                "after": one_line(resource.value),
                "language": language,
            }
            yield path, Sentence(N_("The text *%(before)s* now reads *%(after)s* (%(language)s)"), values)
        elif previous.variables != resource.variables:
            yield (
                path,
                _text(
                    resource, language, N_("The variables of the text *%(text)s* were changed (%(language)s)")
                ),
            )
    for resource in before:
        if resource.id not in after:
            yield path, _text(resource, language, N_("The text *%(text)s* was removed (%(language)s)"))


def _text(resource: TextResource, language: str, message: str) -> Sentence:
    return Sentence(message, {"text": one_line(resource.value) or resource.id, "language": language})


def _options(old: AppDefinition, new: AppDefinition, option_id: str) -> Told:
    path = new.paths.options(option_id)
    before, after = old.options(option_id), new.options(option_id)
    if option_id not in old.option_ids:
        yield path, Sentence(N_("The option list %(id)s was added"), {"id": option_id})
    elif option_id not in new.option_ids:
        yield path, Sentence(N_("The option list %(id)s was removed"), {"id": option_id})
    elif before is None or after is None:
        yield path, Sentence(N_("The option list %(id)s was changed"), {"id": option_id})
    else:
        yield from ((path, sentence) for sentence in _choices(before, after, option_id))


def _choices(before: tuple[Option, ...], after: tuple[Option, ...], option_id: str) -> Iterator[Sentence]:
    old, new = {option.key: option for option in before}, {option.key: option for option in after}
    for key, option in new.items():
        values = {"value": option.label or key, "id": option_id}
        if key not in old:
            yield Sentence(N_("The option *%(value)s* was added to the list %(id)s"), values)
        elif old[key] != option:
            yield Sentence(N_("The option *%(value)s* in the list %(id)s was changed"), values)
    for key, option in old.items():
        if key not in new:
            values = {"value": option.label or key, "id": option_id}
            yield Sentence(N_("The option *%(value)s* was removed from the list %(id)s"), values)
    if old.keys() == new.keys() and list(old) != list(new):
        yield Sentence(N_("The options in the list %(id)s were put in another order"), {"id": option_id})


def _metadata(old: AppDefinition, new: AppDefinition) -> Told:
    path = new.paths.metadata
    for language, title in new.metadata.title.items():
        if old.metadata.title.get(language) != title:
            values = {"title": one_line(title), "language": language}
            yield path, Sentence(N_("The app is now named *%(title)s* (%(language)s)"), values)
    before = {kind.id: kind for kind in old.metadata.data_types}
    after = {kind.id: kind for kind in new.metadata.data_types}
    for name, kind in after.items():
        if name not in before:
            yield path, Sentence(N_("The data type %(name)s was added"), {"name": name})
        elif not same(before[name].raw, kind.raw):
            yield path, Sentence(N_("The data type %(name)s was changed"), {"name": name})
    for name in before:
        if name not in after:
            yield path, Sentence(N_("The data type %(name)s was removed"), {"name": name})
    for key in dict.fromkeys((*new.metadata.raw, *old.metadata.raw)):
        told = key in ("title", "dataTypes")
        if not told and not same(old.metadata.raw.get(key), new.metadata.raw.get(key)):
            yield path, Sentence(N_("The app's setting %(name)s was changed"), {"name": key})


def _process(old: AppDefinition, new: AppDefinition) -> Told:
    path = new.paths.process
    before = {task.id: task for task in old.process.tasks} if old.process else {}
    after = {task.id: task for task in new.process.tasks} if new.process else {}
    for name, task in after.items():
        values = {"name": task.name or name}
        if name not in before:
            yield path, Sentence(N_("The step *%(name)s* was added to the process"), values)
        elif (before[name].name, before[name].type, before[name].actions) != (
            task.name,
            task.type,
            task.actions,
        ):
            yield path, Sentence(N_("The step *%(name)s* of the process was changed"), values)
    for name, task in before.items():
        if name not in after:
            yield (
                path,
                Sentence(N_("The step *%(name)s* was removed from the process"), {"name": task.name or name}),
            )
