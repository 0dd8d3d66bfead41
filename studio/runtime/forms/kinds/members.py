"""The members of an object as fields to fill in, made from the data model instead of from a layout."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from studio.definition import form_paths as paths
from studio.definition.data_model import ROW_ID, Field
from studio.definition.expressions import Spot
from studio.runtime.forms.kinds import choosing, dates, writing
from studio.runtime.forms.kinds.kind import Around, Kind
from studio.runtime.forms.state import FormState
from studio.runtime.forms.values import to_text
from studio.runtime.forms.view import ComponentView, OptionView
from studio.runtime.forms.wording import gettext

_KINDS: Final[Mapping[str, Kind]] = {**writing.KINDS, **choosing.KINDS, **dates.KINDS}
# Days are kept as days: the data model says that they are nothing more.
_RAW: Final[Mapping[str, Any]] = {"timeStamp": False}


@dataclass(frozen=True, slots=True)
class ListOfObjects:
    """The list that a component is bound to. `field` is its name in posts, `rows` what lies in it."""

    view: ComponentView
    spot: Spot
    around: Around
    state: FormState
    field: str
    rows: tuple[Any, ...]

    @property
    def members(self) -> tuple[Field, ...]:
        """The plain members of an object, in the order of the data model."""
        found = self.state.field_of(self.field) if self.field else None
        inside = found.children if found else ()
        return tuple(each for each in inside if not (each.is_group or each.repeating or each.name == ROW_ID))

    def views(self, index: int) -> tuple[ComponentView, ...]:
        """The fields of an object, to fill in."""
        return tuple(self.view_of(index, member.name, member) for member in self.members)

    def view_of(
        self, index: int, path: str, member: Field | None, options: tuple[OptionView, ...] = ()
    ) -> ComponentView:
        """One member of an object, to fill in; as a choice where there are `options`."""
        options = options or tuple(_options(member))
        name, type_name = f"{self.field}[{index}].{path}", _type(member, options)
        value, kind = paths.read(self.rows[index], path), _KINDS[type_name]
        common = {"optional_mark": False, "name": None, "as_card": False}
        view = ComponentView(
            key=f"{self.view.key}-{index}-{path}",
            id=self.view.id,
            type=type_name,
            raw=_RAW,
            kind=kind,
            texts=_texts(path, member),
            field=name,
            value=value,
            fields={"simpleBinding": name},
            values={"simpleBinding": value},
            required=member is not None and member.required,
            read_only=self.view.read_only,
            issues=self.state.issues_at(name),
            options=tuple(replace(each, chosen=each.value == to_text(value)) for each in options),
            settings={**common, **kind.settings(_RAW, self.spot, self.around)},
        )
        typed = self.state.typed.get(name)
        view = replace(view, shown=kind.shown(view, self.state.language) if typed is None else typed)
        return replace(view, answer=kind.answer(view))


def _texts(path: str, member: Field | None) -> Mapping[str, str]:
    described = {"description": member.description} if member and member.description else {}
    return {"title": (member.title if member else None) or path, **described}


def _type(member: Field | None, options: tuple[OptionView, ...]) -> str:
    if options:
        return "Dropdown" if member is not None and len(options) > _FEW else "RadioButtons"
    return "Datepicker" if member is not None and member.kind == "date" else "Input"


_FEW: Final = 5


def _options(member: Field | None) -> Iterator[OptionView]:
    if member is None:
        return
    if member.kind == "boolean":
        yield OptionView("true", gettext("Yes"))
        yield OptionView("false", gettext("No"))
    given = member.restrictions.get("enum")
    for value in given if isinstance(given, list | tuple) else ():
        if value is not None and not isinstance(value, bool):
            yield OptionView(to_text(value), to_text(value))
