"""Texts of apps as HTML: what a browser would run is gone, by the word of a second library as well."""

import re
from html.parser import HTMLParser

import bleach
import pytest

from studio.runtime.forms import markup

VECTORS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></ScRiPt>",
    "<img src=x onerror=alert(1)>",
    "<img/src=`x`onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    '[x](https://example.org "onmouseover=alert(1)")',
    '![x](x"onerror="alert(1))',
    "<details open ontoggle=alert(1)>x</details>",
    "<input autofocus onfocus=alert(1)>",
    "<form action=//evil.example><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>*{background:url(//evil.example)}</style>",
    "<p style='position:fixed;inset:0'>x</p>",
    "<div hx-get=/account hx-trigger=load>x</div>",
    "<div data-hx-on:load=alert(1) id=c-name class=ds-button name=csrf_token>x</div>",
    "<object data=//evil.example></object><embed src=//evil.example>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<template><script>alert(1)</script></template>",
    '"><script>alert(1)</script>',
    "</textarea><script>alert(1)</script>",
    "<p title='<img src=x onerror=alert(1)>'>x</p>",
    "<x-y onclick=alert(1)>x</x-y>",
]  # fmt: skip
ALLOWED_NAMES = {
    "lang",
    "href",
    "title",
    "src",
    "alt",
    "width",
    "height",
    "start",
    "colspan",
    "rowspan",
    "scope",
    "rel",
    "target",
}


class Reader(HTMLParser):
    """Collects the elements and attributes of cleaned HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_that_runs_is_left_of_a_text(vector: str) -> None:
    for clean in (markup.inline(vector), markup.block(vector)):
        reader = Reader()
        reader.feed(str(clean))
        assert not reader.tags & {
            "script",
            "style",
            "iframe",
            "svg",
            "math",
            "form",
            "input",
            "button",
            "base",
            "meta",
            "link",
            "object",
            "embed",
            "template",
        }
        for name, value in reader.attributes:
            assert name in ALLOWED_NAMES, (name, value)
            if name in {"href", "src"}:
                assert not re.match(r"\s*(javascript|data|vbscript):", value.replace("\t", ""), re.IGNORECASE)


@pytest.mark.parametrize("vector", VECTORS)
def test_a_second_library_finds_no_element_to_take_away(vector: str) -> None:
    clean = str(markup.block(vector))
    again = bleach.clean(
        clean,
        tags=set(markup._BLOCK),
        attributes={tag: [*names, "rel"] for tag, names in markup._ATTRIBUTES.items()}
        | {"*": ["lang", "title"]},  # which nh3 leaves on every element
        protocols=markup._SCHEMES,
    )
    ours, theirs = Reader(), Reader()
    ours.feed(clean)
    theirs.feed(again)
    assert ours.tags == theirs.tags
    assert sorted(ours.attributes) == sorted(theirs.attributes)
