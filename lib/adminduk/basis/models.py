"""How a YAML file becomes a typed model: every scalar is read as text, the model types it.

YAML's default loader reads 64.10 as 64.1 and 99.40 as 99.4; here they stay what was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from adminduk.basis.errors import UNREADABLE, ParameterError, Problem, suggestion


class Model(BaseModel):
    """A typed piece of a file under params/: frozen, and no key it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


M = TypeVar("M", bound=BaseModel)

# Keys at the top of a file that the program fills in.
_OURS = ("id", "agreed")
FILLED = "kunci itu dengan isinya"
CHECK = "perbaiki berkasnya, lalu periksa dengan make params"

_DAY = ("bukan tanggal (YYYY-MM-DD)", "tanggal, misalnya 2024-11-12")
_GROUP = ("bukan kelompok kunci", "kunci dan isinya, satu per baris, masing-masing menjorok dua spasi")
_LIST = ("bukan daftar", "daftar: [a, b], atau satu baris berawalan - untuk setiap isi")
_WHOLE = ("bukan bilangan bulat", "bilangan bulat tanpa titik dan koma")
_NUMBER = ("bukan bilangan desimal", "bilangan dengan titik desimal, misalnya 99.4")
# What pydantic finds, for an Indonesian reader: what is wrong, and what was expected with its own words filled in.
_WORDS = {
    "missing": ("wajib diisi", FILLED),
    "extra_forbidden": ("kunci tidak dikenal", "salah satu dari: {known}"),
    "decimal_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
    "finite_number": _NUMBER,
    "int_parsing": _WHOLE,
    "int_type": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "date_parsing": _DAY,
    "date_type": _DAY,
    "literal_error": ("nilai tidak dikenal", "{expected}"),
    "string_type": ("bukan teks", "satu teks"),
    "string_too_short": ("belum diisi", "teks yang tidak kosong"),
    "string_too_long": ("terlalu panjang", "paling banyak {max_length} huruf"),
    "string_pattern_mismatch": ("bentuknya lain", "teks berpola {pattern}"),
    "greater_than": ("terlalu kecil", "lebih dari {gt}"),
    "greater_than_equal": ("terlalu kecil", "paling sedikit {ge}"),
    "less_than_equal": ("terlalu besar", "paling banyak {le}"),
    "too_short": ("isinya kurang", "paling sedikit {min_length} isi"),
    "too_long": ("isinya lebih", "paling banyak {max_length} isi"),
    "model_type": _GROUP,
    "dict_type": _GROUP,
    "tuple_type": _LIST,
    "list_type": _LIST,
}
# What the YAML reader finds; the first that its words hold counts.
_YAML = {
    "ditulis dua kali": "{problem}",
    "cannot start any token": "tanda di sini tidak dapat memulai isi, misalnya tab, % atau @",
    "mapping values": "ada titik dua di tempat yang salah",
    "expected ':'": "ada baris tanpa titik dua",
    "expected key": "baris tidak sejajar dengan baris di atasnya",
    "block mapping": "baris tidak sejajar dengan baris di atasnya",
    "'-' indicator": "baris tidak sejajar dengan baris di atasnya",
    "block sequence": "daftar dimulai di tempat yang salah",
    "expected ','": "daftar atau kurung tidak ditutup",
    "flow": "daftar atau kurung tidak ditutup",
    "quoted scalar": "tanda kutip tidak ditutup",
    "end of stream": "tanda kutip tidak ditutup",
    "alias": "tanda * menunjuk sesuatu yang tidak ada",
}


def wrong(what: str, expected: str) -> PydanticCustomError:
    """What a validator raises: what is wrong with a value, and what it should be."""
    return PydanticCustomError("wrong", what, {"expected": expected})  # type: ignore[arg-type]


