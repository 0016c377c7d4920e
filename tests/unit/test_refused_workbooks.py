"""A file that cannot or must not be read is refused whole, with its reasons and never with a traceback."""

from __future__ import annotations

import io
import struct
import zipfile

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from adminduk.basis.errors import DataError
from adminduk.basis.layouts import Limits
from adminduk.ingest.files.workbooks import Workbook, open_workbook

LIMITS = Limits(megabytes=2, unpacked_megabytes=8, rows=40, columns=20)
ROWS = (("kode", "nama", "jumlah"), ("64.71", "Balikpapan", 39962), ("64.07", "Kutai Barat", 12.5))


def xlsx(rows=ROWS) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def xls(rows=ROWS) -> bytes:
    book, file = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("Lembar1")
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(place, column, value)
    book.save(file)
    return file.getvalue()


def ods(rows=ROWS) -> bytes:
    book, file, table = OpenDocumentSpreadsheet(), io.BytesIO(), Table(name="Lembar1")
    book.spreadsheet.addElement(table)
    for row in rows:
        line = TableRow()
        table.addElement(line)
        for value in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
    book.write(file)
    return file.getvalue()


def text(rows=ROWS) -> bytes:
    return "\n".join(";".join(map(str, row)) for row in rows).encode()


def repacked(content: bytes, changed: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zipped workbook with some parts changed or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", method) as new:
        for name in [*old.namelist(), *(name for name in changed if name not in old.namelist())]:
            new.writestr(name, changed.get(name, b"") if name in changed else old.read(name))
    return file.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


@pytest.fixture
def refused(tmp_path):
    """What is said of a file with this content; every problem says where and what."""

    def read(content: bytes, name: str = "kiriman.xlsx", limits: Limits = LIMITS) -> str:
        (tmp_path / name).write_bytes(content)
        with pytest.raises(DataError) as error:
            open_workbook(tmp_path / name, limits)
        assert all(problem.where.startswith(name) and problem.what for problem in error.value.problems)
        return "\n".join(f"{problem.where}: {problem.what}" for problem in error.value.problems)

    return read


def test_a_file_that_is_not_there_is_told_with_those_that_are_called_alike(tmp_path):
    (tmp_path / "KTP November 2024.xlsx").write_bytes(b"x")
    with pytest.raises(DataError) as error:
        open_workbook(tmp_path / "ktp november 2024.xls", LIMITS)
    (problem,) = error.value.problems
    assert (problem.what, problem.next_step) == ("berkas tidak ada", "Maksud Anda KTP November 2024.xlsx?")


@pytest.mark.parametrize("name", ["tidak/ada/sama.sekali", "\0", "x" * 5000, "."])
def test_no_name_of_a_file_gives_a_traceback(tmp_path, name):
    with pytest.raises(DataError):
        open_workbook(tmp_path / name, LIMITS)


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(DataError, match="adalah folder"):
        open_workbook(tmp_path, LIMITS)


@pytest.mark.parametrize("content", [b"", b" \r\n\r\n"])
def test_an_empty_file_is_refused(refused, content):
    assert "berkas kosong" in refused(content)


def test_a_file_over_the_limit_is_refused_before_it_is_read(refused):
    assert "besarnya 3 MB" in refused(b"x" * 2_000_001)


@pytest.mark.parametrize("make", [xlsx, xls, ods, text])
def test_too_many_rows_and_columns_are_told_at_once(refused, make):
    told = refused(make([["x"] * 21] * 41), "kiriman")
    assert [line.rpartition(" ")[2] for line in told.splitlines()] == ["baris", "kolom"]


def test_one_cell_far_away_is_refused_and_not_filled_up_to(refused):
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.cell(1_048_576, 16_384, 1)
    book.save(file)
    assert "1048576 baris" in refused(file.getvalue())
    repeated = part(ods(), "content.xml").replace(
        b"<table:table-cell ", b'<table:table-cell table:number-columns-repeated="9999" '
    )
    assert "kolom" in refused(repacked(ods(), {"content.xml": repeated}), "kiriman.ods")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7 x", "isinya PDF"),
        (b"\xef\xbb\xbf\r\n<html><table><tr><td>1</td></tr></table></html>", "isinya halaman web"),
        (b'<?xml version="1.0"?><Workbook/>', "isinya XML"),
        (b"{\\rtf1 x}", "isinya dokumen RTF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "bukan buku kerja dan bukan teks"),
        (b"a;b\n\x00;1\n", "bukan buku kerja dan bukan teks"),
        (b"a;b\n\x81\x8d\n", "bukan buku kerja dan bukan teks"),
        (b'a;b\n"1;2\n3;4\n', "tanda kutip tidak berpasangan"),
        (b"a;b\n" + b"x" * 140_000, "131.072 huruf"),
        (b"PK\x03\x04 x", "berkas rusak"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "berkas rusak"),
    ],
)
def test_what_is_no_workbook_is_told_as_what_it_is(refused, content, told):
    assert told in refused(content, "kiriman.xls")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("catatan.txt", "isinya arsip zip"),
        ("word/document.xml", "isinya dokumen Word"),
        ("xl/workbook.bin", "isinya xlsb"),
    ],
)
def test_another_archive_is_told_as_what_it_is(refused, name, told):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "x")
    assert told in refused(file.getvalue())


