"""Every sentence of the interface is there in bokmål and nynorsk."""

from pathlib import Path

from studio.web import catalogue


def test_every_sentence_has_both_translations_and_only_one_of_each() -> None:
    problems = catalogue.problems()

    assert not problems, "\n".join(problems)


def _room(root: Path, code: str, **translations: str) -> None:
    (root / "translations").mkdir(parents=True)
    (root / "code.py").write_text(code)
    for language, content in translations.items():
        (root / "translations" / f"{language}.po").write_text(content)


def _po(*pairs: tuple[str, str]) -> str:
    return "".join(f'msgid "{msgid}"\nmsgstr "{text}"\n\n' for msgid, text in pairs)


def test_a_sentence_without_a_translation_is_named_with_its_place(tmp_path: Path) -> None:
    _room(
        tmp_path, 'N_("Hello")\n_("Bye")\n', nb=_po(("Hello", "Hei"), ("Bye", "")), nn=_po(("Hello", "Hei"))
    )

    problems = catalogue.problems(tmp_path)

    assert problems == [
        f"{language}: no translation: 'Bye' ({tmp_path.name}/code.py:2)" for language in ("nb", "nn")
    ]


def test_templates_are_searched_too(tmp_path: Path) -> None:
    _room(tmp_path, "")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text('<p>{{ _("In a page") }}</p>')

    assert [use.msgid for use in catalogue.uses(tmp_path)] == ["In a page"]


def test_rooms_that_disagree_are_named(tmp_path: Path) -> None:
    for room, text in (("a", "Hei"), ("b", "Hallo")):
        _room(tmp_path / room, "", nb=_po(("Hello", text)))

    assert [each for each in catalogue.problems(tmp_path) if "two translations" in each] == [
        "nb: two translations: Hello (b/translations/nb.po: Hallo)"
    ]


def test_the_same_word_with_two_meanings_has_two_translations(tmp_path: Path) -> None:
    both = 'msgid "Open"\nmsgstr "Åpne"\n\nmsgctxt "it is"\nmsgid "Open"\nmsgstr "Åpen"\n'
    code = 'gettext("Open")\npgettext("it is", "Open")\n'
    _room(tmp_path, code, nb=both, nn=_po(("Open", "Opne")))

    assert catalogue.problems(tmp_path) == [
        f"nn: no translation: 'Open' ({tmp_path.name}/code.py:2)",
    ]
    found = catalogue.merged("nb", tmp_path)[0]
    assert (found.get("Open").string, found.get("Open", "it is").string) == ("Åpne", "Åpen")


def test_plurals_need_both_forms(tmp_path: Path) -> None:
    half = 'msgid "%(num)d app"\nmsgid_plural "%(num)d apps"\nmsgstr[0] "%(num)d app"\nmsgstr[1] ""\n'
    _room(tmp_path, 'ngettext("%(num)d app", "%(num)d apps", 2)\n', nb=half, nn=half)

    assert len(catalogue.problems(tmp_path)) == 2
