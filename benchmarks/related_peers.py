"""What others do to find related posts, in a few lines each: a matrix of scores, one row a post."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from sphinxext_blog.graph.counting import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from related_corpora import Corpus

__all__ = ['PEERS', 'embeddings']

_PIECES = re.compile('[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+|[^\\W_]+')


def _read(corpus: Corpus) -> list[str]:
    return [plain(f'{post.title}\n{corpus.texts[post.docname]}').lower() for post in corpus.posts]


def _words(text: str) -> list[str]:
    """Words; of unspaced text characters and pairs of them."""
    found = []
    for piece in _PIECES.findall(text):
        if ord(piece[0]) < 0x3040:
            found.append(piece)
        else:
            found += [*piece, *(piece[at : at + 2] for at in range(len(piece) - 1))]
    return found


def _characters(text: str) -> list[str]:
    """N-grams of 2 to 4 characters, within words."""
    found = []
    for piece in _PIECES.findall(text):
        padded = piece if ord(piece[0]) >= 0x3040 else f' {piece} '
        for length in (2, 3, 4):
            found += [padded[at : at + length] for at in range(len(padded) - length + 1)]
    return found


def _count(documents: Sequence[list[str]]) -> sparse.csr_matrix:
    numbers: dict[str, int] = {}
    rows, columns, data = [], [], []
    for row, terms in enumerate(documents):
        for term, count in Counter(terms).items():
            rows.append(row)
            columns.append(numbers.setdefault(term, len(numbers)))
            data.append(count)
    return sparse.csr_matrix(
        (np.array(data, dtype=float), (rows, columns)), shape=(len(documents), len(numbers))
    )


def _of_length_1(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    length[length == 0] = 1
    return (sparse.diags(1 / length) @ matrix).tocsr()


def _tf_idf(counts: sparse.csr_matrix, *, sublinear: bool = False) -> sparse.csr_matrix:
    """Gensim's default: ``tf * log2(N / df)``, rows of length 1; or with ``1 + log(tf)``."""
    spread = np.maximum(np.diff(counts.tocsc().indptr), 1)
    weights = counts.copy()
    if sublinear:
        weights.data = 1 + np.log(weights.data)
    return _of_length_1((weights @ sparse.diags(np.log2(counts.shape[0] / spread))).tocsr())


def _cosines(rows: sparse.csr_matrix) -> np.ndarray:
    return np.asarray((rows @ rows.T).todense())


def tags(corpus: Corpus) -> np.ndarray:
    """Cosine of the tags, weighted by rarity."""
    own = [[tag.casefold() for tag in post.tags] for post in corpus.posts]
    if not any(own):
        return np.zeros((len(own), len(own)))
    return _cosines(_tf_idf(_count(own)))


def tf_idf(corpus: Corpus) -> np.ndarray:
    """As Pelican's similar-posts with a tokenizer."""
    return _cosines(_tf_idf(_count([_words(text) for text in _read(corpus)])))


def tf_idf_sublinear(corpus: Corpus) -> np.ndarray:
    """As scikit-learn's with ``sublinear_tf``."""
    return _cosines(_tf_idf(_count([_words(text) for text in _read(corpus)]), sublinear=True))


def character_grams(corpus: Corpus) -> np.ndarray:
    """TF-IDF of n-grams of 2 to 4 characters."""
    return _cosines(_tf_idf(_count([_characters(text) for text in _read(corpus)]), sublinear=True))


def bm25(corpus: Corpus) -> np.ndarray:
    """The post as a query, its counts as the query's (k1 = 1.2, b = 0.75)."""
    counts = _count([_words(text) for text in _read(corpus)])
    posts = counts.shape[0]
    spread = np.diff(counts.tocsc().indptr)
    length = np.asarray(counts.sum(axis=1)).ravel()
    row = np.repeat(np.arange(posts), np.diff(counts.indptr))
    weights = counts.copy()
    weights.data = weights.data * 2.2 / (weights.data + 1.2 * (0.25 + 0.75 * length[row] / length.mean()))
    weights = (weights @ sparse.diags(np.log(1 + (posts - spread + 0.5) / (spread + 0.5)))).tocsr()
    return np.asarray((counts @ weights.T).todense())


def lsi(corpus: Corpus) -> np.ndarray:
    """Latent semantic indexing with 100 dimensions, a third of the posts at most."""
    from scipy.sparse.linalg import svds

    rows = _tf_idf(_count([_words(text) for text in _read(corpus)]), sublinear=True)
    left, values, _ = svds(rows, k=max(2, min(100, rows.shape[0] // 3)), random_state=0)
    space = left * values
    space /= np.linalg.norm(space, axis=1, keepdims=True) + 1e-12
    return np.asarray(space @ space.T)


PEERS: dict[str, Callable[[Corpus], np.ndarray]] = {
    'tags': tags,
    'TF-IDF': tf_idf,
    'TF-IDF, sublinear': tf_idf_sublinear,
    'BM25': bm25,
    'LSI': lsi,
    'character n-grams': character_grams,
}


def embeddings(model: str) -> Callable[[Corpus], np.ndarray] | None:
    """Cosines of sentence embeddings of title and beginning; ``None`` when there is no such model here."""
    try:
        from sentence_transformers import SentenceTransformer

        encoder = SentenceTransformer(model, local_files_only=True)
    except Exception as error:
        print(f'sentence embeddings: skipped, {model} cannot be loaded ({type(error).__name__})')
        return None

    def scores(corpus: Corpus) -> np.ndarray:
        return np.asarray((space := encoder.encode(_read(corpus), normalize_embeddings=True)) @ space.T)

    return scores
