"""What rules ask about and decide about, in people's words, and where it can be looked at."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from flask import url_for
from flask_babel import gettext

from studio.definition.app import AppDefinition
from studio.definition.naming import component_name, one_line, page_name
from studio.definition.process.naming import way_name
from studio.definition.rules.influences import Influence, Influences, Thing, influences
from studio.definition.rules.sentences.telling import flow_of
from studio.web import translate
from studio.web.navigation import has_page

# How a thing is written in an address.
_BETWEEN: Final = "~"


@dataclass(frozen=True)
class Things:
    """The things of an app. A field and the component that asks for it are one thing: the question."""

    app: AppDefinition
    language: str  # in which components and pages are named

    @cached_property
    def influences(self) -> Influences:
        """Who decides about whom."""
        return influences(self.app)

    def question(self, thing: Thing) -> Thing:
        """The component in which a field is answered; anything else, and a field in no form, is itself."""
        shown = self.influences.bound.get(thing, ()) if thing.kind == "field" else ()
        return shown[0] if shown else thing

    @cached_property
    def links(self) -> tuple[tuple[Thing, Thing, Influence], ...]:
        """(what decides, about what, by which rule), with fields and their components as one."""
        found = (
            (self.question(each.source), self.question(each.target), each) for each in self.influences.all
        )
        return tuple({(a, b, each.place.key): (a, b, each) for a, b, each in found}.values())

    def label(self, thing: Thing) -> str:
        """What people call it."""
        match thing.kind:
            case "component":
                form = self.app.layout_set(thing.owner)
                found = form.find(thing.name) if form else None
                return component_name(self.app, found[1], self.language) if found else thing.name
            case "field":
                model = self.app.model(thing.owner)
                field = model.field(thing.name) if model else None
                return one_line(field.title) if field and field.title else thing.name
            case "page":
                return page_name(self.app, thing.name, self.language)
            case "flow":
                return self._flow(thing.name)
        return thing.owner or gettext("All forms")

    def kind(self, thing: Thing) -> str:
        """What it is, and where."""
        match thing.kind:
            case "component":
                form = self.app.layout_set(thing.owner)
                found = form.find(thing.name) if form else None
                return page_name(self.app, found[0].name, self.language) if found else thing.owner
            case "field":
                return str(gettext("Field in %(model)s", model=thing.owner))
            case "page":
                return str(gettext("Page"))
            case "flow":
                return str(gettext("Process"))
        return str(gettext("Settings"))

    def address(self, org: str, app: str, thing: Thing) -> str:
        """Where it is edited; "" where it is edited nowhere."""
        form = self.app.layout_set(thing.owner) if thing.kind in {"component", "page"} else None
        if form is not None and has_page("layouts.page"):
            found = form.find(thing.name) if thing.kind == "component" else None
            page = found[0].name if found else thing.name
            chosen = thing.name if found else None
            return url_for("layouts.page", org=org, app=app, layout_set=form.id, page=page, selected=chosen)
        if thing.kind == "field" and has_page("data_models.editor_page"):
            return url_for("data_models.editor_page", org=org, app=app, model=thing.owner)
        return ""

    def _flow(self, flow_id: str) -> str:
        flow = flow_of(self.app, flow_id)
        name = translate(way_name(self.app.process, flow)).replace("*", "") if flow else flow_id
        return name[:1].upper() + name[1:]


def written(thing: Thing) -> str:
    """A thing as it stands in an address."""
    return _BETWEEN.join([thing.kind, thing.owner, thing.name])


def read_thing(text: str, things: Things) -> Thing | None:
    """The thing of that name; None where no rule speaks of it."""
    known = {written(thing): thing for a, b, _ in things.links for thing in (a, b)}
    return known.get(text)
