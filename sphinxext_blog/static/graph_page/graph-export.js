// @ts-check
/* What is shown, as data to keep: JSON as networkx.node_link_data(G, edges='edges') makes it, and GraphML for Gephi,
   yEd and networkx.read_graphml. Names and forms are those of graph.json and graph.graphml, less what the page does not
   know (texts, evidence); sphinxext_blog.load_graph() reads both. */
(function () {
  'use strict';

  const SCHEMA_VERSION = 1; // of graph.json, as in graph/schema.json
  // What XML 1.0 can't hold at all, halves of characters included, and CR, which every XML reader turns into LF.
  const NOT_XML = /[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
  const CHANGED = /[\0-\x1f&<>"'\p{Cs}\ufffe\uffff]/u; // most texts have none of these
  /** @type {Record<string, string>} */
  const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '\t': '&#9;', '\n': '&#10;' };
  const REVOKE_AFTER = 60000; // ms; a browser that asks where to save may take its time

  /** @param {string} text @returns {string} for text or for an attribute in double quotes */
  function escapeXml(text) {
    if (!CHANGED.test(text)) return text;
    return text.replace(NOT_XML, '\ufffd').replace(/[&<>"'\t\n]/gu, (sign) => ENTITIES[sign]);
  }

  /** @param {string} text @returns {string} as UTF-8 can hold it */
  function wellFormed(text) {
    if (!/\p{Cs}/u.test(text)) return text;
    return text.replace(/\p{Cs}/gu, '\ufffd');
  }

  /** @param {number} value @param {number} digits @returns {number} Float32 has more digits than it knows */
  function rounded(value, digits) {
    return Number.isFinite(value) ? Number(value.toFixed(digits)) : 0;
  }

  /** @typedef {{nodes?: Uint8Array | number[], edges?: Uint8Array | number[]}} GraphSelection Flags, or numbers. */

  /** @param {Uint8Array | number[] | undefined} chosen @param {number} size @returns {number[]} ascending */
  function numbers(chosen, size) {
    if (Array.isArray(chosen)) return [...chosen].sort((a, b) => a - b);
    const found = [];
    for (let k = 0; k < size; k++) if (!chosen || chosen[k]) found.push(k);
    return found;
  }

  /**
   * @param {any} model @param {GraphSelection} shown
   * @returns {{nodes: Record<string, any>[], edges: Record<string, any>[]}} attributes that are unknown are absent
   */
  function records(model, shown) {
    const { data, nodes, edges } = model;
    const on = numbers(shown.nodes, model.size);
    const present = new Set(on);
    const title = (/** @type {number} */ i) => wellFormed(nodes.label[i] || nodes.id[i]);
    return {
      nodes: on.map((i) => {
        const url = model.url(i);
        /** @type {Record<string, any>} */
        const node = { id: wellFormed(nodes.id[i]), kind: data.kinds[nodes.kind[i]], title: title(i) };
        if (url) node.url = wellFormed(url);
        if (nodes.date[i]) node.date = nodes.date[i];
        if (nodes.tags[i].length) {
          node.tags = nodes.tags[i].map((/** @type {number} */ tag) => wellFormed(data.tags[tag]));
        }
        if (nodes.series[i] >= 0) node.series = wellFormed(data.series[nodes.series[i]].name);
        if (nodes.part[i] !== null) node.series_index = nodes.part[i];
        node.pagerank = rounded(nodes.pagerank[i], 6);
        if (nodes.community[i] >= 0) node.community = nodes.community[i];
        node.x = rounded(nodes.x[i], 1);
        node.y = rounded(nodes.y[i], 1);
        return node;
      }),
      edges: numbers(shown.edges, model.links)
        .filter((e) => present.has(edges.source[e]) && present.has(edges.target[e]))
        .map((e) => ({
          source: wellFormed(nodes.id[edges.source[e]]),
          target: wellFormed(nodes.id[edges.target[e]]),
          key: data.edgeKinds[edges.kind[e]],
          weight: rounded(edges.weight[e], 4),
        })),
    };
  }

  /**
   * @param {any} model
   * @param {GraphSelection} [shown] all of the graph when left out
   * @returns {string} JSON that may also stand in a script
   */
  function toJson(model, shown = {}) {
    const graph = { schema_version: SCHEMA_VERSION };
    const text = JSON.stringify({ directed: true, multigraph: true, graph, ...records(model, shown) });
    return text.replace(/[<>&\u2028\u2029]/gu, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  }

  /** @param {string} id @param {Set<string>} taken @returns {string} as XML can hold it, and unlike all others */
  function xmlName(id, taken) {
    const clean = id.replace(NOT_XML, '\ufffd');
    let name = clean;
    for (let attempt = 2; taken.has(name); attempt++) name = `${clean}~${attempt}`;
    taken.add(name);
    return name;
  }

  /**
   * Lists are JSON; what XML can't hold becomes U+FFFD; the kind of an edge is its `kind`, as in graph.graphml.
   * @param {any} model
   * @param {GraphSelection} [shown] all of the graph when left out
   * @returns {string}
   */
  function toGraphml(model, shown = {}) {
    const { nodes, edges } = records(model, shown);
    /** @type {Set<string>} */
    const taken = new Set();
    /** @type {Map<string, string>} */
    const names = new Map();
    // Those that XML can hold keep their names.
    const clean = (/** @type {Record<string, any>} */ node) => node.id === node.id.replace(NOT_XML, '');
    for (const node of [...nodes.filter(clean), ...nodes.filter((n) => !clean(n))]) {
      names.set(node.id, escapeXml(xmlName(node.id, taken)));
    }
    const keys = new Keys();
    const name = (/** @type {string} */ id) => names.get(id);
    const body = [
      keys.data('graph', 'schema_version', SCHEMA_VERSION),
      ...nodes.map(({ id, ...attributes }) => `<node id="${name(id)}">${keys.all('node', attributes)}</node>`),
      ...edges.map(({ source, target, key, ...attributes }, k) =>
        `<edge source="${name(source)}" target="${name(target)}" id="e${k}">` +
        `${keys.all('edge', { kind: key, ...attributes })}</edge>`),
    ];
    return [
      '<?xml version="1.0" encoding="utf-8"?>',
      '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
      ...keys.declarations,
      '<graph edgedefault="directed">',
      ...body,
      '</graph>',
      '</graphml>',
      '',
    ].join('\n');
  }

  /** @type {Record<string, string>} */
  const TYPES = {
    schema_version: 'int',
    series_index: 'int',
    community: 'int',
    pagerank: 'double',
    x: 'double',
    y: 'double',
    weight: 'double',
  };

  /** Attributes of GraphML, declared when they first occur. */
  class Keys {
    constructor() {
      /** @type {Map<string, string>} */
      this.ids = new Map();
      /** @type {string[]} */
      this.declarations = [];
    }

    /** @param {string} scope @param {string} name @param {any} value */
    data(scope, name, value) {
      const key = scope + name;
      let id = this.ids.get(key);
      if (id === undefined) {
        id = `d${this.ids.size}`;
        this.ids.set(key, id);
        const type = TYPES[name] || 'string';
        this.declarations.push(`<key id="${id}" for="${scope}" attr.name="${name}" attr.type="${type}"/>`);
      }
      if (typeof value === 'number') return `<data key="${id}">${value}</data>`;
      return `<data key="${id}">${escapeXml(Array.isArray(value) ? JSON.stringify(value) : value)}</data>`;
    }

    /** @param {string} scope @param {Record<string, any>} attributes */
    all(scope, attributes) {
      return Object.entries(attributes).map(([name, value]) => this.data(scope, name, value)).join('');
    }
  }

  /**
   * Have the reader save a file. A Content-Security-Policy that knows no blob: does not stop it: this is no load.
   * @param {string} name @param {string} type media type @param {BlobPart} content
   */
  function download(name, type, content) {
    const url = URL.createObjectURL(new Blob([content], { type }));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    window.setTimeout(() => { URL.revokeObjectURL(url); }, REVOKE_AFTER);
  }

  Object.assign(/** @type {any} */ (window).blogGraph, { escapeXml, toJson, toGraphml, download });
})();
