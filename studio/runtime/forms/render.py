"""Component views as HTML: one template for each component type. Studio's canvas uses the same ones."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Literal, Self

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from studio.runtime.forms import markup
from studio.runtime.forms.view import ComponentView, PageView
from studio.runtime.forms.wording import format_of, plural_format_of

# fill: to fill in. design: Studio's canvas, where nothing has an id or a name. summary: what was answered.
Mode = Literal["fill", "design", "summary"]
# Given a component and its HTML, gives the HTML to put in its place.
Wrap = Callable[[ComponentView, Markup], Markup]

FOLDER: Final = Path(__file__).parents[1] / "templates"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    # A method of the extension.
    environment.install_gettext_callables(format_of, plural_format_of, newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(
        inline=markup.inline, block=markup.block, plain=markup.plain, apart=markup.apart
    )
    return environment


_ENVIRONMENT: Final = _environment()


class Content(Markup):
    """What is inside a container. On the canvas each of its parts is a place of its own."""

    parts: Mapping[str, Markup]

    def __new__(cls, html: Markup, parts: Mapping[str, Markup] | None = None) -> Self:
        """`parts`: where in the component ("tabs/0/children") -> what stands there."""
        made = super().__new__(cls, html)
        made.parts = parts or {}
        return made

    def at(self, place: str) -> Markup:
        """What stands in one part of the container."""
        return self.parts.get(place, Markup(""))


class _Later:
    """What is inside a container, drawn once its template asks for it: some draw their parts themselves."""

    def __init__(self, inside: "_Inside", views: tuple[ComponentView, ...]) -> None:
        self._inside = inside
        self._views = views

    def __html__(self) -> str:
        return self._inside.all(self._views)

    def __bool__(self) -> bool:
        return bool(self._views)

    def at(self, _place: str) -> Markup:
        """Nothing: only the canvas has places."""
        return Markup("")


def render_component(
    view: ComponentView, mode: Mode = "fill", wrap: Wrap | None = None, children: Markup | None = None
) -> Markup:
    """The HTML of a component and of what is inside it.

    `wrap` is asked for each component, from the innermost out. `children` takes the place of what is inside.
    """
    inside = _Inside(mode, wrap)
    template = _ENVIRONMENT.get_template(f"forms/{_template(view, mode)}.html")
    content: Content | _Later = _Later(inside, view.children)
    if children is not None:
        content = children if isinstance(children, Content) else Content(children)
    html = Markup(template.render(view=view, mode=mode, inside=inside, content=content))  # noqa: S704 - autoescaped
    return wrap(view, html) if wrap else _boxed(view, mode, html)


def render_page(page: PageView, mode: Mode = "fill", wrap: Wrap | None = None) -> Markup:
    """The HTML of all components of a page."""
    return _Inside(mode, wrap).all(page.components)


def render_form_part(name: str, **values: Any) -> Markup:
    """A part of a form's page that is no component: "error_summary"."""
    return Markup(_ENVIRONMENT.get_template(f"forms/{name}.html").render(**values))  # noqa: S704 - autoescaped


class _Inside:
    """What templates call to show the components inside a component."""

    def __init__(self, mode: Mode, wrap: Wrap | None) -> None:
        self._mode: Mode = mode
        self._wrap = wrap

    def all(self, views: tuple[ComponentView, ...]) -> Markup:
        """The HTML of components, one after the other."""
        return Markup("").join(render_component(view, self._mode, self._wrap) for view in views)


def _template(view: ComponentView, mode: Mode) -> str:
    if mode != "summary" and not view.as_summary:
        return view.kind.template
    return view.kind.summary or ("answer" if view.field else view.kind.template)


_BOX: Final = Markup('<div class="form-component" data-component="{}"{}{}>{}</div>\n')
# What may come and go is a field set: while it is hidden it is disabled, so that nothing in it is sent.
_WAKING: Final = Markup(
    '<fieldset role="presentation" class="form-component" data-component="{}"{}{}{}>{}</fieldset>\n'
)


def _boxed(view: ComponentView, mode: Mode, html: Markup) -> Markup:
    own_id = Markup(' id="c-{}"').format(view.key) if mode == "fill" else Markup("")
    if mode == "fill" and view.follows:
        own_id += Markup(' data-follows="{}"').format(" ".join(sorted(view.follows)))
    if mode == "fill" and "hidden" in view.follows:
        asleep = Markup(" hidden disabled") if view.dormant else ""
        return _WAKING.format(view.key, own_id, column_widths(view), asleep, html)
    return _BOX.format(view.key, own_id, column_widths(view), html)


def column_widths(view: ComponentView) -> Markup:
    """The part of the twelve columns that the layout gives the component, by width of the screen."""
    grid = view.raw.get("grid")
    if not isinstance(grid, dict):
        return Markup("")
    return Markup("").join(
        Markup(' data-{}="{}"').format(size, grid[size])
        for size in ("xs", "sm", "md", "lg")
        if isinstance(grid.get(size), int) and 1 <= grid[size] <= 12
    )
