"""What an absent 《title》 is: a post that is missing, or a work of somebody else.

Decided from the title and the words around it, by rules that hold for any
blog: papers are named in English or called 论文; periodicals and books say so;
somebody else's text is introduced with a name (孟岩写的《…》), one's own with
“I” or “before” (笔者所写的《…》, 之前的文章《…》).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from sphinxext_blog.references.titles import has_cjk

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = [
    'Verdict',
    'is_elsewhere',
    'is_somebodys',
    'judge',
    'names_authors',
    'says_former_title',
    'says_own_post',
    'says_publication',
]

Verdict = Literal['own', 'work', 'foreign', '']
"""The words say that it is the blog's own; that it is somebody else's; nothing, but
the title is in a foreign script, as papers' titles are; nothing at all."""

_REACH: Final = 40
_LIST_BEFORE: Final = re.compile(r'(?:《[^《》]{0,300}》\s*(?:[、,，和与及]|以及|and)?\s*)+$')
_SELF: Final = r'笔者|我们?|本人|自己|本博客|本站|本博|博主本人|咱们?'
_PUBLICATION: Final = re.compile(
    r'(?:论文|文献|paper|preprint|arxiv|专著|教材|课本|教科书|讲义|著作|名著|一书|书籍|原著|译著|小说|散文|诗歌?|电影|纪录片|歌曲?|'
    r'杂志|期刊|报纸|刊物|报道|新闻|节目|游戏|专栏|公众号|教程)'
    r'(?:[(（][^()（）]{0,20}[)）])?\s*[:：是为]?\s*$',
    re.IGNORECASE,
)
_PUBLICATION_AFTER: Final = re.compile(
    r'\s*(?:[(（][^()（）]{0,30}[)）])?\s*(?:一书|这本书|这部书|这?一?部?书中|这篇论文|论文|一?杂志|期刊|电影|(?:这?一?首)歌|'
    r'的作者|的译者|(?:第\S{1,3}版)|\[\d{1,3}\]|[(（]?arxiv)',
    re.IGNORECASE,
)
_IN_PRINT: Final = re.compile(
    r'(?:[，,。.\s]载|刊[于载]|出版(?:过|了)?的?|著作?有?|[重在又再]读|读[完过]|看完了?|买[了过]|引自|摘自|出自|演唱的?|听听|传唱的?|'
    r'影印版的?|中译本|[诗词曲]人?)[:：]?\s*$'
)
_IN_PRINT_AFTER: Final = re.compile(
    r'\s*(?:[(（][^()（）]{0,40}(?:出版社?|大学|书局|书店|[著编译]|主编)[^()（）]{0,12}[)）]'
    r'|[，,]\s?(?:载|刊于|第\s?\d{1,4}\s?[卷页期])|[，,][^，。；\n《》]{0,24}(?:[著编译](?=[，。；,.]|$)|出版社|书局)'
    r'|第\s?[0-9一二三四五六七八九十百]{1,4}\s?[章页卷])'
)
"""What is printed, read, bought or sung: a book or a song, and seldom a post."""
_PRINTED: Final = re.compile(
    r'(?:日报|晚报|早报|晨报|时报|邮报|周报|快报|导报|学报|周刊|月刊|季刊|杂志|期刊|年鉴|词典|字典|辞典|百科全书)$'
)
_VOLUME: Final = re.compile(
    r'[\s(（]?(?:第[0-9一二三四五六七八九十上中下]{1,3}[卷册版]|[上中下][卷册])[)）]?$'
)
_COUNTRY: Final = re.compile(
    r'(?:[一-鿿]国|日本|印度|俄罗斯|意大利|西班牙|加拿大|澳大利亚|瑞士|瑞典|荷兰)(?:的)?$'
)
_COPY: Final = re.compile(r'一[本部首册套]$')
_WRITTEN: Final = re.compile(
    r'(?P<who>[^\s,，。;；:：、!！?？《》“”"()（）]{0,16}?)(?:所|合)?(?:写|著|撰写|编写|主编|编著|翻译|译)的?(?:那|这)?一?(?:篇|本|部)?[^\s,，。《》]{0,6}$'
)
_OWNED: Final = re.compile(
    r'(?P<who>[A-Za-z0-9][\w.-]{0,40}\.[a-z]{2,12}|[A-Z][A-Za-z.\'-]+(?:\s[A-Z][A-Za-z.\'-]+){0,3}|'
    r'[^\s,，。;；:：、《》]{1,8}(?:教授|老师|先生|女士|博士|院士|大神|大佬|大牛|同学|网友|师兄|师姐|某人|某某|作者|博主|知乎|维基百科|·[一-鿿]{1,6}))'
    r'\s*(?:等人?)?\s*(?:的|在)(?:一?篇|那篇|这篇)?(?:文章|博文|博客|文|帖子|回答|工作|名篇|经典)?\s*$'
)
_TIME_OR_SELF: Final = re.compile(
    rf'(?:{_SELF}|前|后|曾经?|已经?|年|月|日|天|周|期|次|时候?|时|刚|刚刚|最近|近来|当时|随后|接着|昨|今|去年|早|还|也|又|就|要|想|开始|继续|准备|一起|是|被|而)(?:所|来|去)?$'
)
_OWN: Final = re.compile(
    rf'(?:{_SELF}|之前|以前|此前|先前|以往|早前|早先|前文|前面|上文|前几天|上次|上回|曾经?|本系列|该系列|过往|旧文|拙文|拙作|上一?篇|前一?篇|站内)'
    r'[^。!！?？;；\n《》]{0,24}$'
)
_OWN_POST: Final = re.compile(
    r'(?:(?:之前|以前|此前|先前|以往|早前|前面|上面|过去|曾|本系列|该系列|上一?篇|前一?篇|(?:自己|我们?|笔者|本人)的|本博客|本站|本博|站内)'
    r'[^。!！?？;；,，\n《》]{0,10}(?:文章|博文|博客|一文|旧文|帖子)(?:中|里)?的?[是即:：]?'
    r'|(?:笔者|我们?|本人)[^。!！?？;；,，\n《》]{0,6}所?(?:写|发表|发布)(?:过?的|过|了)?[^。!！?？;；,，\n《》]{0,6}'
    r'|(?:笔者的|拙文|拙作|旧文|旧作|本博客|本站|本博)[^。!！?？;；,，\n《》]{0,12})\s*$'
)
_OWN_SUBJECT: Final = re.compile(
    r'(?:笔者|我们?|本人)[^。!！?？;；,，\n《》]{0,6}(?:讨论|介绍|分析|推导|证明|整理|总结|分享)过的?'
    r'[^。!！?？;；,，\n《》]{0,6}\s*$'
)
"""Of a Chinese title: a paper is discussed as well as an own post is."""
_STATED: Final = re.compile(
    r'(?:论文|预印本|preprints?|arxiv|paper|(?<![a-z])books?|专著|教材|课本|教科书|原著|译著|[的本部该此]书)(?:[(（][^()（）]{0,20}[)）])?(?:上的?|里的?|中的?)?[\s:：“"\'‘「『*]*$',
    re.IGNORECASE,
)
_CHAPTER: Final = re.compile(r'》\s?第\s?[0-9〇零一二三四五六七八九十百]{1,4}\s?[章节卷讲]\s?$')
"""《A》第十章《B》: a part of a book."""
_STATED_AFTER: Final = re.compile(
    r'[\s”"\'’」』*,]*(?:[(（][^()（）]{0,30}(?:arxiv|论文)[^()（）]{0,20}[)）]|一书|这本书|这部书|这?一?部?书中|'
    r'这篇论文|的?论文|[(（]?arxiv)',
    re.IGNORECASE,
)
_APPEARED: Final = re.compile(
    r'[\s”"\'’」』*,]*(?:一文(?:最早|首先|首次)?(?:的?发[表布]|问世|提出|出来|横空)|的作者(?!是笔者)|提出了?(?:的|一种)?|'
    r'[(（][^()（）]{0,30}(?:19|20)\d\d[)）]|(?:是|was|is)\s?(?:published|a paper|the paper|一篇论文)|'
    r'\[\d{1,3}\]|et al)',
    re.IGNORECASE,
)
_SOMEBODYS: Final = re.compile(r'(?P<who>[一-鿿·A-Za-z.]{2,12}?)(?:等人)?的$')
_NOBODY: Final = re.compile(
    r'(?:[前面上下近后往来过先时去今昨年月日天期次篇章节段句个些样种类似应关应典名新旧细整末头尾]|其他|其它|另外|我们?|笔者|本[文人站博客]+|自己|读者|大家|作者|这里|那里|所谓|经典|著名)的$'
)


