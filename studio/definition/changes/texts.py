"""Changes of the texts of an app as a whole: keys, languages, translations, variables."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, get_args

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.content import set_text, set_texts
from studio.definition.changes.data_models.conditions import set_in_condition
from studio.definition.changes.taken_records import follow_in_blocks
from studio.definition.changes.translation_records import forget, set_records, translated
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError, NotThere
from studio.definition.naming import one_line
from studio.definition.sentences import N_, Sentence
from studio.definition.text_references import TextPlace, uses_of_text
from studio.definition.texts import TextResource, member, spelled
from studio.definition.translation.status import Status, records, source_language

_KEY: Final = re.compile(r"\S{1,200}")
_SOURCE: Final = re.compile(
    r"dataModel\.[\w-]+|instanceContext|applicationSettings|customTextParameters|text"
)


@register
@dataclass(frozen=True)
class SetTranslations(Change):
    """Texts in one language and how far each has come: what a translator hands back.

    `texts`: key -> {"value": text, "status": see translation.status}; either may be left out.
    """

    kind: ClassVar[str] = "set_translations"
    language: str
    texts: Mapping[str, Any]

    def edit(self, copy: WorkingCopy) -> None:
        if not all(isinstance(given, Mapping) for given in self.texts.values()):
            raise DomainError(Sentence(N_("The change %(kind)s is not complete."), {"kind": self.kind}))
        values = {key: given.get("value") for key, given in self.texts.items()}
        statuses = {key: given.get("status") for key, given in self.texts.items()}
        set_texts(
            copy, self.language, {key: value for key, value in values.items() if isinstance(value, str)}
        )
        said = {key: _status(status) for key, status in statuses.items() if status is not None}
        translated(copy, self.language, said)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        values: dict[str, str | int | Sentence] = {"count": len(self.texts), "language": self.language}
        if len(self.texts) == 1:
            values["key"] = next(iter(self.texts))
            return Sentence(N_("The translation of %(key)s was changed (%(language)s)"), values)
        return Sentence(N_("The translations of %(count)s texts were changed (%(language)s)"), values)


def _status(given: Any) -> Status:
    if given not in get_args(Status):
        raise DomainError(Sentence(N_("There is no status %(status)s."), {"status": str(given)}))
    found: Status = given
    return found


@register
@dataclass(frozen=True)
class RenameText(Change):
    """A text gets another key, in every language and wherever it is used."""

    kind: ClassVar[str] = "rename_text"
    key: str
    to: str

    def edit(self, copy: WorkingCopy) -> None:
        holding = [language for language in copy.app.languages if self.key in copy.app.texts(language)]
        if not holding:
            raise NotThere(Sentence(N_("There is no text %(key)s any more."), {"key": self.key}))
        self._refuse(copy)
        for place in uses_of_text(copy.app, self.key):
            _write_key(copy, place, self.to)
        for language in holding:
            path = copy.app.paths.texts(language)
            for resource in reversed(copy.app.texts(language).resources):
                if resource.id == self.key:
                    raw = _raw(copy.app, language, resource)
                    copy.set(path, f"{resource.pointer}/{spelled(raw, 'id')}", self.to)
            known = records(copy.app, language).get(self.key)
            if known is not None:
                set_records(copy, language, {self.key: None, self.to: known})
        follow_in_blocks(copy, "texts", self.key, self.to)

    def _refuse(self, copy: WorkingCopy) -> None:
        if not _KEY.fullmatch(self.to):
            raise DomainError(Sentence(N_("A key is one word, without blanks.")))
        if any(self.to in copy.app.texts(language) for language in copy.app.languages):
            raise DomainError(Sentence(N_("There is already a text %(key)s."), {"key": self.to}))
        fixed = next((place for place in uses_of_text(copy.app, self.key) if place.is_fixed), None)
        if fixed is not None:
            problem = N_("%(key)s has to keep its key: it is the %(what)s.")
            raise DomainError(Sentence(problem, {"key": self.key, "what": fixed.what}))

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(N_("The text %(key)s is now called %(to)s"), {"key": self.key, "to": self.to})


def _write_key(copy: WorkingCopy, place: TextPlace, key: str) -> None:
    if place.flow is not None:
        set_in_condition(copy, place.flow, place.pointer, key)
    else:
        copy.set(place.file, place.pointer, key)


@register
@dataclass(frozen=True)
class RemoveTexts(Change):
    """Texts go away in every language."""

    kind: ClassVar[str] = "remove_texts"
    keys: tuple[str, ...]

    def edit(self, copy: WorkingCopy) -> None:
        gone = set(self.keys)
        forget(copy, gone)
        for language in copy.app.languages:
            resources = copy.app.texts(language).resources
            places = {int(each.pointer.rpartition("/")[2]) for each in resources if each.id in gone}
            if places:
                copy.delete_elements(copy.app.paths.texts(language), "/resources", places)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        if len(self.keys) == 1:
            return Sentence(N_("The text %(key)s was removed"), {"key": self.keys[0]})
        return Sentence(N_("%(count)s texts were removed"), {"count": len(self.keys)})


@register
@dataclass(frozen=True)
class AddLanguage(Change):
    """The app gets a language. With `source` its texts begin as those of that language, to be translated."""

    kind: ClassVar[str] = "add_language"
    language: str
    source: str | None = None

    def edit(self, copy: WorkingCopy) -> None:
        if self.language in copy.app.languages:
            problem = N_("The app already has texts in %(language)s.")
            raise DomainError(Sentence(problem, {"language": self.language}))
        texts = copy.app.texts(self.source) if self.source else ()
        path = copy.app.paths.texts(self.language)
        # The first text makes the file, and refuses what is no language.
        set_text(copy, self.language, "appName", copy.app.title(self.source or source_language(copy.app)))
        others = [resource for resource in texts if resource.id != "appName"]
        raw = [_raw(copy.app, self.source or "", resource) for resource in others]
        copy.insert_all(path, "/resources", 1, raw)
        translated(copy, self.language, {resource.id: "needs-work" for resource in texts})

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(N_("Texts in %(language)s were added"), {"language": self.language})


@register
@dataclass(frozen=True)
class RemoveLanguage(Change):
    """The texts of a language go away, with what is recorded about them."""

    kind: ClassVar[str] = "remove_language"
    language: str

    def edit(self, copy: WorkingCopy) -> None:
        if self.language not in copy.app.languages:
            problem = N_("The app has no texts in %(language)s.")
            raise NotThere(Sentence(problem, {"language": self.language}))
        if len(copy.app.languages) == 1:
            raise DomainError(Sentence(N_("An app needs texts in one language at least.")))
        copy.write(copy.app.paths.texts(self.language), None)
        if copy.exists(copy.app.paths.translation(self.language)):
            copy.write(copy.app.paths.translation(self.language), None)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(N_("The texts in %(language)s were removed"), {"language": self.language})


@register
@dataclass(frozen=True)
class SetTextVariables(Change):
    """What stands for {0}, {1}, ... in a text, the same in every language that has it.

    `variables`: {"key", "dataSource", "defaultValue"?} in the order of their numbers.
    """

    kind: ClassVar[str] = "set_text_variables"
    key: str
    variables: tuple[Mapping[str, Any], ...]

    def edit(self, copy: WorkingCopy) -> None:
        listed = [_variable(given) for given in self.variables]
        holding = [language for language in copy.app.languages if self.key in copy.app.texts(language)]
        if not holding:
            raise NotThere(Sentence(N_("There is no text %(key)s any more."), {"key": self.key}))
        for language in holding:
            resource = copy.app.texts(language).get(self.key)
            if resource is not None:
                raw = _raw(copy.app, language, resource)
                name, path = spelled(raw, "variables"), copy.app.paths.texts(language)
                if listed:
                    copy.set(path, f"{resource.pointer}/{name}", listed)
                elif name in raw:
                    copy.delete(path, f"{resource.pointer}/{name}")

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(N_("The variables of the text %(key)s were changed"), {"key": self.key})


def _variable(given: Mapping[str, Any]) -> dict[str, Any]:
    key, source, default = given.get("key"), given.get("dataSource"), given.get("defaultValue")
    if not isinstance(key, str) or not key.strip():
        raise DomainError(Sentence(N_("A variable needs something to read.")))
    if not isinstance(source, str) or not _SOURCE.fullmatch(source):
        raise DomainError(Sentence(N_("%(source)s is no source of values."), {"source": str(source)}))
    made = {"key": key, "dataSource": source}
    return {**made, "defaultValue": default} if isinstance(default, str) else made


@register
@dataclass(frozen=True)
class ReplaceInTexts(Change):
    """Some words are replaced by others, in the texts of one language or of all."""

    kind: ClassVar[str] = "replace_in_texts"
    find: str
    replace: str
    language: str | None = None
    match_case: bool = True
    keys: tuple[str, ...] = ()

    def edit(self, copy: WorkingCopy) -> None:
        if not self.find:
            raise DomainError(Sentence(N_("Say what to look for.")))
        altered: dict[str, dict[str, str]] = {}
        for language, key, _, after in self.replacements(copy.app):
            altered.setdefault(language, {})[key] = after
        for language, values in altered.items():
            set_texts(copy, language, values)

    def replacements(self, app: AppDefinition) -> Iterator[tuple[str, str, str, str]]:
        """(language, key, before, after) of every text that would be another one."""
        replaced = self._replaced()
        for language in (self.language,) if self.language else app.languages:
            for resource in app.texts(language):
                if not self.keys or resource.id in self.keys:
                    after = replaced(resource.value)
                    if after != resource.value:
                        yield language, resource.id, resource.value, after

    def _replaced(self) -> Callable[[str], str]:
        sought = re.compile(re.escape(self.find), 0 if self.match_case else re.IGNORECASE)
        return lambda text: sought.sub(lambda _: self.replace, text) if self.find else text

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        values = {"find": one_line(self.find), "replace": one_line(self.replace)}
        return Sentence(N_("*%(find)s* was replaced by *%(replace)s* in texts"), values)


def _raw(app: AppDefinition, language: str, resource: TextResource) -> Any:
    listed = member(app.json(app.paths.texts(language)), "resources")
    return listed[int(resource.pointer.rpartition("/")[2])]
