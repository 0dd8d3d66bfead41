"""The checks of a pull request: what each is called, what it looks at, and how it is done.

A check is a function from two states of an app to an outcome; it knows nothing of rows, people or time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from studio.definition.sentences import N_, Sentence
from studio.reviews import accessibility, page_pictures, quick_checks
from studio.reviews.outcomes import Material, Outcome

# What a check looks at. merge: what the target would be, beside what it is. branch: what the source is,
# beside where it left the target; so that it need not be done anew whenever others change the target.
LooksAt = Literal["merge", "branch"]

# By the names that branch rules and the database know them by.
APP_CHECK: Final = "app_check"
RULE_EXAMPLES: Final = "rule_examples"
TRANSLATIONS: Final = "translations"
ACCESSIBILITY: Final = "accessibility"
PICTURES: Final = "page_pictures"


@dataclass(frozen=True, slots=True)
class Check:
    """A check that can be required: its name, what people call it, and how it is done."""

    name: str
    label: Sentence
    about: Sentence
    looks_at: LooksAt
    in_browser: bool
    run: Callable[[Material], Outcome]


CHECKS: Final[Mapping[str, Check]] = {
    each.name: each
    for each in (
        Check(
            APP_CHECK,
            Sentence(N_("App check")),
            Sentence(N_("Whether the app could be deployed once this is merged.")),
            "merge",
            in_browser=False,
            run=quick_checks.app_check,
        ),
        Check(
            RULE_EXAMPLES,
            Sentence(N_("Examples of rules")),
            Sentence(N_("Whether what the examples of the rules expect still comes out.")),
            "merge",
            in_browser=False,
            run=quick_checks.rule_examples,
        ),
        Check(
            TRANSLATIONS,
            Sentence(N_("Translations")),
            Sentence(N_("Whether every text is there in every language of the app.")),
            "merge",
            in_browser=False,
            run=quick_checks.translations,
        ),
        Check(
            ACCESSIBILITY,
            Sentence(N_("Accessibility")),
            Sentence(N_("Every page of the form in every language, held against WCAG 2.2 in a browser.")),
            "branch",
            in_browser=True,
            run=accessibility.accessibility,
        ),
        Check(
            PICTURES,
            Sentence(N_("Pictures of the pages")),
            Sentence(N_("The pages that changed, pictured before and after, on a desktop and on a phone.")),
            "branch",
            in_browser=True,
            run=page_pictures.page_pictures,
        ),
    )
}
