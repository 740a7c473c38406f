"""A second reader for the program's PDFs: the words of each page, in the order of their drawing."""

from __future__ import annotations

import re
import zlib


def pages(pdf: bytes) -> list[str]:
    """Return each page's words without white space, as someone who copies them would get them."""
    objects = {int(number): body for number, body in re.findall(rb"(\d+) 0 obj(.*?)endobj", pdf, re.DOTALL)}
    maps = {}
    for number, body in objects.items():
        if found := re.search(rb"/ToUnicode (\d+) 0 R", body):
            maps[number] = _characters(objects[int(found[1])])
    read = []
    for body in objects.values():
        if re.search(rb"/Type /Page\b(?!s)", body):
            contents = int(re.search(rb"/Contents (\d+) 0 R", body)[1])
            read.append(_words(_stream(objects[contents]), maps))
    return read


def _characters(body: bytes) -> dict[int, str]:
    found = {}
    for first, listed in re.findall(rb"<([0-9A-F]{4})> <[0-9A-F]{4}> \[([^\]]*)\]", body):
        for step, code in enumerate(re.findall(rb"<([0-9A-F]{4})>", listed)):
            found[int(first, 16) + step] = chr(int(code, 16))
    for first, last, code in re.findall(rb"(?m)^<([0-9A-F]{4})> <([0-9A-F]{4})> <([0-9A-F]{4})>$", body):
        for step in range(int(last, 16) - int(first, 16) + 1):
            found[int(first, 16) + step] = chr(int(code, 16) + step)
    return found


def _stream(body: bytes) -> bytes:
    return zlib.decompressobj().decompress(body[re.search(rb"stream\r?\n", body).end() :])


def _words(content: bytes, maps: dict[int, dict[int, str]]) -> str:
    words, characters = [], {}
    for font, glyphs in re.findall(rb"/F(\d+) [\d.]+ Tf|<([0-9A-F]+)> Tj", content):
        if font:
            characters = maps[int(font)]
        for at in range(0, len(glyphs), 4):
            words.append(characters[int(glyphs[at : at + 4], 16)])
    return "".join("".join(words).split())
