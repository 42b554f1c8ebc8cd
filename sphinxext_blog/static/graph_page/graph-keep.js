// @ts-check
/* The menu that keeps what is shown: as a picture, or as data for programs. */
(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;
  const EDGE = 30; // px around the window in which a mark may be seen in part

  /**
   * @param {{model: any, engine: any, overlay: any, style: () => any, href: (node: number) => string,
   *   say: (key: string, values?: Record<string, string | number>) => string}} page
   */
  function createKeeper({ model, engine, overlay, style, href, say }) {
    const { element, toSvg, toGraphml, toJson, toPng, stageToPng, download } = blogGraph;
    const menu = /** @type {HTMLDetailsElement} */ (document.getElementById('bg-keep'));
    const list = /** @type {HTMLElement} */ (document.getElementById('bg-keep-forms'));

    /** What the window shows, as many as the engine draws. */
    function drawn() {
      const view = engine.view();
      return blogGraph.choose(model, engine.budget(), blogGraph.boxOf(view), EDGE / view.scale);
    }

    const shown = () => ({ nodes: model.nodeOn, edges: model.edgeOn });
    /** @type {[string, () => void | Promise<void>][]} */
    const forms = [
      ['png', () => (overlay.lit().nodes
        ? stageToPng(document.querySelectorAll('#bg-stage canvas'), style().background)
        : toPng(model, style(), engine.view(), drawn()))
        .then((/** @type {Blob} */ content) => { download('graph.png', 'image/png', content); })],
      ['svg', () => {
        const content = toSvg(model, style(), engine.view(), { ...drawn(), ...overlay.lit(), href });
        download('graph.svg', 'image/svg+xml', content);
      }],
      ['graphml', () => { download('graph-shown.graphml', 'application/graphml+xml', toGraphml(model, shown())); }],
      ['json', () => { download('graph-shown.json', 'application/json', toJson(model, shown())); }],
    ];
    for (const [form, keep] of forms) {
      const button = element('button', { type: 'button', class: 'bg-option', 'data-form': form }, say(`keep-${form}`));
      button.addEventListener('click', () => {
        menu.open = false;
        keep();
      });
      list.append(element('li', {}, button));
    }
    const whole = document.body.dataset.exports || '';
    if (whole) {
      list.append(element('li', {}, element('a', { href: whole, download: '' }, say('keep-whole'))));
    }
    document.addEventListener('click', (event) => {
      if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !menu.open) return;
      menu.open = false;
      menu.querySelector('summary')?.focus();
      event.stopPropagation();
    });
  }

  blogGraph.createKeeper = createKeeper;
})();
