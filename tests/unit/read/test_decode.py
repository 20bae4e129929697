from __future__ import annotations

import pytest

from stemma.errors import ReadError
from stemma.model import Report
from stemma.read.decode import decode_report

SPANISH = "El ejército tomó la ciudad de Peñas, dijo el general Núñez en Bogotá. " * 5
RUSSIAN = "Армия сообщила, что взяла город. Погибли десять человек. " * 5
ARABIC = "أعلن الجيش أنه سيطر على المدينة يوم الإثنين وقتل عشرة أشخاص. " * 5


def decode(
    content: bytes, charset: str | None = None, media_type: str = "text/plain"
) -> tuple[str, set[str]]:
    report = Report(id="a", address="a.txt", media_type=media_type, content=content, charset=charset)
    decoded = decode_report(report)
    return decoded.text, {note.code for note in decoded.notes}


@pytest.mark.parametrize(
    "text",
    [
        "  leading and trailing blanks stay \n\n ",
        "A decomposed e\u0301 stays decomposed",
        "right\u200f to \u200eleft, zero\u200bwidth\u00ad and \ufb01 ligature, ｗｉｄｅ",
        "“curly” quotes, ‘single’ ones and … dots — dashes &amp; entities",
        "Türkiye, Bogotá, Séléka, ОБСЕ, 北京, 🇺🇦",
    ],
)
def test_a_utf8_text_stays_exactly_as_it_is(text: str) -> None:
    assert decode(text.encode()) == (text, set())


def test_only_the_mark_and_the_carriage_returns_go() -> None:
    assert decode(b"\xef\xbb\xbfone\r\ntwo\rthree\n") == ("one\ntwo\nthree\n", set())


@pytest.mark.parametrize(
    ("text", "encoding"), [(SPANISH, "latin-1"), (SPANISH, "cp1252"), (RUSSIAN, "cp1251"), (ARABIC, "cp1256")]
)
def test_an_undeclared_encoding_is_guessed_and_noted(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, {"encoding-guessed"})


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_read_with_and_without_its_mark(encoding: str) -> None:
    text, _ = decode(SPANISH.encode(encoding))
    assert text == SPANISH


def test_a_declared_encoding_is_followed_and_latin1_means_cp1252() -> None:
    assert decode("“sí” – dijo".encode("cp1252"), charset="iso-8859-1") == ("“sí” – dijo", set())


def test_a_wrong_declaration_is_noted_and_not_followed() -> None:
    text, notes = decode(SPANISH.encode("latin-1"), charset="utf-8")
    assert text == SPANISH
    assert notes == {"encoding-wrong", "encoding-guessed"}


def test_an_unknown_charset_is_no_reason_to_stop() -> None:
    assert decode(SPANISH.encode(), charset="klingon-8")[0] == SPANISH


def test_a_page_may_declare_its_own_encoding() -> None:
    page = f'<html><head><meta charset="windows-1251"></head><body><p>{RUSSIAN}</p></body></html>'
    text, notes = decode(page.encode("cp1251"), media_type="text/html")
    assert RUSSIAN in text
    assert notes == set()


def test_mojibake_is_repaired_with_a_note_and_quotation_marks_stay() -> None:
    text, notes = decode(
        "The Séléka’s men “left”\n".encode() + "Bogotá y Medellín".encode().decode("cp1252").encode()
    )
    assert text == "The Séléka’s men “left”\nBogotá y Medellín"
    assert notes == {"mojibake-repaired"}


def test_what_cannot_be_restored_stays() -> None:
    assert decode("Mevlut avuï¿½ï¿½olu said".encode()) == ("Mevlut avuï¿½ï¿½olu said", set())


def test_one_broken_byte_in_utf8_is_not_another_encoding() -> None:
    text, notes = decode(SPANISH.encode() + b"\xff" + SPANISH.encode())
    assert text == SPANISH + "\ufffd" + SPANISH
    assert notes == {"bytes-lost"}


def test_lone_surrogates_are_replaced_with_a_note() -> None:
    text, notes = decode("a \ud800 half character".encode("utf-8", "surrogatepass"))
    assert text == "a \ufffd half character"
    assert notes == {"surrogates-replaced"}


def test_a_stray_null_is_replaced_with_a_note() -> None:
    text, notes = decode(b"The army said it took the town on Monday. " * 20 + b"\x00 The end.")
    assert text.endswith("\ufffd The end.")
    assert notes == {"nulls-replaced"}


@pytest.mark.parametrize("content", [b"", b" \n\t ", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_an_empty_report_is_refused(content: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        decode(content)
    assert caught.value.code == "empty"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "Office"),
        (b"abc\x00def\x00" * 30, "binary"),
    ],
)
def test_a_binary_file_is_refused_by_name(content: bytes, name: str) -> None:
    with pytest.raises(ReadError) as caught:
        decode(content)
    assert caught.value.code == "binary"
    assert name in caught.value.line()
    assert "a.txt" in caught.value.line()


def test_noise_is_undecodable_or_binary() -> None:
    noise = bytes(range(0x80, 0xA0)) * 40
    with pytest.raises(ReadError) as caught:
        decode(noise, charset=None)
    assert caught.value.code in {"undecodable", "binary"}
