"""A place of an expression in plain words."""

from studio.definition.app import AppDefinition
from studio.definition.naming import component_name, page_name
from studio.definition.process.naming import way_name
from studio.definition.rules.places.place import ExpressionPlace
from studio.definition.sentences import N_, Sentence


def words_of_place(app: AppDefinition, place: ExpressionPlace) -> Sentence:
    """Where an expression stands: Page *Income*: *Amount*, rule for hidden."""
    if place.page is None:
        return _beside_pages(app, place)
    values: dict[str, str | int | Sentence] = {"page": page_name(app, place.page.name)}
    if place.component is None:
        values["what"] = Sentence(N_("rule of the page"))
        return Sentence(N_("Page *%(page)s*: %(what)s"), values)
    values["name"] = component_name(app, place.component)
    name = place.name.removeprefix("textResourceBindings.")
    values["what"] = Sentence(N_("rule for %(property)s"), {"property": name})
    return Sentence(N_("Page *%(page)s*: *%(name)s*, %(what)s"), values)


def _beside_pages(app: AppDefinition, place: ExpressionPlace) -> Sentence:
    if place.flow is not None:
        return Sentence(
            N_("Process: condition of the way %(name)s"), {"name": way_name(app.process, place.flow)}
        )
    about = {"field": ", ".join(place.fields) if place.definition is None else place.definition}
    if place.kind == "calculation":
        return Sentence(N_("Calculation of %(field)s"), about)
    if place.kind in {"validation", "message"}:
        return Sentence(N_("Validation of %(field)s"), about)
    return Sentence(N_("settings of the form"))
