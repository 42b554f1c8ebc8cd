// @ts-check
/* The engine for large maps: a canvas of our own, with the same methods as the
   one of vis-network (see graph-engine-vis.js).

   The view and a margin around it are drawn once into a bitmap. While the map
   moves, that bitmap is only shifted and stretched; as soon as it no longer
   covers the view, or the map rests at another zoom, the next bitmap is drawn,
   a few milliseconds in each frame, and takes the place of the first when it is
   complete. A small picture of the whole map lies below for what no bitmap
   covers yet. So the work of a frame depends neither on the size of the graph
   nor on what moves. */
(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;

  const SLICE = 5; // ms of drawing in a frame while the map moves
  const CALM = 10; // ms, while it rests
  const URGENT = 40; // ms, while there is nothing to show
  const REST = 90; // ms without a movement
  const GLIDE = 350; // ms
  const MARGIN = 0.25; // of the view, on each side
  const LARGEST = 12e6; // pixels of a bitmap
  const OVERVIEW = 1000; // pixels
  const [STRETCHED, SHRUNK] = [1.7, 0.6]; // a bitmap is used between these zooms

  /** @typedef {{x: number, y: number, scale: number, width: number, height: number}} View */

  /** A bitmap of a part of the map. */
  class Part {
    constructor() {
      this.canvas = document.createElement('canvas');
      // Kept in main memory: drawing there takes the time that can be measured, on every machine.
      this.context = /** @type {CanvasRenderingContext2D} */ (
        this.canvas.getContext('2d', { alpha: false, willReadFrequently: true }));
      /** What it shows: its width and height are those of the bitmap in px of the page. @type {View} */
      this.view = { x: 0, y: 0, scale: 1, width: 0, height: 0 };
      this.ratio = 1;
    }

    /** @param {View} view @param {number} ratio */
    shape(view, ratio) {
      this.view = view;
      this.ratio = ratio;
      const width = Math.max(1, Math.round(view.width * ratio));
      const height = Math.max(1, Math.round(view.height * ratio));
      if (this.canvas.width !== width) this.canvas.width = width;
      if (this.canvas.height !== height) this.canvas.height = height;
    }

    /** Have what was drawn arrive in the bitmap, so that its time can be measured. */
    flush() {
      this.context.getImageData(0, 0, 1, 1);
    }

    /** @param {View} view @param {number} spare px that it shall reach beyond the view */
    covers(view, spare) {
      const own = this.view;
      const k = view.scale / own.scale;
      return own.width * k / 2 - Math.abs(own.x - view.x) * view.scale >= view.width / 2 + spare &&
        own.height * k / 2 - Math.abs(own.y - view.y) * view.scale >= view.height / 2 + spare;
    }
  }

  /**
   * @param {HTMLElement} container @param {any} model @param {() => void} onView
   */
  function createCanvasEngine(container, model, onView) {
    const screen = document.createElement('canvas');
    Object.assign(screen.style, { position: 'absolute', inset: '0', width: '100%', height: '100%' });
    const pen = /** @type {CanvasRenderingContext2D} */ (screen.getContext('2d', { alpha: false }));
    container.append(screen);

    /** @type {any} */
    let style = null;
    const budget = { ...blogGraph.defaultBudget };
    let at = { x: 0, y: 0, scale: 1 };
    let [width, height, ratio] = [0, 0, 1];
    let moved = 0; // when the view last changed
    /** @type {{from: typeof at, to: typeof at, start: number} | null} */
    let glide = null;
    /** @type {Part | null} */
    let front = null;
    let back = new Part();
    const overview = new Part();
    let overviewReady = false;
    /** @type {{part: Part, steps: Generator<void>, done: boolean} | null} */
    let job = null;
    let stale = true; // what is drawn is no longer true
    let shifted = true; // the screen shows another view
    let request = 0;
    let timer = 0;
    /** What is drawn, or is about to be. @type {any} */
    let choice = null;

    /** @returns {View} */
    function view() {
      return { ...at, width, height };
    }

    function measure() {
      ratio = window.devicePixelRatio || 1;
      width = container.clientWidth;
      height = container.clientHeight;
      const [w, h] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
      if (screen.width === w && screen.height === h) return;
      screen.width = w;
      screen.height = h;
      stale = true;
      if (style) show(); // a canvas is empty after a change of its size
    }

    function schedule() {
      if (!request) request = window.requestAnimationFrame(frame);
    }

    /* --------------------------------------------------------------- bitmaps */

    /** @param {Part} part @param {View} target @param {number} margin px around the view that it shows as well */
    function* raster(part, target, margin) {
      const most = part === overview ? blogGraph.defaultBudget : budget;
      const chosen = blogGraph.choose(model, most, blogGraph.boxOf(target), margin / target.scale);
      if (part !== overview) choice = chosen;
      yield;
      const shown = { ...target, width: target.width + 2 * margin, height: target.height + 2 * margin };
      part.shape(shown, part === overview ? 1 : ratio);
      const { context } = part;
      context.setTransform(part.ratio, 0, 0, part.ratio, 0, 0);
      context.fillStyle = style.background;
      context.fillRect(0, 0, shown.width, shown.height);
      yield;
      const transform = blogGraph.transformOf(shown);
      yield* blogGraph.speckSteps(context, model, style, transform, chosen.last);
      yield* blogGraph.edgeSteps(context, model, style, transform, chosen.edges);
      yield* blogGraph.nodeSteps(context, model, style, transform, chosen.nodes);
    }

    /** @param {Part} part @param {View} target */
    function begin(part, target) {
      let margin = MARGIN * Math.min(target.width, target.height);
      if ((target.width + 2 * margin) * (target.height + 2 * margin) * ratio * ratio > LARGEST) margin /= 4;
      job = { part, steps: raster(part, target, part === overview ? 0 : Math.round(margin)), done: false };
    }

    /** @param {number} until */
    function work(until) {
      if (!job) return;
      do {
        job.done = Boolean(job.steps.next().done);
        job.part.flush();
      } while (!job.done && performance.now() < until);
    }

    /** The finished bitmap takes its place. */
    function swap() {
      if (!job) return;
      if (job.part === overview) {
        overviewReady = true;
      } else {
        const old = front || new Part();
        front = job.part;
        back = old;
        shifted = true;
      }
      job = null;
    }

    /** @param {number} now @returns {boolean} whether another bitmap is due */
    function isDue(now) {
      if (!front || stale) return true;
      const target = glide ? { ...glide.to, width, height } : view();
      const k = target.scale / front.view.scale;
      const spare = glide ? 0 : 0.1 * Math.min(width, height) * Math.min(1, k);
      if (k > STRETCHED || k < SHRUNK || !front.covers(target, spare)) return true;
      if (glide || now - moved < REST) return false;
      return k !== 1 || Math.abs(front.view.x - at.x) * at.scale > 0.06 * width ||
        Math.abs(front.view.y - at.y) * at.scale > 0.06 * height;
    }

    function beginOverview() {
      const { x, y } = model.nodes;
      let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
      for (let i = 0; i < model.size; i++) {
        left = Math.min(left, x[i]);
        right = Math.max(right, x[i]);
        top = Math.min(top, y[i]);
        bottom = Math.max(bottom, y[i]);
      }
      const [w, h] = [right - left + 200, bottom - top + 200];
      const scale = OVERVIEW / Math.max(w, h);
      begin(overview, {
        x: (left + right) / 2,
        y: (top + bottom) / 2,
        scale,
        width: Math.round(w * scale),
        height: Math.round(h * scale),
      });
    }

    /* ----------------------------------------------------------------- frame */

    /** @param {Part} part */
    function blit(part) {
      const k = (at.scale / part.view.scale) * (ratio / part.ratio);
      const [w, h] = [part.canvas.width * k, part.canvas.height * k];
      let left = screen.width / 2 + (part.view.x - at.x) * at.scale * ratio - w / 2;
      let top = screen.height / 2 + (part.view.y - at.y) * at.scale * ratio - h / 2;
      pen.imageSmoothingEnabled = k !== 1;
      if (k === 1) [left, top] = [Math.round(left), Math.round(top)];
      pen.drawImage(part.canvas, left, top, w, h);
    }

    function show() {
      if (!front || !front.covers(view(), 0)) {
        pen.fillStyle = style.background;
        pen.fillRect(0, 0, screen.width, screen.height);
        if (overviewReady) blit(overview);
      }
      if (front) blit(front);
      shifted = false;
      onView();
    }

    /** @param {number} now */
    function advance(now) {
      if (!glide) return;
      const t = Math.min(1, (now - glide.start) / GLIDE);
      at = between(glide.from, glide.to, t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) * (1 - t));
      shifted = true;
      moved = now;
      if (t === 1) glide = null;
    }

    function frame() {
      request = 0;
      if (!style) return;
      if ((window.devicePixelRatio || 1) !== ratio) measure();
      if (!width || !height) return; // comes back when it has a size
      const now = performance.now();
      advance(now);
      const due = isDue(now);
      if (due && job && job.part === overview) job = null; // it can wait
      if (!job && due) {
        stale = false;
        begin(back, glide ? { ...glide.to, width, height } : view());
      } else if (!job && !overviewReady && !glide && now - moved > REST) {
        beginOverview();
      }
      if (job && !job.done) work(now + (!front ? URGENT : now - moved < 3 * REST ? SLICE : CALM));
      // In flight the bitmap of the goal waits until the old one has nothing to show.
      if (job && job.done && !(glide && front && front.covers(view(), 0))) swap();
      if (shifted) show();
      plan(performance.now());
    }

    /** @param {number} now */
    function plan(now) {
      window.clearTimeout(timer);
      if (glide || job || stale || isDue(now)) schedule();
      else if (now - moved < REST || !overviewReady) {
        timer = window.setTimeout(schedule, Math.max(1, REST + 1 - (now - moved)));
      }
    }

    /* --------------------------------------------------------------- methods */

    /** @param {any} value */
    function paint(value) {
      if (!style || style.background !== value.background) {
        // Rather nothing for a moment than a map in the light of another theme.
        if (front) back = front;
        front = job = null;
      }
      style = value;
      if (!width) measure();
      refresh();
    }

    function refresh() {
      stale = shifted = true;
      overviewReady = false;
      choice = null;
      schedule();
    }

    /** @param {{x: number, y: number, scale: number}} target @param {boolean} [slow] */
    function setView(target, slow) {
      const to = { x: target.x, y: target.y, scale: target.scale };
      moved = performance.now();
      shifted = true;
      glide = slow && style && !style.reducedMotion ? { from: at, to, start: moved } : null;
      if (!glide) at = to;
      schedule();
    }

    function chosen() {
      if (!choice) choice = blogGraph.choose(model, budget, width ? blogGraph.boxOf(view()) : null, 0);
      return choice;
    }

    /** @param {number} nodes @param {number} edges Infinity for all */
    function setBudget(nodes, edges) {
      Object.assign(budget, { nodes, edges });
      refresh();
    }

    /** @param {number} node */
    function isDrawn(node) {
      return Boolean(model.nodeOn[node]) && node <= chosen().last;
    }

    function drawn() {
      const { inside, of } = chosen();
      return { nodes: inside, of };
    }

    function destroy() {
      window.cancelAnimationFrame(request);
      window.clearTimeout(timer);
      observer.disconnect();
      screen.remove();
      style = null;
    }

    measure();
    const observer = new ResizeObserver(() => {
      measure();
      schedule();
    });
    observer.observe(container);
    screen.addEventListener('contextrestored', refresh);
    return {
      paint, update: refresh, grow: refresh, view, setView, redraw: refresh, destroy, isDrawn, drawn, setBudget,
      budget: () => budget,
    };
  }

  /**
   * A zoom keeps one point of the map in its place; without a zoom the middle runs straight.
   * @param {{x: number, y: number, scale: number}} from @param {{x: number, y: number, scale: number}} to
   * @param {number} t 0 to 1
   */
  function between(from, to, t) {
    if (t >= 1) return to;
    const scale = from.scale * (to.scale / from.scale) ** t;
    const share = Math.abs(Math.log(to.scale / from.scale)) < 0.01 ? t
      : (1 / scale - 1 / from.scale) / (1 / to.scale - 1 / from.scale);
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, scale };
  }

  Object.assign(blogGraph, { createCanvasEngine });
})();
