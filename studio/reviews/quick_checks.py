"""The checks that only read: the app check, the examples of rules, and whether everything is translated."""

from typing import Final

from studio.definition.app import AppDefinition, app_definition
from studio.definition.checks import check
from studio.definition.findings import Finding, Place
from studio.definition.rules.examples import run_examples
from studio.definition.sentences import N_, Sentence
from studio.definition.translation.table import Row, rows
from studio.reviews.outcomes import Material, Outcome, judged

MOST_FINDINGS: Final = 100
_FAILED_EXAMPLE: Final = "failed-example"


def app_check(material: Material) -> Outcome:
    """Whether the app could be deployed. Examples that do not hold have a check of their own."""
    found = {each.key: each for each in check(app_definition(material.after)) if _is_error(each)}
    errors = tuple(found.values())
    if not errors:
        return judged(Sentence(N_("The app can be deployed.")), ())
    summary = Sentence(N_("Errors that stand in the way of deploying: %(count)s."), {"count": len(errors)})
    return judged(summary, errors[:MOST_FINDINGS])


def _is_error(found: Finding) -> bool:
    return found.severity == "error" and found.code != _FAILED_EXAMPLE


def rule_examples(material: Material) -> Outcome:
    """Whether every example of a rule holds."""
    app = app_definition(material.after)
    ran = run_examples(app)
    if not ran:
        return judged(Sentence(N_("The app has no examples of its rules.")), ())
    wrong = tuple(each for each in check(app) if each.code == _FAILED_EXAMPLE)
    if not wrong:
        return judged(Sentence(N_("Every example holds (%(count)s)."), {"count": len(ran)}), ())
    values = {"count": len(wrong), "all": len(ran)}
    return judged(Sentence(N_("%(count)s of %(all)s examples do not hold."), values), wrong[:MOST_FINDINGS])


def translations(material: Material) -> Outcome:
    """Whether every text is there in every language; those that the change leaves out come first."""
    app = app_definition(material.after)
    missing = _missing(app)
    if not missing:
        words = N_("Every text is there in every language of the app (%(languages)s).")
        return judged(Sentence(words, {"languages": ", ".join(app.languages) or "–"}), ())
    old = _missing(app_definition(material.before))
    new = {each: row for each, row in missing.items() if each not in old}
    before = {each: row for each, row in missing.items() if each in old}
    findings = (
        *(_lacks(app, key, language, row, is_new=True) for (key, language), row in new.items()),
        *(_lacks(app, key, language, row, is_new=False) for (key, language), row in before.items()),
    )
    values = {"count": len(missing), "new": len(new)}
    words = N_("Texts that are missing in a language: %(count)s. Of these by this change: %(new)s.")
    return judged(Sentence(words, values), findings[:MOST_FINDINGS])


def _missing(app: AppDefinition) -> dict[tuple[str, str], Row]:
    """The texts in use that a language lacks, by key and language."""
    return {
        (row.key, language): row
        for row in rows(app)
        if row.is_used
        for language in row.languages
        if "missing" in row.flags.get(language, ())
    }


def _lacks(app: AppDefinition, key: str, language: str, row: Row, *, is_new: bool) -> Finding:
    there = next((code for code in row.languages if row.text(code)), "")
    words = N_("The text *%(key)s* is missing in %(language)s. In %(other)s it is “%(text)s”.")
    sentence = Sentence(
        words, {"key": key, "language": language, "other": there, "text": _short(row.text(there))}
    )
    remedy = Sentence(N_("It was missing before this change, too.")) if not is_new else None
    place = Place(app.paths.texts(language), pointer=f"/resources/{key}")
    return Finding("untranslated", "error", place, sentence, remedy)


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
