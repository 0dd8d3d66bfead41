"""JSON Schema, in the platform's dialect, to XSD."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any, Final

from studio.definition.data_model.conversion.declarations import Declarations
from studio.definition.data_model.conversion.reading import (
    BrokenSchema,
    as_schema,
    endless,
    is_xml_name,
    wrong,
)
from studio.definition.data_model.conversion.root_elements import roots_of
from studio.definition.data_model.conversion.source import Source, Target
from studio.definition.data_model.conversion.uses import affected
from studio.definition.data_model.conversion.xsd_parts import (
    XSD,
    XSI,
    Key,
    Part,
    Prefixes,
    attributes_text,
    lines,
)
from studio.definition.data_model.conversion.xsd_parts import escaped as escaped_text
from studio.definition.sentences import N_

_URI: Final = re.compile(r"""[^\s"'<>{}|\\^`\x00-\x20]+""")
# A reference to anything but a definition.
_ELSEWHERE: Final = re.compile(r'"\$ref": "(?!#/(?:\$defs|definitions)/[^/"]+")')
_FORMS: Final = {"Qualified": "qualified", "Unqualified": "unqualified"}


def to_xsd(schema: Mapping[str, Any]) -> bytes:
    """The XSD for a JSON Schema: UTF-8, two spaces a level; the same bytes for the same schema.

    Titles, descriptions and comments of the schema, and limits that XSD has no word for, are not in it.
    Raises BrokenSchema, which says where, for a schema that no XSD can follow.
    """
    return Derived(schema).text().encode()


