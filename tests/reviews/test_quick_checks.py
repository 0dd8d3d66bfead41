"""The checks of pull requests that only read."""

from studio.definition.changes import SetProperty, SetText
from studio.reviews.check_models import RunState
from studio.reviews.quick_checks import app_check, rule_examples, translations
from tests.reviews.checked_apps import changed, contact, material


def test_an_error_of_the_app_fails_the_app_check_and_names_its_place() -> None:
    broken = SetProperty("Task_1", "enquiry", "message", "/dataModelBindings/simpleBinding", "no.such")
    outcome = app_check(material(contact(), changed(contact(), broken)))
    assert outcome.state == RunState.FAILED
    assert [each.place.component for each in outcome.findings] == ["message"]
    assert app_check(material(contact(), contact())).state == RunState.PASSED


def test_an_app_without_examples_passes_and_says_so() -> None:
    outcome = rule_examples(material(contact(), contact()))
    assert (outcome.state, str(outcome.summary)) == (
        RunState.PASSED,
        "The app has no examples of its rules.",
    )


def test_texts_that_the_change_leaves_out_are_named_before_those_that_were_missing() -> None:
    old = changed(contact(), SetText("nb", "old.one", "Gammel"))
    new = changed(
        old,
        SetText("nb", "new.one", "Ny"),
        SetProperty("Task_1", "enquiry", "message", "/textResourceBindings/description", "new.one"),
        SetProperty("Task_1", "about-you", "full-name", "/textResourceBindings/description", "old.one"),
    )
    uses_old = SetProperty("Task_1", "about-you", "full-name", "/textResourceBindings/description", "old.one")
    outcome = translations(material(changed(old, uses_old), new))
    assert outcome.state == RunState.FAILED
    assert outcome.summary.values == {"count": 4, "new": 2}
    said = [(each.sentence.values["key"], each.sentence.values["language"]) for each in outcome.findings]
    assert said == [("new.one", "nn"), ("new.one", "en"), ("old.one", "nn"), ("old.one", "en")]
    assert [each.remedy is None for each in outcome.findings] == [True, True, False, False]


def test_what_is_in_every_language_passes() -> None:
    assert translations(material(contact(), contact())).state == RunState.PASSED
