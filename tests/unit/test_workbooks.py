"""A file as received becomes plain values, the same from every format, with what a careful reader would notice."""

from __future__ import annotations

import csv
import hashlib
import zipfile
from datetime import date, datetime

import odf.table
import openpyxl
import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.text import P

from adminduk.basis.errors import DataError
from adminduk.basis.layouts import Limits
from adminduk.ingest.files.workbooks import Percent, Sheet, is_error, open_workbook

LIMITS = Limits(megabytes=2, unpacked_megabytes=20, rows=2000, columns=60)
DAY = date(2024, 11, 15)
GRID = (
    ("Rekap", None, None, None),
    (None, None, None, None),
    ("kode", "nama", "jumlah", "keadaan"),
    ("64.71", "Balikpapan", 39962, DAY),
    ("64.07", "Kutai Barat", 12.5, None),
    ("Jumlah", None, "2.868.568", True),
)


def xlsx(path, rows=GRID):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def xls(path, rows=GRID):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Lembar1")
    shown = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(place, column, value, shown if isinstance(value, date) else xlwt.Style.default_style)
    book.save(str(path))


def ods_cell(value, **more):
    if isinstance(value, bool):
        more |= {"valuetype": "boolean", "booleanvalue": str(value).lower()}
    elif isinstance(value, date):
        more |= {"valuetype": "date", "datevalue": value.isoformat()}
    elif isinstance(value, int | float):
        more = {"valuetype": "float", "value": value} | more
    elif value is not None:
        more |= {"valuetype": "string"}
    cell = odf.table.TableCell(**more)
    if value is not None:
        cell.addElement(P(text=str(value)))
    return cell


def ods(path, rows=GRID):
    """``rows`` hold values, or cells made with ``ods_cell``."""
    book = OpenDocumentSpreadsheet()
    table = odf.table.Table(name="Lembar1")
    book.spreadsheet.addElement(table)
    for row in rows:
        line = odf.table.TableRow()
        table.addElement(line)
        for value in row:
            line.addElement(value if isinstance(value, odf.table.Element) else ods_cell(value))
    book.save(str(path))


@pytest.fixture
def opened(tmp_path):
    """``opened(make, "x.xlsx")``: the workbook that ``make`` writes to a path of that name."""

    def read(make, name):
        make(tmp_path / name)
        return open_workbook(tmp_path / name, LIMITS)

    return read


@pytest.mark.parametrize(("make", "name"), [(xlsx, "a.xlsx"), (xls, "a.xls"), (ods, "a.ods")])
def test_every_format_gives_the_same_values(opened, tmp_path, make, name):
    book = opened(make, name)
    assert book.sheets[0].rows == GRID
    assert [type(value) for value in book.sheets[0].rows[3]] == [str, str, int, date]
    assert book.sheets[0].uncached == frozenset()
    assert (book.name, book.notes) == (name, ())
    assert book.content == (tmp_path / name).read_bytes()
    assert book.sha256 == hashlib.sha256(book.content).hexdigest()


