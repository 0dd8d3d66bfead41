"""The surroundings of an expression in an app: what its type checker is told."""

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any, Final

from studio.definition.data_model import Field
from studio.definition.expressions.calls import calls
from studio.definition.expressions.checking import Answer, Certainty, Question, Trouble, Type
from studio.definition.expressions.checking.nearest import nearest
from studio.definition.expressions.checking.types import ANY, LIST, TEXT, always, either
from studio.definition.expressions.checking.wording import quoted
from studio.definition.expressions.display import has_display_value
from studio.definition.expressions.rows import Segments, split
from studio.definition.expressions.surroundings import COMMON_ACTIONS
from studio.definition.field_references.in_forms import canonical, plain
from studio.definition.layouts import Component, LayoutSet
from studio.definition.option_sources import list_ids
from studio.definition.options import is_library_list
from studio.definition.rules.checking.known import Known
from studio.definition.rules.places import ExpressionPlace
from studio.definition.rules.sentences import read
from studio.definition.sentences import N_, Sentence

# What every row of a list has, whatever its model says.
_ROW_ID: Final = "altinnRowId"
# Calls in a part of an expression that is still said in words.
_LONGEST: Final = 12


class PlaceScope:
    """What is around one place of an app."""

    def __init__(self, known: Known, place: ExpressionPlace) -> None:
        self._known = known
        self._place = place
        around = (
            place.data_type,
            place.rows,
            tuple(form.id for form in place.forms),
            place.kind == "gateway",
            place.named,
            place.fields if place.positional else None,
        )
        # Places with the same around them share their answers.
        self._answers = known.answers.setdefault(around, {})

    def answer(self, question: Question) -> Answer:
        """The type of what is asked about, or what is wrong with it."""
        found = self._answers.get(question)
        if found is None:
            found = self._answers[question] = _ANSWERS[question.about](self, question)
        return found

    def words(self, call: list[Any], *, as_condition: bool = False) -> str | Sentence:
        """A call as people read it; a long one as it is written, cut to a line."""
        if len(list(islice(calls(call), _LONGEST))) == _LONGEST:
            return quoted(call)
        form = self._place.layout_set or next(iter(self._place.forms), None)
        wording = self._known.wording(form, self._place.data_type)
        node = read(call)
        return wording.condition(node) if as_condition else wording.value(node)

    # Fields.

    def field(self, question: Question) -> Answer:
        """A path in a data model, as it is read from the rows of this place."""
        if not question.name:
            return self._own_field()
        own = self._place.data_type
        data_type = canonical(self._known.app, question.of) or own
        if data_type is None or not self._known.has_fields(data_type):
            return ANY
        segments = split(question.name)
        names = [name for name, _ in segments if name]
        path = ".".join(names)
        field = self._known.field(data_type, path)
        if field is None:
            if names[-1:] == [_ROW_ID] and self._known.field(data_type, ".".join(names[:-1])):
                return TEXT
            return ANY if self._known.is_elsewhere(data_type, path) else self._no_field(data_type, path)
        rows = self._place.rows if data_type == own else ()
        outside = _outside(field.lineage[:-1], segments, rows)
        if outside is not None:
            values = {"field": path, "list": outside}
            text = N_(
                "%(field)s lies in the rows of %(list)s, and this is in none of them, so it is always empty."
            )
            return Trouble("no-row", "misleading", Sentence(text, values))
        kind = self._known.type_of(data_type, field)
        if not field.repeating or segments[-1][1] is not None:
            return kind
        return either([LIST, kind]) if path in rows else LIST

    def _own_field(self) -> Answer:
        data_type, fields = self._place.data_type or "", self._place.fields
        found = [self._known.field(data_type, plain(path)) for path in fields]
        types = [self._known.type_of(data_type, field) for field in found if field is not None]
        return either(types) if types and len(types) == len(found) else ANY

    def _no_field(self, data_type: str, path: str) -> Trouble:
        values = {"field": path, "name": data_type}
        near = self._near_field(data_type, path)
        if near is None:
            sentence = Sentence(N_("The data model %(name)s has no field %(field)s."), values)
            return Trouble("unknown-field", "misleading", sentence)
        text = N_("The data model %(name)s has no field %(field)s; did you mean %(near)s?")
        return Trouble("unknown-field", "misleading", Sentence(text, values | {"near": near}), near)

    def _near_field(self, data_type: str, path: str) -> str | None:
        """A field of the same group with a name like it, or the only one that the path is the end of."""
        group, _, name = path.rpartition(".")
        paths = self._known.paths(data_type)
        beside = {each.rpartition(".")[2]: each for each in paths if each.rpartition(".")[0] == group}
        near = nearest(name, beside)
        if near is not None:
            return beside[near]
        ends = [each for each in paths if each.endswith(f".{path}")]
        return ends[0] if len(ends) == 1 else None

    def data_type(self, question: Question) -> Answer:
        """A data type, for looking into its data or for counting its elements."""
        metadata = self._known.app.metadata
        found = metadata.data_type(question.name)
        if found is not None and found.id == question.name:
            return ANY
        near = found.id if found else nearest(question.name, [kind.id for kind in metadata.data_types])
        certainty: Certainty = "fails" if question.of == "dataModel" else "misleading"
        return _missing("unknown-data-type", _DATA_TYPE, question.name, near, certainty)

    # Components.

    def component(self, question: Question) -> Answer:
        """The answer of a component."""
        found = self._find(question.name)
        if isinstance(found, Trouble):
            return found
        types = [self._answer_of(form, component) for form, component in found]
        answered = [kind for kind in types if kind is not None]
        if not answered:
            sentence = Sentence(
                N_("%(name)s takes no answer that could be asked for."), {"name": question.name}
            )
            return Trouble("no-answer", "fails", sentence)
        return either(answered)

    def displayed(self, question: Question) -> Answer:
        """The answer of a component in words."""
        found = self._find(question.name)
        if isinstance(found, Trouble):
            return found
        if any(has_display_value(component.type) for _, component in found):
            return TEXT
        sentence = Sentence(N_("%(name)s takes no answer that could be asked for."), {"name": question.name})
        return Trouble("no-answer", "fails", sentence)

    def target(self, question: Question) -> Answer:
        """A component that a link leads to."""
        found = self._find(question.name)
        return found if isinstance(found, Trouble) else TEXT

    def _find(self, name: str) -> list[tuple[LayoutSet, Component]] | Trouble:
        forms = self._place.forms
        if not forms:
            text = N_("No form is shown here, so its component %(name)s cannot be asked about.")
            return Trouble("no-form", "fails", Sentence(text, {"name": name}))
        found = [(form, place[1]) for form in forms if (place := form.find(name)) is not None]
        if not found:
            ids = [component.id for form in forms for _, component in form.components() if component.id]
            return _missing("unknown-component", _COMPONENT, name, nearest(name, ids), "fails")
        outside = [self._group_outside(form, name) for form, _ in found]
        group = next((each for each in outside if each is not None), None)
        if group is not None and None not in outside:
            values = {"name": name, "group": group}
            text = N_("%(name)s lies in the rows of %(group)s, and this is in none of them.")
            return Trouble("no-row", "fails", Sentence(text, values))
        return found

    def _group_outside(self, form: LayoutSet, name: str) -> str | None:
        """The repeating group around a component in whose rows this place is not."""
        node = self._known.tree(form).nodes.get(name)
        for group in node.row_parents if node else ():
            binding = group.binding("group")
            if binding is not None and plain(binding[0]) not in self._place.rows:
                return group.id
        return None

    def _answer_of(self, form: LayoutSet, component: Component) -> Type | None:
        binding = component.binding("simpleBinding")
        if binding is None:
            return None
        data_type = canonical(self._known.app, binding.data_type or form.data_type)
        field = self._known.field(data_type, plain(binding.field)) if data_type else None
        if field is None or data_type is None:
            return ANY
        kind = self._known.type_of(data_type, field)
        return either([kind, LIST]) if field.repeating else kind

    # Everything else that has a name.

    def option_list(self, question: Question) -> Answer:
        """An option list."""
        ids = list_ids(self._known.app)
        if question.name in ids or is_library_list(question.name):
            return ANY
        return _missing("missing-options", _OPTION_LIST, question.name, nearest(question.name, ids), "fails")

    def page(self, question: Question) -> Answer:
        """A page that a link leads to."""
        forms = self._place.forms
        if not forms or any(form.page(question.name) is not None for form in forms):
            return TEXT
        names = [page.name for form in forms for page in form.pages]
        return _missing("unknown-page", _PAGE, question.name, nearest(question.name, names), "misleading")

    def action(self, question: Question) -> Answer:
        """An action of the task that shows the form."""
        process = self._known.app.process
        tasks = [task for form in self._place.forms for task in form.tasks]
        found = [process.task(task) for task in tasks] if process else []
        known = {*COMMON_ACTIONS, *(action for task in found if task for action in task.action_ids)}
        if question.name in known or not found:
            return ANY
        return _missing("unknown-action", _ACTION, question.name, nearest(question.name, known), "fails")

    def argument(self, question: Question) -> Answer:
        """What argv gives: in rules about fields the path of the field."""
        if self._place.positional and question.name == "0":
            return always(TEXT)
        text = N_("“argv” can only be asked in validations and calculations, and only for argument 0.")
        return Trouble("no-argument", "fails", Sentence(text))

    def named(self, question: Question) -> Answer:
        """What value gives: in rules about fields the path of the field, in filters a part of the option."""
        names = self._place.named
        if not names:
            text = N_("“value” can only be asked in filters of options, validations and calculations.")
            return Trouble("no-argument", "fails", Sentence(text))
        if question.name in ("", *names):
            return ANY
        values = {"name": question.name, "names": ", ".join(names)}
        text = N_("“value” knows nothing named %(name)s here; it knows %(names)s.")
        near = nearest(question.name, names)
        return Trouble("no-argument", "fails", Sentence(text, values), near)

    def gateway_action(self, _question: Question) -> Answer:
        """The action with which a task was left."""
        if self._place.kind == "gateway":
            return TEXT
        text = N_("“gatewayAction” is only there in the conditions of the process; here it is always empty.")
        return Trouble("no-gateway", "misleading", Sentence(text))


