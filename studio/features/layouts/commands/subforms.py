"""Edits that make forms inside forms."""

from studio.definition.changes import MakeSubform, subform_name
from studio.definition.sentences import N_, Sentence
from studio.features.layouts.commands.place import Asked, Form, Place


def make_subform(place: Place, form: Form) -> Asked:
    """A new form for a Subform component; the link that leads to it gets the focus."""
    component, title = place.component(form.get("id", "")), " ".join(form.get("value", "").split())
    change = MakeSubform(
        place.layout_set.id,
        place.page.name,
        component.id,
        subform_name(place.app, title),
        title,
        place.language,
    )
    said = Sentence(N_("The subform %(title)s was made. Open it to put its fields in."), {"title": title})
    return Asked(change, (component.id,), said, focus="open-subform")
