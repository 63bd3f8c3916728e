"""The installed wheel: works from any folder, with the packs it carries."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel, and sees this one's dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("briefbot-*.whl")
    environment = folder / "venv"
    venv.create(environment, with_pip=False)
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    target = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", target, str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    (Path(target) / "dependencies.pth").write_text(
        "\n".join(path for path in sys.path if "site-packages" in path), encoding="utf-8"
    )
    return python


def run(python: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment["BRIEFBOT_DATA_DIR"] = str(folder / "data")
    return subprocess.run(
        [python, "-m", "bot", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_installed_program_answers_from_another_folder(python: Path, tmp_path: Path) -> None:
    done = run(python, "ask", "Why does Moscow distrust Clinton?", "--json", folder=tmp_path)

    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert answer["matches"][0]["citation"]["section"] == "The view from Russia"
    assert answer["matches"][0]["citation"]["paragraph"] == 3


def test_the_installed_program_runs_from_its_own_files(python: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [python, "-c", "import bot; print(bot.__file__)"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout

    assert str(ROOT) not in where


def test_the_installed_packs_pass_their_check(python: Path, tmp_path: Path) -> None:
    assert run(python, "check", folder=tmp_path).returncode == 0
