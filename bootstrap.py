"""Set up `.venv` from the lock files when needed, then run `adminduk` in it.

    python bootstrap.py [--dev] [arguments of adminduk ...]

Standard library only. Readable by Python 3.8, so that an old interpreter can say what is wrong.
"""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "adminduk.stamp"
WINDOWS = os.name == "nt"
PROGRAMS, SUFFIX = (VENV / "Scripts", ".exe") if WINDOWS else (VENV / "bin", "")
LOCKS = {"runtime": "requirements.lock", "dev": "requirements-dev.lock"}
SUPPORTED = ("3.13", "3.12", "3.11")
# Would mix .venv with other places. Where packages come from stays the user's business.
UNWANTED = "PYTHONHOME PYTHONPATH PIP_REQUIRE_VIRTUALENV PIP_TARGET PIP_PREFIX PIP_CONSTRAINT"
ENVIRONMENT = {k: v for k, v in os.environ.items() if k.upper() not in UNWANTED.split()}
ENVIRONMENT.update(PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1")


def split_arguments(arguments):
    """Separate our own `--dev` (only as the first word) from what belongs to adminduk."""
    dev = arguments[:1] == ["--dev"]
    return dev, arguments[int(dev) :]


def make_stamp(root, dev):
    """What an environment made now would stand on: one hash for each step of the set-up."""
    files = {**LOCKS, "project": "pyproject.toml"} if dev else {"project": "pyproject.toml"}
    files["runtime"] = LOCKS["runtime"]
    # An environment belongs to one interpreter and one place: neither can change under it.
    base = f"{sys.version}\n{root}\n".encode()
    return {k: hashlib.sha256(base + (root / f).read_bytes()).hexdigest() for k, f in files.items()}


def missing_steps(wanted, stamp):
    """The steps that the last completed set-up, which left this stamp, did not do like this."""
    found = {}
    with contextlib.suppress(OSError, ValueError, TypeError):
        found = dict(json.loads(stamp.read_text(encoding="utf-8")))
    fresh = wanted["runtime"] != found.get("runtime")  # then .venv is made anew: every step
    return {step for step, digest in wanted.items() if fresh or digest != found.get(step)}


def fail(where, found, expected, advice):
    text = f"GAGAL: {where}\n  Masalah: {found}\n  Syarat : {expected}\n  Langkah: {advice}"
    print("\n" + text, file=sys.stderr)
    raise SystemExit(12)


def call(where, *command):
    """Do one step of the set-up; what it prints is shown only when it fails."""
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, close_fds=False, capture_output=True)
    if done.returncode:
        print("\n" + (done.stdout + done.stderr).decode(errors="backslashreplace"), file=sys.stderr)
        found = f"perintahnya berhenti dengan kode {done.returncode}; keluarannya di atas"
        expected = "Python dengan venv dan pip, sambungan ke sumber paket, ruang disk 2 GB"
        fail(where, found, expected, "perbaiki penyebabnya, lalu ulangi perintah yang sama")


def set_up(wanted):
    steps = missing_steps(wanted, STAMP)
    STAMP.unlink(missing_ok=True)  # without it .venv counts as half made
    if "runtime" in steps:
        shutil.rmtree(VENV, ignore_errors=not VENV.exists())
        # sys.executable may be the one of the .venv that was just removed.
        call("membuat .venv", sys._base_executable, "-m", "venv", str(VENV))
    pip = [str(PROGRAMS / f"python{SUFFIX}"), "-m", "pip", "install", "--no-input", "--quiet"]
    # The locks name every package; what pyproject.toml leaves out on purpose must not come back as a dependency.
    for name in [LOCKS[step] for step in LOCKS if step in steps]:
        call(f"memasang {name}", *pip, "--no-deps", "--require-hashes", "-r", name)
    call("memasang adminduk", *pip, "--no-deps", "--no-build-isolation", "-e", ".")
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")


def claim(lock):
    """Wait for our turn. The system frees the file when all who hold it have ended or died."""
    os.set_inheritable(lock.fileno(), True)  # held by pip too: it may outlive us when we are killed
    if not WINDOWS:
        import fcntl

        return fcntl.flock(lock, fcntl.LOCK_EX)
    import msvcrt

    while True:
        with contextlib.suppress(OSError):  # it gives up after ten seconds
            lock.seek(0)
            return msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)


def ensure_ready(wanted):
    """Set up what is missing; of several callers at once one works and the others wait."""
    if not missing_steps(wanted, STAMP):
        return
    start = time.monotonic()
    print("Menyiapkan lingkungan kerja di .venv ...", end="", file=sys.stderr, flush=True)
    with open(ROOT / ".bootstrap.lock", "a+b") as lock:
        claim(lock)
        if missing_steps(wanted, STAMP):
            set_up(wanted)
    print(f" selesai dalam {time.monotonic() - start:.0f} detik.", file=sys.stderr, flush=True)


def supported_python():
    """The newest suitable interpreter found on this machine, or None."""
    for command in [c for v in SUPPORTED for c in (["python" + v], ["py", "-" + v])]:
        if shutil.which(command[0]):
            command += ["-c", "import sys; print(sys.executable)"]
            found = subprocess.run(command, capture_output=True)
            if found.returncode == 0:  # a stand-in (pyenv, the Windows store) may yet refuse
                return found.stdout.decode().strip()


def run(*command):
    """Become that program (POSIX), or stand aside for it and return its exit code (Windows)."""
    if WINDOWS:
        signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C reaches the program by itself
        return subprocess.call(command, env=ENVIRONMENT)
    os.execve(command[0], command, ENVIRONMENT)


def main(arguments):
    if "{}.{}".format(*sys.version_info) not in SUPPORTED:
        if python := supported_python():
            return run(python, str(ROOT / "bootstrap.py"), *arguments)
        found = f"yang menjalankan ini Python {sys.version.split()[0]}"
        fail("memeriksa Python", found, "Python 3.11, 3.12 atau 3.13", "pasang salah satunya")
    dev, rest = split_arguments(arguments)
    ensure_ready(make_stamp(ROOT, dev))
    return run(str(PROGRAMS / f"adminduk{SUFFIX}"), *rest) if rest else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except OSError as error:
        advice = "tutup program yang memakai .venv atau hapus .venv, lalu ulangi perintah yang sama"
        fail("menyiapkan .venv", error, "berkas proyek lengkap dan dapat ditulis", advice)
    except KeyboardInterrupt:
        sys.exit(130)
