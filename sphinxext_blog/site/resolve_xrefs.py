"""Ask Sphinx where the cross-references of the posts go, for any domain, without writing a page."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import NoUri
from sphinx.util import docname_join
from sphinx.util.logging import getLogger, suppress_logging
from sphinx.util.nodes import clean_astext

from sphinxext_blog.formulas import to_plain
from sphinxext_blog.references.urls import parse_address
from sphinxext_blog.site.equation_labels import scoped_math_domain
from sphinxext_blog.site.equation_rows import references_in
from sphinxext_blog.site.text import plain_text, split_math

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.records import Mention
    from sphinxext_blog.references.urls import Address
    from sphinxext_blog.site.mentions import RawMention

__all__ = ['resolve_xrefs']

logger = getLogger(__name__)

_Span = tuple[int, int]
_RELATIVE = re.compile(r'(?![A-Za-z][\w+.-]*:|[/#?])([^#?]+)\.html?(?:[#?].*)?', re.DOTALL)


class _DocnameBuilder:
    """The builder of this build, but the address of a document is its name.

    Domains ask a builder for the address from one document to another, so what
    they return tells the document. It has no format, so that a formula in a
    title stays a formula.
    """

    format = ''

    def __init__(self, builder: Builder) -> None:
        self._builder = builder

    def __getattr__(self, name: str) -> Any:
        return getattr(self._builder, name)

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        del from_, typ
        return to

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        del typ
        return docname


def resolve_xrefs(
    env: BuildEnvironment, builder: Builder, raw_mentions: Iterable[RawMention]
) -> list[Mention]:
    """The mentions, each cross-reference with the docname it leads to as its target.

    A cross-reference that was to lead to a document and leads to none keeps an
    empty target; one that leads to something else, in another project perhaps,
    is no mention of a post. Sphinx itself warns of both when the page is written.
    """
    asked: Any = _DocnameBuilder(builder)
    home = parse_address(env.config.html_baseurl or '')
    mentions: list[Mention] = []
    titles: dict[str, str] = {}
    sentences: dict[tuple[str, int, str], dict[_Span, str]] = defaultdict(dict)
    # Domains may warn here of what they warn of again when the page is written.
    with suppress_logging():
        for raw in raw_mentions:
            words_of = sentences[_sentence(raw.mention)]
            if not raw.xref:
                own = _own_document(env, home, raw.mention)
                mentions.append(replace(raw.mention, form='link', target=own) if own else raw.mention)
                continue
            docname, words = _target_of(env, asked, raw, titles)
            if shown := _shown(raw.mention, words):
                words_of[raw.mention.span] = shown
            if docname in env.all_docs:
                mentions.append(replace(raw.mention, target=docname))
            elif _means_document(raw):
                mentions.append(raw.mention)
    for sentence, words_of in sentences.items():
        words_of.update(_numbers_in_formulas(env, sentence))
    return [_with_words(mention, sentences[_sentence(mention)]) for mention in mentions]


def _own_document(env: BuildEnvironment, home: Address | None, mention: Mention) -> str:
    """The document of this very site that an address leads to, if it does.

    An absolute one is below *home* on any of its hosts (``www.``, ``m.``, http, a copy in a web archive);
    a relative one is the file of a page beside the document's own.
    """
    if mention.form != 'url':
        return ''
    if relative := _RELATIVE.fullmatch(mention.target):
        folder = posixpath.dirname(str(mention.source))
        path = posixpath.normpath(posixpath.join(folder, unquote(relative[1])))
    else:
        address = parse_address(mention.target) if home is not None else None
        if home is None or address is None or not home.host or home.host != address.host:
            return ''
        root = home.path.rstrip('/')
        if not address.path.startswith(f'{root}/'):
            return ''
        path = address.path.removeprefix(f'{root}/').partition('?')[0]
    for name in (path, f'{path}/index'.lstrip('/')):
        if name in env.all_docs:
            return name
    return ''


def _sentence(mention: Mention) -> tuple[str, int, str]:
    """What mentions of one sentence have in common."""
    return str(mention.source), mention.line, mention.context


def _numbers_in_formulas(env: BuildEnvironment, sentence: tuple[str, int, str]) -> dict[_Span, str]:
    """The numbers in place of the references within the formulas of a sentence."""
    source, _line, context = sentence
    domain = scoped_math_domain(env)
    found: dict[_Span, str] = {}
    if domain is None or 'ref' not in context:
        return found
    position = 0
    for piece, is_math in split_math(context):
        position += is_math
        for reference in references_in(piece) if is_math else ():
            if (equation := domain.lookup(source, reference.label)) is not None:
                text = to_plain(domain.link_text(source, *equation, reference.kind or 'eqref'))
                plain = ''.join(character for character in text if character not in '\\{}$#%^_&~')
                place = (position + reference.start, position + reference.end)
                found[place] = rf'\text{{{plain}}}'
        position += len(piece) + is_math
    return found


def _shown(mention: Mention, words: str) -> str:
    """The words that a reader will see in place of a mention; empty: its own."""
    start, end = mention.span
    return words if mention.context[start:end] == mention.text else ''


def _with_words(mention: Mention, words: Mapping[_Span, str]) -> Mention:
    """The mention in its sentence as a reader will see it: titles and numbers instead of names.

    :param words: what is seen of this mention and others of the same sentence, by place.
    """
    pieces: list[str] = []
    done = length = 0
    span = mention.span
    for (start, end), shown in sorted(words.items()):
        if start < done:
            continue
        pieces += [mention.context[done:start], shown]
        length += start - done
        if (start, end) == mention.span:
            span = (length, length + len(shown))
        elif end <= mention.span[0]:
            moved = length + len(shown) - end
            span = (mention.span[0] + moved, mention.span[1] + moved)
        length += len(shown)
        done = end
    context = ''.join([*pieces, mention.context[done:]])
    return replace(mention, text=words.get(mention.span, mention.text), context=context, span=span)


def _means_document(raw: RawMention) -> bool:
    attributes = dict(raw.xref)
    return (attributes.get('refdomain'), attributes.get('reftype')) in {
        ('std', 'doc'),
        ('blog', 'post'),
        ('blog', 'wiki'),
    }


def _target_of(
    env: BuildEnvironment, builder: Any, raw: RawMention, titles: dict[str, str]
) -> tuple[str, str]:
    """The document that a cross-reference leads to, and its words where Sphinx supplies them.

    :param titles: those of documents as links show them, as far as they were asked for.
    """
    attributes = dict(raw.xref)
    domain_name = str(attributes.get('refdomain') or '')
    kind, target = str(attributes.get('reftype') or ''), str(attributes.get('reftarget') or '')
    source = str(raw.mention.source)
    if domain_name == 'doc' and kind == 'myst':  # MyST resolves paths itself
        return target, '' if raw.mention.text else _title_in(env, target, attributes.get('reftargetid'))
    if domain_name == 'std' and kind == 'doc':  # most of them, and Sphinx would write a link for each
        docname = docname_join(str(attributes.get('refdoc') or source), target)
        known = docname in env.all_docs
        if not known or attributes.get('refexplicit'):
            return (docname if known else ''), ''
        if docname not in titles:
            titles[docname] = plain_text(nodes.inline('', clean_astext(env.titles[docname])))
        return docname, titles[docname]
    if domain_name == 'std' and kind == 'numref':  # its numbers don't exist yet
        labels = env.get_domain('std').data
        found = labels['labels'].get(target) or labels['anonlabels'].get(target)
        return (str(found[0]) if found else ''), ''
    node = addnodes.pending_xref('', nodes.inline('', raw.mention.text), **attributes)
    node.setdefault('refdoc', source)
    content = nodes.inline('', raw.mention.text)
    result: nodes.Element | None
    try:
        if domain_name and domain_name in env.domaindata:
            domain = env.get_domain(domain_name)
            result = domain.resolve_xref(env, source, builder, kind, target, node, content)
        else:
            result = _resolve_any(env, builder, source, target, node, content)
    except NoUri:
        return '', ''
    except Exception as error:
        # Foreign code was asked a question that only we ask: its failure is not the author's.
        logger.debug('[blog] %s:%s %r can not be resolved: %r', domain_name, kind, target, error)
        return '', ''
    if result is None:
        return '', ''
    words = '' if attributes.get('refexplicit') else plain_text(result)
    for reference in result.findall(nodes.reference):
        if reference.get('refid'):
            return source, words
        if reference.get('refuri'):
            return str(reference['refuri']).partition('#')[0] or source, words
    return '', ''


def _title_in(env: BuildEnvironment, docname: str, name: object) -> str:
    """The heading that MyST shows for a link without words: the document's, or a section's by its slug."""
    if name:
        slugs = env.metadata.get(docname, {}).get('myst_slugs', {})
        return str(slugs[name][2]) if name in slugs else ''
    title = env.titles.get(docname)
    return plain_text(title) if title is not None else ''


def _resolve_any(
    env: BuildEnvironment,
    builder: Any,
    source: str,
    target: str,
    node: addnodes.pending_xref,
    content: nodes.inline,
) -> nodes.Element | None:
    """A document first, as Sphinx does for ``:any:``, then what any domain knows by that name."""
    found = env.get_domain('std').resolve_xref(env, source, builder, 'doc', target, node, content)
    if found is not None:
        return found
    for name in sorted(env.domaindata):
        try:
            domain = env.get_domain(name)
            results = domain.resolve_any_xref(env, source, builder, target, node, content)
        except (NotImplementedError, KeyError):
            continue
        if results:
            return results[0][1]
    return None
