"""More real posts with links, from public repositories, in the form of the corpora.

Makes ``OUT/<name>/src`` and ``OUT/<name>/truth.jsonl`` (source, target, text of
every link between two documents) of blogs, books and wikis written in Markdown.
Their texts stay under their own licences and are not part of this project.

Run: ``python benchmarks/more_corpora.py OUT --clones FOLDER``, where ``FOLDER``
holds clones (or bare ones) called as in :data:`SOURCES`, with ``owner/name``
or ``owner+name``.
"""

from __future__ import annotations

import argparse
import json
import posixpath
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Source(NamedTuple):
    """Where posts lie in a repository and how they are addressed."""

    repository: str
    folders: tuple[str, ...]
    address: str = ''
    """Regular expression for the path of a file, whose groups joined by slashes are the address of its page;
    empty: pages are addressed by relative paths of files."""
    hosts: tuple[str, ...] = ()


SOURCES = {
    'zh-cosx': Source(
        'cosname/cosx.org', ('content/post/',), r'(\d{4})-(\d\d)-\d\d-([^/.]+)', ('cosx.org', 'cos.name')
    ),
    'zh-yihui': Source(
        'yihui/yihui.org', ('content/cn/',), r'(cn)/(\d{4})-(\d\d)-\d\d-([^/.]+)', ('yihui.org',)
    ),
    'zh-oiwiki-full': Source('OI-wiki/OI-wiki', ('docs/',)),
    'zh-d2l-full': Source('d2l-ai/d2l-zh', ('chapter_',)),
    'en-jeremykun': Source(
        'j2kun/jeremykun.com',
        ('content/_posts/',),
        r'(\d{4})-\d\d-\d\d-([^/.]+)',
        ('jeremykun.com', 'jeremykun.wordpress.com'),
    ),
    'en-quantecon': Source('QuantEcon/lecture-python-advanced.myst', ('lectures/',)),
}

_SUFFIXES = ('.md', '.Rmd', '.Rmarkdown', '.markdown')
_LINK = re.compile(
    r'(?<!!)\[((?:[^\[\]]|\[[^\]]*\]){1,300})\]\(<?([^()\s>]+(?:\([^()\s]*\))?[^()\s>]*)>?(?:\s+"[^"]*")?\)'
)
_REFERENCE = re.compile(r'(?P<pre>:numref:|:ref:|:eqref:|\{(?:doc|ref|numref)\})`(?:([^`<]*)<)?([^`>]+)>?`')
_LABEL = re.compile(r':label:`([^`]+)`|^\(([\w-]+)\)=', re.MULTILINE)
_SHORTCODE = re.compile(r'\{\{[<%]\s*(?:rel)?ref\s+"([^"]+)"\s*[%>]\}\}')


def documents(repository: Path, folders: Sequence[str]) -> dict[str, str]:
    """Path without suffix -> text of every Markdown file of the newest commit."""
    git = ['git', '-C', str(repository)]
    listed = subprocess.run(
        [*git, 'ls-tree', '-r', '--name-only', '-z', 'HEAD'], check=True, capture_output=True
    )
    wanted = {}
    for name in listed.stdout.decode('utf-8').split('\0'):
        stem, suffix = posixpath.splitext(name)
        # d2l-zh keeps the English originals beside its chapters.
        if suffix in _SUFFIXES and name.startswith(tuple(folders)) and not stem.endswith('_origin'):
            wanted.setdefault(stem, name)
    asked = ''.join(f'HEAD:{name}\n' for name in wanted.values()).encode()
    told = subprocess.run([*git, 'cat-file', '--batch'], input=asked, check=True, capture_output=True).stdout
    found, at = {}, 0
    for stem in wanted:
        end = told.index(b'\n', at)
        head = told[at:end].split()
        at = end + 1
        if head[-1] != b'missing':  # a partial clone
            size = int(head[-1])
            found[stem] = told[at : at + size].decode('utf-8', 'replace')
            at += size + 1
    return found


