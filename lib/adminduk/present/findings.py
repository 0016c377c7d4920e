"""Findings as sentences: what was found, with its numbers, and what it asks for. Nobody is blamed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from adminduk.basis.catalog import Catalog
from adminduk.basis.checks import Finding
from adminduk.basis.dates import AsOf
from adminduk.present import wording

_SEXES = {"": "", "L": " laki-laki", "P": " perempuan"}
_WHOLES = {"kabupaten_kota": "provinsi", "kecamatan": "kabupaten/kota", "kelurahan": "kecamatan"}
_PARTS = {"kabupaten_kota": "kabupaten/kota", "kecamatan": "kecamatan", "kelurahan": "kelurahan dan desa"}
_KINDS = {"beku": "beku pada DKB", "dinamis": "dinamis", "tidak_disebut": "tidak disebut"}
_UNSETTLED = "tidak dipakai sampai satu dipilih"


class _Words:
    """The values of one finding, each as it is printed."""

    def __init__(self, found: Finding, catalog: Catalog) -> None:
        self._found, self.catalog = found, catalog

    def __getitem__(self, key: str) -> Any:
        return self._found.values[key]

    def has(self, key: str) -> bool:
        return bool(self._found.values.get(key))

    def number(self, key: str) -> str:
        return wording.number(self[key])

    def date(self, key: str) -> str:
        return wording.long_date(AsOf.parse(self[key]))

    def share(self, part: str, whole: str) -> str:
        """The two counts as a percentage, kept on its side of the target when there is one."""
        goal = [Fraction(self["target"]) / 100] if self.has("target") else []
        return wording.percent(Fraction(self[part], self[whole]), *goal) if self[whole] else "tanpa penyebut"

    def counted(self, key: str) -> str:
        """ "809.148 anak"."""
        return f"{self.number(key)} {self.catalog.measures[self['measure']].noun.id}"

    def difference(self, one: str, other: str) -> str:
        return wording.number(abs(self[one] - self[other]))

    @property
    def sex(self) -> str:
        return _SEXES[self._found.values.get("sex", "")]

    @property
    def subject(self) -> str:
        """What the finding is about, and its date."""
        values, when = self._found.values, wording.long_date(AsOf.parse(self._found.as_of))
        if values.get("indicator"):
            return f"{self.catalog.indicators[values['indicator']].short.id}, {when}"
        if values.get("measure"):
            return f"{wording.capital(self.catalog.measures[values['measure']].label.id)}{self.sex}, {when}"
        return f"Keadaan {when}"


def sentence(found: Finding, catalog: Catalog) -> str:
    """One Indonesian sentence; KeyError for a rule without one."""
    words = _Words(found, catalog)
    return f"{words.subject}: {SENTENCES[found.rule](words)}."


def _above_denominator(words: _Words) -> str:
    over = f"pembilang {words.number('numerator')} melebihi penyebut {words.number('denominator')}"
    over += f" ({words.share('numerator', 'denominator')})"
    over += f", {words['times']} kali sejak {words.date('since')}" if words["times"] > 1 else ""
    if words["base_kind"] == "beku":
        why = f": {wording.in_sentence(words['reason']).rstrip('.')}" if words.has("reason") else ""
        return f"{over}; penyebutnya beku pada DKB {words.date('denominator_as_of')}{why}"
    kind = "bergerak bersama register" if words["base_kind"] == "dinamis" else "tidak disebut beku"
    return f"{over}, padahal penyebutnya {kind}; keduanya perlu diperiksa"


def _fall(words: _Words) -> str:
    return (
        f"turun {words.difference('count', 'before')} dari {words.counted('before')} ({words.date('before_as_of')}) "
        f"menjadi {words.number('count')}; sebabnya perlu diterangkan"
    )


def _jump(words: _Words) -> str:
    rise = wording.percent(Fraction(words["count"] - words["before"], words["size"]))
    return (
        f"naik {words.difference('count', 'before')} dari {words.counted('before')} ({words.date('before_as_of')}) "
        f"menjadi {words.number('count')}, atau {rise} dari penyebut terbesarnya yang diketahui "
        f"({words.number('size')}); laju seperti itu perlu diterangkan"
    )


def _copy(words: _Words) -> str:
    times = f", {words['times']} kali" if words["times"] > 2 else ""
    same = f"tepat sama dengan angka {words.date('since')}{times}"
    return f"{words.counted('count')}, {same}; mungkin laporan lama terkirim lagi"


def _figure(value: int | str) -> str:
    """A count, or a percentage as it was written."""
    return wording.number(value) if isinstance(value, int) else wording.printed_percent(value)


def _said(words: _Words) -> str:
    """What each source says; of several that say the same the first, and how many more."""
    told = {value: [source for said, source in words["said"] if said == value] for value, _ in words["said"]}
    more = {value: f" dan {wording.number(len(few) - 1)} sumber lain" * (len(few) > 1) for value, few in told.items()}
    return wording.listing([f"{_figure(value)} menurut “{few[0]}”{more[value]}" for value, few in told.items()])


def _frozen_that_changes(words: _Words) -> str:
    return f"penyebut dari satu DKB disebut dengan nilai berbeda: {_said(words)}; {_UNSETTLED}"


def _two_statements(words: _Words) -> str:
    return f"pernyataan yang ada berbeda: {_said(words)}; {_UNSETTLED}"


def _parts(words: _Words) -> str:
    apart = f"{words.number('whole')}; selisih {words.difference('whole', 'sum')}"
    if words["parts"] == "jenis_kelamin":
        return f"laki-laki dan perempuan berjumlah {words.number('sum')}, sedangkan angka seluruhnya {apart}"
    added = f"jumlah {words['number']} {_PARTS[words['parts']]} {words.number('sum')}"
    return f"{added}, sedangkan angka {_WHOLES[words['parts']]} {apart}"


def _definition(words: _Words) -> str:
    what = "perubahan" if words["what"] == "usia" else "perubahan poin persen"
    since = f"sesudah {words.date('before_as_of')}; {what} tidak dihitung melintasinya"
    indicators, bases = words.catalog.indicators, words.catalog.indicators[words["indicator"]].bases
    names: dict[str, tuple[str, Mapping[str, str]]] = {
        "usia": ("ukuran", {key: indicator.short.id for key, indicator in indicators.items()}),
        "penyebut": ("penyebut", {key: text.id for key, text in bases.items()}),
        "jenis_penyebut": ("jenis penyebut", _KINDS),
    }
    name, known = names[words["what"]]
    before, after = (wording.listing([known[key] for key in words[side]]) for side in ("before", "after"))
    return f"{name} berganti dari {before} menjadi {after} {since}"


def _printed(words: _Words) -> str:
    counts = f"{words.number('numerator')} dari {words.number('denominator')}"
    return f"dipublikasikan {wording.printed_percent(words['percent'])}, sedangkan {counts} adalah"


def _not_following(words: _Words) -> str:
    return f"{_printed(words)} {words.share('numerator', 'denominator')}; yang dipakai hitungan ulang"


def _turned(words: _Words) -> str:
    goal = Fraction(words["target"]) / 100
    side = "di bawah" if Fraction(words["numerator"], words["denominator"]) < goal else "mencapai"
    exact, target = words.share("numerator", "denominator"), wording.printed_percent(words["target"])
    return f"{_printed(words)} {exact}, {side} target {target}; penilaian mengikuti nilai tepat"


def _order(words: _Words) -> str:
    above = words.catalog.measures[words["above"]].label.id
    return (
        f"{words.counted('count')}, lebih banyak daripada {above} ({words.number('limit')}), padahal bagian darinya; "
        "angka yang benar perlu dimuat"
    )


def _without_data(words: _Words) -> str:
    newest = f"; angka terakhir dari {words.date('newest')}" if words.has("newest") else ""
    return f"belum ada angka dari tahun {words['year']}{newest}; kantornya perlu dihubungi"


def _old_denominator(words: _Words) -> str:
    base = words.catalog.measures[words["base"]].label.id
    return f"penyebutnya, {base}, keadaan {words.date('denominator_as_of')}; penyebut yang lebih baru perlu diminta"


def _populations(words: _Words) -> str:
    if words.has("source"):
        return f"sumber “{words['source']}” menyebut BPS; penduduk DKB dan BPS tidak dicampur"
    before = words.date("before_as_of")
    if words.has("obliged"):
        shares = words.share("obliged_before", "before"), words.share("obliged", "count")
        moved = f"bagian wajib KTP dari penduduk berubah dari {shares[0]} ({before}) menjadi {shares[1]}"
    else:
        moved = f"berubah dari {words.counted('before')} ({before}) menjadi {words.number('count')}"
    return f"{moved}; angka DKB dan BPS mungkin bercampur"


def _sexes(words: _Words) -> str:
    return (
        f"laki-laki {words.number('male')} dan perempuan {words.number('female')} berjumlah "
        f"{wording.number(words['male'] + words['female'])}, sedangkan kolom jumlah memuat {words.number('total')}"
    )


def _total_row(words: _Words) -> str:
    added = f"{words['rows']} baris berjumlah {words.number('sum')}"
    return f"{added}, sedangkan baris jumlah memuat {words.number('total')}"


def _sheet_parts(words: _Words) -> str:
    if words.has("lacking"):
        return (
            f"{words['rows']} dari {words['of']} bagian wilayah diisi dan berjumlah {words.number('sum')}, "
            f"sedangkan baris wilayahnya sendiri memuat {words.number('total')}; belum diisi: {words['lacking']}"
        )
    return (
        f"{words['rows']} bagian wilayah berjumlah {words.number('sum')}, sedangkan baris wilayahnya sendiri memuat "
        f"{words.number('total')}"
    )


def _rest(words: _Words) -> str:
    left = wording.number(words["whole"] - words["have"])
    return (
        f"kolom belum memuat {words.number('left')}, sedangkan {words.number('whole')} dikurangi "
        f"{words.number('have')} adalah {left}"
    )


def _sheet_percent(words: _Words) -> str:
    return (
        f"kolom persen memuat {wording.printed_percent(words['percent'])}, sedangkan {words.number('numerator')} dari "
        f"{words.number('denominator')} adalah {words.share('numerator', 'denominator')}; yang dipakai jumlahnya"
    )


def _doubtful(words: _Words) -> str:
    read = f"dibaca sebagai {_figure(words['count'])} menurut angka lain di kolom itu"
    return f"kolom “{words['column']}” memuat “{words['text']}”, {read}"


def _put_aside(words: _Words) -> str:
    return f"{words['rows']} baris blok awal tidak dimuat karena DKB-nya tidak disebut; kirim ulang dengan DENOMINATOR"


def _unknown_column(words: _Words) -> str:
    return f"kolom “{words['column']}” tidak dikenal dan tidak dimuat"


def _interpreted(words: _Words) -> str:
    meant = "ukuran ini" if words.has("measure") else "keterangan yang sepadan"
    return f"kolom “{words['column']}” dibaca sebagai {meant}"


SENTENCES: Mapping[str, Callable[[_Words], str]] = {
    "lk_pr_bukan_jumlah": _sexes,
    "total_bukan_jumlah": _total_row,
    "kecamatan_bukan_kabupaten": _sheet_parts,
    "sisa_bukan_selisih": _rest,
    "persen_bukan_hasil_bagi": _sheet_percent,
    "angka_meragukan": _doubtful,
    "blok_awal_tanpa_dkb": _put_aside,
    "kolom_tidak_dikenal": _unknown_column,
    "kolom_ditafsirkan": _interpreted,
    "pembilang_melebihi_penyebut": _above_denominator,
    "stok_turun": _fall,
    "salinan_lama": _copy,
    "lonjakan": _jump,
    "penyebut_beku_berubah": _frozen_that_changes,
    "bagian_bukan_jumlah": _parts,
    "definisi_berganti": _definition,
    "persen_tidak_sesuai": _not_following,
    "putusan_karena_pembulatan": _turned,
    "dua_pernyataan": _two_statements,
    "urutan_salah": _order,
    "daerah_tanpa_data": _without_data,
    "penyebut_lama": _old_denominator,
    "campur_dkb_bps": _populations,
}
