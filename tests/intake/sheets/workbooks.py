"""Makes workbooks by hand, XLSX and ODS, as small as their formats allow."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

Rows = Sequence[Sequence[Any]]
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - days of a sheet have no zone
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def xlsx(**sheets: Rows) -> bytes:
    """A workbook with these sheets; dates and times are numbers with a format, as Excel keeps them."""
    names = "".join(f'<sheet name="{name}" sheetId="{place}" r:id="r{place}"/>' for place, name in enumerate(sheets, 1))
    kind = f"{_RELATIONS}/worksheet"
    links = "".join(
        f'<Relationship Id="r{place}" Type="{kind}" Target="worksheets/s{place}.xml"/>'
        for place in range(1, len(sheets) + 1)
    )
    styles = (
        f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/></cellXfs>'
        "</styleSheet>"
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}<Relationship Id="st" '
        f'Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": styles,
    }
    for place, rows in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/s{place}.xml"] = _sheet(rows)
    return _zipped(parts)


def ods(rows: Rows) -> bytes:
    """A workbook of LibreOffice with one sheet."""
    office, table = (
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    )
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<office:document-content xmlns:office="{office}" xmlns:table="{table}" xmlns:text="{text}"><office:body>'
        f'<office:spreadsheet><table:table table:name="Cards">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return _zipped({"mimetype": kind, "META-INF/manifest.xml": "<manifest/>", "content.xml": content})


def _sheet(rows: Rows) -> str:
    lines = (f'<row r="{number}">{_row(row, number)}</row>' for number, row in enumerate(rows, 1))
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _row(row: Sequence[Any], number: int) -> str:
    return "".join(_cell(value, chr(64 + column), number) for column, value in enumerate(row, 1))


def _cell(value: Any, column: str, row: int) -> str:
    match value:
        case None:
            return ""
        case str():
            inside = f"<is><t>{escape(value)}</t></is>"
            return f'<c r="{column}{row}" t="inlineStr">{inside}</c>'
        case date():
            days = (datetime(value.year, value.month, value.day) - _EPOCH).days  # noqa: DTZ001
            return f'<c r="{column}{row}" s="1"><v>{days}</v></c>'
        case time():
            return f'<c r="{column}{row}" s="2"><v>{(value.hour * 60 + value.minute) / 1440}</v></c>'
    return f'<c r="{column}{row}"><v>{value}</v></c>'


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def _zipped(parts: dict[str, str]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()