def test_a_cell_is_called_as_in_a_spreadsheet():
    sheet = Sheet("", ())
    assert [sheet.cell(6, 1), sheet.cell(0, 0), sheet.cell(9, 25), sheet.cell(0, 26)] == ["B7", "A1", "Z10", "AA1"]
    assert (sheet.cell(0, 701), sheet.cell(0, 702)) == ("ZZ1", "AAA1")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_is_read_in_its_encoding_and_separator(opened, encoding, separator):
    rows = [["kode", "nama", "keterangan"], ["64.71", "Balikpapan–Kota", "é"], ["64.07", "Kutai; Barat, dsb", "1"]]

    def write(path):
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=separator).writerows(rows)

    assert [list(row) for row in opened(write, "a.csv").sheets[0].rows] == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a;persen\n64.71;99,65\n64.72;98,10\n", ["a|persen", "64.71|99,65", "64.72|98,10"]),
        ("Laporan, 2024;;\na;l;p\n64.71;1,5;2,5\n", ["Laporan, 2024||", "a|l|p", "64.71|1,5|2,5"]),
        ("a;l;p\n64.71;1,5\n64.72;1,5\n64.07;2,5\n", ["a|l|p", "64.71|1,5|", "64.72|1,5|", "64.07|2,5|"]),
        ('a,jumlah\n64.71,"39,962"\n', ["a|jumlah", "64.71|39,962"]),
        ('a,nama\n64.71,"a; b"\n64.72,c; d\n', ["a|nama", "64.71|a; b", "64.72|c; d"]),
        ('a\tnama\n64.71\t"dua\nbaris"\n', ["a|nama", "64.71|dua\nbaris"]),
        ("a\n64.71\n", ["a", "64.71"]),
        ("a;nama\r\n64.71; \r\n", ["a|nama", "64.71|"]),
    ],
)
def test_the_separator_is_found_among_decimal_commas_and_quoted_cells(opened, text, rows):
    book = opened(lambda path: path.write_bytes(text.encode()), "a.csv")
    assert book.sheets[0].rows == tuple(tuple(cell or None for cell in row.split("|")) for row in rows)
    assert book.sheets[0].name == ""


@pytest.mark.parametrize(
    ("make", "name", "note"),
    [
        (xlsx, "a.xls", "Berkas berakhiran .xls, tetapi isinya XLSX dan dibaca sebagai XLSX."),
        (ods, "a.xlsx", "Berkas berakhiran .xlsx, tetapi isinya ODS dan dibaca sebagai ODS."),
        (xls, "a.csv", "Berkas berakhiran .csv, tetapi isinya XLS dan dibaca sebagai XLS."),
        (xlsx, "a", "Berkas tidak berakhiran, tetapi isinya XLSX dan dibaca sebagai XLSX."),
    ],
)
def test_the_content_decides_and_a_suffix_that_disagrees_is_told(opened, make, name, note):
    book = opened(make, name)
    assert book.sheets[0].rows == GRID
    assert book.notes == (note,)


def test_text_called_xls_is_read_as_text(opened):
    book = opened(lambda path: path.write_text("kode\tnama\n64.71\tBalikpapan\n"), "ekspor.xls")
    assert book.sheets[0].rows == (("kode", "nama"), ("64.71", "Balikpapan"))
    assert book.notes == ("Berkas berakhiran .xls, tetapi isinya CSV dan dibaca sebagai CSV.",)


def never_computed_by_openpyxl(path):
    xlsx(path, [("a", 2), ("b", "=B1*2")])


def never_computed_by_xlsxwriter(path):
    """This writer puts 0 beside a formula and asks for a computation when the file is opened."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ("a", 2))
    sheet.write(1, 0, "b")
    sheet.write_formula(1, 1, "=B1*2")
    book.close()


def never_computed_by_xlwt(path):
    xls(path, [("a", 2), ("b", xlwt.Formula("B1*2"))])


def never_computed_by_odfpy(path):
    ods(path, [("a", 2), ("b", ods_cell(None, formula="of:=[.B1]*2"))])


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (never_computed_by_openpyxl, "a.xlsx"),
        (never_computed_by_xlsxwriter, "a.xlsx"),
        (never_computed_by_xlwt, "a.xls"),
        (never_computed_by_odfpy, "a.ods"),
    ],
)
def test_a_formula_that_was_never_computed_is_told_and_has_no_value(opened, make, name):
    sheet = opened(make, name).sheets[0]
    assert sheet.uncached == {(1, 1)}
    assert sheet.rows == (("a", 2), ("b", None))


def computed_xlsx(path):
    """An empty text as Excel writes it: the kind says that it is one."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for column, value in enumerate([4, "x", "kosong", True]):
        sheet.write_formula(0, column, "=1", None, value)
    book.close()
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b"<v>kosong</v>", b"<v></v>"))


