// @ts-check
/* How two posts are connected: the best few paths between them.

   Fewest steps come first. Of paths of the same length, the one that leans on fewer `related` edges is better, since
   citations, series, equations and formulas are something that a reader can look up; then the one of greater weights.
   The same as listing all paths and sorting them, but only the best are ever made: costs to the goal are known first
   (by layers of breadth-first search), then paths grow from the start in the order of what they will cost (A*: Hart,
   Nilsson, Raphael 1968). */

/** @typedef {{nodes: number[], edges: number[]}} GraphPath edges[k] joins nodes[k] and nodes[k + 1], either way. */

(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;

  /**
   * Steps that an alternative may take more than the shortest path; longer ones explain nothing. No more than 2:
   * a walk of that many steps more repeats a node only by turning back at once, which is easy to see.
   */
  const DETOUR = 2;
  const RELATED_COST = 2 ** 31; // more than all weights of a path come to

  /** @typedef {{node: number, parent: Stage | null, edge: number, steps: number, cost: number, total: number}} Stage */

  /** @param {any} model */
  function edgeCosts(model) {
    const related = model.data.edgeKinds.indexOf('related');
    const { kind, weight } = model.edges;
    // Whole numbers, so that sums are equal whichever way they are added.
    return (/** @type {number} */ e) =>
      Math.round((1 - weight[e]) * 10000) + (kind[e] === related ? RELATED_COST : 0);
  }

  /**
   * @param {any} model @param {number} from @param {number} to
   * @returns {{far: Int32Array, near: number[]}} steps to the goal, -1 where it is too far; the nodes that
   *   paths of at most DETOUR more steps than needed can pass through, nearest to the goal first
   */
  function region(model, from, to) {
    const { starts, ends, edges: { source, target }, edgeOn } = model;
    const far = new Int32Array(model.size).fill(-1);
    const queue = [to];
    far[to] = 0;
    for (let head = 0; head < queue.length; head++) {
      const i = queue[head];
      if (far[from] >= 0 && far[i] >= far[from] + DETOUR - 1) break;
      for (let k = starts[i]; k < starts[i + 1]; k++) {
        const e = ends[k];
        if (!edgeOn[e]) continue;
        const other = source[e] === i ? target[e] : source[e];
        if (far[other] >= 0) continue;
        far[other] = far[i] + 1;
        queue.push(other);
      }
    }
    if (far[from] < 0) return { far, near: [] };
    const longest = far[from] + DETOUR;
    const gone = new Int32Array(model.size).fill(-1);
    const near = [from];
    gone[from] = 0;
    for (let head = 0; head < near.length; head++) {
      const i = near[head];
      for (let k = starts[i]; k < starts[i + 1]; k++) {
        const e = ends[k];
        if (!edgeOn[e]) continue;
        const other = source[e] === i ? target[e] : source[e];
        if (gone[other] >= 0 || far[other] < 0 || gone[i] + 1 + far[other] > longest) continue;
        gone[other] = gone[i] + 1;
        near.push(other);
      }
    }
    near.sort((a, b) => far[a] - far[b]);
    return { far, near };
  }

  /**
   * The best paths between two nodes over shown edges, in whatever direction these point.
   *
   * Where parallel edges join two nodes a path takes the best of them. The answer is the same whenever the graph and
   * the filter are: what is alike in steps and cost is ordered by node numbers, that is by importance.
   * @param {any} model @param {number} from @param {number} to @param {number} [limit]
   * @returns {GraphPath[]} best first, at most `limit`, no node twice in a path; [] when nothing joins the two
   */
  function shortestPaths(model, from, to, limit = 3) {
    if (!model.nodeOn[from] || !model.nodeOn[to]) return [];
    if (from === to) return [{ nodes: [from], edges: [] }];
    const { far, near } = region(model, from, to);
    const cost = edgeCosts(model);
    /** @type {Float64Array[]} of each node the least cost of far + k steps to the goal */
    const rest = [];
    /** @type {GraphPath[]} */
    const found = [];
    for (let detour = 0; near.length && detour <= DETOUR && found.length < limit; detour++) {
      rest.push(leastCosts(model, { far, near, cost, rest }, to));
      found.push(...pathsOf(model, { far, cost, rest }, from, to, limit - found.length));
    }
    return found;
  }

  /**
   * @param {any} model
   * @param {{far: Int32Array, near: number[], cost: (edge: number) => number, rest: Float64Array[]}} known
   *   `rest` for all smaller detours
   * @param {number} to
   */
  function leastCosts(model, { far, near, cost, rest }, to) {
    const { starts, ends, edges: { source, target }, edgeOn } = model;
    const detour = rest.length;
    const least = new Float64Array(model.size).fill(Infinity);
    const all = [...rest, least];
    if (!detour) least[to] = 0;
    for (const i of near) {
      if (i === to) continue; // a path ends where it arrives
      for (let k = starts[i]; k < starts[i + 1]; k++) {
        const e = ends[k];
        if (!edgeOn[e]) continue;
        const other = source[e] === i ? target[e] : source[e];
        // The neighbour is a step nearer, as far, or a step farther, and has the rest of the detour left.
        const left = far[i] + detour - 1 - far[other];
        if (far[other] < 0 || left < 0 || left > detour) continue;
        least[i] = Math.min(least[i], cost(e) + all[left][other]);
      }
    }
    return least;
  }

  /**
   * @param {any} model @param {{far: Int32Array, cost: (edge: number) => number, rest: Float64Array[]}} known
   * @param {number} from @param {number} to @param {number} limit
   * @returns {GraphPath[]} the best of those with exactly as many steps more than needed as `rest` knows
   */
  function pathsOf(model, { far, cost, rest }, from, to, limit) {
    const { starts, ends, edges: { source, target, kind }, edgeOn } = model;
    const length = far[from] + rest.length - 1;
    const heap = new blogGraph.Heap(before);
    heap.push({ node: from, parent: null, edge: -1, steps: 0, cost: 0, total: rest[rest.length - 1][from] });
    const found = [];
    while (found.length < limit) {
      /** @type {Stage | undefined} */
      const stage = heap.pop();
      if (!stage || stage.total === Infinity) break;
      const { node: i, parent, steps } = stage;
      if (steps === length) {
        found.push(pathTo(stage));
        continue;
      }
      /** @type {Map<number, number>} neighbour -> best edge to it */
      const best = new Map();
      for (let k = starts[i]; k < starts[i + 1]; k++) {
        const e = ends[k];
        const other = source[e] === i ? target[e] : source[e];
        if (!edgeOn[e] || other === i) continue;
        const known = best.get(other);
        const better = known === undefined || (cost(e) - cost(known) || kind[e] - kind[known] || e - known) < 0;
        if (better) best.set(other, e);
      }
      for (const [other, e] of best) {
        const left = length - steps - 1 - far[other];
        if (far[other] < 0 || left < 0 || left >= rest.length || (parent && parent.node === other)) continue;
        const spent = stage.cost + cost(e);
        const total = spent + rest[left][other];
        if (total < Infinity) heap.push({ node: other, parent: stage, edge: e, steps: steps + 1, cost: spent, total });
      }
    }
    return found;
  }

  /** @param {Stage} a @param {Stage} b @returns {boolean} by cost, then as words in a dictionary */
  function before(a, b) {
    if (a.total !== b.total) return a.total < b.total;
    let [p, q] = [a, b];
    while (p.steps > q.steps) p = /** @type {Stage} */ (p.parent);
    while (q.steps > p.steps) q = /** @type {Stage} */ (q.parent);
    if (p === q) return a.steps < b.steps;
    while (p.parent !== q.parent) [p, q] = [/** @type {Stage} */ (p.parent), /** @type {Stage} */ (q.parent)];
    return p.node < q.node;
  }

  /** @param {Stage} last @returns {GraphPath} */
  function pathTo(last) {
    const nodes = [];
    const edges = [];
    for (let stage = /** @type {Stage | null} */ (last); stage; stage = stage.parent) {
      nodes.push(stage.node);
      if (stage.parent) edges.push(stage.edge);
    }
    return { nodes: nodes.reverse(), edges: edges.reverse() };
  }

  Object.assign(blogGraph, { shortestPaths });
})();
