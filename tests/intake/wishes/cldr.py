"""Makes names.toml: the weekdays and months that CLDR knows, `python -m tests.intake.wishes.cldr`.

The program reads the file, so that it needs no babel.
"""

from pathlib import Path

from babel import Locale
from babel.localedata import LocaleDataDict

FILE = Path(__file__).parents[3] / "src" / "openspaces" / "intake" / "wishes" / "names.toml"
LANGUAGES = ("en", "de", "hi", "ar", "es", "fr", "it", "nl", "pt", "ta")
LEVANT = (
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
)
"""Months as they are called from Beirut to Baghdad; babel's CLDR has them for no country that it still lists so."""


def names() -> str:
    """The file, as it should be."""
    lines = ["# Made by `python -m tests.intake.wishes.cldr` from CLDR: names, and the short forms of them.", ""]
    for language in LANGUAGES:
        locale = Locale.parse(language)
        lines.append(f"[{language}]")
        for table, widths, count in ((locale.days, ("wide", "abbreviated", "short"), 7), (locale.months, _SHORT, 12)):
            which, first = ("weekdays", 0) if count == 7 else ("months", 1)
            for form, wanted in ((which, widths[:1]), (f"short_{which}", widths[1:])):
                lines.append(f"{form} = [")
                lines += [f"    [{_listed(_forms(table, wanted, each + first))}]," for each in range(count)]
                lines.append("]")
        lines.append("")
    lines += ["[levant]", "weekdays = []", "short_weekdays = []", "months = ["]
    lines += [f'    ["{name}"],' for name in LEVANT]
    return "\n".join([*lines, "]", "short_months = []", ""])


_SHORT = ("wide", "abbreviated")


def _forms(table: LocaleDataDict, widths: tuple[str, ...], which: int) -> list[str]:
    found = [table[context][width][which] for context in table for width in widths if width in table[context]]
    return list(dict.fromkeys(form.rstrip(".॰") for form in found))


def _listed(forms: list[str]) -> str:
    return ", ".join(f'"{form}"' for form in forms)


if __name__ == "__main__":
    FILE.write_text(names(), encoding="utf-8")
