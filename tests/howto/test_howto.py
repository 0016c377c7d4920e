"""docs/how-to: what each page tells a newcomer to do is done, and what it promises comes out."""

from __future__ import annotations

import pytest
from walkthrough import Walk, blocks

from adminduk.basis.paths import find_paths

PAGES = find_paths().root / "docs" / "how-to"
# Needs machines of its own; what it says is tried by tests/cluster.
ELSEWHERE = {"cluster"}
NAMES = sorted(page.stem for page in PAGES.glob("*.md") if page.stem not in ELSEWHERE)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_followed_step_by_step(paths, tmp_path, name):
    steps = blocks((PAGES / f"{name}.md").read_text(encoding="utf-8"))
    assert {"sh", "text"} <= {step.kind for step in steps}
    walk = Walk(paths.root, tmp_path / "proyek")
    for step in steps:
        walk.follow(step)


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_leads_to_the_page(paths, name):
    assert f"docs/how-to/{name}.md" in (paths.root / "README.md").read_text(encoding="utf-8")
