"""From an app's files and data to the views of a page. Pure: equal states give equal views."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from studio.definition.components import component_type
from studio.definition.expressions import Node, Spot
from studio.definition.layouts import DEEPEST
from studio.runtime.forms.kinds import Around, Kind, kind_of, type_of
from studio.runtime.forms.kinds.kind import OWN, TOO_DEEP
from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import ComponentView, PageView, Step

# The level of the page's own heading.
_PAGE: Final = 1


class Builder:
    """Builds the views of one state. `summarise` is off inside a summary, so that none holds another.

    With `ahead` what is hidden now, but may be shown at any moment, is drawn as well (dormant views).
    """

    def __init__(self, state: FormState, summarise: bool = True, ahead: bool = False) -> None:
        self.state = state
        self.summarise = summarise
        self.ahead = ahead
        self._asleep = 0  # dormant components around the one that is being built
        self._above = _PAGE  # the level of the heading that it stands under
        self._depth = 0  # the components that it is inside of

    def page(self, name: str) -> PageView:
        """The view of a page; raises KeyError where there is none of that name."""
        state = self.state
        if state.layout_set.page(name) is None:
            raise KeyError(name)
        self._above, self._depth = _PAGE, 0
        names = [page.name for page in state.pages()]
        place = names.index(name) if name in names else -1
        ways = tuple(self._ways(name, names))
        steps = tuple(step for step in ways if not step.hidden)
        around = Around(
            state.app.generation,
            state.today,
            names[place - 1] if place > 0 else None,
            names[place + 1] if 0 <= place < len(names) - 1 else None,
            deciding=state.deciding,
            attachments=state.attachments,
            resources=state.resources,
            steps=ways,
            back_to=state.back_to if state.back_to in names and state.back_to != name else "",
        )
        return PageView(
            name=name,
            title=state.text(name),
            components=self._components(name, around),
            hidden=name not in names,
            steps=steps,
            ways=ways,
            previous=around.previous,
            next=around.next,
        )

    def _components(self, name: str, around: Around) -> tuple[ComponentView, ...]:
        """The views of the components at the top of a page."""
        views = (self.drawn(spot, around) for spot in self.state.form.roots(name))
        return tuple(view for view in views if view is not None)

    def _ways(self, current: str, names: Sequence[str]) -> Iterator[Step]:
        """The pages in order, also those that are hidden now where the browser may show them by itself."""
        state, number = self.state, 0
        coming = state.rules(current).ways if self.ahead else frozenset()
        for page in state.layout_set.pages:
            is_shown, comes = page.name in names, page.name in coming
            if is_shown or (comes and page.in_order):
                number += is_shown
                title = state.text(page.name)
                yield Step(page.name, title, page.name == current, number, comes, hidden=not is_shown)

    def in_summary(self) -> "Builder":
        """What makes the views inside a summary."""
        return Builder(self.state, summarise=False)

    def of(self, state: FormState) -> "Builder":
        """The same for another state."""
        return Builder(state, self.summarise)

    def component(self, spot: Spot, around: Around) -> ComponentView | None:
        """The view of a component; None where it is hidden and the form is filled in."""
        return None if self._hides(spot) else self._view(spot, around)

    def drawn(self, spot: Spot, around: Around) -> ComponentView | None:
        """The same, but a dormant view where the browser may show the component by itself."""
        if not self._hides(spot):
            return self._view(spot, around)
        if not self.ahead or not self._may_wake(spot):
            return None
        self._asleep += 1
        view = self._view(spot, around)
        self._asleep -= 1
        return replace(view, dormant=True) if view is not None else None

    def _hides(self, spot: Spot) -> bool:
        if self.state.design:
            return False
        # Inside a dormant component everything is hidden; what counts is what hides it when that one wakes.
        return spot.form.row_is_hidden(spot) or spot.flag("hidden") if self._asleep else spot.hidden

    def _may_wake(self, spot: Spot) -> bool:
        """Whether nothing but a rule that the browser follows hides the component."""
        node = spot.node
        if node is None or "hidden" not in self.state.rules(spot.page).of(node.id):
            return False
        return spot.flag("hidden") and not spot.form.row_is_hidden(spot) and _drawn_ahead(node)

    def _view(self, spot: Spot, around: Around) -> ComponentView | None:
        node = spot.node
        if node is None:
            return None
        name = type_of(node)
        if self._depth > DEEPEST and node.children:
            children = () if node.repeats else tuple(self._flattened(spot, around))
            return ComponentView(
                key=spot.id, id=node.id, type=name, raw=node.raw, kind=TOO_DEEP, children=children
            )
        kind, raw = kind_of(name), node.raw
        fields, values = self._bound(spot)
        if kind.own_name:
            fields = {**fields, OWN: f":{spot.id}"}
        main = fields.get(OWN) or fields.get(kind.main_key(raw), "")
        as_summary = raw.get("renderAsSummary") is True and not self.state.design
        texts, above = self._texts(spot, kind), self._above
        level = kind.heading_level(raw) if kind.heading_level else _level_of(raw, above)
        view = ComponentView(
            key=spot.id,
            id=node.id,
            type=name,
            raw=raw,
            kind=kind,
            texts=texts,
            field=main,
            value=values.get(kind.main_key(raw)),
            fields=fields,
            values=values,
            level=level,
            required=not as_summary and self._must(spot),
            read_only=self.state.read_only or as_summary or spot.flag("readOnly"),
            as_summary=as_summary,
            hidden=spot.hidden,
            follows=self.state.rules(spot.page).of(node.id) if self.ahead else frozenset(),
            issues=tuple(issue for field in fields.values() for issue in self.state.issues_at(field)),
            settings={**_common(raw, spot), **kind.settings(raw, spot, around)},
        )
        if kind.heading == "always" or (kind.heading == "title" and "title" in texts):
            self._above = level
        self._depth += 1
        view = kind.fill(view, spot, around, self)
        self._depth -= 1
        self._above = level if kind.heading_level else above
        typed = self.state.typed.get(view.field) if view.field else None
        view = replace(view, shown=kind.shown(view, self.state.language) if typed is None else typed)
        return replace(view, answer=kind.answer(view))

    def _flattened(self, spot: Spot, around: Around) -> Iterator[ComponentView]:
        """What lies too deep is shown without the containers around it: no question is lost."""
        waiting = [spot]
        while waiting:
            here = waiting.pop()
            if here.node is None:
                continue
            if here.node.repeats or not here.node.children:
                view = self.drawn(here, around)
                if view is not None:
                    yield view
            elif here is spot or not self._hides(here):
                inside = (here.form.spot(child.id, here.rows) for child in here.node.children)
                waiting.extend(reversed([*inside]))

    def children(self, spot: Spot, around: Around) -> tuple[ComponentView, ...]:
        """The views of everything inside a component. A repeating group is only asked while designing."""
        if spot.node is None or not spot.node.children:
            return ()
        # The design of a repeating group shows the content of its first row.
        row = (0,) if spot.node.repeats else ()
        inside = [
            spot.form.spot(child.id, (*spot.rows, *row) if child.part == "row" else spot.rows)
            for child in spot.node.children
        ]
        views = (self.drawn(each, around) for each in inside)
        return tuple(view for view in views if view is not None)

    def _bound(self, spot: Spot) -> tuple[Mapping[str, str], Mapping[str, Any]]:
        """The names of the fields in form posts and their values, for each binding of the component."""
        bindings = spot.node.raw.get("dataModelBindings") if spot.node else None
        if not isinstance(bindings, Mapping):
            return {}, {}
        spelled = _other_keys(spot)
        # A data type that the app does not have (any more) is a finding, and holds no answers.
        models = spot.form.around.models
        places = {key: at for key in bindings if (at := spot.path(key)) is not None and at[0] in models}
        whole = spot.form.page("")
        fields = {spelled.get(key, key): self.state.name(*place) for key, place in places.items()}
        return fields, {
            spelled.get(key, key): whole.data(path, data_type) for key, (data_type, path) in places.items()
        }

    def _must(self, spot: Spot) -> bool:
        """Whether an answer is required. While designing, a rule counts: its answers are not known."""
        by_rule = spot.node is not None and isinstance(spot.node.raw.get("required"), list)
        return (self.state.design and by_rule) or spot.flag("required")

    def _texts(self, spot: Spot, kind: Kind) -> Mapping[str, str]:
        raw = spot.node.raw if spot.node else {}
        texts = dict(kind.texts(raw, self.state.language)) if kind.texts else {}
        bindings, spelled = raw.get("textResourceBindings"), _other_keys(spot)
        for slot, given in bindings.items() if isinstance(bindings, Mapping) else ():
            if self.state.design and isinstance(given, list):
                # What the expression gives is not known while designing.
                texts[spelled.get(slot, slot)] = "ƒ"
            elif (found := spot.label(slot)) is not None:
                texts[spelled.get(slot, slot)] = found
        return texts


def _other_keys(spot: Spot) -> Mapping[str, str]:
    """Other spellings of the bindings and texts of a component; everything here has the declared ones."""
    kind = component_type(spot.node.type) if spot.node else None
    return kind.other_keys if kind else {}


def _level_of(raw: Mapping[str, Any], above: int) -> int:
    """The level of a component's heading: the one it says, else one below what it stands under."""
    given = raw.get("headingLevel")
    return given if isinstance(given, int) and 2 <= given <= 6 else min(above + 1, 6)


def _common(raw: Mapping[str, Any], spot: Spot) -> dict[str, Any]:
    """What the templates and the summaries of all types ask for."""
    label = raw.get("labelSettings")
    optional = isinstance(label, Mapping) and label.get("optionalIndicator") is True
    forced = spot.flag("forceShowInSummary")
    return {"optional_mark": optional, "name": None, "as_card": False, "forced": forced}


def _drawn_ahead(node: Node) -> bool:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if not kind_of(type_of(each)).drawn_ahead:
            return False
        waiting.extend(each.children)
    return True


def page_view(state: FormState, name: str) -> PageView:
    """The view of one page. Raises KeyError where the layout set has no such page."""
    return Builder(state).page(name)
