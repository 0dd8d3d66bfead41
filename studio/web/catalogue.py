"""The interface's sentences: found in the code, translated in each room's .po files, compiled into one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT: Final = Path(__file__).parents[1]
TRANSLATED_INTO: Final = ("nb", "nn")

# gettext's name -> which argument is the msgid, and which the plural; (number, "c") is what tells it from
# the same word with another meaning.
_KEYWORDS: Final[Mapping[str, tuple[Any, ...] | None]] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
_METHODS: Final = [("**/templates/**.html", "jinja2"), ("**.py", "python")]


@dataclass(frozen=True, slots=True)
class Use:
    """A sentence in the code: its msgid (with its plural, if it has one), its place, and its context."""

    msgid: str | tuple[str, ...]
    place: str
    context: str | None = None


def uses(root: Path = ROOT) -> Iterator[Use]:
    """Every sentence that the code under `root` marks for translation."""
    found = extract_from_dir(root, method_map=_METHODS, keywords=_KEYWORDS, options_map={})
    for path, line, msgid, _comments, context in found:
        yield Use(msgid, f"{root.name}/{path}:{line}", context)


def translation_files(language: str, root: Path = ROOT) -> list[Path]:
    """The rooms' files for one language."""
    return sorted(root.rglob(f"translations/{language}.po"))


def merged(language: str, root: Path = ROOT) -> tuple[Catalog, list[str]]:
    """All rooms' translations as one catalogue, and the msgids that two rooms translate differently."""
    whole = Catalog(locale=language, charset="utf-8")
    disagreeing: list[str] = []
    for path in translation_files(language, root):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
        for message in catalogue:
            if not message.id or not _is_translated(message) or message.fuzzy:
                continue
            there = whole.get(message.id, message.context)
            if there is not None and there.string != message.string:
                disagreeing.append(f"{message.id} ({path.relative_to(root)}: {message.string})")
            whole.add(message.id, message.string, context=message.context)
    return whole, disagreeing


def compile_catalogues(root: Path = ROOT) -> list[Path]:
    """Write translations/<language>/LC_MESSAGES/messages.mo for each language; returns what was written."""
    written = []
    for language in TRANSLATED_INTO:
        place = root / "translations" / language / "LC_MESSAGES" / "messages.mo"
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_suffix(".new")
        with fresh.open("wb") as file:
            write_mo(file, merged(language, root)[0])
        fresh.replace(place)  # a Studio that is running never reads half a catalogue
        written.append(place)
    return written


def problems(root: Path = ROOT) -> list[str]:
    """What is wrong with the translations, a line each: what lacks one, and where rooms disagree."""
    every = list(uses(root))
    found = []
    for language in TRANSLATED_INTO:
        catalogue, disagreeing = merged(language, root)
        found += [f"{language}: two translations: {each}" for each in disagreeing]
        missing: dict[str, Use] = {}
        for use in every:
            message = catalogue.get(use.msgid, use.context)
            if message is None or not _is_translated(message):
                missing.setdefault(f"{use.context} {use.msgid}", use)
        found += [f"{language}: no translation: {use.msgid!r} ({use.place})" for use in missing.values()]
    return found


def _is_translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)
