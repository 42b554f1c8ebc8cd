// @ts-check
/* The address of the page and the way back: what a reader does becomes an entry of the browser's history, how the map
   is moved only changes the entry that is there. */
(function () {
  'use strict';

  const PAUSE = 300; // ms without movement after which the view is written

  /**
   * @param {object} page
   * @param {() => string} page.write the present fragment, without #
   * @param {(fragment: string) => void} page.onChange the reader went back or forward, or changed the address
   * @returns {{push: () => void, move: () => void, flush: () => void, destroy: () => void}}
   *   `push` after a selection, a filter, a path: makes an entry, when the fragment is another one; `move` whenever the
   *   map moves: changes the entry after a pause; `flush` writes what is still waiting
   */
  function createHistory({ write, onChange }) {
    const { history, location } = window;
    let written = location.hash.slice(1);
    /** @type {string | null} what the present entry should say */
    let waiting = null;
    let timer = 0;
    let following = false;

    /** @param {'pushState' | 'replaceState'} how @param {string} fragment @returns {boolean} whether it was done */
    function enter(how, fragment) {
      if (fragment === written) return true;
      try {
        history[how](null, '', fragment ? `#${fragment}` : location.pathname + location.search);
      } catch {
        // Safari allows 100 calls in 30 seconds (https://bugs.webkit.org/show_bug.cgi?id=156115), others forbid it to
        // pages from file://. The page works without; the next movement or choice tries again.
        return false;
      }
      written = fragment;
      return true;
    }

    function flush() {
      window.clearTimeout(timer);
      timer = 0;
      if (waiting !== null) enter('replaceState', waiting);
      waiting = null;
    }

    function push() {
      if (following) return;
      // Where the map was when the reader left belongs to the entry that is left.
      flush();
      const fragment = write();
      if (!enter('pushState', fragment)) move();
    }

    function move() {
      waiting = write();
      window.clearTimeout(timer);
      timer = window.setTimeout(flush, PAUSE);
    }

    function follow() {
      const fragment = location.hash.slice(1);
      if (fragment === written) return;
      window.clearTimeout(timer);
      waiting = null;
      written = fragment;
      following = true;
      try {
        onChange(fragment);
      } finally {
        following = false;
      }
    }

    // Both, since a change of the fragment alone makes only the second in some browsers.
    window.addEventListener('popstate', follow);
    window.addEventListener('hashchange', follow);
    window.addEventListener('pagehide', flush);

    function destroy() {
      window.clearTimeout(timer);
      window.removeEventListener('popstate', follow);
      window.removeEventListener('hashchange', follow);
      window.removeEventListener('pagehide', flush);
    }

    return { push, move, flush, destroy };
  }

  Object.assign(/** @type {any} */ (window).blogGraph, { createHistory });
})();
