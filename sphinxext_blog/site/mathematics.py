"""What the formulas of all posts say together: made once per build, anew only when one of them changed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sphinxext_blog.collector import collector_at_rest
from sphinxext_blog.formulas import Catalogue, make_catalogue, shared_formulas
from sphinxext_blog.site import formula_store
from sphinxext_blog.site.cache import cached

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.formulas import Formula, SharedFormula, SharedKey

__all__ = ['Mathematics', 'gather_mathematics', 'stored_formulas']


@dataclass(frozen=True, slots=True)
class Mathematics:
    """The formulas of the published posts."""

    shared: tuple[SharedFormula, ...] = ()
    """Pairs of posts that share formulas; what stands in the evidence has no keys."""
    catalogue: Catalogue = field(default_factory=lambda: Catalogue({}, {}, {}))
    digest: tuple[tuple[str, str], ...] = ()
    """Docname and digest of the formulas of each post that has some."""


def gather_mathematics(
    env: BuildEnvironment, posts: Sequence[str], folder: Path, noted: dict[str, str] | None = None
) -> Mathematics:
    """Compare the formulas of *posts*.

    :param posts: docnames of all published posts, sorted.
    :param folder: where results are kept.
    :param noted: see :func:`~sphinxext_blog.site.cache.cached`.
    """
    domain: Any = env.get_domain('blog')
    known = ((name, read.digest) for name in posts if (read := domain.formulas.get(name)) is not None)
    digest = tuple((name, value) for name, value in known if value)

    @collector_at_rest()
    def make() -> Mathematics:
        formulas = [formula for name, _ in digest for formula in formula_store.load(env, name)]
        shared = tuple(_without_keys(pair) for pair in shared_formulas(formulas, len(posts)))
        return Mathematics(shared, make_catalogue(formulas), digest)

    return cached(folder, 'formulas', (len(posts), digest), make, noted=noted)  # type: ignore[no-any-return]


def stored_formulas(env: BuildEnvironment, mathematics: Mathematics) -> tuple[list[Formula], list[str]]:
    """All formulas with their keys, in reading order of the posts, and what is said around each of them."""
    formulas: list[Formula] = []
    around: list[str] = []
    for name, _digest in mathematics.digest:
        stored = formula_store.load_all(env, name)
        formulas += stored.formulas
        around += stored.around
    return formulas, around


def _without_keys(pair: SharedFormula) -> SharedFormula:
    return replace(pair, evidence=tuple(map(_bare, pair.evidence)))


def _bare(key: SharedKey) -> SharedKey:
    first, second = (replace(formula, keys=(), equations=()) for formula in (key.first, key.second))
    return key._replace(first=first, second=second)
