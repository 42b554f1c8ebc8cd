"""What the exported graph looks like: the JSON Schema, and the names it fixes."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

__all__ = ['EDGE_KINDS', 'GRAPH_SCHEMA', 'NODE_KINDS', 'SCHEMA_VERSION', 'structured_attributes']

GRAPH_SCHEMA: dict[str, Any] = json.loads(
    resources.files('sphinxext_blog.graph').joinpath('schema.json').read_text(encoding='utf-8')
)
"""JSON Schema (draft 2020-12) of ``graph.json``."""

SCHEMA_VERSION: int = GRAPH_SCHEMA['$defs']['graph']['properties']['schema_version']['const']
"""Version of names and meanings in the exported graph; raised when one of them changes."""

NODE_KINDS: tuple[str, ...] = tuple(GRAPH_SCHEMA['$defs']['node']['properties']['kind']['enum'])
EDGE_KINDS: tuple[str, ...] = tuple(GRAPH_SCHEMA['$defs']['edge']['properties']['key']['enum'])


def structured_attributes(scope: str) -> frozenset[str]:
    """Names of the attributes that are lists or objects.

    :param scope: ``graph``, ``node`` or ``edge``.
    """
    properties = GRAPH_SCHEMA['$defs'][scope]['properties']
    return frozenset(name for name, rule in properties.items() if rule.get('type') in {'array', 'object'})
