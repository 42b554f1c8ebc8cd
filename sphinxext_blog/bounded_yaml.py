"""YAML of strangers: as PyYAML reads it safely, and of a size that its text tells.

An alias stands for all that it names, so that ten short lines can mean more text than a
memory holds, or contain themselves; brackets that open by the thousand take quadratic time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from yaml.nodes import Node

__all__ = ['MOST_LEVELS', 'MOST_NODES', 'BoundedLoader']

MOST_LEVELS: Final = 64
"""Lists and mappings in one another."""
MOST_NODES: Final = 20_000
"""Scalars, lists and mappings of a document when its aliases are written out."""


class BoundedLoader(yaml.SafeLoader):
    """A loader that raises ``yaml.YAMLError`` for what is larger, deeper, or in itself."""

    def __init__(self, stream: str | bytes) -> None:
        super().__init__(stream)
        self._level = 0
        self._sizes: dict[int, int] = {}

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        """Compose one node with its children, and count them."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        self._level += 1
        if self._level > MOST_LEVELS:
            raise _error('nested too deeply', event)
        node = super().compose_node(parent, index)
        self._level -= 1
        if not isinstance(event, yaml.AliasEvent):
            self._sizes[id(node)] = self._size(node)
        elif id(node) not in self._sizes:
            raise _error('an alias stands in what it names', event)
        if self._sizes[id(node)] > MOST_NODES:
            raise _error('too large', event)
        return node

    def _size(self, node: Node | None) -> int:
        if isinstance(node, yaml.SequenceNode):
            return 1 + sum(self._sizes[id(item)] for item in node.value)
        if isinstance(node, yaml.MappingNode):
            return 1 + sum(self._sizes[id(item)] for pair in node.value for item in pair)
        return 1


def _error(problem: str, event: Any) -> yaml.YAMLError:
    return yaml.composer.ComposerError(None, None, problem, event.start_mark)
