"""YAML from untrusted files: size, nesting and aliases are bounded before anything is built.

Only plain data is made (``safe_load``'s types), a repeated key is an error with its line, and every failure
is one kind of exception whose text names file and line.
"""

from __future__ import annotations

import functools
import re
from typing import Any, Final

MAX_CHARACTERS: Final = 32 * 1024 * 1024
MAX_DEPTH: Final = 50
MAX_ALIASES: Final = 100
#: An escaped half of a character, alone or with its other half: JSON spells characters in halves, YAML does not.
_HALVES: Final = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u(?:([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|[dD][89a-fA-F][0-9a-fA-F]{2})"
)
_SCALARS: Final = ("null", "bool", "int", "float", "binary", "timestamp")


class YamlError(ValueError):
    """The text is no YAML that this program accepts; the message is a sentence with file and line."""


def load_yaml(text: str, name: str, *, kept: list[tuple[int, str]] | None = None) -> Any:
    """Read one YAML document.

    Arguments:
        text: the document.
        name: the file, for messages.
        kept: for lists of references, where one odd value must not cost the others: what does not fit its tag, and
            what has an unknown tag, is kept as text, half characters become U+FFFD, and the line and a sentence for
            each are added here.

    Raises:
        YamlError: broken, too large, too deep, several documents, repeated or odd keys, unknown tags.
    """
    import yaml

    if len(text) > MAX_CHARACTERS:
        raise YamlError(f"{name}: larger than {MAX_CHARACTERS} characters.")
    if kept is not None:
        text = _whole_characters(text, kept)
    loader_class = _loader() if kept is None else _lenient_loader(kept)
    try:
        _check_events(text, name, loader_class)
        return yaml.load(text.removeprefix("\ufeff"), loader_class)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise YamlError(f"{name}:{line}: {_sentence(error.problem or 'not YAML')}") from None
    except yaml.YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        reason = getattr(error, "reason", None) or "it cannot be read as YAML"
        raise YamlError(f"{name}:{line}: {_sentence(str(reason))}") from None
    except (ValueError, OverflowError, TypeError, RecursionError, LookupError, AttributeError) as error:
        if isinstance(error, YamlError):
            raise
        raise YamlError(f"{name}:1: {_sentence('a value cannot be read: ' + str(error)[:200])}") from None


def _whole_characters(text: str, kept: list[tuple[int, str]]) -> str:
    """The same text; two halves of a character are one character, and one half is U+FFFD."""

    def whole(match: re.Match[str]) -> str:
        before, high, low = match.groups()
        if high:
            return f"{before}\\U{0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00:08X}"
        line = text.count("\n", 0, match.start()) + 1
        kept.append((line, "Half a character stands here. It is read as U+FFFD."))
        return f"{before}\\uFFFD"

    return _HALVES.sub(whole, text)


def dump_yaml(data: Any) -> str:
    """Write plain data as YAML in block style, keys in the order given, one line per value."""
    import yaml

    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

    def dumped(plain: Any) -> str:
        text: str = yaml.dump(
            plain, Dumper=dumper, sort_keys=False, allow_unicode=True, width=2**31 - 1, default_flow_style=False
        )
        return text

    try:
        return dumped(data)
    except UnicodeEncodeError:
        return dumped(_without_surrogates(data))


def _without_surrogates(data: Any) -> Any:
    """The same data; half characters, which no file can hold, are question marks."""
    if isinstance(data, str):
        return data.encode("utf-8", "replace").decode("utf-8")
    if isinstance(data, dict):
        return {_without_surrogates(key): _without_surrogates(value) for key, value in data.items()}
    return [_without_surrogates(value) for value in data] if isinstance(data, list | tuple) else data


def _check_events(text: str, name: str, loader_class: Any) -> None:
    import yaml

    # Without brackets, anchors and deep indents nothing can nest or multiply beyond the limits.
    if "*" not in text and "&" not in text and "[" not in text and "{" not in text and _shallow(text):
        return
    depth = aliases = 0
    for event in yaml.parse(text.removeprefix("\ufeff"), loader_class):
        if isinstance(event, yaml.AliasEvent):
            aliases += 1
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH or aliases > MAX_ALIASES:
            what = f"nested more than {MAX_DEPTH} deep" if depth > MAX_DEPTH else "too many aliases"
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise YamlError(f"{name}:{line}: {what}.")


def _shallow(text: str) -> bool:
    return not any(line.startswith(" " * MAX_DEPTH) or "- - - - " in line for line in text.split("\n"))


def _sentence(text: str) -> str:
    text = "".join(char if char.isprintable() else "?" for char in " ".join(text.split()))
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


@functools.cache
def _loader() -> Any:
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]
        """safe_load's types, without repeated keys."""

        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            seen: dict[object, int] = {}
            for key_node, _ in node.value:
                if key_node.tag == "tag:yaml.org,2002:merge":
                    continue
                key = self.construct_object(key_node, deep=True)
                try:
                    repeated = key in seen
                except TypeError:
                    raise yaml.constructor.ConstructorError(
                        None, None, "a list or mapping cannot be a key", key_node.start_mark
                    ) from None
                if repeated:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"the key {key!r} stands here a second time", key_node.start_mark
                    )
                seen[key] = key_node.start_mark.line
            return super().construct_mapping(node, deep=deep)

    def construct_yaml_map(loader: Any, node: Any) -> Any:
        data: dict[object, object] = {}
        yield data
        data.update(loader.construct_mapping(node))

    def told(construct: Any, kind: str) -> Any:
        # PyYAML trusts that a value fits its tag: "!!int" alone is an IndexError, "!!timestamp x" an AttributeError.
        def construct_scalar(loader: Any, node: Any) -> Any:
            try:
                return construct(loader, node)
            except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError):
                shown = str(node.value)[:60]
                raise yaml.constructor.ConstructorError(
                    None, None, f"{shown!r} cannot be read as {kind}; put text in quotes", node.start_mark
                ) from None

        return construct_scalar

    Loader.add_constructor("tag:yaml.org,2002:map", construct_yaml_map)
    for kind in _SCALARS:
        tag = f"tag:yaml.org,2002:{kind}"
        Loader.add_constructor(tag, told(base.yaml_constructors[tag], kind))
    return Loader


def _lenient_loader(kept: list[tuple[int, str]]) -> Any:
    """The loader of reference files: what cannot be read by its tag is kept as its text."""
    import yaml

    strict: Any = _loader()

    class Loader(strict):  # type: ignore[misc]
        """As the strict one, but no tag is an error."""

    def as_text(loader: Any, node: Any) -> Any:
        line = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            kept.append((line, f"{node.value[:60]!r} is not of the kind that is stated. It is kept as text."))
            return node.value
        kept.append((line, f"The tag {node.tag[:60]!r} is unknown. It is left out."))
        if isinstance(node, yaml.SequenceNode):
            return loader.construct_sequence(node, deep=True)
        return loader.construct_mapping(node, deep=True)

    def or_text(construct: Any) -> Any:
        def construct_scalar(loader: Any, node: Any) -> Any:
            try:
                return construct(loader, node)
            except yaml.constructor.ConstructorError:
                return as_text(loader, node)

        return construct_scalar

    for kind in _SCALARS:
        tag = f"tag:yaml.org,2002:{kind}"
        Loader.add_constructor(tag, or_text(strict.yaml_constructors[tag]))
    for kind in ("set", "omap", "pairs"):
        Loader.add_constructor(f"tag:yaml.org,2002:{kind}", as_text)
    Loader.add_constructor(None, as_text)
    return Loader
