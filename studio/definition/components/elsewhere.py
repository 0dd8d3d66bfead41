"""Plain names for component types of older generations, which Studio keeps as they are."""

from typing import Final

from studio.definition.sentences import N_, Sentence

_NAMES: Final = {
    "AttachmentListComponent": N_("List of attachments"),
    "AddressComponent": N_("Address"),
    "GroupComponent": N_("Group"),
}


def known_elsewhere(name: str) -> Sentence | None:
    """The plain name of a component type of an older generation; None for a name nobody knows."""
    label = _NAMES.get(name)
    return Sentence(label) if label else None


def names_known_elsewhere() -> tuple[str, ...]:
    """All such names, in alphabetical order of the English spelling."""
    return tuple(sorted(_NAMES, key=str.casefold))
