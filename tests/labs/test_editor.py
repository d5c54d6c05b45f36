"""Opening a file at the work to be done."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dp100.labs import editor
from tests.labs.conftest import dp100


def test_the_editor_is_opened_at_the_todo(work: Path, tmp_path: Path) -> None:
    fake = tmp_path / "bin" / "vim"
    fake.parent.mkdir()
    fake.write_text(
        f"#!{sys.executable}\nimport sys\nopen({str(tmp_path / 'seen')!r}, 'w').write(' '.join(sys.argv[1:]))\n"
    )
    fake.chmod(0o755)
    dp100("lab", "open", cwd=work, env={"EDITOR": str(fake), "VISUAL": ""})
    assert (tmp_path / "seen").read_text() == f"+8 {work / 'main.py'}"


@pytest.mark.parametrize(
    ("named", "wanted"),
    [
        ("nano -w", ["nano", "-w", "+3", "f.py"]),
        ("code --wait", ["code", "--wait", "--goto", "f.py:3"]),
        ("hx", ["hx", "f.py:3"]),
        ("/opt/my editor/emacs", None),
        ("some-editor", ["some-editor", "f.py"]),
    ],
)
def test_each_editor_in_its_own_words(
    named: str, wanted: list[str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", f'"{named}"' if wanted is None else named)
    monkeypatch.setattr("shutil.which", lambda name: name)
    assert editor.command(Path("f.py"), 3) == (wanted or [named, "+3", "f.py"])


def test_an_editor_that_is_not_there(work: Path) -> None:
    said = dp100("lab", "open", cwd=work, status=1, env={"VISUAL": "no-such-editor --wait"})
    assert "`no-such-editor --wait` is not installed. Set EDITOR" in said
    assert str(work / "main.py") in said


def test_no_editor_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(editor.NoEditor, match="No editor was found"):
        editor.command(Path("f.py"))


def test_the_line_of_a_step(tmp_path: Path) -> None:
    file = tmp_path / "f.py"
    file.write_text("a\n# TODO step 1\n# TODO step 12\n# TODO step 2: b\n")
    assert [editor.todo(file, step) for step in (None, 1, 2, 3)] == [2, 2, 4, 2]
    assert editor.todo(tmp_path / "none.py", 1) is None
