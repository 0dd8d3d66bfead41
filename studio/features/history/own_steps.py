"""What the signed-in person did and did not share: the edits that make their draft what it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from flask import Response
from flask.typing import ResponseReturnValue

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition import changes as edits
from studio.definition.app import app_definition
from studio.definition.comparison import told
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence
from studio.features import open_draft
from studio.features.history.blueprint import bp
from studio.features.history.entries import ORIGINS
from studio.history.draft import Draft, Step
from studio.history.origins import origin_of_edits
from studio.showing_changes import changes, file_differences, picture_answer, pictures_at, view_asked
from studio.web import render
from studio.web.language import current_language

_SHOWN: Final = 5
_FARTHEST: Final = 5000  # edits of one draft that are looked through


@dataclass(frozen=True, slots=True)
class OwnStep:
    """An edit: what it did, in a sentence, and the editor that it was made in."""

    step: Step
    sentence: Sentence
    origin: Sentence


@dataclass(frozen=True, slots=True)
class OwnSteps:
    """The newest edits, and how many there are beside them."""

    steps: tuple[OwnStep, ...]
    more: int


def own_steps(draft: Draft) -> OwnSteps:
    """The edits of a draft, newest first."""
    every = list(islice(draft.steps(), _FARTHEST))
    return OwnSteps(tuple(map(_told, every[:_SHOWN])), max(len(every) - _SHOWN, 0))


@bp.get("/<org>/<app>/history/own/<commit>")
@requires(Right.EDIT)
def own_step(org: str, app: str, commit: str) -> ResponseReturnValue:
    """One edit that is not shared: what it changed, as pages before and after, and as text."""
    found = _found(org, app, commit)
    different = changes(found.step.before, found.step.after)
    return render(
        "history/own.html",
        org=org,
        app=app,
        app_title=app_definition(found.step.after).title(current_language()) or app,
        own=found,
        different=different,
        view=view_asked(different),
        files=file_differences(found.step.before, found.step.after),
        picture=pictures_at("history.own_picture", org=org, app=app, commit=commit),
        now=now(),
    )


@bp.get("/<org>/<app>/history/own/<commit>/picture")
@requires(Right.EDIT)
def own_picture(org: str, app: str, commit: str) -> Response:
    """A page before or after an edit, for a frame."""
    step = _found(org, app, commit).step
    return picture_answer(step.before, step.after)


def _found(org: str, app: str, commit: str) -> OwnStep:
    """An edit of the person's own draft: those of others are nobody's business. Raises NotThere."""
    for step in islice(open_draft(org, app).steps(), _FARTHEST):
        if step.commit.id == commit:
            return _told(step)
    raise NotThere(Sentence(N_("This edit is not in your draft any more: it was undone, or shared.")))


def _told(step: Step) -> OwnStep:
    kind = [str(step.change.get("kind"))] if step.change else []
    return OwnStep(step, _sentence(step), Sentence(ORIGINS[origin_of_edits(kind)]))


def _sentence(step: Step) -> Sentence:
    """What an edit says of itself; where it cannot be read any more, what it changed."""
    before = app_definition(step.before)
    try:
        if step.change is not None:
            return edits.from_dict(step.change).sentence(before)
    except (DomainError, KeyError, TypeError, ValueError):
        pass
    return next(_sentences(step), Sentence(N_("An edit")))


def _sentences(step: Step) -> Iterator[Sentence]:
    return (sentence for _, sentence in told(app_definition(step.before), app_definition(step.after)))
