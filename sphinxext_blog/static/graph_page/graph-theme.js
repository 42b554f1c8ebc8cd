// @ts-check
/* Light or dark, before anything is painted. Reads what the site's theme has
   stored: furo keeps 'light', 'dark' or 'auto' under 'theme'; pydata-sphinx-theme
   keeps the reader's wish under 'mode' and what it came to under 'theme'. */
(function () {
  'use strict';

  const root = document.documentElement;
  const system = window.matchMedia('(prefers-color-scheme: dark)');

  /** @param {string} key @returns {string} */
  function stored(key) {
    try {
      return window.localStorage.getItem(key) || '';
    } catch {
      return ''; // storage is closed to pages from file:// in some browsers
    }
  }

  /** @returns {'light' | 'dark' | 'auto'} */
  function wish() {
    const value = stored('mode') || stored('theme');
    return value === 'light' || value === 'dark' ? value : 'auto';
  }

  function apply() {
    const wanted = wish();
    root.dataset.theme = wanted === 'auto' ? (system.matches ? 'dark' : 'light') : wanted;
    root.dispatchEvent(new Event('blog-graph-theme'));
  }

  /** The other one of light and dark, remembered where the site's theme looks. */
  function toggle() {
    const next = root.dataset.theme === 'dark' ? 'light' : 'dark';
    try {
      window.localStorage.setItem('theme', next);
      if (stored('mode')) window.localStorage.setItem('mode', next);
    } catch {
      root.dataset.theme = next;
      root.dispatchEvent(new Event('blog-graph-theme'));
      return;
    }
    apply();
  }

  root.classList.remove('no-js');
  apply();
  system.addEventListener('change', apply);
  window.addEventListener('storage', apply);
  /** @type {any} */ (window).blogGraphTheme = { toggle };
})();
