// @ts-check
/* The search box: a combobox whose list holds the tags and series of that name, then the best nodes for what is typed. */
(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;
  const RESULTS = 12;
  const FACETS = 3; // of these tags and series

  /**
   * @param {{input: HTMLInputElement, results: HTMLElement, model: any, language: string,
   *   say: (key: string, values?: Record<string, string | number>) => string,
   *   announce: (text: string) => void, choose: (node: number) => void, leave: () => void,
   *   narrow?: (facet: 'tags' | 'series', value: number) => void}} page narrow: only posts of a tag or series are shown
   */
  function createSearch({ input, results, model, language, say, announce, choose, leave, narrow }) {
    const { element, fold, fromHtml, readableDate } = blogGraph;
    const { data, nodes } = model;
    /** @typedef {{facet: 'tags' | 'series', value: number, name: string}} Facet */
    /** @type {(number | Facet)[]} */
    let found = [];
    let active = -1;

    /** @returns {Facet[]} tags and series whose names hold what is typed, the shortest first */
    function facets() {
      const asked = fold(input.value.trim());
      if (!narrow || !asked) return [];
      /** @type {Facet[]} */
      const all = [];
      data.series.forEach((/** @type {{name: string}} */ { name }, /** @type {number} */ value) => {
        if (fold(name).includes(asked)) all.push({ facet: 'series', value, name });
      });
      data.tags.forEach((/** @type {string} */ name, /** @type {number} */ value) => {
        if (fold(name).includes(asked)) all.push({ facet: 'tags', value, name });
      });
      return all.sort((a, b) => a.name.length - b.name.length).slice(0, FACETS);
    }

    /** @param {number} node @returns {string} why it is found, where its title does not say so; else when it was written */
    function about(node) {
      const kind = data.kinds[nodes.kind[node]];
      if (kind !== 'post') return say(`mark-${kind}`);
      const words = fold(input.value).split(/\s+/u).filter(Boolean);
      const title = fold(nodes.label[node]);
      const word = words.find((/** @type {string} */ one) => !title.includes(one));
      const named = word && [...nodes.tags[node].map((/** @type {number} */ tag) => data.tags[tag]),
        nodes.series[node] < 0 ? '' : data.series[nodes.series[node]].name].find((name) => fold(name).includes(word));
      return named || readableDate(nodes.date[node], language);
    }

    /** @param {number | Facet} what @param {number} k */
    function option(what, k) {
      const item = element('li', { role: 'option', id: `${results.id}-${k}`, 'aria-selected': String(k === active) });
      if (typeof what === 'number') {
        item.append(fromHtml('span', 'bg-result-title', model.titleHtml(what)),
          element('span', { class: 'bg-result-about', dir: 'auto' }, about(what)));
      } else {
        item.append(element('span', { class: 'bg-result-title' }, element('span', { class: 'bg-tag', dir: 'auto' }, what.name)),
          element('span', { class: 'bg-result-about' }, say(what.facet === 'tags' ? 'only-tag' : 'only-series')));
      }
      // The input keeps the focus until the choice is made.
      item.addEventListener('pointerdown', (/** @type {Event} */ event) => { event.preventDefault(); });
      item.addEventListener('click', () => { take(k); });
      return item;
    }

    function refresh() {
      const asked = Boolean(input.value.trim());
      const extra = facets();
      const posts = model.search(input.value, RESULTS - extra.length);
      // A post called so is meant before a tag called so.
      found = [...posts.slice(0, 1), ...extra, ...posts.slice(1)];
      active = found.length ? 0 : -1;
      results.replaceChildren(...found.map(option));
      if (asked && !found.length) {
        results.replaceChildren(element('li', { class: 'bg-nothing', role: 'option', 'aria-disabled': 'true' }, say('nothing')));
      }
      if (asked) announce(found.length ? say('found', { count: found.length }) : say('nothing'));
      results.hidden = !asked;
      mark();
    }

    function mark() {
      input.setAttribute('aria-expanded', String(!results.hidden));
      if (active >= 0 && !results.hidden) input.setAttribute('aria-activedescendant', `${results.id}-${active}`);
      else input.removeAttribute('aria-activedescendant');
      [...results.children].forEach((item, k) => {
        item.setAttribute('aria-selected', String(k === active));
        if (k === active) item.scrollIntoView({ block: 'nearest' });
      });
    }

    function hide() {
      results.hidden = true;
      mark();
    }

    /** @param {number} k */
    function take(k) {
      hide();
      const what = found[k];
      if (typeof what === 'number') choose(what);
      else if (narrow) {
        input.value = '';
        narrow(what.facet, what.value);
      }
    }

    input.addEventListener('input', refresh);
    input.addEventListener('focus', () => { if (input.value.trim()) refresh(); });
    input.addEventListener('blur', hide);
    input.addEventListener('keydown', (event) => {
      if (event.isComposing) return; // Enter and arrows belong to the input method
      if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && found.length) {
        active = (active + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % found.length;
        mark();
      } else if (event.key === 'Enter') {
        if (active >= 0) take(active);
      } else if (event.key === 'Escape') {
        input.value = '';
        refresh();
        leave();
      } else return;
      event.preventDefault();
    });
  }

  blogGraph.createSearch = createSearch;
})();
