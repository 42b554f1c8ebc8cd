// @ts-check
/* What a reader looks at, as the fragment of an address that can be kept and shared:

     #n=posts/walks&hide=missing&tag=algebra&years=2014..2020&view=120.5,-30,0.8

     n          the selected node
     hide       kinds of nodes that are off;      hide-links  kinds of edges that are off
     tag, series, topic                           one of each that is chosen; a topic is called after its main post
     years      first and last year: 2014.., ..2020
     min        the smallest weight
     around     a node to stay around;            steps, way   how far (1 to 3) and in which direction (in, out)
     from, to   the ends of a path;               nth         which of several, the second and third
     before     the post to read up to
     view       middle and scale of the map

   Names and ids are percent-encoded. What is as always is not written, and what is not understood is not read: an old
   address of a changed blog shows what is still there. */

/**
 * @typedef {object} GraphState
 * @property {number} node the selected one, or -1
 * @property {GraphFilter} filter
 * @property {null | {from: number, to: number, nth?: number}} path  nth: of several paths this one, from 0
 * @property {number} before the node whose reading order is shown, or -1
 * @property {null | {x: number, y: number, scale: number}} view null: all of the map
 */

(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;
  const DIRECTIONS = ['in', 'out', 'both'];
  const PLAIN = /^-?\d+(?:\.\d+)?(?:e-?\d+)?$/u;

  /** @returns {GraphState} nothing selected, everything shown */
  function createState() {
    return { node: -1, filter: blogGraph.createFilter(), path: null, before: -1, view: null };
  }

  /** @param {string} text @returns {string} slashes and colons may stand in a fragment and are easier to read */
  function encode(text) {
    // Half a surrogate pair has no UTF-8.
    const whole = text.replace(/\p{Cs}/gu, '\ufffd');
    return encodeURIComponent(whole).replace(/%2F/gu, '/').replace(/%3A/gu, ':');
  }

  /** @param {string} text @returns {string} */
  function decode(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text; // a stray % stands for itself
    }
  }

  /** @param {number} value @param {number} digits @returns {number} */
  function rounded(value, digits) {
    return Number(value.toFixed(digits)) || 0; // no -0
  }

  /** @param {GraphState['view']} view @returns {GraphState['view']} as it comes back from an address */
  function roundedView(view) {
    if (!view || ![view.x, view.y, view.scale].every(Number.isFinite)) return null;
    const scale = Number(view.scale.toPrecision(4));
    return scale > 0 ? { x: rounded(view.x, 1), y: rounded(view.y, 1), scale } : null;
  }

  /**
   * The node that a topic is called after; where it has none, its most important one.
   * @param {any} model @param {number} community @returns {number} -1 when the topic has no node
   */
  function mainNode(model, community) {
    const topic = model.data.communities[community];
    if (!topic) return -1;
    return topic.main >= 0 && topic.main < model.size ? topic.main : model.nodes.community.indexOf(community);
  }

  /**
   * @param {any} model @param {GraphState} state
   * @returns {string} fragment without its #; '' for the default
   */
  function writeState(model, state) {
    const { data, nodes } = model;
    const { filter, path, view } = state;
    /** @type {string[]} */
    const parts = [];
    const add = (/** @type {string} */ key, /** @type {string} */ value) => { parts.push(`${key}=${encode(value)}`); };
    const addNode = (/** @type {string} */ key, /** @type {number} */ node) => {
      if (node >= 0 && node < model.size) add(key, nodes.id[node]);
    };
    const addHidden = (/** @type {string} */ key, /** @type {string[]} */ names, /** @type {boolean[]} */ on) => {
      const off = names.filter((_, kind) => on[kind] === false);
      if (off.length) parts.push(`${key}=${off.map(encode).join(',')}`);
    };
    const addNames = (/** @type {string} */ key, /** @type {string[]} */ names, /** @type {number[]} */ chosen) => {
      for (const k of [...chosen].sort((a, b) => a - b)) if (k in names) add(key, names[k]);
    };

    addNode('n', state.node);
    addHidden('hide', data.kinds, filter.nodeKinds);
    addHidden('hide-links', data.edgeKinds, filter.edgeKinds);
    addNames('tag', data.tags, filter.tags);
    addNames('series', data.series.map((/** @type {{name: string}} */ series) => series.name), filter.series);
    for (const community of [...filter.communities].sort((a, b) => a - b)) addNode('topic', mainNode(model, community));
    if (filter.from !== null || filter.to !== null) add('years', `${filter.from ?? ''}..${filter.to ?? ''}`);
    if (filter.weight > 0) add('min', String(rounded(filter.weight, 4)));
    if (filter.around) {
      addNode('around', filter.around.node);
      if (filter.around.depth !== 1) add('steps', String(filter.around.depth));
      if (filter.around.direction !== 'both') add('way', filter.around.direction);
    }
    if (path) {
      addNode('from', path.from);
      addNode('to', path.to);
      if (path.nth) add('nth', String(path.nth + 1));
    }
    addNode('before', state.before);
    const seen = roundedView(view);
    if (seen) parts.push(`view=${seen.x},${seen.y},${seen.scale}`);
    return parts.join('&');
  }

  /** @param {string} fragment @returns {Map<string, string[]>} all values of each key, still encoded */
  function split(fragment) {
    /** @type {Map<string, string[]>} */
    const found = new Map();
    for (const part of fragment.replace(/^#/u, '').split('&')) {
      const sign = part.indexOf('=');
      if (sign < 1) continue;
      const key = part.slice(0, sign);
      found.set(key, [...(found.get(key) || []), part.slice(sign + 1)]);
    }
    return found;
  }

  /**
   * Never fails: what is unknown, or no value at all, is left at its default. While a large graph is still arriving,
   * nodes that are not yet there are unknown; read again when it has grown.
   * @param {any} model @param {string} fragment with or without its #
   * @returns {GraphState}
   */
  function readState(model, fragment) {
    const { data, byId, nodes } = model;
    const given = split(fragment);
    const all = (/** @type {string} */ key) => (given.get(key) || []).map(decode);
    const one = (/** @type {string} */ key) => all(key)[0] ?? '';
    const node = (/** @type {string} */ key) => (given.has(key) ? byId.get(one(key)) ?? -1 : -1);
    const within = (/** @type {string} */ text, /** @type {number} */ low, /** @type {number} */ high) => {
      const value = PLAIN.test(text) ? Number(text) : NaN;
      return value >= low && value <= high ? value : null;
    };
    const shown = (/** @type {string} */ key, /** @type {string[]} */ names) => {
      const off = new Set((given.get(key) || []).flatMap((list) => list.split(',').map(decode)));
      return names.map((name) => !off.has(name));
    };
    // Two series whose names look alike are chosen together.
    const named = (/** @type {string} */ key, /** @type {string[]} */ names) => {
      const asked = new Set(all(key));
      return asked.size ? [...names.keys()].filter((k) => asked.has(names[k])) : [];
    };

    const state = createState();
    const { filter } = state;
    state.node = node('n');
    filter.nodeKinds = shown('hide', data.kinds);
    filter.edgeKinds = shown('hide-links', data.edgeKinds);
    filter.tags = named('tag', data.tags);
    filter.series = named('series', data.series.map((/** @type {{name: string}} */ series) => series.name));
    filter.communities = communitiesOf(model, all('topic').map((id) => byId.get(id) ?? -1));
    const years = /^(\d{1,4})?\.\.(\d{1,4})?$/u.exec(one('years'));
    if (years) {
      filter.from = years[1] === undefined ? null : Number(years[1]);
      filter.to = years[2] === undefined ? null : Number(years[2]);
    }
    filter.weight = within(one('min'), 0, 1) ?? 0;
    if (node('around') >= 0) {
      const direction = /** @type {'in' | 'out' | 'both'} */ (DIRECTIONS.includes(one('way')) ? one('way') : 'both');
      filter.around = { node: node('around'), depth: Math.round(within(one('steps'), 1, 3) ?? 1), direction };
    }
    if (node('from') >= 0 && node('to') >= 0) {
      state.path = { from: node('from'), to: node('to') };
      const nth = Math.round(within(one('nth'), 2, 9) ?? 1);
      if (nth > 1) state.path.nth = nth - 1;
    }
    state.before = node('before');
    const numbers = one('view').split(',').map((text) => (PLAIN.test(text) ? Number(text) : NaN));
    if (numbers.length === 3) state.view = roundedView({ x: numbers[0], y: numbers[1], scale: numbers[2] });
    return state;
  }

  /**
   * Topics that are called after these nodes; a node that a topic is no longer called after stands for its own.
   * @param {any} model @param {number[]} asked @returns {number[]} ascending
   */
  function communitiesOf(model, asked) {
    const { communities } = model.data;
    /** @type {Set<number>} */
    const found = new Set();
    for (const node of asked) {
      if (node < 0) continue;
      const called = communities.findIndex((/** @type {{main: number}} */ topic) => topic.main === node);
      const community = called < 0 ? model.nodes.community[node] : called;
      if (community in communities) found.add(community);
    }
    return [...found].sort((a, b) => a - b);
  }

  Object.assign(blogGraph, { createState, writeState, readState });
})();
