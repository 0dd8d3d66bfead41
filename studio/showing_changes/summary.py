"""What changed between two states of an app: sentences by what they are about, and the pages to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from studio.definition.app import AppDefinition, app_definition
from studio.definition.comparison import ChangedPage, changed_pages, told
from studio.definition.content_cache import ContentCache
from studio.definition.files import Files, changed_paths
from studio.definition.naming import page_name
from studio.definition.sentences import N_, Sentence

# In this order they are shown, after the pages.
_HEADINGS: Final = {
    "form": N_("The form as a whole"),
    "texts": N_("Texts"),
    "options": N_("Option lists"),
    "data_model": N_("Data model"),
    "rules": N_("Rules"),
    "process": N_("Process"),
    "access": N_("Access"),
    "library": N_("Library"),
    "app": N_("The app"),
    "other": N_("Other files"),
}
_RULE_FILES: Final = (".validation.json", ".calculation.json", ".prefill.json")
_OLD_RULES: Final = ("/RuleHandler.js", "/RuleConfiguration.json")


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences about one thing. `kind` is "page" or what the rest of an app consists of ("texts", …).

    `layout_set` and `page` name the page, and are "" for everything else.
    """

    kind: str
    title: Sentence
    sentences: tuple[Sentence, ...]
    layout_set: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class PictureOf:
    """A page to be shown before and after. `languages` are those in which it looks different."""

    title: Sentence
    page: ChangedPage
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed. `languages` are those of both states, `paths` the files, sorted."""

    groups: tuple[Group, ...]
    pictures: tuple[PictureOf, ...]
    languages: tuple[str, ...]
    paths: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many sentences there are."""
        return sum(len(group.sentences) for group in self.groups)


_KEPT: Final[ContentCache[Changes]] = ContentCache(500)


def changes(before: Files, after: Files) -> Changes:
    """What is different in `after`. Kept by content, so that it is worked out once."""
    return _KEPT.get(f"{before.tree_id} {after.tree_id}", lambda: _worked_out(before, after))


def _worked_out(before: Files, after: Files) -> Changes:
    old, new = app_definition(before), app_definition(after)
    languages = tuple(dict.fromkeys((*new.languages, *old.languages)))
    return Changes(
        groups=_grouped(old, new, told(old, new)),
        pictures=tuple(
            PictureOf(_page_title(new, page.name), page, page.languages(languages))
            for page in changed_pages(old, new)
        ),
        languages=languages,
        paths=tuple(sorted(changed_paths(before, after))),
    )


def _grouped(
    old: AppDefinition, new: AppDefinition, said: Sequence[tuple[str, Sentence]]
) -> tuple[Group, ...]:
    """Pages in the order of the form, then everything else in the order of the headings."""
    pages = {
        page.path: (layout_set.id, page.name)
        for app in (old, new)  # what a path is now counts
        for layout_set in app.layout_sets
        for page in layout_set.pages
    }
    of_pages: dict[tuple[str, str], list[Sentence]] = {}
    of_others: dict[str, list[Sentence]] = {}
    for path, sentence in said:
        if path in pages:
            of_pages.setdefault(pages[path], []).append(sentence)
        else:
            of_others.setdefault(_kind(new, path), []).append(sentence)
    return (
        *(
            Group("page", _page_title(new, name), tuple(sentences), layout_set, name)
            for (layout_set, name), sentences in of_pages.items()
        ),
        *(
            Group(kind, Sentence(heading), tuple(of_others[kind]))
            for kind, heading in _HEADINGS.items()
            if kind in of_others
        ),
    )


def _page_title(app: AppDefinition, name: str) -> Sentence:
    return Sentence(N_("Page %(page)s"), {"page": page_name(app, name)})


def _kind(app: AppDefinition, path: str) -> str:
    """What a file that is no page belongs to."""
    paths = app.paths
    exact = {
        paths.metadata: "app",
        paths.process: "process",
        paths.policy: "access",
        paths.library: "library",
    }
    if path in exact:
        return exact[path]
    if path.startswith(f"{paths.models_folder}/"):
        return "rules" if path.endswith(_RULE_FILES) else "data_model"
    if path.startswith(f"{paths.ui}/"):
        return "rules" if path.endswith(_OLD_RULES) else "form"
    folders = {
        paths.texts_folder: "texts",
        paths.options_folder: "options",
        paths.logic_folder: "rules",
        paths.examples_folder: "rules",
    }
    return next((kind for folder, kind in folders.items() if path.startswith(f"{folder}/")), "other")
