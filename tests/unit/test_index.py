"""The first page of an edition: what it says, where its links lead, and that it asks nobody."""

from __future__ import annotations

import base64
import hashlib
import io
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from adminduk.basis.errors import RenderError
from adminduk.publish.index import address, index_html, size

HOSTILE = "<script>alert(1)</script>\"&'<img src=https://a.id/x>"


def png(width: int = 1080, height: int = 1527) -> bytes:
    """A picture that no palette holds: every pixel another colour."""
    noise = hashlib.shake_256(b"a").digest(width * height * 3)
    made = io.BytesIO()
    Image.frombytes("RGB", (width, height), noise).save(made, "PNG")
    return made.getvalue()


def artefact(path: str, kind: str, region: str = "", audience: str = "daerah", count: int = 345_678) -> dict:
    sha = hashlib.sha256(path.encode()).hexdigest()
    told = {"title": f"Judul {path}", "region": region, "audience": audience, "bytes": count, "sha256": sha}
    return {"path": path, "kind": kind, "depends": {}, **told}


def region(code: str, name: str, outcome: str = "dicetak", cause: str = "") -> dict:
    return {"code": code, "name": name, "outcome": outcome, "cause": cause}


def manifest(**told) -> dict:
    balikpapan = "64.71_kota-balikpapan_2024-11-12"
    plain = {
        "format": 1, "data": "published", "period": "2024-11-12", "edition": "2024-11-12", "replaces": "",
        "simulated": False, "complete": True, "title": "Rapat Koordinasi Daerah", "as_of": "12 November 2024",
        "changes": [], "regions": [region("64.71", "Kota Balikpapan")],
        "artefacts": [
            artefact(f"paket/{balikpapan}.pdf", "pack", "64.71"),
            artefact(f"lampiran/{balikpapan}.xlsx", "annex", "64.71", count=15_057),
            artefact(f"gambar/{balikpapan}.png", "picture", "64.71"),
            artefact("ringkasan.txt", "text", audience="publik", count=812),
        ],
    }  # fmt: skip
    return plain | told


def page(told: dict, pictures: dict[str, bytes] | None = None) -> BeautifulSoup:
    return BeautifulSoup(index_html(told, pictures or {}), "html.parser")


def rows(soup: BeautifulSoup, caption: str) -> list[list[str]]:
    table = next(table for table in soup.find_all("table") if table.caption.get_text() == caption)
    return [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in table.tbody.find_all("tr")
    ]


def test_the_head_says_which_meeting_which_day_which_edition():
    soup = page(manifest(edition="2024-11-12-r2", replaces="2024-11-12", changes=["KIA naik karena data."]))
    assert soup.html["lang"] == "id"
    assert soup.title.string == "Rapat Koordinasi Daerah - 2024-11-12-r2"
    assert soup.h1.string == "Rapat Koordinasi Daerah"
    told = dict(zip([dt.string for dt in soup.header.find_all("dt")], soup.header.find_all("dd"), strict=True))
    assert {word: text.string for word, text in told.items()} == {
        "Keadaan": "12 November 2024", "Edisi": "2024-11-12-r2", "Menggantikan": "2024-11-12",
    }  # fmt: skip
    assert "KIA naik karena data." in [item.string for item in soup.find_all("li")]


def test_the_head_warns_of_files_that_only_the_provinces_office_may_have():
    several = [
        artefact("a.pdf", "pack", audience=audience) for audience in ("publik", "internal", "daerah", "internal")
    ]
    (told,) = page(manifest(artefacts=several)).header.find_all("p")
    assert told.string == (
        "Jangan bagikan folder ini atau zip-nya seluruhnya: 2 dari 4 berkasnya hanya untuk dinas provinsi. Di samping "
        "setiap berkas tertulis untuk siapa."
    )


def test_nothing_is_said_of_what_is_not_so():
    soup = page(manifest(title=""))
    text = soup.get_text()
    assert soup.h1.string == "Paket rapat"
    assert not any(
        word in text for word in ("SIMULASI", "TIDAK LENGKAP", "Menggantikan", "berubah", "belum ada", "Jangan")
    )


def test_the_files_of_a_region_with_their_sizes():
    (row,) = rows(page(manifest(), {"64.71": png()}), "Berkas setiap wilayah")
    assert row == [
        "Kota Balikpapan 64.71", "",
        "PDF Kota Balikpapan, Paket 346 KB · dinas daerah ini",
        "Excel Kota Balikpapan, Lampiran Excel 15 KB · dinas daerah ini",
        "PNG Kota Balikpapan, Gambar halaman pertama 346 KB · dinas daerah ini",
    ]  # fmt: skip
    assert rows(page(manifest()), "Dokumen lain") == [
        ["Judul ringkasan.txt", "teks", "812 byte", "semua peserta rapat"]
    ]


def test_both_packs_of_the_province_stand_in_its_row():
    told = manifest(
        regions=[region("64", "Provinsi")],
        artefacts=[
            artefact("paket/64.pdf", "pack", "64", "publik"),
            artefact("paket/64_internal.pdf", "pack", "64", "internal"),
            artefact("paket/semua.pdf", "pack", "", "internal"),
            artefact("dokumen/64_bahan.docx", "document", "64", "publik"),
        ],
    )
    (row,) = rows(page(told), "Berkas setiap wilayah")
    assert row[2] == "PDF Provinsi, Paket 346 KB · semua peserta rapat PDF Provinsi, Paket 346 KB · dinas provinsi"
    assert [row[1] for row in rows(page(told), "Dokumen lain")] == ["PDF", "Word"]