_FORMER: Final = re.compile(
    r'(?:(?:本文|此文|这篇文章|该文|这篇博文)[^。！？!?；;\n《》]{0,8}'
    r'(?:曾用名|曾用标题|曾名|旧名|旧题|原名|原题|原标题|旧标题)|^\W{0,4}曾用(?:名|标题))'
    r'(?:叫做?|是|为)?[:：]?\s*$'
    r'|(?i:\b(?:this\s(?:post|article|entry|note)\s(?:was|used\sto\sbe)\s(?:(?:first|once)\s)?|'
    r'originally\s|formerly\s)'
    r'(?:called|titled|entitled)\s*)[“"‘\'*《]*$'
)
_AUTHORS: Final = re.compile(
    r'\b[A-Z][\w’\'.-]+(?:,|[’\']s(?:\s(?:\w+\s)?(?:paper|article|survey|memoir|book))?)\s[“"‘*]*$'
)
_ELSEWHERE: Final = re.compile(
    r'(?P<who>[^。！？!?；;，,\n《》]{0,12})'
    r'(?:知乎|豆瓣|微博|公众号|简书|掘金|博客园|CSDN|B站|维基百科|百度百科|维基|百科|Medium|Wikipedia)'
    r'(?:专栏|回答)?(?:上|里|中)?(?:的|有)?(?:[那这一]?一?篇)?(?:文章|回答|词条)?(?:也?叫)?[:：]?\s*$'
)


