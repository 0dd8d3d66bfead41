"""Checks of pictures: without a text to read out, not there, something else than they say, or too large."""

from collections.abc import Iterator

from studio.definition.app import AppDefinition
from studio.definition.checks.places import Placing, finding
from studio.definition.findings import Finding, Place
from studio.definition.images import alternative_text, pictures
from studio.definition.images.uses import own_path, source_of
from studio.definition.layouts import Component, Page
from studio.definition.naming import component_name
from studio.definition.sentences import N_, Sentence


def check_images(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    """The pictures that components show, and those that lie in wwwroot."""
    for layout_set in app.layout_sets:
        for page, component in layout_set.components():
            if component.type == "Image":
                yield from _alternative(app, placing, page, component)
            yield from _missing(app, placing, page, component)
    for picture in pictures(app):
        place = Place(app.paths.resource(picture.path))
        values: dict[str, str | int | Sentence] = {"path": picture.path, "size": picture.bytes // 1000}
        if picture.kind is None:
            sentence = Sentence(
                N_("The file %(path)s is not the kind of picture that its name says."), values
            )
            yield finding("odd-image", "warning", place, sentence, N_("Upload the picture once more."))
        elif picture.is_large:
            sentence = Sentence(N_("The picture %(path)s is large (%(size)s kB) and slow to load."), values)
            yield finding("large-image", "advice", place, sentence, N_("Crop it, or make it smaller."))


def _alternative(app: AppDefinition, placing: Placing, page: Page, component: Component) -> Iterator[Finding]:
    if not source_of(component) or any(alternative_text(app, component).values()):
        return
    sentence = Sentence(
        N_("The picture *%(name)s* has no alternative text for those who cannot see it."),
        {"name": component_name(app, component)},
    )
    remedy = N_("Say in a few words what it shows.")
    yield finding("missing-alternative", "warning", placing.component(page, component), sentence, remedy)


def _missing(app: AppDefinition, placing: Placing, page: Page, component: Component) -> Iterator[Finding]:
    wanted = {path for address in source_of(component).values() if (path := own_path(address))}
    for path in sorted(wanted):
        if app.paths.resource(path) not in app.files:
            values = {"name": component_name(app, component), "path": path}
            sentence = Sentence(
                N_("*%(name)s* shows the file %(path)s, which the app does not have."), values
            )
            place = placing.component(page, component)
            yield finding("missing-file", "warning", place, sentence, N_("Upload it, or choose another one."))
