"""The rules by their ids, and what follows from what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from adminduk.basis.checks import SEVERITIES, Finding
from adminduk.basis.dates import AsOf
from adminduk.measure import count_checks, figure_checks, series_checks
from adminduk.measure.evidence import Evidence, lies_in

Check = Callable[[Evidence], Iterator[Finding]]

CHECKS: Mapping[str, Check] = {
    "pembilang_melebihi_penyebut": figure_checks.above_denominator,
    "stok_turun": series_checks.stock_that_falls,
    "salinan_lama": series_checks.stale_copy,
    "lonjakan": series_checks.implausible_pace,
    "penyebut_beku_berubah": count_checks.frozen_that_changes,
    "bagian_bukan_jumlah": count_checks.parts_not_the_whole,
    "definisi_berganti": figure_checks.definition_that_changes,
    "persen_tidak_sesuai": figure_checks.percent_that_does_not_follow,
    "putusan_karena_pembulatan": figure_checks.verdict_from_rounding,
    "dua_pernyataan": count_checks.two_statements,
    "urutan_salah": count_checks.wrong_order,
    "daerah_tanpa_data": figure_checks.region_without_data,
    "penyebut_lama": figure_checks.old_denominator,
    "campur_dkb_bps": series_checks.mixed_populations,
}
_OF_PARTS = ("bagian_bukan_jumlah",)  # every other rule looks at one region after the other
# What a file's own arithmetic has told already is not told once more of the table that was made of it.
_TOLD_AT_INTAKE = {
    "bagian_bukan_jumlah": ("lk_pr_bukan_jumlah", "total_bukan_jumlah", "kecamatan_bukan_kabupaten"),
    "persen_tidak_sesuai": ("persen_bukan_hasil_bagi",),
}


def review(evidence: Evidence, checks: Iterable[str] = CHECKS, within: Evidence | None = None) -> list[Finding]:
    """What was found when files were taken in, and what the rules find now: by region, the gravest first.

    Where the evidence is that of one region alone, ``within`` is that of the region and its parts, for the rules that
    hold a whole against them.
    """
    stored = evidence.stored()
    told = {(found.rule, *_about(found)) for found in stored}
    seen = {name: within if within and name in _OF_PARTS else evidence for name in checks}
    computed = (found for name, of in seen.items() for found in CHECKS[name](of))
    fresh = [
        found
        for found in computed
        if not any((rule, *_about(found)) in told for rule in _TOLD_AT_INTAKE.get(found.rule, ()))
    ]
    return sorted((*stored, *fresh), key=_place)


def of_region(evidence: Evidence) -> tuple[Finding, ...]:
    """What is found about the region that the evidence is of, the next level held against it; the gravest first."""
    own = evidence.scope.within
    return tuple(found for found in review(evidence.narrow(0), within=evidence.narrow(1)) if found.region_code == own)


def _about(found: Finding) -> tuple[str, str, str]:
    return found.region_code, found.as_of, str(found.values.get("measure", ""))


def _place(found: Finding) -> tuple:
    row = found.row()
    return (
        found.region_code,
        SEVERITIES.index(found.severity),
        found.rule,
        AsOf.parse(found.as_of),
        row["values"],
        row["origin"],
    )


def stopping(evidence: Evidence) -> list[Finding]:
    """The findings that keep a region from being printed: ``tolak``, at the newest date of their measure."""
    rules = (name for name in CHECKS if _may_stop(evidence, name))
    found = (finding for finding in review(evidence, rules) if finding.severity == "tolak")
    return [finding for finding in found if _is_newest(finding, evidence)]


def stops(found: Iterable[Finding], region_code: str) -> list[Finding]:
    """Those that stop this region. A kecamatan stops the regency it lies in; a regency does not stop its province."""
    is_province = "." not in region_code
    return [
        finding
        for finding in found
        if finding.region_code == region_code or (lies_in(finding.region_code, region_code) and not is_province)
    ]


def _may_stop(evidence: Evidence, name: str) -> bool:
    rule = getattr(evidence.book.params, name)
    return "tolak" in (rule.severity, getattr(rule, "frozen", ""), getattr(rule, "rounding", ""))


def _is_newest(finding: Finding, evidence: Evidence) -> bool:
    measure = str(finding.values.get("measure", ""))
    return all(when <= AsOf.parse(finding.as_of) for when in evidence.dates(finding.region_code, measure))
