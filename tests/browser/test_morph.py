"""Turning a page into the one that an answer is about, in a real document: what stays is not made anew."""

import json
import random
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from studio.runtime.forms.drawn import Drawn
from studio.runtime.pages.known_parts import Shown, what_is_new

MORPH = Path(__file__).parents[2] / "designer_static" / "src" / "lib" / "morph.js"

# Takes in one answer after the other; gives what is shown then, and the ids of elements that are new.
_RUN = """
([source, first, answers]) => {
  const { morph } = (0, eval)(`(() => { ${source}; return { morph }; })()`);
  document.body.innerHTML = `<main>${first}</main>`;
  const main = document.querySelector('main');
  const mark = () => { for (const part of main.children) part.known = part.id; };
  mark();
  return answers.map((html) => {
    const next = new DOMParser().parseFromString(`<main>${html}</main>`, 'text/html').querySelector('main');
    morph(main, next, () => false);
    const made = [...main.children].filter((part) => part.known !== part.id).map(({ id }) => id);
    mark();
    return [main.innerHTML, made];
  });
}
"""


def part(key: str, text: str) -> Drawn:
    return Drawn.of(Markup('<div id="c-{}" class="part"><p>{}</p></div>\n').format(key, text))


def html_of(page: dict[str, Drawn]) -> str:
    return "".join(part.html for part in page.values())


def shown_of(page: dict[str, Drawn], touched: str) -> Shown:
    return {key: "-" if key == touched else part.digest for key, part in page.items()}


def random_page(chance: random.Random, keys: list[str]) -> dict[str, Drawn]:
    order = keys if chance.random() < 0.8 else chance.sample(keys, len(keys))
    return {key: part(key, chance.choice("12")) for key in order if chance.random() < 0.8}


@pytest.mark.parametrize("seed", range(4))
def test_every_answer_leads_to_its_page_and_leaves_what_stays_where_it_is(
    new_context: Any, seed: int
) -> None:
    chance = random.Random(seed)
    pages = [random_page(chance, list("abcdefghij")) for _ in range(60)]
    answers = [
        what_is_new(after, shown_of(before, chance.choice("abcdefghij"))) for before, after in pairwise(pages)
    ]
    assert any("data-same" in each for each in answers)
    page = new_context().new_page()
    source = MORPH.read_text("utf-8").replace("export ", "")
    found = page.evaluate(_RUN, [source, html_of(pages[0]), [str(each) for each in answers]])
    for (before, after), (html, made) in zip(pairwise(pages), found, strict=True):
        shown = re.sub(r' data-is="\w{12}"', "", html)
        assert shown.split() == html_of(after).split(), json.dumps(list(after))
        assert {f"c-{key}" for key in after.keys() - before.keys()} == set(made)


# Changes the limits of a date after each of its digits.
_LIMIT = """
([source, day]) => {
  const { morph } = (0, eval)(`(() => { ${source}; return { morph }; })()`);
  const html = `<main><input type="date" id="day" min="2026-12-${day}"></main>`;
  const next = new DOMParser().parseFromString(html, 'text/html').querySelector('main');
  morph(document.querySelector('main'), next, () => true);
}
"""


def test_a_date_is_written_to_its_end_while_its_limits_change(new_context: Any) -> None:
    page = new_context().new_page()
    page.set_content('<main><input type="date" id="day" min="2026-01-01"></main><button>Next</button>')
    source = MORPH.read_text("utf-8").replace("export ", "")
    day = page.locator("#day")
    day.focus()
    for place, digit in enumerate("02022027"):
        page.keyboard.type(digit)
        page.evaluate(_LIMIT, [source, 10 + place])
    assert day.input_value() == "2027-02-02"
    assert day.get_attribute("min") == "2026-01-01"
    page.locator("button").focus()
    assert day.get_attribute("min") == "2026-12-17"