def read_yaml(path: Path, name: str) -> Any:
    """The content of a YAML file with every scalar as text; ``name`` is how messages call it."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise ParameterError(Problem(name, "berkas tidak ada", "berkas YAML", "pulihkan berkasnya")) from None
    except OSError as error:
        what = f"tidak dapat dibuka ({UNREADABLE.get(error.errno or 0, error.strerror)})"
        raise ParameterError(Problem(name, what, "berkas YAML yang boleh dibaca", "periksa izinnya")) from None
    return parse_yaml(content, name)


def parse_yaml(content: bytes, name: str) -> Any:
    """As ``read_yaml``, of bytes."""
    try:
        return yaml.load(content.decode("utf-8"), Loader=_UniqueKeys)
    except UnicodeDecodeError as error:
        raise ParameterError(
            Problem(name, "bukan teks UTF-8", "YAML dalam UTF-8", "simpan ulang sebagai UTF-8")
        ) from error
    except yaml.YAMLError as error:
        raise ParameterError(_unreadable(content.decode("utf-8"), name, error)) from error


def _unreadable(text: str, name: str, error: yaml.YAMLError) -> Problem:
    """Where the reader stopped, and what stands there."""
    mark = getattr(error, "problem_mark", None)
    told = str(getattr(error, "problem", None) or error)
    lines = text.splitlines()
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    said = next((words.format(problem=told) for part, words in _YAML.items() if part in told), "susunannya rusak")
    if "\t" in line[: len(line) - len(line.lstrip())]:
        said = "baris menjorok dengan tab"
    where = f"{name}, baris {mark.line + 1}" if mark else name
    expected = "setiap kunci satu kali" if "dua kali" in said else "kunci: isi; menjorok dengan spasi, bukan tab"
    return Problem(where, f"bukan YAML yang benar ({said})", expected, CHECK)


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
        kind, given, told = str(entry["type"]), entry["input"], dict(entry.get("ctx", {}))
        said = str(entry["msg"]).removeprefix("Value error, ")
        what, expected = _WORDS.get(kind, (said, "{expected}" if "expected" in told else "isi yang saling cocok"))
        words = str(told.get("expected", "")).replace(" or ", " atau ")
        known = _keys_at(model, entry["loc"])
        if isinstance(given, str) and given and kind != "extra_forbidden" and not what.startswith(repr(given)):
            what = f"{given!r} {what}"
        hint = ""
        if kind == "extra_forbidden":
            hint = suggestion(str(entry["loc"][-1]), known) or suggestion(str(entry["loc"][-1]), _field_names(model))
        elif kind == "literal_error" and isinstance(given, str):
            hint = suggestion(given, [word.strip("' ") for word in words.replace(" atau ", ",").split(",")])
        listed = expected.format(**{**told, "expected": words, "known": ", ".join(known)})
        yield Problem(f"{name}: {_spot(entry['loc'])}", what, listed, hint or CHECK)


def _spot(loc: Iterable[int | str]) -> str:
    """A place in a file as its reader counts: ``attendees ke-1, email``."""
    text = ""
    for part in loc:
        if isinstance(part, int):
            text += f" ke-{part + 1}"
        else:
            text += f"{', ' if text.rpartition(' ')[2].startswith('ke-') else '.' if text else ''}{part}"
    return text or "seluruh berkas"


def _keys_at(model: type[BaseModel], loc: Sequence[int | str]) -> list[str]:
    """The keys that may stand beside the last one of ``loc``."""
    models: list[Any] = [model]
    for part in loc[:-1]:
        fields = {field.alias or key: field for kind in models for key, field in kind.model_fields.items()}
        if part in fields:
            models = list(_inner(fields[str(part)].annotation))
    known = [field.alias or key for kind in models for key, field in kind.model_fields.items()]
    return [key for key in known if len(loc) > 1 or key not in _OURS]


def _inner(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that an annotation names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _inner(part)


def _field_names(model: type[BaseModel]) -> set[str]:
    """Every key the model and the models inside it know, for the suggestion."""
    names: set[str] = set()
    waiting, seen = [model], {model}
    while waiting:
        for key, field in waiting.pop().model_fields.items():
            names.add(field.alias or key)
            fresh = {*_inner(field.annotation)} - seen
            waiting.extend(fresh)
            seen |= fresh
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
