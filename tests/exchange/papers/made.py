"""Papers made for the tests, byte for byte as a program would write them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OTHERS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """Return a paragraph; ``content`` that is no XML becomes a run."""
    inner = content if content.startswith("<") or not content else run(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def numbered(content: str, numbering: int, level: int = 0) -> str:
    """Return a paragraph that Word numbers."""
    return paragraph(content, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>')


def level(depth: int, form: str, text: str, extra: str = "") -> str:
    """Return how a level of a numbering looks."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(key: int, *levels: str) -> str:
    """Return an abstract numbering."""
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def numbering(key: int, abstract_key: int, inner: str = "") -> str:
    """Return a numbering."""
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{abstract_key}"/>{inner}</w:num>'


def cell(text: str, properties: str = "") -> str:
    """Return a cell of a table; each line is a paragraph."""
    inner = "".join(paragraph(line) for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: str) -> str:
    """Return a table of rows that are XML of cells."""
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def row(*texts: str) -> str:
    """Return the cells of a row."""
    return "".join(map(cell, texts))


def docx(
    path: Path, body: str, numberings: str = "", styles: str = "", parts: Mapping[str, str] | None = None
) -> Path:
    """Write a Word file. ``parts`` are further ones by kind (header, footnotes, …): their inner XML."""
    content = {"document": ("officeDocument", "document", f"<w:body>{body}</w:body>")}
    if numberings:
        content["numbering"] = ("numbering", "numbering", numberings)
    if styles:
        content["styles"] = ("styles", "styles", styles)
    roots = {"header": "hdr", "footer": "ftr", "comments": "comments", "footnotes": "footnotes"}
    content |= {kind: (kind, roots[kind], inner) for kind, inner in (parts or {}).items()}
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{_KIND}/{kind}" Target="{name}.xml"/>'
        for n, (name, (kind, _, _)) in enumerate(content.items())
        if name != "document"
    )
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r" Type="{_KIND}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'
        )
        for name, (_, root, inner) in content.items():
            archive.writestr(
                f"word/{name}.xml",
                f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {W} {OTHERS}>{inner}</w:{root}>',
            )
    return path
