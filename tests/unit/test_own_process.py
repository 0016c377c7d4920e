"""What is made in a fork comes back whole: results, errors, and the end of a fork that did not answer."""

from __future__ import annotations

import os
import signal

import psutil
import pytest

from adminduk.basis.errors import Problem, RenderError
from adminduk.publish import apart


@pytest.fixture
def allowed(monkeypatch):
    monkeypatch.setattr(apart, "_allowed", True)


def refused() -> None:
    raise RenderError(Problem("sel 3", "tidak dapat dicetak", "isi lain", "jalankan lagi"))


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_the_answer_comes_from_another_process(allowed):
    assert apart.apart(os.getpid) != os.getpid()
    assert apart.apart(bytes, 3_000_000) == bytes(3_000_000)  # more than a pipe holds


def test_a_process_that_was_not_asked_for_is_not_begun():
    assert apart.apart(os.getpid) == os.getpid()


def test_an_error_is_the_same_error_here(allowed):
    with pytest.raises(RenderError) as caught:
        apart.apart(refused)
    assert caught.value.problems == (Problem("sel 3", "tidak dapat dicetak", "isi lain", "jalankan lagi"),)


def test_a_fork_that_is_killed_is_told(allowed):
    with pytest.raises(RuntimeError, match="berhenti \\(-9\\)"):
        apart.apart(killed)


def test_nothing_is_left_of_it(allowed):
    before = set(os.listdir("/proc/self/fd"))
    number = apart.apart(os.getpid)
    assert set(os.listdir("/proc/self/fd")) == before
    assert not psutil.pid_exists(number)
