"""Rows of deliveries in a table: the last word stands, the words before are kept, sums are those of their parts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from adminduk.basis import frames
from adminduk.basis.paths import find_paths
from adminduk.basis.places import load_places
from adminduk.ingest.ledger import COUNT, Ledger, Row

PLACES = load_places(find_paths())
SAID = "kelurahan_ktp@2024-11-15"
PARTS = sorted(PLACES.children("64.74.03"))  # the three kelurahan of Bontang Barat
OTHERS = ("64.74.01", "64.74.02")  # the other two kecamatan of Bontang
BASES = frozenset({"wajib_ktp"})


def row(code: str, count: int, file: str = "a.csv:B2", **more: str) -> Row:
    told = {"region_code": code, "as_of": "2024-11-15", "measure": "rekam_ktp_el", "count": str(count)}
    return dict.fromkeys(frames.COUNTS, "") | told | {"statement": SAID, "origin": file} | more


def base(code: str, count: int, as_of: str, kind: str) -> Row:
    return row(code, count, measure="wajib_ktp", as_of=as_of, base_kind=kind)


def ledger(*rows: Row) -> Ledger:
    made = Ledger(COUNT, frames.empty("counts"), [SAID], BASES)
    made.add(rows)
    return made


def counts(made: Ledger) -> dict[str, int]:
    return {code: int(number) for code, number in made.frame()[["region_code", "count"]].to_numpy()}


def summed(parts: dict[str, int]) -> list[Row]:
    """A whole file: the kelurahan, the two other kecamatan, and the sums that follow."""
    district = sum(parts[code] for code in PARTS)
    city = district + sum(parts[code] for code in OTHERS)
    sums = [row("64.74.03", district, "a.csv:jumlah 3 baris"), row("64.74", city, "a.csv:jumlah 3 baris")]
    return [*(row(code, number) for code, number in parts.items()), *sums]


numbers = st.integers(0, 10**6)
whole = st.fixed_dictionaries(dict.fromkeys((*PARTS, *OTHERS), numbers))
corrections = st.lists(st.dictionaries(st.sampled_from((*PARTS, *OTHERS)), numbers, min_size=1), max_size=4)


@settings(deadline=None)
@given(first=whole, later=corrections)
def test_the_last_word_stands_and_sums_follow(first, later):
    made, old, expected = ledger(*summed(first)), 0, dict(first)
    for number, correction in enumerate(later):
        outcome = made.add([row(code, count, f"{number}.csv:B2") for code, count in correction.items()])
        changed = {code for code, count in correction.items() if expected[code] != count}
        assert (len(outcome.changed), outcome.same, outcome.new) == (len(changed), len(correction) - len(changed), 0)
        before = counts(made)
        expected |= correction
        again = made.sum_again((now for _, rows in outcome.changed for now in rows), PLACES)
        after = counts(made)
        assert {r["region_code"] for was, _ in again for r in was} == {c for c in after if before[c] != after[c]}
        old += len(changed)
    wanted = {r["region_code"]: int(r["count"]) for r in summed(expected)}
    assert counts(made) == wanted


@given(first=whole, codes=st.permutations([*PARTS, *OTHERS]))
def test_the_same_rows_in_another_order_change_nothing(first, codes):
    made = ledger(*summed(first))
    before = made.frame()
    outcome = made.add([row(code, first[code], "b.csv:B2") for code in codes])
    assert outcome.nothing and outcome.same == len(codes)
    assert made.frame().equals(before)


def test_a_sum_whose_parts_are_of_another_date_is_taken_away():
    rows = [base(code, 100, "2024-06-30", "beku") for code in PARTS]
    total = base("64.74.03", 300, "2024-06-30", "beku") | {"origin": "a.csv:jumlah 3 baris"}
    made = ledger(*rows, total)
    outcome = made.add([base(PARTS[0], 100, "2024-12-31", "beku")])
    ((before, now),) = made.sum_again((r for _, rows in outcome.changed for r in rows), PLACES)
    assert (before, now) == ([total], [])
    assert set(made.frame()["region_code"]) == set(PARTS)


def test_a_sum_that_was_printed_is_nobody_elses_to_change():
    made = ledger(*(row(code, 1) for code in PARTS), row("64.74.03", 3, "a.csv:B9"))
    outcome = made.add([row(PARTS[0], 2)])
    assert made.sum_again((r for _, rows in outcome.changed for r in rows), PLACES) == []


def test_a_denominator_is_one_thing_whatever_its_date():
    made = ledger(base("64.74", 100, "2024-11-15", "tidak_disebut"))
    outcome = made.add([base("64.74", 100, "2024-06-30", "beku")])
    assert [(was[0]["as_of"], now[0]["as_of"]) for was, now in outcome.changed] == [("2024-11-15", "2024-06-30")]
    assert len(made.frame()) == 1


def test_two_words_about_one_thing_in_one_file_are_rivals():
    made = ledger()
    twice = [row("64.74", 1), row("64.74", 1, "a.csv:B3"), row("64.71", 1)]
    assert made.rivals(twice) == []
    assert [[r["count"] for r in group] for group in made.rivals([*twice, row("64.71", 2)])] == [["1", "2"]]
    # One statement may name a frozen and a moving denominator.
    assert made.rivals([base("64.74", 9, "2024-06-30", "beku"), base("64.74", 10, "2024-11-15", "dinamis")]) == []


def test_other_statements_are_left_alone():
    made = ledger(row("64.74", 1))
    outcome = made.add([row("64.74", 2, statement="rekap_provinsi@2024-11-15")])
    assert (outcome.new, outcome.changed) == (1, [])
    assert sorted(made.frame()["count"]) == ["1", "2"]
    assert made.statements() == {SAID, "rekap_provinsi@2024-11-15"}
