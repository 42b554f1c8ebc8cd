// @ts-check
/* The graph page: ties model, engine, overlay, cards and address together.

   One state says all that a reader has chosen: the selected node, the filter,
   the path or the reading order that is told, and the view. Whatever changes it
   goes through change(), and the address follows, so that back and forward work
   and a link shows another reader the same.

   A click on a node selects it: its panel opens and the focus goes to the
   panel's link “Open post”, so that Enter opens the post. A second click on the
   node opens it as well, and so does a double click. With Ctrl, Cmd or the
   middle button the post opens in a new tab. */
(function () {
  'use strict';

  const {
    when, load, has, fold, Model, communityColours, createStyle, createVisEngine, createCanvasEngine, createGestures, createSearch,
    createFilters, createCamera, createKeys, createKeeper, createTable, createHistory, createFilter, createNotice, createState, isDefault,
    applyFilter, readableDate, readState, writeState, Overlay, Panel, Evidence, Trails,
  } = /** @type {any} */ (window).blogGraph;

  const DOUBLE_CLICK = 400; // ms
  const UPRIGHT = 1.15; // height by width

  /** @param {string} id @returns {HTMLElement} */
  function byId(id) {
    const found = document.getElementById(id);
    if (!found) throw new Error(`the page has no #${id}`);
    return found;
  }

  const body = document.body;
  const base = body.dataset.base || '';
  const folder = body.dataset.folder || '';
  const language = document.documentElement.lang || 'en';
  /** @type {Record<string, string>} */
  const messages = JSON.parse(body.dataset.messages || '{}');
  const map = byId('bg-map');
  const stage = byId('bg-stage');
  const legend = /** @type {HTMLDetailsElement} */ (byId('bg-legend'));
  const panelRoot = byId('bg-panel');
  const input = /** @type {HTMLInputElement} */ (byId('bg-search'));
  const live = byId('bg-live');
  const narrow = window.matchMedia('(max-width: 720px)');
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)');

  /** @param {string} key @param {Record<string, string | number>} [values] */
  function say(key, values = {}) {
    return (messages[key] || key).replace(/\{(\w+)\}/gu, (whole, name) => (name in values ? String(values[name]) : whole));
  }

  /** @param {any} head */
  function run(head) {
    // Maps lie, as most screens do; on one that stands the map is mirrored along its diagonal.
    const turned = map.clientHeight > UPRIGHT * map.clientWidth;
    const model = new Model(head, turned);
    const { data, nodes } = model;
    const palette = communityColours(model);
    const evidence = new Evidence(head, folder);
    /** @type {{node: number, filter: any, path: {from: number, to: number, nth?: number} | null, before: number, view: any}} */
    const state = createState();
    let touched = false;
    /** Whether the path that is told decides what is in sight, until the reader moves the map. */
    let framing = false;
    /** Whether the reader has chosen or moved anything. */
    let acted = false;
    let revealLater = 0;
    let toastTimer = 0;
    /** Nodes of the path or reading order that is told. @type {number[]} */
    let lit = [];
    /** @type {any} */
    let table = null;

    /** @param {number} node @param {string} [anchor] @returns {string} */
    function href(node, anchor) {
      const url = model.url(node);
      if (!url) return '';
      const absolute = /^(?:[a-z][a-z0-9+.-]*:|\/)/iu.test(url) ? url : base + url;
      return anchor ? `${absolute}#${encodeURIComponent(anchor)}` : absolute;
    }

    /** Addresses are the same for all screens. @param {any} view */
    function mirrored(view) {
      return view && turned ? { ...view, x: view.y, y: view.x } : view;
    }

    /* --------------------------------------------------------------- parts */

    const show = (/** @type {number} */ node) => { change({ node, path: null, before: -1 }, { fly: true, focus: true }); };
    const close = () => {
      change({ node: -1, path: null, before: -1 });
      map.focus({ preventScroll: true });
    };
    const announceText = (/** @type {string} */ text) => { live.textContent = text; };
    const panel = new Panel(panelRoot, model, evidence, {
      say,
      href,
      language,
      show,
      close,
      actions: [
        { key: 'path', for: () => true, act: (/** @type {number} */ node) => { framing = true; change({ path: { from: node, to: -1 }, before: -1 }, { focus: true }); } },
        { key: 'order', for: (/** @type {number} */ node) => nodes.kind[node] === 0, act: (/** @type {number} */ node) => { framing = true; change({ path: null, before: node }, { focus: true }); } },
        { key: 'surroundings', for: () => true, act: (/** @type {number} */ node) => {
          change({ filter: { ...state.filter, around: { node, depth: 1, direction: 'both' } } }, { fit: true });
        } },
      ],
    });
    const trails = new Trails(panelRoot, model, evidence, panel, {
      say,
      href,
      language,
      show,
      announce: announceText,
      light: (/** @type {number[]} */ edges, /** @type {number[]} */ some) => {
        lit = some;
        overlay.setPath(edges, some);
        overlay.draw();
        if (some.length > 1 && (framing || !touched)) camera.fit(true, some);
      },
      setPath: (/** @type {any} */ path) => {
        framing = true;
        change({ path }, { focus: path.from < 0 || path.to < 0 });
      },
      reset: () => { change({ filter: createFilter() }); },
      filtered: () => !isDefault(state.filter),
    });
    const createEngine = body.dataset.engine === 'vis' ? createVisEngine : createCanvasEngine;
    const engine = createEngine(byId('bg-canvas'), model, () => {
      overlay.draw();
      noticeLater();
    });
    const overlay = new Overlay(/** @type {HTMLCanvasElement} */ (byId('bg-overlay')), model, engine, free);
    const camera = createCamera({ model, engine, map, narrow: () => narrow.matches, free });
    const filters = createFilters({
      model,
      palette,
      language,
      say,
      filter: () => state.filter,
      change: (/** @type {any} */ filter, /** @type {boolean} */ sliding) => { change({ filter }, { sliding }); },
      fly: (/** @type {number} */ topic) => {
        touched = true;
        camera.fit(true, membersOf(topic));
      },
    });
    const history = createHistory({
      write: () => writeState(model, { ...state, view: mirrored(state.view) }),
      onChange: (/** @type {string} */ fragment) => { follow(fragment, { fly: true }); },
    });

    /** @returns {{left: number, top: number, right: number, bottom: number}} the part of the map nothing covers */
    function free() {
      const whole = { left: 0, top: 0, right: map.clientWidth, bottom: map.clientHeight };
      if (narrow.matches) {
        const sheet = panelRoot.hidden ? (legend.open ? legend : null) : panelRoot;
        if (sheet) whole.bottom = Math.max(120, whole.bottom - sheet.offsetHeight);
        return whole;
      }
      if (legend.open) whole.left = legend.offsetLeft + legend.offsetWidth;
      if (!panelRoot.hidden) whole.right -= panelRoot.offsetWidth + 12;
      return whole;
    }

    function paint() {
      const look = createStyle(model, palette, calm.matches);
      overlay.paint(look);
      engine.paint(look);
    }

    /* --------------------------------------------------------------- state */

    /**
     * @param {Partial<typeof state>} patch
     * @param {{fly?: boolean, focus?: boolean, patient?: boolean, fit?: boolean, keep?: boolean, still?: boolean,
     *   sliding?: boolean}} how keep: the address stays as it is; still: the map, too; sliding: it changes, but makes no entry of the history
     */
    function change(patch, how = {}) {
      const before = { ...state };
      Object.assign(state, patch);
      overlay.cursor = -1;
      if (state.filter !== before.filter) refilter();
      // A post that a reader asks for is shown, whatever was filtered before.
      const lifted = !patch.filter && state.node >= 0 && state.node !== before.node && !model.nodeOn[state.node];
      if (lifted) {
        lift(state.node);
        refilter();
      }
      tell(state.node !== before.node || state.path !== before.path || state.before !== before.before || state.filter !== before.filter, how);
      if (lifted) toast(say('filter-lifted'));
      if (how.fit) camera.fit(true);
      if (!how.keep) acted = true;
      if (how.sliding) history.move();
      else if (!how.keep) history.push();
    }

    /** Give up as much of the filter as hides a node. @param {number} node */
    function lift(node) {
      const { filter } = state;
      const nodeKinds = filter.nodeKinds.map((/** @type {boolean} */ on, /** @type {number} */ kind) => on || kind === nodes.kind[node]);
      const steps = [
        { nodeKinds },
        { nodeKinds, around: null },
        { nodeKinds, tags: [], series: [], communities: [], from: null, to: null },
      ];
      state.filter = createFilter();
      for (const step of steps) {
        const candidate = { ...filter, ...step };
        if (!applyFilter(model, candidate).nodes[node]) continue;
        state.filter = candidate;
        return;
      }
    }

    /** Say something over the map for a moment. @param {string} text */
    function toast(text) {
      const hint = byId('bg-hint');
      hint.textContent = text;
      hint.hidden = false;
      window.clearTimeout(toastTimer);
      toastTimer = window.setTimeout(() => { hint.hidden = true; }, 2400);
    }

    function refilter() {
      const on = applyFilter(model, state.filter);
      model.nodeOn.set(on.nodes);
      model.edgeOn.set(on.edges);
      engine.update(null);
      overlay.update();
      filters.refresh();
      if (table) table.update();
    }

    /** Bring panel and map to what the state says. @param {boolean} anew @param {any} how */
    function tell(anew, how) {
      const { node, path, before } = state;
      const trail = path !== null || before >= 0;
      overlay.selected = node;
      overlay.hovered = -1;
      window.clearTimeout(revealLater);
      body.classList.toggle('bg-has-panel', trail || node >= 0);
      if (narrow.matches && anew && (trail || node >= 0)) legend.open = false; // one sheet at a time
      if (anew) {
        if (!trail) overlay.setPath([], []);
        if (path) trails.path(path.from, path.to, path.nth);
        else if (before >= 0) trails.order(before);
        else if (node >= 0) {
          panel.show(node);
          if (!evidence.has(node)) {
            evidence.ask(node).then(() => {
              if (state.node === node && !state.path && state.before < 0) panel.tell(node);
            }).catch(() => { toast(say('not-loaded')); });
          }
          announce(node);
        } else {
          if (!panelRoot.hidden) announceText(say('cleared'));
          panel.hide();
        }
      }
      if (node >= 0 && !trail && !how.still) {
        // After a click the map keeps still for a moment, so that a second click meets the same node.
        if (how.patient) revealLater = window.setTimeout(() => { camera.reveal(node, false); }, DOUBLE_CLICK);
        else camera.reveal(node, Boolean(how.fly));
      }
      overlay.draw();
      if (how.focus) (trail ? trails : panel).focus();
    }

    /** @param {string} fragment @returns {number} how many nodes, tags and series it names */
    function names(fragment) {
      return (fragment.match(/(?:^|&)(?:n|from|to|before|around|tag|series|topic)=/gu) || []).length;
    }

    /** @param {string} fragment @param {any} how @returns {boolean} whether it says anything */
    function follow(fragment, how) {
      const next = readState(model, fragment);
      const view = next.view = mirrored(next.view);
      touched = Boolean(view);
      change(next, { ...how, keep: true, still: Boolean(view) });
      if (view) engine.setView(view, false);
      if (!model.partial && names(fragment) > names(writeState(model, next))) toast(say('unknown-address'));
      return next.node >= 0 || next.path !== null || next.before >= 0 || Boolean(view) || !isDefault(next.filter);
    }

    /** @param {number} node */
    function announce(node) {
      /** @type {Map<string, Set<number>>} */
      const others = new Map();
      for (const e of model.allEdgesOf(node)) {
        const kind = data.edgeKinds[model.edges.kind[e]];
        others.set(kind, (others.get(kind) || new Set()).add(model.across(e, node)));
      }
      const links = [...others].map(([kind, found]) => `${say(`edge-${kind}`)}: ${found.size}`).join(', ');
      const date = nodes.date[node] && readableDate(nodes.date[node], language);
      announceText([nodes.label[node], say(`kind-${data.kinds[nodes.kind[node]]}`), date, links].filter(Boolean).join('. '));
    }

    /** @param {number} topic @returns {number[]} its nodes that are shown */
    function membersOf(topic) {
      const members = [];
      for (let i = 0; i < model.size; i++) if (nodes.community[i] === topic && model.nodeOn[i]) members.push(i);
      return members;
    }

    /** @param {number} node @param {boolean} tab */
    function open(node, tab) {
      const url = href(node);
      if (!url) return;
      if (tab) window.open(url, '_blank', 'noopener');
      else window.location.assign(url);
    }

    /* ------------------------------------------------------------- pointer */

    let clicked = { node: -1, x: 0, y: 0, time: 0 };
    /** @param {number} x @param {number} y @param {PointerEvent | MouseEvent} event */
    function onTap(x, y, event) {
      const coarse = /** @type {PointerEvent} */ (event).pointerType === 'touch';
      const node = overlay.nodeAt(x, y, coarse);
      const topic = node < 0 && event.button === 0 ? overlay.topicAt(x, y) : -1;
      if (topic >= 0) {
        // From afar, topics have names instead of posts: one comes nearer.
        touched = true;
        camera.fit(true, membersOf(topic));
        return;
      }
      const tab = event.ctrlKey || event.metaKey || event.shiftKey || event.button === 1;
      if (node < 0) {
        if (event.button === 0) change({ node: -1, path: null, before: -1 });
      } else if (tab) open(node, true);
      else if (event.button !== 0) return;
      else if (state.path && (state.path.from < 0 || state.path.to < 0)) {
        const { from, to } = state.path;
        change({ path: from < 0 ? { from: node, to } : { from, to: node } });
      } else if (node === state.node && !state.path && state.before < 0 && href(node)) open(node, false);
      else {
        change({ node, path: null, before: -1 }, { focus: !coarse, patient: true });
        clicked = { node, x: event.clientX, y: event.clientY, time: event.timeStamp };
      }
    }
    // The panel may have opened under the pointer before a double click is complete.
    document.addEventListener('click', (event) => {
      const second = clicked.node === state.node && state.node >= 0 && event.timeStamp - clicked.time < DOUBLE_CLICK &&
        Math.hypot(event.clientX - clicked.x, event.clientY - clicked.y) < 6;
      if (!second || !href(state.node)) return;
      event.preventDefault();
      event.stopPropagation();
      open(state.node, false);
    }, true);
    createGestures(stage, engine, {
      onTap,
      onHover: (/** @type {number} */ x, /** @type {number} */ y) => {
        const node = overlay.nodeAt(x, y, false);
        if (node === overlay.hovered) return;
        overlay.hovered = node;
        stage.style.cursor = node < 0 ? '' : 'pointer';
        overlay.draw();
      },
      onLeave: () => {
        if (overlay.hovered < 0) return;
        overlay.hovered = -1;
        overlay.draw();
      },
      onMoveStart: () => {
        framing = false;
        touched = true;
        acted = true;
      },
      onMoveEnd: remember,
      onHint: () => { toast(say('two-fingers')); },
    });

    /** The address keeps where the reader looks, once that was the reader's choice. */
    function remember() {
      if (!touched) return;
      const { x, y, scale } = engine.view();
      state.view = { x, y, scale };
      history.move();
    }

    /* ------------------------------------------------------------- controls */

    /** @param {number} node */
    function choose(node) {
      change({ node, path: null, before: -1 }, { fly: true, focus: true });
    }
    createSearch({
      input, results: byId('bg-results'), model, language, say, announce: announceText, choose,
      leave: () => { map.focus({ preventScroll: true }); },
      narrow: (/** @type {'tags' | 'series'} */ facet, /** @type {number} */ value) => {
        change({ node: -1, path: null, before: -1, filter: { ...createFilter(), [facet]: [value] } }, { fit: true });
        map.focus({ preventScroll: true });
      },
    });
    createKeys({
      map, model, engine, overlay, camera, open, announce,
      selected: () => state.node,
      // Walking through the map makes no entry of the history at each step.
      select: (/** @type {number} */ node, walking = false) => { change({ node, path: null, before: -1 }, { sliding: walking }); },
      clear: () => { if (state.node >= 0 || state.path || state.before >= 0) close(); },
      touch: () => {
        touched = true;
        acted = true;
      },
      fit: () => {
        touched = false;
        state.view = null;
        camera.fit(true);
      },
      search: () => {
        input.focus();
        input.select();
      },
    });
    for (const [id, act] of /** @type {[string, () => void][]} */ ([
      ['bg-zoom-in', () => { touched = true; acted = true; camera.zoom(1.5); }],
      ['bg-zoom-out', () => { touched = true; acted = true; camera.zoom(1 / 1.5); }],
      ['bg-fit', () => { touched = false; state.view = null; camera.fit(true); history.move(); }],
      ['bg-theme', () => { /** @type {any} */ (window).blogGraphTheme.toggle(); }],
      ['bg-connect', () => { framing = true; change({ path: { from: state.node, to: -1 }, before: -1 }, { focus: true }); }],
    ])) byId(id).addEventListener('click', act);
    createKeeper({ model, engine, overlay, say, style: () => createStyle(model, palette, true), href });
    legend.open = !narrow.matches;

    let failed = false;
    const noticeLater = createNotice({
      model, engine, language, say,
      failed: () => failed,
      again: () => { grow(); },
      reset: () => { change({ filter: createFilter() }, { fit: true }); },
      rest: remember,
    });

    /* ---------------------------------------------------------------- list */

    const list = /** @type {HTMLDetailsElement} */ (byId('bg-list'));
    list.addEventListener('toggle', () => {
      if (!list.open || table) return;
      table = createTable(byId('bg-table'), model, { say, href, language, choose: (/** @type {number} */ node) => {
        window.scrollTo({ top: 0, behavior: calm.matches ? 'auto' : 'smooth' });
        choose(node);
      } });
    });

    /* --------------------------------------------------------------- start */

    paint();
    document.documentElement.addEventListener('blog-graph-theme', () => { paint(); });
    calm.addEventListener('change', paint);
    let width = map.clientWidth;
    let height = map.clientHeight;
    new ResizeObserver(() => {
      if (map.clientWidth === width && map.clientHeight === height) return; // observing begins with a call
      width = map.clientWidth;
      height = map.clientHeight;
      // The engines keep the middle; what the reader looks at has to stay in sight.
      if (state.path || state.before >= 0) camera.fit(false, lit.length ? lit : undefined);
      else if (state.node >= 0) camera.reveal(state.node, false, false);
      else if (!touched) camera.fit(false);
    }).observe(map);
    camera.fit(false);
    filters.refresh();
    engine.redraw();
    // For other scripts on the page, and for tests.
    Object.assign(/** @type {any} */ (window).blogGraph, {
      select: (/** @type {number} */ node) => { change({ node, path: null, before: -1 }); },
      pointOf: (/** @type {number} */ node) => overlay.project(node),
      numberOf: (/** @type {string} */ id) => model.byId.get(id),
      shown: () => model.shown(),
      drawn: () => engine.drawn(),
    });
    const address = window.location.hash.slice(1);
    let arrived = 0;
    follow(address, { fly: true });
    body.classList.add('bg-ready');
    if (!model.total.nodes) announceText(say('empty'));

    /** The rest of a large graph, one slice after the other, while the reader looks already. */
    async function grow() {
      failed = false;
      while (arrived < head.slices) {
        try {
          const slice = await load(folder, `nodes-${arrived + 1}`, head.stamp);
          await new Promise((resolve) => { window.setTimeout(resolve, 0); });
          model.add(slice);
          arrived++;
        } catch {
          failed = true;
          noticeLater();
          return;
        }
        const on = applyFilter(model, state.filter);
        model.nodeOn.set(on.nodes);
        model.edgeOn.set(on.edges);
        engine.grow();
        overlay.grow();
      }
      filters.build();
      filters.refresh();
      if (table) table.update();
      // The address may name what has only come now; but a reader who acts already is left alone.
      if (address && !acted) follow(address, { fly: true });
      else overlay.draw();
      if (!touched && state.node < 0 && !state.path && state.before < 0) camera.fit(false);
      noticeLater();
      body.classList.add('bg-complete');
    }
    if (head.slices) grow();
    else body.classList.add('bg-complete');
  }

  if (has('nodes-0')) when('nodes-0').then(run);
  else document.documentElement.classList.add('no-js'); // the tables tell the same
})();
