"""The columns of every table that crosses a wall, in their order, and what each says."""

from __future__ import annotations

_PLACE = {"region_code": "Kemendagri code of the place, dotted: province, regency, kecamatan, or kelurahan and desa."}
_DAY = {"as_of": "What the row speaks of: a day, a month or a year, as precise as its source."}
_DATED = _DAY | {"precision": "What `as_of` is: `hari`, `bulan`, `tahun`."}
_CITED = {
    "source": "Id in the table of sources.",
    "origin": "File and line, or cells, that it was read from.",
}

COUNTS = (
    _PLACE
    | _DATED
    | {
        "measure": "What is counted: an id of `params/measures.yml`.",
        "sex": "`L`, `P`; empty: both. Parts stand beside a total and are never added to it.",
        "age_group": "Age group; empty: all.",
        "count": "How many: digits only, no sign.",
        "statement": "What was printed or delivered together; a numerator pairs inside its own statement.",
        "base_kind": "Of a denominator: `beku` (frozen on a DKB), `dinamis`, `tidak_disebut`; otherwise empty.",
        "approximate": "`ya` where the source says about; else `tidak`.",
        "unusable": "Why the row is kept and not used; empty: it is used.",
    }
    | _CITED
)
CLAIMS = (
    _PLACE
    | _DATED
    | {
        "indicator": "Id of `params/indicators/`.",
        "base": "Denominator measure that the source names; empty where it names none.",
        "kind": "`persen`; `bagian_target` (a share of the target); `kata` (words alone).",
        "percent": "As printed, with a decimal point; empty for words.",
        "words": "As printed, where there is no number.",
        "verdict": "The verdict as printed.",
        "standing": "`tertinggi` or `terendah` where the source says so.",
        "approximate": "`ya` where the source says about; else `tidak`.",
        "unusable": "Why the row is kept and not used; empty: it is used.",
        "statement": "What was printed or delivered together.",
    }
    | _CITED
)
SOURCES = {
    "id": "What counts and claims refer to; with `simulasi` in it the data are simulated.",
    "title": "Title as published, or the name of the file.",
    "address": "Where it can be read; empty for a delivery.",
    "published": "Day, month or year of publication, where known.",
    "note": "What a reader has to know of it.",
}
UNUSED = {
    "origin": "File and line of the received row.",
    "region": "Region as received.",
    "indicator": "Indicator as received.",
    "period": "Period as received.",
    "numerator": "Numerator as received.",
    "denominator": "Denominator as received.",
    "percent": "Percentage as received.",
    "reason": "Why nothing of it is used.",
    "source": "Id in the table of sources.",
}
AUDIT = (
    _PLACE
    | {"indicator": "Id of `params/indicators/`."}
    | _DAY
    | {
        "numerator": "Count of the same statement; empty where there is none.",
        "denominator": "Count of the same statement; empty where there is none.",
        "percent_published": "As printed.",
        "percent_recomputed": "From these counts, four decimals; empty where one is missing.",
        "difference_points": "Printed less recomputed, in percentage points.",
        "class": "What became of it (docs/adr/0008).",
        "verdict_turned": "`yes` where the counts give another verdict than the printed percentage.",
        "source": "Id in the table of sources.",
    }
)
JOURNAL = {
    "when": "Time of the delivery.",
    "file": "Where the received file is kept, below the dataset.",
    "sha256": "Its checksum.",
    "layout": "Id of the layout in `params/sources.yml`.",
    "as_of": "Day of the figures.",
    "denominator": "What `DENOMINATOR=` said.",
    "regions": "Codes of the regencies it speaks of, parted by a space.",
    "counts": "Rows of counts taken in.",
    "claims": "Rows of claims taken in.",
    "findings": "Findings told.",
    "replaced": "Rows whose values were replaced.",
}
FINDINGS = (
    _PLACE
    | _DAY
    | {
        "rule": "Id of the rule in `params/checks.yml`.",
        "severity": "`tolak`, `periksa`, `catat`.",
        "values": "What the sentence of the rule needs, as a JSON object.",
        "origin": "The cells it was found in.",
    }
)
BY = {
    "replaced_when": "Time of the delivery that replaced it.",
    "replaced_by": "File of that delivery.",
}
# What tells a figure from every other, and its count.
FIGURE = ("region_code", "as_of", "precision", "measure", "sex", "age_group", "statement", "count")
CONFIRMATIONS = {name: COUNTS[name] for name in FIGURE} | {
    "by": "The post that confirmed it; never a person's name.",
    "confirmed_on": "Day of the confirmation.",
}

# What the cells of a column are, where they are not any text.
TYPES = {
    "region_code": "code",
    "as_of": "day, month or year",
    "published": "day, month or year",
    "precision": "word",
    "measure": "id",
    "indicator": "id",
    "base": "id",
    "rule": "id",
    "layout": "id",
    "id": "id",
    "source": "id",
    "count": "whole number",
    "counts": "whole number",
    "claims": "whole number",
    "findings": "whole number",
    "replaced": "whole number",
    "percent": "decimal number",
    "percent_published": "decimal number",
    "percent_recomputed": "decimal number",
    "difference_points": "decimal number",
    "approximate": "`ya` or `tidak`",
    "severity": "word",
    "values": "JSON object",
    "sha256": "64 hexadecimal digits",
    "when": "time",
    "replaced_when": "time",
    "confirmed_on": "day",
}

TABLES: dict[str, dict[str, str]] = {
    "counts": COUNTS,
    "claims": CLAIMS,
    "sources": SOURCES,
    "unused": UNUSED,
    "audit": AUDIT,
    "journal": JOURNAL,
    "replaced": COUNTS | BY,
    "replaced_claims": CLAIMS | BY,
    "findings": FINDINGS,
    "confirmations": CONFIRMATIONS,
}
