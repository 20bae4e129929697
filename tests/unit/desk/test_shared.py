"""A shared desk: coming in, staying in, being put out."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import desk_client
import pytest

from stemma.desk.app import make_app
from stemma.desk.entering import CLOSED_SHARED, LEFT, OVER, WRONG, address_of
from stemma.desk.house import House
from stemma.desk.options import DeskOptions
from stemma.desk.serving import addresses
from stemma.desk.sessions import MOST_OF_ONE, TRIES, TRIES_OF_ALL, WINDOW, Sessions, TooManyTriesError
from stemma.desk.users import LOOK_SECONDS, Users
from stemma.store import Member, Role, Store

ANN, BEN = "4kf0-29dk-s83m-x71q", "0q8s-kk2l-99ab-zz31"
USERS = {"ann": ANN, "ben": BEN}
HOUR = 3600.0


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def options(**given: Any) -> DeskOptions:
    return DeskOptions(token="of the desk of one", users=USERS, idle=2 * HOUR, longest=12 * HOUR, **given)


@pytest.fixture
def house(store: Store) -> House:
    return House(store, options(), "valley.casebook")


@pytest.fixture
def visit(house: House) -> Callable[[], desk_client.Client]:
    """Another browser, not signed in."""
    app = make_app(house, desk_client.PORT)
    return lambda: desk_client.Client(app)


def fill_in(client: desk_client.Client, path: str, headers: dict[str, str] | None = None, **form: str) -> Any:
    sent = {"content-type": "application/x-www-form-urlencoded", "origin": f"http://{client.host}"}
    return client.ask("POST", path, urlencode(form).encode(), {**sent, **(headers or {})})


def sign_in(client: desk_client.Client, secret: str) -> desk_client.Client:
    answer = fill_in(client, "/enter", token=secret, to="/queue?x=1")
    assert (answer.status, answer.headers["location"]) == (303, "/queue?x=1")
    client.cookie = answer.headers["set-cookie"].partition(";")[0]
    found = re.search(r'name="csrf" content="([^"]+)"', client.get("/").text)
    assert found
    client.csrf = found[1]
    return client


def token_of(house: House, name: str) -> str:
    return dict(addresses(house.sessions, 1))[name].partition("token=")[2]


def test_a_stranger_gets_one_page_that_says_what_to_do(visit: Callable[[], desk_client.Client]) -> None:
    answer = visit().get("/read", report="velin/shelling")
    assert answer.status == 403
    assert CLOSED_SHARED in answer.text
    assert answer.text.count('type="password"') == 1
    assert 'value="/read?report=velin%2Fshelling"' in answer.text  # where one comes to after signing in
    assert "Velin" not in answer.text.replace("velin", "")
    assert "ann" not in answer.text  # who comes here is nobody's business
    assert visit().get("/api/v1/reports").json() == {"error": CLOSED_SHARED}
    for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', answer.text):
        assert visit().get(path).status == 200  # the page is dressed
    assert visit().get("/static/aa/room.js").status == 403


def test_a_person_signs_in_with_a_secret_of_the_users_file(visit: Callable[[], desk_client.Client]) -> None:
    client = sign_in(visit(), BEN)
    assert "<bdi>ben</bdi>" in client.get("/").text
    assert client.post("/name", {"name": "ann"}).status == 400
    wrong = fill_in(visit(), "/enter", token="no such secret", to="/")
    assert wrong.status == 403
    assert WRONG in wrong.text
    assert "set-cookie" not in wrong.headers


def test_no_secret_of_the_users_file_stands_in_an_address(
    house: House, visit: Callable[[], desk_client.Client]
) -> None:
    for _, address in addresses(house.sessions, 1):
        assert ANN not in address
        assert BEN not in address
    assert visit().get("/", token=BEN).status == 403
    assert visit().get("/", token="of the desk of one").status == 403


def test_an_address_opens_the_desk_once_and_looking_at_it_does_not_use_it(
    house: House, visit: Callable[[], desk_client.Client]
) -> None:
    token = token_of(house, "ben")
    for _ in range(3):  # a chat's preview
        seen = visit().get("/", token=token)
        assert seen.status == 200
        assert "set-cookie" not in seen.headers
        assert "Open the desk as <bdi>ben</bdi>" in seen.text
    sign_in(visit(), token)
    assert visit().get("/", token=token).status == 403
    assert fill_in(visit(), "/enter", token=token, to="/").status == 403


def test_an_address_that_nobody_used_becomes_too_old(clock: Clock) -> None:
    sessions = Sessions(options(), clock=clock)
    token = sessions.invite("ann")
    clock.pass_(12 * HOUR - 1)
    assert sessions.invited(token) == "ann"
    clock.pass_(2)
    assert sessions.invited(token) is None
    assert sessions.enter(token) is None


@pytest.mark.parametrize(
    ("step", "steps", "over"),
    [(1.9 * HOUR, 4, False), (2.1 * HOUR, 1, True), (1.9 * HOUR, 7, True)],
    ids=["in use", "idle", "in use for too long"],
)
def test_a_session_ends_when_idle_and_when_old(clock: Clock, step: float, steps: int, over: bool) -> None:
    sessions = Sessions(options(), clock=clock)
    session = sessions.enter(ANN)
    assert session
    for _ in range(steps):
        clock.pass_(step)
        found = sessions.find(session.id)
    assert (found is None) is over
    assert (sessions.find(session.id) is None) is over


def test_the_desk_of_one_person_lasts_as_long_as_its_terminal(clock: Clock) -> None:
    sessions = Sessions(DeskOptions(token="t" * 20), clock=clock)
    session = sessions.enter("t" * 20)
    assert session
    clock.pass_(1000 * HOUR)
    assert sessions.find(session.id) == session


def test_whose_session_is_over_is_told_so(house: House, visit: Callable[[], desk_client.Client]) -> None:
    client = sign_in(visit(), BEN)
    house.sessions.end_all("ben")
    assert OVER in client.get("/").text
    answer = client.post("/judge", {"report": "velin/shelling", "claim": "c1", "do": "accept"})
    assert answer.status == 403
    assert "not saved" in answer.json()["error"]


def test_signing_out_ends_this_session_or_all_of_a_person(
    house: House, visit: Callable[[], desk_client.Client]
) -> None:
    one, other, third, ann = (sign_in(visit(), secret) for secret in (BEN, BEN, BEN, ANN))
    unused = token_of(house, "ben")
    answer = fill_in(one, "/leave", csrf=one.csrf)
    assert LEFT in answer.text
    assert 'stemma_desk_8642=""' in answer.headers["set-cookie"]
    assert one.get("/").status == 403
    assert other.get("/").status == 200
    fill_in(other, "/leave", csrf=other.csrf, all="1")
    assert third.get("/").status == 403
    assert visit().get("/", token=unused).status == 403
    assert ann.get("/").status == 200


def test_no_other_page_signs_anybody_in_or_out(visit: Callable[[], desk_client.Client]) -> None:
    ben = sign_in(visit(), BEN)
    evil = {"origin": "http://evil.example"}
    assert fill_in(ben, "/leave", evil, csrf=ben.csrf).status == 403
    assert fill_in(ben, "/leave", csrf="guess").status == 403
    assert fill_in(ben, "/leave").status == 403
    assert ben.get("/leave").status == 404
    assert ben.get("/").status == 200
    assert fill_in(visit(), "/enter", evil, token=ANN).status == 403
    assert fill_in(visit(), "/enter", {"sec-fetch-site": "cross-site"}, token=ANN).status == 403


@pytest.mark.parametrize("to", ["//evil.example/x", "/\\evil.example", "https://evil.example", "/\r\nx: y"])
def test_signing_in_leads_to_no_other_host(visit: Callable[[], desk_client.Client], to: str) -> None:
    location = fill_in(visit(), "/enter", token=ANN, to=to).headers["location"]
    assert re.match(r"/(?![/\\])", location)
    assert "\n" not in location


def test_a_form_that_is_too_long_or_none_is_a_wrong_secret(visit: Callable[[], desk_client.Client]) -> None:
    assert fill_in(visit(), "/enter", token=ANN, filler="x" * 5000).status == 403
    assert visit().ask("POST", "/enter", b"\xff\xfe=&&&%").status == 403
    assert visit().ask("POST", "/enter", b"&".join([b"a=b"] * 100)).status == 403


def test_wrong_secrets_are_bounded_for_one_address_and_for_all(clock: Clock) -> None:
    sessions = Sessions(options(), clock=clock)
    for number in range(TRIES):
        assert sessions.enter(f"wrong {number}", "10.0.0.1") is None
    with pytest.raises(TooManyTriesError) as told:
        sessions.enter(ANN, "10.0.0.1")  # the right one is not looked at either
    assert told.value.seconds == WINDOW
    with pytest.raises(TooManyTriesError):
        sessions.bearer(ANN, "10.0.0.1")
    assert sessions.enter(ANN, "10.0.0.2")
    clock.pass_(WINDOW + 1)
    assert sessions.enter(ANN, "10.0.0.1")
    for number in range(TRIES_OF_ALL):
        sessions.enter("wrong", f"10.0.1.{number}")
    with pytest.raises(TooManyTriesError):
        sessions.enter(ANN, "10.0.0.9")
    # An address of the terminal has 192 bits: nobody's wrong secrets keep it from being used.
    assert sessions.enter(sessions.invite("ann"), "10.0.0.9")


def test_after_too_many_wrong_secrets_the_time_to_wait_is_told(
    visit: Callable[[], desk_client.Client],
) -> None:
    ben = sign_in(visit(), BEN)
    for _ in range(TRIES):
        fill_in(visit(), "/enter", token="wrong")
    answer = fill_in(visit(), "/enter", token=ANN)
    assert answer.status == 429
    assert 0 < int(answer.headers["retry-after"]) <= WINDOW
    assert "Too many wrong secrets" in answer.text
    bearer = visit().get("/api/v1/reports", headers={"authorization": f"Bearer {ANN}"})
    assert (bearer.status, list(bearer.json())) == (429, ["error"])
    assert ben.get("/").status == 200  # who is in stays in


def test_tries_of_one_house_count_together() -> None:
    def of(address: str) -> str:
        return address_of({"client": (address, 1)})

    assert of("2001:db8:1:2:aaaa::1") == of("2001:db8:1:2:bbbb::2") != of("2001:db8:1:3::1")
    assert of("10.0.0.1") != of("10.0.0.2")
    assert address_of({"client": None}) == ""


def test_one_person_drives_nobody_out(clock: Clock) -> None:
    sessions = Sessions(options(), clock=clock)
    ann = sessions.enter(ANN)
    opened = [sessions.enter(BEN) for _ in range(600)]
    assert ann
    assert sessions.find(ann.id)
    assert sum(one is not None and sessions.find(one.id) is not None for one in opened) == MOST_OF_ONE


def test_who_loses_the_role_in_the_casebook_is_out_within_seconds(store: Store, clock: Clock) -> None:
    def has_role(person: str) -> bool:
        known = store.members()
        return not known or any(one.person == person for one in known)

    sessions = Sessions(options(), has_role, clock)
    ben = sessions.enter(BEN)
    assert ben
    store.set_member(Member("ann", Role.OWNER))
    store.set_member(Member("ben", Role.READER))
    clock.pass_(6)
    assert sessions.find(ben.id)
    store.drop_member("ben")
    clock.pass_(6)
    assert sessions.find(ben.id) is None
    assert sessions.enter(BEN) is None
    assert sessions.bearer(BEN) is None
    store.set_member(Member("ben", Role.READER))
    clock.pass_(6)
    assert sessions.find(ben.id) is None  # what is over stays over
    assert sessions.enter(BEN)


def test_who_has_no_role_is_shown_nothing(house: House, visit: Callable[[], desk_client.Client]) -> None:
    house.store.set_member(Member("ann", Role.OWNER))
    assert fill_in(visit(), "/enter", token=BEN, to="/").status == 403
    sign_in(visit(), ANN)


def test_a_change_of_the_users_file_ends_the_sessions_it_is_about(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "users"

    def write(text: str) -> None:
        path.write_text(text, "utf-8")
        path.chmod(0o600)
        clock.pass_(LOOK_SECONDS)

    write(f"ann {ANN}\nben {BEN}\n")
    sessions = Sessions(options(users_file=path), clock=clock)
    ann, ben = sessions.enter(ANN), sessions.enter(BEN)
    assert ann
    assert ben
    write(f"ann {ANN}\nben another-secret-of-ben\n")
    assert sessions.find(ben.id) is None
    assert sessions.find(ann.id)
    assert sessions.enter(BEN) is None
    assert sessions.enter("another-secret-of-ben")
    invited = sessions.invite("ann")
    write("ben another-secret-of-ben\n")
    assert sessions.find(ann.id) is None
    assert sessions.enter(invited) is None


def test_a_users_file_that_is_broken_leaves_what_was_known(
    tmp_path: Path, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "users"
    users = Users(USERS, path, clock)
    path.write_text("ann short\n", "utf-8")
    path.chmod(0o600)
    clock.pass_(LOOK_SECONDS)
    assert users.known() == USERS
    assert users.known() == USERS
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "who was known before may still come" in said
    path.unlink()
    clock.pass_(LOOK_SECONDS)
    assert users.known() == USERS
