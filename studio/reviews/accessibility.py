"""Every page of the forms, held against WCAG 2.2 A and AA by axe-core in a real browser.

What axe finds is said in plain words and about the component that it lies in; so somebody who does not know
HTML knows what to mend. Beside that: whether a page fits a narrow screen (WCAG 1.4.10), which axe cannot
tell.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from studio.browser import Window
from studio.definition.app import AppDefinition
from studio.definition.findings import Finding, Place
from studio.definition.layouts import LayoutSet, Page
from studio.definition.naming import component_noun, page_name
from studio.definition.sentences import N_, Sentence
from studio.reviews.accessibility_words import NOT_KNOWN, WORDS
from studio.reviews.check_models import RunState
from studio.reviews.form_pages import FormPage, Site, everything_shown, form_pages
from studio.reviews.looking import CouldNotRun, Looker, NotShown
from studio.reviews.outcomes import Material, Outcome, judged
from studio.web.assets import DIST, manifest

MOST_FINDINGS: Final = 100
_WIDTH: Final = 1280
_NARROW: Final = 320  # pixels: what 1.4.10 asks for
_TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
_TOO_WIDE: Final = "too-wide"

# What is folded away is looked at, too. Gives [{rule, help, key}] where key names the component, or null.
_RUN: Final = """
;(async () => {
  for (const each of document.querySelectorAll('details')) each.open = true;
  const keyOf = (element) => element?.closest?.('[data-component]')?.dataset.component ?? null;
  const found = await axe.run(document, {
    runOnly: {type: 'tag', values: TAGS}, resultTypes: ['violations'], iframes: false, elementRef: true
  });
  return found.violations.flatMap(({id, help, nodes}) =>
    nodes.slice(0, 50).map(({element}) => ({rule: id, help, key: keyOf(element)})));
})()
"""
# Gives {wide, key}: whether one has to scroll sideways, and the innermost component that sticks out.
_MEASURE: Final = """
(() => {
  const edge = document.documentElement.clientWidth + 1;
  const out = [...document.querySelectorAll('[data-component]')].filter(
    (each) => each.getBoundingClientRect().right > edge || each.scrollWidth > each.clientWidth + 1);
  return {wide: document.documentElement.scrollWidth > edge, key: out.at(-1)?.dataset.component ?? null};
})()
"""


@dataclass(frozen=True, slots=True)
class _Broken:
    """A rule that something breaks; `component` is "" where it is the page."""

    path: str  # of the page
    component: str
    rule: str
    form: LayoutSet = field(compare=False)
    page: Page = field(compare=False)


def accessibility(material: Material) -> Outcome:
    """Look at every page in every language of the app. Failed where something is found."""
    app = everything_shown(material.after)
    pages, languages = form_pages(app), app.languages or ("nb",)
    broken: dict[_Broken, dict[str, str]] = {}  # with what axe says, by the languages in which it is so
    not_shown: list[Finding] = []
    with Looker(material) as looker:
        for form, page in pages:
            for language in languages:
                try:
                    site = looker.draw(FormPage(app, form, page, language))
                    seen = looker.look(site, _WIDTH, _examined)
                except NotShown as problem:
                    not_shown.append(_not_shown(app, form, page, language, problem.why))
                    continue
                for each, said in _read(seen, site, form, page):
                    broken.setdefault(each, {})[language] = said
    findings = [_finding(app, each, said, languages) for each, said in broken.items()]
    outcome = judged(_summary(len(pages), len(findings)), (*not_shown, *findings)[:MOST_FINDINGS])
    if not_shown and not findings:
        return Outcome(
            RunState.COULD_NOT_RUN, Sentence(N_("Some pages could not be looked at.")), outcome.findings
        )
    return outcome


def _summary(pages: int, count: int) -> Sentence:
    if count:
        words = N_("Things that keep people out: %(count)s, on %(pages)s pages.")
        return Sentence(words, {"count": count, "pages": pages})
    if not pages:
        return Sentence(N_("The app has no page."))
    return Sentence(N_("Nothing on the %(pages)s pages breaks a rule that can be tried."), {"pages": pages})


def _examined(window: Window) -> tuple[Any, Any]:
    found = window.run(_axe() + _RUN.replace("TAGS", json.dumps(_TAGS)))
    window.resize(_NARROW)
    return found, window.run(_MEASURE)


def _axe() -> str:
    """The code of axe-core, as the build has put it beside our own. Raises CouldNotRun."""
    name = manifest().get("axe.js")
    if name is None:
        raise CouldNotRun(Sentence(N_("It could not be run: axe-core is not among the built files.")))
    return _code(name)


@lru_cache(maxsize=1)
def _code(name: str) -> str:
    return (DIST / name).read_text(encoding="utf-8")


def _read(seen: tuple[Any, Any], site: Site, form: LayoutSet, page: Page) -> Iterator[tuple[_Broken, str]]:
    """What came back from the browser, which is not trusted: it has shown a page of somebody else."""
    found, narrow = seen
    for each in found if isinstance(found, Sequence) else ():
        if isinstance(each, Mapping):
            component = site.components.get(str(each.get("key")), "")
            rule, said = str(each.get("rule"))[:60], str(each.get("help"))[:200]
            yield _Broken(page.path, component, rule, form, page), said
    if isinstance(narrow, Mapping) and narrow.get("wide") is True:
        component = site.components.get(str(narrow.get("key")), "")
        yield _Broken(page.path, component, _TOO_WIDE, form, page), ""


def _finding(
    app: AppDefinition, broken: _Broken, said: Mapping[str, str], languages: Sequence[str]
) -> Finding:
    words, remedy = WORDS.get(broken.rule, NOT_KNOWN)
    values: dict[str, str | int | Sentence] = {
        "thing": _thing(app, broken),
        "rule": broken.rule,
        "help": next(iter(said.values())),
    }
    sentence = Sentence(words, values)
    if len(said) < len(languages):
        sentence = Sentence(
            N_("%(said)s (in %(languages)s)"), {"said": sentence, "languages": ", ".join(said)}
        )
    place = Place(
        broken.page.path,
        pointer=broken.component or None,
        layout_set=broken.form.id,
        page=broken.page.name,
        component=broken.component or None,
    )
    return Finding(f"axe-{broken.rule}", "error", place, sentence, Sentence(remedy, values))


def _thing(app: AppDefinition, broken: _Broken) -> Sentence:
    found = broken.form.find(broken.component) if broken.component else None
    page = {"page": page_name(app, broken.page.name)}
    if found is None:
        return Sentence(N_("The page *%(page)s*"), page)
    return Sentence(
        N_("%(component)s on the page *%(page)s*"), {"component": component_noun(app, found[1]), **page}
    )


def _not_shown(app: AppDefinition, form: LayoutSet, page: Page, language: str, why: Sentence) -> Finding:
    words = N_("The page *%(page)s* (%(language)s) could not be looked at: %(why)s.")
    sentence = Sentence(words, {"page": page_name(app, page.name), "language": language, "why": why})
    return Finding("not-shown", "error", Place(page.path, layout_set=form.id, page=page.name), sentence)
