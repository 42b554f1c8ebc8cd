// @ts-check
/* Which nodes and links are drawn. A reader can take in some thousands of
   things, and a browser can draw so many between two frames; so a view shows
   the most important nodes in it and the strongest links between those, and
   looking nearer brings the rest. Node numbers run by importance: whatever is
   shown of a view has a number up to a last one. */
(function () {
  'use strict';

  const NODES = 2000;
  const LINKS = 8000;
  const BINS = 512;

  /**
   * @typedef {object} Choice
   * @property {Uint32Array} nodes drawn, the most important first; those in the margin too
   * @property {Uint32Array} edges drawn
   * @property {number} last the highest number a drawn node may have; Infinity when all find room
   * @property {number} inside how many of the drawn ones are in the view
   * @property {number} of how many that are on are in the view
   */
  /** @typedef {{left: number, top: number, right: number, bottom: number}} Box on the map, px at zoom 1 */

  /**
   * The most important nodes of a view and the strongest links that touch it.
   * @param {any} model
   * @param {{nodes: number, edges: number}} budget
   * @param {Box | null} view null for the whole map
   * @param {number} margin how far around the view nodes are drawn as well; they cost nothing of the budget
   * @returns {Choice}
   */
  function choose(model, budget, view, margin) {
    const { nodeOn, size } = model;
    const { x, y } = model.nodes;
    const { left, top, right, bottom } = view || { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
    const found = new Uint32Array(Math.min(size, 4 * budget.nodes));
    let n = 0;
    let inside = 0;
    let of = 0;
    let last = Infinity;
    for (let i = 0; i < size; i++) {
      if (!nodeOn[i]) continue;
      const a = x[i];
      const b = y[i];
      const within = a >= left && a <= right && b >= top && b <= bottom;
      if (within) of++;
      if (last < Infinity) continue;
      const near = a >= left - margin && a <= right + margin && b >= top - margin && b <= bottom + margin;
      if (!near) continue;
      if (n === found.length || (within && inside === budget.nodes)) {
        last = n ? found[n - 1] : -1;
      } else if (within || inside < budget.nodes) {
        if (within) inside++;
        found[n++] = i;
      }
    }
    const nodes = found.slice(0, n);
    return { nodes, edges: strongest(model, nodes, last, budget.edges), last, inside, of };
  }

  /**
   * @param {any} model @param {Uint32Array} nodes @param {number} last @param {number} most
   * @returns {Uint32Array} links from these nodes to whatever may be drawn, here or outside the view
   */
  function strongest(model, nodes, last, most) {
    const { nodeOn, edgeOn, starts, ends } = model;
    const { source, target, weight } = model.edges;
    const here = new Uint8Array(model.size);
    for (const i of nodes) here[i] = 1;
    /** @type {number[]} */
    const found = [];
    const bins = new Uint32Array(BINS);
    const bin = (/** @type {number} */ e) => Math.min(BINS - 1, Math.max(0, Math.floor(weight[e] * (BINS - 1))));
    for (const i of nodes) {
      for (let k = starts[i]; k < starts[i + 1]; k++) {
        const e = ends[k];
        const other = source[e] === i ? target[e] : source[e];
        // A link between two of these nodes is met twice.
        if (!edgeOn[e] || !nodeOn[other] || other > last || other === i || (here[other] && other < i)) continue;
        found.push(e);
        bins[bin(e)]++;
      }
    }
    if (found.length <= most) return Uint32Array.from(found);
    let cut = BINS;
    let room = most;
    while (cut > 0 && bins[cut - 1] <= room) room -= bins[--cut];
    const kept = new Uint32Array(most);
    let n = 0;
    for (const e of found) {
      const place = bin(e);
      if (place >= cut || (place === cut - 1 && room-- > 0)) kept[n++] = e;
    }
    return kept.subarray(0, n);
  }

  Object.assign(/** @type {any} */ (window).blogGraph, { choose, defaultBudget: { nodes: NODES, edges: LINKS } });
})();
