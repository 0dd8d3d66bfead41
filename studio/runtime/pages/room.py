"""What the pages of a runtime share: who is signed in, which app a request is about, in which language."""

from dataclasses import dataclass
from typing import Any, Final

from flask import g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from studio.database import clock
from studio.definition.errors import NotThere
from studio.definition.sentences import N_, Sentence
from studio.runtime.context import Served, previewed, register, served
from studio.runtime.forms.wording import speak_for
from studio.runtime.instances import Acting
from studio.services.parties import Party, Person, is_allowed, parties_of
from studio.web import Part, declare
from studio.web.language import DEFAULT, LANGUAGES

environment: Part["Environment"] = Part("runtime_environment")

USER: Final = "user"
PARTY: Final = "party"
LANGUAGE: Final = "language"


@dataclass(frozen=True, slots=True)
class Environment:
    """The environment that this runtime is, and whether people may pick a test person at sign-in."""

    name: str
    picks_people: bool
    studio_origin: str


def current_person() -> Person | None:
    """The person who is signed in; in a preview the one it is shown to."""
    if g.get("served") is not None and g.served.preview:
        return _shown_to(g.served)
    user = session.get(USER)
    return register().person(user) if isinstance(user, int) else None


def _shown_to(app: Served) -> Person:
    """The test person a preview is shown to: the first who may use the app, else the first of all."""
    if g.get("shown_to") is None:
        people = register().people()
        g.shown_to = next((person for person in people if parties_in(app, person)), people[0])
    found: Person = g.shown_to
    return found


def parties_in(app: Served, person: Person) -> list[Party]:
    """The parties for which a person may begin an app."""
    return [
        party
        for party in parties_of(person, register())
        if is_allowed(party, app.definition.metadata.raw)
        and app.decider.may(person, party.party_id, "instantiate")
    ]


def allowed_parties() -> list[Party]:
    """The parties for which the person of this request may begin the app of this request."""
    return parties_in(this_app(), acting().person)


def acting() -> Acting:
    """The person of this request, who has signed in. Raises NotThere where nobody has."""
    person = current_person()
    if person is None:
        raise NotThere(Sentence(N_("You are not signed in.")))
    return Acting(person, clock.now())


def this_app() -> Served:
    """The app that the address names; found once for a request. Raises NotThere."""
    if g.get("served") is None:
        arguments = request.view_args or {}
        org, name, token = arguments["org"], arguments["app"], arguments.get("token")
        g.served = previewed(token, org, name) if token else served(org, name)
    found: Served = g.served
    return found


def address(endpoint: str, **values: Any) -> str:
    """The address of a page of the app that this request is about, also inside a preview."""
    app = this_app()
    blueprint = "preview" if app.preview else "form"
    if app.preview:
        values["token"] = app.preview
    return url_for(f"{blueprint}.{endpoint}", org=app.org, app=app.name, **values)


def form_language() -> str:
    """The language of the form: the one asked for, else the interface's, else the app's first."""
    languages = this_app().definition.languages or (DEFAULT,)
    for wanted in (session.get(LANGUAGE), interface_language()):
        if wanted in languages:
            return str(wanted)
    return languages[0]


def interface_language() -> str | None:
    """The language that was chosen for the interface in this session."""
    chosen = session.get(LANGUAGE)
    if chosen in LANGUAGES:
        return str(chosen)
    user = session.get(USER)
    person = register().person(user) if isinstance(user, int) else None
    return person.language if person else None


def owner_of(party_id: int) -> Party:
    """A party of the register. Raises NotFound."""
    party = register().party(party_id)
    if party is None:
        raise NotFound
    return party


def _with_app(_arguments: dict[str, Any]) -> ResponseReturnValue | None:
    speak_for(this_app().definition, form_language())
    return None


def _with_person(_arguments: dict[str, Any]) -> ResponseReturnValue | None:
    speak_for(this_app().definition, form_language())
    if current_person() is not None:
        return None
    back = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return redirect(url_for("sign_in.choose", next=back))


# Everybody who finds the app may look; only a person who has signed in may fill in.
in_app = declare(_with_app)
as_person = declare(_with_person)
