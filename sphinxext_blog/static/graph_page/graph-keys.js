// @ts-check
/* The map without a mouse. Arrows go to the nearest node that way, linked ones
   first; Tab goes through the neighbours of the selected node and leaves the map
   behind the last of them, so that nobody is caught in it. */
(function () {
  'use strict';

  const SIDEWAYS = 0.35; // cosine of the widest angle that still counts as that way
  const LINKED = 0.6; // a linked node is taken for this much nearer

  /**
   * @param {{map: HTMLElement, model: any, engine: any, overlay: any, camera: any,
   *   selected: () => number, select: (node: number, walking?: boolean) => void, open: (node: number, tab: boolean) => void,
   *   announce: (node: number) => void, clear: () => void, touch: () => void,
   *   fit: () => void, search: () => void}} page
   */
  function createKeys({
    map, model, engine, overlay, camera, selected, select, open, announce, clear, touch, fit, search,
  }) {
    const { nodes } = model;

    /** @param {number} dx @param {number} dy @returns {number} the node that way, or -1 */
    function nearest(dx, dy) {
      const v = engine.view();
      const here = selected();
      const from = here >= 0 ? [nodes.x[here], nodes.y[here]] : [v.x, v.y];
      const linked = new Set(here < 0 ? [] : model.edgesOf(here).map((/** @type {number} */ e) => model.across(e, here)));
      let best = -1;
      let bestCost = Infinity;
      for (let i = 0; i < model.size; i++) {
        if (i === here || !engine.isDrawn(i)) continue;
        const x = nodes.x[i] - from[0];
        const y = nodes.y[i] - from[1];
        const length = Math.hypot(x, y) || 1e-6;
        const along = (x * dx + y * dy) / length;
        if (here >= 0 && along < SIDEWAYS) continue;
        const cost = length * (here < 0 ? 1 : 2.2 - along) * (linked.has(i) ? LINKED : 1);
        if (cost < bestCost) {
          best = i;
          bestCost = cost;
        }
      }
      return best;
    }

    /** @param {number} node @returns {number[]} its neighbours, those of the strongest links first */
    function neighbours(node) {
      /** @type {Map<number, number>} */
      const best = new Map();
      for (const e of model.edgesOf(node)) {
        const other = model.across(e, node);
        if (other === node) continue;
        const strength = model.edges.weight[e] + (model.data.edgeKinds[model.edges.kind[e]] === 'related' ? 0 : 1);
        best.set(other, Math.max(best.get(other) || 0, strength));
      }
      return [...best].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([other]) => other);
    }

    /** @param {boolean} back @returns {boolean} whether there was a next one */
    function tab(back) {
      const here = selected();
      if (here < 0) return false;
      const others = neighbours(here);
      const place = others.indexOf(overlay.cursor) + (back ? -1 : 1);
      if (place < 0 || place >= others.length) {
        overlay.cursor = -1;
        overlay.draw();
        return false;
      }
      overlay.cursor = others[place];
      camera.reveal(overlay.cursor, false);
      overlay.draw();
      announce(overlay.cursor);
      return true;
    }

    /** @type {Record<string, number[]>} */
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    map.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target !== map) return;
      const arrow = arrows[event.key];
      if (arrow) {
        const node = nearest(arrow[0], arrow[1]);
        if (node >= 0) select(node, true);
      } else if (event.key === 'Tab') {
        if (!tab(event.shiftKey)) return;
      } else if (event.key === 'Enter') {
        const at = overlay.cursor;
        if (at >= 0 && at !== selected()) select(at);
        else if (selected() >= 0) open(selected(), event.shiftKey);
      } else if (event.key === '+' || event.key === '=') {
        touch();
        camera.zoom(1.4);
      } else if (event.key === '-') {
        touch();
        camera.zoom(1 / 1.4);
      } else if (event.key === '0') fit();
      else return;
      event.preventDefault();
    });
    document.addEventListener('keydown', (event) => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input:not([type=checkbox], [type=range]), textarea, select');
      if (event.key === 'Escape' && !typing) clear();
      else if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        search();
      }
    });
  }

  /** @type {any} */ (window).blogGraph.createKeys = createKeys;
})();