def computed_ods(path):
    cells = [(4, {}), ("x", {"stringvalue": "x"}), ("", {}), (True, {})]
    ods(path, [[ods_cell(value, formula="of:=1", **more) for value, more in cells]])


@pytest.mark.parametrize(("make", "name"), [(computed_xlsx, "a.xlsx"), (computed_ods, "a.ods")])
def test_a_formula_with_its_result_is_a_value_also_when_it_is_an_empty_text(opened, make, name):
    sheet = opened(make, name).sheets[0]
    assert sheet.rows == ((4, "x", None, True),)
    assert sheet.uncached == frozenset()


def test_an_empty_result_in_an_xls_with_other_results_is_an_empty_text(opened, tmp_path):
    """An .xls has a result for every formula; xlwt writes empty ones, here the first is given one by hand."""

    def write(path):
        xls(path, [("a", xlwt.Formula("1+1"), xlwt.Formula("2+2"))])
        empty = bytes([3, 0, 0, 0, 0, 0, 0xFF, 0xFF])
        two = bytes([0, 0, 0, 0, 0, 0, 0, 0x40])
        path.write_bytes(path.read_bytes().replace(empty, two, 1))

    sheet = opened(write, "a.xls").sheets[0]
    assert sheet.rows == (("a", 2, None),)
    assert sheet.uncached == frozenset()


def errors_xlsx(path):
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, (1, 2))
    sheet.write_formula(0, 2, "=1/0", None, "#DIV/0!")
    sheet.write_formula(1, 2, "=A0", None, "#REF!")
    book.close()


