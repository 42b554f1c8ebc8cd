// @ts-check
/* What to read before a post, and in which order.

   A post comes after what it cites and after the earlier parts of its series. Where such links run in a circle, as
   between parts that announce one another, the posts of the circle are put in order by part, then by date, and the
   links against that order are left out and named. Whatever the filter hides is needed all the same. */

/**
 * @typedef {object} GraphReading
 * @property {number[]} order posts, first to last; the post that was asked for is the last
 * @property {number[]} distance of each of these, how many links lie between it and the last
 * @property {[number, number][]} broken source and target of the edges that were left out
 * @property {number[]} missing posts that one should read, too, but that are not in the blog; most important first
 */

(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;

  /**
   * The links from a post to what comes before it, for all that can be reached so.
   * @typedef {object} Needs
   * @property {number[]} nodes nearest first; places in this list are what all else is about
   * @property {Int32Array} starts the needs of place p are `ends[starts[p]]` to `ends[starts[p + 1]]`
   * @property {number[]} ends places
   * @property {number[]} edges of the model
   */

  /** @param {any} model @param {number} node @returns {Needs} */
  function needsOf(model, node) {
    const { data, starts, ends, edges: { source, target, kind } } = model;
    const [cites, series] = ['cites', 'series'].map((name) => data.edgeKinds.indexOf(name));
    const work = data.kinds.indexOf('work');
    const place = new Int32Array(model.size).fill(-1);
    /** @type {{nodes: number[], starts: number[], ends: number[], edges: number[]}} */
    const found = { nodes: [node], starts: [0], ends: [], edges: [] };
    place[node] = 0;
    for (let p = 0; p < found.nodes.length; p++) {
      const i = found.nodes[p];
      for (let k = starts[i]; k < starts[i + 1]; k++) {
        const e = ends[k];
        let other = -1;
        if (kind[e] === cites && source[e] === i) other = target[e];
        else if (kind[e] === series && target[e] === i) other = source[e];
        if (other < 0 || other === i || model.nodes.kind[other] === work) continue;
        if (place[other] < 0) {
          place[other] = found.nodes.length;
          found.nodes.push(other);
        }
        found.ends.push(place[other]);
        found.edges.push(e);
      }
      found.starts.push(found.ends.length);
    }
    return { ...found, starts: Int32Array.from(found.starts) };
  }

  /**
   * R. Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1, 1972; with a stack of its own.
   * @param {Needs} needs @param {Uint8Array} broken links that don't count
   * @returns {Int32Array} number of the strongly connected component of each place; -1 for what no link leads to
   */
  function components({ nodes, starts, ends }, broken) {
    const size = nodes.length;
    const component = new Int32Array(size).fill(-1);
    const number = new Int32Array(size).fill(-1);
    const low = new Int32Array(size);
    const next = starts.slice();
    const path = [0];
    const open = [0];
    let visited = 0;
    let components = 0;
    number[0] = low[0] = visited++;
    while (path.length) {
      const p = path[path.length - 1];
      if (next[p] < starts[p + 1]) {
        const k = next[p]++;
        const q = ends[k];
        if (broken[k]) continue;
        if (number[q] < 0) {
          number[q] = low[q] = visited++;
          path.push(q);
          open.push(q);
        } else if (component[q] < 0) low[p] = Math.min(low[p], number[q]);
        continue;
      }
      path.pop();
      if (path.length) low[path[path.length - 1]] = Math.min(low[path[path.length - 1]], low[p]);
      if (low[p] !== number[p]) continue;
      let q;
      do {
        q = /** @type {number} */ (open.pop());
        component[q] = components;
      } while (q !== p);
      components++;
    }
    return component;
  }

  /**
   * @param {any} model @param {number[]} nodes
   * @returns {{age: Int32Array, turn: Int32Array}} places counted by date, then number; and by part, then these
   */
  function orders(model, nodes) {
    const { date, part } = model.nodes;
    // A day of an unknown year tells nothing: after all dates that are known.
    const dates = nodes.map((i) => (/^\d/u.test(date[i]) ? date[i] : '\uffff'));
    const rank = (/** @type {(a: number, b: number) => number} */ compare) => {
      const ranks = new Int32Array(nodes.length);
      [...nodes.keys()].sort(compare).forEach((p, k) => { ranks[p] = k; });
      return ranks;
    };
    const age = rank((a, b) => (dates[a] < dates[b] ? -1 : dates[a] > dates[b] ? 1 : nodes[a] - nodes[b]));
    const parts = nodes.map((i) => part[i] ?? Infinity);
    const turn = rank((a, b) => (parts[a] < parts[b] ? -1 : parts[a] > parts[b] ? 1 : age[a] - age[b]));
    return { age, turn };
  }

  /**
   * What is against the parts of a series is left out first, as most circles are parts that announce the next one;
   * of the circles that are still there, whatever is against their order.
   * @param {any} model @param {Needs} needs @param {{age: Int32Array, turn: Int32Array}} by
   * @returns {Uint8Array} of each link of `needs` whether it must be left out
   */
  function brokenLinks(model, needs, by) {
    const { nodes, ends } = needs;
    const { series, part } = model.nodes;
    const broken = new Uint8Array(ends.length);
    let component = components(needs, broken);

    /** @param {(p: number, q: number) => boolean} wrong whether p can't come after q, which it needs */
    function leaveOut(wrong) {
      for (let p = 0; p < nodes.length; p++) {
        for (let k = needs.starts[p]; k < needs.starts[p + 1]; k++) {
          const q = ends[k];
          if (component[p] >= 0 && component[p] === component[q] && wrong(p, q)) broken[k] = 1;
        }
      }
    }

    leaveOut((p, q) => {
      const [own, other] = [part[nodes[p]], part[nodes[q]]];
      const both = series[nodes[p]] >= 0 && series[nodes[p]] === series[nodes[q]];
      return both && own !== null && other !== null && own < other;
    });
    component = components(needs, broken);
    /** @type {Map<number, number[]>} */
    const circles = new Map();
    component.forEach((c, p) => {
      const places = circles.get(c);
      if (places) places.push(p);
      else circles.set(c, [p]);
    });
    circles.delete(-1);
    const position = new Int32Array(nodes.length);
    for (const places of circles.values()) {
      if (places.length > 1) arrange(model, nodes, places, by).forEach((p, k) => { position[p] = k; });
    }
    leaveOut((p, q) => position[q] > position[p]);
    return broken;
  }

  /**
   * A circle of posts in order: each series by its parts, and of what can come next always the oldest.
   * @param {any} model @param {number[]} nodes @param {number[]} places @param {{age: Int32Array, turn: Int32Array}} by
   * @returns {number[]} the same places
   */
  function arrange(model, nodes, places, { age, turn }) {
    /** @type {Map<number, number[]>} */
    const chains = new Map();
    for (const p of [...places].sort((a, b) => turn[b] - turn[a])) {
      const series = model.nodes.series[nodes[p]];
      const key = series < 0 ? -1 - p : series;
      const chain = chains.get(key);
      if (chain) chain.push(p);
      else chains.set(key, [p]);
    }
    const last = (/** @type {number[]} */ chain) => chain[chain.length - 1];
    const older = (/** @type {number[]} */ a, /** @type {number[]} */ b) => age[last(a)] < age[last(b)];
    const heads = new blogGraph.Heap(older);
    for (const chain of chains.values()) heads.push(chain);
    const arranged = [];
    while (heads.size) {
      const chain = heads.pop();
      arranged.push(chain.pop());
      if (chain.length) heads.push(chain);
    }
    return arranged;
  }

  /**
   * What to read before a post: all that it leads back to over `cites` and `series`, in an order in which nothing
   * comes before what it needs (A. B. Kahn, Topological sorting of large networks, CACM 5, 1962). Where there is a
   * choice, the series that was begun goes on; else the oldest post comes next.
   * @param {any} model @param {number} node @returns {GraphReading}
   */
  function readingOrder(model, node) {
    const needs = needsOf(model, node);
    const { nodes, starts, ends } = needs;
    const by = orders(model, nodes);
    const broken = brokenLinks(model, needs, by);
    const distance = distances(needs, broken);

    const waiting = new Int32Array(nodes.length);
    /** @type {number[][]} */
    const neededBy = nodes.map(() => []);
    /** @type {Map<string, [number, number]>} */
    const left = new Map();
    for (let p = 0; p < nodes.length; p++) {
      if (distance[p] < 0) continue;
      for (let k = starts[p]; k < starts[p + 1]; k++) {
        if (broken[k]) {
          const [s, t] = [model.edges.source[needs.edges[k]], model.edges.target[needs.edges[k]]];
          left.set(`${s} ${t}`, [s, t]);
        } else {
          waiting[p]++;
          neededBy[ends[k]].push(p);
        }
      }
    }

    const order = sorted(model, nodes, { by, distance, waiting, neededBy });
    const post = model.data.kinds.indexOf('post');
    const posts = order.filter((p) => model.nodes.kind[nodes[p]] === post || p === 0);
    const missing = order.filter((p) => model.nodes.kind[nodes[p]] !== post && p !== 0);
    return {
      order: posts.map((p) => nodes[p]),
      distance: posts.map((p) => distance[p]),
      broken: [...left.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]),
      missing: missing.map((p) => nodes[p]).sort((a, b) => a - b),
    };
  }

  /**
   * @param {Needs} needs @param {Uint8Array} broken
   * @returns {Int32Array} steps from the first place; -1 for what only links that are left out lead to
   */
  function distances({ nodes, starts, ends }, broken) {
    const distance = new Int32Array(nodes.length).fill(-1);
    const queue = [0];
    distance[0] = 0;
    for (let head = 0; head < queue.length; head++) {
      const p = queue[head];
      for (let k = starts[p]; k < starts[p + 1]; k++) {
        if (broken[k] || distance[ends[k]] >= 0) continue;
        distance[ends[k]] = distance[p] + 1;
        queue.push(ends[k]);
      }
    }
    return distance;
  }

  /**
   * @param {any} model @param {number[]} nodes
   * @param {{by: {age: Int32Array, turn: Int32Array}, distance: Int32Array, waiting: Int32Array,
   *   neededBy: number[][]}} known
   * @returns {number[]} places
   */
  function sorted(model, nodes, { by, distance, waiting, neededBy }) {
    const first = (/** @type {Int32Array} */ ranks) =>
      new blogGraph.Heap((/** @type {number} */ a, /** @type {number} */ b) => ranks[a] < ranks[b]);
    const oldest = first(by.age);
    /** @type {Map<number, any>} */
    const nextOf = new Map();
    const done = new Uint8Array(nodes.length);
    const series = (/** @type {number} */ p) => model.nodes.series[nodes[p]];

    /** @param {number} p */
    function free(p) {
      oldest.push(p);
      if (series(p) < 0) return;
      if (!nextOf.has(series(p))) nextOf.set(series(p), first(by.turn));
      nextOf.get(series(p)).push(p);
    }

    /** @param {any} heap @returns {number} its first that is not yet read, or -1 */
    function take(heap) {
      while (heap && heap.size) {
        const p = heap.pop();
        if (!done[p]) return p;
      }
      return -1;
    }

    for (let p = 0; p < nodes.length; p++) if (distance[p] >= 0 && !waiting[p]) free(p);
    const order = [];
    let current = -1;
    for (;;) {
      let p = take(nextOf.get(current));
      if (p < 0) p = take(oldest);
      if (p < 0) return order;
      done[p] = 1;
      current = series(p);
      order.push(p);
      for (const q of neededBy[p]) if (!--waiting[q]) free(q);
    }
  }

  Object.assign(blogGraph, { readingOrder });
})();
