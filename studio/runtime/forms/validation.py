"""What is wrong with a form: required answers, the data model's rules, the components' and the app's own.

Checks what is shown. Data of hidden components is nobody's to correct.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext

from studio.definition.data_model import validate
from studio.definition.rules import validations_of
from studio.definition.sentences import N_, Sentence
from studio.runtime.forms.building import Builder
from studio.runtime.forms.kinds import kind_of
from studio.runtime.forms.masks import MASKS, sources_of
from studio.runtime.forms.own_rules import broken_rules
from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import ComponentView, Issue
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

    @classmethod
    def on(cls, state: FormState, names: Iterable[str]) -> "Shown":
        """What is shown on the pages `names`."""
        builder = Builder(state, summarise=False)
        pages = [builder.page(name) for name in names]
        return cls(
            tuple(
                (page.name, view)
                for page in pages
                for view in page.walk()
                if view.fields and not view.as_summary
            )
        )

    def page_of(self, state: FormState, issue: Issue) -> str | None:
        """The page on which an issue is corrected."""
        name = state.name(issue.data_type or state.default_type, issue.field)
        return next((page for page, view in self.views if name in view.fields.values()), None)


def find_issues(state: FormState, shown: Shown, attempted: bool = True) -> tuple[Issue, ...]:
    """Everything that is wrong with what is shown, in the order of the pages, in the reader's language.

    Before anybody has `attempted` to go on only what a component tells meanwhile: what it says itself
    (`showValidations`), else everything but missing answers; and the rules that are shown immediately.
    """
    found: dict[tuple[str, str, str], Issue] = {}
    schema, rules = _by_field(_schema_issues(state)), _by_field(_rule_issues(state))
    for _, view in shown.views:
        kind = kind_of(view.type)
        places = [state.place(name) for name in view.fields.values()]
        told = sources_of(view.raw.get("showValidations"), "AllExceptRequired")
        issues = [
            *kind.missing(state, view),
            *(issue for place in places for issue in schema.get(place, ())),
            *kind.issues(state, view),
            *(issue for place in places for issue in rules.get(place, ())),
        ]
        for issue in issues:
            if attempted or issue.at_once or issue.source in told or issue.source not in MASKS["All"]:
                found.setdefault((issue.data_type, issue.field, issue.message), issue)
    return tuple(found.values())


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


def _schema_issues(state: FormState) -> Iterator[Issue]:
    for data_type, data in state.data.items():
        model = state.app.model(data_type)
        for issue in validate(model, data) if model else ():
            if issue.custom:
                message = state.text(issue.custom).replace("{0}", issue.limit or "")
            else:
                words = _WORDS.get(issue.key.rpartition(".")[2], _OTHERWISE)
                message = gettext(words).replace("{0}", issue.limit or "")
            yield Issue(issue.path, message, "error", "Schema", issue.keyword, data_type)


def _rule_issues(state: FormState) -> Iterator[Issue]:
    for data_type, data in state.data.items():
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
