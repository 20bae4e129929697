from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bench" / "supply"))

import audit
import licences
import sbom

LOCK = """\
alpha==1.0 ; sys_platform == 'win32' \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
Beta-two==2.5.1 \\
    --hash=sha256:{a}
""".format(a="a" * 64, b="b" * 64)


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("all rights reserved", False),
        ("", False),
    ],
)
def test_a_licence_is_on_the_list_or_not(expression: str, allowed: bool) -> None:
    assert licences.is_allowed(expression) is allowed


def test_every_pinned_package_may_be_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert licences.main() == 0, capsys.readouterr().err


def test_the_list_has_each_pin_with_its_hashes() -> None:
    alpha, beta = sbom.components(LOCK)
    assert (alpha["name"], alpha["version"], alpha["purl"]) == ("alpha", "1.0", "pkg:pypi/alpha@1.0")
    assert alpha["properties"] == [{"name": "stemma:marker", "value": "sys_platform == 'win32'"}]
    hashes = [one["hashes"][0]["content"] for one in alpha["externalReferences"]]
    assert hashes == ["a" * 64, "b" * 64]
    assert beta["purl"] == "pkg:pypi/beta-two@2.5.1"


def test_the_list_of_the_real_lock_has_what_the_schema_asks_for() -> None:
    lock = (licences.ROOT / sbom.ALWAYS).read_text("utf-8")
    made = sbom.bill(lock)
    assert made == sbom.bill(lock)
    made["components"] = [one for one in made["components"] if one["scope"] == "required"]
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", made["serialNumber"])
    assert len(made["components"]) == len(re.findall(r"(?m)^[^\s#-]\S*==", lock))
    references = [one["bom-ref"] for one in made["components"]]
    assert len(set(references)) == len(references)
    for one in made["components"]:
        assert {"type", "name"} <= one.keys()
        assert one["externalReferences"], one["name"]
    assert sum(len(one["externalReferences"]) for one in made["components"]) == lock.count("--hash=sha256:")


def test_the_list_has_what_each_extra_brings_and_says_so() -> None:
    texts = [(licences.ROOT / name).read_text("utf-8") for name in (sbom.ALWAYS, *sbom.WITH_EXTRAS)]
    made = sbom.bill(texts[0], texts[1:])
    told = {
        one["name"]: {each["value"] for each in one["properties"] if each["name"] == "stemma:extra"}
        for one in made["components"]
        if one["scope"] == "optional"
    }
    assert told["psycopg"] == told["psycopg-binary"] == {"postgres"}
    assert told["pyarrow"] == {"parquet", "spark"}
    assert told["py4j"] == {"spark"}  # what an extra's package needs itself
    assert not {"pytest", "ruff"} & told.keys()
    assert all(one.get("licenses") for one in made["components"])
    assert all(one["externalReferences"] for one in made["components"])
    known = {one["bom-ref"] for one in made["components"]} | {sbom.OURS}
    assert {one["ref"] for one in made["dependencies"]} == known
    assert all(set(one["dependsOn"]) <= known for one in made["dependencies"])


CLEAN = {"name": "alpha", "version": "1.0", "vulns": []}
SKIPPED = {"name": "beta", "skip_reason": "not found"}
FAULTY = {
    "name": "gamma",
    "version": "2.0",
    "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-2"], "fix_versions": ["2.1"]}],
}


def answer(*packages: dict[str, object]) -> audit.Found | None:
    return audit.read_found(json.dumps({"dependencies": packages, "fixes": []}))


def test_a_list_that_knows_no_package_is_no_list() -> None:
    assert audit.told(answer(SKIPPED, SKIPPED)) == audit.told(None)
    lines, status = audit.told(None)
    assert (len(lines), status) == (1, 0)
    assert "NOT DONE" in lines[0]
    assert audit.read_found("Traceback") is None


def test_packages_that_were_not_looked_up_are_named() -> None:
    lines, status = audit.told(answer(CLEAN, SKIPPED))
    assert (lines, status) == (
        ["audit: 1 of 2 packages looked up, 0 known faults; not looked up: beta"],
        0,
    )


def test_a_known_fault_ends_with_status_1(monkeypatch: pytest.MonkeyPatch) -> None:
    lines, status = audit.told(answer(CLEAN, FAULTY))
    assert lines[0] == "gamma 2.0: PYSEC-1 CVE-2; mended in 2.1"
    assert status == 1
    monkeypatch.setattr(audit, "PASSED_OVER", {"CVE-2": "we do not use that part"})
    lines, status = audit.told(answer(CLEAN, FAULTY))
    assert status == 0
    assert "1 passed over" in lines[0]


def test_a_hanging_list_is_left_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(call: list[str], **given: object) -> None:
        raise subprocess.TimeoutExpired(call, 1)

    monkeypatch.setattr(audit.subprocess, "run", hang)
    assert audit.ask("pypi", 1) is None
