"""What drf-spectacular cannot see: that every address answers an error in one shape (`errors.problem`)."""

from typing import Any

TEXT = {"type": "string"}
PROBLEM = {
    "type": "object",
    "required": ["code", "message", "errors"],
    "properties": {
        "code": TEXT,
        "message": TEXT,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": TEXT, "message": TEXT},
            },
        },
    },
}
ANSWER = {
    "description": "What could not be done, and why",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def with_problems(result: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """The description with a `default` answer in each operation: a Problem."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    for path in result["paths"].values():
        for operation in path.values():
            operation["responses"]["default"] = ANSWER
    return result
