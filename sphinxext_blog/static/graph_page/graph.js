// @ts-check
/* The graph in the reader's browser: data in columns, who is linked to whom,
   what is shown, and search. Knows nothing of the page. */
(function () {
  'use strict';

  /**
   * @typedef {object} Nodes Columns; the place in them is the number of a node.
   * @property {string[]} id docname, missing:… or work:…
   * @property {string[]} label title in plain Unicode
   * @property {Record<string, string>} html title as HTML, where it holds mathematics
   * @property {number[]} kind place in Data.kinds
   * @property {string[]} url relative to the site's root, or absolute; '' when there is none
   * @property {string[]} date ISO 8601, possibly reduced; '' when unknown
   * @property {number[][]} tags places in Data.tags
   * @property {number[]} series place in Data.series; -1 for none
   * @property {(number | null)[]} part number in the series
   * @property {number[]} community
   * @property {number[]} pagerank
   * @property {number[]} size radius in px at zoom 1
   * @property {number[]} x
   * @property {number[]} y
   */
  /**
   * @typedef {object} Edges
   * @property {number[]} source
   * @property {number[]} target
   * @property {number[]} kind place in Data.edgeKinds
   * @property {number[]} weight
   */
  /**
   * @typedef {object} Data
   * @property {number} version
   * @property {string[]} kinds
   * @property {string[]} edgeKinds
   * @property {string[]} tags
   * @property {{name: string, html: string}[]} series
   * @property {number[]} mainPosts of each community the node it is called after; -1 for none
   * @property {Nodes} nodes
   * @property {Edges} edges
   * @property {object} options of vis-network
   */
  /**
   * @typedef {object} Told One piece of evidence.
   * @property {string} how
   * @property {string} [html] the sentence
   * @property {string} [anchor]
   * @property {string} [label]
   * @property {string | number} [number]
   * @property {number} [score]
   * @property {string} [series]
   * @property {number[]} [source_number]
   * @property {number[]} [target_number]
   * @property {number[]} [gap]
   * @property {string[]} [detail]
   * @property {{anchor: string, html?: string}[]} [formulas] a shared formula in the source and in the target
   */
  /** @typedef {{version: number, excerpts: Record<string, string>, edges: Told[][]}} Evidence */

  const VERSION = 1;

  /** @type {Record<string, any>} */
  const received = {};
  /** @type {Record<string, ((value: any) => void)[]>} */
  const waiting = {};

  /**
   * Called by the data files, which are scripts since pages from file:// may not fetch.
   * @param {string} name @param {any} value
   */
  function receive(name, value) {
    if (value.version !== VERSION) throw new Error(`${name} of the graph has version ${value.version}, not ${VERSION}`);
    received[name] = value;
    for (const resolve of waiting[name] || []) resolve(value);
    delete waiting[name];
  }

  /** @param {string} name @returns {Promise<any>} what a data file brings, as soon as it is there */
  function when(name) {
    if (name in received) return Promise.resolve(received[name]);
    return new Promise((resolve) => {
      (waiting[name] = waiting[name] || []).push(resolve);
    });
  }

  /** @param {string} text @returns {string} the form in which texts are compared */
  function fold(text) {
    return text.normalize('NFKD').replace(/\p{Mn}/gu, '').toLowerCase();
  }

  /** @param {Data} data @param {number} size */
  function adjacency(data, size) {
    const { source, target } = data.edges;
    const starts = new Uint32Array(size + 1);
    for (const ends of [source, target]) for (const node of ends) starts[node + 1]++;
    for (let i = 0; i < size; i++) starts[i + 1] += starts[i];
    const next = starts.slice();
    const ends = new Uint32Array(2 * source.length);
    for (let e = 0; e < source.length; e++) {
      ends[next[source[e]]++] = e;
      ends[next[target[e]]++] = e;
    }
    return { starts, ends };
  }

  class Model {
    /** @param {Data} data */
    constructor(data) {
      this.data = data;
      this.nodes = data.nodes;
      this.edges = data.edges;
      this.size = data.nodes.id.length;
      this.links = data.edges.source.length;
      this.kindOn = data.kinds.map(() => true);
      this.edgeKindOn = data.edgeKinds.map(() => true);
      this.nodeOn = new Uint8Array(this.size).fill(1);
      this.edgeOn = new Uint8Array(this.links).fill(1);
      /** Numbers of the nodes, the most important first. */
      this.order = [...data.nodes.id.keys()].sort(
        (a, b) => Number(data.nodes.kind[a] > 0) - Number(data.nodes.kind[b] > 0) ||
          data.nodes.pagerank[b] - data.nodes.pagerank[a] || a - b,
      );
      this.rank = new Uint32Array(this.size);
      this.order.forEach((node, place) => { this.rank[node] = place; });
      /** @type {Map<string, number>} */
      this.byId = new Map(data.nodes.id.map((id, node) => [id, node]));
      const { starts, ends } = adjacency(data, this.size);
      /** Edges of each node in one array: those of node i are ends[starts[i]] to ends[starts[i + 1]]. */
      this.starts = starts;
      this.ends = ends;
      /** @type {string[] | null} */
      this._texts = null;
    }

    /** @param {number} node @returns {number[]} its edges that are shown */
    edgesOf(node) {
      /** @type {number[]} */
      const found = [];
      for (let k = this.starts[node]; k < this.starts[node + 1]; k++) {
        if (this.edgeOn[this.ends[k]]) found.push(this.ends[k]);
      }
      return found;
    }

    /** @param {number} node @returns {number[]} all its edges, shown or not */
    allEdgesOf(node) {
      return Array.from(this.ends.subarray(this.starts[node], this.starts[node + 1]));
    }

    /** @param {number} edge @param {number} node @returns {number} the other end */
    across(edge, node) {
      return this.edges.source[edge] === node ? this.edges.target[edge] : this.edges.source[edge];
    }

    /** @returns {{nodes: number[], edges: number[]}} what a change of the switches turned on or off */
    applySwitches() {
      const { kind } = this.nodes;
      const { source, target, kind: edgeKind } = this.edges;
      const nodes = [];
      const edges = [];
      for (let i = 0; i < this.size; i++) {
        const on = Number(this.kindOn[kind[i]]);
        if (on !== this.nodeOn[i]) nodes.push(i);
        this.nodeOn[i] = on;
      }
      for (let e = 0; e < this.links; e++) {
        const on = Number(this.edgeKindOn[edgeKind[e]] && this.nodeOn[source[e]] && this.nodeOn[target[e]]);
        if (on !== this.edgeOn[e]) edges.push(e);
        this.edgeOn[e] = on;
      }
      return { nodes, edges };
    }

    /** @returns {{nodes: number, edges: number}} how many are switched on */
    shown() {
      const sum = (/** @type {Uint8Array} */ flags) => flags.reduce((n, flag) => n + flag, 0);
      return { nodes: sum(this.nodeOn), edges: sum(this.edgeOn) };
    }

    /** @param {number} community @returns {number} the node it is called after */
    centre(community) {
      const main = this.data.mainPosts[community];
      return main < 0 ? this.order.find((i) => this.nodes.community[i] === community) ?? -1 : main;
    }

    /** @param {number} node @returns {string} title as HTML, safe to insert */
    titleHtml(node) {
      const html = this.nodes.html[node];
      if (html !== undefined) return html;
      const element = document.createElement('span');
      element.textContent = this.nodes.label[node];
      return element.innerHTML;
    }

    /**
     * @param {string} query words; each must occur in the title, the tags or the series
     * @param {number} limit
     * @returns {number[]} nodes, best first: titles that begin so, then titles, then the rest
     */
    search(query, limit) {
      const words = fold(query).split(/\s+/u).filter(Boolean);
      if (!words.length) return [];
      const { label, tags, series } = this.nodes;
      const texts = (this._texts = this._texts || label.map((text, i) => [
        fold(text),
        ...tags[i].map((tag) => fold(this.data.tags[tag])),
        series[i] < 0 ? '' : fold(this.data.series[series[i]].name),
      ].join('\n')));
      /** @type {[number, number][]} */
      const found = [];
      for (const node of this.order) {
        const text = texts[node];
        if (!words.every((word) => text.includes(word))) continue;
        const title = text.slice(0, text.indexOf('\n'));
        const score = title.startsWith(words[0]) ? 0 : words.every((word) => title.includes(word)) ? 1 : 2;
        found.push([score, node]);
      }
      found.sort((a, b) => a[0] - b[0] || this.rank[a[1]] - this.rank[b[1]]);
      return found.slice(0, limit).map((pair) => pair[1]);
    }
  }

  /** @type {any} */ (window).blogGraph = { receive, when, Model };
})();
