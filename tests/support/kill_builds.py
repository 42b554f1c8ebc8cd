"""Kill builds at random moments and build again: the result is that of a clean build.

    python tests/support/kill_builds.py 100 --jobs 1
    python tests/support/kill_builds.py 100 --jobs 2 --seed 7

A small blog with an archive, feeds, formulas and graph is built in a folder that
holds nothing, or a finished build of an older state of its sources. The build is
killed (SIGKILL) in one of its phases, after a random part of the time that the
phase takes; its workers are killed with it, or outlive it. Then the sources stay, or
go back to the older state, and the site is built again. All that a clean build
writes has to be there, byte by byte, and nothing else; the same holds for the
folder of the import. One line says what happened; exit status 1 tells of a difference.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

PHASES = ('import', 'read', 'resolve', 'write', 'finish', 'export')
CONF = """
import os, time
project = 'Kill'
author = 'Emmy Noether'
extensions = ['sphinxext_blog']
html_theme = 'basic'
html_baseurl = 'https://example.org/'
exclude_patterns = ['archive']
blog_sources = ['archive']
blog_import_dir = 'imported'
blog_post_pattern = ['posts/*', 'imported/*']
blog_feed_fulltext = True

def mark(phase):
    def handler(*_):
        if place := os.environ.get('KILL_PHASES'):
            with open(place, 'a') as file:
                file.write(f'{phase} {time.monotonic()}\\n')
        return []
    return handler

def setup(app):
    app.connect('builder-inited', mark('import'), priority=-1)
    app.connect('env-before-read-docs', mark('read'))
    app.connect('env-updated', mark('resolve'), priority=-1)
    app.connect('write-started', mark('write'))
    app.connect('html-collect-pages', mark('finish'), priority=-1)
    app.connect('build-finished', mark('export'), priority=-1)
    app.connect('build-finished', mark('end'), priority=1000)
"""
POST = """:date: 2020-0{month}-1{day}
:tags: {tag}, 梯度

{title}
==============================

{words} 见《{other}》。 See :doc:`p{link}` and :math:`a_{{{number}}}^2 + b = c`.

.. math::
   :label: eq{number}

   \\int_0^{{{number}}} x^2 \\,dx = \\frac{{x^3}}{{3}}

{words}
"""
_LISTING = (
    '{title}\nBy 甲 | 2021-0{month}-02 | 1{month}00位读者 | '
    '引用本文讨论 $x_{month}^2+y^2$ 与{words}的关系。\n'
)


def sources(version: int) -> dict[str, str]:
    """The files of the blog in one of its two states."""
    files = {'conf.py': CONF, 'index.rst': 'Index\n=====\n\n.. toctree::\n   :glob:\n\n   posts/*\n'}
    for number in range(1, 10):
        if number == (4 if version else 5):
            continue
        changed = version and number in {1, 2, 7}
        title = f'Post {number} on rings{" and ideals" if changed and number == 2 else ""}'
        other = 'Post 2 on rings' if number != 2 else 'Post 3 on rings'
        files[f'posts/p{number}.rst'] = POST.format(
            title=title,
            other=other,
            number=number,
            month=1 + number % 9,
            day=number % 10,
            tag=f'tag{number % (3 + version)}',
            link=1 + number % 3,
            words=f'Words of wisdom {number} gradient lattice{" spectrum" if changed else ""}.',
        )
    for number in range(1, 6):
        if number == (3 if version else 4):
            continue
        words = '概率分布' if version and number == 1 else '梯度下降'
        files[f'archive/a{number}.txt'] = _LISTING.format(title=f'漫谈之{number}', month=number, words=words)
    return files


def put(folder: Path, version: int) -> None:
    """Bring the sources to a state as an editor does: what is equal is not touched."""
    wanted = sources(version)
    for name in {*sources(0), *sources(1)} - wanted.keys():
        (folder / name).unlink(missing_ok=True)
    for name, content in wanted.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text(encoding='utf-8') != content:
            path.write_text(content, encoding='utf-8')


def start(site: Path, jobs: int, phases: Path | None = None) -> int:
    """Begin a build in a process (and process group) of its own."""
    sys.stdout.flush()
    if child := os.fork():
        return child
    os.setpgid(0, 0)
    if phases:
        os.environ['KILL_PHASES'] = str(phases)
    from sphinx.cmd.build import main as sphinx_build

    status = 70
    with (site / 'log').open('w', encoding='utf-8') as log, contextlib.redirect_stdout(log):
        with contextlib.redirect_stderr(log):
            status = sphinx_build(['-b', 'html', '-j', str(jobs), str(site / 'src'), str(site / 'out')])
        log.flush()
    os._exit(status)


def finished(child: int) -> int:
    """Wait for a build; its exit status."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def snapshot(site: Path) -> dict[str, bytes]:
    """What readers, and other builds, are given."""
    found: dict[str, bytes] = {}
    for folder in (site / 'out', site / 'src' / 'imported'):
        for path in sorted(folder.rglob('*')):
            name = path.relative_to(site).as_posix()
            skipped = '/.doctrees/' in name or path.name in {'.buildinfo', 'objects.inv'}
            if path.is_file() and not skipped:
                found[name] = path.read_bytes()
    index = found['out/searchindex.js']
    known = json.loads(index[index.index(b'{') : index.rindex(b'}') + 1])
    for kind in ('terms', 'titleterms'):  # Sphinx keeps words that no document holds any more
        known[kind] = {term: places for term, places in known[kind].items() if places != []}
    found['out/searchindex.js'] = json.dumps(known, sort_keys=True).encode()
    return found


