"""Drawings (SVG) without anything that could run, reach out, or hide: what is not known to be harmless goes.

In a page that shows a drawing as a picture nothing of it runs; but people open files on their own, and lay
drawings into pages in other ways. Elements and attributes are those of SVG 2 that draw.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from studio.definition.errors import DomainError
from studio.definition.safe_xml import BrokenXml, parse
from studio.definition.sentences import N_, Sentence

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
# Drawing programs write it, browsers do not need it. One with declarations of its own is refused.
_DOCUMENT_TYPE: Final = re.compile(rb"<!DOCTYPE[^<>\[\]]*>", re.IGNORECASE)
_ELEMENT_NAMES: Final = """
    svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textPath
    image linearGradient radialGradient stop pattern clipPath mask marker switch filter feBlend
    feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
    feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode
    feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence style
"""
_ATTRIBUTE_NAMES: Final = """
    id class style lang viewBox preserveAspectRatio version x y x1 x2 y1 y2 cx cy r rx ry fx fy fr width
    height d points pathLength transform transform-origin gradientTransform gradientUnits spreadMethod offset
    patternTransform patternUnits patternContentUnits clipPathUnits maskUnits maskContentUnits markerUnits
    markerWidth markerHeight refX refY orient dx dy rotate textLength lengthAdjust startOffset method spacing
    side fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin
    stroke-miterlimit stroke-dasharray stroke-dashoffset opacity color display visibility overflow clip-path
    clip-rule mask filter mix-blend-mode isolation paint-order vector-effect shape-rendering text-rendering
    image-rendering color-interpolation color-interpolation-filters stop-color stop-opacity flood-color
    flood-opacity lighting-color marker marker-start marker-mid marker-end font-family font-size
    font-size-adjust font-stretch font-style font-variant font-weight letter-spacing word-spacing text-anchor
    text-decoration dominant-baseline alignment-baseline baseline-shift writing-mode direction unicode-bidi
    in in2 result type values mode operator k1 k2 k3 k4 stdDeviation edgeMode order kernelMatrix divisor bias
    targetX targetY preserveAlpha surfaceScale diffuseConstant specularConstant specularExponent scale
    xChannelSelector yChannelSelector azimuth elevation radius baseFrequency numOctaves seed stitchTiles
    tableValues slope intercept amplitude exponent z pointsAtX pointsAtY pointsAtZ limitingConeAngle
    primitiveUnits filterUnits role aria-label aria-labelledby aria-hidden focusable
"""
_ELEMENTS: Final = frozenset(_ELEMENT_NAMES.split())
_ATTRIBUTES: Final = frozenset(_ATTRIBUTE_NAMES.split())
_LINKS: Final = frozenset({"href", f"{{{_XLINK}}}href"})
_INSIDE: Final = re.compile(r"#[^\s\"'()<>\\]+")
_EMBEDDED: Final = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]+")
_ADDRESS: Final = re.compile(r"url\(\s*['\"]?\s*([^'\")]*)", re.IGNORECASE)
# In styles: what fetches, what runs in old browsers, and signs that could spell either.
_UNSAFE_STYLE: Final = re.compile(
    r"@import|@namespace|expression\s*\(|behavior\s*:|-moz-binding|\\|<|/\*", re.IGNORECASE
)


def cleaned(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """A drawing with only what draws, and the names of what was taken out.

    Raises DomainError for what is no drawing.
    """
    try:
        root = parse(_DOCUMENT_TYPE.sub(b"", data, count=1))
    except BrokenXml as error:
        problem = N_("This is no drawing (SVG) that can be read: %(problem)s")
        raise DomainError(Sentence(problem, {"problem": error.sentence})) from error
    if root.tag != f"{{{_SVG}}}svg":
        raise DomainError(Sentence(N_("This is no drawing: its outermost element is not “svg”.")))
    gone = dict.fromkeys(_clean(root))
    etree.cleanup_namespaces(root, keep_ns_prefixes=["xlink"])
    return etree.tostring(root, encoding="utf-8") + b"\n", tuple(gone)


def _clean(element: etree._Element) -> Iterator[str]:
    """Clean an element and what is in it; gives the names of what goes."""
    yield from _clean_attributes(element)
    if _name(element) == "style" and not _is_safe_style("".join(map(str, element.itertext()))):
        element.text = None
        yield "style"
    for child in list(element):
        name = _name(child)
        if name == "a":
            child.tag = f"{{{_SVG}}}g"  # what a link holds may be drawn; the link itself goes
            name = "g"
            yield "a"
        if name not in _ELEMENTS or (_name(element) == "style"):
            _take_out(element, child)
            if isinstance(child.tag, str):
                yield name or etree.QName(child).localname
            continue
        yield from _clean(child)


def _clean_attributes(element: etree._Element) -> Iterator[str]:
    for key, value in list(element.attrib.items()):
        name, text = str(key), str(value)
        if not _may_stay(_name(element), name, text):
            del element.attrib[key]
            yield etree.QName(name).localname


def _may_stay(element: str, name: str, value: str) -> bool:
    if name in _LINKS:
        within = _INSIDE.fullmatch(value.strip()) is not None
        return within or (element == "image" and _EMBEDDED.fullmatch(value.strip()) is not None)
    if name in {f"{{{_XML}}}space", f"{{{_XML}}}lang"}:
        return True
    return name in _ATTRIBUTES and _is_safe_style(value)


def _is_safe_style(text: str) -> bool:
    addresses = _ADDRESS.findall(text)
    return (
        _UNSAFE_STYLE.search(text) is None
        and len(addresses) == text.lower().count("url(")
        and all(_INSIDE.fullmatch(each.strip()) for each in addresses)
        and "image-set(" not in text.lower()
    )


def _take_out(parent: etree._Element, child: etree._Element) -> None:
    """Remove a node; the text behind it stays."""
    tail, before = child.tail, child.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(child)


def _name(element: etree._Element) -> str:
    """The name of an element of SVG; "" for others, comments and instructions."""
    tag, prefix = str(element.tag), f"{{{_SVG}}}"
    return tag.removeprefix(prefix) if tag.startswith(prefix) else ""
