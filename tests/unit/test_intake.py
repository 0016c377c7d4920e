"""Files taken into a dataset: all of them or none, once, and never over different figures without being asked."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from adminduk.basis import frames
from adminduk.basis.catalog import load_catalog
from adminduk.basis.errors import DataError, ParameterError
from adminduk.basis.places import load_places
from adminduk.ingest.intake import Delivery, Receipt, take_in
from adminduk.present.receipt import lines

DAY, TODAY = date(2024, 11, 15), date(2024, 11, 20)
# Two kecamatan of Bontang, and the three kelurahan of the third.
ROWS = {
    "64.74.01": (60000, 59000),
    "64.74.02": (50000, 49500),
    "64.74.03.1001": (9000, 8900),
    "64.74.03.1002": (8000, 7900),
    "64.74.03.1003": (3000, 2990),
}
# What follows: 9000 + 8000 + 3000; 60000 + 50000 + 20000; the same of 8900, 7900, 2990, 59000 and 49500.
SUMS = {"64.74.03": (20000, 19790), "64.74": (130000, 128290)}


@pytest.fixture
def project(cloned, tmp_path):
    return cloned(tmp_path / "proyek")


@pytest.fixture
def write(tmp_path):
    """``write("lembar.csv", {code: (wajib, rekam)})``: a sheet of an office; ``""`` leaves a cell empty."""

    def made(name: str, rows: dict, head: str = "kode_wilayah,wajib_ktp,rekam") -> Path:
        path = tmp_path / "masuk" / name
        path.parent.mkdir(exist_ok=True)
        told = [head, *(",".join(map(str, (code, *cells))) for code, cells in rows.items())]
        path.write_text("\n".join(told) + "\n", encoding="utf-8")
        return path

    return made


def take(project, *files: Path, replace: bool = False, **said) -> Receipt:
    said = {"as_of": DAY, "source": "kelurahan_ktp", "denominator": "dinamis"} | said
    return take_in(project, "kaltim", [Delivery(path, **said) for path in files], replace, TODAY)


def tables(project):
    return frames.read_dataset(project, "kaltim")


def told(project, measure: str) -> dict[str, int]:
    counts = tables(project)["counts"]
    rows = counts[(counts["measure"] == measure) & (counts["sex"] == "")]
    assert rows["region_code"].is_unique
    return dict(zip(rows["region_code"], rows["count"], strict=True))


def files(project) -> dict[str, bytes]:
    folder = project.dataset("kaltim")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_sheet_becomes_counts_with_their_sums(project, write):
    receipt = take(project, write("lembar.csv", ROWS))
    everything = ROWS | SUMS
    assert told(project, "wajib_ktp") == {code: pair[0] for code, pair in everything.items()}
    assert told(project, "rekam_ktp_el") == {code: pair[1] for code, pair in everything.items()}
    entry = receipt.entries[0]
    assert (entry.new, entry.same, entry.replaced, entry.regions) == (14, 0, 0, ("64.74",))
    counts = tables(project)["counts"]
    assert set(counts["statement"]) == {"kelurahan_ktp@2024-11-15"}
    assert set(counts["origin"]) >= {"lembar.csv:B2", "lembar.csv:jumlah 3 baris"}
    assert set(counts.loc[counts["measure"] == "wajib_ktp", "base_kind"]) == {"dinamis"}


def test_the_file_is_kept_and_written_down(project, write):
    path = write("lembar.csv", ROWS)
    take(project, path)
    kept = project.received("kaltim") / "2024-11-15" / "kelurahan_ktp" / "lembar.csv"
    assert kept.read_bytes() == path.read_bytes()
    assert kept.stat().st_mode & 0o222 == 0
    (row,) = tables(project)["journal"].to_dict("records")
    assert re.fullmatch(r"2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", row["when"])
    wanted = {"file": "lembar.csv", "layout": "kelurahan_ktp", "as_of": "2024-11-15", "denominator": "dinamis"}
    wanted |= {"regions": "64.74", "counts": "14", "claims": "0", "findings": "0", "replaced": "0"}
    assert {name: row[name] for name in wanted} == wanted


def test_the_same_file_again_changes_no_byte(project, write):
    path = write("lembar.csv", ROWS)
    take(project, path)
    before = files(project)
    receipt = take(project, path)
    assert files(project) == before
    assert not receipt.changed
    known = load_catalog(project), load_places(project)
    assert "  sudah pernah dimuat, tidak ada yang berubah" in lines(receipt, *known)


def test_another_file_with_the_same_values_is_only_written_down(project, write):
    take(project, write("lembar.csv", ROWS))
    before = tables(project)["counts"]
    receipt = take(project, write("ulang.csv", dict(reversed(ROWS.items()))))
    assert (receipt.entries[0].new, receipt.entries[0].same) == (0, 14)
    assert tables(project)["counts"].equals(before)
    assert list(tables(project)["journal"]["file"]) == ["lembar.csv", "ulang.csv"]


def test_different_values_are_refused_with_both_and_the_command(project, write):
    take(project, write("lembar.csv", ROWS))
    before = files(project)
    path = write("lembar baru.csv", ROWS | {"64.74.01": (60000, 59001)})
    with pytest.raises(DataError) as error:
        take(project, path)
    text = str(error.value)
    assert "2 angka berbeda dari yang sudah dimuat" in text  # the kecamatan, and the city that it is part of
    assert "64.74.01 Bontang Utara, penduduk yang sudah melakukan perekaman KTP-el, 2024-11-15: 59000 menjadi" in text
    assert f'make ingest FILE="{path}" AS_OF=2024-11-15 SOURCE=kelurahan_ktp DENOMINATOR=dinamis DATA=kaltim' in text
    assert text.endswith("REPLACE=yes")
    assert files(project) == before


def test_with_replace_the_old_values_are_kept_apart(project, write):
    take(project, write("lembar.csv", ROWS))
    receipt = take(project, write("lembar.csv", ROWS | {"64.74.01": (60000, 59001)}), replace=True)
    assert receipt.entries[0].replaced == 2
    assert told(project, "rekam_ktp_el")["64.74"] == 128291
    old = tables(project)["replaced"]
    assert dict(zip(old["region_code"], old["count"], strict=True)) == {"64.74": "128290", "64.74.01": "59000"}
    assert set(old["replaced_by"].str.split().str[0]) == {"lembar.csv"}
    kept = sorted(path.name for path in (project.received("kaltim") / "2024-11-15" / "kelurahan_ktp").iterdir())
    assert len(kept) == 2 and re.fullmatch(r"lembar-[0-9a-f]{8}\.csv", kept[0]) and kept[1] == "lembar.csv"


def test_the_first_file_again_after_it_was_replaced_is_a_change_again(project, write):
    take(project, write("a.csv", ROWS))
    take(project, write("b.csv", ROWS | {"64.74.01": (60000, 59001)}), replace=True)
    with pytest.raises(DataError, match="59001 menjadi 59000"):
        take(project, write("a.csv", ROWS))


def test_what_a_correction_does_not_speak_of_stays_and_sums_follow(project, write):
    take(project, write("lembar.csv", ROWS))
    receipt = take(project, write("koreksi.csv", {"64.74.03.1003": (3000, 2890)}), replace=True)
    # 100 fewer in one kelurahan: so in its kecamatan, and in the city.
    expected = {code: pair[1] for code, pair in (ROWS | SUMS).items()}
    expected |= {"64.74.03.1003": 2890, "64.74.03": 19690, "64.74": 128190}
    assert told(project, "rekam_ktp_el") == expected
    assert receipt.entries[0].summed_again == 2
    counts = tables(project)["counts"]
    summed = counts[(counts["region_code"] == "64.74") & (counts["measure"] == "rekam_ktp_el")]
    assert list(summed["origin"]) == ["koreksi.csv:jumlah 3 baris"]
    old = tables(project)["replaced"]
    assert set(zip(old["region_code"], old["count"], strict=True)) == {
        ("64.74.03.1003", "2990"), ("64.74.03", "19790"), ("64.74", "128290"),
    }  # fmt: skip


def test_figures_that_a_new_file_leaves_out_are_told(project, write):
    take(project, write("lembar.csv", ROWS))
    receipt = take(project, write("tanpa.csv", ROWS | {"64.74.01": (60000, "")}))
    assert receipt.entries[0].left == 2  # of Bontang Utara, and of the city, which can no longer be summed
    assert told(project, "rekam_ktp_el")["64.74.01"] == 59000
    text = "\n".join(lines(receipt, load_catalog(project), load_places(project)))
    assert "2 angka dari kiriman sebelumnya tidak ada di berkas ini dan tetap dipakai" in text


def test_one_statement_never_rests_on_two_denominators(project, write):
    path = write("lembar.csv", ROWS)
    take(project, path, denominator="")
    with pytest.raises(DataError, match=r"60000 \(tidak_disebut, 2024-11-15\) menjadi 60000 \(beku, 2024-06-30\)"):
        take(project, path, denominator="DKB-2024-S1")
    take(project, path, denominator="dkb-2024-s1", replace=True)
    counts = tables(project)["counts"]
    bases = counts[counts["measure"] == "wajib_ktp"]
    assert set(zip(bases["as_of"], bases["base_kind"], strict=True)) == {("2024-06-30", "beku")}
    assert list(tables(project)["journal"]["denominator"]) == ["", "DKB-2024-S1"]


def test_all_mistakes_of_all_files_at_once_and_nothing_is_written(project, write):
    good = write("baik.csv", ROWS)
    bad = [write("satu.csv", {"64.74.99": (1, 1)}), write("dua.csv", {"64.74.01": ("banyak", 1)})]
    with pytest.raises(DataError) as error:
        take(project, good, *bad)
    text = str(error.value)
    assert "satu.csv" in text and "dua.csv" in text
    assert not project.dataset("kaltim").exists()


def test_a_wrong_word_in_the_command_alone_is_a_wrong_argument(project, write):
    with pytest.raises(ParameterError, match="kelurahan_ktp"):
        take(project, write("lembar.csv", ROWS), source="kelurahan_kpt")
    with pytest.raises(ParameterError, match="DENOMINATOR"):
        take(project, write("lembar.csv", ROWS), denominator="DKB-2024")
    with pytest.raises(DataError, match="2024-11-21 belum tiba"):
        take(project, write("lembar.csv", ROWS), as_of=date(2024, 11, 21))
    assert not project.dataset("kaltim").exists()


def test_files_of_one_call_see_each_other(project, write):
    first, second = write("a.csv", ROWS), write("b.csv", ROWS | {"64.74.01": (60000, 59001)})
    with pytest.raises(DataError, match="59000 menjadi 59001"):
        take(project, first, second)
    assert not project.dataset("kaltim").exists()


RECAP = "no,kab/kota,perekaman,akta 0-17,pks,jumlah bpp"


def test_a_recap_borrows_the_denominators_of_a_release_that_is_there(project, write):
    recap = write("rekap.csv", {"1": ("Kota Bontang", "125000", "60000", "12", "15")}, RECAP)
    said = {"source": "rekap_provinsi", "denominator": "DKB-2024-S1"}
    with pytest.raises(DataError, match=r"DKB-2024-S1 tidak ada di kumpulan data kaltim\n.*\(belum ada\)"):
        take(project, recap, **said)
    head = "kode_wilayah,penduduk,wajib_ktp,anak_0_17"
    release = write("dkb.csv", {"64.74": (190000, 131000, 61000)}, head)
    take(project, release, as_of=date(2024, 6, 30), source="rilis_dkb", denominator="")
    with pytest.raises(DataError, match="salah satu dari: DKB-2024-S1"):
        take(project, recap, **said | {"denominator": "DKB-2023-S2"})
    take(project, recap, **said)
    counts = tables(project)["counts"]
    borrowed = counts[(counts["statement"] == "rekap_provinsi@2024-11-15") & (counts["origin"] == "DKB-2024-S1")]
    assert set(zip(borrowed["measure"], borrowed["count"], borrowed["as_of"], borrowed["base_kind"], strict=True)) == {
        ("penduduk", 190000, "2024-06-30", "beku"),
        ("wajib_ktp", 131000, "2024-06-30", "beku"),
        ("anak_0_17", 61000, "2024-06-30", "beku"),
    }


def test_findings_of_a_corrected_file_take_the_place_of_the_old_ones(project, write):
    head = "kode_wilayah,wajib_ktp,rekam,belum_rekam"
    take(project, write("a.csv", {"64.74": (100, 90, 11)}, head))
    assert list(tables(project)["findings"]["rule"]) == ["sisa_bukan_selisih"]
    assert tables(project)["findings"]["origin"].str.startswith("a.csv:").all()
    take(project, write("b.csv", {"64.74": (100, 90, 10)}, head))
    assert tables(project)["findings"].empty


def test_simulated_figures_stay_apart(project, write):
    take(project, write("lembar.csv", ROWS))
    with pytest.raises(DataError, match="berisi angka simulasi, sedangkan kumpulan data kaltim berisi angka seb"):
        take(project, write("lembar-simulasi.csv", ROWS))
    take_in(project, "uji", [Delivery(write("simulasi.csv", ROWS), DAY, "kelurahan_ktp", "dinamis")], today=TODAY)
    assert frames.is_simulated(frames.read_dataset(project, "uji"))
    assert not frames.is_simulated(tables(project))


def test_no_file_name_becomes_a_formula_or_names_a_person(project, write):
    take(project, write("=HYPERLINK(1).csv", ROWS))
    assert set(tables(project)["journal"]["file"]) == {"_HYPERLINK(1).csv"}
    assert all(not origin.startswith("=") for origin in tables(project)["counts"]["origin"])
    with pytest.raises(DataError, match="nama berkas memuat bilangan 16 angka") as error:
        take(project, write("6471010101010001.csv", ROWS))
    assert "6471010101010001" not in str(error.value)


def test_persons_are_refused_before_anything_is_read(project, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["kode_wilayah", "nik", "wajib_ktp", "rekam"])
    sheet.append(["64.74", "6474010101010001", 100, 90])
    path = tmp_path / "orang.xlsx"
    book.save(path)
    with pytest.raises(DataError) as error:
        take(project, path)
    assert "6474010101010001" not in str(error.value)
    assert not project.dataset("kaltim").exists()


def test_the_receipt_says_what_was_read_and_what_comes_next(project, write):
    receipt = take(project, write("lembar.csv", ROWS))
    assert lines(receipt, load_catalog(project), load_places(project)) == [
        "lembar.csv: dikenali sebagai Lembar KTP-el per kelurahan (kelurahan_ktp), keadaan 15 November 2024",
        "  Wilayah: 64.74 Bontang",
        "  14 angka: 14 baru",
        "  Wajib KTP: 20.000 di 3 kelurahan dan desa; 130.000 di 3 kecamatan; 130.000 di 1 kabupaten/kota",
        "  Penduduk yang sudah melakukan perekaman KTP-el: 19.790 di 3 kelurahan dan desa; 128.290 di 3 kecamatan; "
        "128.290 di 1 kabupaten/kota",
        "  Temuan: tidak ada",
        "Langkah berikut: make check DATA=kaltim",
        '  setelah diperiksa dinas: make confirm REGION=64.74 AS_OF=2024-11-15 BY="Kabid ..." DATA=kaltim',
    ]
