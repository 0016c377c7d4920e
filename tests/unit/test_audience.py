"""Who may have which file: a regency's people never get what is another's, whatever an edition holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adminduk.basis.attendees import Attendee
from adminduk.publish.audience import may_receive
from adminduk.publish.distribute.plan import KINDS, parcels
from adminduk.publish.manifest import Artefact, Manifest, Standing

REGENCIES = ("64.01", "64.02", "64.71", "64.72")
CODES = ("64", *REGENCIES)
audiences = st.sampled_from(("publik", "daerah", "internal", "rahasia", ""))
artefacts = st.lists(
    st.builds(
        lambda path, kind, region, audience: Artefact(path, kind, "t", region, audience, "e", {}, sha256=path),
        st.uuids().map(str),
        st.sampled_from((*KINDS.values(), "page")),
        st.sampled_from(("", *CODES)),
        audiences,
    ),
    max_size=12,
)
documents = st.lists(st.sampled_from(list(KINDS)), min_size=1, unique=True)


def file(audience: str, region: str = "") -> Artefact:
    return Artefact("paket/a.pdf", "pack", "t", region, audience, "e", {})


def person(regions, wanted=tuple(KINDS)) -> Attendee:
    return Attendee.model_construct(
        name="n", office="o", regions=tuple(regions), role="r", email="a@b.org", documents=wanted
    )


def manifest(found, outcomes=()) -> Manifest:
    regions = tuple(Standing(code, code, dict(outcomes).get(code, "dicetak")) for code in CODES)
    return Manifest("d", "p", "e", "", False, "t", "a", regions, tuple(found))


def test_the_three_audiences():
    for regions in (("64",), ("64.71",), ("64.71", "64.72")):
        assert may_receive(regions, file("publik", "64"))
    assert may_receive(("64.71",), file("daerah", "64.71"))
    assert not may_receive(("64.71",), file("daerah", "64.72"))
    assert not may_receive(("64",), file("daerah", "64.71"))
    assert may_receive(("64", "64.71"), file("daerah", "64.71"))
    assert may_receive(("64",), file("internal", "64")) and may_receive(("64",), file("internal", "64.71"))
    assert not may_receive(("64.71",), file("internal", "64.71"))
    assert not may_receive(("64.71",), file("daerah", "")) and not may_receive(("64",), file("", "64"))
    assert not may_receive((), file("publik", "64"))


@given(found=artefacts, own=st.lists(st.sampled_from(REGENCIES), min_size=1, unique=True), wanted=documents)
def test_a_regency_never_gets_what_is_anothers_or_internal(found, own, wanted):
    (parcel,) = parcels(manifest(found), [person(own, tuple(wanted))])
    for got in parcel.artefacts:
        assert got.audience == "publik" or (got.audience == "daerah" and got.region in own)
        assert got.kind in {KINDS[word] for word in wanted}


@given(found=artefacts, own=st.sampled_from(REGENCIES))
def test_what_is_ones_own_is_not_left_out(found, own):
    (parcel,) = parcels(manifest(found), [person([own])])
    due = [
        a
        for a in found
        if a.kind != "page"
        and (a.audience, a.region) in {("daerah", own), ("publik", own), ("publik", "64"), ("publik", "")}
    ]
    assert list(parcel.artefacts) == due


@given(found=artefacts, regions=st.lists(st.sampled_from(CODES), min_size=1, unique=True), named=st.sampled_from(CODES))
def test_naming_a_region_never_gives_more(found, regions, named):
    (everything,) = parcels(manifest(found), [person(regions)])
    some = parcels(manifest(found), [person(regions)], [named])
    assert bool(some) == (named in regions)
    for parcel in some:
        assert set(map(id, parcel.artefacts)) <= set(map(id, everything.artefacts))
        assert all(got.region in (named, "", "64") for got in parcel.artefacts)