def navigation(repository: Path) -> dict[str, str]:
    """Titles that a wiki keeps in its ``mkdocs.yml`` alone, by path below the folder."""
    told = subprocess.run(
        ['git', '-C', str(repository), 'show', 'HEAD:mkdocs.yml'], capture_output=True, check=False
    )
    lines = told.stdout.decode('utf-8', 'replace')
    return {
        m[2]: m[1].strip('"\'')
        for m in re.finditer(r'^\s*- ([^:\n]+): ([\w./-]+)\.md\s*$', lines, re.MULTILINE)
    }


def links(texts: dict[str, str], source: Source) -> Iterator[tuple[str, str, str]]:
    """Source, target and words of each link between two documents."""
    labels = {m[1] or m[2]: name for name, text in texts.items() for m in _LABEL.finditer(text)}
    address = re.compile(source.address)
    pages = {}
    for name in texts:
        if source.address and (match := address.search(name)):
            pages[_key('/'.join(match.groups()))] = name
    for name, text in texts.items():
        for match in _REFERENCE.finditer(text):
            target = labels.get(match[3]) or _relative(name, match[3], texts)
            if target and target != name:
                yield name, target, (match[2] or '').strip()
        for match in _LINK.finditer(_SHORTCODE.sub(r'\1', text)):
            parts = urlsplit(match[2])
            path = unquote(parts.path)
            if parts.netloc and not parts.netloc.endswith(source.hosts or ('\0',)):
                continue
            if source.address:
                target = pages.get(_key(re.sub(r'index\.html?$|\.html?$', '', path).strip('/')))
            else:
                target = None
            target = target or _relative(name, path, texts)
            if target and target != name:
                yield name, target, match[1]


def _key(path: str) -> str:
    """Year and name of a post; months and days in addresses follow other clocks than names of files."""
    parts = [part for part in path.split('/') if not re.fullmatch(r'\d\d', part)]
    return '/'.join(parts)


def _relative(name: str, path: str, texts: dict[str, str]) -> str | None:
    stem = re.sub(r'(?:/index)?\.(?:md|html?|Rmd)$', '', path)
    for tried in (stem, f'{stem}/index'):
        full = posixpath.normpath(posixpath.join(posixpath.dirname(name), tried))
        if path and full in texts:
            return full
    return None


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or '').partition('\n')[0])
    parser.add_argument('out', type=Path)
    parser.add_argument('--clones', type=Path, required=True)
    options = parser.parse_args(argv)
    for name, source in SOURCES.items():
        owner, _, repo = source.repository.partition('/')
        tried = (f'{owner}/{repo}', f'{owner}+{repo}/repo', f'{owner}+{repo}', repo)
        clone = next((options.clones / t for t in tried if (options.clones / t).is_dir()), None)
        if clone is None:
            print(f'{name}: no clone of {source.repository} in {options.clones}')
            continue
        texts = documents(clone, source.folders)
        titles = navigation(clone)
        for stem, title in titles.items():
            if (name_of := f'{source.folders[0]}{stem}') in texts and not re.match(r'# |---', texts[name_of]):
                texts[name_of] = f'# {title}\n\n{texts[name_of]}'
        found = sorted(set(links(texts, source)))
        for stem, text in texts.items():
            file = options.out / name / 'src' / f'{stem}.md'
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, 'utf-8')
        with (options.out / name / 'truth.jsonl').open('w', encoding='utf-8') as file:
            for one, two, text in found:
                file.write(
                    json.dumps({'source': one, 'target': two, 'text': text}, ensure_ascii=False) + '\n'
                )
        pairs = {(one, two) for one, two, _ in found}
        print(
            f'{name}: {len(texts)} documents, {len(pairs)} pairs linked, {len({o for o, _ in pairs})} sources'
        )
    return 0


if __name__ == '__main__':
    raise SystemExit(main())
