"""The word of an office that its figures stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import pandas as pd

from adminduk.basis import frames, slices
from adminduk.basis.datasets import Changes, check_name, commit, locked
from adminduk.basis.errors import ParameterError, Problem
from adminduk.basis.paths import Paths
from adminduk.basis.regions import Region, load_regions

_OFFICES = (
    "kepala", "kabid", "kasi", "kasubbag", "kasubag", "sekretaris", "plt", "plh", "pj", "dinas", "disdukcapil",
    "dukcapil", "dkp3a", "bidang", "seksi", "subbagian", "koordinator", "subkoordinator", "operator", "administrator",
    "admin", "adb", "pejabat", "petugas", "unit",
)  # fmt: skip
_LONGEST = 100
_DATES = 6  # the newest that are told


def confirm(paths: Paths, dataset: str, region: str, as_of: date, by: str, today: date | None = None) -> int:
    """Write down that ``by``, an office and no private person, stands by the figures of a region and day.

    Kecamatan and kelurahan are included; a province's word is for its own figures, not for its regencies'. Returns
    how many figures that makes. ParameterError when there are none, or when ``by`` names no office.
    """
    check_name(dataset)
    regions = load_regions(paths)
    place, told = regions.find(region), office(by)
    frames.check_exists(paths, dataset)
    with locked(paths, dataset):
        tables = frames.read_dataset(paths, dataset)
        figures = _own(tables["counts"], place, [as_of])
        if figures.empty:
            raise ParameterError(_none(tables["counts"], place, as_of, dataset))
        confirmed = figures[list(frames.FIGURE)].astype(str)
        confirmed = confirmed.assign(by=told, confirmed_on=(today or date.today()).isoformat())
        both = pd.concat([tables["confirmations"], confirmed.drop_duplicates()], ignore_index=True)
        told = both.drop_duplicates([name for name in frames.FIGURE if name != "count"], keep="last")
        commit(paths, dataset, Changes({"confirmations": told}))
    return len(confirmed)


def _own(counts: pd.DataFrame, place: Region, days: Iterable[date]) -> pd.DataFrame:
    figures = slices.figures_of(counts, place.code, list(days))
    return figures[figures["region_code"] == place.code] if place.is_province else figures


def _none(counts: pd.DataFrame, place: Region, as_of: date, dataset: str) -> Problem:
    own = counts[(counts["region_code"] == place.code) | counts["region_code"].str.startswith(f"{place.code}.")]
    if place.is_province:
        own = own[own["region_code"] == place.code]
    told = {*own["as_of"], *(text.rpartition("@")[2] for text in own["statement"])}
    days = [text for text in told if re.fullmatch(r"\d{4}-\d\d-\d\d", text)]
    return Problem(
        "AS_OF",
        f"kumpulan data {dataset} tidak memuat angka {place.name} keadaan {as_of.isoformat()}",
        f"salah satu dari: {', '.join(sorted(days)[-_DATES:]) or '(belum ada)'}",
        _instead(place, bool(days), dataset),
    )


def _instead(place: Region, has_days: bool, dataset: str) -> str:
    if place.is_province:
        return "angka provinsi yang dijumlahkan dikonfirmasi per kabupaten/kota"
    if has_days:
        return "pilih salah satu tanggal itu"
    return f"muat dahulu berkasnya: make ingest FILE=... DATA={dataset}"


def office(by: str) -> str:
    """Who confirms, in one line; ParameterError when it is no office."""
    text = " ".join(by.split())
    expected = 'jabatan atau unit kerja tanpa nama orang, misalnya BY="Kabid PIAK Disdukcapil Kota Balikpapan"'
    words = re.findall(r"[a-z0-9]+", text.casefold())
    if not text:
        what = "belum diisi"
    elif len(re.findall(r"\d", text)) > 4:
        what = "memuat nomor, seperti NIK, NIP, atau telepon"
    elif len(text) > _LONGEST:
        what = f"lebih panjang daripada {_LONGEST} huruf"
    elif text[0] in "=+-@":
        what = f"diawali {text[0]}"
    elif not set(words) & set(_OFFICES):
        what = f"{text!r} tidak menyebut jabatan atau unit kerja"
    else:
        return text
    raise ParameterError(Problem("BY", what, expected, "tulis jabatan yang mengonfirmasi angkanya"))
