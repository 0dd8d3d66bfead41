"""What a form is at one moment, and what of that which was read is something else at a later one."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields
from typing import Any, Final

from flask_babel import get_locale

from studio.definition.expressions.notes import ReadField
from studio.definition.expressions.rows import lookup
from studio.runtime.forms.same import is_same
from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import Issue
from studio.runtime.forms.watched import NOTED, WHOLE

# What must be equal for anything to be used again: all of a state that no notes are taken of.
_STEADY: Final = [each.name for each in fields(FormState) if each.name not in {*NOTED, "app", "layout_set"}]
# Hooks may say something else at any time, and data is compared field by field.
_COMPARED: Final = sorted(WHOLE - {"hooks", "data"})


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """A state without what belongs to one request. `frame` must be equal for anything to be used again."""

    frame: tuple[Any, ...]
    data: Mapping[str, Any]
    typed: Mapping[str, str]
    issues: Mapping[tuple[str, str], tuple[Issue, ...]]
    wholes: Mapping[str, Any]

    @classmethod
    def of(cls, state: FormState) -> "Moment":
        """The moment that a state is, in the language that is spoken now."""
        steady = (getattr(state, name) for name in _STEADY)
        app, pages, types = state.app.files.tree_id, state.layout_set.id, frozenset(state.data)
        frame = (str(get_locale()), app, pages, types, *steady)
        wholes = {name: getattr(state, name) for name in _COMPARED}
        return cls(frame, state.data, state.typed, state.issues_by_field, wholes)

    def others(self, now: "Moment", read: Iterable[Hashable]) -> AbstractSet[Hashable]:
        """Of what was `read` (watched.py), that which is something else now. Both have the same frame."""
        found: set[Hashable] = {("whole", "hooks")}
        found.update(("whole", name) for name in _COMPARED if self.wholes[name] != now.wholes[name])
        found.update(("typed", name) for name in _unequal(self.typed, now.typed))
        found.update(("issues", place) for place in _unequal(self.issues, now.issues))
        changed = {key: _changed_names(self.data[key], data) for key, data in now.data.items()}
        if any(changed.values()):
            found.add(("whole", "data"))
            fields_read = (each for each in read if isinstance(each, ReadField))
            found.update(each for each in fields_read if self._is_other(each, changed, now))
        return found

    def _is_other(self, field: ReadField, changed: Mapping[str, AbstractSet[str]], now: "Moment") -> bool:
        names, outermost = changed.get(field.data_type), field.segments[0][0]
        if not names or (outermost and outermost not in names):
            return False
        one, other = (moment.data[field.data_type] for moment in (self, now))
        return not is_same(lookup(one, field.segments), lookup(other, field.segments))


def _unequal(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> Iterator[Any]:
    return (key for key in {**one, **other} if one.get(key) != other.get(key))


def _changed_names(one: Any, other: Any) -> AbstractSet[str]:
    """The outermost names whose values are others, in the form data of one type."""
    if one is other:
        return frozenset()
    return {name for name in {**one, **other} if not is_same(one.get(name), other.get(name))}