def durations(phases: Path) -> dict[str, tuple[float, float]]:
    """Begin and length of each phase of a finished build, in seconds."""
    told = [line.split() for line in phases.read_text().splitlines()]
    times = [(phase, float(moment)) for phase, moment in told]
    return {phase: (moment, after[1] - moment) for (phase, moment), after in pairwise(times)}


class Killer:
    """Kills builds of one blog in a folder."""

    def __init__(self, folder: Path, jobs: int, seed: int) -> None:
        self.random = random.Random(seed)
        self.jobs = jobs
        self.site = folder / 'site'
        self.older = folder / 'older'
        self.log = folder / 'phases'
        self.expected: list[dict[str, bytes]] = []
        for version in (1, 0):
            shutil.rmtree(self.site, ignore_errors=True)
            put(self.site / 'src', version)
            self.log.unlink(missing_ok=True)
            status = finished(start(self.site, jobs, self.log))
            if status:
                raise RuntimeError((self.site / 'log').read_text(encoding='utf-8'))
            self.expected.insert(0, snapshot(self.site))
        self.lengths = {phase: length for phase, (_, length) in durations(self.log).items()}
        shutil.copytree(self.site, self.older)

    def round(self, number: int) -> tuple[str, list[str]]:
        """Kill one build and build again.

        :return: what was done, and the names of the files that differ.
        """
        phase = PHASES[number % len(PHASES)]
        fresh, reverted, orphans = (self.random.random() < share for share in (0.3, 0.3, 0.5))
        shutil.rmtree(self.site)
        if fresh:
            self.site.mkdir()
        else:
            shutil.copytree(self.older, self.site)
        put(self.site / 'src', 1)
        self.log.write_text('')
        child = start(self.site, self.jobs, self.log)
        delay = self.random.random() * self.lengths[phase]
        while f'{phase} ' not in self.log.read_text():
            if os.waitpid(child, os.WNOHANG)[0]:
                raise RuntimeError((self.site / 'log').read_text(encoding='utf-8'))
            time.sleep(0.002)
        time.sleep(delay)
        if orphans:
            os.kill(child, signal.SIGKILL)
        else:
            os.killpg(child, signal.SIGKILL)
        done = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        told = self.log.read_text().split()[-2]
        version = 0 if reverted else 1
        put(self.site / 'src', version)
        status = finished(start(self.site, self.jobs))
        seen = snapshot(self.site)
        wanted = self.expected[version]
        names = sorted(name for name in seen.keys() | wanted.keys() if seen.get(name) != wanted.get(name))
        what = f'{"killed" if done < 0 else "ended"} in {told}, {"first" if fresh else "later"} build'
        what += ', then reverted' * reverted + ', workers live' * orphans
        return what, [*([f'exit status {status}'] if status else []), *names]


def tell(line: str) -> None:
    sys.stdout.write(f'{line}\n')
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    parser.add_argument('kills', type=int)
    parser.add_argument('--jobs', type=int, default=2)
    parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    import sphinx.builders.html  # what every build needs, once
    import sphinx.cmd.build  # noqa: F401

    phases: Counter[str] = Counter()
    bad = 0
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        killer = Killer(Path(temporary), options.jobs, options.seed)
        for number in range(options.kills):
            what, differing = killer.round(number)
            phases[what.split(',')[0]] += 1
            if differing:
                bad += 1
                tell(f'{number}: {what}: {", ".join(differing)}')
                if os.environ.get('KILL_KEEP'):
                    shutil.copytree(killer.site, Path(os.environ['KILL_KEEP']) / str(number))
    told = ', '.join(f'{phase}: {count}' for phase, count in sorted(phases.items()))
    seconds = time.monotonic() - begin
    tell(
        f'{options.kills} builds, -j{options.jobs}, {seconds:.0f} s; {told}; {bad} differ from a clean build'
    )
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
