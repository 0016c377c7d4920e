"""What bootstrap.py decides; it is not made to build an environment here."""

import ast
import importlib.util
import json
import sys
import threading
import time
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "bootstrap.py"
FILES = {
    "runtime": "requirements.lock",
    "dev": "requirements-dev.lock",
    "project": "pyproject.toml",
}


def load():
    spec = importlib.util.spec_from_file_location("bootstrap", SOURCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


bootstrap = load()


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A folder with the files an environment stands on, taken for the project's own."""
    for name in FILES.values():
        (tmp_path / name).write_text(f"first {name}\n")
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "adminduk.stamp")
    return tmp_path


def test_old_interpreters_can_read_it():
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 8))
    imported = {
        alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in (node.names if isinstance(node, ast.Import) else [ast.alias(node.module)])
    }
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("given", "dev", "rest"),
    [
        ([], False, []),
        (["--dev"], True, []),
        (["--dev", "test", "-k", "a b"], True, ["test", "-k", "a b"]),
        (["report", "--region", "Kutai Barat"], False, ["report", "--region", "Kutai Barat"]),
        (["report", "--dev"], False, ["report", "--dev"]),
        (["--dev", "--dev"], True, ["--dev"]),
    ],
)
def test_arguments_are_split(given, dev, rest):
    assert bootstrap.split_arguments(given) == (dev, rest)


@pytest.mark.parametrize("dev", [False, True])
def test_stamp_stays_while_nothing_changes(checkout, dev):
    assert bootstrap.make_stamp(checkout, dev) == bootstrap.make_stamp(checkout, dev)


@pytest.mark.parametrize("step", FILES)
def test_stamp_changes_with_its_file_only(checkout, step):
    before = bootstrap.make_stamp(checkout, dev=True)
    (checkout / FILES[step]).write_text("second\n")
    after = bootstrap.make_stamp(checkout, dev=True)
    assert {each for each in before if before[each] != after[each]} == {step}


def test_stamp_changes_with_the_interpreter_and_the_place(checkout, tmp_path, monkeypatch):
    before = bootstrap.make_stamp(checkout, dev=True)
    moved = tmp_path / "moved"
    moved.mkdir()
    for name in FILES.values():
        (moved / name).write_bytes((checkout / name).read_bytes())
    assert not set(before.values()) & set(bootstrap.make_stamp(moved, dev=True).values())
    monkeypatch.setattr(sys, "version", "3.12.0 (another)")
    assert not set(before.values()) & set(bootstrap.make_stamp(checkout, dev=True).values())


def test_user_environment_does_not_depend_on_the_tools(checkout):
    assert bootstrap.make_stamp(checkout, dev=False).keys() == {"runtime", "project"}


@pytest.mark.parametrize(
    ("was_dev", "is_dev", "changed", "missing"),
    [
        (False, False, [], set()),
        (True, True, [], set()),
        (True, False, [], set()),
        (False, True, [], {"dev"}),
        (True, True, ["dev"], {"dev"}),
        (True, False, ["dev"], set()),
        (True, True, ["project"], {"project"}),
        (True, True, ["runtime"], {"runtime", "dev", "project"}),
        (False, False, ["runtime"], {"runtime", "project"}),
    ],
)
def test_only_missing_steps_are_done(checkout, was_dev, is_dev, changed, missing):
    bootstrap.STAMP.write_text(json.dumps(bootstrap.make_stamp(checkout, was_dev)))
    for step in changed:
        (checkout / FILES[step]).write_text("second\n")
    wanted = bootstrap.make_stamp(checkout, is_dev)
    assert bootstrap.missing_steps(wanted, bootstrap.STAMP) == missing


@pytest.mark.parametrize("content", [None, "", "{", "7", '"text"', "[1]"])
def test_without_a_whole_stamp_everything_is_done(checkout, content):
    if content is not None:
        bootstrap.STAMP.write_text(content)
    wanted = bootstrap.make_stamp(checkout, dev=True)
    assert bootstrap.missing_steps(wanted, bootstrap.STAMP) == set(wanted)


def test_of_two_at_once_one_works(checkout, monkeypatch):
    calls = []

    def set_up(wanted):
        calls.append(wanted)
        time.sleep(0.2)
        bootstrap.STAMP.write_text(json.dumps(wanted))

    monkeypatch.setattr(bootstrap, "set_up", set_up)
    wanted = bootstrap.make_stamp(checkout, dev=False)
    both = [threading.Thread(target=bootstrap.ensure_ready, args=[wanted]) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert calls == [wanted]


def test_interrupted_set_up_leaves_no_stamp(checkout, monkeypatch):
    bootstrap.STAMP.write_text(json.dumps(bootstrap.make_stamp(checkout, dev=False)))
    (checkout / "pyproject.toml").write_text("second\n")

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "call", interrupted)
    with pytest.raises(KeyboardInterrupt):
        bootstrap.ensure_ready(bootstrap.make_stamp(checkout, dev=False))
    assert not bootstrap.STAMP.exists()


def test_failing_step_is_shown(checkout, capfd):
    code = "import sys; print('ke luar'); print('ke galat', file=sys.stderr); sys.exit(3)"
    with pytest.raises(SystemExit) as stop:
        bootstrap.call("memasang sesuatu", sys.executable, "-c", code)
    assert stop.value.code == 12
    shown = capfd.readouterr().err
    for part in ("ke luar", "ke galat", "GAGAL: memasang sesuatu", "kode 3", "Syarat", "Langkah"):
        assert part in shown


def test_working_step_is_silent(checkout, capfd):
    bootstrap.call("memasang sesuatu", sys.executable, "-c", "print('pip bercerita')")
    assert capfd.readouterr() == ("", "")


def test_unsuitable_python_without_another_one_is_told(monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "SUPPORTED", ())
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit) as stop:
        bootstrap.main(["report"])
    assert stop.value.code == 12
    assert "Python 3.11, 3.12 atau 3.13" in capsys.readouterr().err


def test_unsuitable_python_hands_over_to_a_suitable_one(monkeypatch):
    monkeypatch.setattr(bootstrap, "SUPPORTED", ())
    monkeypatch.setattr(bootstrap, "supported_python", lambda: "another-python")
    monkeypatch.setattr(bootstrap, "run", lambda *command: command)
    arguments = ["--dev", "test"]
    assert bootstrap.main(arguments) == ("another-python", str(SOURCE), *arguments)


def test_environment_of_the_user_is_kept_but_for_what_leads_astray(monkeypatch):
    for name in ("PYTHONHOME", "PYTHONPATH", "PIP_REQUIRE_VIRTUALENV", "PIP_TARGET"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("PIP_INDEX_URL", "mirror")
    environment = load().ENVIRONMENT
    assert environment["PIP_INDEX_URL"] == "mirror"
    assert environment["PIP_USER"] == "0"
    assert not environment.keys() & {"PYTHONHOME", "PYTHONPATH", "PIP_REQUIRE_VIRTUALENV"}
