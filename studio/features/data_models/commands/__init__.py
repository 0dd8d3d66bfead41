"""What the editor's forms and keys ask for, turned into changes of the data model."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.features.data_models.commands import arranging, describing, limiting, types
from studio.features.data_models.commands.place import After, Asked, Form, Place, Question

COMMANDS: Final[Mapping[str, Callable[[Place, Form], Asked]]] = MappingProxyType(
    {
        "add_field": arranging.add_field,
        "rename": arranging.rename,
        "move": arranging.move,
        "step": arranging.step,
        "duplicate": arranging.duplicate,
        "remove": arranging.remove,
        "text": describing.text,
        "kind": describing.kind,
        "required": describing.required,
        "repeating": describing.repeating,
        "occurs": describing.occurs,
        "nillable": describing.nillable,
        "attribute": describing.attribute,
        "limits": limiting.limits,
        "values": limiting.values,
        "add_type": types.add_type,
        "extract": types.extract,
        "inline": types.inline,
        "combination": types.combination,
        "add_member": types.add_member,
    }
)


def asked(place: Place, form: Form) -> Asked:
    """What a form post asks for; raises DomainError where it is not possible."""
    command = COMMANDS.get(form.get("do", ""))
    if command is None:
        raise DomainError(Sentence(N_("The editor does not know how to do this. Reload the page.")))
    return command(place, form)


__all__ = ["COMMANDS", "After", "Asked", "Form", "Place", "Question", "asked"]
