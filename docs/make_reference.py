"""Write docs/reference/ from the models, the tables, the command line and the notebooks' door.

``.venv/bin/python docs/make_reference.py``; a test makes it again and compares every byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from doors import commands, words
from fields import code, keys, page, spoken, table

from adminduk.basis import columns, frames, remarks
from adminduk.basis.agenda import SECTIONS
from adminduk.basis.attendees import Attendees
from adminduk.basis.catalog import Indicator, Measures, load_catalog
from adminduk.basis.checks import RULES, CheckParams, load_check_params
from adminduk.basis.defaults import DATA as PUBLISHED
from adminduk.basis.defaults import PERIOD
from adminduk.basis.disclosure import Disclosure
from adminduk.basis.holidays import LocalHolidays
from adminduk.basis.mailing import Mailing
from adminduk.basis.models import parse_yaml, read_yaml
from adminduk.basis.packs import Pack
from adminduk.basis.paths import Paths, find_paths
from adminduk.basis.periods import Period
from adminduk.basis.regions import Regions, load_regions
from adminduk.basis.rulebook import load_rulebook
from adminduk.basis.sources import Sources
from adminduk.ingest.published.readings import Readings
from adminduk.ingest.simulation.agenda import agenda_files
from adminduk.ingest.simulation.edition import simulate
from adminduk.measure.audit import audit
from adminduk.measure.checks import review
from adminduk.measure.evidence import Evidence, Scope
from adminduk.publish.audit import as_frame

HEAD = "<!-- Generated: change the code, then run .venv/bin/python docs/make_reference.py -->\n\n"
# Each kind of YAML file: what it is for, the model of one file, and the real files.
FILES: dict[str, tuple[str, Any, str]] = {
    "measures": ("What is counted, and who reports it.", Measures, "measures.yml"),
    "regions": ("The province, its regencies and kecamatan, with official codes.", Regions, "regions.yml"),
    "indicators": (
        "What is divided by what, and what it should reach. One file, one indicator.",
        Indicator,
        "indicators/*.yml",
    ),
    "periods": (
        "A reporting day, its meeting, programme and decisions. One file, one period.",
        Period,
        "periods/*.yml",
    ),
    "packs": ("Which notebooks are bound for whom. One file, one pack.", Pack, "packs/*.yml"),
    "sources": ("How received files look, and which of differing statements is used.", Sources, "sources.yml"),
    "holidays": ("Days off that the national calendar does not have.", LocalHolidays, "holidays.yml"),
    "disclosure": ("What documents for the public do not print.", Disclosure, "disclosure.yml"),
    "mailing": ("The texts of the messages, and the limits of the post.", Mailing, "mailing.yml"),
    "attendees": ("Who receives what. The file itself is not in git.", Attendees, "attendees.example.yml"),
}
TABLES = {
    "counts": "Additive integers, the only thing that is ever summed.",
    "claims": "What somebody printed; never arithmetic input.",
    "sources": "Where counts and claims come from.",
    "unused": "Received rows that became neither counts nor claims.",
    "audit": "Published percentages beside what their counts give; written to outputs/audit/ by `make audit`.",
    "journal": "Each delivery that was taken in.",
    "replaced": "Counts that a later delivery replaced.",
    "replaced_claims": "Claims that a later delivery replaced.",
    "findings": "What was found while a file was read.",
    "confirmations": "Figures that an office stands by.",
}
OTHERS = {
    "params/checks.md": "What figures are held against: every rule, its severity and thresholds, and why.",
    "params/remarks.md": "The offices' own paragraphs.",
    "params/villages.md": "Every kelurahan and desa.",
    "data/readings.md": "What a careful person read in the words of the published rows.",
}


def reference(paths: Paths) -> dict[str, str]:
    """Every page by its name below docs/reference/."""
    pages = {f"params/{name}.md": _params(paths, name) for name in FILES}
    pages["params/checks.md"] = _checks(paths)
    pages["params/remarks.md"] = _prose("Remarks", remarks, "params/remarks/<period>/<code>.md")
    pages["params/villages.md"] = _villages(paths)
    pages |= {f"data/{name}.md": text for name, text in _data(paths).items()}
    pages["data/readings.md"] = _readings(paths)
    pages["commands.md"] = commands(paths)
    pages["report.md"] = words()
    return {name: HEAD + text for name, text in {"README.md": _index(pages), **pages}.items()}


def _index(pages: Iterable[str]) -> str:
    folders = {"params": "params/: what we say", "data": "data/: what we were given"}
    parts = [
        "# Reference\n\n"
        "Made from the models, the tables and the help of the program, so it cannot differ from them.\n\n"
        "- [Commands](commands.md): every command with its options, exit codes, and the environment\n"
        "- [The notebooks' door](report.md): what a notebook may call\n"
    ]
    for folder, title in folders.items():
        names = [name for name in pages if name.startswith(folder)]
        parts.append(f"## {title}\n\n" + "".join(f"- [{Path(name).stem}]({name}): {_about(name)}\n" for name in names))
    return "\n".join(parts)


def _about(name: str) -> str:
    """What the page tells, in a line."""
    stem = Path(name).stem
    return OTHERS.get(name) or (FILES[stem][0] if name.startswith("params") else TABLES[stem])


def _params(paths: Paths, name: str) -> str:
    told, model, pattern = FILES[name]
    files = sorted(paths.params.glob(pattern), reverse=name == "periods")
    contents = [read_yaml(path, path.name) for path in files]
    lead = f"# params/{pattern}\n\n{told} Every key that is not listed here is an error, and so is one written twice.\n"
    if name == "periods":
        contents += _simulated(paths)
        lead += f"\nExamples of {', '.join(f'`{section}`' for section in SECTIONS)} are simulated.\n"
    listed = ", ".join(f"[{path.name}](../../../{paths.relative(path)})" for path in files)
    return f"{lead}\nFiles: {listed}.\n\n{page(model, contents)}"


def _simulated(paths: Paths) -> list[Any]:
    counts = simulate(paths).tables["counts"]
    files = agenda_files(counts, load_regions(paths), load_catalog(paths), paths, "demo")
    return [parse_yaml(content, name) for name, content in sorted(files.items(), reverse=True)]


def _checks(paths: Paths) -> str:
    """Every rule with what it is held against and why."""
    params, parts = load_check_params(paths), []
    contents = read_yaml(paths.parameters("checks"), "checks.yml")
    for rule in RULES:
        told = dict(dict(params)[rule].because)
        given = contents[rule]
        rows = [(f"`{key}`", code(_spelt(given[key])), told[key]) for key in given if key != "because"]
        method = f"[{_title(paths, rule)}](../../method/{rule}.md)"
        parts.append(f"### {rule}\n\n{method}\n\n{table(('key', 'value', 'why'), rows)}")
    return (
        "# params/checks.yml\n\nEvery rule that figures are held against, those of ingest first: its severity, its "
        "thresholds, and why they are what they are. The linked page says what is checked, gives an example, and what "
        "to do.\n\n## Rules\n\n" + "\n".join(parts) + "\n## Keys\n\n" + _kinds_of_rules(contents)
    )


def _kinds_of_rules(contents: Mapping[str, Any]) -> str:
    """The keys of each kind of rule, and which rules are of it."""
    kinds: dict[Any, list[str]] = {}
    for rule in RULES:
        kinds.setdefault(CheckParams.model_fields[rule].annotation, []).append(rule)
    parts = []
    for kind, rules in kinds.items():
        links = ", ".join(f"[{rule}](#{rule})" for rule in rules)
        listed = keys(kind, [contents[rule] for rule in rules])
        parts.append(f"### {kind.__name__}\n\n{spoken(kind)}\n\nRules: {links}.\n\n{listed}")
    return "\n".join(parts)


def _title(paths: Paths, rule: str) -> str:
    first = (paths.root / "docs" / "method" / f"{rule}.md").read_text(encoding="utf-8").splitlines()[0]
    return first.removeprefix("# ")


def _spelt(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {each}" for key, each in value.items())
    return "; ".join(" <= ".join(pair) for pair in value) if isinstance(value, list) else str(value)


def _prose(title: str, module: Any, pattern: str) -> str:
    return f"# {title}: {pattern}\n\n{spoken(module)}\n"


def _villages(paths: Paths) -> str:
    header, first = paths.villages.read_text(encoding="utf-8").splitlines()[:2]
    said = ("Kemendagri code of the kelurahan (1xxx) or desa (2xxx), dotted.", "Name without its kind.")
    rows = [
        (f"`{key}`", what, code(cell))
        for key, what, cell in zip(header.split(","), said, first.split(","), strict=True)
    ]
    lead = "# params/villages.csv\n\nEvery kelurahan and desa; of each kecamatan as many as `regions.yml` says.\n\n"
    return lead + table(("column", "meaning", "example"), rows)


def _data(paths: Paths) -> dict[str, str]:
    """A page for each table that crosses a wall; examples are published figures where there are any."""
    tables = frames.read_dataset(paths, PUBLISHED)
    book = load_rulebook(paths)
    day = date.fromisoformat(PERIOD)
    scope = Scope(day, day, book.regions.province.code)
    found = [one.row() for one in review(Evidence(tables, book, scope))]
    examples = {name: frame.to_dict("records") for name, frame in tables.items()}
    examples["unused"] = frames.read_unused(paths, PUBLISHED).to_dict("records")
    examples["audit"] = as_frame((*audit(tables, book.catalog),)).to_dict("records")
    examples["findings"] = found
    for name, like in (("replaced", "counts"), ("replaced_claims", "claims"), ("confirmations", "counts")):
        examples[name] = examples[like]
    return {name: _table(name, told, examples[name]) for name, told in TABLES.items()}


def _table(name: str, told: str, rows: list[dict[str, Any]]) -> str:
    where = "outputs/audit/<dataset>.csv" if name == "audit" else f"data/<dataset>/{name}.csv"
    need = "every dataset has it" if name in frames.REQUIRED else "may be absent"
    cells = [
        (
            f"`{column}`",
            columns.TYPES.get(column, "text"),
            said,
            code(next((str(row[column]) for row in rows if row.get(column)), "")),
        )
        for column, said in columns.TABLES[name].items()
    ]
    lead = f"# {where}\n\n{told} CSV in UTF-8 with exactly these columns, in this order; {need}.\n\n"
    return lead + table(("column", "type", "meaning", "example"), cells)


def _readings(paths: Paths) -> str:
    file = paths.readings(PUBLISHED)
    lead = f"# {paths.relative(file)}\n\nWhat a careful person read in the words of the published rows.\n\n"
    return lead + page(Readings, [read_yaml(file, file.name)])


def main() -> None:
    paths = find_paths()
    folder = paths.root / "docs" / "reference"
    pages = reference(paths)
    for old in folder.rglob("*.md"):
        old.unlink()
    for name, text in pages.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
        print(paths.relative(target))


if __name__ == "__main__":
    main()
