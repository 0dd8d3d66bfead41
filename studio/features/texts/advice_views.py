"""HTTP of plain language: advice on all texts of a language, and labels that are written in several ways."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.changes import SetText, composite
from studio.definition.errors import DomainError
from studio.definition.plain_language import Advice, Variation, advice_on, reading_of, variations
from studio.definition.sentences import N_, Sentence
from studio.definition.translation.glossary import Term, checked_term
from studio.features import author
from studio.features.texts import page
from studio.features.texts.blueprint import bp
from studio.features.texts.glossaries import glossary_of, write_glossary
from studio.features.texts.spelling import Misspelling, can_spell, misspellings
from studio.features.texts.views import here
from studio.features.texts.workplace import Workplace
from studio.web import render, translate

_MOST = 200


@dataclass(frozen=True, slots=True)
class Advised:
    """A text with the advice on it; `lix` where it is long enough."""

    key: str
    text: str
    lix: int | None
    advice: tuple[Advice, ...]
    spelling: tuple[Misspelling, ...]


@bp.get("/<org>/<app>/texts/advice")
@requires(Right.EDIT)
def advice(org: str, app: str) -> ResponseReturnValue:
    """Advice on the texts of one language."""
    work = here(org, app)
    wanted = request.args.get("language", "")
    language = wanted if wanted in work.app.languages else work.source
    found = _advised(work, language)
    return render(
        "texts/advice.html",
        **page.frame(work, "advice"),
        work=work,
        language=language,
        found=found[:_MOST],
        left_out=max(0, len(found) - _MOST),
        variations=_variations(work, language),
        can_spell=can_spell(language),
    )


@bp.post("/<org>/<app>/texts/one-spelling")
@requires(Right.EDIT)
def one_spelling(org: str, app: str) -> ResponseReturnValue:
    """A label that is written in several ways gets one of them everywhere."""
    work, form = here(org, app), request.form
    language, spelling = form.get("language", ""), form.get("spelling", "")
    for variation in _variations(work, language):
        if spelling in variation.spellings:
            changes = [
                SetText(language, key, spelling)
                for other, keys in variation.spellings.items()
                if other != spelling
                for key in keys
            ]
            work.draft.apply(composite(changes), work.revision, author(), now())
            break
    return redirect(url_for("texts.advice", org=org, app=app, language=language))


def _advised(work: Workplace, language: str) -> list[Advised]:
    avoided = glossary_of(work.org).avoided(language)
    texts = [(resource.id, resource.value) for resource in work.app.texts(language) if resource.value]
    wrong = misspellings([text for _, text in texts], language)
    found = [
        Advised(
            key, text, reading_of(text).lix, advice_on(text, language, avoided), tuple(wrong.get(text, ()))
        )
        for key, text in texts
    ]
    return [each for each in found if each.advice or each.spelling]


def _variations(work: Workplace, language: str) -> tuple[Variation, ...]:
    return variations((resource.id, resource.value) for resource in work.app.texts(language))


@bp.get("/<org>/<app>/texts/glossary")
@requires(Right.EDIT)
def glossary(org: str, app: str) -> ResponseReturnValue:
    """The organisation's terms."""
    return _glossary_page(here(org, app))


@bp.post("/<org>/<app>/texts/glossary")
@requires(Right.EDIT)
def edit_glossary(org: str, app: str) -> ResponseReturnValue:
    """A term comes, is altered or goes."""
    work, form = here(org, app), request.form
    terms = list(glossary_of(org).terms)
    try:
        place = _place(terms, form.get("was", ""))
        if form.get("do") == "remove":
            for gone in terms[place : place + 1]:
                write_glossary(org, (*terms[:place], *terms[place + 1 :]), f"Remove the term {_name(gone)}")
        else:
            made = _term(work)
            write_glossary(org, (*terms[:place], made, *terms[place + 1 :]), f"Set the term {_name(made)}")
    except DomainError as problem:
        return _glossary_page(work, translate(problem.sentence)), 422
    return redirect(url_for("texts.glossary", org=org, app=app))


def _place(terms: Sequence[Term], was: str) -> int:
    """Where the term stands that a form was made for; the end for a new one.

    Raises DomainError where somebody else has altered it since, or taken it away.
    """
    if not was:
        return len(terms)
    for place, term in enumerate(terms):
        if term.digest == was:
            return place
    raise DomainError(
        Sentence(N_("Somebody else has changed this term meanwhile. Look at it and try again."))
    )


def _term(work: Workplace) -> Term:
    form, languages = request.form, _languages(work)
    names = {language: form.get(f"name-{language}", "") for language in languages}
    avoid = {language: tuple(form.get(f"avoid-{language}", "").split(",")) for language in languages}
    if any(len(value) > 200 for value in names.values()):
        raise DomainError(Sentence(N_("The name of a term is too long.")))
    return checked_term(names, avoid, form.get("note", "")[:500])


def _name(term: Term) -> str:
    return next(iter(term.names.values()), "")


def _languages(work: Workplace) -> tuple[str, ...]:
    """The languages of the app, and those that the glossary has beside them."""
    known = (language for term in glossary_of(work.org).terms for language in (*term.names, *term.avoid))
    return tuple(dict.fromkeys((*work.app.languages, *known)))


def _glossary_page(work: Workplace, problem: str = "") -> str:
    return render(
        "texts/glossary.html",
        **page.frame(work, "glossary"),
        work=work,
        terms=glossary_of(work.org).terms,
        languages=_languages(work),
        problem=problem,
        written=request.form if problem else {},
    )
