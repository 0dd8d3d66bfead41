"""The list of apps: what it holds, how it is searched and in which order it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.content_cache import ContentCache
from studio.definition.files import Files
from studio.history.commits import CommitInfo
from studio.history.repositories import Repositories
from studio.web.language import LANGUAGES


@dataclass(frozen=True, slots=True)
class Listed:
    """One app in the list. `titles` by language, empty where the app has none that can be read."""

    org: str
    app: str
    titles: Mapping[str, str]
    changed: CommitInfo
    is_favourite: bool
    is_archived: bool

    def title(self, language: str) -> str:
        """The title in this language, else in another, else the name."""
        return in_language(self.titles, language) or self.app


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: words in any title or in the name, one organisation or all, put away or in use."""

    words: str = ""
    org: str = ""
    archived: bool = False
    favourites: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether an empty list may be empty just because of what was asked for."""
        return bool(self.words or self.org or self.archived or self.favourites)


def listed_apps(
    repositories: Repositories, orgs: Iterable[str], favourites: frozenset[tuple[str, str]]
) -> list[Listed]:
    """Every app of these organisations."""
    visible = frozenset(orgs)
    return [
        _listed(repositories, org, app, is_favourite=(org, app) in favourites)
        for org, app in repositories.all()
        if org in visible
    ]


def found(apps: Iterable[Listed], wanted: Wanted, language: str) -> list[Listed]:
    """Those that are wanted: favourites first, then the ones that were changed last."""
    words = wanted.words.casefold().split()
    hits = [
        each
        for each in apps
        if each.is_archived == wanted.archived
        and wanted.org in ("", each.org)
        and (each.is_favourite or not wanted.favourites)
        and all(word in _searched(each) for word in words)
    ]
    return sorted(
        hits, key=lambda each: (not each.is_favourite, -each.changed.when.timestamp(), each.title(language))
    )


def in_language(titles: Mapping[str, str], language: str) -> str:
    """The title in `language`, else in bokmål, nynorsk or English; "" where there is none."""
    return next((titles[code] for code in (language, "nb", "nn", "en", *titles) if titles.get(code)), "")


def _searched(each: Listed) -> str:
    return " ".join([each.app, each.org, *each.titles.values()]).casefold()


def _listed(repositories: Repositories, org: str, app: str, *, is_favourite: bool) -> Listed:
    repository = repositories.open(org, app)
    head = repository.head()
    titles = _titles.get(head.tree_id, lambda: titles_of(repository.files(head.id)))
    return Listed(org, app, titles, head, is_favourite, repository.archived_at is not None)


_titles: Final = ContentCache[Mapping[str, str]](20_000)


def titles_of(files: Files) -> dict[str, str]:
    """The titles of an app in the languages of the interface; without those that the app does not have."""
    app = AppDefinition(files)
    titles = {language: app.title(language) for language in LANGUAGES}
    return {language: title for language, title in titles.items() if title and title != app.metadata.id}
