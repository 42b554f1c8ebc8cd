/* A graph made up in the browser, and the engine, the overlay and the gestures
   over it, with all that tests look at: see graph_stage.py. */
'use strict';

/** A blog with topics: 4 links a post, 82 % within the topic. Deterministic. */
window.makeModel = (posts, topics = Math.max(2, Math.round(Math.sqrt(posts) / 2.5)), seed = 1) => {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const others = Math.round(posts / 12);
  const size = posts + others;
  const nodes = {
    id: [], label: [], html: {}, kind: new Uint8Array(size), date: [], year: new Int16Array(size), tags: [],
    series: new Int32Array(size).fill(-1), part: [], community: new Int32Array(size), pagerank: new Float32Array(size),
    size: new Float32Array(size), x: new Float32Array(size), y: new Float32Array(size),
  };
  const reach = 26 * Math.sqrt(size);
  const centres = [];
  for (let k = 0; k < topics; k++) {
    const [angle, far] = [k * 2.39996, Math.sqrt((k + 0.5) / topics)];
    centres.push([1.25 * reach * far * Math.cos(angle), reach * far * Math.sin(angle)]);
  }
  const members = centres.map(() => []);
  const words = ['梯度下降', 'Kernel methods', '矩阵的低秩近似', 'Random walks', '概率空间', 'A bound for norms', '注意力'];
  for (let i = 0; i < size; i++) {
    const k = Math.floor(topics * random() ** 1.6);
    const spread = 0.8 * reach / Math.sqrt(topics) * Math.sqrt(random());
    const angle = 2 * Math.PI * random();
    nodes.id.push(`p${i}`);
    nodes.label.push(i % 3
      ? `${words[i % 7]} and ${words[(i * 3 + 1) % 7]}, part ${i}`
      : `${words[i % 7]}（${i}）：${words[(i + 3) % 7]}的几种看法`);
    nodes.kind[i] = i < posts ? 0 : 1 + i % 2;
    nodes.date.push('');
    nodes.tags.push([]);
    nodes.part.push(null);
    nodes.community[i] = k;
    nodes.pagerank[i] = 1 / (i + 1);
    nodes.size[i] = (i < posts ? 7 : 5) + 13 / Math.sqrt(1 + i / 3);
    nodes.x[i] = centres[k][0] + spread * Math.cos(angle);
    nodes.y[i] = centres[k][1] + spread * Math.sin(angle);
    if (i < posts) members[k].push(i);
  }
  const links = 4 * posts;
  const edges = {
    source: new Uint32Array(links), target: new Uint32Array(links), kind: new Uint8Array(links),
    weight: new Float32Array(links),
  };
  for (let e = 0; e < links; e++) {
    const from = e >> 2;
    const own = members[nodes.community[from]];
    let to = random() < 0.82 ? own[Math.floor(own.length * random() ** 2)] : Math.floor(size * random());
    if (to === from) to = (to + 1) % size;
    const kind = [0, 4, 4, 4, 1, 4, 3, 4, 2, 4][Math.floor(10 * random())];
    edges.source[e] = from;
    edges.target[e] = to;
    edges.kind[e] = kind;
    edges.weight[e] = kind === 4 ? 0.1 + 0.6 * random() : 0.9;
  }
  const starts = new Uint32Array(size + 1);
  for (const list of [edges.source, edges.target]) for (const i of list) starts[i + 1]++;
  for (let i = 0; i < size; i++) starts[i + 1] += starts[i];
  const next = starts.slice();
  const ends = new Uint32Array(2 * links);
  for (let e = 0; e < links; e++) {
    ends[next[edges.source[e]]++] = e;
    ends[next[edges.target[e]]++] = e;
  }
  const names = ['Optimisation', '概率论', 'Kernel methods and their friends', 'Graphs', '线性代数', 'Number theory'];
  const model = {
    size, links, nodes, edges, starts, ends,
    nodeOn: new Uint8Array(size).fill(1), edgeOn: new Uint8Array(links).fill(1),
    data: {
      kinds: ['post', 'missing', 'work'],
      edgeKinds: ['cites', 'series', 'equation', 'formula', 'related'],
      tags: [],
      series: [],
      communities: centres.map((_, k) => ({
        name: names[k % 6] + (k < 6 ? '' : ` ${k}`), main: members[k].length ? members[k][0] : -1, size: members[k].length,
      })),
      options: {
        physics: { enabled: false },
        layout: { improvedLayout: false },
        edges: { smooth: false, arrows: { to: { enabled: false } } },
        interaction: { hideEdgesOnDrag: links > 1000, hideEdgesOnZoom: links > 1000, keyboard: { enabled: false } },
      },
    },
    across: (e, i) => edges.source[e] === i ? edges.target[e] : edges.source[e],
    edgesOf: (i) => [...ends.subarray(starts[i], starts[i + 1])].filter((e) => model.edgeOn[e]),
  };
  return model;
};

/** Show it; afterwards stage holds all that tests look at. */
window.openStage = (model, kind) => {
  if (window.stage) {
    window.stage.engine.destroy();
    window.stage.gestures.destroy();
  }
  const { createStyle, createVisEngine, createCanvasEngine, Overlay, createGestures } = blogGraph;
  const map = document.getElementById('bg-map');
  const told = { taps: [], hovers: [], starts: 0, ends: 0, hints: 0, leaves: 0 };
  const stage = window.stage = { model, told };
  const palette = new Map([...Array(8).keys()].map((k) => [k, k]));
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const create = kind === 'vis' ? createVisEngine : createCanvasEngine;
  const engine = stage.engine = create(document.getElementById('bg-canvas'), model, () => {
    stage.draws = (stage.draws || 0) + 1;
    overlay.draw();
  });
  const room = () => ({ left: 0, top: 0, right: map.clientWidth, bottom: map.clientHeight });
  const overlay = stage.overlay = new Overlay(document.getElementById('bg-overlay'), model, engine, room);
  stage.paint = () => {
    stage.style = createStyle(model, palette, calm);
    overlay.paint(stage.style);
    engine.paint(stage.style);
  };
  stage.fit = () => {
    const reach = (list) => [
      list.reduce((a, b) => Math.min(a, b), Infinity), list.reduce((a, b) => Math.max(a, b), -Infinity),
    ];
    const [x0, x1] = reach(model.nodes.x);
    const [y0, y1] = reach(model.nodes.y);
    const scale = Math.min((map.clientWidth - 60) / (x1 - x0), (map.clientHeight - 60) / (y1 - y0), 1.6);
    engine.setView({ x: (x0 + x1) / 2, y: (y0 + y1) / 2, scale }, false);
  };
  stage.gestures = createGestures(document.getElementById('bg-stage'), engine, {
    onTap: (x, y, event) => told.taps.push([x, y, event.button, event.type]),
    onHover: (x, y) => {
      told.hovers.push([x, y]);
      const node = overlay.nodeAt(x, y, false);
      if (node !== overlay.hovered) {
        overlay.hovered = node;
        overlay.draw();
      }
    },
    onLeave: () => {
      told.leaves++;
      overlay.hovered = -1;
      overlay.draw();
    },
    onMoveStart: () => told.starts++,
    onMoveEnd: () => told.ends++,
    onHint: () => told.hints++,
  });
  stage.paint();
  stage.fit();
};
/** Two frames and a rest: long enough for a new bitmap and new labels. */
window.settle = (ms = 450) => new Promise((done) => {
  setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), ms);
});