def says_former_title(before: str) -> bool:
    """Whether the words before a title call it the former one of the post: 本文曾用名《…》."""
    return _FORMER.search(before[-_REACH - 30 :]) is not None


def is_elsewhere(before: str) -> bool:
    """Whether the words before a title name another site that has it: 知乎上的《…》, not 我在知乎上的."""
    match = _ELSEWHERE.search(_lead(before))
    return match is not None and re.search(_SELF, match['who']) is None


def names_authors(before: str) -> bool:
    """Whether the words before an English title are the names of its authors: Rubinstein and Sarnak, “…”."""
    return _AUTHORS.search(before[-_REACH:]) is not None


def judge(title: str, before: str, after: str, *, own_sites: Collection[str] = ()) -> Verdict:
    """Tell from the words whether 《title》 is the blog's own or somebody else's.

    :param title: the title without marks.
    :param before: the text before the opening mark, at best the sentence.
    :param after: the text after the closing mark.
    :param own_sites: hosts of the blog: “example.org的文章《…》” is its own there.
    :returns: ``''`` when neither the title nor the words tell.
    """
    lead = _lead(before)
    tail = after[:_REACH]
    if _PUBLICATION.search(lead) or _PUBLICATION_AFTER.match(tail):
        return 'work'
    if _IN_PRINT.search(lead) or _IN_PRINT_AFTER.match(after[: 2 * _REACH]):
        return 'work'
    if not has_cjk(title):
        return 'own' if _is_claimed(title, lead) and len(title.split()) > 1 else 'foreign'
    if match := _WRITTEN.search(lead):
        who = match['who']
        if who and not re.search(_SELF, who) and not _TIME_OR_SELF.search(who):
            return 'work'
    if match := _OWNED.search(lead):
        if any(site and site in match['who'].lower() for site in own_sites):
            return 'own'
        return 'work'
    if (len(title) <= 12 and _PRINTED.search(title)) or _VOLUME.search(title) or is_elsewhere(before):
        return 'work'
    if _COPY.search(lead) or _COUNTRY.search(lead):
        return 'work'
    return 'own' if _OWN.search(lead) else ''


def _lead(before: str) -> str:
    """The words right before a title, or before the list of titles that it stands in."""
    lead = _LIST_BEFORE.sub('', before[-1200:])[-_REACH:].rstrip()
    return re.split(r'[。!！?？;；\n]', lead)[-1]


def says_publication(title: str, before: str, after: str) -> bool:
    """Whether the words right at a title name it a paper or a book, or tell of its publication.

    Stricter than :func:`judge`: this much is needed to believe that a title
    that a post has does not mean the post.

    >>> says_publication('Deep Nets', '谷歌的论文', ''), says_publication('Deep Nets', '参考', '。')
    (True, False)
    """
    lead, tail = _lead(before), after[:_REACH]
    if _STATED.search(lead) or _CHAPTER.search(before[-_REACH:]):
        return True
    if _is_claimed(title, lead):
        return False
    return bool(_STATED_AFTER.match(tail) or (not has_cjk(title) and _APPEARED.match(tail)))


def says_own_post(title: str, before: str) -> bool:
    """Whether the words before a title name it an article of the blog: 之前的文章, 笔者写的."""
    lead = _lead(before)
    return _is_claimed(title, lead) and _STATED.search(lead) is None


def _is_claimed(title: str, lead: str) -> bool:
    return bool(_OWN_POST.search(lead) or (has_cjk(title) and _OWN_SUBJECT.search(lead)))


def is_somebodys(before: str) -> bool:
    """Whether a name in the possessive stands before a title: 牛顿的《…》, but not 之前的《…》."""
    lead = _lead(before)
    return _SOMEBODYS.search(lead) is not None and _NOBODY.search(lead) is None
