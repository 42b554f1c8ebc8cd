"""Find a Chromium for the tests of the pages, or install one.

``python tools/find_browser.py`` prints the path of a browser that starts, or
fails with one line that says what to do. With ``--install`` it first tries to
get one: Debian's package when run as root on Debian, else Playwright's own.

Looked for, in this order: the environment variable ``BLOG_CHROMIUM``, the usual
names on ``PATH``, the usual places on macOS, the browser that Playwright
downloaded.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ['BrowserNotFoundError', 'find_browser', 'install_browser']

_NAMES = ('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome')
_MACOS = (
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
)
_DEBIAN = (
    ('apt-get', 'update', '-qq'),
    ('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'),
)


class BrowserNotFoundError(RuntimeError):
    """No browser that starts; the message names the remedy."""


def find_browser() -> Path:
    """The browser that the tests drive.

    :raises BrowserNotFoundError: when there is none, or when ``BLOG_CHROMIUM``
        names a program that doesn't start (then no other is tried).
    """
    if chosen := os.environ.get('BLOG_CHROMIUM'):
        path = shutil.which(chosen)
        if path is None or not _starts(path):
            raise BrowserNotFoundError(f'BLOG_CHROMIUM={chosen} is not a browser that starts')
        return Path(path)
    candidates = [shutil.which(name) for name in _NAMES]
    candidates += [shutil.which(place) for place in _MACOS]
    for candidate in candidates:
        if candidate and _starts(candidate):
            return Path(candidate)
    if (own := _browser_of_playwright()) and _starts(own):
        return Path(own)
    raise BrowserNotFoundError(
        'no Chromium or Chrome found, and the tests of the pages need one: run `make browser`, '
        'or install one and set BLOG_CHROMIUM to its path'
    )


def install_browser() -> None:
    """Install a browser; what the installers say goes to standard error.

    :raises BrowserNotFoundError: when an installer fails.
    """
    environment = os.environ | {'DEBIAN_FRONTEND': 'noninteractive'}
    for command in _install_commands():
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment, check=False
        )
        if done.returncode:
            raise BrowserNotFoundError(f'no browser found, and `{" ".join(command)}` failed (see above)')


def _install_commands() -> tuple[tuple[str, ...], ...]:
    playwright = (sys.executable, '-m', 'playwright', 'install')
    root = hasattr(os, 'geteuid') and os.geteuid() == 0
    if root and _is_debian():
        return _DEBIAN
    if root and shutil.which('apt-get'):
        return ((*playwright, '--with-deps', 'chromium'),)
    return ((*playwright, 'chromium'),)


def _starts(path: str) -> bool:
    # Being there is not enough: Ubuntu's /usr/bin/chromium-browser is a script
    # that only asks for a snap.
    try:
        done = subprocess.run(
            (path, '--version'),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _browser_of_playwright() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        return shutil.which(str(playwright.chromium.executable_path))


def _is_debian() -> bool:
    # Ubuntu is left out: its package of this name is an empty shell around a snap.
    try:
        return platform.freedesktop_os_release().get('ID') == 'debian'
    except OSError:
        return False


def _main(arguments: list[str]) -> int:
    try:
        try:
            browser = find_browser()
        except BrowserNotFoundError:
            if '--install' not in arguments or os.environ.get('BLOG_CHROMIUM'):
                raise
            install_browser()
            browser = find_browser()
    except BrowserNotFoundError as error:
        print(f'find_browser: {error}', file=sys.stderr)
        return 1
    print(browser)
    return 0


if __name__ == '__main__':
    sys.exit(_main(sys.argv[1:]))
