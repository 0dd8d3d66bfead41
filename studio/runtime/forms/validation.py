"""What is wrong with a form: required answers, the data model's rules, the components' and the app's own.

Checks what is shown. Data of hidden components is nobody's to correct.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from studio.definition import form_paths as paths
from studio.definition.data_model import validate
from studio.definition.rules import validations_of
from studio.definition.rules.broken_rules import broken_rules
from studio.definition.sentences import N_, Sentence
from studio.runtime.forms.building import Builder
from studio.runtime.forms.entries import SUBFORM, subform_of
from studio.runtime.forms.kinds import kind_of
from studio.runtime.forms.markup import plain
from studio.runtime.forms.masks import MASKS, sources_of
from studio.runtime.forms.state import FormState, entry_state
from studio.runtime.forms.view import ComponentView, InEntry, Issue, PageView
from studio.runtime.forms.wording import gettext
from studio.web import translate

# What the data model's limits are called in words. {0} is the limit.
_WORDS: Final[Mapping[str, str]] = {
    "min": N_("The number must be at least {0}."),
    "max": N_("The number must be at most {0}."),
    "minLength": N_("Write at least {0} characters."),
    "maxLength": N_("Write at most {0} characters."),
    "pattern": N_("The answer is not in the right form."),
    "enum": N_("Choose one of the allowed values."),
    "multipleOf": N_("The number must be a multiple of {0}."),
    "formatMinimum": N_("The earliest allowed value is {0}."),
    "formatMaximum": N_("The latest allowed value is {0}."),
    "minItems": N_("Add at least {0}."),
    "maxItems": N_("There can be at most {0}."),
}
_OTHERWISE: Final = N_("The answer is not allowed.")


@dataclass(frozen=True, slots=True)
class Shown:
    """The components of some pages that hold an answer, and the page of each."""

    views: tuple[tuple[str, ComponentView], ...]
    pages: frozenset[str] = frozenset()

    @classmethod
    def on(cls, state: FormState, names: Iterable[str]) -> "Shown":
        """What is shown on the pages `names`."""
        builder = Builder(state, summarise=False)
        return cls.of(state, [builder.page(name) for name in names])

    @classmethod
    def of(cls, state: FormState, pages: Sequence[PageView]) -> "Shown":
        """What is shown on pages that are made already."""
        return cls(
            tuple(
                (page.name, view)
                for page in pages
                for view in page.walk(state.old_hidden)
                if view.fields and not view.as_summary
            ),
            frozenset(page.name for page in pages),
        )

    def page_of(self, state: FormState, issue: Issue) -> str | None:
        """The page on which an issue is corrected."""
        name = state.name(issue.data_type or state.default_type, issue.field)
        found = self.at(name)
        return found[0] if found else None

    def at(self, name: str) -> tuple[str, ComponentView, str] | None:
        """The page, component and binding of a field."""
        return next(
            (
                (page, view, slot)
                for page, view in self.views
                for slot, field in view.fields.items()
                if field == name
            ),
            None,
        )


def find_issues(state: FormState, shown: Shown, attempted: bool = True) -> tuple[Issue, ...]:
    """Everything that is wrong with what is shown, in the order of the pages, in the reader's language.

    Before anybody has `attempted` to go on only what a component tells meanwhile: what it says itself
    (`showValidations`), else everything but missing answers; and the rules that are shown immediately.
    Entries of subforms, which may be many, tell that on their own pages.
    """
    found: dict[tuple[object, ...], Issue] = {}
    data = _shown_data(state, shown)
    schema, rules = _by_field(_schema_issues(state, data)), _by_field(_rule_issues(state, data))
    custom = _hook_issues(state)
    of_hooks = _by_field(custom)
    for _, view in shown.views:
        kind = kind_of(view.type)
        places = [state.place(name) for name in view.fields.values()]
        told = sources_of(view.raw.get("showValidations"), "AllExceptRequired")
        issues = [
            *kind.missing(state, view),
            *(issue for place in places for issue in schema.get(place, ())),
            *kind.issues(state, view),
            *(_entry_issues(state, view) if attempted else ()),
            *(issue for place in places for issue in rules.get(place, ())),
            *(issue for place in places for issue in of_hooks.get(place, ())),
        ]
        for issue in issues:
            if attempted or issue.at_once or issue.source in told or issue.source not in MASKS["All"]:
                found.setdefault((issue.data_type, issue.field, issue.message, issue.entry), issue)
    whole = attempted and shown.pages.issuperset(page.name for page in state.pages())
    return (*found.values(), *(_of_the_whole(state, custom) if whole else ()))


def _hook_issues(state: FormState) -> tuple[Issue, ...]:
    """What the app's code says, in words."""
    return tuple(
        replace(issue, message=state.text(issue.message) or gettext(_OTHERWISE))
        for issue in state.hooks.issues(state.asking)
    )


