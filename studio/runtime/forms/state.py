"""What a form is at one moment: the app's files, the data so far, and who looks at it in which language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from typing import Any, Final

from studio.definition import form_paths as paths
from studio.definition.app import AppDefinition
from studio.definition.content_cache import ContentCache
from studio.definition.data_model import Field
from studio.definition.expressions import Form, FormTree, PageLayout, Surroundings, form_tree
from studio.definition.layouts import LayoutSet, Page
from studio.definition.rules import calculations_of, validations_of
from studio.definition.rules.surroundings import surroundings
from studio.runtime.forms.deciding import deciding_fields
from studio.runtime.forms.entries import Entry, Within
from studio.runtime.forms.hooks import NO_HOOKS, Asking, FormHooks
from studio.runtime.forms.page_reads import Texts
from studio.runtime.forms.page_rules import NO_RULES, OwnRules, PageRules, page_rules
from studio.runtime.forms.signees import Signee
from studio.runtime.forms.view import Issue
from studio.runtime.forms.wording import BUILT_IN_IDS, built_in

_SEPARATOR: Final = "::"
_TREES: Final[ContentCache[FormTree]] = ContentCache(500)
_RULES: Final[ContentCache[PageRules]] = ContentCache(2000)


@dataclass(frozen=True)
class FormState:
    """Everything a page is made from. `data` is data type id -> form data (JSON).

    `typed` is field name -> text that was typed and could not be kept as a value; it is shown again.
    `open_rows` holds the fields of the rows that stand open. `instance` has the shape of the App API.
    `back_to` is the page with the summary from which the reader came to change an answer.
    `resources` and `attachments` stand in front of the app's own files and of the instance's; `pdf` is
    the address of the form as a PDF. `entries` is data type id -> the entries of subforms, `within` where
    this form stands if it is one of them itself. `hooks` are asked beside the app's own rules.
    `signees` are those who sign in this step, `reader` is the national number of who looks at the form.
    `old_hidden` are the keys of components that rules of older apps hide in the browser. In a design
    nothing is hidden, and repeating groups show their content once.
    """

    app: AppDefinition
    layout_set: LayoutSet
    language: str
    data: Mapping[str, Any]
    today: date
    instance: Mapping[str, Any] | None = None
    issues: tuple[Issue, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    open_rows: frozenset[str] = frozenset()
    actions: Mapping[str, bool] = field(default_factory=dict)
    read_only: bool = False
    design: bool = False
    resources: str = ""
    back_to: str = ""
    attachments: str = ""
    pdf: str = ""
    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    within: Within | None = None
    old_hidden: frozenset[str] = frozenset()
    hooks: FormHooks = NO_HOOKS
    signees: tuple[Signee, ...] = ()
    reader: str = ""

    @property
    def default_type(self) -> str:
        """The data type that paths without a type are in."""
        return self.layout_set.data_type or ""

    @cached_property
    def form(self) -> Form:
        """The form as expressions see it."""
        return self._form()

    def _form(self) -> Form:
        return Form(_TREES.get(self.content_id, lambda: tree_of(self.layout_set)), self._surroundings())

    @cached_property
    def deciding(self) -> frozenset[str]:
        """The fields whose answers decide what else is shown; empty in a design, where nobody answers."""
        if self.design:
            return frozenset()
        worked_out = calculations_of(self.app, self.default_type).calculations
        expressions = [each.expression for each in worked_out]
        return deciding_fields(self.layout_set, self.content_id, expressions)

    @property
    def content_id(self) -> str:
        """What the layout set's content is known by."""
        return f"{self.app.files.tree_id}:{self.layout_set.id}"

    def rules(self, page: str) -> PageRules:
        """What of a page the browser works out by itself; nothing where nobody writes."""
        if self.design or self.read_only:
            return NO_RULES
        return _RULES.get(
            f"{self.content_id}:{page}:{self.language}",
            lambda: page_rules(self.form.tree, page, self.default_type, self._own_rules()),
        )

    def _own_rules(self) -> OwnRules:
        keys = BUILT_IN_IDS.union(*(self.app.texts(language).keys() for language in (self.language, "nb")))
        return OwnRules(
            validations_of(self.app, self.default_type),
            calculations_of(self.app, self.default_type).calculations,
            self.field_of,
            Texts(keys, self.form.around.resource),
            lambda name: self.form.around.options(name) if name in self.app.option_ids else None,
        )

    def _surroundings(self) -> Surroundings:
        found = surroundings(
            self.app,
            self.default_type,
            self.data,
            language=self.language,
            instance=self.instance,
            actions=self.actions,
        )
        # An app may name texts of the platform without having them.
        found = replace(found, resource=partial(_with_built_in, found.resource))
        if self.hooks is NO_HOOKS:
            return found

        def options(option_id: str) -> Sequence[Mapping[str, Any]] | None:
            files = found.options(option_id)
            return self._worked_out_options(option_id, {}) if files is None else files

        return replace(found, options=options, worked_out_options=self._worked_out_options)

    @property
    def asking(self) -> Asking:
        """What hooks are told when they are asked about the form."""
        return Asking(self.language, self.default_type, self.data, self.instance)

    def _worked_out_options(
        self, option_id: str, asked: Mapping[str, str]
    ) -> Sequence[Mapping[str, Any]] | None:
        """A file of the app stands before every other list of the same name. Raises OptionsNotThere."""
        return None if option_id in self.app.option_ids else self.hooks.options(self.asking, option_id, asked)

    def text(self, key: str) -> str:
        """A text of the app, seen from the form as a whole; the key itself where there is none."""
        return self.form.page("").text(key)

    def pages(self) -> list[Page]:
        """The pages that are shown, in order."""
        shown = (page for page in self.layout_set.pages if page.in_order)
        return [page for page in shown if self.design or not self.form.page(page.name).hidden]

    def name(self, data_type: str, path: str) -> str:
        """The name of a field in form posts."""
        return path if data_type == self.default_type else f"{data_type}{_SEPARATOR}{path}"

    def place(self, name: str) -> tuple[str, str]:
        """The data type and path that a name in a form post stands for."""
        data_type, separator, path = name.partition(_SEPARATOR)
        return (data_type, path) if separator else (self.default_type, name)

    def field_of(self, name: str) -> Field | None:
        """The field of the data model that a name in a form post stands for."""
        data_type, path = self.place(name)
        model = self.app.model(data_type)
        return model.field(paths.without_indexes(path)) if model else None

    def issues_at(self, name: str) -> tuple[Issue, ...]:
        """What validation says about a field."""
        return self.issues_by_field.get(self.place(name), ())

    @cached_property
    def issues_by_field(self) -> Mapping[tuple[str, str], tuple[Issue, ...]]:
        """What validation says: (data type, path) -> the issues there."""
        found: dict[tuple[str, str], tuple[Issue, ...]] = {}
        for issue in self.issues:
            key = (issue.data_type or self.default_type, issue.field)
            found[key] = (*found.get(key, ()), issue)
        return found


def _with_built_in(of_app: Callable[[str], Mapping[str, Any] | None], key: str) -> Mapping[str, Any] | None:
    found = of_app(key)
    words = built_in(key) if found is None else None
    return {"value": words} if words is not None else found


def entry_state(state: FormState, layout_set: LayoutSet, entry: Entry) -> FormState:
    """The form of one entry of a subform whose pages are in `layout_set`."""
    return replace(
        state,
        layout_set=layout_set,
        data={**state.data, layout_set.data_type or "": entry.data},
        issues=(),
        typed={},
        open_rows=frozenset(),
        entries={},
        back_to="",
        read_only=state.read_only or entry.locked,
    )


def tree_of(layout_set: LayoutSet) -> FormTree:
    """The component tree of a layout set."""
    return form_tree(
        [
            PageLayout(page.name, [part.raw for part in page.components], page.hidden)
            for page in layout_set.pages
        ]
    )
