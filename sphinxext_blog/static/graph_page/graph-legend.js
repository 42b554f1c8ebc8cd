// @ts-check
/* The legend: what the marks and lines mean, how many there are of each kind,
   and a switch for each; the topics with their colours. */
(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;

  /**
   * @param {{model: any, palette: Map<number, number>,
   *   say: (key: string, values?: Record<string, string | number>) => string,
   *   choose: (node: number) => void,
   *   switchKind: (what: 'node' | 'edge', kind: number, on: boolean) => void}} page
   */
  function createLegend({ model, palette, say, choose, switchKind }) {
    const { element } = blogGraph;
    const { data, nodes } = model;

    /** @param {string} id @returns {HTMLElement} */
    const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

    /** @param {'node' | 'edge'} what @param {string[]} names @param {number[]} kinds */
    function switches(what, names, kinds) {
      const list = byId(`bg-${what}-kinds`);
      names.forEach((name, kind) => {
        const count = kinds.reduce((n, k) => n + Number(k === kind), 0);
        if (!count) return;
        const box = /** @type {HTMLInputElement} */ (
          element('input', { type: 'checkbox', id: `bg-switch-${what}-${kind}`, 'data-kind': name }));
        box.checked = true;
        box.addEventListener('change', () => { switchKind(what, kind, box.checked); });
        list.append(element('li', {}, element('label', {}, box,
          element('span', { class: `bg-sample bg-sample-${name}`, 'aria-hidden': 'true' }),
          element('span', { class: 'bg-name' }, say(`${what}-${name}`)),
          element('span', { class: 'bg-count' }, String(count)))));
      });
    }

    switches('node', data.kinds, nodes.kind);
    switches('edge', data.edgeKinds, model.edges.kind);
    const topics = byId('bg-communities');
    for (const [community, place] of palette) {
      const centre = model.centre(community);
      const size = nodes.community.reduce((/** @type {number} */ n, /** @type {number} */ c) => n + Number(c === community), 0);
      const button = element('button', { type: 'button', class: 'bg-community', title: nodes.label[centre] },
        element('span', { class: `bg-dot bg-dot-${place}`, 'aria-hidden': 'true' }),
        element('span', { class: 'bg-name', dir: 'auto' }, nodes.label[centre]),
        element('span', { class: 'bg-count' }, String(size)));
      button.addEventListener('click', () => { choose(centre); });
      topics.append(element('li', {}, button));
    }
    byId('bg-community-part').hidden = palette.size < 2;
  }

  blogGraph.createLegend = createLegend;
})();
