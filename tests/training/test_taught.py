"""What several models say of reports that nobody coded, as a lesson for another."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

import teach
from corpora import gold, taught, texts
from stemma.extract.local.encoder import Encoder
from stemma.extract.local.heads import Heads
from stemma.extract.local.words import MODEL_DIR, split_words

TEXT = "Gunmen killed two soldiers near Arra on Friday, the army said. The Sarn Front denied it."


def test_no_report_of_the_place_and_day_of_a_held_out_one_is_a_lesson(tmp_path: Path, monkeypatch) -> None:
    rows = [
        ("1", "Arra", "5/3/2019"),
        ("2", " arra ", "5/3/2019"),
        ("3", "Arra", "5/4/2019"),
        ("4", "Sarn", "5/3/2019"),
    ]
    (tmp_path / "reports").mkdir()
    with (tmp_path / "reports" / "fa-kes.csv").open("w", newline="") as out:
        table = csv.writer(out)
        table.writerow(("unit_id", "location", "date"))
        table.writerows(rows)
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "fakes__1.json").write_text("{}")
    monkeypatch.setattr(texts, "BENCH", tmp_path)
    monkeypatch.setattr(gold, "ROOT", tmp_path)
    assert teach._same_stories() == {"fakes/1", "fakes/2"}


@pytest.fixture
def lesson(tmp_path: Path, monkeypatch) -> taught.Lesson:
    """The lesson of two teachers who are one: read back as it was written."""
    monkeypatch.setattr(teach, "LESSONS", tmp_path)
    monkeypatch.setattr(taught, "LESSONS", tmp_path)
    monkeypatch.setattr(teach, "reports", lambda: {"own/arra": TEXT})
    monkeypatch.setattr("sys.argv", ["teach.py", str(MODEL_DIR), str(MODEL_DIR)])
    teach.main()
    (found,) = taught.load()
    return found


def test_a_lesson_of_one_model_is_what_that_model_says(lesson: taught.Lesson) -> None:
    heads = Heads(MODEL_DIR / "heads.npz", MODEL_DIR / "heads.json")
    words = split_words(TEXT)
    x = Encoder(MODEL_DIR / "encoder.onnx", 1).states(words)
    assert (lesson.name, lesson.words.text) == ("own/arra", TEXT)
    assert np.abs(lesson.chances["inside"] - heads.triggers(x)[0]).max() < 1e-3
    names = {TEXT[words.start[a] : words.end[b]] for a, b in lesson.chances["mentions"]}
    assert {"Gunmen", "two soldiers"} <= names


def test_a_lesson_tells_of_every_trigger_and_mention(lesson: taught.Lesson) -> None:
    said = lesson.chances
    triggers, mentions = len(said["triggers"]), len(said["mentions"])
    assert triggers
    assert said["links"].shape[:2] == (triggers, mentions)
    assert said["same"].shape == (mentions, mentions)
    assert len(said["status"]) == len(said["modes"]) == len(said["scores"]) == triggers
    killed = TEXT.index("killed")
    words = [lesson.words.start[first] for first, _, _ in said["triggers"]]
    assert killed in words
