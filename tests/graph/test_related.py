from __future__ import annotations

import json
import os
import random
import re
import time
from collections import defaultdict
from pathlib import Path

import pytest
from graph_cases import corpora, link, post, series
from hypothesis import given, settings

from sphinxext_blog.graph import rank_related
from sphinxext_blog.records import MissingPost, Resolution, Work

PROSE = {
    'vae': '变分自编码器用后验分布近似真实分布，训练时最大化证据下界。重参数使梯度可以传播。',
    'gan': '生成对抗网络训练判别器与生成器，二者博弈。判别器的梯度指导生成器。',
    'flow': '流模型用可逆变换近似真实分布，训练时最大化似然。重参数使采样可微。',
    'zeta': '黎曼猜想讨论素数的分布，解析延拓之后的函数有零点。',
    'bird': '公园里有许多小鸟，早晨歌唱，傍晚回巢。',
    'cook': '做饭需要火候，盐放得太多会咸。',
}


def ranked(resolution=None, *, texts=PROSE, count=5, **fields):
    posts = [post(name, name, **fields.get(name, {})) for name in texts]
    return rank_related(posts, texts, resolution or Resolution(), count=count)


def kinds(item):
    return {reason.kind for reason in item.reasons}


def test_posts_about_one_subject_are_related_and_say_by_which_words():
    best = ranked()['vae'][0]
    assert best.target == 'flow'
    (reason,) = best.reasons
    assert reason.kind == 'text'
    assert {'真实分布', '参数'} & set(reason.detail) or '近似真实分布' in reason.detail


def test_posts_with_nothing_in_common_get_nothing():
    assert ranked()['bird'] == ()
    assert ranked()['cook'] == ()


@pytest.mark.parametrize(
    ('resolution', 'expected'),
    [
        (
            Resolution(links=(link('bird', 'cook'),)),
            {'bird': ('cook', 'cites'), 'cook': ('bird', 'cited-by')},
        ),
        (
            Resolution(links=(link('vae', 'bird'), link('vae', 'cook'))),
            {'bird': ('cook', 'cited-together'), 'cook': ('bird', 'cited-together')},
        ),
        (
            Resolution(
                links=(link('bird', 'missing:m'), link('cook', 'missing:m')),
                missing=(MissingPost('missing:m', 'M'),),
            ),
            {'bird': ('cook', 'shared-citations')},
        ),
        (
            Resolution(links=(link('bird', 'work:w'), link('cook', 'work:w')), works=(Work('work:w', 'W'),)),
            {'bird': ('cook', 'shared-citations')},
        ),
        (Resolution(series=(series('S', ('bird', 1), ('cook', 2)),)), {'bird': ('cook', 'series')}),
    ],
)
def test_links_relate_posts_that_share_no_word(resolution, expected):
    found = ranked(resolution)
    for name, (target, kind) in expected.items():
        item = next(item for item in found[name] if item.target == target)
        assert kinds(item) == {kind}


def test_shared_tags_relate_posts_and_are_named_as_written():
    found = ranked(bird={'tags': ('Life ',)}, cook={'tags': ('life', 'food')})
    (item,) = found['bird']
    assert (item.target, item.reasons[0].kind, item.reasons[0].detail) == ('cook', 'tags', ('Life',))


def test_the_details_name_what_the_reason_rests_on():
    resolution = Resolution(
        links=(link('vae', 'bird'), link('vae', 'cook'), link('bird', 'work:w'), link('cook', 'work:w')),
        works=(Work('work:w', 'W'),),
        series=(series('S', ('bird', 1), ('cook', 2)),),
    )
    item = next(item for item in ranked(resolution)['bird'] if item.target == 'cook')
    details = {reason.kind: reason.detail for reason in item.reasons}
    assert details == {'cited-together': ('vae',), 'shared-citations': ('work:w',), 'series': ('s',)}


def test_a_link_in_doubt_counts_less():
    sure = ranked(Resolution(links=(link('bird', 'cook'),)))['bird'][0].score
    doubtful = ranked(Resolution(links=(link('bird', 'cook', 'fuzzy', 0.5),)))['bird'][0].score
    assert doubtful < sure


def test_a_series_does_not_fill_the_list():
    names = [f'part{number}' for number in range(8)]
    texts = dict.fromkeys(names, '流形上的度量与联络') | {'other': '流形上的度量', **PROSE}
    resolution = Resolution(series=(series('S', *((name, at) for at, name in enumerate(names))),))
    for name in names:
        found = [item.target for item in ranked(resolution, texts=texts)[name]]
        assert len([target for target in found if target in names]) == 2
        assert 'other' in found


