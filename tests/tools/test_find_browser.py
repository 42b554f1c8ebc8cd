from __future__ import annotations

import subprocess
import sys

import pytest
from find_browser import BrowserNotFoundError, find_browser


@pytest.fixture
def program(tmp_path):
    """Write an executable script: ``program('chromium', 'exit 0')``."""

    def write(name, script):
        path = tmp_path / 'a folder' / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'#!/bin/sh\n{script}\n', encoding='utf-8')
        path.chmod(0o755)
        return path

    return write


def test_the_browser_that_the_environment_names_is_taken(program, monkeypatch):
    chosen = program('my browser', 'echo Chromium 1.2')
    monkeypatch.setenv('BLOG_CHROMIUM', str(chosen))
    assert find_browser() == chosen


@pytest.mark.parametrize('script', ['exit 1', None])
def test_a_named_browser_that_does_not_start_is_an_error_and_no_other_is_tried(program, monkeypatch, script):
    working = program('chromium', 'exit 0')
    broken = program('broken', script) if script else working.with_name('absent')
    monkeypatch.setenv('PATH', str(working.parent))
    monkeypatch.setenv('BLOG_CHROMIUM', str(broken))
    with pytest.raises(BrowserNotFoundError, match=r'BLOG_CHROMIUM=.* is not a browser that starts'):
        find_browser()


def test_a_program_on_the_path_that_does_not_start_is_passed_over(program, monkeypatch):
    program('chromium', 'echo "run: snap install chromium" >&2; exit 1')
    chrome = program('google-chrome', 'exit 0')
    monkeypatch.setenv('PATH', str(chrome.parent))
    monkeypatch.delenv('BLOG_CHROMIUM', raising=False)
    assert find_browser() == chrome


def test_the_command_prints_the_browser(program, monkeypatch, request):
    chosen = program('chromium', 'exit 0')
    done = _run(request, monkeypatch, chosen)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, str(chosen), '')


def test_the_command_says_in_one_line_what_is_wrong(program, monkeypatch, request):
    done = _run(request, monkeypatch, program('chromium', 'exit 1'), '--install')
    assert (done.returncode, done.stdout) == (1, '')
    assert done.stderr.startswith('find_browser: BLOG_CHROMIUM=')
    assert done.stderr.count('\n') == 1


def _run(request, monkeypatch, browser, *arguments):
    monkeypatch.setenv('BLOG_CHROMIUM', str(browser))
    script = request.config.rootpath / 'tools' / 'find_browser.py'
    return subprocess.run(
        [sys.executable, script, *arguments], capture_output=True, text=True, encoding='utf-8', check=False
    )
