from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bench" / "supply"))

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
    lock = (licences.ROOT / "requirements.lock.txt").read_text("utf-8")
    made = sbom.bill(lock)
    assert made == sbom.bill(lock)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", made["serialNumber"])
    assert len(made["components"]) == len(re.findall(r"(?m)^[^\s#-]\S*==", lock))
    references = [one["bom-ref"] for one in made["components"]]
    assert len(set(references)) == len(references)
    for one in made["components"]:
        assert {"type", "name"} <= one.keys()
        assert one["externalReferences"], one["name"]
    assert sum(len(one["externalReferences"]) for one in made["components"]) == lock.count("--hash=sha256:")
