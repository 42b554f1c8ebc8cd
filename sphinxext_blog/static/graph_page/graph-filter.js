// @ts-check
/* What of the graph is shown: the reader's choices, the nodes and edges that they leave, and how many each
   further choice would show.

   Facets combine by AND, the values within one by OR. Tags, series, topics and years choose posts. Missing
   posts and works stay beside a chosen post, whether or not the kind of that post is switched off, so that
   "the works that posts on X cite" is a question one can ask; while nothing chooses posts, they all stay.

   The smallest weight bears upon `related` and `formula` edges only: there a weight says how much two posts have
   in common. That of a citation says how surely it was read, that of a series how many parts are skipped, and a
   doubtful citation or a gap is no weak likeness. */

/**
 * @typedef {object} GraphFilter What a reader chose; lists that are empty choose nothing.
 * @property {boolean[]} nodeKinds by place in data.kinds
 * @property {boolean[]} edgeKinds by place in data.edgeKinds
 * @property {number[]} tags
 * @property {number[]} series
 * @property {number[]} communities
 * @property {number | null} from first year
 * @property {number | null} to last year
 * @property {number} weight the smallest of `related` and `formula` edges, 0 for all
 * @property {null | {node: number, depth: number, direction: 'in' | 'out' | 'both'}} around only what is
 *   within 1 to 3 steps of a node, against, along or across the direction of edges
 */
/** @typedef {{nodes: Uint8Array, edges: Uint8Array}} GraphShown 1 for what is shown, by number. */
/**
 * @typedef {object} GraphCounts For each choice, how many it would show under all other facets.
 * @property {number[]} nodeKinds
 * @property {number[]} edgeKinds edges; all else are nodes
 * @property {number[]} tags posts, as of series, communities and years
 * @property {number[]} series
 * @property {number[]} communities
 * @property {Map<number, number>} years ascending; posts whose year is unknown are in none
 */