def _of_the_whole(state: FormState, custom: Iterable[Issue]) -> Iterator[Issue]:
    """Issues of hooks that no component of the form stands for: they are told when the form is left."""
    bound = {
        (binding.data_type or state.default_type, binding.field)
        for _, component in state.layout_set.components()
        for binding in component.bindings.values()
    }
    for issue in custom:
        if (issue.data_type, paths.without_indexes(issue.field)) not in bound:
            yield replace(issue, field="")


def _shown_data(state: FormState, shown: Shown) -> dict[str, Mapping[str, Any]]:
    """The data that something shown is bound to, by its type."""
    types = {state.place(name)[0] for _, view in shown.views for name in view.fields.values()}
    return {data_type: data for data_type, data in state.data.items() if data_type in types}


def _entry_issues(state: FormState, view: ComponentView) -> Iterator[Issue]:
    """What is wrong in the entries of a subform, as issues of the subform."""
    layout_set = subform_of(state.app, view.raw) if view.type == SUBFORM else None
    if layout_set is None:
        return
    names = {row.id: row.name for row in view.settings["entries"]}
    for entry in state.entries.get(layout_set.data_type or "", ()):
        inner = entry_state(state, layout_set, entry)
        shown = Shown.on(inner, [page.name for page in inner.pages()])
        for issue in find_issues(inner, shown):
            yield _of_subform(view, names[entry.id], inner, shown, issue, entry.id)


def _of_subform(
    view: ComponentView, name: str, inner: FormState, shown: Shown, issue: Issue, element: str
) -> Issue:
    wanted = inner.name(issue.data_type or inner.default_type, issue.field)
    found = shown.at(wanted)
    page, label, at = "", "", ""
    if found is not None:
        page, field_view, slot = found
        label = plain(field_view.text(f"{slot}Title") or field_view.text("title"))
        at = field_view.slot_id(slot)
    message = ": ".join(part for part in (name, label, issue.message) if part)
    return replace(issue, field=view.field, message=message, data_type="", entry=InEntry(element, page, at))


def problem_issues(state: FormState, problems: Mapping[str, Sentence]) -> tuple[Issue, ...]:
    """Issues for texts that are no value of their field."""
    return tuple(
        Issue(
            state.place(name)[1],
            translate(sentence),
            "error",
            "Component",
            "type",
            state.place(name)[0],
        )
        for name, sentence in problems.items()
    )


def _by_field(issues: Iterable[Issue]) -> dict[tuple[str, str], list[Issue]]:
    found: dict[tuple[str, str], list[Issue]] = {}
    for issue in issues:
        found.setdefault((issue.data_type, issue.field), []).append(issue)
    return found


def _schema_issues(state: FormState, shown: Mapping[str, Mapping[str, Any]]) -> Iterator[Issue]:
    for data_type, data in shown.items():
        model = state.app.model(data_type)
        for issue in validate(model, data) if model else ():
            if issue.custom:
                message = state.text(issue.custom).replace("{0}", issue.limit or "")
            else:
                words = _WORDS.get(issue.key.rpartition(".")[2], _OTHERWISE)
                message = gettext(words).replace("{0}", issue.limit or "")
            yield Issue(issue.path, message, "error", "Schema", issue.keyword, data_type)


def _rule_issues(state: FormState, shown: Mapping[str, Mapping[str, Any]]) -> Iterator[Issue]:
    for data_type, data in shown.items():
        for broken in broken_rules(state.form, data_type, data, validations_of(state.app, data_type)):
            message = broken.text or gettext(_OTHERWISE)
            rule = broken.rule
            yield Issue(
                broken.place,
                message,
                rule.severity,
                "Expression",
                broken.key,
                data_type,
                rule.show_immediately,
            )
