"""A small validator for the part of JSON Schema that openapi.json uses, and a way to find what it says of an answer."""

TYPES = {
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "number": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
    "boolean": lambda v: isinstance(v, bool),
    "null": lambda v: v is None,
}
LIMITS = {
    "minimum": lambda v, n: v >= n,
    "maximum": lambda v, n: v <= n,
    "minLength": lambda v, n: len(v) >= n,
    "maxLength": lambda v, n: len(v) <= n,
    "minItems": lambda v, n: len(v) >= n,
    "maxItems": lambda v, n: len(v) <= n,
    "enum": lambda v, n: v in n,
}
SILENT = {"description", "format", "$ref", "type", "properties", "required", "additionalProperties", "items"}


def resolve(root, schema):
    while "$ref" in schema:
        node = root
        for step in schema["$ref"].lstrip("#/").split("/"):
            node = node[step]
        schema = node
    return schema


def faults(root, schema, value, where="$"):
    """Every place where value is not what schema says, in words."""
    schema = resolve(root, schema)
    for word in schema:
        if word not in SILENT and word not in LIMITS:
            yield "%s: the validator does not know %s" % (where, word)
    if "type" in schema and not TYPES[schema["type"]](value):
        yield "%s: %r is no %s" % (where, value, schema["type"])
        return
    for word, holds in LIMITS.items():
        if word in schema and not holds(value, schema[word]):
            yield "%s: %r breaks %s %r" % (where, value, word, schema[word])
    if isinstance(value, dict):
        yield from member_faults(root, schema, value, where)
    if isinstance(value, list) and "items" in schema:
        for i, item in enumerate(value):
            yield from faults(root, schema["items"], item, "%s[%d]" % (where, i))


def member_faults(root, schema, value, where):
    known = schema.get("properties", {})
    for name in schema.get("required", []):
        if name not in value:
            yield "%s: %s is missing" % (where, name)
    for name, member in value.items():
        if name in known:
            yield from faults(root, known[name], member, "%s.%s" % (where, name))
        elif schema.get("additionalProperties") is False:
            yield "%s: nobody announced %s" % (where, name)


def answer_schema(root, method, path, status):
    """What openapi.json says of this answer; None: it does not announce this status."""
    answer = root["paths"][path][method.lower()]["responses"].get(str(status))
    return answer and answer["content"]["application/json"]["schema"]


def named(root, name):
    return root["components"]["schemas"][name]
