"""Posts that are described and not named: “my earlier post on compactness”, Softmax那篇, 讲交叉熵的那篇文章.

A description means a post when exactly one title has its words, among those that were there when it
was written. That is less than a title says, so that it is evidence of its own kind and weight.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sphinxext_blog.records import NodeId
from sphinxext_blog.references.by_date import is_later
from sphinxext_blog.references.naming import cut_off
from sphinxext_blog.references.numerals import CHINESE_DIGITS
from sphinxext_blog.references.titles import has_cjk
from sphinxext_blog.references.wording import holds_words, says_something, telling_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinxext_blog.records import DocName, Mention, Post

__all__ = ['Descriptions', 'description_in', 'find_described']

_REACH: Final = 40
_THAT_ONE: Final = re.compile(
    r'(?>的?(?:那一?篇(?:旧文|旧作|文章|博文|博客|帖子|札记|随想|随笔|笔记|日志|文)?|(?<=的)旧文))'
    r'(?!论文|综述|报告|报道|新闻|[Pp]aper|小说|散文|著名|经典|开山|原始|原文|奠基|回答|专栏|公众号|推文|讲义|教程|'
    r'的?作者|《|“|「|名|[^\W和与及里中在讲]{0,4}(?:论文|综述|报告|报道|新闻|小说|散文))'
)
_CLAUSE: Final = re.compile(r'[。！？；!?;，,、：:（）()《》「」\n]|(?<=[㐀-鿿])[“”"](?=.)')
_BEFORE: Final = re.compile(r'\A.*[在见看到从用和与及跟同把像即是如过了着参考]')
_LEAD: Final = re.compile(
    r'(?:最近|之前|以前|早前|早先|去年|前年|前面|曾经?|我们?|笔者|本站|本博客|上次|的)*'
    r'(?:写|发|讲|谈|聊|说|介绍|讨论|推导|关于|有关)?过?的?'
)
_CLOSED: Final = re.compile(r'[“"「]([^“”"「」\n]{2,40})[”"」]$')
_SOMEBODYS: Final = re.compile(r'(?<!我)(?<!我们)(?<!笔者)(?<!本站)(?<!博客)(?<![前面过写])的$')
_VAGUE: Final = re.compile(
    rf'(?:第?(?:[{CHINESE_DIGITS}]|\d)+|[上下前后])$|^最|^(?:同样|唯一|别人|自己|英文|中文|我们|这里|有趣|重要|推荐|喜欢|经典|[前后上下]面|刚才)'
)
"""最早的那篇 tells what post it is to nobody else."""

_WORD: Final = r"[\w’'-]{1,30}"
_WORDS: Final = rf'{_WORD}(?:\s{_WORD}){{0,7}}'
_ENGLISH: Final = re.compile(
    r'(?<![Oo]ne of )\b(?:(?:[Mm]y|[Oo]ur)\s'
    r'(?:(?:earlier|previous|old|older|recent|first|last|other|original|little|short|long)\s)?'
    r'(?:blog\s)?(?:posts?|article|essay|entry|lecture|write-up)\s(?:on|about)'
    r'|(?:[Tt]he|[Tt]hat)\s(?:(?:earlier|previous|old|older|recent)\s)?(?:blog\s)?(?:posts?|entry|lecture)\s(?:on|about)'
    r'|[Aa]n\s(?:earlier|old|older)\s(?:blog\s)?(?:post|entry)\s(?:on|about)'
    rf'|(?:I|[Ww]e)(?:[’\']ve|\shave)?\s(?:written|wrote|blogged)\sabout)\s(?P<words>{_WORDS})'
)
_BEFORE_POST: Final = re.compile(
    r'\b(?:(?:[Mm]y|[Oo]ur)\s(?P<words>[\w’\'-]{2,30}(?:\s[\w’\'-]{2,30}){0,2})|[Tt]he\s(?P<name>[A-Z][\w’\'-]{1,30}(?:\s[A-Z][\w’\'-]{1,30}){0,2}))'
    r'\s(?:blog\s)?post\b(?!\s(?:by|at|in|from|of|on|about)\s)'
)
_NO_SUBJECT: Final = re.compile(
    r'(?i)\b(?:previous|last|next|first|second|third|recent|latest|newest|earlier|earliest|old(?:er|est)?|new|own|other|blog|guest|'
    r'original|favou?rite|longest|best|most|popular|this|that|these|future|upcoming|past|many|few|several|all|two|three|I|II|III)\b'
)
_MORE: Final = re.compile(rf'\s(?:and|or)\s(?:the\s(?:one|ones)\s)?(?:on|about)\s(?P<words>{_WORDS})')
_OTHERS_BEHIND: Final = re.compile(
    r'\s(?:by|at|in|from|on)\s(?:[A-Z“"*]|the\s[A-Z])'
    r'|\sin\s(?:my|our|the|a|an|his|her|their)\s(?:\w{1,20}\s)?(?:thesis|dissertation|papers?|preprint|book|survey|answer|column)\b'
)
_SITE: Final = re.compile(
    r'(?i)\b(?:MathOverflow|Stack\s?Exchange|Stack\s?Overflow|Reddit|Twitter|Facebook|Mastodon|LinkedIn|Quora|Hacker\sNews|Zhihu)$'
)
"""“The Reddit post” stands there."""
_ON: Final = re.compile(rf'\s(?:on|about)\s(?P<words>{_WORDS})')
_FUTURE: Final = re.compile(
    r"\b(?:will|shall|plan|planning|going\sto)\b(?!\s(?:recall|remember|recogni|know|notice))[^.;!?]{0,60}$|[’']ll\b(?!\s(?:recall|remember|recogni|know|notice))[^.;!?]{0,60}$"
)
_QUOTED_LEAD: Final = re.compile(
    r'\b(?:[Mm]y|[Oo]ur)\s(?:\w{1,12}\s)?(?:posts?|notes?|article|essay|lecture)\s(?:on|about|called|titled)\s[“"‘\'*]*$'
)
_MOST: Final = 8
"""Posts that one description can mean: with more it says nothing."""


def find_described(text: str) -> Iterator[tuple[int, int, str]]:
    """Find descriptions of posts: start, end and the words that describe.

    >>> [words for *_, words in find_described('最难的是交叉熵那篇。See my post on flows and maps.')]
    ['交叉熵', 'flows']
    """
    if '篇' in text or '旧文' in text:
        yield from _chinese(text)
    if ' on ' in text or ' about ' in text or ' post' in text:
        yield from _english(text)


def _chinese(text: str) -> Iterator[tuple[int, int, str]]:
    last = 0
    for match in _THAT_ONE.finditer(text):
        first = max(last, match.start() - _REACH)
        last = match.end()
        before = text[first : match.start()]
        if closed := _CLOSED.search(before):
            if not _SOMEBODYS.search(before[: closed.start()]):
                yield first + closed.start(), match.end(), closed[1]
            continue
        clause = _CLAUSE.split(before)[-1]
        words = _LEAD.sub('', _BEFORE.sub('', clause), count=1)
        if words.strip() and not _VAGUE.search(words):
            yield match.start() - len(words), match.end(), words.strip()


def _english(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _ENGLISH.finditer(text):
        found: re.Match[str] | None = match
        is_future = _FUTURE.search(text[max(0, match.start() - 80) : match.start()])
        while found:
            words = cut_off(found['words'])
            end = found.start('words') + len(words)
            if words and not (is_future or _SITE.match(words) or _OTHERS_BEHIND.match(text, end)):
                yield (match.start() if found is match else found.start('words')), end, words
            found = _MORE.match(text, end)
    for match in _BEFORE_POST.finditer(text):
        words = match['words'] or match['name']
        if not (_NO_SUBJECT.search(words) or _SITE.search(words)):
            yield *match.span(), words


def description_in(mention: Mention) -> str:
    """The words with which a mention describes a post; empty when it does not."""
    if mention.form == 'described':
        return mention.target
    if mention.form == 'quoted':
        before, after = mention.context[: mention.span[0]], mention.context[mention.span[1] :]
        if _QUOTED_LEAD.search(before[-60:]) or _THAT_ONE.match(after[:12]):
            return mention.target
    if (
        mention.form == 'series'
        and mention.target == '-1'
        and (on := _ON.match(mention.context[mention.span[1] :]))
    ):
        return cut_off(on['words'])
    return ''


class Descriptions:
    """Which titles have the words of the descriptions that a corpus holds.

    All descriptions are looked for at once, each by the rarest of its words or pairs of characters,
    so that the time is that of reading the titles.

    :param posts: the corpus; derived titles are not found.
    :param described: the descriptions.
    """

    def __init__(self, posts: Iterable[Post], described: Iterable[str]) -> None:
        self._posts = {post.docname: post for post in posts}
        wanted = {words: telling_words(words) for words in {*described} - {''}}
        wanted = {words: telling for words, telling in sorted(wanted.items()) if says_something(telling)}
        self._found: dict[str, set[DocName]] = {words: set() for words in wanted}
        if not wanted:
            return
        titles = [
            (docname, telling_words(title))
            for docname, post in sorted(self._posts.items())
            for title in ([*post.aliases] if post.title_derived else [post.title, *post.aliases])
        ]
        asked = {piece for telling in wanted.values() for piece in _pieces(telling)}
        spread = Counter(piece for _, title in titles for piece in _pieces(title) if piece in asked)
        by_piece: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for words, telling in wanted.items():
            by_piece[min(_pieces(telling), key=lambda piece: (spread[piece], piece))].append(words)
        for docname, title in titles:
            for piece in _pieces(title):
                for words in by_piece.get(piece, ()):
                    if holds_words(title, wanted[words]):
                        self._found[words].add(docname)

    def meant(self, words: str, source: DocName) -> tuple[NodeId, ...]:
        """The posts that words in *source* describe; none when they are too many.

        A post that is younger than the one that speaks of it is not meant, as far as the dates tell.
        """
        now = self._posts[source]
        others = sorted(self._found.get(words, set()) - {source})
        found = tuple(NodeId(name) for name in others if not is_later(self._posts[name], now))
        return found if len(found) <= _MOST else ()


def _pieces(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Pairs of neighbours where there is Chinese, single words elsewhere."""
    if any(map(has_cjk, words)) and len(words) > 1:
        return {*pairwise(words), *((word,) for word in words if not has_cjk(word))}
    return {(word,) for word in words}
