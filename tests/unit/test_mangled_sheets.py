"""However a sheet is mangled, what keeps the meaning keeps the counts."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from spreadsheets import counts, read, sheet

from adminduk.basis.errors import UserError
from adminduk.ingest.files.workbooks import Percent

VILLAGES = ["64.71.01.1001", "64.71.01.1002", "64.71.01.1003", "64.71.01.1004", "64.74.03.1001"]
NAMES = ["Manggar", "Lamaru", "Teritip", "Manggar Baru", "Belimbing"]
FIELDS = [f"{word}_{sex}" for word in ("wajib ktp", "rekam ktp") for sex in ("lk", "pr", "jml")]
SPELLINGS = {
    "wajib ktp": ("wajib_ktp", "wajib ktp-el", "WAJIB KTPEL", "Penduduk Wajib KTP", "Jumlah Wajib KTP"),
    "rekam ktp": ("rekam", "Rekam KTP-el", "PEREKAMAN", "sudah perekaman", "Perekaman  KTP elektronik"),
    "lk": ("lk", "L", "Laki-laki"),
    "pr": ("pr", "P.", "Perempuan"),
    "jml": ("jml", "JUMLAH", "L+P", "lk+pr", "Total"),
}
TITLES = ["PEMERINTAH KOTA BALIKPAPAN", "LAPORAN PEREKAMAN KTP-EL", "Keadaan 15 November 2024"]

tables = st.lists(st.tuples(*[st.integers(0, 10**7)] * 4), min_size=len(VILLAGES), max_size=len(VILLAGES))


def columns(table: list[tuple[int, ...]]) -> dict[str, list[int]]:
    """Six columns, the totals being sums; the first row has numbers that can be read in one way only."""
    first, *rest = table
    rows = [tuple(number + 10**6 for number in first), *rest]
    told = [(men, women, men + women, his, hers, his + hers) for men, women, his, hers in rows]
    return {field: [row[place] for row in told] for place, field in enumerate(FIELDS)}


def plain(figures: dict[str, list[int]]) -> list[list[Any]]:
    head = ["kode_wilayah", *(field.replace(" ", "_") for field in FIELDS)]
    return [head, *([code, *(figures[field][row] for field in FIELDS)] for row, code in enumerate(VILLAGES))]


class Mangler:
    """One of the many ways to write the same sheet."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def number(self, value: int, style: str) -> Any:
        if style == "bilangan":
            return value
        if style == "polos":
            return f" {value}"
        text = f"{value:,}" if style == "inggris" else f"{value:,}".replace(",", ".")
        return text.replace(",", ", ") if style == "inggris" and self.random.random() < 0.1 else text

    def heading(self, field: str) -> str:
        word, _, sex = field.partition("_")
        parts = [self.random.choice(SPELLINGS[word]), self.random.choice(SPELLINGS[sex])]
        text = self.random.choice([" ", "_", "\n", " - "]).join(parts)
        return self.random.choice([str, str.upper, str.lower, str.title])(text) + self.random.choice(["", " ", ":"])

    def sheet(self, figures: dict[str, list[int]]) -> list[list[Any]]:
        """The columns in any order and style, with names, titles, blank rows, rows of sums and notes."""
        code = self.random.choice([str, lambda text: text.replace(".", ""), lambda text: int(text.replace(".", ""))])
        told: list[list[Any]] = [["Kode", *map(code, VILLAGES), "JUMLAH"]]
        told += [["Kelurahan", *NAMES, None]] if self.random.random() < 0.5 else []
        told += [["Keterangan", *[None] * 5, None]] if self.random.random() < 0.5 else []
        for field in FIELDS:
            style = self.random.choice(["bilangan", "polos", "indonesia", "inggris"])
            values = [*figures[field], sum(figures[field])]
            told.append([self.heading(field), *(self.number(value, style) for value in values)])
        self.random.shuffle(told)
        head, *rows, total = [list(row) for row in zip(*told, strict=True)]
        self.random.shuffle(rows)
        rows += [total] if self.random.random() < 0.7 else []
        for _ in range(self.random.randrange(3)):
            rows.insert(self.random.randrange(len(rows) + 1), [None] * len(head))
        titles = [[title] for title in TITLES[: self.random.randrange(4)]]
        numbered = [[f"({number})" for number in range(1, len(head) + 1)]] if self.random.random() < 0.3 else []
        return [*titles, *[[]] * self.random.randrange(2), head, *numbered, *rows, [], ["Sumber: SIAK"]]


