"""Mails handed to a server: over TLS, with a password from the environment, one line where it fails."""

from __future__ import annotations

import datetime
import email
import email.policy
import re
import shutil
import ssl
from pathlib import Path

import pytest
import smtp_stub

from stemma.errors import UsageError
from stemma.run import mailing
from stemma.run.letters import mail_of
from stemma.run.mailing import PASSWORD, SERVER, MailServer, check_address, find_server, send_mail
from stemma.show.digest import Change, Digest
from stemma.show.told import Told

AT = datetime.datetime(2026, 11, 22, 10, 0, tzinfo=datetime.UTC)
TITLE = "Мост разрушен — Kolmaz 橋 " + "long " * 300
TO = ("ann@north.example", "ben@north.example")


def mail() -> bytes:
    view = Digest(
        since=datetime.date(2026, 11, 20),
        reports=(Told("north.example/a", "North News", datetime.date(2026, 11, 21), TITLE),),
        undated=(),
        incidents=(),
        disputed=(Change("i-1", TITLE, "killed people", "not in dispute", "10 / 12"),),
        figures=(),
        origins=(),
    )
    return mail_of(view, "Stemma, Мост", AT)


def plain(post: smtp_stub.Post, host: str = "127.0.0.1", user: str = "") -> MailServer:
    return MailServer(host, post.port, user, "stemma@north.example", whole=False)


def test_the_mail_is_one_that_programs_open() -> None:
    content = mail()
    assert content.isascii()
    assert all(len(line) <= 998 and b"\r" not in line for line in content.split(b"\r\n"))
    assert re.search(rb"(?m)^Subject: .*=\?utf-8\?b\?", content)  # RFC 2047
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert not message.defects
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]  # type: ignore[attr-defined]
    assert message["Subject"].startswith("Stemma, Мост: 1 new dispute")
    assert message["Date"].datetime == AT
    assert re.fullmatch(r"<[0-9a-f]{32}@localhost>", message["Message-ID"])
    for part in message.walk():
        if not part.is_multipart():
            assert not part.defects
            assert TITLE.strip() in " ".join(part.get_content().split())  # type: ignore[attr-defined]
    page = message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert not re.search(r"(?i)<(img|link|script|iframe|object|embed|form|base)\b|\bsrc=|url\(|@import", page)


def test_a_server_of_this_machine_takes_it_for_all() -> None:
    made = mail()
    with smtp_stub.serving() as post:
        assert send_mail(plain(post), made, TO) is None
    [(sender, to, content)] = post.mails
    assert "<stemma@north.example>" in sender
    assert [re.findall("<(.*?)>", one) for one in to] == [[one] for one in TO]
    got = email.message_from_bytes(content, policy=email.policy.default)
    assert (got["From"], got["To"]) == ("Stemma <stemma@north.example>", ", ".join(TO))
    sent = email.message_from_bytes(made, policy=email.policy.default)
    for kind in ("plain", "html"):
        bodies = [one.get_body((kind,)).get_content() for one in (got, sent)]  # type: ignore[union-attr]
        assert bodies[0].split() == bodies[1].split()
    assert got["Message-ID"] == sent["Message-ID"].replace("@localhost", "@north.example")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate with")
@pytest.mark.parametrize("whole", [False, True], ids=["STARTTLS", "TLS from the start"])
def test_a_password_goes_over_tls_to_who_can_be_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    file = smtp_stub.own_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, tmp_path / "key.pem")
    with smtp_stub.serving(context=context, password="of ann", whole=whole) as post:
        server = MailServer("localhost", post.port, "ann", "ann@north.example", whole=whole)
        monkeypatch.setenv(PASSWORD, "of ann")
        found = send_mail(server, mail(), TO)
        assert found
        assert "cannot be trusted" in found.what  # nobody vouches for that certificate yet
        assert "AUTH" not in post.said
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        assert send_mail(server, mail(), TO) is None
        assert post.secure == [True]
        monkeypatch.setenv(PASSWORD, "wrong")
        found = send_mail(server, mail(), TO)
        assert found
        assert PASSWORD in found.what
        assert "wrong" not in found.what


def test_nothing_goes_in_the_clear_to_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailing, "LOOPBACK", frozenset())
    monkeypatch.setenv(PASSWORD, "of ann")
    with smtp_stub.serving(password="of ann") as post:
        found = send_mail(plain(post, user="ann"), mail(), TO)
    assert found
    assert not found.passing
    assert "STARTTLS" in found.what
    assert post.mails == []
    assert "AUTH" not in post.said


def test_what_the_server_refuses_is_one_line() -> None:
    with smtp_stub.serving(refuse=("ben@",)) as post:
        found = send_mail(plain(post), mail(), TO)
        assert found
        assert "no mail for ben@north.example" in found.what
        assert len(post.mails) == 1
        post.refuse = ("@",)
        found = send_mail(plain(post), mail(), TO)
        assert found
        assert not found.passing
        post.refuse, post.answer = (), "451 later"
        assert send_mail(plain(post), mail(), TO) == mailing.Unsent("it answers with 451", passing=True)
        post.answer = "554 never"
        assert send_mail(plain(post), mail(), TO) == mailing.Unsent("it answers with 554", passing=False)
        port = post.port
    gone = MailServer("127.0.0.1", port, "", "stemma@north.example", whole=False)
    assert send_mail(gone, mail(), TO) == mailing.Unsent("it cannot be reached", passing=True)


@pytest.mark.parametrize(
    ("said", "port", "sender", "whole"),
    [
        ("smtp://ann@mail.example", 587, "ann@mail.example", False),
        ("smtps://ann%40north.example@mail.example", 465, "ann@north.example", True),
        ("smtp://127.0.0.1:25", 25, "stemma@127.0.0.1", False),
    ],
)
def test_the_address_of_a_server(
    monkeypatch: pytest.MonkeyPatch, said: str, port: int, sender: str, whole: bool
) -> None:
    monkeypatch.setenv(SERVER, said)
    found = find_server()
    assert (found.port, found.sender, found.whole) == (port, sender, whole)
    assert find_server(said) == found


@pytest.mark.parametrize(
    "said", ["", "mail.example", "http://mail.example", "smtp://", "smtp://a:b@c", "smtp://a:x", "smtp://a/b"]
)
def test_what_is_no_server_is_said_so_and_no_password_repeated(said: str) -> None:
    with pytest.raises(UsageError) as told:
        find_server(said)
    assert ":b@" not in told.value.line()


@pytest.mark.parametrize(
    "address", ["", "ann", "a@b\r\nBcc: c@d", "a b@c", "a@b,c@d", "<a@b>", "ä@b.example"]
)
def test_what_is_no_mail_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError):
        check_address(address)
