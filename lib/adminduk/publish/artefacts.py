"""The files of an edition: what each depends on, and how it is made of the material."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from adminduk.basis.packs import Pack
from adminduk.basis.regions import Region
from adminduk.present import wording
from adminduk.present.digest import digests
from adminduk.present.editions import missing
from adminduk.publish import changes, outputs, provenance
from adminduk.publish.annex import annex_parts, annex_xlsx
from adminduk.publish.batch import OFFICE
from adminduk.publish.bind import Changes, Cover, bind
from adminduk.publish.compiler import compile_pdf
from adminduk.publish.manifest import Artefact, Audience
from adminduk.publish.material import Material
from adminduk.publish.provenance import Depends

STRICTEST: tuple[Audience, ...] = ("internal", "daerah", "publik")
EVERYTHING = "semua"
_SPOKEN = "bahan_sambutan"  # of the person who speaks, with notes that are not read out
_CHANGED = "Apa yang berubah sejak edisi sebelumnya?"


@dataclass(frozen=True)
class Recipe:
    """One file: ``make`` is given the edition it is made in and the lines that tell what moved since the last one.

    What it depends on is known before its reports are made; who may have it (``audience``) only then.
    """

    path: str
    kind: str
    title: str
    region: str
    audience: Callable[[], Audience]
    depends: Depends
    make: Callable[[str, Sequence[str]], bytes]

    def artefact(self, version: str, told: Sequence[str], content: bytes) -> Artefact:
        sha = provenance.sha256(content)
        return Artefact(
            self.path, self.kind, self.title, self.region, self.audience(), version, self.depends, tuple(told),
            len(content), sha,
        )  # fmt: skip


def recipes(material: Material) -> list[Recipe]:
    """Everything that can be made of the material, in the order in which a reader looks for it."""
    bound = material.bound()
    found = [_pack(material, pack, region) for pack, region in bound]
    if len(bound) > 1:
        found.append(_everything(material, bound))
    found += [_annex(material, pack, region) for pack, region in bound]
    found += _documents(material)
    found += [_picture(material, pack.notebooks[0], region) for pack, region in bound if not pack.suffix]
    found += _texts(material, bound)
    return found


def numbers(material: Material) -> list[changes.Told]:
    """The figures that are told of every region that is printed."""
    codes = {region.code for _, region in material.bound()}
    return changes.told(opened.briefing for code, opened in material.opened.items() if code in codes)


def _stem(material: Material, region: Region, suffix: str = "") -> str:
    return "_".join(filter(None, (region.code, region.slug, material.period.key, suffix)))


def _reports(bound: Iterable[tuple[Pack, Region]]) -> list[tuple[str, Region]]:
    return [(notebook, region) for pack, region in bound for notebook in pack.notebooks]


def _audience(material: Material, reports: Sequence[tuple[str, Region]]) -> Callable[[], Audience]:
    """Who may have what is made of these reports: the audience of the strictest."""

    def strictest() -> Audience:
        notebooks = (material.report(notebook, region).notebook for notebook, region in reports)
        found = {outputs.document(notebook).get("audience", "daerah") for notebook in notebooks}
        return next(audience for audience in STRICTEST if audience in found)

    return strictest


def office() -> Audience:
    """The audience of what tells the first pages of every region."""
    return "internal"


def everybody() -> Audience:
    """The audience of what tells nothing but what the public pack tells."""
    return "publik"


def _depends(material: Material, reports: Sequence[tuple[str, Region]], cover: Cover | None) -> Depends:
    """The hashes of all these reports, by region where there are several, and of the cover."""
    several = len({region.code for _, region in reports}) > 1
    found = {
        ".".join(filter(None, (region.slug if several else "", notebook, name))): value
        for notebook, region in reports
        for name, value in material.depends(notebook, region).items()
    }
    return found | ({"sampul": provenance.key({"sampul": repr(cover)})} if cover else {})


def _arranged(bound: Sequence[tuple[Pack, Region]], path: str, label: str) -> str:
    """The hash of what stands where, and of what it is called."""
    order = [(list(pack.notebooks), region.code) for pack, region in bound]
    return provenance.key({"urutan": repr(order), path: label})


def _cover(material: Material, label: str, region: Region, audience: Audience, version: str) -> Cover:
    name = region.name
    period, meeting = material.period, material.period.meeting
    lines = [("Keadaan", wording.long_date(period.as_of))]
    if meeting:
        held = ", ".join(filter(None, (meeting.place, wording.long_date(meeting.date))))
        lines += [("Rapat", meeting.name), ("Tempat, tanggal", held)]
    lines += [("Edisi", version), ("Untuk", _READERS[audience].format(name=name))]
    notes = ["DATA SIMULASI - bukan angka resmi. Seluruh isi paket ini dibuat oleh program."] * material.simulated
    notes += missing(material.standings()) if region.is_province else []
    title = "Capaian administrasi kependudukan"
    return Cover(
        label, name, title, period.key, version, material.simulated, lines, notes, date=period.as_of.isoformat()
    )


_READERS = {
    "publik": "peserta rapat",
    "daerah": "dinas {name}",
    "internal": "dinas provinsi; tidak untuk dibagikan",
}


def _pack(material: Material, pack: Pack, region: Region) -> Recipe:
    path = f"paket/{_stem(material, region, pack.suffix)}.pdf"
    return _book(material, [(pack, region)], path, pack.label, region)


def _everything(material: Material, bound: Sequence[tuple[Pack, Region]]) -> Recipe:
    path = f"paket/{EVERYTHING}_{material.period.key}.pdf"
    return replace(_book(material, bound, path, "Semua paket", material.regions.province), region="")


def _book(material: Material, bound: Sequence[tuple[Pack, Region]], path: str, label: str, region: Region) -> Recipe:
    reports = _reports(bound)
    audience = _audience(material, reports)

    def made(version: str, told: Sequence[str]) -> bytes:
        sources = [material.report(notebook, place) for notebook, place in reports]
        note = Changes(_CHANGED, told[:1], told[1:]) if told else None
        cover = _cover(material, label, region, audience(), version)
        return compile_pdf(bind(cover, note, [report.naskah for report in sources]))

    arranged = {"susunan": _arranged(bound, path, label)}
    depends = _depends(material, reports, _cover(material, label, region, everybody(), "")) | arranged
    return Recipe(path, "pack", f"{label}, {region.name}", region.code, audience, depends, made)


def _annex(material: Material, pack: Pack, region: Region) -> Recipe:
    title = f"Lampiran Excel, {pack.label.lower()} {region.name}"

    def made(version: str, told: Sequence[str]) -> bytes:
        notebooks = [material.report(name, region).notebook for name in pack.notebooks]
        parts = [part for notebook in notebooks for part in annex_parts(notebook)]
        return annex_xlsx(title, material.opened[region.code].stamp, parts)

    reports = _reports([(pack, region)])
    path = f"lampiran/{_stem(material, region, pack.suffix)}.xlsx"
    audience = _audience(material, reports)
    depends = _depends(material, reports, None) | {"susunan": _arranged([(pack, region)], path, title)}
    return Recipe(path, "annex", title, region.code, audience, depends, made)


def _documents(material: Material) -> list[Recipe]:
    """What lies on the table at the meeting: each of the province's public reports by itself, and office files."""
    bound = [(pack, region) for pack, region in material.bound() if region.is_province and not pack.suffix]
    reports = [_document(material, notebook, region) for pack, region in bound for notebook in pack.notebooks]
    return reports + [_office(material, name) for name in OFFICE if bound]


