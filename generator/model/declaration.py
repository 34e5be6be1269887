"""Reads the YAML declarations under data/ and says file, line and expectation when one is wrong.

PyYAML keeps the position of every node, pydantic knows what was expected at which place of the
document; this module joins the two, so that a broken declaration is one clear line.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError


class ConfigError(Exception):
    """A declaration or setting is wrong. Its text is one line that names file, line and remedy. Exit code 2."""

    def __init__(self, path: Path, line: int | None, message: str) -> None:
        where = f"{path}" if line is None else f"{path}:{line}"
        super().__init__(f"{where}: {message}")
        self.path = path
        self.line = line


class Declared(BaseModel):
    """Base of all declarations: frozen, and an unknown key is an error rather than a silent nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PlacedError(ValueError):
    """What a validator raises when the fault is at a place below the model it validates."""

    def __init__(self, message: str, *place: str | int) -> None:
        super().__init__(message)
        self.place = place


D = TypeVar("D", bound=Declared)

EXTENDS = "extends"
"""Key under which a declaration names the one it goes on from."""


class _Loader(yaml.SafeLoader):
    """YAML as people expect it: keys are text (`off:` is no boolean), and a key stands once."""


def _mapping(loader: Any, node: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(None, None, "键应为文字", key.start_mark)
        if key.value in found:
            raise yaml.constructor.ConstructorError(None, None, f"键 {key.value} 重复", key.start_mark)
        found[key.value] = loader.construct_object(value, deep=True)
    return found


def _timestamp(loader: Any, node: Any) -> Any:
    """A date, or a fault that knows its line: 2023-02-30 looks like one but is none."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError as error:
        raise yaml.constructor.ConstructorError(None, None, f"{node.value} 不是有效日期", node.start_mark) from error


class _FastLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The same by libyaml, some eight times as fast."""


for _kind in (_Loader, _FastLoader):
    _kind.add_constructor("tag:yaml.org,2002:map", _mapping)
    _kind.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)


# pydantic's error types, in words a person who edits YAML understands.
_EXPECTED = {
    "missing": "缺少必需的键",
    "extra_forbidden": "未知的键",
    "string_type": "应为文字（纯数字请加引号）",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "dict_type": "应为键值表",
    "model_type": "应为键值表",
    "model_attributes_type": "应为键值表",
    "date_from_datetime_parsing": "应为日期，如 2024-01-05",
    "date_parsing": "应为日期，如 2024-01-05",
    "date_type": "应为日期，如 2024-01-05",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "应不小于 {ge}",
    "less_than_equal": "应不大于 {le}",
    "string_too_short": "至少应有 {min_length} 个字符",
    "string_too_long": "最多 {max_length} 个字符",
    "string_pattern_mismatch": "格式应为 {pattern}",
    "too_short": "至少应有 {min_length} 项",
}


def read_declaration(path: Path, model: type[D], **extra: Any) -> D:
    """Read one YAML file into its model. `extra` are values that come from the place of the file, such as its id.

    Where the file says `extends: name`, what `name`.yml in the folder above declares is its own too, unless it says
    otherwise: key tables are joined key by key, anything else takes the place of what stood there.
    """
    root, document = _load(path)
    if not isinstance(document, dict):
        raise ConfigError(path, 1, "应为键值表（每行“键: 值”）")
    try:
        return model.model_validate({**document, **extra})
    except ValidationError as error:
        fault = error.errors()[0]
        place = tuple(part for part in fault["loc"] if not _is_branch(part))
        place += getattr(fault.get("ctx", {}).get("error"), "place", ())
        name = ".".join(str(part) for part in place) or "文件"
        raise ConfigError(*_spot(path, root, place), f"{name}：{_explain(fault)}") from error


def line_of(path: Path, *place: str | int) -> int | None:
    """The line on which a key of a YAML file stands, for faults found after reading."""
    root, _ = _load(path)
    return _line_of(root, place)


def spot(path: Path, *place: str | int) -> tuple[Path, int | None]:
    """File and line on which a key of a declaration stands: its own file, or the one that it extends."""
    root, _ = _load(path)
    return _spot(path, root, place)