(function () {
  'use strict';

  // Each node and edge has one bit for each question "is it shown when this facet is dropped?"; bit 0 drops none.
  const ALL = 1;
  const NO_TAGS = 2;
  const NO_SERIES = 4;
  const NO_COMMUNITIES = 8;
  const NO_YEARS = 16;
  const NO_NODE_KINDS = 32;
  const NO_EDGE_KINDS = 64;
  const EVERY = 127;
  const AROUND = 128;
  const CHOOSING = [NO_TAGS, NO_SERIES, NO_COMMUNITIES, NO_YEARS];
  const LIKENESS = new Set(['related', 'formula']);

  /** @returns {GraphFilter} the filter that shows everything */
  function createFilter() {
    return {
      nodeKinds: Array(3).fill(true),
      edgeKinds: Array(5).fill(true),
      tags: [],
      series: [],
      communities: [],
      from: null,
      to: null,
      weight: 0,
      around: null,
    };
  }

  /** @param {GraphFilter} filter @returns {boolean} whether it shows everything */
  function isDefault(filter) {
    return filter.nodeKinds.every(Boolean) && filter.edgeKinds.every(Boolean) && !filter.tags.length &&
      !filter.series.length && !filter.communities.length && filter.from === null && filter.to === null &&
      filter.weight <= 0 && filter.around === null;
  }

  /** @param {number[]} chosen @param {number} size @returns {Uint8Array | null} flags; null when nothing is chosen */
  function flags(chosen, size) {
    if (!chosen.length) return null;
    const found = new Uint8Array(size);
    for (const k of chosen) if (k >= 0 && k < size) found[k] = 1;
    return found;
  }

  /** @param {any} model @param {GraphFilter} filter @returns {number} the node to stay around, or -1 */
  function centreOf(model, filter) {
    const node = filter.around ? filter.around.node : -1;
    return Number.isInteger(node) && node >= 0 && node < model.size ? node : -1;
  }

  /**
   * @param {any} model @param {GraphFilter} filter
   * @returns {{nodes: Uint8Array, edges: Uint8Array, active: number}} bits as above; `active`: the facets that
   *   choose posts now. What is around a node is not yet looked at, but the node itself always passes.
   */
  function passing(model, filter) {
    const { data, nodes, edges, size, links } = model;
    const post = data.kinds.indexOf('post');
    const tags = flags(filter.tags, data.tags.length);
    const series = flags(filter.series, data.series.length);
    const communities = flags(filter.communities, data.communities.length);
    const dated = filter.from !== null || filter.to !== null;
    const from = filter.from ?? -Infinity;
    const to = filter.to ?? Infinity;
    const active = (tags ? NO_TAGS : 0) | (series ? NO_SERIES : 0) | (communities ? NO_COMMUNITIES : 0) |
      (dated ? NO_YEARS : 0);
    // Where the one active facet is dropped, none is left.
    const unchosen = active === 0 ? EVERY : CHOOSING.includes(active) ? active : 0;
    const centre = centreOf(model, filter);

    const bits = new Uint8Array(size);
    for (let i = 0; i < size; i++) {
      if (nodes.kind[i] !== post) {
        bits[i] = unchosen;
        continue;
      }
      let failed = 0;
      if (tags) {
        failed |= NO_TAGS;
        for (const tag of nodes.tags[i]) if (tags[tag]) failed &= ~NO_TAGS;
      }
      if (series && !series[nodes.series[i]]) failed |= NO_SERIES;
      if (communities && !communities[nodes.community[i]]) failed |= NO_COMMUNITIES;
      const year = nodes.year[i];
      if (dated && (year === 0 || year < from || year > to)) failed |= NO_YEARS;
      // One failure is forgiven where its facet is dropped, two never are.
      bits[i] = failed === 0 ? EVERY : CHOOSING.includes(failed) ? failed : 0;
    }
    if (centre >= 0) bits[centre] = EVERY;

    const edgeBits = new Uint8Array(links);
    const kindBits = data.edgeKinds.map((/** @type {string} */ _, /** @type {number} */ kind) =>
      (filter.edgeKinds[kind] === false ? NO_EDGE_KINDS : EVERY));
    const weighed = data.edgeKinds.map((/** @type {string} */ name) => LIKENESS.has(name));
    const least = Math.fround(filter.weight); // as the weights are kept
    const { source, target, kind: edgeKind, weight } = edges;
    for (let e = 0; e < links; e++) {
      const kind = edgeKind[e];
      const passes = weighed[kind] && weight[e] < least ? 0 : kindBits[kind];
      edgeBits[e] = passes;
      if (!active || !passes) continue;
      const s = source[e];
      const t = target[e];
      if (nodes.kind[s] !== post && nodes.kind[t] === post) bits[s] |= bits[t] & passes;
      else if (nodes.kind[t] !== post && nodes.kind[s] === post) bits[t] |= bits[s] & passes;
    }
    for (let i = 0; i < size; i++) if (filter.nodeKinds[nodes.kind[i]] === false) bits[i] &= NO_NODE_KINDS;
    if (centre >= 0) bits[centre] = EVERY;
    for (let e = 0; e < links; e++) edgeBits[e] &= bits[source[e]] & bits[target[e]];
    return { nodes: bits, edges: edgeBits, active };
  }

  /**
   * The nodes within some steps of another over edges that have a bit.
   * @param {any} model @param {Uint8Array} edgeBits @param {number} bit
   * @param {{node: number, depth: number, direction: string}} around
   * @returns {number[]} nearest first
   */
  function within(model, edgeBits, bit, { node, depth, direction }) {
    const { data, edges, starts, ends } = model;
    const symmetric = data.edgeKinds.map((/** @type {string} */ name) => LIKENESS.has(name));
    const seen = new Uint8Array(model.size);
    seen[node] = 1;
    const found = [node];
    let begin = 0;
    for (let step = 0; step < depth && begin < found.length; step++) {
      const end = found.length;
      for (; begin < end; begin++) {
        const i = found[begin];
        for (let k = starts[i]; k < starts[i + 1]; k++) {
          const e = ends[k];
          if (!(edgeBits[e] & bit)) continue;
          const outward = edges.source[e] === i;
          if (direction !== 'both' && outward !== (direction === 'out') && !symmetric[edges.kind[e]]) continue;
          const other = outward ? edges.target[e] : edges.source[e];
          if (seen[other]) continue;
          seen[other] = 1;
          found.push(other);
        }
      }
    }
    return found;
  }

  /**
   * What a filter shows, in time linear in the size of the graph.
   *
   * The node that a filter stays around is always shown. An edge is shown when its kind and weight pass and
   * both its ends are shown; what is around a node is found over such edges, and `related` and `formula` edges
   * have no direction.
   * @param {any} model @param {GraphFilter} filter @returns {GraphShown}
   */
  function applyFilter(model, filter) {
    const { nodes, edges } = passing(model, filter);
    if (filter.around && centreOf(model, filter) >= 0) {
      for (const i of within(model, edges, ALL, filter.around)) nodes[i] |= AROUND;
      for (let i = 0; i < nodes.length; i++) nodes[i] = nodes[i] & AROUND ? nodes[i] & EVERY : 0;
      const { source, target } = model.edges;
      for (let e = 0; e < edges.length; e++) edges[e] &= nodes[source[e]] & nodes[target[e]];
    }
    for (let i = 0; i < nodes.length; i++) nodes[i] &= ALL;
    for (let e = 0; e < edges.length; e++) edges[e] &= ALL;
    return { nodes, edges };
  }

  /**
   * How many nodes, or edges, there would be of each choice of a facet, were nothing chosen in that facet and all
   * else as it is. Linear as well: one walk over the graph counts for all facets; with `around`, one for each.
   * @param {any} model @param {GraphFilter} filter @returns {GraphCounts}
   */
  function countFacets(model, filter) {
    const { data, nodes, edges, size, links } = model;
    const post = data.kinds.indexOf('post');
    const { nodes: bits, edges: edgeBits, active } = passing(model, filter);
    if (filter.around && centreOf(model, filter) >= 0) keepAround(model, filter, bits, edgeBits, active);

    const counts = {
      nodeKinds: Array(data.kinds.length).fill(0),
      edgeKinds: Array(data.edgeKinds.length).fill(0),
      tags: Array(data.tags.length).fill(0),
      series: Array(data.series.length).fill(0),
      communities: Array(data.communities.length).fill(0),
    };
    const years = new Uint32Array(10000);
    for (let i = 0; i < size; i++) {
      const b = bits[i];
      if (b & NO_NODE_KINDS) counts.nodeKinds[nodes.kind[i]]++;
      if (nodes.kind[i] !== post) continue;
      if (b & NO_TAGS) for (const tag of nodes.tags[i]) counts.tags[tag]++;
      if (b & NO_SERIES && nodes.series[i] >= 0) counts.series[nodes.series[i]]++;
      if (b & NO_COMMUNITIES && nodes.community[i] >= 0) counts.communities[nodes.community[i]]++;
      if (b & NO_YEARS && nodes.year[i] > 0) years[nodes.year[i]]++;
    }
    for (let e = 0; e < links; e++) if (edgeBits[e] & NO_EDGE_KINDS) counts.edgeKinds[edges.kind[e]]++;
    /** @type {Map<number, number>} */
    const byYear = new Map();
    years.forEach((count, year) => { if (count) byYear.set(year, count); });
    return { ...counts, years: byYear };
  }

  /**
   * Take away each bit from what is not around the filter's node when that facet is dropped.
   * @param {any} model @param {GraphFilter} filter @param {Uint8Array} bits @param {Uint8Array} edgeBits
   * @param {number} active
   */
  function keepAround(model, filter, bits, edgeBits, active) {
    const around = /** @type {NonNullable<GraphFilter['around']>} */ (filter.around);
    const { source, target } = model.edges;
    const kept = new Uint8Array(bits.length);
    // To drop a facet in which nothing is chosen changes nothing: one walk does for all of these.
    const chosen = active | (filter.nodeKinds.every(Boolean) ? 0 : NO_NODE_KINDS) |
      (filter.edgeKinds.every(Boolean) ? 0 : NO_EDGE_KINDS);
    const alike = EVERY & ~chosen;
    for (const i of within(model, edgeBits, ALL, around)) kept[i] = alike;
    for (let bit = NO_TAGS; bit <= NO_EDGE_KINDS; bit <<= 1) {
      if (!(bit & alike)) for (const i of within(model, edgeBits, bit, around)) kept[i] |= bit;
    }
    for (let i = 0; i < bits.length; i++) bits[i] &= kept[i];
    for (let e = 0; e < edgeBits.length; e++) edgeBits[e] &= bits[source[e]] & bits[target[e]];
  }

  Object.assign(/** @type {any} */ (window).blogGraph, { createFilter, isDefault, applyFilter, countFacets });
})();
