"""The metadata packet of a PDF (ISO 16684-1), which names its conformance to PDF/UA-1."""

from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape


@dataclass(frozen=True, slots=True)
class Description:
    """What a file says of itself in its information dictionary and its metadata."""

    title: str
    authors: tuple[str, ...]
    subject: str
    keywords: tuple[str, ...]
    language: str
    creator: str
    producer: str
    date: date | None


def xmp_packet(description: Description) -> bytes:
    """The packet, in UTF-8."""
    lines = [
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">',
        "<pdfuaid:part>1</pdfuaid:part>",
        f"<dc:title>{_alternatives(description.title)}</dc:title>",
        "<dc:language><rdf:Bag>"
        f"<rdf:li>{escape(description.language)}</rdf:li></rdf:Bag></dc:language>",
    ]
    if description.authors:
        names = "".join(f"<rdf:li>{escape(name)}</rdf:li>" for name in description.authors)
        lines.append(f"<dc:creator><rdf:Seq>{names}</rdf:Seq></dc:creator>")
    if description.subject:
        lines.append(f"<dc:description>{_alternatives(description.subject)}</dc:description>")
    if description.keywords:
        lines.append(f"<pdf:Keywords>{escape(', '.join(description.keywords))}</pdf:Keywords>")
    lines += [
        f"<pdf:Producer>{escape(description.producer)}</pdf:Producer>",
        f"<xmp:CreatorTool>{escape(description.creator)}</xmp:CreatorTool>",
        "</rdf:Description>",
        "</rdf:RDF>",
        "</x:xmpmeta>",
        '<?xpacket end="r"?>',
    ]
    return "\n".join(lines).encode()


def _alternatives(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'
