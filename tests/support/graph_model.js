// @ts-check
/* A model of a graph made from plain arrays, as the scripts of the graph page know it. */
(function () {
  'use strict';

  const page = /** @type {any} */ (window);
  const escaped = (/** @type {string} */ text) => text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;');

  /** @param {any} data @returns {any} nodes and edges as lists of records, and data.tags, .series, .communities */
  page.fakeModel = function (data) {
    const { nodes, edges } = data;
    const size = nodes.length;
    const links = edges.length;
    const column = (/** @type {any[]} */ records, /** @type {string} */ name, /** @type {any} */ other) =>
      records.map((record) => (record[name] === undefined ? other : record[name]));
    const source = Uint32Array.from(column(edges, 'source', 0));
    const target = Uint32Array.from(column(edges, 'target', 0));
    const starts = new Uint32Array(size + 1);
    for (let e = 0; e < links; e++) {
      starts[source[e] + 1]++;
      starts[target[e] + 1]++;
    }
    for (let i = 0; i < size; i++) starts[i + 1] += starts[i];
    const next = starts.slice();
    const ends = new Uint32Array(2 * links);
    for (let e = 0; e < links; e++) {
      ends[next[source[e]]++] = e;
      ends[next[target[e]]++] = e;
    }
    const ids = column(nodes, 'id', null).map((id, i) => (id === null ? `posts/p${i}` : id));
    const labels = column(nodes, 'label', null).map((label, i) => (label === null ? `Post ${i}` : label));
    const model = {
      size,
      links,
      total: size,
      data: {
        kinds: ['post', 'missing', 'work'],
        edgeKinds: ['cites', 'series', 'equation', 'formula', 'related'],
        tags: data.tags || [],
        series: (data.series || []).map((/** @type {string} */ name) => ({ name, html: escaped(name) })),
        communities: data.communities || [],
      },
      nodes: {
        id: ids,
        label: labels,
        html: data.html || {},
        kind: Uint8Array.from(column(nodes, 'kind', 0)),
        date: column(nodes, 'date', ''),
        year: Int16Array.from(column(nodes, 'year', 0)),
        tags: column(nodes, 'tags', []),
        series: Int32Array.from(column(nodes, 'series', -1)),
        part: column(nodes, 'part', null),
        community: Int32Array.from(column(nodes, 'community', 0)),
        pagerank: Float32Array.from(column(nodes, 'pagerank', 0)),
        size: Float32Array.from(column(nodes, 'size', 8)),
        x: Float32Array.from(column(nodes, 'x', 0)),
        y: Float32Array.from(column(nodes, 'y', 0)),
      },
      edges: {
        source,
        target,
        kind: Uint8Array.from(column(edges, 'kind', 0)),
        weight: Float32Array.from(column(edges, 'weight', 1)),
      },
      starts,
      ends,
      nodeOn: new Uint8Array(size).fill(1),
      edgeOn: new Uint8Array(links).fill(1),
      byId: new Map(ids.map((id, i) => [id, i])),
      url: (/** @type {number} */ i) => (nodes[i].url === undefined ? `${ids[i]}.html` : nodes[i].url),
      across: (/** @type {number} */ e, /** @type {number} */ i) => (source[e] === i ? target[e] : source[e]),
      edgesOf: (/** @type {number} */ i) => [...ends.subarray(starts[i], starts[i + 1])].filter((e) => model.edgeOn[e]),
      allEdgesOf: (/** @type {number} */ i) => [...ends.subarray(starts[i], starts[i + 1])],
      titleHtml: (/** @type {number} */ i) => model.nodes.html[i] || escaped(labels[i]),
    };
    for (const i of data.nodesOff || []) model.nodeOn[i] = 0;
    for (let e = 0; e < links; e++) {
      model.edgeOn[e] = Number(!(data.edgesOff || []).includes(e) && model.nodeOn[source[e]] && model.nodeOn[target[e]]);
    }
    return model;
  };

  /** A blog at random, for measurements: most links lie within a topic. @param {number} size @param {number} degree */
  page.randomModel = function (size, degree) {
    let state = 12345;
    const random = (/** @type {number} */ below) => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return Math.floor((state / 0x80000000) * below);
    };
    const topics = Math.max(1, Math.floor(size / 200));
    const words = ['矩阵', '概率', '梯度', '熵', 'Kernel', 'Walks', '流形', 'norms', '注意力', 'Élan'];
    const nodes = Array.from({ length: size }, (_, i) => ({
      label: `${words[random(10)]}${words[random(10)]} ${words[random(10)]} ${i}`,
      kind: i < size * 0.9 ? 0 : 1 + (i % 2),
      year: 2000 + random(25),
      date: `${2000 + random(25)}-0${1 + random(9)}-1${random(10)}`,
      tags: [random(50), 50 + random(50)],
      series: random(3) ? -1 : random(40),
      part: random(30),
      community: i % topics,
      x: random(10000),
      y: random(10000),
    }));
    const edges = Array.from({ length: size * degree }, () => {
      const source = random(size);
      const near = (source + topics * random(200)) % size;
      return { source, target: random(5) ? near : random(size), kind: random(5), weight: (1 + random(9999)) / 10000 };
    });
    return page.fakeModel({
      nodes, edges, tags: Array.from({ length: 100 }, (_, k) => `tag ${k}`),
      series: Array.from({ length: 40 }, (_, k) => `Series ${k}`),
      communities: Array.from({ length: topics }, (_, k) => ({ name: `Topic ${k}`, main: k, size: 200 })),
    });
  };
})();