def errors_xls(path):
    """xlwt writes an error of a cell as a boolean with a flag: 7 is #DIV/0!, 23 #REF!."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Lembar1")
    for column, value in enumerate((1, 2)):
        sheet.write(0, column, value)
    sheet.row(0).set_cell_error(2, "#DIV/0!")
    sheet.row(1).set_cell_error(2, "#REF!")
    book.save(str(path))


def errors_ods(path):
    """As LibreOffice writes them: an empty string that shows the error."""
    error = [ods_cell("#DIV/0!", formula="of:=1/0", stringvalue=""), ods_cell("#REF!", stringvalue="")]
    ods(path, [(1, 2, error[0]), (None, None, error[1])])


@pytest.mark.parametrize(("make", "name"), [(errors_xlsx, "a.xlsx"), (errors_xls, "a.xls"), (errors_ods, "a.ods")])
def test_an_error_of_the_spreadsheet_is_its_text_and_never_an_empty_cell(opened, make, name):
    rows = opened(make, name).sheets[0].rows
    assert rows == ((1, 2, "#DIV/0!"), (None, None, "#REF!"))
    assert [is_error(value) for value in (rows[0][2], rows[1][2], 1, None, "n/a", "Err:502")] == [
        True, True, False, False, False, True,
    ]  # fmt: skip


def percents_xlsx(path):
    book = openpyxl.Workbook()
    for column, (value, shown) in enumerate([(0.9965, "0.00%"), (99.65, '0.00"%"'), (0.5, "0.0")], start=1):
        book.active.cell(1, column, value).number_format = shown
    book.save(path)


def percents_xls(path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Lembar1")
    for column, (value, shown) in enumerate([(0.9965, "0.000%"), (99.65, '0.00"%"'), (0.5, "0.0")]):
        sheet.write(0, column, value, xlwt.easyxf(num_format_str=shown))
    book.save(str(path))


def percents_ods(path):
    ods(path, [(ods_cell(0.9965, valuetype="percentage"), 99.65, 0.5)])


@pytest.mark.parametrize(
    ("make", "name"), [(percents_xlsx, "a.xlsx"), (percents_xls, "a.xls"), (percents_ods, "a.ods")]
)
def test_a_cell_shown_as_a_percentage_is_known_to_be_one(opened, make, name):
    """A % in quotes is only printed behind the number, which then is the percentage itself."""
    (row,) = opened(make, name).sheets[0].rows
    assert row == (0.9965, 99.65, 0.5)
    assert [type(value) for value in row] == [Percent, float, float]


def hidden_xlsx(path):
    book = openpyxl.Workbook()
    book.active.title = "Isi & <data>"
    for number in (1, 2, 3):
        book.active.append([number])
    book.active.row_dimensions[2].hidden = book.active.row_dimensions[9].hidden = True
    book.create_sheet("Lama").append([4])
    book["Lama"].sheet_state = "hidden"
    book.save(path)


def hidden_xls(path):
    book = xlwt.Workbook()
    sheet, old = book.add_sheet("Isi & <data>"), book.add_sheet("Lama")
    for place, number in enumerate((1, 2, 3)):
        sheet.write(place, 0, number)
    sheet.row(1).hidden = sheet.row(8).hidden = True
    old.write(0, 0, 4)
    old.visibility = 1
    book.save(str(path))


@pytest.mark.parametrize(("make", "name"), [(hidden_xlsx, "a.xlsx"), (hidden_xls, "a.xls")])
def test_hidden_sheets_and_rows_are_read_and_told(opened, make, name):
    book = opened(make, name)
    assert [sheet.rows for sheet in book.sheets] == [((1,), (2,), (3,)), ((4,),)]
    assert book.notes == (
        "Lembar 'Isi & <data>': baris tersembunyi tetap dibaca (2).",
        "Lembar 'Lama' tersembunyi, tetapi tetap dibaca.",
    )


def test_hidden_rows_of_an_ods_are_read_and_told(opened):
    def write(path):
        ods(path)
        book = odf.opendocument.load(str(path))
        book.getElementsByType(odf.table.TableRow)[3].setAttribute("visibility", "filter")
        book.save(str(path))

    book = opened(write, "a.ods")
    assert book.sheets[0].rows == GRID
    assert book.notes == ("Lembar 'Lembar1': baris tersembunyi tetap dibaca (4).",)


def test_the_first_of_merged_cells_has_the_value_and_what_lies_below_is_told(opened):
    def write(path):
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet("Isi")
        sheet.merge_range(0, 0, 1, 1, "awal")
        sheet.write(1, 1, 5)
        sheet.write(2, 0, 7)
        book.close()

    book = opened(write, "a.xlsx")
    assert book.sheets[0].rows == (("awal", None), (None, None), (7, None))
    assert book.notes == ("Lembar 'Isi': isi di balik sel gabungan tidak dibaca (B2).",)


def test_a_repeated_row_of_an_ods_stands_for_as_many(opened):
    def write(path):
        ods(path, [("a", 1), ("b", ods_cell(2, numbercolumnsrepeated=2))])
        book = odf.opendocument.load(str(path))
        book.getElementsByType(odf.table.TableRow)[0].setAttribute("numberrowsrepeated", 2)
        book.save(str(path))

    assert opened(write, "a.ods").sheets[0].rows == (("a", 1, None), ("a", 1, None), ("b", 2, 2))


def test_times_become_text_and_a_day_with_an_hour_stays_one(opened):
    def write(path):
        xlsx(path, [(datetime(2024, 11, 15), datetime(2024, 11, 15, 13, 5), datetime(2024, 11, 15, 13, 5).time())])

    (row,) = opened(write, "a.xlsx").sheets[0].rows
    assert row == (DAY, datetime(2024, 11, 15, 13, 5), "13:05:00")


def test_formats_far_below_the_figures_do_not_count(opened):
    """Whole columns with a border reach to the last row of the sheet; only what has a value counts."""

    def write(path):
        book = openpyxl.Workbook()
        book.active.append([1, 2])
        book.active.cell(900_000, 500).number_format = "0.00"
        book.save(path)

    assert opened(write, "a.xlsx").sheets[0].rows == ((1, 2),)


def test_a_workbook_without_anything_is_refused(tmp_path):
    xlsx(tmp_path / "a.xlsx", [])
    with pytest.raises(DataError, match="tidak berisi apa pun"):
        open_workbook(tmp_path / "a.xlsx", LIMITS)
