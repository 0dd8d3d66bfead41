"""What the forms of this screen say, read out of a request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from studio.definition.sentences import Sentence
from studio.definition.templates import TEMPLATES
from studio.features.dashboard.naming import problem_with, proposed_name

LANGUAGES = ("nb", "nn", "en")
LONGEST_TITLE = 200

IsTaken = Callable[[str, str], bool]  # organisation, name


@dataclass(frozen=True, slots=True)
class NameField:
    """The technical name: what is in the field, what was proposed last, and what is wrong with it."""

    org: str
    value: str = ""
    proposed: str = ""
    problem: Sentence | None = None
    is_checked: bool = False

    @classmethod
    def of(cls, form: Mapping[str, str], is_taken: IsTaken) -> "NameField":
        """A name that the person did not touch follows the title; one of their own is looked at as it is."""
        org = form.get("org", "")
        value, proposed = form.get("name", "").strip(), form.get("proposed", "")
        if value in ("", proposed):
            value = proposed = proposed_name(form.get("title_nb", ""), lambda name: is_taken(org, name))
        problem = problem_with(value, lambda name: is_taken(org, name)) if value else None
        return cls(org, value, proposed, problem, is_checked=bool(value))


@dataclass(frozen=True, slots=True)
class NewApp:
    """The form of a new app."""

    name: NameField
    titles: Mapping[str, str] = field(default_factory=dict)
    template: str = ""

    @property
    def org(self) -> str:
        return self.name.org

    @classmethod
    def of(cls, form: Mapping[str, str], is_taken: IsTaken) -> "NewApp":
        """Read the form; everything may be missing."""
        titles = {code: form.get(f"title_{code}", "").strip()[:LONGEST_TITLE] for code in LANGUAGES}
        return cls(NameField.of(form, is_taken), titles, form.get("template", next(iter(TEMPLATES))))
