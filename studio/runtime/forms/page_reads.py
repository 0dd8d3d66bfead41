"""What expressions and texts of a page read, and whether the browser can have it (page_rules.py)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from studio.definition.expressions import FormTree, Node, is_expression
from studio.definition.expressions.rows import split
from studio.definition.expressions.texts import MODEL, variables_of

# The data type and the path, without indexes.
Place = tuple[str, str]
Resource = Mapping[str, Any]

# Functions whose answer depends on their arguments alone.
_PLAIN: Final = frozenset(
    "and or not if equals notEquals greaterThan greaterThanEq lessThan lessThanEq compare plus minus "  # noqa: SIM905 - readable
    "multiply "
    "divide sum average count round concat contains notContains startsWith endsWith commaContains upperCase "
    "lowerCase upperCaseFirst lowerCaseFirst stringLength stringIndexOf stringSlice stringReplace formatDate "
    "list object jmespath language".split()
)
# Functions that ask what is around the form: their argument has to be known beforehand.
_AROUND: Final = frozenset({"instanceContext", "frontendSettings", "authContext", "countDataElements"})
# Functions that put a text together.
_BUILDING: Final = frozenset(
    "concat upperCase lowerCase upperCaseFirst lowerCaseFirst stringSlice stringReplace".split()  # noqa: SIM905 - readable
)
# Where the variables of texts come from, and the functions that ask the same.
_SOURCES: Final = {"instanceContext": "instanceContext", "applicationSettings": "frontendSettings"}
_MOST_CALLS: Final = 2000
# What can be asked of an option in a filter.
OPTION_PARTS: Final = ("value", "label", "description", "helpText", "tags")
_OWN: Final = (["argv", 0], ["value"], ["value", "field"])


class LeftToServer(Exception):
    """It reads something that the browser does not have."""


@dataclass
class Needs:
    """What something reads: fields, facts around the form, components, pages, and keys of texts."""

    fields: set[Place] = field(default_factory=set)
    facts: set[tuple[str, str]] = field(default_factory=set)
    answers: dict[str, Node] = field(default_factory=dict)
    pages: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)

    def add(self, other: "Needs") -> None:
        """Take in what something else reads."""
        self.fields |= other.fields
        self.facts |= other.facts
        self.answers |= other.answers
        self.pages |= other.pages
        self.texts |= other.texts


@dataclass(frozen=True, slots=True)
class Texts:
    """The text resources of an app in one language: their keys, and each as JSON {value, variables}."""

    keys: frozenset[str] = frozenset()
    resource: Callable[[str], Resource | None] = lambda _key: None


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where an expression stands: the data type of its paths, and the field or option that it is about."""

    data_type: str
    own: Place | None = None
    is_option: bool = False