@dataclass(eq=False)
class Derived:
    """The XSD that a schema stands for, part by part, each made once. Everything may raise BrokenSchema."""

    schema: Mapping[str, Any]
    # The same for schemas that say the same; "" where nobody needs to know.
    id: str = ""
    # Parts that are known to be what this schema says too.
    known: Mapping[Key, Part] = field(default_factory=dict)
    _made: dict[Key, Part] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def edited(self, schema: Mapping[str, Any], name: str = "") -> "Derived":
        """What a schema stands for that this one has become: parts that the edit does not reach are kept.

        `name` is its id.
        """
        after = Derived(schema, name)
        try:
            self._hand_over(after)
        except BrokenSchema:
            return Derived(schema, name)
        return after

    def _hand_over(self, after: "Derived") -> None:
        if not self.is_local or not after.is_local or self.declarations.extra:
            return
        if self.declarations.foreign != after.declarations.foreign:
            return
        before, now = self.source.definitions.keys(), after.source.definitions.keys()
        same = before & now - affected(self.source, after.source)
        known = {**self.known, **self._made}
        after.known = {key: part for key, part in known.items() if key[0] == "definition" and key[1] in same}
        if same == before == now:
            after.declarations.known = self.declarations.made

    @cached_property
    def is_local(self) -> bool:
        """Whether definitions alone are referred to, so that all else only speaks for its own place."""
        return _ELSEWHERE.search(self.source.text) is None

    @cached_property
    def source(self) -> Source:
        """The schema, read."""
        return Source(as_schema(self.schema, "#"))

    @cached_property
    def roots(self) -> dict[str, Target]:
        """Name -> schema of the elements with which documents begin."""
        found = {target.name or "": target for target in roots_of(self.source)}
        for target in found.values():
            if not is_xml_name(target.name or ""):
                raise wrong("#/@xsdRootElement", N_("The root element needs a name that XML allows."))
        return found

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """What is declared at the top: ("root", name) or ("definition", name), in order."""
        roots = self.roots
        definitions = (
            ("definition", name)
            for name in self.source.definitions
            if name not in roots or self.source.roles[name] != "element"
        )
        return (*(("root", name) for name in roots), *definitions)

    @cached_property
    def declarations(self) -> Declarations:
        """What makes the parts."""
        return Declarations(self.source, frozenset(self.namespaces))

    def part(self, key: Key) -> Part:
        """One of the parts that `keys` names; never to be altered."""
        with self._lock:
            found = self._made.get(key) or self.known.get(key)
            if found is None:
                found = self._made[key] = self._part(key)
            return found

    def _part(self, key: Key) -> Part:
        kind, name = key
        target = self.source.definitions[name] if kind == "definition" else self.roots[name]
        try:
            if kind == "definition":
                return self.declarations.definition(target)
            return self.declarations.root(name, target.schema, target.pointer)
        except RecursionError:
            raise endless(target.pointer) from None

    def parts(self) -> list[Part]:
        """All parts, in order."""
        made = [self.part(key) for key in self.keys]
        return [*made, *self.declarations.extra]

    @cached_property
    def namespaces(self) -> dict[str, str]:
        """Prefix -> URI. The schema's own, and what an XSD cannot do without."""
        given = self.schema.get("@xsdNamespaces")
        given = given if isinstance(given, Mapping) else {}
        found = {prefix: uri for prefix, uri in given.items() if _is_namespace(prefix, uri)}
        for uri, prefixes in ((XSD, ("xsd", "xs", "xsd1")), (XSI, ("xsi", "xsi1"))):
            if uri not in found.values():
                found[next(prefix for prefix in (*prefixes, "s") if prefix not in found)] = uri
        target = self.target_namespace
        if target and target not in found.values():
            found[next(prefix for prefix in ("", "tns", "own") if prefix not in found)] = target
        return found

    @property
    def target_namespace(self) -> str | None:
        """The namespace of the documents."""
        given = self.attribute("TargetNamespace")
        if not isinstance(given, str) or not given:
            return None
        if not _URI.fullmatch(given):
            words = N_("A namespace is a web address or another name without blanks.")
            raise wrong("#/@xsdSchemaAttributes/TargetNamespace", words)
        return given

    def attribute(self, name: str) -> Any:
        """What @xsdSchemaAttributes says."""
        given = self.schema.get("@xsdSchemaAttributes")
        return given.get(name) if isinstance(given, Mapping) else None

    @cached_property
    def prefixes(self) -> Prefixes:
        """How names are written."""
        target = self.target_namespace
        return Prefixes(_prefix(self.namespaces, XSD), _prefix(self.namespaces, target) if target else "")

    def heading(self) -> dict[str, str]:
        """The attributes of xsd:schema, without the namespaces."""
        given = isinstance(self.schema.get("@xsdSchemaAttributes"), Mapping)
        found: dict[str, str] = {}
        for attribute, default in (
            ("attributeFormDefault", "Unqualified"),
            ("elementFormDefault", "Qualified"),
        ):
            said = self.attribute(attribute[0].upper() + attribute[1:]) if given else default
            if isinstance(said, str) and said in _FORMS:
                found[attribute] = _FORMS[said]
        for attribute in ("blockDefault", "finalDefault"):
            said = self.attribute(attribute[0].upper() + attribute[1:])
            if isinstance(said, str) and said not in {"None", "Empty", ""}:
                words = (word.strip() for word in said.split(","))
                found[attribute] = (
                    "#all" if said == "All" else " ".join(w[0].lower() + w[1:] for w in words if w)
                )
        if self.target_namespace:
            found["targetNamespace"] = self.target_namespace
        return found | self._foreign()

    def _foreign(self) -> dict[str, str]:
        given = self.schema.get("@xsdUnhandledAttributes")
        pairs = given.items() if isinstance(given, Mapping) else ()
        return {
            name: str(value)
            for name, value in pairs
            if name.partition(":")[0] in self.namespaces and ":" in name
        }

    @property
    def opening(self) -> tuple[Any, ...]:
        """All that is said before the parts."""
        return self.heading(), self.namespaces, self.info()

    def info(self) -> Part | None:
        """The annotation that says what message this is."""
        info = self.schema.get("info")
        if not isinstance(info, Mapping):
            return None
        plain = ((name, value) for name, value in info.items() if isinstance(value, (str, int, float)))
        said = [Part("attribute", {"name": name, "fixed": _text(value)}) for name, value in plain]
        return Part("annotation", children=[Part("documentation", children=said)]) if said else None

    def text(self) -> str:
        """The whole file."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        spaces = sorted(self.namespaces.items(), key=lambda pair: pair[1] == XSD)
        written = "".join(f' xmlns{prefix and ":"}{prefix}="{escaped_text(uri)}"' for prefix, uri in spaces)
        name = f"{self.prefixes.xsd}schema"
        heading = attributes_text(self.heading(), self.prefixes)
        parts = self.parts()
        info = self.info()
        yield '<?xml version="1.0" encoding="utf-8"?>'
        yield f"<{name}{written}{heading}>"
        for part in [*([info] if info else []), *parts]:
            yield from lines(part, self.prefixes, indent="  ")
        yield f"</{name}>"


def _is_namespace(prefix: str, uri: Any) -> bool:
    usable = prefix == "" or (is_xml_name(prefix) and not prefix.lower().startswith("xml"))
    return usable and isinstance(uri, str) and _URI.fullmatch(uri) is not None


def _text(value: str | float) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _prefix(namespaces: Mapping[str, str], uri: str) -> str:
    """The prefix with its colon; "xsd" before others."""
    found = [prefix for prefix, given in namespaces.items() if given == uri]
    prefix = "xsd" if "xsd" in found else found[0]
    return f"{prefix}:" if prefix else ""
