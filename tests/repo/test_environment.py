"""The files that say what is installed agree, and the Makefile passes on what it is given."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make not found")


def parse_requirements(lines):
    """Name -> the version range asked for, without markers."""
    found = [Requirement(line) for line in lines]
    return {canonicalize_name(each.name): each.specifier for each in found}


def read_lock(name):
    """The entries of a lock file, each as (requirement, list of its hashes)."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    split = [re.split(r"\s+--hash=", line) for line in lines]
    return [(Requirement(first), hashes) for first, *hashes in split]


def locked_versions(name):
    """Name -> all versions locked for it: one for each range of Python that needs its own."""
    versions = {}
    for requirement, _ in read_lock(name):
        [pin] = requirement.specifier
        assert pin.operator == "=="
        versions.setdefault(canonicalize_name(requirement.name), set()).add(pin.version)
    return versions


def assert_locked(wanted, name):
    versions = locked_versions(name)
    assert wanted.keys() <= versions.keys()
    for each, asked in wanted.items():
        assert all(asked.contains(version) for version in versions[each]), each


def test_conda_has_the_same_dependencies():
    conda = PROJECT["tool"]["adminduk"]["conda"]
    renamed = {canonicalize_name(ours): theirs for ours, theirs in conda["names"].items()}
    expected, by_pip = {"python": SpecifierSet(PROJECT["project"]["requires-python"])}, {}
    for name, versions in parse_requirements(PROJECT["project"]["dependencies"]).items():
        if name in conda["pip"]:
            by_pip[name] = versions
        else:
            expected[canonicalize_name(renamed.pop(name, name))] = versions
    assert not renamed, "names given for what is no dependency"
    expected |= dict.fromkeys(conda["extra"], SpecifierSet())

    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    names = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    [pip] = [entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict)]
    assert parse_requirements(names) == expected
    assert parse_requirements(pip) == by_pip


def test_conda_has_python_and_quarto():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    names = parse_requirements(e for e in environment["dependencies"] if isinstance(e, str))
    assert {"python", "quarto"} <= names.keys()


def test_runtime_lock_holds_dependencies_and_build_backend():
    backend = PROJECT["build-system"]["requires"]
    assert PROJECT["dependency-groups"]["build"] == backend
    wanted = parse_requirements([*PROJECT["project"]["dependencies"], *backend])
    assert_locked(wanted, "requirements.lock")


def test_dev_lock_holds_every_tool():
    assert_locked(parse_requirements(PROJECT["dependency-groups"]["dev"]), "requirements-dev.lock")


@pytest.mark.parametrize("name", LOCKS)
def test_lock_has_hashes_and_no_address(name):
    entries = read_lock(name)
    assert entries
    for requirement, hashes in entries:
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in hashes), requirement
        assert requirement.url is None
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE), "an option of pip, such as another index"


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_the_command_that_makes_it(name):
    header = (ROOT / name).read_text(encoding="utf-8").splitlines()[:2]
    assert header[1].split() == ["#", "adminduk", "lock"]


def test_locks_agree():
    runtime, dev = (locked_versions(name) for name in LOCKS)
    differing = {each for each in runtime.keys() & dev.keys() if not dev[each] <= runtime[each]}
    assert not differing


