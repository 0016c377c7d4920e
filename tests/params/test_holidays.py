"""params/holidays.yml: local days off beside the national ones, and its mistakes named."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from adminduk.basis.errors import ParameterError
from adminduk.basis.holidays import days_off, load_holidays, national_holidays
from adminduk.basis.params import check_params
from adminduk.basis.paths import Paths

STATED = """local:
  - {from: 2024-11-14, until: 2024-11-15, name: Contoh, scope: [64.71], source: Surat Edaran}
  - {from: 2024-11-18, name: Contoh, scope: [64], source: Surat Edaran}
  - {from: 2024-11-19, name: Contoh, source: Surat Edaran}
"""


@pytest.fixture
def stated(paths, tmp_path):
    """``stated(text)``: the project with that file of holidays."""

    def write(text: str) -> Paths:
        shutil.copytree(paths.params, tmp_path / "params", dirs_exist_ok=True)
        shutil.copytree(paths.notebooks, tmp_path / "notebooks", dirs_exist_ok=True)
        copy = Paths(tmp_path)
        copy.parameters("holidays").write_text(text, encoding="utf-8")
        return copy

    return write


def november(code: str, local) -> set[date]:
    found = days_off(local, code, date(2024, 11, 12), date(2024, 11, 27))
    return {day for day in found if date(2024, 11, 12) < day <= date(2024, 11, 27)}


def test_polling_day_is_a_national_holiday():
    """Made one by Keputusan Presiden; joint leave (26 December) is off too."""
    off = national_holidays(date(2024, 11, 12), date(2024, 12, 31))
    assert {date(2024, 11, 27), date(2024, 12, 25), date(2024, 12, 26)} <= off


def test_no_local_holiday_is_stated(paths, regions):
    assert november("64.71", load_holidays(paths, regions)) == {date(2024, 11, 27)}


def test_a_local_holiday_holds_where_it_says(stated, regions):
    copy = stated(STATED)
    assert check_params(copy) > 0
    local = load_holidays(copy, regions)
    everywhere = {date(2024, 11, 19), date(2024, 11, 27)}
    assert november("64.71", local) == everywhere | {date(2024, 11, day) for day in (14, 15, 18)}
    assert november("64.72", local) == everywhere | {date(2024, 11, 18)}
    assert november("64", local) == everywhere | {date(2024, 11, 18)}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("scope: [64.71]", "scope: [64.99]", "wilayah 64.99 tidak ada"),
        ("until: 2024-11-15", "until: 2024-11-13", "lebih awal daripada from"),
        (", source: Surat Edaran}\n  - {from: 2024-11-18", "}\n  - {from: 2024-11-18", "wajib diisi"),
        ("scope: [64.71]", "scop: [64.71]", "Maksud Anda scope?"),
        ("from: 2024-11-18", "from: 18 November", "bukan tanggal"),
    ],
)
def test_a_mistake_is_named(stated, old, new, told):
    assert old in STATED
    with pytest.raises(ParameterError) as error:
        check_params(stated(STATED.replace(old, new, 1)))
    assert told in str(error.value)
    assert "params/holidays.yml" in str(error.value)
