"""A form that notes what its views are made from: fields, texts that were typed, issues, and the rest.

Whatever of a state may be another thing at the next moment is noted when it is read, by whichever code, so
that a new type of component need not think of it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from studio.definition.expressions import Form, Surroundings
from studio.definition.expressions.notes import Notes
from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import Issue

# What is noted as a whole, as ("whole", name). Fields of the data are noted one by one (notes.py), and so are
# ("typed", name of the field) and ("issues", place of the field).
WHOLE: Final = frozenset({"data", "issues", "open_rows", "instance", "hooks", "old_hidden"})
# What of a state is noted. The rest must be equal before anything that was made is used again.
NOTED: Final = WHOLE | {"typed"}
# What of the surroundings of expressions is noted as a whole, by the name that the state has for it.
_AROUND: Final = {"instance": "instance", "elements": "instance"}


class WatchedState(FormState):
    """A state that takes notes. What is made from it (`dataclasses.replace`) has read all of it."""

    notes: Notes

    def __new__(cls, **values: Any) -> Any:
        """A plain state: `watched` makes those that are watched."""
        return FormState(**values)

    def _form(self) -> Form:
        plain = super()._form()
        around = object.__new__(_WatchedSurroundings)
        around.__dict__.update(plain.around.__dict__, notes=self.notes)
        return Form(plain.tree, around, notes=self.notes)

    def issues_at(self, name: str) -> tuple[Issue, ...]:
        """What validation says about a field."""
        self.notes.add(("issues", self.place(name)))
        return super().issues_at(name)


class _WatchedSurroundings(Surroundings):
    notes: Notes


class _Noted:
    """A part of something that is noted when it is read."""

    def __init__(self, name: str, noted_as: str) -> None:
        self._name = name
        self._note = ("whole", noted_as)

    def __get__(self, owner: Any, _type: type) -> Any:
        if owner is None:
            return self
        owner.notes.add(self._note)
        return owner.__dict__[self._name]

    def __set__(self, owner: Any, value: Any) -> None:
        raise AttributeError(self._name)


for _name in WHOLE:
    setattr(WatchedState, _name, _Noted(_name, _name))
for _name, _of_state in _AROUND.items():
    setattr(_WatchedSurroundings, _name, _Noted(_name, _of_state))


class _Typed(Mapping[str, str]):
    """The texts that were typed, of which each is noted when it is asked for."""

    def __init__(self, typed: Mapping[str, str], notes: Notes) -> None:
        self._typed = typed
        self._notes = notes

    def __getitem__(self, name: str) -> str:
        self._notes.add(("typed", name))
        return self._typed[name]

    def __iter__(self) -> Iterator[str]:
        self._notes.add(("whole", "typed"))
        return iter(self._typed)

    def __len__(self) -> int:
        self._notes.add(("whole", "typed"))
        return len(self._typed)


def watched(state: FormState) -> WatchedState:
    """The same state, which takes notes."""
    found: WatchedState = object.__new__(WatchedState)
    notes = Notes()
    values = {name: value for name, value in state.__dict__.items() if name != "form"}
    found.__dict__.update(values, notes=notes, typed=_Typed(state.typed, notes))
    # What is worked out once has read what it has on behalf of nobody.
    _ = found.form, found.issues_by_field
    return found