@given(corpora())
@settings(max_examples=40)
def test_every_score_is_the_sum_of_its_reasons_and_every_list_is_ordered(corpus):
    posts, resolution = corpus
    texts = {each.docname: each.title * 3 for each in posts}
    found = rank_related(posts, texts, resolution, count=3)
    assert list(found) == sorted(each.docname for each in posts)
    for name, items in found.items():
        assert len(items) <= 3
        assert name not in {item.target for item in items}
        assert len({item.target for item in items}) == len(items)
        assert list(items) == sorted(items, key=lambda item: (-item.score, item.target))
        for item in items:
            assert 0 < item.score <= 1
            assert item.score == pytest.approx(sum(reason.score for reason in item.reasons), abs=1e-6)
            shares = [reason.score for reason in item.reasons]
            assert shares == sorted(shares, reverse=True)
            assert shares
    assert rank_related(posts[::-1], texts, resolution, count=3) == found


@pytest.mark.parametrize('count', [0, 1, 3])
def test_lists_are_as_long_as_wanted(count):
    texts = {f'p{number}': '流形上的度量与联络' for number in range(6)} | PROSE
    assert len(ranked(texts=texts, count=count)['p0']) == count


def test_a_corpus_of_none_and_of_one():
    assert rank_related([], {}, Resolution()) == {}
    assert rank_related([post('a')], {'a': '流形'}, Resolution()) == {'a': ()}


def test_hundreds_of_posts_take_seconds():
    rng = random.Random(1)
    words = [chr(rng.randrange(0x4E00, 0x9000)) + chr(rng.randrange(0x4E00, 0x9000)) for _ in range(3000)]
    topics = [rng.sample(words, 40) for _ in range(20)]
    texts = {
        f'p{at:04d}': ''.join(
            rng.choice(topics[at % 20] if rng.random() < 0.4 else words) for _ in range(200)
        )
        for at in range(400)
    }
    begin = time.process_time()
    found = ranked(texts=texts)
    assert time.process_time() - begin < 8
    own_topic = [int(item.target[1:]) % 20 == at % 20 for at in range(400) for item in found[f'p{at:04d}']]
    assert sum(own_topic) > 0.9 * 5 * 400


CORPORA = Path(os.environ.get('BLOG_CORPORA', Path(__file__).parents[3] / 'shared' / 'corpora'))


@pytest.mark.parametrize(
    ('name', 'text_alone', 'with_links'),
    [('zh-d2l', 0.78, 0.79), ('zh-oiwiki', 0.61, 0.78), ('en-cpalgorithms', 0.74, 0.77)],
)
def test_hidden_links_of_real_posts_are_found_again(name, text_alone, with_links):
    """Recall at 10; a plain TF-IDF of character 2-3-grams or words has .81, .61, .74 with text alone."""
    folder = CORPORA / name
    if not folder.is_dir():
        pytest.skip(f'no corpus at {folder}; set BLOG_CORPORA')
    texts = {
        path.relative_to(folder / 'src').with_suffix('').as_posix(): path.read_text('utf-8', 'replace')
        for path in sorted((folder / 'src').rglob('*.md'))
    }
    lines = (folder / 'truth.jsonl').read_text('utf-8').splitlines()
    pairs = sorted({(truth['source'], truth['target']) for truth in map(json.loads, lines)})
    pairs = [(one, two) for one, two in pairs if one != two and one in texts and two in texts]
    assert recall(texts, pairs, []) >= text_alone
    random.Random(0).shuffle(pairs)
    folds = [pairs[at::5] for at in range(5)]
    found = [recall(texts, fold, [pair for pair in pairs if pair not in fold]) for fold in folds]
    assert sum(found) / 5 >= with_links


def recall(texts, hidden, known):
    """Mean over sources of the share of hidden targets among the first ten that are not known."""
    titles = {
        name: next(iter(re.findall(r'^#\s+(.*)$', text, re.MULTILINE)), name) for name, text in texts.items()
    }
    prose = {name: without_links(text) for name, text in texts.items()}
    cited, wanted = defaultdict(set), defaultdict(set)
    for one, two in known:
        cited[one].add(two)
    for one, two in hidden:
        wanted[one].add(two)
    longest = max(map(len, cited.values()), default=0)
    resolution = Resolution(links=tuple(link(one, two, 'link') for one, two in known))
    posts = [post(name, re.sub(r'[$`]', '', titles[name])) for name in texts]
    found = rank_related(posts, prose, resolution, count=10 + longest)
    shares = []
    for name, targets in wanted.items():
        first = [item.target for item in found[name] if item.target not in cited[name]][:10]
        shares.append(len(targets & set(first)) / len(targets))
    return sum(shares) / len(shares)


def without_links(text):
    """Neither code nor link texts nor roles: the hidden links must not be read off."""
    text = re.sub(r'```.*?```', ' ', text, flags=re.DOTALL)
    text = re.sub(r'\[[^\]\n]*\]\([^)\n]*\)', ' ', text)
    return re.sub(r':\w+:`[^`]*`|https?://\S+', ' ', text)
