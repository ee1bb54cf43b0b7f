"""The typesetter: one typst compiler with fonts from packages alone, so that every machine draws the same."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import typst
from django.conf import settings

Form = Literal["png", "svg", "pdf"]

_FONT_PACKAGES = ("fontpkg_noto_sans", "manimgx_fonts", "manimgx_fonts_cjk")
_COLOUR_EMOJI = ("Noto Color Emoji", "Twemoji Mozilla", "Twemoji", "OpenMoji", "OpenMoji Color", "Apple Color Emoji")
_TURNS: dict[Form, Lock] = {"png": Lock(), "svg": Lock(), "pdf": Lock()}
"""A typst compiler can only be borrowed once: a second thread that calls it gets an error, not a turn. Each form has a
compiler of its own, so that nobody's picture waits for somebody's PDF of all days."""


def typeset(given: Mapping[str, Any], form: Form, template: Path, *, ppi: float = 72, at: datetime) -> bytes:
    """`given` by a template, as one file. What people wrote goes in as JSON, never as markup. A template may import its
    neighbours and `words.typ`, and needs `spoken` among the values."""
    inputs = {"given": json.dumps({**given, "fonts": _families()}, ensure_ascii=False)}
    compiled = partial(_compiled, form, template, sys_inputs=inputs, ppi=ppi, timestamp=int(at.timestamp()))
    if form != "pdf":
        return compiled()
    try:
        return compiled(pdf_standards="ua-1")
    except typst.TypstError:
        # The standard for screen readers allows no letter that no font has; one on a card must not cost the file.
        return compiled()


def pages(given: Mapping[str, Any], template: Path, *, ppi: float, at: datetime) -> list[bytes]:
    """Each page as a PNG: a PDF as one would see it."""
    inputs = {"given": json.dumps({**given, "fonts": _families()}, ensure_ascii=False)}
    made = _made("png", template, sys_inputs=inputs, ppi=ppi, timestamp=int(at.timestamp()))
    return [made] if isinstance(made, bytes) else made


def lacks(text: str) -> bool:
    """Whether no font has some letter of a text. The standard for screen readers refuses a PDF where that is so."""
    source = '#set document(title: "x")\n#set text(font: json(bytes(sys.inputs.fonts)))\n#sys.inputs.text'
    inputs = {"text": text, "fonts": json.dumps(_families())}
    try:
        with _TURNS["pdf"]:
            compiler = _compiler("pdf")
            compiler.compile(input=source.encode(), format="pdf", pdf_standards="ua-1", sys_inputs=inputs)
    except typst.TypstError:
        return True
    return False


def _compiled(form: Form, template: Path, **how: Any) -> bytes:
    made = _made(form, template, **how)
    assert isinstance(made, bytes), "the template makes one page for PNG and SVG"
    return made


def _made(form: Form, template: Path, **how: Any) -> bytes | list[bytes]:
    with _TURNS[form]:
        made = _compiler(form).compile(input=_sources(template), format=form, **how)
    assert made is not None
    return made


@cache
def _sources(template: Path) -> dict[str, bytes]:
    files = [*Path(__file__).parent.glob("*.typ"), *template.parent.glob("*.typ")]
    return {"main": template.read_bytes(), **{file.name: file.read_bytes() for file in files}}


@cache
def _fonts() -> typst.Fonts:
    packages = [find_spec(name) for name in _FONT_PACKAGES]
    folders = [Path(found.origin).parent for found in packages if found and found.origin]
    own = [Path(settings.FONTS)] if settings.FONTS else []
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[*own, *folders])


@cache
def _compiler(_form: Form) -> typst.Compiler:
    return typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True)


@cache
def _families() -> list[str]:
    """Every family, in the order in which a letter is looked for: Latin, emoji in colour, the scripts."""
    found = [family for family in _fonts().families() if "CJK" not in family]
    emoji = [family for family in _COLOUR_EMOJI if family in found]
    first = ["Noto Sans", *emoji]
    return [*first, *(family for family in found if family not in first)]
