"""XML, read without entities, networks or endless depth."""

from __future__ import annotations

from lxml import etree

from communique.errors import NotTextError


def xml_in(raw: bytes) -> etree._Element:
    """The root of an XML document; entities that it declares are not put in, nothing is fetched. Raises `NotTextError`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
    try:
        return etree.fromstring(raw, parser)
    except (etree.LxmlError, ValueError) as error:
        raise NotTextError(f"its XML is broken: {error}") from error


def name_of(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for what is none, like an entity."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def first(element: etree._Element, name: str) -> etree._Element | None:
    """The first element of a name in an element, itself included."""
    return next((one for one in element.iter() if name_of(one) == name), None)


def words_in(element: etree._Element) -> str:
    """The words of an element on one line."""
    return " ".join("".join(element.itertext()).split())
