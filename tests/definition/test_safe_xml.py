"""Reading XML of others."""

import pytest

from studio.definition import safe_xml

NORWEGIAN = "<?xml version='1.0' encoding='UTF-8'?>\n<a xmlns='http://seres.no/Sjøfart'>{}</a>"


def test_a_namespace_may_have_norwegian_letters() -> None:
    root = safe_xml.parse(NORWEGIAN.format("<b/>").encode())
    assert [child.tag for child in root] == ["{http://seres.no/Sjøfart}b"]


def test_nothing_else_is_forgiven_beside_a_namespace_with_norwegian_letters() -> None:
    with pytest.raises(safe_xml.BrokenXml):
        safe_xml.parse(NORWEGIAN.format("<b>" * 5000 + "</b>" * 5000).encode())
    with pytest.raises(safe_xml.BrokenXml, match="line 2"):
        safe_xml.parse(NORWEGIAN.format("<b>").encode())


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>',
    ],
)
def test_a_document_type_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(safe_xml.BrokenXml, match="document type") as refused:
        safe_xml.parse(b"<?xml version='1.0'?>\n" + text.encode())
    assert refused.value.line == 2