def test_every_file_has_its_whole_checksum():
    soup = page(manifest())
    told = {row[0]: row[2].split() for row in rows(soup, "Ukuran dan sidik setiap berkas")}
    for item in manifest()["artefacts"]:
        assert told[item["path"]] == [f"{item['sha256'][:12]}…", item["sha256"]]
    commands = [block.string for block in soup.find_all("pre")]
    assert commands[0] == "sha256sum -c SHA256SUMS"
    assert commands[-1] == 'certutil -hashfile "paket\\64.71_kota-balikpapan_2024-11-12.pdf" SHA256'


def test_an_incomplete_edition_names_region_outcome_and_cause():
    regions = [
        region("64.71", "Kota Balikpapan"),
        region("64.03", "Kabupaten Berau", "gagal", "NameError: angka") | {"where": "capaian_wilayah, sel 5"},
        region("64.11", "Kabupaten Mahakam Ulu", "ditahan", "NIK di sel B2"),
    ]
    soup = page(manifest(complete=False, regions=regions))
    assert [line.string for line in soup.find_all(class_="kurang")] == [
        "Edisi ini TIDAK LENGKAP: gagal dicetak Kabupaten Berau.",
        "1 wilayah ditahan oleh temuan: Kabupaten Mahakam Ulu.",
    ]
    assert rows(soup, "Wilayah yang tidak dicetak") == [
        ["Kabupaten Berau 64.03", "gagal dicetak", "capaian_wilayah, sel 5: NameError: angka"],
        ["Kabupaten Mahakam Ulu 64.11", "ditahan", "NIK di sel B2"],
    ]


def test_simulated_is_told_first():
    assert page(manifest(simulated=True)).body.get_text(strip=True).startswith("DATA SIMULASI - bukan angka resmi")


def test_eleven_pictures_stay_under_two_megabytes():
    codes = ["64", *(f"64.{number:02}" for number in range(1, 11))]
    told = manifest(regions=[region(code, f"Wilayah {code}") for code in codes])
    content = index_html(told, dict.fromkeys(codes, png()))
    assert len(content) < 2_000_000
    images = BeautifulSoup(content, "html.parser").find_all("img")
    assert [image["alt"] for image in images] == [f"Halaman pertama Wilayah {code}" for code in codes]
    kind, _, coded = images[0]["src"].partition(",")
    assert kind == "data:image/png;base64"
    with Image.open(io.BytesIO(base64.b64decode(coded))) as shown:
        assert shown.size == (240, 339)


def test_the_outline_leads_to_the_picture_and_is_the_same_each_time():
    soup = page(manifest(), {"64.71": png()})
    assert soup.img.find_parent("a")["href"] == "./gambar/64.71_kota-balikpapan_2024-11-12.png"
    assert index_html(manifest(), {"64.71": png()}) == index_html(manifest(), {"64.71": png()})


def test_a_broken_picture_is_told_with_its_region():
    with pytest.raises(RenderError, match="Kota Balikpapan"):
        index_html(manifest(), {"64.71": png()[:5000]})


def test_nothing_runs_and_nothing_is_fetched():
    told = manifest(
        title=HOSTILE, edition=HOSTILE, replaces=HOSTILE, changes=[HOSTILE], complete=False, simulated=True,
        regions=[region("64.71", HOSTILE, "gagal", HOSTILE)],
        artefacts=[artefact(HOSTILE, "pack", "64.71") | {"title": HOSTILE}, artefact("//a.id/x", "text"),
                   artefact("javascript:alert(1)", "document") | {"title": HOSTILE, "audience": HOSTILE}],
    )  # fmt: skip
    soup = page(told, {"64.71": png(100, 141)})
    assert not soup.find_all(["script", "iframe", "link", "object", "form", "base"])
    assert all(image["src"].startswith("data:image/png;") for image in soup.find_all("img"))
    assert all(link["href"].startswith("./") or link["href"] in ("SHA256SUMS", "manifest.json") for link in soup("a"))
    assert not any(name.startswith("on") or name == "style" for tag in soup.find_all(True) for name in tag.attrs)
    assert "http" not in soup.style.string
    assert "url(" not in soup.style.string
    assert soup.h1.string == HOSTILE
    assert "default-src 'none'" in soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@example("dokumen/bahan sambutan #1 100%?.docx")
@example("javascript:alert(1)")
def test_a_link_leads_to_its_file_whatever_its_name(path):
    link = address(path)
    assert link.isascii()
    assert not set(link) & set(' "<>#?&:\\')
    assert unquote(link.removeprefix("./")) == path


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 byte"), (999, "999 byte"), (1000, "1 KB"), (345_678, "346 KB"), (949_999, "950 KB"), (999_999, "1,0 MB"),
        (1_234_567, "1,2 MB"), (25_000_000, "25,0 MB"), (1_234_560_000, "1.234,6 MB"),
    ],
)  # fmt: skip
def test_sizes_as_a_reader_knows_them(count, text):
    assert size(count) == text