class Reads:
    """Finds what expressions need, and remembers it for components that many rules ask about."""

    def __init__(self, tree: FormTree, default_type: str, texts: Texts) -> None:
        self._tree = tree
        self._default = default_type
        self._texts = texts
        self._known: dict[str, Needs | None] = {}

    def of_component(self, expression: Any, node: Node) -> Needs | None:
        """What an expression of a component needs; None where the browser cannot have it."""
        return self._tried(lambda needs: self._at(node, lambda at: self._read(expression, at, needs), needs))

    def of_option(self, expression: Any, node: Node) -> Needs | None:
        """The same for what decides whether a component offers an option."""

        def read(needs: Needs) -> None:
            self._at(node, lambda at: self._read(expression, replace(at, is_option=True), needs), needs)

        return self._tried(read)

    def of_page(self, expression: Any) -> Needs | None:
        """The same for when a page is hidden."""
        return self._tried(lambda needs: self._read(expression, _Stand(self._default), needs))

    def of_text(self, text: Any, node: Node) -> Needs | None:
        """The same for the text of a component: a key, or an expression that gives one."""
        return self._tried(lambda needs: self._at(node, lambda at: self._text(text, at, needs), needs))

    def of_field(self, place: Place, expressions: Iterable[Any], texts: Iterable[Any] = ()) -> Needs | None:
        """The same for rules about a field, and for the texts that they show."""
        at = _Stand(place[0], place)

        def read(needs: Needs) -> None:
            for expression in expressions:
                self._read(expression, at, needs)
            for text in texts:
                self._text(text, at, needs)

        return self._tried(read)

    def _tried(self, read: Callable[[Needs], None]) -> Needs | None:
        needs = Needs()
        try:
            read(needs)
        except LeftToServer:
            return None
        return needs

    def _at(self, node: Node, read: Callable[[_Stand], None], needs: Needs) -> None:
        read(_Stand(self._type_at(node)))
        needs.answers.update({above.id: above for above in node.row_parents})

    def _read(self, expression: Any, at: _Stand, needs: Needs) -> None:
        waiting, count = [expression], 0
        while waiting:
            call = waiting.pop()
            if not isinstance(call, list):
                continue
            count += 1
            if count > _MOST_CALLS or not is_expression(call):
                raise LeftToServer
            if self._reads_own(call, at, needs):
                continue
            waiting.extend(call[1:])
            self._call(call, at, needs)

    def _reads_own(self, call: list[Any], at: _Stand, needs: Needs) -> bool:
        """Whether a rule reads its own field: ["dataModel", ["argv", 0]]."""
        if at.own is None:
            return False
        if call[0] == "dataModel" and len(call) == 2 and call[1] in _OWN:
            needs.fields.add(at.own)
            return True
        return call in _OWN

    def _call(self, call: list[Any], at: _Stand, needs: Needs) -> None:
        name, given = call[0], call[1:]
        if name in _PLAIN or (name == "value" and at.is_option and (not given or given[0] in OPTION_PARTS)):
            return
        if not given or not all(isinstance(each, str | None) for each in given) or given[0] is None:
            raise LeftToServer
        if name == "dataModel" and len(given) <= 2:
            data_type = given[1] if len(given) == 2 else None
            needs.fields.add((data_type or at.data_type, without_indexes(given[0])))
        elif name in _AROUND and len(given) == 1:
            needs.facts.add((name, given[0]))
        elif name == "component" and len(given) == 1:
            self._component(given[0], needs)
        elif name == "text" and len(given) == 1:
            self._resource(given[0], at, needs)
        else:
            raise LeftToServer

    def _text(self, text: Any, at: _Stand, needs: Needs) -> None:
        if isinstance(text, list):
            self._read(text, at, needs)
        for word, is_whole in _words(text):
            if is_whole:
                self._resource(word, at, needs)
            elif word and any(key.startswith(word) or key.endswith(word) for key in self._texts.keys):
                # A key may be put together of it, and which one is not known beforehand.
                raise LeftToServer

    def _resource(self, key: str, at: _Stand, needs: Needs) -> None:
        if key in needs.texts:
            return
        resource = self._texts.resource(key)
        if resource is None:
            return
        needs.texts.add(key)
        for source, name in variables_of(resource):
            if source.startswith(MODEL):
                data_type = source.removeprefix(MODEL)
                own = at.data_type if data_type == "default" else data_type
                needs.fields.add((own, without_indexes(name)))
            elif source in _SOURCES:
                needs.facts.add((_SOURCES[source], name))
        self._resource(str(resource.get("value")), at, needs)

    def _component(self, component_id: str, needs: Needs) -> None:
        if component_id not in self._known:
            # Components may ask about one another.
            self._known[component_id] = Needs()
            try:
                self._known[component_id] = self._answer(component_id)
            except (LeftToServer, RecursionError):
                self._known[component_id] = None
        known = self._known[component_id]
        if known is None:
            raise LeftToServer
        needs.add(known)

    def _answer(self, component_id: str) -> Needs:
        """What the answer of a component depends on: its field, and all that may hide it."""
        needs = Needs()
        node = self._tree.nodes.get(component_id)
        if node is None:
            return needs
        binding = node.binding("simpleBinding")
        if binding is not None:
            needs.fields.add((binding[1] or self._default, without_indexes(binding[0])))
        page = self._tree.page(node.page)
        needs.pages.add(node.page)
        self._read(page.hidden if page else False, _Stand(self._default), needs)
        above: Node | None = node
        while above is not None:
            needs.answers[above.id] = above
            at = _Stand(self._type_at(above))
            self._read(above.raw.get("hidden"), at, needs)
            self._read(above.raw.get("hiddenRow"), at, needs)
            above = above.parent
        return needs

    def _type_at(self, node: Node) -> str:
        """The data type that paths are in where a component stands: that of the rows around it."""
        groups = node.row_parents
        binding = groups[-1].binding("group") if groups else None
        return (binding and binding[1]) or self._default


def _words(text: Any) -> Iterator[tuple[str, bool]]:
    """The literal texts that an expression may give, and whether as a whole or as a part of a text."""
    if isinstance(text, str):
        yield text, True
    elif isinstance(text, list) and text[:1] == ["if"]:
        for part in (*text[2:3], *text[4:5]):
            yield from _words(part)
    elif isinstance(text, list) and text[0] in _BUILDING:
        for part in text[1:]:
            yield from ((word, False) for word, _ in _words(part))


def without_indexes(path: str) -> str:
    """A path as layouts and models write it: "rows[0].name" -> "rows.name"."""
    return ".".join(name for name, _ in split(path) if name)
