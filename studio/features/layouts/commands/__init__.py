"""What the editor's forms and keys ask for, turned into changes of the app."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.features.layouts.commands import (
    arranging,
    choosing,
    holding,
    page_grouping,
    paging,
    shaping,
    subforms,
    together,
    writing,
)
from studio.features.layouts.commands.place import Asked, Form, Place

COMMANDS: Final[Mapping[str, Callable[[Place, Form], Asked]]] = MappingProxyType(
    {
        "add": arranging.add,
        "move": arranging.move,
        "step": arranging.step,
        "remove": arranging.remove,
        "duplicate": arranging.duplicate,
        "paste": arranging.paste,
        "text": writing.text,
        "rename": writing.rename,
        "set": shaping.set_part,
        "part_text": shaping.part_text,
        "part_make": shaping.part_make,
        "part_add": shaping.part_add,
        "part_move": shaping.part_move,
        "part_remove": shaping.part_remove,
        "part_put": shaping.part_put,
        "part_key": shaping.part_key,
        "part_hold": holding.part_hold,
        "part_column": holding.part_column,
        "bind": writing.bind,
        "create_field": writing.create_field,
        "make_subform": subforms.make_subform,
        "options": choosing.options,
        "options_list": choosing.options_list,
        "set_many": together.set_many,
        "group": together.group,
        "ungroup": together.ungroup,
        "exchange": together.exchange,
        "page_add": paging.page_add,
        "page_rename": paging.page_rename,
        "page_move": paging.page_move,
        "page_remove": paging.page_remove,
        "page_checks": paging.page_checks,
        "page_group_make": page_grouping.make,
        "page_group_join": page_grouping.join,
        "page_group_name": page_grouping.name,
        "page_group_set": page_grouping.decide,
        "page_group_move": page_grouping.move,
        "page_group_dissolve": page_grouping.dissolve,
        "page_hidden": paging.page_hidden,
        "page_pdf": paging.page_pdf,
        "page_printed": paging.page_printed,
        "page_title": paging.page_title,
    }
)


def asked(place: Place, form: Form) -> Asked:
    """What a form post asks for; raises DomainError where it is not possible."""
    command = COMMANDS.get(form.get("do", ""))
    if command is None:
        raise DomainError(Sentence(N_("The editor does not know how to do this. Reload the page.")))
    return command(place, form)


__all__ = ["COMMANDS", "Asked", "Form", "Place", "asked"]
