// @ts-check
/* What lies over the map, whatever engine draws it: labels, the neighbourhood of
   the node under the pointer or selected, a path, the keyboard's cursor, and the
   search for the node at a point. Its work depends on what it shows, never on
   the size of the graph. */
(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;

  const REST = 140; // ms without a movement, after which labels are placed anew
  const PACE = 250; // ms between two placements while the map moves
  // ms in a frame, for titles that were not seen before; known ones take no time
  const PLACING = 3;
  const WRITING = 3;
  const LIT = 400; // links of a neighbourhood that are shown, the strongest ones
  const ARROWS = 150; // with more links than this heads would hide one another
  const LEAST = 3.5; // px; radius of a node that is lit up
  const DIRECTED = ['cites', 'series', 'equation'];

  /** @typedef {{left: number, top: number, right: number, bottom: number}} Room */

  class Overlay {
    /**
     * @param {HTMLCanvasElement} canvas
     * @param {any} model
     * @param {any} engine with view(), isDrawn() and drawn()
     * @param {() => Room} free where labels may stand, px
     */
    constructor(canvas, model, engine, free) {
      this.canvas = canvas;
      this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      this.model = model;
      this.engine = engine;
      this.free = free;
      this.finder = new blogGraph.Finder(model);
      this.labels = new blogGraph.Labels(model);
      /** @type {any} */
      this.style = null;
      this.hovered = -1;
      this.selected = -1;
      this.cursor = -1;
      /** @type {{edges: number[], nodes: number[]}} */
      this.path = { edges: [], nodes: [] };
      /** Labels as they were placed last. @type {any[]} */
      this.placed = [];
      /** @type {any} */
      this.last = null;
      this.placedAt = -Infinity;
      this.timer = 0;
      this.request = 0;
      /** The links that were lit up last, since a post may have thousands. */
      this.lighted = { node: -1, /** @type {number[]} */ edges: [] };
    }

    /** @param {any} style */
    paint(style) {
      this.style = style;
      this.labels.paint(style);
    }

    /** The model has more nodes now. */
    grow() {
      this.finder.grow();
      this.labels.grow();
      this.lighted.node = -1;
    }

    /** Other nodes are on now; draw() tells the rest. */
    update() {
      this.labels.update();
      this.lighted.node = -1;
    }

    /**
     * Light a path up; without nodes, none.
     * @param {number[]} edges in the order of the steps @param {number[]} nodes from one end to the other
     */
    setPath(edges, nodes) {
      this.path = { edges, nodes };
    }

    /** @param {number} px @param {number} py point in the map @param {boolean} coarse a finger @returns {number} */
    nodeAt(px, py, coarse) {
      const v = this.engine.view();
      const x = v.x + (px - v.width / 2) / v.scale;
      const y = v.y + (py - v.height / 2) / v.scale;
      const lit = this._lit();
      return this.finder.at(x, y, v.scale, coarse ? 18 : 6, (/** @type {number} */ i) =>
        lit.has(i) || (Boolean(this.model.nodeOn[i]) && this.engine.isDrawn(i)));
    }

    /** @param {number} px @param {number} py @returns {number} the topic whose name stands there, or -1 */
    topicAt(px, py) {
      const v = this.engine.view();
      const label = this.placed.find((one) => {
        const box = blogGraph.labelBox(v, one);
        return one.topic >= 0 && px >= box[0] && px <= box[2] && py >= box[1] && py <= box[3];
      });
      return label ? label.topic : -1;
    }

    /** @param {number} node @returns {[number, number, number]} its place on the map now, and its radius, in px */
    project(node) {
      return blogGraph.project(this.engine.view(), this.model.nodes, node);
    }

    /**
     * Where labels stand now, px: for tests.
     * @returns {{node: number, topic: number, lines: string[], box: number[]}[]}
     */
    labelBoxes() {
      const v = this.engine.view();
      return this.placed.map((label) => ({
        node: label.node, topic: label.topic, lines: label.lines, box: blogGraph.labelBox(v, label),
      }));
    }

    /** Draw all of it anew, after the engine has drawn. */
    draw() {
      const v = this.engine.view();
      if (!this.style || !v.width || !v.height) return;
      const ratio = window.devicePixelRatio || 1;
      const { canvas, context } = this;
      const width = Math.round(v.width * ratio);
      const height = Math.round(v.height * ratio);
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
      } else {
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.clearRect(0, 0, width, height);
      }
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      const focus = this._focus();
      const only = this._light(v, focus);
      for (const i of new Set([this.selected, this.cursor])) this._ring(v, i);
      const start = performance.now();
      this._place(v, focus, only, start + PLACING);
      this.labels.stamp(context, v, this.placed, ratio, start + PLACING + WRITING);
      this._steps(v);
      if (this.labels.pending && !this.request) {
        this.request = window.requestAnimationFrame(() => {
          this.request = 0;
          this.draw();
        });
      }
    }

    /** @returns {number} the node whose neighbourhood is shown, or -1 */
    _focus() {
      const on = (/** @type {number} */ i) => i >= 0 && i < this.model.size && Boolean(this.model.nodeOn[i]);
      if (on(this.hovered)) return this.hovered;
      return !this.path.nodes.length && on(this.selected) ? this.selected : -1;
    }

    /** @returns {{nodes?: number[], edges?: number[]}} the path or neighbourhood that stands out; {} when none does */
    lit() {
      if (this.path.nodes.length) return { nodes: [...this.path.nodes].sort((a, b) => a - b), edges: this.path.edges };
      const focus = this._focus();
      if (focus < 0) return {};
      const edges = this._strongest(focus);
      const nodes = new Set([focus, ...edges.map((e) => this.model.across(e, focus))]);
      return { nodes: [...nodes].sort((a, b) => a - b), edges };
    }

    /** @returns {Set<number>} nodes that are shown although the engine may not draw them */
    _lit() {
      const lit = new Set([...this.path.nodes, this.selected, this.cursor]);
      const focus = this._focus();
      if (focus >= 0) for (const e of this._strongest(focus)) lit.add(this.model.across(e, focus));
      return lit;
    }

    /** @param {number} focus @returns {number[]} */
    _strongest(focus) {
      if (this.lighted.node === focus) return this.lighted.edges;
      const { weight } = this.model.edges;
      const edges = this.model.edgesOf(focus);
      edges.sort((/** @type {number} */ a, /** @type {number} */ b) => weight[b] - weight[a] || a - b);
      this.lighted = { node: focus, edges: edges.slice(0, LIT) };
      return this.lighted.edges;
    }

    /**
     * Veil the map, then show a neighbourhood or a path.
     * @param {any} v @param {number} focus
     * @returns {number[] | null} the nodes shown, those to be named first at the front; null when nothing is veiled
     */
    _light(v, focus) {
      const { context, model, style } = this;
      if (focus < 0 && !this.path.nodes.length) return null;
      context.globalAlpha = 0.8;
      context.fillStyle = style.background;
      context.fillRect(0, 0, v.width, v.height);
      context.globalAlpha = 1;
      if (focus < 0) {
        this._arrows(v, this.path.edges, { width: 4, colour: style.accent });
        this._nodes(v, this.path.nodes);
        return this.path.nodes;
      }
      const edges = this._strongest(focus);
      const near = [...new Set(edges.map((e) => model.across(e, focus)))].sort((a, b) => a - b);
      this._arrows(v, edges, null);
      this._nodes(v, near);
      this._nodes(v, [focus]);
      this._ring(v, focus);
      return [focus, ...near];
    }

    /**
     * Links with heads, in one path for each look.
     * @param {any} v @param {number[]} edges @param {{width: number, colour: string} | null} over
     */
    _arrows(v, edges, over) {
      const { context, model, style } = this;
      const { source, target, kind } = model.edges;
      const transform = blogGraph.transformOf(v);
      for (const [look, group] of blogGraph.byLook(edges, style.edge)) {
        const directed = edges.length <= ARROWS && DIRECTED.includes(model.data.edgeKinds[kind[group[0]]]);
        const head = directed ? (over ? 11 : 8) : 0;
        const heads = new Path2D();
        context.strokeStyle = context.fillStyle = over ? over.colour : look.solid;
        context.lineWidth = over ? over.width : look.width + 0.6;
        context.setLineDash(!over && edges.length <= LIT && look.dashes ? look.dashes : []);
        context.beginPath();
        for (const e of group) {
          this._arrow(transform, heads, blogGraph.project(v, model.nodes, source[e]),
            blogGraph.project(v, model.nodes, target[e]), head);
        }
        context.stroke();
        if (head) context.fill(heads);
      }
      context.setLineDash([]);
    }

    /**
     * @param {any} transform @param {Path2D} heads
     * @param {[number, number, number]} from @param {[number, number, number]} to @param {number} head px
     */
    _arrow(transform, heads, from, to, head) {
      const dx = to[0] - from[0];
      const dy = to[1] - from[1];
      const length = Math.hypot(dx, dy);
      if (length <= from[2] + to[2]) return;
      const [ux, uy] = [dx / length, dy / length];
      const end = [to[0] - ux * (to[2] + 2), to[1] - uy * (to[2] + 2)];
      blogGraph.addLine(this.context, transform, from[0] + ux * from[2], from[1] + uy * from[2],
        end[0] - ux * head * 0.7, end[1] - uy * head * 0.7);
      if (!head) return;
      heads.moveTo(end[0], end[1]);
      heads.lineTo(end[0] - ux * head - uy * head * 0.5, end[1] - uy * head + ux * head * 0.5);
      heads.lineTo(end[0] - ux * head + uy * head * 0.5, end[1] - uy * head - ux * head * 0.5);
      heads.closePath();
    }

    /** @param {any} v @param {number[]} nodes */
    _nodes(v, nodes) {
      blogGraph.drawNodes(this.context, this.model, this.style, { ...blogGraph.transformOf(v), least: LEAST }, nodes);
    }

    /** @param {any} v @param {number} i @param {number} [gap] px */
    _ring(v, i, gap = 4) {
      if (i < 0 || i >= this.model.size || !this.model.nodeOn[i]) return;
      const { context, style } = this;
      const [x, y, r] = blogGraph.project(v, this.model.nodes, i);
      context.beginPath();
      blogGraph.disc(context, x, y, Math.max(3, r) + gap, style.node(i).square);
      context.lineWidth = 2.5;
      context.strokeStyle = style.accent;
      context.setLineDash(i === this.cursor && i !== this.selected ? [4, 3] : []);
      context.stroke();
      context.setLineDash([]);
    }

    /** The numbers of a path's steps. @param {any} v */
    _steps(v) {
      const { context, style, path } = this;
      if (this._focus() >= 0) return;
      context.font = style.boldFont;
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      path.nodes.forEach((i, place) => {
        const [x, y, r] = blogGraph.project(v, this.model.nodes, i);
        const [cx, cy] = [x + 0.7 * r + 6, y - 0.7 * r - 6];
        context.beginPath();
        context.arc(cx, cy, 9, 0, 2 * Math.PI);
        context.fillStyle = style.accent;
        context.fill();
        context.lineWidth = 2;
        context.strokeStyle = style.background;
        context.stroke();
        context.fillStyle = style.background;
        context.fillText(String(place + 1), cx, cy + 0.5);
      });
    }

    /** @param {any} v @param {number} focus @param {number[] | null} only @param {number} until */
    _place(v, focus, only, until) {
      const now = performance.now();
      const before = this.last;
      const named = focus >= 0 ? focus : this.cursor;
      const moving = before && before.named === named && before.only === Boolean(only) &&
        (before.view.x !== v.x || before.view.y !== v.y || before.view.scale !== v.scale);
      this.last = { view: v, named, only: Boolean(only) };
      if (moving && now - this.placedAt < PACE) {
        this.placed = this.labels.keep(v, this.placed);
        this.labels.pending = false;
      } else {
        this.placedAt = now;
        this.placed = this.labels.place(v, this.free(), {
          accept: (/** @type {number} */ i) => this.engine.isDrawn(i),
          of: this.engine.drawn().of,
          focus: named,
          only,
          must: only && only === this.path.nodes ? only.length : 0,
          until,
        });
        if (!moving) return;
      }
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => { this.draw(); }, REST);
    }
  }

  blogGraph.Overlay = Overlay;
})();
