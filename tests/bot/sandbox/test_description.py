"""The Bot API's description: cut down from the full one, and turned into checks."""

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.description import Description, bot_api
from bot.sandbox.errors import ApiError

SCRIPT = Path(__file__).parents[3] / "scripts" / "cut_bot_api.py"


def field(name: str, *types: str, required: bool = False, description: str = "") -> dict[str, Any]:
    return {"name": name, "types": list(types), "required": required, "description": description}


FULL = {
    "version": "Bot API 0.1",
    "release_date": "today",
    "methods": {
        "sendThing": {
            "returns": ["Message"],
            "fields": [
                field("thing", "Thing", required=True),
                field("file", "InputFile", "String"),
                field("numbers", "Array of Array of Integer"),
            ],
        },
        "getThing": {"returns": ["Thing"]},
    },
    "types": {
        "Update": {"fields": [field("update_id", "Integer"), field("message", "Message")]},
        "Message": {"fields": [field("message_id", "Integer")]},
        "InputFile": {"fields": []},
        "Thing": {"subtypes": ["ThingRound", "ThingNested"]},
        "ThingRound": {
            "fields": [
                field("type", "String", required=True, description="Type of the thing, must be round"),
                field("radius", "Float", required=True),
            ]
        },
        "ThingNested": {
            "fields": [
                field("type", "String", required=True, description='Type of the thing, always "nested"'),
                field("inner", "Array of Thing", required=True),
            ]
        },
    },
}
CUT = {
    "version": "Bot API 0.1",
    "updates": ["message"],
    "methods": {
        "getThing": [],
        "sendThing": [
            {"name": "thing", "types": ["Thing"], "required": True},
            {"name": "file", "types": ["InputFile", "String"]},
            {"name": "numbers", "types": ["Array of Array of Integer"]},
        ],
    },
    "types": {
        "Thing": {"subtypes": ["ThingRound", "ThingNested"]},
        "ThingNested": {
            "fields": [
                {"name": "type", "types": ["String"], "required": True, "value": "nested"},
                {"name": "inner", "types": ["Array of Thing"], "required": True},
            ]
        },
        "ThingRound": {
            "fields": [
                {"name": "type", "types": ["String"], "required": True, "value": "round"},
                {"name": "radius", "types": ["Float"], "required": True},
            ]
        },
    },
}


def test_the_script_keeps_names_types_and_what_is_required(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("cut_bot_api", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    full, target = tmp_path / "full.json", tmp_path / "cut.json"
    full.write_text(json.dumps(FULL))
    monkeypatch.setattr(sys, "argv", ["cut_bot_api.py", str(full), "--target", str(target)])

    script.main()

    assert json.loads(target.read_text()) == CUT


RIGHT = [
    {"thing": {"type": "round", "radius": 1}},
    {"thing": '{"type": "round", "radius": 1.5}'},
    {"thing": {"type": "nested", "inner": [{"type": "nested", "inner": []}, {"type": "round", "radius": 2}]}},
    {"thing": {"type": "round", "radius": 1}, "numbers": [[1, 2], []]},
    {"thing": {"type": "round", "radius": 1}, "file": "an id", "numbers": None},
]
WRONG = [
    ({}, 'sendThing needs the parameter "thing"'),
    ({"thing": {"type": "square"}}, "thing.type: "),
    ({"thing": []}, "sendThing: thing: expected ThingRound, got Array"),
    ({"thing": {"type": "round"}}, "sendThing: thing.radius: ThingRound needs this field"),
    (
        {"thing": {"type": "nested", "inner": [{"type": "nested", "inner": [5]}]}},
        "sendThing: thing.inner[0].inner[0]: expected ThingRound, got Integer",
    ),
    ({"thing": {"type": "round", "radius": True}}, "sendThing: thing.radius: expected Float, got Boolean"),
    ({"numbers": [[1, "2"]]}, "sendThing: numbers[0][1]: expected Integer, got String"),
    ({"numbers": [None]}, "sendThing: numbers[0]: expected Array of Integer, got null"),
    ({"file": 5}, "sendThing: file: expected String, got Integer"),
]


@pytest.mark.parametrize("parameters", RIGHT)
def test_what_fits_passes(parameters: dict[str, Any]) -> None:
    assert "thing" in Description(CUT).check("sendThing", parameters)


@pytest.mark.parametrize(("parameters", "why"), WRONG)
def test_what_does_not_fit_is_refused_with_the_place(parameters: dict[str, Any], why: str) -> None:
    with pytest.raises(ApiError) as refusal:
        Description(CUT).check("sendThing", parameters)

    assert why in refusal.value.description


def test_the_description_that_is_shipped_is_whole() -> None:
    api = bot_api()

    assert api.version == "Bot API 10.1"
    assert api.method("SENDMESSAGE") == "sendMessage"
    assert {"message", "callback_query", "my_chat_member"} <= api.updates