_DATA_TYPE: Final = (
    N_("The app has no data type %(name)s."),
    N_("The app has no data type %(name)s; did you mean %(near)s?"),
)
_COMPONENT: Final = (
    N_("There is no component %(name)s."),
    N_("There is no component %(name)s; did you mean %(near)s?"),
)
_OPTION_LIST: Final = (
    N_("The app has no option list %(name)s."),
    N_("The app has no option list %(name)s; did you mean %(near)s?"),
)
_PAGE: Final = (N_("There is no page %(name)s."), N_("There is no page %(name)s; did you mean %(near)s?"))
_ACTION: Final = (
    N_("There is no action %(name)s here."),
    N_("There is no action %(name)s here; did you mean %(near)s?"),
)


def _missing(code: str, texts: tuple[str, str], name: str, near: str | None, certainty: Certainty) -> Trouble:
    if near is None:
        return Trouble(code, certainty, Sentence(texts[0], {"name": name}))
    return Trouble(code, certainty, Sentence(texts[1], {"name": name, "near": near}), near)


_ANSWERS: Final[Mapping[str, Callable[[PlaceScope, Question], Answer]]] = {
    "field": PlaceScope.field,
    "component": PlaceScope.component,
    "displayed": PlaceScope.displayed,
    "option list": PlaceScope.option_list,
    "text": lambda _scope, _question: TEXT,
    "page": PlaceScope.page,
    "target": PlaceScope.target,
    "data type": PlaceScope.data_type,
    "action": PlaceScope.action,
    "argument": PlaceScope.argument,
    "named": PlaceScope.named,
    "gateway action": PlaceScope.gateway_action,
}


def _outside(groups: tuple[Field, ...], segments: Segments, rows: tuple[str, ...]) -> str | None:
    """The list around a field in none of whose rows the path is read; None where there is none.

    From an index that is written out, the rows of the place say nothing any more.
    """
    indexes = {depth: index for depth, (_, index) in enumerate(segments)}
    from_here = True
    for depth, group in enumerate(groups):
        if indexes.get(depth) is not None:
            from_here = False
        elif group.repeating and not (from_here and group.path in rows):
            return group.path
    return None
