"""The entries of a time line: which of them are asked for, and what each is about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.errors import NotThere
from studio.definition.files import Files, MemoryFiles
from studio.definition.naming import page_name
from studio.definition.sentences import N_, Sentence
from studio.delivery.releases import releases
from studio.history.commits import CommitInfo
from studio.history.origins import Origin
from studio.history.repository import Repository
from studio.history.timeline import Timeline

PAGE: Final = 25
# More releases than anyone makes; they are rows of one query.
_RELEASES: Final = 2000
_PLACES: Final = 4  # things that an entry names before "and more"

ORIGINS: Final[Mapping[Origin, str]] = {
    "editor": N_("Editor"),
    "code": N_("Code view"),
    "both": N_("Editor and code view"),
    "merge": N_("Merged branch"),
    "new": N_("New app"),
    "git": N_("Git"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries are asked for; "" is all. `person` is an e-mail address, `path` that of a file."""

    search: str = ""
    person: str = ""
    path: str = ""
    page: int = 1

    @property
    def narrowed(self) -> bool:
        """Whether not all are asked for."""
        return bool(self.search or self.person or self.path)


@dataclass(frozen=True, slots=True)
class Entry:
    """One step on the time line. `places` are what it touched, `releases` the versions made of it."""

    commit: CommitInfo
    origin: Sentence
    places: tuple[Sentence, ...]
    more: int
    releases: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the time line. `count` is how many entries there are in all."""

    entries: tuple[Entry, ...]
    count: int
    pages: int

    @property
    def days(self) -> list[tuple[date, list[Entry]]]:
        """The entries by the day on which they were made, as the line has them."""
        by_day = groupby(self.entries, key=lambda entry: entry.commit.when.date())
        return [(day, list(entries)) for day, entries in by_day]


def found(repository: Repository, line: Timeline, asked: Asked, app: AppDefinition) -> Found:
    """The entries that are asked for."""
    commits = _matching(line, asked)
    pages = max(1, -(-len(commits) // PAGE))
    start = (min(asked.page, pages) - 1) * PAGE
    versions = versions_of(repository)
    shown = commits[start : start + PAGE]
    return Found(tuple(entry_of(line, commit, app, versions) for commit in shown), len(commits), pages)


def entry_of(
    line: Timeline, commit: CommitInfo, app: AppDefinition, versions: Mapping[str, tuple[int, ...]]
) -> Entry:
    """What is told of a commit before it is opened."""
    places = list(_places(app, line.touched(commit))) if commit.parents else []
    return Entry(
        commit,
        Sentence(ORIGINS[commit.origin]),
        tuple(places[:_PLACES]),
        max(len(places) - _PLACES, 0),
        versions.get(commit.id, ()),
    )


def states(repository: Repository, commit: CommitInfo) -> tuple[Files, Files]:
    """The app before and after a commit; before the first there was nothing."""
    before = repository.files(commit.parents[0]) if commit.parents else MemoryFiles({})
    return before, repository.files(commit.id)


def commit_on(line: Timeline, commit_id: str, app: str) -> CommitInfo:
    """A commit of the branch, also one that came with a merge. Raises NotThere for all others.

    Drafts lie in the same repository, and are private: only what is on the branch may be seen.
    """
    commit = line.find(commit_id) or line.find_behind(commit_id)
    if commit is None:
        raise NotThere(
            Sentence(N_("There is no version “%(name)s” of %(app)s."), {"name": commit_id, "app": app})
        )
    return commit


def people(line: Timeline) -> Sequence[tuple[str, str]]:
    """Who made the changes of a branch: e-mail address and the name used last, by name."""
    names: dict[str, str] = {}
    for commit in line.commits:
        names.setdefault(commit.author.email, commit.author.name)
    return sorted(names.items(), key=lambda each: each[1].casefold())


def versions_of(repository: Repository) -> Mapping[str, tuple[int, ...]]:
    """Commit id -> the numbers of the releases that were made of it."""
    made: dict[str, tuple[int, ...]] = {}
    for release in releases(repository.org, repository.app, limit=_RELEASES):
        made[release.commit] = (*made.get(release.commit, ()), release.version)
    return made


def choices(app: AppDefinition) -> list[tuple[str, Sentence]]:
    """The files that the time line can be narrowed to, by what they are called."""
    pages = [
        (page.path, Sentence(N_("Page %(page)s"), {"page": page_name(app, page.name)}))
        for forms in app.layout_sets
        for page in forms.pages
    ]
    texts = [
        (app.paths.texts(code), Sentence(N_("Texts (%(language)s)"), {"language": code}))
        for code in app.languages
    ]
    models = [
        (path, Sentence(N_("Data model %(name)s"), {"name": kind.id}))
        for kind in app.metadata.data_types
        if (path := app.schema_path(kind.id))
    ]
    others = [
        (app.paths.process, Sentence(N_("Process"))),
        (app.paths.policy, Sentence(N_("Access"))),
        (app.paths.metadata, Sentence(N_("The app"))),
    ]
    return [*pages, *texts, *models, *(each for each in others if each[0] in app.files)]


def _matching(line: Timeline, asked: Asked) -> Sequence[CommitInfo]:
    commits: Sequence[CommitInfo] = line.touching(asked.path) if asked.path else line.commits
    if asked.person:
        commits = [commit for commit in commits if commit.author.email == asked.person]
    if asked.search:
        words = asked.search.casefold().split()
        commits = [commit for commit in commits if all(word in commit.message.casefold() for word in words)]
    return commits


def _places(app: AppDefinition, paths: frozenset[str]) -> Iterator[Sentence]:
    """What the files are in the app as it is now; those that are nothing of the kind are counted as files."""
    pages = {page.path: page.name for forms in app.layout_sets for page in forms.pages}
    known = {
        app.paths.process: N_("Process"),
        app.paths.policy: N_("Access"),
        app.paths.metadata: N_("The app"),
    }
    folders = {
        app.paths.texts_folder: N_("Texts"),
        app.paths.options_folder: N_("Option lists"),
        app.paths.models_folder: N_("Data model"),
        app.paths.ui: N_("The form as a whole"),
    }
    said: dict[str, Sentence] = {}
    others = 0
    for path in sorted(paths, key=lambda path: (path not in pages, path)):
        heading = known.get(path) or next(
            (name for folder, name in folders.items() if path.startswith(f"{folder}/")), ""
        )
        if path in pages:
            values = {"page": page_name(app, pages[path])}
            said.setdefault(path, Sentence(N_("Page %(page)s"), values))
        elif heading:
            said.setdefault(heading, Sentence(heading))
        else:
            others += 1
    yield from said.values()
    if others:
        yield Sentence(N_("Other files: %(count)s"), {"count": others})