@pytest.mark.parametrize("make", [xlsx, xls, ods])
def test_half_a_file_is_refused(refused, make):
    content = make()
    assert "rusak" in refused(content[: len(content) // 2])


def test_an_encrypted_xlsx_is_refused(refused):
    file = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx())).encrypt("rahasia", file)
    assert refused(file.getvalue()) == "kiriman.xlsx: berkas dilindungi kata sandi"


def test_an_encrypted_xls_is_refused(refused):
    """What says so is a record (0x2F) near the beginning; here it takes the place of one that nobody reads."""
    content = xls()
    country = struct.pack("<HH", 0x01AF, 2)  # PROT4REV
    assert content.count(country) == 1
    assert "kata sandi" in refused(content.replace(country, struct.pack("<HH", 0x2F, 2)), "kiriman.xls")


def test_an_encrypted_ods_is_refused(refused):
    manifest = part(ods(), "META-INF/manifest.xml").replace(
        b"</manifest:manifest>",
        b'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        b"<manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
    )
    content = repacked(ods(), {"META-INF/manifest.xml": manifest, "content.xml": b"\x13\x9a\x01"})
    assert refused(content, "kiriman.ods") == "kiriman.ods: berkas dilindungi kata sandi"


def test_an_archive_with_a_password_is_refused(refused):
    """Bit 0 of the flags, in both lists of the archive, says that an entry is encrypted."""
    content = bytearray(xlsx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(mark)
        while start >= 0:
            content[start + offset] |= 1
            start = content.find(mark, start + 1)
    assert "kata sandi" in refused(bytes(content))


def test_a_zip_bomb_is_refused_with_all_that_is_wrong(refused):
    sheet = b"<worksheet>" + b" " * 9_000_000 + b"</worksheet>"
    told = refused(repacked(xlsx(), {"xl/worksheets/sheet1.xml": sheet}))
    assert "setelah dimekarkan" in told
    assert "'xl/worksheets/sheet1.xml' mekar lebih dari 200 kali" in told


def test_a_picture_that_is_a_bomb_is_refused_too(refused):
    assert "setelah dimekarkan" in refused(repacked(xlsx(), {"xl/media/image1.png": b"\0" * 9_000_000}))


def test_a_size_that_lies_in_the_list_gains_nothing(refused):
    """The list says 100 bytes, nine million come out: no more than 100 are ever unpacked, and their sum is wrong."""
    large = repacked(xlsx(), {"xl/worksheets/sheet1.xml": b" " * 9_000_000})
    content = large.replace(struct.pack("<I", 9_000_000), struct.pack("<I", 100))
    assert content != large
    assert "berkas rusak" in refused(content)


def test_too_many_entries_and_two_of_one_name_are_refused(refused):
    file = io.BytesIO(xlsx())
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        for number in range(2_001):
            archive.writestr(f"xl/media/{number}", b"")
        archive.writestr("xl/media/0", b"")
    told = refused(file.getvalue())
    assert "arsip berisi dua berkas dengan nama yang sama" in told
    assert "arsip berisi 20" in told  # its own parts and 2,002 more


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
)
def test_entities_of_xml_are_never_expanded(refused, name):
    content = repacked(xlsx(), {name: ENTITIES + b"<sst><si><t>&b;</t></si></sst>"})
    assert "definisi entitas XML" in refused(content)


def test_entities_of_an_ods_are_never_expanded(refused):
    changed = part(ods(), "content.xml").replace(b"?>", b"?>" + ENTITIES, 1)
    assert "definisi entitas XML" in refused(repacked(ods(), {"content.xml": changed}), "kiriman.ods")


def test_macros_are_ignored_and_told(tmp_path):
    path = tmp_path / "kiriman.xlsm"
    path.write_bytes(repacked(xlsx(), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 Shell"}))
    book = open_workbook(path, LIMITS)
    assert book.sheets[0].rows == ROWS
    assert book.notes == ("Berkas memuat makro, yang diabaikan dan tidak dijalankan.",)


def opens_or_refuses(path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        book = open_workbook(path, LIMITS)
    except DataError as error:
        assert error.problems
        return
    assert isinstance(book, Workbook)
    assert all(len({len(row) for row in sheet.rows}) <= 1 for sheet in book.sheets)


# One file is written over and over; examples are few because each starts a process of its own.
fuzzed = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
starts = st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xef\xbb\xbf", b"a;b\n"])
edits = st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 6)), min_size=1, max_size=6)


def edited(content: bytes, changes: list[tuple[float, bytes, int]]) -> bytes:
    """Some bytes taken out and others put in, at places given as a share of the length."""
    for share, put, taken in changes:
        place = int(share * len(content))
        content = content[:place] + put + content[place + taken :]
    return content


@fuzzed
@given(start=starts, rest=st.binary(max_size=300))
def test_random_bytes_are_opened_or_refused(tmp_path, start, rest):
    opens_or_refuses(tmp_path / "a.xlsx", start + rest)


@fuzzed
@given(make=st.sampled_from([xlsx, xls, ods, text]), changes=edits)
def test_damaged_files_are_opened_or_refused(tmp_path, make, changes):
    opens_or_refuses(tmp_path / "a.xlsx", edited(make(), changes))


@fuzzed
@given(
    chosen=st.sampled_from([(xlsx, "xl/worksheets/sheet1.xml"), (xlsx, "xl/workbook.xml"), (ods, "content.xml")]),
    changes=edits,
)
def test_damaged_parts_of_sound_archives_are_opened_or_refused(tmp_path, chosen, changes):
    make, name = chosen
    opens_or_refuses(tmp_path / "a.xlsx", repacked(make(), {name: edited(part(make(), name), changes)}))
