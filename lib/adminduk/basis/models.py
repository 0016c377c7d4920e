"""How a YAML file becomes a typed model: every scalar is read as text, the model types it.

YAML's default loader reads 64.10 as 64.1 and 99.40 as 99.4; here they stay what was written.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from adminduk.basis.errors import ParameterError, Problem, suggestion


class Model(BaseModel):
    """A typed piece of a file under params/: frozen, and no key it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


M = TypeVar("M", bound=BaseModel)

# What pydantic says, for an Indonesian reader; other kinds are printed as pydantic words them.
_WORDS = {
    "missing": "wajib diisi",
    "extra_forbidden": "kunci tidak dikenal",
    "decimal_parsing": "bukan bilangan desimal",
    "int_parsing": "bukan bilangan bulat",
    "date_from_datetime_parsing": "bukan tanggal (YYYY-MM-DD)",
    "date_parsing": "bukan tanggal (YYYY-MM-DD)",
    "literal_error": "nilai tidak dikenal",
    "string_type": "bukan teks",
    "model_type": "bukan kelompok kunci",
    "dict_type": "bukan kelompok kunci",
    "tuple_type": "bukan daftar",
    "list_type": "bukan daftar",
}


def read_yaml(path: Path, name: str) -> Any:
    """The content of a YAML file with every scalar as text; ``name`` is how messages call it."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise ParameterError(Problem(name, "berkas tidak ada", "berkas YAML", "pulihkan berkasnya")) from None
    return parse_yaml(content, name)


def parse_yaml(content: bytes, name: str) -> Any:
    """As ``read_yaml``, of bytes."""
    try:
        return yaml.load(content.decode("utf-8"), Loader=_UniqueKeys)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", baris {mark.line + 1}" if mark else ""
        what = getattr(error, "problem", None) or str(error)
        raise ParameterError(
            Problem(f"{name}{line}", f"bukan YAML yang benar ({what})", next_step="perbaiki berkas")
        ) from error


def read_model(model: type[M], path: Path, name: str) -> M:
    """One file as one model; ParameterError lists every mistake in it."""
    return parse_model(model, read_yaml(path, name), name)


def parse_model(model: type[M], content: Any, name: str, context: Any = None) -> M:
    """The content as a model; ``context`` is what its validators hold it against."""
    try:
        return model.model_validate(content, context=context)
    except ValidationError as error:
        raise ParameterError(*_problems(model, error, name)) from error


def _problems(model: type[BaseModel], error: ValidationError, name: str) -> Iterable[Problem]:
    for entry in error.errors(include_url=False):
        kind = str(entry["type"])
        where = f"{name}: {'.'.join(map(str, entry['loc'])) or 'seluruh berkas'}"
        what = _WORDS.get(kind, str(entry["msg"]).removeprefix("Value error, "))
        given = entry["input"]
        if isinstance(given, str) and kind != "extra_forbidden":
            what = f"{given!r} {what}"
        expected = str(entry.get("ctx", {}).get("expected", "")).replace(" or ", " atau ")
        hint = ""
        if kind == "extra_forbidden":
            hint = suggestion(str(entry["loc"][-1]), _field_names(model))
        elif kind == "literal_error" and isinstance(given, str):
            hint = suggestion(given, [word.strip("' ") for word in expected.replace(" atau ", ",").split(",")])
        yield Problem(where, what, expected, hint)


def _field_names(model: type[BaseModel]) -> set[str]:
    """Every key the model and the models inside it know, for the suggestion."""
    names: set[str] = set()
    waiting: list[Any] = [model]
    seen: set[Any] = set()
    while waiting:
        kind = waiting.pop()
        if kind in seen:
            continue
        seen.add(kind)
        waiting.extend(getattr(kind, "__args__", ()))
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            for key, field in kind.model_fields.items():
                names.add(field.alias or key)
                waiting.append(field.annotation)
    return names


# The parser in C is ten times as fast, where PyYAML was built with it.
_BaseLoader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _UniqueKeys(_BaseLoader):
    """BaseLoader that refuses a key written twice, where YAML would keep the last one silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"kunci {key.value!r} ditulis dua kali", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)
