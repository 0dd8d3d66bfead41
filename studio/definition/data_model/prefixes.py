"""Names of elements and attributes as they are written: namespaces and their prefixes."""

from functools import cached_property
from typing import Final

from studio.definition.data_model.xml_text import check_name, escaped, split_tag
from studio.definition.data_model.xsd import Xsd

XML: Final = "http://www.w3.org/XML/1998/namespace"
XMLNS: Final = "http://www.w3.org/2000/xmlns/"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"


class Prefixes:
    """The prefixes of a model's documents: none for the namespace of the root where all elements have one."""

    def __init__(self, root_tag: str, xsd: Xsd | None) -> None:
        namespace = split_tag(root_tag)[0]
        known = dict.fromkeys([*([namespace] if namespace else []), *(xsd.namespaces if xsd else ())])
        self.default = namespace if xsd is None or xsd.is_qualified else ""
        # Attributes need a prefix also for the default namespace.
        with_default = xsd is not None and xsd.has_qualified_attributes
        others = (each for each in known if with_default or each != self.default)
        self._prefixes = {each: f"ns{number}" for number, each in enumerate(others)}
        self._prefixes[XML] = "xml"
        self._prefixes[XSI] = "xsi"

    @cached_property
    def declarations(self) -> str:
        """The declarations on the root element."""
        named = {f"xmlns:{name}": uri for uri, name in self._prefixes.items() if name != "xml"}
        given = ({"xmlns": self.default} if self.default else {}) | named
        return "".join(f' {name}="{escaped(uri)}"' for name, uri in given.items())

    def element(self, tag: str, around: str | None = None) -> tuple[str, str]:
        """(how an element is written, declarations that it needs) within the default namespace `around`."""
        namespace, name = split_tag(tag)
        check_name(name)
        if namespace == (self.default if around is None else around):
            return name, ""
        if namespace in self._prefixes:
            return f"{self._prefixes[namespace]}:{name}", ""
        return name, f' xmlns="{escaped(namespace)}"'

    def attribute(self, tag: str) -> str:
        """How an attribute of the model is written; its namespace is one of the model's."""
        namespace, name = split_tag(tag)
        check_name(name)
        return f"{self._prefixes[namespace]}:{name}" if namespace else name

    def known(self, namespace: str) -> str | None:
        """The prefix of a namespace for attributes; None where it has to be declared."""
        return self._prefixes.get(namespace) if namespace else ""
