// @ts-check
/* The graph in the reader's browser: data in columns, who is linked to whom,
   what is shown, and search. Knows nothing of the page.

   Nodes are numbered by importance, so that the most important of any set are
   the smallest. The first file holds the nodes of the first view; those of a
   large graph that follow are added in slices. */
(function () {
  'use strict';

  /**
   * @typedef {object} NodeColumns of a slice; exceptions by the number of the node
   * @property {string[]} id docname, missing:… or work:…
   * @property {string[]} label title in plain Unicode
   * @property {Record<string, string>} html title as HTML, where it holds mathematics
   * @property {number[]} kind place in Head.kinds
   * @property {Record<string, string>} url where it is not a post's id and the usual suffix
   * @property {string[]} date ISO 8601, possibly reduced; '' when unknown
   * @property {number[][]} tags places in Head.tags
   * @property {number[]} series place in Head.series; -1 for none
   * @property {(number | null)[]} part number in the series
   * @property {number[]} community
   * @property {number[]} pagerank in millionths
   * @property {number[]} size radius in px at zoom 1
   * @property {number[]} x
   * @property {number[]} y
   */
  /**
   * @typedef {object} EdgeColumns of a slice
   * @property {number[]} step what the source adds to the one before
   * @property {number[]} target
   * @property {number[]} kind place in Head.edgeKinds
   * @property {number[]} weight in twentieths
   */
  /** @typedef {{version: number, nodes: NodeColumns, edges: EdgeColumns}} Slice */
  /**
   * @typedef {object} Head
   * @property {number} version
   * @property {string[]} kinds
   * @property {string[]} edgeKinds
   * @property {object} options of vis-network
   * @property {{nodes: number, edges: number}} total
   * @property {number} slices how many follow the first
   * @property {number[]} evidence first node of each file of evidence
   * @property {string} stamp changes with the content of the other files
   * @property {string} suffix what a post's address adds to its id
   * @property {string[]} tags
   * @property {{name: string, html: string}[]} series
   * @property {{name: string[], main: number[]}} communities name and main node of the larger ones
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
  /**
   * @typedef {object} Evidence of neighbouring nodes
   * @property {number} version
   * @property {Record<string, string>} excerpts
   * @property {Record<string, [number, number, number, Told[]][]>} links other end, kind, 1 when outgoing, evidence
   */
  /** @typedef {{name: string, main: number, size: number}} Community */

  const VERSION = 2;
  const WEIGHT_STEP = 0.05;

  /** @type {Record<string, any>} */
  const received = {};
  /** @type {Record<string, ((value: any) => void)[]>} */
  const waiting = {};
  /** @type {Map<string, Promise<any>>} */
  const asked = new Map();

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

  /**
   * Ask for a data file, once.
   * @param {string} folder with a slash @param {string} name @param {string} stamp
   * @returns {Promise<any>} fails when the file does not come; it may be asked for again then
   */
  function load(folder, name, stamp) {
    const coming = asked.get(name);
    if (name in received) return Promise.resolve(received[name]);
    if (coming) return coming;
    const promise = new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = `${folder}${name}.js?v=${stamp}`;
      script.addEventListener('error', () => {
        asked.delete(name);
        script.remove();
        reject(new Error(`${script.src} could not be loaded`));
      });
      when(name).then(resolve);
      document.head.append(script);
    });
    asked.set(name, promise);
    return promise;
  }

  /** @param {string} name @returns {boolean} whether a data file has come */
  function has(name) {
    return name in received;
  }

  /** @param {string} text @returns {string} the form in which texts are compared */
  function fold(text) {
    return text.normalize('NFKD').replace(/\p{Mn}/gu, '').toLowerCase();
  }

  class Model {
    /** @param {Head & Slice} head @param {boolean} [turned] the map stands upright, as narrow screens do */
    constructor(head, turned = false) {
      const { total } = head;
      this.turned = turned;
      this.data = {
        kinds: head.kinds,
        edgeKinds: head.edgeKinds,
        options: head.options,
        tags: head.tags,
        series: head.series,
        suffix: head.suffix,
        /** @type {Community[]} */
        communities: head.communities.name.map((name, k) => ({ name, main: head.communities.main[k], size: 0 })),
      };
      this.total = total;
      this.size = 0;
      this.links = 0;
      this.nodes = {
        /** @type {string[]} */
        id: [],
        /** @type {string[]} */
        label: [],
        /** @type {Record<string, string>} */
        html: {},
        kind: new Uint8Array(total.nodes),
        /** @type {Record<string, string>} */
        url: {},
        /** @type {string[]} */
        date: [],
        year: new Int16Array(total.nodes),
        /** @type {number[][]} */
        tags: [],
        series: new Int32Array(total.nodes),
        /** @type {(number | null)[]} */
        part: [],
        community: new Int32Array(total.nodes),
        pagerank: new Float32Array(total.nodes),
        size: new Float32Array(total.nodes),
        x: new Float32Array(total.nodes),
        y: new Float32Array(total.nodes),
      };
      this.edges = {
        source: new Uint32Array(total.edges),
        target: new Uint32Array(total.edges),
        kind: new Uint8Array(total.edges),
        weight: new Float32Array(total.edges),
      };
      /** What the filter lets through. */
      this.nodeOn = new Uint8Array(total.nodes);
      this.edgeOn = new Uint8Array(total.edges);
      /** @type {Map<string, number>} */
      this.byId = new Map();
      /** Edges of each node in one array: those of node i are ends[starts[i]] to ends[starts[i + 1]]. */
      this.starts = new Uint32Array(1);
      this.ends = new Uint32Array(0);
      /** @type {string[]} */
      this._texts = [];
      this.add(head);
    }

    /** @param {Slice} slice the next nodes, and the links whose less important end is one of them */
    add(slice) {
      const { nodes, edges } = this;
      const first = this.size;
      const count = slice.nodes.id.length;
      for (const name of /** @type {const} */ (['kind', 'series', 'community', 'size'])) {
        nodes[name].set(slice.nodes[name], first);
      }
      nodes.x.set(this.turned ? slice.nodes.y : slice.nodes.x, first);
      nodes.y.set(this.turned ? slice.nodes.x : slice.nodes.y, first);
      slice.nodes.id.forEach((id, k) => {
        nodes.id.push(id);
        nodes.label.push(slice.nodes.label[k]);
        nodes.date.push(slice.nodes.date[k]);
        nodes.tags.push(slice.nodes.tags[k]);
        nodes.part.push(slice.nodes.part[k]);
        nodes.year[first + k] = /^\d{4}/u.test(slice.nodes.date[k]) ? Number(slice.nodes.date[k].slice(0, 4)) : 0;
        nodes.pagerank[first + k] = slice.nodes.pagerank[k] / 1e6;
        this.byId.set(id, first + k);
        const community = slice.nodes.community[k];
        const { communities } = this.data;
        while (communities.length <= community) communities.push({ name: '', main: -1, size: 0 });
        communities[community].size++;
      });
      Object.assign(nodes.html, slice.nodes.html);
      Object.assign(nodes.url, slice.nodes.url);
      this.nodeOn.fill(1, first, first + count);
      this.size += count;
      let source = 0;
      slice.edges.step.forEach((step, k) => {
        source += step;
        const e = this.links + k;
        edges.source[e] = source;
        edges.target[e] = slice.edges.target[k];
        edges.kind[e] = slice.edges.kind[k];
        edges.weight[e] = slice.edges.weight[k] * WEIGHT_STEP;
      });
      this.edgeOn.fill(1, this.links, this.links + slice.edges.step.length);
      this.links += slice.edges.step.length;
      this._link();
    }

    _link() {
      const { source, target } = this.edges;
      const starts = new Uint32Array(this.size + 1);
      for (let e = 0; e < this.links; e++) {
        starts[source[e] + 1]++;
        starts[target[e] + 1]++;
      }
      for (let i = 0; i < this.size; i++) starts[i + 1] += starts[i];
      const next = starts.slice();
      const ends = new Uint32Array(2 * this.links);
      for (let e = 0; e < this.links; e++) {
        ends[next[source[e]]++] = e;
        ends[next[target[e]]++] = e;
      }
      this.starts = starts;
      this.ends = ends;
    }

    /** @returns {boolean} whether nodes are still to come */
    get partial() {
      return this.size < this.total.nodes;
    }

    /** @param {number} node @returns {string} its address: relative to the site's root or absolute, '' when it has none */
    url(node) {
      const url = this.nodes.url[node];
      if (url !== undefined) return url;
      return this.nodes.kind[node] === 0 ? this.nodes.id[node] + this.data.suffix : '';
    }

    /** @param {number} node @returns {number[]} its edges that are shown */
    edgesOf(node) {
      return this.allEdgesOf(node).filter((e) => this.edgeOn[e]);
    }

    /** @param {number} node @returns {number[]} all its edges, shown or not */
    allEdgesOf(node) {
      return Array.from(this.ends.subarray(this.starts[node], this.starts[node + 1]));
    }

    /** @param {number} edge @param {number} node @returns {number} the other end */
    across(edge, node) {
      return this.edges.source[edge] === node ? this.edges.target[edge] : this.edges.source[edge];
    }

    /** @returns {{nodes: number, edges: number}} how many the filter lets through */
    shown() {
      let nodes = 0;
      let edges = 0;
      for (let i = 0; i < this.size; i++) nodes += this.nodeOn[i];
      for (let e = 0; e < this.links; e++) edges += this.edgeOn[e];
      return { nodes, edges };
    }

    /** @param {number} node @returns {string} title as HTML, safe to insert */
    titleHtml(node) {
      const html = this.nodes.html[node];
      if (html !== undefined) return html;
      const element = document.createElement('span');
      element.textContent = this.nodes.label[node];
      return element.innerHTML;
    }

    /** @param {number} node @returns {string} what search compares: the title, then tags and series */
    _text(node) {
      const { label, tags, series, id } = this.nodes;
      return [
        fold(label[node]),
        ...tags[node].map((tag) => fold(this.data.tags[tag])),
        series[node] < 0 ? '' : fold(this.data.series[series[node]].name),
        fold(id[node]),
      ].join('\n');
    }

    /**
     * @param {string} query words; each must occur in the title, the tags, the series or the name of the document
     * @param {number} limit
     * @returns {number[]} nodes, best first: titles that begin so, then titles, then the rest
     */
    search(query, limit) {
      const words = fold(query).split(/\s+/u).filter(Boolean);
      if (!words.length) return [];
      for (let i = this._texts.length; i < this.size; i++) this._texts.push(this._text(i));
      /** @type {number[][]} */
      const found = [[], [], []];
      for (let node = 0; node < this.size; node++) {
        const text = this._texts[node];
        if (!words.every((word) => text.includes(word))) continue;
        const title = text.slice(0, text.indexOf('\n'));
        const rank = title.startsWith(words[0]) ? 0 : words.every((word) => title.includes(word)) ? 1 : 2;
        if (found[rank].length < limit) found[rank].push(node);
        if (found[0].length === limit) break;
      }
      return found.flat().slice(0, limit);
    }
  }

  /** @type {any} */ (window).blogGraph = { receive, when, load, has, fold, Model };
})();
