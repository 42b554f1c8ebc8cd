// @ts-check
/* What lies over the map, whatever engine draws it: labels that never cover one
   another (the important first, more of them the nearer one looks), the
   neighbourhood of the node under the pointer or selected, and the search for
   the node at a point. */
(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;

  const LINE = 15;
  const WORD = /[《〈「『【〖（(\[“‘]*(?:[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+|.)[、。，．；：！？）》〉」』】〗”’…,.;:!?)\]]*\s*/gsu;
  const SPECK = 4.5; // px; a node that small is a dot
  const CELL = 120; // world px of the grid that finds nodes

  /** Nodes by their place on the map. */
  class Finder {
    /** @param {any} model */
    constructor(model) {
      this.model = model;
      /** @type {Map<string, number[]>} */
      this.cells = new Map();
      const { x, y } = model.nodes;
      for (let i = 0; i < model.size; i++) {
        const key = `${Math.floor(x[i] / CELL)},${Math.floor(y[i] / CELL)}`;
        const cell = this.cells.get(key);
        if (cell) cell.push(i);
        else this.cells.set(key, [i]);
      }
    }

    /**
     * @param {number} x @param {number} y world coordinates
     * @param {number} slack how far outside its edge a node is still hit
     * @returns {number} the node there, or -1
     */
    at(x, y, slack) {
      const { model } = this;
      const reach = 24 + slack;
      let best = -1;
      let bestGap = slack;
      for (let cx = Math.floor((x - reach) / CELL); cx <= Math.floor((x + reach) / CELL); cx++) {
        for (let cy = Math.floor((y - reach) / CELL); cy <= Math.floor((y + reach) / CELL); cy++) {
          for (const i of this.cells.get(`${cx},${cy}`) || []) {
            if (!model.nodeOn[i]) continue;
            const gap = Math.hypot(model.nodes.x[i] - x, model.nodes.y[i] - y) - model.nodes.size[i];
            if (gap <= bestGap) {
              best = i;
              bestGap = gap;
            }
          }
        }
      }
      return best;
    }
  }

  /** Rectangles on the screen that are taken, in a grid, so that asking is quick. */
  class Taken {
    constructor() {
      /** @type {Map<number, number[][]>} */
      this.cells = new Map();
    }

    /** @param {number[]} box @param {(cell: number[][]) => boolean | void} visit @returns {boolean} */
    _each(box, visit) {
      for (let cx = Math.floor(box[0] / 64); cx <= Math.floor(box[2] / 64); cx++) {
        for (let cy = Math.floor(box[1] / 64); cy <= Math.floor(box[3] / 64); cy++) {
          const key = cx * 65536 + cy;
          let cell = this.cells.get(key);
          if (!cell) this.cells.set(key, (cell = []));
          if (visit(cell)) return true;
        }
      }
      return false;
    }

    /** @param {number[]} b @param {number[] | null} except @returns {boolean} */
    hits(b, except = null) {
      return this._each(b, (cell) => cell.some((o) =>
        o !== except && b[0] < o[2] && o[0] < b[2] && b[1] < o[3] && o[1] < b[3]));
    }

    /** @param {number[]} box */
    add(box) {
      this._each(box, (cell) => { cell.push(box); });
    }
  }

  class Overlay {
    /**
     * @param {HTMLCanvasElement} canvas @param {any} model @param {() => any} view
     * @param {() => {left: number, top: number, right: number, bottom: number}} free where labels may stand
     * @param {number[]} landmarks nodes that are named first: the centres of the topics
     */
    constructor(canvas, model, view, free, landmarks) {
      this.free = free;
      this.landmarks = new Set(landmarks);
      this.order = [...landmarks, ...model.order.filter((/** @type {number} */ i) => !this.landmarks.has(i))];
      this.canvas = canvas;
      this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      this.model = model;
      this.view = view;
      this.finder = new Finder(model);
      /** @type {any} */
      this.style = null;
      this.hovered = -1;
      this.selected = -1;
      /** @type {Map<string, {lines: string[], width: number}>} */
      this.wrapped = new Map();
    }

    /** @param {any} style */
    paint(style) {
      if (!this.style || this.style.font !== style.font) this.wrapped.clear();
      this.style = style;
    }

    /** @param {number} px @param {number} py point in the map @param {boolean} coarse a finger @returns {number} */
    nodeAt(px, py, coarse) {
      const v = this.view();
      const x = v.x + (px - v.width / 2) / v.scale;
      const y = v.y + (py - v.height / 2) / v.scale;
      return this.finder.at(x, y, (coarse ? 18 : 6) / v.scale);
    }

    /** Draw all of it anew, after the engine has drawn. */
    draw() {
      if (!this.style) return;
      const v = this.view();
      const ratio = window.devicePixelRatio || 1;
      const { canvas, context } = this;
      const width = Math.round(v.width * ratio);
      const height = Math.round(v.height * ratio);
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
      }
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, v.width, v.height);
      const focus = this.hovered >= 0 ? this.hovered : this.selected;
      const near = focus >= 0 && this.model.nodeOn[focus] ? this._neighbourhood(focus, v) : null;
      this._labels(v, focus, near);
    }

    /** @param {number} node @returns {[number, number, number]} its place on the map now, and its radius, in px */
    project(node) {
      return this._project(this.view(), node);
    }

    /** @param {any} v @param {number} i @returns {[number, number, number]} place and radius on the screen */
    _project(v, i) {
      const { nodes } = this.model;
      return [
        (nodes.x[i] - v.x) * v.scale + v.width / 2,
        (nodes.y[i] - v.y) * v.scale + v.height / 2,
        nodes.size[i] * v.scale,
      ];
    }

    /** Veil all, then show one node and what is linked to it. @param {number} focus @param {any} v */
    _neighbourhood(focus, v) {
      const { context, model, style } = this;
      const edges = model.edgesOf(focus);
      /** @type {Set<number>} */
      const near = new Set([focus]);
      context.globalAlpha = 0.8;
      context.fillStyle = style.background;
      context.fillRect(0, 0, v.width, v.height);
      context.globalAlpha = 1;
      for (const e of edges) {
        const from = model.edges.source[e];
        const to = model.edges.target[e];
        near.add(model.across(e, focus));
        const look = style.edge(e);
        this._arrow(this._project(v, from), this._project(v, to), look, model.data.edgeKinds[model.edges.kind[e]]);
      }
      for (const i of near) this._node(i, v, i === focus);
      return near;
    }

    /**
     * @param {[number, number, number]} from @param {[number, number, number]} to
     * @param {any} look @param {string} kind
     */
    _arrow(from, to, look, kind) {
      const { context } = this;
      const dx = to[0] - from[0];
      const dy = to[1] - from[1];
      const length = Math.hypot(dx, dy);
      if (length <= from[2] + to[2]) return;
      const [ux, uy] = [dx / length, dy / length];
      const directed = kind === 'cites' || kind === 'series' || kind === 'equation';
      const head = directed ? 8 : 0;
      const end = [to[0] - ux * (to[2] + 2), to[1] - uy * (to[2] + 2)];
      context.strokeStyle = context.fillStyle = look.solid;
      context.lineWidth = look.width + 0.6;
      context.setLineDash(look.dashes || []);
      context.beginPath();
      context.moveTo(from[0] + ux * from[2], from[1] + uy * from[2]);
      context.lineTo(end[0] - ux * head * 0.7, end[1] - uy * head * 0.7);
      context.stroke();
      context.setLineDash([]);
      if (!head) return;
      context.beginPath();
      context.moveTo(end[0], end[1]);
      context.lineTo(end[0] - ux * head - uy * head * 0.5, end[1] - uy * head + ux * head * 0.5);
      context.lineTo(end[0] - ux * head + uy * head * 0.5, end[1] - uy * head - ux * head * 0.5);
      context.fill();
    }

    /** @param {number} i @param {any} v @param {boolean} strong */
    _node(i, v, strong) {
      const { context, style } = this;
      const [x, y, r] = this._project(v, i);
      const look = style.node(i);
      context.beginPath();
      if (look.square) context.rect(x - r, y - r, 2 * r, 2 * r);
      else context.arc(x, y, r, 0, 2 * Math.PI);
      context.fillStyle = look.fill;
      context.fill();
      context.lineWidth = Math.max(1, look.borderWidth * v.scale);
      context.strokeStyle = look.border;
      context.setLineDash(look.dashes || []);
      context.stroke();
      context.setLineDash([]);
      if (!strong) return;
      context.beginPath();
      if (look.square) context.rect(x - r - 4, y - r - 4, 2 * r + 8, 2 * r + 8);
      else context.arc(x, y, r + 4, 0, 2 * Math.PI);
      context.lineWidth = 2.5;
      context.strokeStyle = style.accent;
      context.stroke();
    }

    /**
     * Greedy placement: each label takes the first free spot below, above, right
     * or left of its node, in the order of importance.
     * @param {any} v @param {number} focus @param {Set<number> | null} near
     */
    _labels(v, focus, near) {
      const { context, model, style } = this;
      context.font = style.font;
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.lineJoin = 'round';
      const taken = new Taken();
      /** @type {[number, number, number, number, number[]][]} */
      const candidates = [];
      const room = this.free();
      const order = near ? [focus, ...this.order.filter((i) => i !== focus && near.has(i))] : this.order;
      for (const i of order) {
        if (!model.nodeOn[i]) continue;
        const [x, y, r] = this._project(v, i);
        if (x < room.left - 60 || y < room.top - 30 || x > room.right + 60 || y > room.bottom + 30) continue;
        const disc = [x - r, y - r, x + r, y + r];
        // A label may cross specks, and lines, but no node that one can make out.
        if (near || r > SPECK || this.landmarks.has(i)) taken.add(disc);
        // From afar only posts have names.
        if (near || model.nodes.kind[i] === 0 || r > SPECK) candidates.push([i, x, y, r, disc]);
      }
      // Few enough to read; all of a neighbourhood.
      const crowded = candidates.length > 200;
      let left = near ? 60 : Math.max(10, Math.round((v.width * v.height) / (crowded ? 24000 : 11000)));
      for (const [i, x, y, r, disc] of candidates) {
        if (!left) break;
        const strong = i === focus;
        const bold = strong || (!near && this.landmarks.has(i));
        context.font = bold ? style.boldFont : style.font;
        const { lines, width } = this._wrap(i, strong ? 260 : near ? 180 : 150, strong ? 4 : 2, bold);
        const height = lines.length * LINE;
        const gap = r + 5 + (strong ? 4 : 0);
        const spots = [
          [x, y + gap + height / 2],
          [x, y - gap - height / 2],
          [x + gap + width / 2, y],
          [x - gap - width / 2, y],
          ...[[1, 1], [-1, 1], [1, -1], [-1, -1]].map(([sx, sy]) =>
            [x + sx * (0.7 * gap + width / 2), y + sy * (0.7 * gap + height / 2)]),
        ];
        const fits = (/** @type {number[]} */ spot) => [
          spot[0] - width / 2 - 3, spot[1] - height / 2 - 1, spot[0] + width / 2 + 3, spot[1] + height / 2 + 1,
        ];
        let spot = spots.find((s) => {
          const box = fits(s);
          return box[0] > room.left && box[2] < room.right && box[1] > room.top && box[3] < room.bottom &&
            !taken.hits(box, disc);
        });
        if (!spot && strong) spot = spots[0];
        if (!spot) continue;
        taken.add(fits(spot));
        left--;
        context.strokeStyle = style.background;
        context.lineWidth = 4;
        context.fillStyle = strong || (near && i !== focus) || model.nodes.kind[i] === 0 ? style.text : style.muted;
        lines.forEach((line, k) => {
          const ly = /** @type {number[]} */ (spot)[1] + (k - (lines.length - 1) / 2) * LINE;
          context.strokeText(line, /** @type {number[]} */ (spot)[0], ly);
          context.fillText(line, /** @type {number[]} */ (spot)[0], ly);
        });
      }
    }

    /**
     * @param {number} i @param {number} room px @param {number} most lines @param {boolean} bold
     * @returns {{lines: string[], width: number}}
     */
    _wrap(i, room, most, bold) {
      const key = `${i} ${room} ${most} ${bold}`;
      const known = this.wrapped.get(key);
      if (known) return known;
      const found = wrap(this.context, this.model.nodes.label[i], room, most);
      this.wrapped.set(key, found);
      return found;
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context @param {string} text
   * @param {number} room px of a line @param {number} most lines
   * @returns {{lines: string[], width: number}}
   */
  function wrap(context, text, room, most) {
    // A word is a run without blanks of a script that has them, or one character of a script that has not.
    // Closing marks stay with what is before them, opening ones with what is after.
    const words = text.slice(0, 200).match(WORD) || [''];
    /** @type {string[]} */
    const lines = [];
    let line = '';
    let rest = text.length > 200;
    for (const word of words) {
      if (!line || context.measureText(line + word.trimEnd()).width <= room) {
        line += word;
        continue;
      }
      if (lines.length === most - 1) {
        rest = true;
        break;
      }
      lines.push(line.trimEnd());
      line = word;
    }
    line = line.trimEnd();
    if (rest || context.measureText(line).width > room) {
      const letters = [...line];
      while (letters.length && context.measureText(`${letters.join('')}…`).width > room) letters.pop();
      line = `${letters.join('')}…`;
    }
    lines.push(line);
    if (lines.length > 1 && !rest) {
      // Lines of about one length, rather than a last one of two letters.
      const even = (lines.reduce((sum, l) => sum + context.measureText(l).width, 0) / lines.length) * 1.12;
      const balanced = even < room * 0.9 ? wrap(context, text, even, most) : null;
      if (balanced && balanced.lines.length === lines.length && !balanced.lines[lines.length - 1].endsWith('…')) return balanced;
    }
    return { lines, width: Math.max(...lines.map((l) => context.measureText(l).width)) };
  }

  blogGraph.Overlay = Overlay;
})();