@settings(deadline=None, max_examples=60)
@given(tables, st.integers(0, 2**32))
def test_mangling_that_keeps_the_meaning_keeps_the_counts(table, seed):
    figures = columns(table)
    mangled = read(sheet(Mangler(seed).sheet(figures)))
    assert mangled.layout.id == "kelurahan_ktp"
    assert counts(mangled) == counts(read(sheet(plain(figures))))
    assert [row for row in mangled.findings if row["rule"] != "angka_meragukan"] == []


@settings(deadline=None, max_examples=30)
@given(tables, st.integers(0, 2**32))
def test_blocks_in_one_two_or_three_rows_of_headings_say_the_same(table, seed):
    chance = random.Random(seed)
    told = [(name, sex) for name in ("jumlah", "memiliki") for sex in ("L", "P")]
    names = chance.sample(told, 4)
    rows = [[code, *(row[told.index(pair)] for pair in names)] for code, row in zip(VILLAGES, table, strict=True)]
    one = [["Kode", *(" ".join(chance.sample(["dinamis", *pair], 3)) for pair in names)]]
    two = [["Kode", *(f"dinamis {name}" for name, _ in names)], [None, *(sex for _, sex in names)]]
    three = [["Kode", "DINAMIS (register)", None, None, None], [None, *(name for name, _ in names)], two[1]]
    said = {"source": "kelurahan_kia"}
    first, *others = (counts(read(sheet([*head, *rows]), **said)) for head in (one, two, three))
    assert all(other == first for other in others)
    assert len(first) >= 6 * len(VILLAGES)


ODDITIES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**16), 10**16), st.floats(-1e6, 1e6), st.dates(), st.datetimes(),
    st.text(max_size=12), st.builds(Percent, st.floats(0, 2)),
    st.sampled_from([*VILLAGES, *NAMES, *FIELDS, "64.71", 64.1, "Balikpapan", "JUMLAH", "#REF!", "=1+1", "99,65 %"]),
    st.sampled_from(["kode", "kab/kota", "ukuran", "jumlah", "tanggal", "awal jumlah", "keadaan_per", "pks", "L"]),
)  # fmt: skip
HEADS = st.sampled_from([
    ("kelurahan_ktp", ["kode_wilayah", "nama", "wajib_ktp", "rekam", "belum_rekam", "persen"]),
    ("kelurahan_kia", ["kelurahan", "kecamatan", "dinamis jumlah", "dinamis memiliki", "awal jumlah", "awal memiliki"]),
    ("rekap_provinsi", ["kab/kota", "waktu pelaporan", "perekaman", "akta 0-17", "pks", "jumlah bpp"]),
    ("panjang", ["wilayah", "tanggal", "ukuran", "jumlah", "jenis_penyebut", "tanggal_penyebut"]),
    ("arus", ["kode", "tanggal_laporan", "rekam", "datang", "pindah", "no"]),
])  # fmt: skip
CODED = st.tuples(st.sampled_from(VILLAGES), st.none() | st.just("2024-11-15"), *[st.integers(0, 99) | ODDITIES] * 4)
BELOW = st.lists(CODED | st.tuples(*[ODDITIES] * 6), max_size=6)
ABOVE = st.lists(st.lists(ODDITIES, min_size=1, max_size=6), max_size=2)


@settings(deadline=None, max_examples=200)
@given(HEADS, BELOW, ABOVE)
def test_whatever_stands_in_a_sheet_is_read_or_refused(head, rows, above):
    source, words = head
    uncached = [(len(above) + 1, 3)] if rows and rows[0][3] is None else []
    try:
        found = read(sheet([*above, words, *rows], uncached=uncached), source=source)
    except UserError as error:
        assert error.problems and all(problem.where and problem.what for problem in error.problems)
    else:
        assert found.counts or found.claims
        assert all(row["count"].isdigit() for row in found.counts)
