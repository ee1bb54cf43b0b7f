"""The board on a home screen: what a phone needs to know of it, and the icons that it keeps."""

import json
import os
import re
import struct
from dataclasses import replace

import pytest
from django.utils.translation import override
from tests.drawing import drawn
from tests.look.icons import FOLDER, ICON, maskable
from tests.look.icons import drawn as icon
from tests.outlets.asking import variant_of
from tests.outlets.golden import golden

from openspaces.outlets.app import ICONS, MANIFEST

DRAWN = drawn("""
              oak
      09:00   Knit
""")


def manifest(language: str = "en", name: str = "Camp") -> dict[str, object]:
    full = replace(DRAWN, name=name)
    with override(language):
        facts: dict[str, object] = json.loads(MANIFEST.render(full, variant_of(MANIFEST, full, language=language)))
    return facts


def test_the_manifest_is_as_somebody_found_it_right() -> None:
    written = re.sub(r"\.[0-9a-f]{8}\.png", ".png", json.dumps(manifest(), ensure_ascii=False, indent=1)) + "\n"
    assert written == golden("manifest.json", written)


def test_equal_boards_have_equal_manifests() -> None:
    asked = variant_of(MANIFEST, DRAWN)
    assert MANIFEST.render(DRAWN, asked) == MANIFEST.render(replace(DRAWN), asked)


def test_it_speaks_the_language_of_who_asks_and_reads_its_way() -> None:
    assert [(manifest(each)["lang"], manifest(each)["dir"]) for each in ("de", "ar")] == [("de", "ltr"), ("ar", "rtl")]


def test_under_an_icon_there_is_room_for_a_short_name_only() -> None:
    assert manifest(name="PyCon US")["short_name"] == "PyCon US"
    assert manifest(name="PyCon India 2018")["short_name"] == "Open Spaces"


@pytest.mark.parametrize(("file", "pixels", "purpose"), [*ICONS, ("icon-180.png", 180, "maskable")])
def test_an_icon_is_drawn_from_the_one_of_the_look(file: str, pixels: int, purpose: str) -> None:
    svg = ICON.read_text().strip()
    made = icon(maskable(svg) if purpose == "maskable" else svg, pixels)
    if os.environ.get("OPENSPACES_GOLDEN") == "write":
        (FOLDER / file).write_bytes(made)
    assert struct.unpack(">II", made[16:24]) == (pixels, pixels)
    assert (FOLDER / file).read_bytes() == made
