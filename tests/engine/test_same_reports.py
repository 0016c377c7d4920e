"""Every notebook of ours comes out the same in both engines, byte for byte."""

from __future__ import annotations

import pytest
from engines import chosen

from adminduk.basis.paths import find_paths
from adminduk.ingest.simulation.messy import write_demo
from adminduk.publish.engine.prepared import prepare
from adminduk.publish.plan import plan
from adminduk.publish.run import execute

NOTEBOOKS = sorted(path.stem for path in find_paths().notebooks.glob("*.ipynb"))
PERIOD = "2024-11-12"


@pytest.fixture(scope="module")
def project(cloned, tmp_path_factory):
    paths = cloned(tmp_path_factory.mktemp("mesin") / "proyek")
    write_demo(paths, "kecamatan", refusal=False)
    return paths


@pytest.mark.parametrize("data", ["published", "demo"])
@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_every_notebook(project, tmp_path, notebook, data):
    region = "64.71" if "wilayah" in notebook else "64"
    written = []
    for engine in ("fork", "kernel"):
        with chosen(engine):
            execute(plan(project, region, PERIOD, data, notebook), project, tmp_path / engine)
        written.append((tmp_path / engine).read_text(encoding="utf-8"))
    assert written[0].splitlines() == written[1].splitlines()
    assert "Balikpapan" in written[0] or region == "64"


def test_the_prepared_process_is_the_same_for_all():
    assert prepare() is prepare()
