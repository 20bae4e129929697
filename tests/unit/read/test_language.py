from __future__ import annotations

import subprocess
import sys

import pytest

from stemma.read.language import find_language

TEXTS = {
    "en": (
        "The army said on Monday that it had taken the town and that three of its soldiers"
        " were killed in the attack. "
    ),
    "es": (
        "El ejército dijo el lunes que había tomado la ciudad y que tres de sus soldados"
        " murieron en el ataque. "
    ),
    "fr": (
        "L'armée a annoncé lundi avoir pris la ville et que trois de ses soldats avaient été"
        " tués dans l'attaque. "
    ),
    "ar": (
        "أعلن الجيش يوم الإثنين أنه سيطر على المدينة وأن ثلاثة من جنوده قتلوا في الهجوم على"
        " القاعدة العسكرية. "
    ),
    "ru": (
        "Армия сообщила в понедельник, что взяла город и что трое её солдат погибли при нападении на базу. "
    ),
}


@pytest.mark.parametrize("language", list(TEXTS))
def test_languages(language: str) -> None:
    assert find_language(TEXTS[language] * 2) == language


def test_wire_copy_in_capitals_is_english_too() -> None:
    assert find_language(TEXTS["en"].upper() * 2) == "en"


@pytest.mark.parametrize("text", ["", "Sinai Province, Rafah, Gaza", "12 345 678 " * 50])
def test_a_short_text_has_none(text: str) -> None:
    assert find_language(text) is None


def test_reading_plain_english_loads_no_model_and_no_parser() -> None:
    code = (
        "import sys; from stemma.read import read_document; from stemma.model import Report;"
        f"read_document(Report(id='a', address='a', media_type='text/plain',"
        f" content={TEXTS['en'].encode() * 3!r}));"
        "print([m for m in ('py3langid', 'trafilatura', 'lxml', 'ftfy', 'markdown_it', 'numpy') if"
        " m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