def _load(path: Path) -> tuple[yaml.Node | None, Any]:
    """Nodes and document of a file, joined with those of the file that it extends."""
    root, document = _parse(path)
    if not isinstance(document, dict) or EXTENDS not in document:
        return root, document
    name = document.pop(EXTENDS)
    base = path.parent.parent / f"{name}.yml"
    if not isinstance(name, str) or not base.is_file():
        raise ConfigError(path, _line_of(root, (EXTENDS,)), f"{EXTENDS}：没有 {base.name}（应在 {base.parent}）")
    shared_root, shared = _parse(base)
    if not isinstance(shared, dict):
        raise ConfigError(base, 1, "应为键值表（每行“键: 值”）")
    return _joined_nodes(shared_root, root), _joined(shared, document)


def _joined(shared: Any, own: Any) -> Any:
    """Key tables joined key by key, in the order of the shared one; anything else is replaced."""
    if not (isinstance(shared, dict) and isinstance(own, dict)):
        return own
    return {**shared, **{key: _joined(shared[key], value) if key in shared else value for key, value in own.items()}}


def _joined_nodes(shared: Any, own: Any) -> Any:
    """The nodes of joined declarations, so that a fault is told where it was written."""
    if not (isinstance(shared, yaml.MappingNode) and isinstance(own, yaml.MappingNode)):
        return own
    found = {key.value: (key, value) for key, value in shared.value}
    for key, value in own.value:
        found[key.value] = (key, _joined_nodes(found[key.value][1], value) if key.value in found else value)
    return yaml.MappingNode(own.tag, list(found.values()), own.start_mark, own.end_mark)


def _parse(path: Path) -> tuple[yaml.Node | None, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError(path, None, "文件不存在") from error
    except UnicodeDecodeError as error:
        raise ConfigError(path, None, "不是 UTF-8 编码，请另存为 UTF-8") from error
    try:
        try:
            node, document = _read(text, _FastLoader)
        except yaml.YAMLError:  # libyaml says less of what is wrong, and where
            node, document = _read(text, _Loader)
        return _marked(node, path), document
    except yaml.YAMLError as error:
        raise yaml_fault(path, error, text) from error


def _read(text: str, kind: Any) -> tuple[yaml.Node | None, Any]:
    loader = kind(text)
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def _marked(node: Any, path: Path) -> Any:
    """Nodes that know their file: joined ones come from two."""
    if node is not None:
        mark = node.start_mark
        node.start_mark = yaml.Mark(str(path), mark.index, mark.line, mark.column, None, 0)
        for child in node.value if not isinstance(node, yaml.ScalarNode) else ():
            for part in child if isinstance(child, tuple) else (child,):
                _marked(part, path)
    return node


def yaml_fault(path: Path, error: yaml.YAMLError, text: str) -> ConfigError:
    """A fault of the YAML parser in our words, with its line."""
    if isinstance(error, yaml.constructor.ConstructorError) and error.problem_mark:
        return ConfigError(path, error.problem_mark.line + 1, str(error.problem))
    line = None
    if isinstance(error, yaml.MarkedYAMLError) and (mark := error.problem_mark or error.context_mark):
        line = mark.line + 1
    elif isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
    return ConfigError(path, line, "YAML 格式有误，请检查缩进、冒号后的空格、括号和引号是否成对，有无特殊字符")


def _is_branch(part: str | int) -> bool:
    """Pydantic puts the tag of a union's branch into the place; it is no key of the document."""
    return isinstance(part, str) and (
        "[" in part or part in {"bool", "str", "int", "date", "Conditional", "TopicSource", "RecordSource"}
    )


def _explain(fault: Any) -> str:
    kind = str(fault["type"])
    if kind in {"literal_error", "enum"}:
        return f"应为 {fault['ctx']['expected']} 之一，现为 {fault['input']!r}"
    if kind == "value_error":
        return str(fault["ctx"]["error"])
    return _EXPECTED.get(kind, str(fault["msg"])).format_map(fault.get("ctx", {}))


def _line_of(node: yaml.Node | None, place: tuple[str | int, ...]) -> int | None:
    return 1 if node is None else int(_nearest(node, place).line) + 1


def _spot(path: Path, node: yaml.Node | None, place: tuple[str | int, ...]) -> tuple[Path, int | None]:
    if node is None:
        return path, 1
    mark = _nearest(node, place)
    return Path(mark.name), int(mark.line) + 1


def _nearest(node: yaml.Node, place: tuple[str | int, ...]) -> Any:
    """Where a key begins, or the nearest of those that lead to it."""
    mark = node.start_mark
    for part in place:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if str(key.value) == str(part):
                    mark, node = key.start_mark, value
                    break
            else:
                return mark
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            mark = node.start_mark
        else:
            return mark
    return mark
