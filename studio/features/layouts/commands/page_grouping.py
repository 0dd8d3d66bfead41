"""Edits of groups of pages. A group is named by a page in it (`name`)."""

from studio.definition.changes import (
    DissolvePageGroup,
    JoinPageGroup,
    LeavePageGroup,
    MakePageGroup,
    MovePageGroup,
    RenamePageGroup,
    SetPageGroup,
)
from studio.definition.sentences import N_, Sentence
from studio.features.layouts.commands.place import Asked, Form, Place


def make(place: Place, form: Form) -> Asked:
    """A new group of a page."""
    change = MakePageGroup(
        place.layout_set.id, form.get("name", ""), place.language, form.get("value", "").strip()
    )
    return Asked(change, focus="page-group")


def join(place: Place, form: Form) -> Asked:
    """A page into the group of another, or out of its group ("")."""
    layout_set, page, other = place.layout_set.id, form.get("name", ""), form.get("value", "")
    change = JoinPageGroup(layout_set, page, other) if other else LeavePageGroup(layout_set, page)
    return Asked(change, focus="page-group")


def name(place: Place, form: Form) -> Asked:
    """What people see as the name of a group."""
    title = form.get("value", "").strip()
    return Asked(RenamePageGroup(place.layout_set.id, form.get("name", ""), place.language, title))


def decide(place: Place, form: Form) -> Asked:
    """A setting of a group: a switch, or one of several values (`choice`)."""
    value = form.get("value", "") if "choice" in form else form.get("value", "") == "true"
    return Asked(SetPageGroup(place.layout_set.id, form.get("name", ""), form.get("setting", ""), value))


def move(place: Place, form: Form) -> Asked:
    """A group with its pages to another place."""
    change = MovePageGroup(place.layout_set.id, form.get("name", ""), form.get("index", 0, type=int))
    return Asked(change, say=Sentence(N_("The group was moved.")))


def dissolve(place: Place, form: Form) -> Asked:
    """A group goes away, its pages stay."""
    change = DissolvePageGroup(place.layout_set.id, form.get("name", ""))
    return Asked(change, say=Sentence(N_("The group was dissolved. Its pages are still there.")))
