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
_TEMPLATE = Path(__file__).with_name("board.typ")
_TURNS: dict[Form, Lock] = {"png": Lock(), "svg": Lock(), "pdf": Lock()}
"""A typst compiler can only be borrowed once: a second thread that calls it gets an error, not a turn. Each form has a
compiler of its own, so that nobody's picture waits for somebody's PDF of all days."""


def typeset(picture: Mapping[str, Any], form: Form, *, ppi: float, at: datetime) -> bytes:
    """`picture` by the template, as one file. What people wrote goes in as JSON, never as markup."""
    inputs = {"picture": json.dumps({**picture, "fonts": _families()}, ensure_ascii=False)}
    compiled = partial(_compiled, form, sys_inputs=inputs, ppi=ppi, timestamp=int(at.timestamp()))
    if form != "pdf":
        return compiled()
    try:
        return compiled(pdf_standards="ua-1")
    except typst.TypstError:
        # The standard for screen readers allows no letter that no font has; one on a card must not cost the file.
        return compiled()


def _compiled(form: Form, **how: Any) -> bytes:
    with _TURNS[form]:
        made = _compiler(form).compile(input=_source(), format=form, **how)
    assert isinstance(made, bytes), "the template makes one page for PNG and SVG"
    return made


@cache
def _source() -> bytes:
    return _TEMPLATE.read_bytes()


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
