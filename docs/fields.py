"""A model of ``adminduk`` as a page for readers: each key with its type, meaning, default and an example."""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
import types
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, MinLen
from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

from adminduk.basis.dates import AsOf

INTERNAL = "Not in the file"  # begins the docstring of a field that no file has
_PLAIN = {
    str: "text",
    int: "whole number",
    float: "number",
    Decimal: "number",
    date: "date (YYYY-MM-DD)",
    AsOf: "day, month or year (2024-11-12, 2024-11, 2024)",
}
_LONGEST = 70  # letters of an example


def page(model: type[BaseModel], contents: Iterable[Any]) -> str:
    """The keys of a model and of the models inside it, one table each; examples are looked up in ``contents``."""
    waiting: list[tuple[type[BaseModel], list[Any]]] = [(model, list(contents))]
    known, parts = {model}, []
    while waiting:
        kind, found = waiting.pop(0)
        parts.append(("" if kind is model else f"## {kind.__name__}\n\n{spoken(kind)}\n\n") + keys(kind, found))
        for key, field in _fields(kind):
            for inner in _models(field.annotation):
                if inner not in known:
                    known.add(inner)
                    below = [part for value in _values(found, key) for part in _entries(value, field.annotation)]
                    waiting.append((inner, below))
    return "\n".join(parts)


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; a bar in a cell is kept from ending it."""
    lines = [list(head)]
    lines += [["---"] * len(lines[0]), *(list(row) for row in rows)]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def code(text: str) -> str:
    """The text as code, on one line and not too long; a dash where there is none."""
    short = textwrap.shorten(text, _LONGEST, placeholder=" ...") if len(text) > _LONGEST else text
    return f"`{short.replace('`', chr(39))}`" if short.strip() else "-"


def keys(model: type[BaseModel], contents: list[Any]) -> str:
    """The table of the keys of one model, those of the models inside it apart."""
    said = descriptions(model)
    rows = [
        (
            f"`{key}`",
            _kind(field.annotation, field.metadata),
            _default(field),
            said[name],
            _example(contents, key, field),
        )
        for name, key, field in _named(model)
    ]
    return table(("key", "type", "default", "meaning", "example"), rows)


def _named(model: type[BaseModel]) -> Iterator[tuple[str, str, FieldInfo]]:
    said = descriptions(model)
    for name, field in model.model_fields.items():
        if not said[name].startswith(INTERNAL):
            yield name, field.alias or name, field


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    yield from ((key, field) for _, key, field in _named(model))


def descriptions(model: type[BaseModel]) -> dict[str, str]:
    """What stands below each field of a model in its source, those of its parents included.

    Raises KeyError for a field without a word.
    """
    found: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if not issubclass(kind, BaseModel) or kind is BaseModel:
            continue
        body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0].body  # type: ignore[attr-defined]
        for before, after in pairwise(body):
            if isinstance(before, ast.AnnAssign) and isinstance(after, ast.Expr):
                text = getattr(after.value, "value", None)
                if isinstance(text, str):
                    found[before.target.id] = " ".join(text.split())  # type: ignore[union-attr]
    return {name: found[name] for name in model.model_fields}


def spoken(thing: Any) -> str:
    """What a module, class or function says of itself, as Markdown; ValueError when it says nothing."""
    told = inspect.getdoc(thing)
    if not told:
        raise ValueError(f"{thing!r} has no docstring")
    return told.replace("``", "`")


def _kind(annotation: Any, metadata: Iterable[Any] = ()) -> str:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(arguments[0], (*arguments[1:], *metadata))
    if origin is Literal:
        return " / ".join(f"`{word}`" if word else "empty" for word in arguments)
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(_kind(part) for part in arguments if part is not type(None)))
    if origin is tuple:
        one = arguments[-1] is ...
        return f"list of {_kind(arguments[0])}" if one else f"[{', '.join(_kind(part) for part in arguments)}]"
    if origin is dict:
        return f"for each {_kind(arguments[0]).replace('text', 'key', 1)}: {_kind(arguments[1])}"
    if issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.casefold()})"
    return f"{_PLAIN[annotation]}{_limits(metadata)}"


def _limits(metadata: Iterable[Any]) -> str:
    """What is asked of a value beyond its type."""
    told = []
    for limit in metadata:
        if isinstance(limit, FieldInfo):
            told.append(_limits(limit.metadata))
        pattern = getattr(limit, "pattern", None)
        if isinstance(pattern, str):
            told.append(f" like `{pattern}`")
        if isinstance(limit, StringConstraints | MinLen) and limit.min_length:
            told.append(" that is not empty")
        for kind, sign in ((Ge, ">="), (Gt, ">"), (Le, "<=")):
            if isinstance(limit, kind):
                told.append(f" {sign} {getattr(limit, kind.__name__.casefold())}")
    return ",".join(dict.fromkeys(told))


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    value = field.get_default(call_default_factory=True)
    if isinstance(value, BaseModel) or value in (None, "", (), {}):
        return "none"
    return code(json.dumps(value, default=str) if isinstance(value, tuple) else str(value))


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and get_origin(annotation) is None and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _values(contents: Iterable[Any], key: str) -> Iterator[Any]:
    yield from (content[key] for content in contents if isinstance(content, Mapping) and content.get(key))


def _entries(value: Any, annotation: Any) -> Iterator[Any]:
    """The parts of a value that the models in its annotation describe."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _entries(value, arguments[0])
    elif origin is dict and isinstance(value, Mapping):
        yield from (entry for each in value.values() for entry in _entries(each, arguments[1]))
    elif origin is tuple and isinstance(value, list):
        yield from (entry for each in value for entry in _entries(each, arguments[0]))
    else:
        yield value


def _example(contents: Iterable[Any], key: str, field: FieldInfo) -> str:
    """The first that the files have; what has a table of its own needs none."""
    value = next(_values(contents, key), "")
    return "see below" if value and any(_models(field.annotation)) else code(_flow(value))


def _flow(value: Any) -> str:
    """A value as YAML writes it on one line."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_flow(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return str(value)