def _document(material: Material, notebook: str, region: Region) -> Recipe:
    path, title = f"dokumen/{_stem(material, region, notebook)}.pdf", notebook.replace("_", " ").capitalize()

    def made(version: str, told: Sequence[str]) -> bytes:
        return material.report(notebook, region).pdf

    audience = _audience(material, [(notebook, region)])
    return Recipe(path, "document", title, region.code, audience, material.depends(notebook, region), made)


def _office(material: Material, name: str) -> Recipe:
    province = material.regions.province
    opened = material.opened[province.code]
    told = {**material.shared, "data": str(opened.stamp["data_hash"])}
    title = name.partition(".")[0].replace("_", " ").capitalize()
    path = f"dokumen/{_stem(material, province, name)}"
    audience = office if name.startswith(_SPOKEN) else everybody
    return Recipe(
        path, "document", title, province.code, audience, told, lambda version, lines: OFFICE[name](opened.briefing)
    )


def _picture(material: Material, notebook: str, region: Region) -> Recipe:
    """Page 1 of a region's first report."""
    path, title = f"gambar/{_stem(material, region)}.png", f"Halaman pertama, {region.name}"

    def made(version: str, told: Sequence[str]) -> bytes:
        return material.report(notebook, region).picture

    audience = _audience(material, [(notebook, region)])
    return Recipe(path, "picture", title, region.code, audience, material.depends(notebook, region), made)


def _texts(material: Material, bound: Sequence[tuple[Pack, Region]]) -> list[Recipe]:
    """Small files that are made anew each time; they depend on what is in them."""
    codes = dict.fromkeys(region.code for _, region in bound)
    briefings = [material.opened[code].briefing for code in codes]
    paragraphs = digests(briefings, missing(material.standings())).encode()
    figures = changes.written(numbers(material))
    return [
        _text("ringkasan.txt", "text", "Ringkasan untuk grup percakapan", paragraphs),
        _text(changes.NUMBERS, "table", "Angka setiap daerah: ringkasan, riwayat, kecamatan", figures),
    ]


def _text(path: str, kind: str, title: str, content: bytes) -> Recipe:
    depends = {"isi": provenance.sha256(content)}
    return Recipe(path, kind, title, "", office, depends, lambda version, told: content)
