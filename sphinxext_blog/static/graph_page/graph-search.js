// @ts-check
/* The search box: a combobox whose list holds the best nodes for what is typed. */
(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;
  const RESULTS = 12;

  /**
   * @param {{input: HTMLInputElement, results: HTMLElement, model: any, language: string,
   *   say: (key: string, values?: Record<string, string | number>) => string,
   *   announce: (text: string) => void, choose: (node: number) => void, leave: () => void}} page
   */
  function createSearch({ input, results, model, language, say, announce, choose, leave }) {
    const { element, fromHtml, readableDate } = blogGraph;
    const { data, nodes } = model;
    /** @type {number[]} */
    let found = [];
    let active = -1;

    /** @param {number} node @param {number} k */
    function option(node, k) {
      const kind = data.kinds[nodes.kind[node]];
      const about = kind === 'post' ? readableDate(nodes.date[node], language) : say(`mark-${kind}`);
      const item = element('li', { role: 'option', id: `${results.id}-${k}`, 'aria-selected': String(k === active) },
        fromHtml('span', 'bg-result-title', model.titleHtml(node)),
        element('span', { class: 'bg-result-about' }, about));
      // The input keeps the focus until the choice is made.
      item.addEventListener('pointerdown', (/** @type {Event} */ event) => { event.preventDefault(); });
      item.addEventListener('click', () => { take(k); });
      return item;
    }

    function refresh() {
      const asked = Boolean(input.value.trim());
      found = model.search(input.value, RESULTS);
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
      choose(found[k]);
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
