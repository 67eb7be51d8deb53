"""A check's result and a schedule against the expected ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tests.evaluation.product import Reply
from tests.evaluation.sets import covers

# Other ways to state facts: naming or not naming them as missing are both right.
RESTATEMENTS: Final = frozenset(
    {
        "roster",
        "total_staff",
        "insurance_months",
        "insurance_stamped",
        "application_on",
        "penalty_dates",
        "acceptance_on",
        "exceedance_dates",
    }
)


def _refused(reply: Reply) -> list[str]:
    return [] if "error" in reply or reply.get("rejected") else ["was not refused"]


def _failing(expected: list[str], actual: list[str]) -> list[str]:
    faults = [f"failing lacks {one}" for one in expected if not any(covers(one, ref) for ref in actual)]
    return faults + [f"failing {ref}" for ref in actual if not any(covers(one, ref) for one in expected)]


def _missing(expect: Mapping[str, Any], actual: list[str]) -> list[str]:
    faults = []
    if "missing" in expect:
        wanted, tolerated = set(expect["missing"]), set(expect.get("missing_may", ())) | RESTATEMENTS
        faults += [f"missing lacks {name}" for name in sorted(wanted - set(actual))]
        faults += [f"missing names {name}" for name in sorted(set(actual) - wanted - tolerated)]
    if "missing_any" in expect and not set(expect["missing_any"]) & set(actual):
        faults.append(f"missing names none of {expect['missing_any']}")
    return faults


def _fixes(expect: Mapping[str, Any], actual: list[dict[str, Any]]) -> list[str]:
    faults = []
    if "fixes" in expect:
        faults += [f"fixes lack {one}" for one in expect["fixes"] if one not in actual]
        faults += [f"fixes hold {one}" for one in actual if one not in expect["fixes"]]
    if "fixes_any" in expect and not any(one in actual for one in expect["fixes_any"]):
        faults.append(f"fixes {actual}, none of {expect['fixes_any']}")
    return faults


def check_faults(reply: Reply, expect: Mapping[str, Any]) -> list[str]:
    """What is wrong with a check result."""
    if expect.get("error"):
        return _refused(reply)
    if "error" in reply:
        return [f"error {reply['error']}"]
    faults = [] if reply["verdict"] == expect["verdict"] else [f"verdict {reply['verdict']}"]
    if "failing" in expect:
        faults += _failing(expect["failing"], reply["failing"])
    faults += _missing(expect, reply["missing"])
    if set(reply["rejected"]) != set(expect["rejected"]):
        faults.append(f"rejected {sorted(reply['rejected'])}, not {sorted(expect['rejected'])}")
    return faults + _fixes(expect, reply["fixes"])


def _deadline_faults(name: str, expected: Mapping[str, Any], actual: Mapping[str, Any] | None) -> list[str]:
    if actual is None:
        return [f"no deadline {name}"]
    faults = [
        f"{name}.{key} {actual.get(key)!r}, not {value!r}"
        for key, value in expected.items()
        if key != "reminders" and actual.get(key) != value
    ]
    days = {one["lead"]: (one["on"], one["skipped"] is not None) for one in actual.get("reminders") or []}
    faults += [
        f"{name} lead {one['lead']}: {days.get(one['lead'])}"
        for one in expected.get("reminders", ())
        if days.get(one["lead"]) != (one["on"], one["skipped"])
    ]
    return faults


def _cycle_faults(expected: Mapping[str, Any] | None, actual: Mapping[str, Any] | None) -> list[str]:
    if expected is None or actual is None:
        return [] if expected is actual else [f"cycle {actual}"]
    return [f"cycle.{k} {actual.get(k)!r}, not {v!r}" for k, v in expected.items() if actual.get(k) != v]


def _other_faults(reply: Reply, expect: Mapping[str, Any]) -> list[str]:
    faults = []
    if "rejected" in expect and not set(expect["rejected"]) <= set(reply["rejected"]):
        faults.append(f"rejected {sorted(reply['rejected'])}, not {expect['rejected']}")
    if expect.get("deadlines_empty") and reply["deadlines"]:
        faults.append("computes from a rejected date")
    if "asks_any" in expect and not set(expect["asks_any"]) & set(reply["asks"]):
        faults.append(f"asks {reply['asks']}, none of {expect['asks_any']}")
    if "next_list" in expect:
        listed = reply.get("next_list")
        if bool(listed) != expect["next_list"] or (listed and listed.get("due") is not None):
            faults.append(f"next_list {listed}")
    return faults


def schedule_faults(reply: Reply, expect: Mapping[str, Any]) -> list[str]:
    """What is wrong with a schedule."""
    if expect.get("error"):
        return _refused(reply)
    if "error" in reply:
        return [f"error {reply['error']}"]
    actual = {one["id"]: one for one in reply["deadlines"]}
    faults = _other_faults(reply, expect)
    for name, expected in expect.get("deadlines", {}).items():
        faults += _deadline_faults(name, expected, actual.get(name))
    rounds = [one["due"] for name, one in actual.items() if name.startswith("round_")]
    faults += [f"no round due {day}" for day in expect.get("rounds", ()) if day not in rounds]
    if expect.get("rounds_none") and rounds:
        faults.append(f"computes rounds {rounds}")
    if "cycle" in expect:
        faults += _cycle_faults(expect["cycle"], reply.get("cycle"))
    return faults
