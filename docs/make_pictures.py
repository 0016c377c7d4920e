"""Print the pictures that README.md shows, from real pages: ``.venv/bin/python docs/make_pictures.py``."""

from __future__ import annotations

import tempfile
from pathlib import Path

from adminduk.basis.defaults import DATA, PERIOD
from adminduk.basis.paths import find_paths
from adminduk.publish.compiler import picture
from adminduk.publish.export import typst_source
from adminduk.publish.plan import plan
from adminduk.publish.run import execute

PAGES = {"balikpapan": "64.71", "kaltim": "64", "mahakam-ulu": "64.11"}
WIDTH = 900


def main() -> None:
    paths = find_paths()
    for name, region in PAGES.items():
        job = plan(paths, region, PERIOD, DATA)
        with tempfile.TemporaryDirectory() as folder:
            notebook = execute(job, paths, Path(folder) / "notebook.ipynb")
        target = paths.root / "docs" / "images" / f"{name}-{PERIOD}.png"
        target.write_bytes(picture(typst_source(notebook, job.stem), WIDTH))
        print(paths.relative(target))


if __name__ == "__main__":
    main()
