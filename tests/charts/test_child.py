"""The drawing process: it ends when it must, knows no secrets, and every fault is one sentence."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.brief.pack import Figure
from bot.charts.charts import Charts
from bot.charts.faults import ChartFault, Limits

CITATION = "Hansen (2016), Figure 1"
IMPORTS = "import sys, bot.charts, bot.charts.charts, bot.charts.words; print(*sys.modules)"


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def complaint(charts: Charts, figure: Figure) -> str:
    with pytest.raises(ChartFault) as caught:
        await charts.draw(figure, CITATION)
    return str(caught.value)


def instead_of_matplotlib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Put another module in matplotlib's place, as the child finds it."""
    (tmp_path / "matplotlib.py").write_text(code)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


@pytest.mark.parametrize("package", ["matplotlib", "numpy", "PIL"])
def test_our_own_process_never_loads_what_draws(package: str) -> None:
    modules = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=True).stdout.split()

    assert package not in modules


async def test_whoever_cancels_ends_the_child(charts: Charts, figure: Figure, children: Any) -> None:
    drawing = asyncio.create_task(charts.draw(figure, CITATION))
    pid = await asyncio.to_thread(children.next_pid)
    drawing.cancel()
    await asyncio.wait([drawing])

    assert (drawing.cancelled(), alive(pid)) == (True, False)


async def test_whoever_cancels_leaves_nothing_behind(
    charts: Charts, figure: Figure, children: Any, tmp_path: Path
) -> None:
    drawing = asyncio.create_task(charts.draw(figure, CITATION))
    await asyncio.to_thread(children.next_pid)
    drawing.cancel()
    await asyncio.wait([drawing])

    assert [path.name for path in (tmp_path / "charts").iterdir()] == [".matplotlib"]


async def test_who_waited_behind_one_that_was_cancelled_gets_the_picture(
    charts: Charts, figure: Figure, children: Any
) -> None:
    first = asyncio.create_task(charts.draw(figure, CITATION))
    second = asyncio.create_task(charts.draw(figure, CITATION))
    await asyncio.to_thread(children.next_pid)
    first.cancel()

    assert (await second).is_file()


async def test_a_killed_child_is_told_in_a_sentence(charts: Charts, figure: Figure, children: Any) -> None:
    drawing = asyncio.create_task(charts.draw(figure, CITATION))
    os.kill(await asyncio.to_thread(children.next_pid), signal.SIGKILL)

    with pytest.raises(ChartFault, match=r"^The chart cannot be drawn: the drawing process failed \(status -9\)"):
        await drawing


async def test_after_a_killed_child_the_next_one_draws(charts: Charts, figure: Figure, children: Any) -> None:
    drawing = asyncio.create_task(charts.draw(figure, CITATION))
    os.kill(await asyncio.to_thread(children.next_pid), signal.SIGKILL)
    await asyncio.wait([drawing])
    assert isinstance(drawing.exception(), ChartFault)

    assert (await charts.draw(figure, CITATION)).is_file()


async def test_a_child_that_takes_too_long_is_told_in_a_sentence(figure: Figure, tmp_path: Path) -> None:
    said = await complaint(Charts(tmp_path / "charts", Limits(seconds=0.3)), figure)

    assert said == "The chart cannot be drawn: it takes longer than 0.3 seconds; try again later."


async def test_a_child_that_takes_too_long_is_ended(figure: Figure, children: Any, tmp_path: Path) -> None:
    await complaint(Charts(tmp_path / "charts", Limits(seconds=0.3)), figure)

    assert not any(map(alive, children.pids()))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the address space")
async def test_a_child_that_needs_too_much_memory_is_told_in_a_sentence(figure: Figure, tmp_path: Path) -> None:
    said = await complaint(Charts(tmp_path / "charts", Limits(memory=60_000_000)), figure)

    assert said.startswith("The chart cannot be drawn: ")


async def test_a_missing_library_is_named(
    charts: Charts, figure: Figure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instead_of_matplotlib(tmp_path, monkeypatch, "raise ModuleNotFoundError('No module named matplotlib')")

    assert "matplotlib is not installed" in await complaint(charts, figure)


async def test_the_cause_of_a_failure_is_noted_for_the_log(
    charts: Charts, figure: Figure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instead_of_matplotlib(tmp_path, monkeypatch, "raise ValueError('the wrong version')")
    with pytest.raises(ChartFault) as caught:
        await charts.draw(figure, CITATION)

    assert caught.value.__notes__ == ["ValueError: the wrong version"]


async def test_what_is_printed_is_no_picture(
    charts: Charts, figure: Figure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instead_of_matplotlib(tmp_path, monkeypatch, "import os; print('\\x89PNG', flush=True); os._exit(0)")

    assert "failed (status 0)" in await complaint(charts, figure)


async def test_the_child_does_not_know_the_token(
    charts: Charts, figure: Figure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "a secret")
    instead_of_matplotlib(
        tmp_path, monkeypatch, f"import os; open({str(tmp_path / 'seen')!r}, 'w').write(repr(dict(os.environ)))"
    )
    await complaint(charts, figure)

    assert "a secret" not in (tmp_path / "seen").read_text()


def test_the_users_own_settings_change_nothing(
    figure: Figure, drawn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "matplotlibrc"
    settings.write_text("savefig.dpi: 30\npatch.linewidth: 9\nsavefig.bbox: tight\n")
    monkeypatch.setenv("MATPLOTLIBRC", str(settings))
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    path = asyncio.run(Charts(tmp_path / "others").draw(figure, CITATION))

    assert path.read_bytes() == drawn.read_bytes()


async def test_modules_in_the_working_folder_are_not_taken_for_the_standard_ones(
    charts: Charts, figure: Figure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workplace = tmp_path / "charts" / ".matplotlib"
    workplace.mkdir(parents=True)
    (workplace / "json.py").write_text("raise SystemExit(1)")

    assert (await charts.draw(figure, CITATION)).is_file()