def repository_files():
    """What is in the repository or about to be, without what git ignores."""
    if (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
        found = {ROOT / name for name in listed.decode().split("\0") if name}
    else:
        found = {path for path in ROOT.rglob("*") if ".venv" not in path.parts}
    return sorted(path for path in found if path.is_file())


def test_no_registry_host_and_no_path_of_one_machine():
    # Put together from parts, so that this file does not find itself.
    hosts = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.", "npm" + "js.org"]
    hosts += ["deb" + "ian.org", "ana" + "conda.org", "conda." + "ana" + "conda"]
    folders = "|".join(["home", "Users", "root", "work", "opt", "tmp"])
    # Not inside an address, where a folder of that name follows a host.
    path = r"(?<![\w.:/~*-])/(?:" + folders + r")/\w"
    drive = r"\b[A-Za-z]:[\\/]+Users\b"
    forbidden = re.compile("|".join([*map(re.escape, hosts), path, drive]))
    hits = []
    for file in repository_files():
        content = file.read_bytes()
        if b"\0" in content:  # a picture or a font
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
            if forbidden.search(line):
                hits.append(f"{file.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not hits, "\n".join(hits)


def makefile_targets():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return re.findall(r"^([a-z][a-z-]*):(?!=)(.*)$", text, re.MULTILINE)


def run_make(*arguments):
    """Run make as a user would, also when the tests themselves were started by make."""
    ours = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES"}
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    command = ["make", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_every_target_has_a_help_line():
    targets = makefile_targets()
    assert {"report", "test"} <= {name for name, _ in targets}
    assert [name for name, rest in targets if not re.search(r"## \S", rest)] == []


@needs_make
def test_make_alone_prints_every_target_and_sets_nothing_up():
    done = run_make("PYTHON=false")
    assert done.returncode == 0
    for name, rest in makefile_targets():
        assert re.search(rf"^ *make {name} .*{re.escape(rest.split('## ')[1])}$", done.stdout, re.M)


@pytest.fixture
def spy(tmp_path):
    """Stands in for Python and writes down the arguments that arrive, each closed by a NUL."""
    program = tmp_path / "spy"
    program.write_text(f"#!/bin/sh\nprintf '%s\\0' \"$@\" >'{tmp_path}/seen'\n")
    program.chmod(0o755)

    def arguments(*given):
        done = run_make(f"PYTHON={program}", *given)
        assert done.returncode == 0, done.stderr
        return (tmp_path / "seen").read_text().split("\0")[:-1]

    return arguments


NASTY = [
    "a'b",
    'a"b',
    "$(x)",
    "$x",
    "$$",
    "`id`",
    "a b",
    "a;b",
    "#",
    "*",
    "a\\",
    "$(shell id)",
    "é",
]


@needs_make
@pytest.mark.parametrize("value", NASTY)
def test_values_arrive_as_they_were_given(spy, value):
    given = spy("report", f"REGION={value}", f"PERIOD={value}", f"DATA={value}")
    expected = ["--region", value, "--period", value, "--data", value]
    assert given == ["bootstrap.py", "report", *expected]


@needs_make
@pytest.mark.parametrize("value", NASTY)
def test_values_of_a_delivery_arrive_as_they_were_given(spy, value):
    names = ("FILE", "AS_OF", "SOURCE", "DATA", "DENOMINATOR", "REPLACE")
    given = spy("ingest", *(f"{name}={value}" for name in names))
    options = [[f"--{name.lower().replace('_', '-')}", value] for name in names]
    assert given == ["bootstrap.py", "ingest", *(word for option in options for word in option)]
    given = spy("confirm", f"REGION={value}", f"AS_OF={value}", f"BY={value}", f"DATA={value}")
    assert given == ["bootstrap.py", "confirm", "--region", value, "--as-of", value, "--by", value, "--data", value]


@needs_make
def test_what_is_not_given_is_left_out(spy, monkeypatch):
    assert spy("report", "REGION=PPU") == ["bootstrap.py", "report", "--region", "PPU"]
    # What the environment calls REGION or DATA is not meant for us.
    monkeypatch.setenv("REGION", "ap-southeast-3")
    monkeypatch.setenv("DATA", "lain")
    assert spy("report") == ["bootstrap.py", "report", "--region", ""]
    monkeypatch.setenv("FILE", "lain.csv")
    assert spy("ingest") == ["bootstrap.py", "ingest", "--file", ""]


@needs_make
def test_the_exit_code_and_message_of_the_program_reach_the_user(tmp_path):
    program = tmp_path / "fails"
    program.write_text("#!/bin/sh\necho 'Maksud Anda Balikpapan?' >&2\nexit 10\n")
    program.chmod(0o755)
    done = run_make(f"PYTHON={program}", "report", "REGION=Balikpapn")
    assert done.stderr.startswith("Maksud Anda Balikpapan?\n")
    assert "Error 10" in done.stderr
