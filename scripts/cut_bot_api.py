"""Cut a machine-readable description of Telegram's Bot API down to what the sandbox checks.

    python scripts/cut_bot_api.py bot-api-10.1.json

Kept are the names and types of every method's parameters, which of them are required, the constant a field
must hold (such as `type` of a scope), the types that are reachable from parameters, and the kinds of update.
"""

import argparse
import json
import re
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "bot" / "sandbox" / "description.json"
CONSTANT = re.compile(r"\b(?:must be|always) \W?([a-z0-9_]+)\W?$")


def cut(full: dict[str, Any]) -> dict[str, Any]:
    """From the full description to {"version", "updates", "methods", "types"}."""
    types: dict[str, Any] = {}
    methods = {
        name: [cut_field(field) for field in method.get("fields", [])]
        for name, method in sorted(full["methods"].items())
    }
    todo = [kind for fields in methods.values() for field in fields for kind in field["types"]]
    while todo:
        name = todo.pop().rpartition(" ")[2]
        if name in types or name not in full["types"] or name == "InputFile":
            continue
        described = full["types"][name]
        if "subtypes" in described:
            types[name] = {"subtypes": described["subtypes"]}
            todo += described["subtypes"]
        else:
            types[name] = {"fields": [cut_field(field) for field in described.get("fields", [])]}
            todo += [kind for field in types[name]["fields"] for kind in field["types"]]
    kinds = [field["name"] for field in full["types"]["Update"]["fields"] if field["name"] != "update_id"]
    return {
        "version": full["version"],
        "updates": kinds,
        "methods": methods,
        "types": dict(sorted(types.items())),
    }


def cut_field(field: dict[str, Any]) -> dict[str, Any]:
    """One parameter or field: name, types, and, where so, required and value."""
    kept: dict[str, Any] = {"name": field["name"], "types": field["types"]}
    if field["required"]:
        kept["required"] = True
        constant = CONSTANT.search(field["description"].strip())
        if constant and field["types"] == ["String"]:
            kept["value"] = constant[1]
    return kept


def main() -> None:
    """Write the cut description next to the code that reads it."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("full", type=Path, help="the full description, a JSON file")
    parser.add_argument("--target", type=Path, default=TARGET)
    arguments = parser.parse_args()
    described = cut(json.loads(arguments.full.read_text(encoding="utf-8")))
    lines = [
        f"{json.dumps(part)}: {json.dumps(described[part])}"
        if part in ("version", "updates")
        else f"{json.dumps(part)}: {{\n"
        + ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in described[part].items())
        + "\n}"
        for part in described
    ]
    arguments.target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
