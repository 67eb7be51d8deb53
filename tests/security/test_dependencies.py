"""The audit of dependencies: a hole fails it, and nothing is passed in silence."""

from __future__ import annotations

from typing import Any

from tests.security.dependencies import Audit, fails, read, told

HOLE: dict[str, Any] = {
    "name": "left",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}],
}
SOUND: dict[str, Any] = {"name": "right", "version": "2.0", "vulns": []}
UNKNOWN: dict[str, Any] = {"name": "new", "skip_reason": "not found"}


def test_a_known_hole_is_named_with_the_release_that_mends_it() -> None:
    audit = read({"dependencies": [HOLE, SOUND]})

    assert audit == Audit(("left 1.0: PYSEC-1, mended in 1.1",), (), 2)
    assert "left 1.0" in told("x.txt", audit)


def test_packages_that_were_not_looked_up_are_not_counted_as_sound() -> None:
    audit = read({"dependencies": [SOUND, UNKNOWN]})

    assert audit.looked_up == 1
    assert "new" in told("x.txt", audit)


def test_an_audit_that_could_not_be_made_says_so() -> None:
    assert "NOT AUDITED" in told("x.txt", None)
    assert "NOT AUDITED" in told("x.txt", read({"dependencies": [UNKNOWN]}))


def test_a_known_hole_fails_and_a_sound_audit_does_not() -> None:
    for required in (True, False):
        assert fails(read({"dependencies": [HOLE, SOUND]}), required=required)
        assert not fails(read({"dependencies": [SOUND, UNKNOWN]}), required=required)


def test_where_an_audit_is_required_one_that_could_not_be_made_fails() -> None:
    for audit in (None, read({"dependencies": [UNKNOWN]})):
        assert fails(audit, required=True)
        assert not fails(audit, required=False)
