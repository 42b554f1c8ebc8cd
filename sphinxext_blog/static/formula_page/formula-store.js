// @ts-check
/* The namespace of the formula page, and its data: scripts that each call
   blogFormulas.receive once. Script elements work where fetch does not: on
   pages that were opened from a folder. */
(function () {
  'use strict';

  /** @type {Map<string, {promise: Promise<any>, resolve: (value: any) => void}>} */
  const files = new Map();

  /** @param {string} name */
  function slot(name) {
    let found = files.get(name);
    if (!found) {
      /** @type {(value: any) => void} */
      let resolve = () => {};
      const promise = new Promise((done) => { resolve = done; });
      found = { promise, resolve };
      files.set(name, found);
    }
    return found;
  }

  /** Called by each data script. @param {string} name @param {any} value */
  function receive(name, value) {
    if (name === 'tables') blogFormulas.tables = value;
    slot(name).resolve(value);
  }

  /**
   * A reader of the files of an index, each of which is loaded once.
   * @param {string} folder address that ends in a slash
   * @param {string} version changes when the index does, so that no browser keeps an old file
   * @returns {(name: string) => Promise<any>} null for a file that there is not
   */
  function reader(folder, version) {
    /** @type {Set<string>} */
    const asked = new Set();
    return (name) => {
      const { promise, resolve } = slot(name);
      if (!asked.has(name)) {
        asked.add(name);
        const script = document.createElement('script');
        script.src = `${folder}${name}.js?v=${version}`;
        script.addEventListener('error', () => resolve(null));
        script.addEventListener('load', () => resolve(null)); // a damaged one has run without giving anything
        document.head.append(script);
      }
      return promise;
    };
  }

  const blogFormulas = { receive, reader, /** @type {any} */ tables: null };
  /** @type {any} */ (window).blogFormulas = blogFormulas;
})();
