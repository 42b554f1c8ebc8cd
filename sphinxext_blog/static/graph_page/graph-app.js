// @ts-check
/* The graph page: ties model, engine, overlay and panel to the reader's hands.

   A click on a node selects it: its panel opens and the focus goes to the
   panel's link “Open post”, so that Enter opens the post. A second click on the
   node opens it as well, and so does a double click. With Ctrl, Cmd or the
   middle button the post opens in a new tab. The address keeps the selection:
   #n=<id of the node>. */
(function () {
  'use strict';

  const {
    when, Model, communityColours, createStyle, createVisEngine, createSearch, createLegend, Overlay, Panel,
  } = /** @type {any} */ (window).blogGraph;

  const MARGIN = 48;
  const DOUBLE_CLICK = 400; // ms

  /** @param {string} id @returns {HTMLElement} */
  function byId(id) {
    const found = document.getElementById(id);
    if (!found) throw new Error(`the page has no #${id}`);
    return found;
  }

  const body = document.body;
  const base = body.dataset.base || '';
  const language = document.documentElement.lang || 'en';
  /** @type {Record<string, string>} */
  const messages = JSON.parse(body.dataset.messages || '{}');
  const map = byId('bg-map');
  const stage = byId('bg-stage');
  const legend = /** @type {HTMLDetailsElement} */ (byId('bg-legend'));
  const panelRoot = byId('bg-panel');
  const input = /** @type {HTMLInputElement} */ (byId('bg-search'));
  const results = byId('bg-results');
  const live = byId('bg-live');
  const narrow = window.matchMedia('(max-width: 720px)');
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)');

  /** @param {string} key @param {Record<string, string | number>} [values] */
  function say(key, values = {}) {
    return (messages[key] || key).replace(/\{(\w+)\}/gu, (whole, name) => (name in values ? String(values[name]) : whole));
  }

  /** @param {any} data */
  function run(data) {
    const model = new Model(data);
    const { nodes } = model;
    const palette = communityColours(model);
    const landmarks = [...palette.keys()].map((community) => model.centre(community));
    let selected = -1;
    let touched = false;
    let evidenceAsked = false;
    let revealLater = 0;

    /** @param {number} node @param {string} [anchor] @returns {string} */
    function href(node, anchor) {
      const url = nodes.url[node];
      if (!url) return '';
      const absolute = /^(?:[a-z][a-z0-9+.-]*:|\/)/iu.test(url) ? url : base + url;
      return anchor ? `${absolute}#${encodeURIComponent(anchor)}` : absolute;
    }

    const panel = new Panel(panelRoot, model, {
      say, href, language, show: (/** @type {number} */ node) => { select(node, { reveal: true, focus: true }); }, close: () => { clear(); map.focus(); },
    });
    const canvas = /** @type {HTMLCanvasElement} */ (byId('bg-overlay'));
    const engine = createVisEngine(byId('bg-canvas'), model, () => { overlay.draw(); });
    const overlay = new Overlay(canvas, model, () => engine.view(), free, landmarks);

    /* ---------------------------------------------------------- appearance */

    function paint() {
      const look = createStyle(model, palette, calm.matches);
      overlay.paint(look);
      engine.paint(look);
    }

    /* ---------------------------------------------------------------- view */

    /** @returns {{left: number, top: number, right: number, bottom: number}} the part of the map nothing covers */
    function free() {
      const whole = { left: 0, top: 0, right: map.clientWidth, bottom: map.clientHeight };
      if (narrow.matches) {
        if (!panelRoot.hidden) whole.bottom = Math.max(120, whole.bottom - panelRoot.offsetHeight);
        return whole;
      }
      if (legend.open) whole.left = legend.offsetLeft + legend.offsetWidth;
      if (!panelRoot.hidden) whole.right -= panelRoot.offsetWidth + 12;
      return whole;
    }

    /** @param {number} x @param {number} y @param {number} scale @param {boolean} slow */
    function look(x, y, scale, slow) {
      const room = free();
      engine.setView({
        x: x + (map.clientWidth / 2 - (room.left + room.right) / 2) / scale,
        y: y + (map.clientHeight / 2 - (room.top + room.bottom) / 2) / scale,
        scale,
      }, slow);
    }

    /** @param {boolean} slow */
    function fit(slow) {
      let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
      for (let i = 0; i < model.size; i++) {
        if (!model.nodeOn[i]) continue;
        x0 = Math.min(x0, nodes.x[i] - nodes.size[i]);
        x1 = Math.max(x1, nodes.x[i] + nodes.size[i]);
        y0 = Math.min(y0, nodes.y[i] - nodes.size[i]);
        y1 = Math.max(y1, nodes.y[i] + nodes.size[i]);
      }
      if (x0 > x1) return;
      const room = free();
      const margin = narrow.matches ? 20 : MARGIN;
      const scale = Math.min(
        (room.right - room.left - 2 * margin) / Math.max(1, x1 - x0),
        (room.bottom - room.top - 2 * margin) / Math.max(1, y1 - y0), 1.6,
      );
      look((x0 + x1) / 2, (y0 + y1) / 2, Math.max(scale, 0.01), slow);
    }

    /** @param {number} factor */
    function zoom(factor) {
      touched = true;
      const v = engine.view();
      engine.setView({ x: v.x, y: v.y, scale: Math.min(8, Math.max(0.02, v.scale * factor)) }, true);
    }

    /** @param {number} node @param {boolean} always */
    function reveal(node, always) {
      const v = engine.view();
      const room = free();
      const x = (nodes.x[node] - v.x) * v.scale + v.width / 2;
      const y = (nodes.y[node] - v.y) * v.scale + v.height / 2;
      const inside = x > room.left + 30 && x < room.right - 30 && y > room.top + 30 && y < room.bottom - 30;
      if (inside && !always) return;
      look(nodes.x[node], nodes.y[node], always ? Math.max(v.scale, 0.9) : v.scale, true);
    }

    /* ----------------------------------------------------------- selection */

    /** @param {number} node @param {{reveal?: boolean, focus?: boolean, address?: boolean, patient?: boolean}} how */
    function select(node, how = {}) {
      if (!model.kindOn[nodes.kind[node]]) switchKind('node', nodes.kind[node], true);
      selected = node;
      overlay.selected = node;
      overlay.hovered = -1;
      panel.show(node);
      body.classList.add('bg-has-panel');
      askEvidence();
      window.clearTimeout(revealLater);
      // After a click the map keeps still for a moment, so that a second click meets the same node.
      if (how.patient) revealLater = window.setTimeout(() => { reveal(node, false); }, DOUBLE_CLICK);
      else reveal(node, Boolean(how.reveal));
      overlay.draw();
      announce(node);
      if (how.focus) panel.focus();
      if (how.address !== false) setAddress(`#n=${encodeURIComponent(nodes.id[node])}`);
    }

    function clear() {
      if (selected < 0) return;
      selected = -1;
      overlay.selected = -1;
      panel.hide();
      body.classList.remove('bg-has-panel');
      overlay.draw();
      live.textContent = say('cleared');
      setAddress('');
    }

    /** @param {string} hash */
    function setAddress(hash) {
      try {
        window.history.replaceState(null, '', hash || window.location.pathname + window.location.search);
      } catch { /* some browsers forbid it under file:// */ }
    }

    function followAddress() {
      const part = window.location.hash.slice(1).split('&').find((piece) => piece.startsWith('n='));
      if (!part) return false;
      let id = part.slice(2);
      try {
        id = decodeURIComponent(id);
      } catch { /* a stray % stands for itself */ }
      const node = model.byId.get(id);
      if (node === undefined) return false;
      select(node, { reveal: true, address: false });
      return true;
    }

    /** @param {number} node */
    function announce(node) {
      const counts = new Map();
      for (const e of model.allEdgesOf(node)) {
        const key = data.edgeKinds[model.edges.kind[e]];
        counts.set(key, (counts.get(key) || 0) + 1);
      }
      const links = [...counts].map(([kind, count]) => `${say(`edge-${kind}`)}: ${count}`).join(', ');
      live.textContent = [nodes.label[node], say(`kind-${data.kinds[nodes.kind[node]]}`), nodes.date[node], links]
        .filter(Boolean).join('. ');
    }

    function askEvidence() {
      if (evidenceAsked) return;
      evidenceAsked = true;
      const script = document.createElement('script');
      script.src = body.dataset.evidence || '';
      document.head.append(script);
      when('evidence').then((/** @type {any} */ evidence) => { panel.tell(evidence, selected); });
    }

    /** @param {number} node @param {boolean} tab */
    function open(node, tab) {
      const url = href(node);
      if (!url) return;
      if (tab) window.open(url, '_blank', 'noopener');
      else window.location.assign(url);
    }

    /* ------------------------------------------------------------- pointer */

    let down = [0, 0];
    let clicked = { node: -1, x: 0, y: 0, time: 0 };
    /** @param {MouseEvent} event @returns {[number, number]} */
    function place(event) {
      const box = map.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    }
    stage.addEventListener('pointerdown', (event) => { down = place(event); }, true);
    stage.addEventListener('wheel', () => { touched = true; }, { passive: true });
    /** @param {MouseEvent} event */
    function onClick(event) {
      const [x, y] = place(event);
      if (Math.hypot(x - down[0], y - down[1]) > 6) {
        touched = true;
        return;
      }
      const coarse = /** @type {PointerEvent} */ (event).pointerType === 'touch';
      const node = overlay.nodeAt(x, y, coarse);
      const tab = event.ctrlKey || event.metaKey || event.shiftKey || event.button === 1;
      if (node < 0) {
        if (event.button === 0) clear();
      } else if (tab) open(node, true);
      else if (event.button !== 0) return;
      else if (node === selected && href(node)) open(node, false);
      else {
        select(node, { focus: !coarse, patient: true });
        clicked = { node, x: event.clientX, y: event.clientY, time: event.timeStamp };
      }
    }
    // The panel may have opened under the pointer before a double click is complete.
    document.addEventListener('click', (event) => {
      const second = clicked.node === selected && selected >= 0 && event.timeStamp - clicked.time < DOUBLE_CLICK &&
        Math.hypot(event.clientX - clicked.x, event.clientY - clicked.y) < 6;
      if (!second || !href(selected)) return;
      event.preventDefault();
      event.stopPropagation();
      open(selected, false);
    }, true);
    stage.addEventListener('click', onClick);
    stage.addEventListener('auxclick', (event) => { if (event.button === 1) onClick(event); });
    stage.addEventListener('pointermove', (event) => {
      if (event.pointerType === 'touch') return;
      const [x, y] = place(event);
      const node = event.buttons ? -1 : overlay.nodeAt(x, y, false);
      if (node === overlay.hovered) return;
      overlay.hovered = node;
      stage.style.cursor = node < 0 ? '' : 'pointer';
      window.requestAnimationFrame(() => { overlay.draw(); });
    });
    stage.addEventListener('pointerleave', () => {
      if (overlay.hovered < 0) return;
      overlay.hovered = -1;
      overlay.draw();
    });

    /* ------------------------------------------------------------ keyboard */

    /** @param {number} dx @param {number} dy the nearest node that way, linked ones first */
    function step(dx, dy) {
      const v = engine.view();
      const from = selected >= 0 ? [nodes.x[selected], nodes.y[selected]] : [v.x, v.y];
      const linked = new Set(selected < 0 ? [] : model.edgesOf(selected).map((/** @type {number} */ e) => model.across(e, selected)));
      let best = -1;
      let bestCost = Infinity;
      for (let i = 0; i < model.size; i++) {
        if (!model.nodeOn[i] || i === selected) continue;
        const x = nodes.x[i] - from[0];
        const y = nodes.y[i] - from[1];
        const length = Math.hypot(x, y) || 1e-6;
        const along = (x * dx + y * dy) / length;
        if (selected >= 0 && along < 0.35) continue;
        const cost = length * (selected < 0 ? 1 : 2.2 - along) * (linked.has(i) ? 0.6 : 1);
        if (cost < bestCost) {
          best = i;
          bestCost = cost;
        }
      }
      if (best >= 0) select(best);
    }

    map.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
      const arrow = /** @type {Record<string, number[]>} */ (arrows)[event.key];
      if (arrow) step(arrow[0], arrow[1]);
      else if (event.key === 'Enter' && selected >= 0) open(selected, event.shiftKey);
      else if (event.key === '+' || event.key === '=') zoom(1.4);
      else if (event.key === '-') zoom(1 / 1.4);
      else if (event.key === '0') fit(true);
      else return;
      event.preventDefault();
    });
    document.addEventListener('keydown', (event) => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
      if (event.key === 'Escape' && !typing && selected >= 0) {
        clear();
        map.focus({ preventScroll: true });
      } else if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        input.focus();
        input.select();
      }
    });

    /* --------------------------------------------------- search and legend */

    /** @param {number} node */
    function choose(node) {
      select(node, { reveal: true, focus: true });
    }
    createSearch({ input, results, model, language, say, announce: (/** @type {string} */ text) => { live.textContent = text; }, choose,
      leave: () => { map.focus({ preventScroll: true }); } });
    createLegend({ model, palette, say, choose, switchKind });
    legend.open = !narrow.matches;

    /** @param {'node' | 'edge'} what @param {number} kind @param {boolean} on */
    function switchKind(what, kind, on) {
      (what === 'node' ? model.kindOn : model.edgeKindOn)[kind] = on;
      const box = /** @type {HTMLInputElement | null} */ (document.getElementById(`bg-switch-${what}-${kind}`));
      if (box) box.checked = on;
      engine.update(model.applySwitches());
      if (selected >= 0 && !model.nodeOn[selected]) clear();
      engine.redraw();
    }

    for (const [id, act] of /** @type {[string, () => void][]} */ ([
      ['bg-zoom-in', () => { zoom(1.5); }],
      ['bg-zoom-out', () => { zoom(1 / 1.5); }],
      ['bg-fit', () => { touched = false; fit(true); }],
      ['bg-theme', () => { /** @type {any} */ (window).blogGraphTheme.toggle(); }],
    ])) byId(id).addEventListener('click', act);

    /* --------------------------------------------------------------- start */

    /** @type {HTMLDetailsElement} */ (byId('bg-list')).open = false;
    paint();
    document.documentElement.addEventListener('blog-graph-theme', () => { paint(); });
    calm.addEventListener('change', paint);
    new ResizeObserver(() => { if (!touched && selected < 0) fit(false); }).observe(map);
    fit(false);
    engine.redraw();
    window.addEventListener('hashchange', followAddress);
    // For other scripts on the page, and for tests.
    Object.assign(/** @type {any} */ (window).blogGraph, {
      select,
      pointOf: (/** @type {number} */ node) => overlay.project(node),
      numberOf: (/** @type {string} */ id) => model.byId.get(id),
      shown: () => model.shown(),
    });
    body.classList.add('bg-ready');
    followAddress();
    if (!model.size) live.textContent = say('empty');
  }

  when('data').then(run);
})();
