// @ts-check
/* Names on the map: no label covers another one, nor a node that one can make
   out; the important ones come first, and the nearer one looks, the more find
   room. From far away the names of the topics stand for those of the posts, as
   countries do for towns. */
(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;

  const LINE = 15; // px
  const HALO = 4; // px
  const SPECK = 4.5; // px; a node that small is a dot
  const [TOPICS_ONLY, TOPICS_TOO] = [17, 30]; // px between nodes; where topics take over from posts
  const FOREMOST = 3; // posts of a view that are named even where others crowd around them
  const SPRITES = 600;
  const SAMPLE = 201; // nodes that tell where a topic is

  /**
   * @typedef {object} Label
   * @property {number} node -1 for a topic
   * @property {number} topic -1 for a node
   * @property {number} ax what it belongs to, on the map
   * @property {number} ay
   * @property {number} dx from there to its middle, px
   * @property {number} dy
   * @property {string[]} lines
   * @property {number} width
   * @property {number} height
   * @property {number} line height of a line, px
   * @property {string} font
   * @property {string} colour
   */
  /** @typedef {{left: number, top: number, right: number, bottom: number}} Room px of the view */

  /** @param {Label} label @param {number} x @param {number} y its middle, px @returns {number[]} */
  function boxOf(label, x, y) {
    return [x - label.width / 2 - 3, y - label.height / 2 - 1, x + label.width / 2 + 3, y + label.height / 2 + 1];
  }

  class Labels {
    /** @param {any} model */
    constructor(model) {
      this.model = model;
      this.ruler = new blogGraph.Ruler();
      /** Whether time was up before all labels were placed or written. */
      this.pending = false;
      /** @type {any} */
      this.style = null;
      /** @type {Map<string, {lines: string[], width: number}>} */
      this.wrapped = new Map();
      /** @type {Map<string, HTMLCanvasElement>} */
      this.sprites = new Map();
      /** @type {{x: number, y: number, on: number}[] | null} */
      this.topics = null;
      this.landmarks = new Set();
      this.grow();
    }

    grow() {
      const { communities = [], mainPosts = [] } = this.model.data;
      const mains = communities.length ? communities.map((/** @type {any} */ c) => c.main) : mainPosts;
      this.landmarks = new Set(mains.filter((/** @type {number} */ node) => node >= 0 && node < this.model.size));
      this.topics = null;
    }

    /** What is on has changed. */
    update() {
      this.topics = null;
    }

    /** @param {any} style */
    paint(style) {
      if (!this.style || this.style.font !== style.font) this.wrapped.clear();
      this.sprites.clear();
      this.style = style;
    }

    /**
     * Greedy placement: each label takes the first free spot below, above, right
     * or left of its node, in the order of importance.
     * @param {any} view @param {Room} room where labels may stand
     * @param {object} how
     * @param {(node: number) => boolean} how.accept whether a node is drawn
     * @param {number} [how.of] how many nodes of the view are on, drawn or not
     * @param {number} [how.focus] a node that is named in any case, and in full
     * @param {number[] | null} [how.only] no other nodes have names; those that must have one first
     * @param {number} [how.must] how many of these must
     * @param {number} [how.until] when to stop, ms as performance.now() has it; what was done is remembered, so that
     *   another call goes on from there
     * @returns {Label[]}
     */
    place(view, room, { accept, of = 0, focus = -1, only = null, must = 0, until = Infinity }) {
      const { model } = this;
      this.pending = false;
      const taken = new blogGraph.Taken(view.width, view.height);
      /** @type {Label[]} */
      const placed = [];
      const spacing = Math.sqrt((view.width * view.height) / Math.max(1, of));
      const topics = !only && spacing < TOPICS_TOO && (model.data.communities || []).length > 1;
      const apart = focus >= 0 && !(only && only.includes(focus));
      if (apart) this._one(view, room, taken, placed, focus, { strong: true, must: true });
      if (topics) this._placeTopics(view, room, taken, placed);
      const fewer = topics ? (spacing < TOPICS_ONLY ? 0 : 14) : Infinity;
      const left = only ? 60 : Math.min(fewer, Math.max(10, Math.round((view.width * view.height) / 11000)));
      this._placeNodes(view, room, taken, placed, { accept, focus, only, must, left, topics, until });
      return placed;
    }

    /**
     * @param {any} view @param {Room} room @param {any} taken @param {Label[]} placed
     * @param {{accept: (node: number) => boolean, focus: number, only: number[] | null, must: number, left: number,
     *   topics: boolean, until: number}} how
     */
    _placeNodes(view, room, taken, placed, { accept, focus, only, must, left, topics, until }) {
      const { model, landmarks } = this;
      const area = view.width * view.height;
      /** @type {[number, number][]} */
      const candidates = [];
      const seen = (/** @type {number} */ i) => {
        const [x, y, r] = project(view, model.nodes, i);
        if (x < room.left - 60 || y < room.top - 30 || x > room.right + 60 || y > room.bottom + 30) return;
        // A label may cross specks, and lines, but no node that one can make out.
        const own = only || r > SPECK || landmarks.has(i) ? taken.add([x - r, y - r, x + r, y + r]) : -1;
        // From afar only posts have names.
        if (only || model.nodes.kind[i] === 0 || r > SPECK) candidates.push([i, own]);
      };
      if (only) {
        for (const i of only) if (model.nodeOn[i]) seen(i);
      } else {
        for (const i of landmarks) if (accept(i)) seen(i);
        const { x, y } = model.nodes;
        const [w, h] = [(view.width / 2 + 60) / view.scale, (view.height / 2 + 30) / view.scale];
        for (let i = 0; i < model.size; i++) {
          // When no node is large enough to be in the way, those that could have a label are enough.
          if (candidates.length > 700 && view.scale < FAR_ENOUGH) break;
          if (Math.abs(x[i] - view.x) < w && Math.abs(y[i] - view.y) < h && accept(i) && !landmarks.has(i)) seen(i);
        }
      }
      // Few enough to read; all of a neighbourhood.
      if (!only && candidates.length > 200) left = Math.min(left, Math.max(10, Math.round(area / 24000)));
      for (const [place, [i, own]] of candidates.entries()) {
        const strong = i === focus;
        if (left <= 0 && place >= must) break;
        if (strong && !only) continue;
        if (performance.now() > until) {
          this.pending = true;
          break;
        }
        const found = this._one(view, room, taken, placed, i, {
          strong,
          must: strong || place < (only ? must : topics ? 0 : FOREMOST),
          own,
          near: Boolean(only),
          bold: !only && !topics && landmarks.has(i),
        });
        if (found) left--;
      }
    }

    /**
     * @param {any} view @param {Room} room @param {any} taken @param {Label[]} placed @param {number} i
     * @param {{strong?: boolean, must?: boolean, own?: number, near?: boolean, bold?: boolean}} how
     * @returns {boolean} whether it found room
     */
    _one(view, room, taken, placed, i, { strong = false, must = false, own = -1, near = false, bold = false }) {
      const { model, style } = this;
      if (i < 0 || !model.nodeOn[i]) return false;
      const [x, y, r] = project(view, model.nodes, i);
      const font = strong || bold ? style.boldFont : style.font;
      const { lines, width } = this._wrap(model.nodes.label[i], font, strong ? 260 : near ? 180 : 150, strong ? 4 : 2);
      const height = lines.length * LINE;
      const gap = r + 5 + (strong ? 4 : 0);
      const [w, h] = [gap + width / 2, gap + height / 2];
      /** @type {Label} */
      const label = {
        node: i, topic: -1, ax: model.nodes.x[i], ay: model.nodes.y[i], dx: 0, dy: 0, lines, width, height, line: LINE,
        font,
        colour: strong || near || model.nodes.kind[i] === 0 ? style.text : style.muted,
      };
      const diagonal = [0.7 * gap + width / 2, 0.7 * gap + height / 2];
      const spots = [
        [0, h], [0, -h], [w, 0], [-w, 0], diagonal, [-diagonal[0], diagonal[1]], [diagonal[0], -diagonal[1]],
        [-diagonal[0], -diagonal[1]],
      ];
      // What has to be named may cover a node, but no name.
      let spot = spots.find(([dx, dy]) => fits(boxOf(label, x + dx, y + dy), room, taken, own));
      if (!spot && must) {
        spot = spots.find(([dx, dy]) => {
          const box = boxOf(label, x + dx, y + dy);
          return inside(box, room) && !covered(box, placed, view);
        });
      }
      if (!spot && strong) spot = spots[0];
      if (!spot) return false;
      [label.dx, label.dy] = spot;
      taken.add(boxOf(label, x + spot[0], y + spot[1]));
      placed.push(label);
      return true;
    }

    /** @param {any} view @param {Room} room @param {any} taken @param {Label[]} placed */
    _placeTopics(view, room, taken, placed) {
      const { communities } = this.model.data;
      const { style } = this;
      const family = style.font.replace(/^.*?px\s+/u, '');
      const places = this._topics();
      const order = places.map((_, k) => k).filter((k) => places[k].on > 2 && communities[k].name);
      order.sort((a, b) => places[b].on - places[a].on || a - b);
      const largest = order.length ? places[order[0]].on : 1;
      let left = Math.max(12, Math.round((view.width * view.height) / 25000));
      for (const k of order) {
        if (!left) break;
        const { x: ax, y: ay, on } = places[k];
        const size = Math.round((13 + 5 * Math.sqrt(on / largest)) * Math.min(1, Math.max(0.8, view.width / 800)));
        const font = `700 ${size}px ${family}`;
        const { lines, width } = this._wrap(communities[k].name, font, 170, 2);
        const line = Math.round(size * 1.25);
        /** @type {Label} */
        const label = {
          node: -1, topic: k, ax, ay, dx: 0, dy: 0, lines, width, height: lines.length * line, line, font,
          colour: style.text,
        };
        const x = (ax - view.x) * view.scale + view.width / 2;
        const y = (ay - view.y) * view.scale + view.height / 2;
        if (x < room.left || x > room.right || y < room.top || y > room.bottom) continue;
        const shift = label.height + 6;
        const dy = [0, -shift / 2, shift / 2, -shift, shift].find((d) => fits(boxOf(label, x, y + d), room, taken, -1));
        if (dy === undefined) continue;
        label.dy = dy;
        taken.add(boxOf(label, x, y + dy));
        placed.push(label);
        left--;
      }
    }

    /** @returns {{x: number, y: number, on: number}[]} the middle of each topic, and how many of its nodes are on */
    _topics() {
      if (this.topics) return this.topics;
      const { model } = this;
      const { x, y, community } = model.nodes;
      /** @type {number[][]} */
      const samples = model.data.communities.map(() => []);
      const on = new Uint32Array(samples.length);
      for (let i = 0; i < model.size; i++) {
        const k = community[i];
        if (!model.nodeOn[i] || k < 0 || k >= samples.length) continue;
        on[k]++;
        if (samples[k].length < SAMPLE) samples[k].push(i);
      }
      // The median, since a few posts of a topic may lie far from it.
      const middle = (/** @type {number[]} */ nodes, /** @type {Float32Array} */ values) =>
        Float32Array.from(nodes, (i) => values[i]).sort()[nodes.length >> 1];
      this.topics = samples.map((nodes, k) => ({ x: middle(nodes, x), y: middle(nodes, y), on: on[k] }));
      return this.topics;
    }

    /**
     * Those of the placed labels that find room in another view, at the same distance from their nodes.
     * @param {any} view @param {Label[]} placed the first ones before the later ones
     * @returns {Label[]}
     */
    keep(view, placed) {
      const taken = new blogGraph.Taken(view.width, view.height);
      return placed.filter((label) => {
        const [x, y] = middleOf(view, label);
        const box = boxOf(label, x, y);
        if (box[2] < 0 || box[3] < 0 || box[0] > view.width || box[1] > view.height || taken.hits(box)) return false;
        taken.add(box);
        return true;
      });
    }

    /**
     * @param {CanvasRenderingContext2D} context in px of the view @param {any} view @param {Label[]} placed
     */
    draw(context, view, placed) {
      for (const label of placed) {
        const [x, y] = middleOf(view, label);
        this._write(context, label, x, y);
      }
    }

    /**
     * As draw, from pictures of the labels: writing with a halo takes twenty times as long.
     * @param {CanvasRenderingContext2D} context @param {any} view @param {Label[]} placed @param {number} ratio
     * @param {number} until when to stop making new pictures, ms as performance.now() has it
     */
    stamp(context, view, placed, ratio, until) {
      if (this.sprites.size > SPRITES) this.sprites.clear();
      for (const label of placed) {
        const key = `${ratio} ${label.colour} ${label.font} ${label.lines.join('\n')}`;
        let sprite = this.sprites.get(key);
        if (!sprite) {
          if (performance.now() > until) {
            this.pending = true;
            continue;
          }
          sprite = document.createElement('canvas');
          sprite.width = Math.ceil((label.width + 2 * HALO) * ratio);
          sprite.height = Math.ceil((label.height + 2 * HALO) * ratio);
          const own = /** @type {CanvasRenderingContext2D} */ (sprite.getContext('2d'));
          own.scale(ratio, ratio);
          this._write(own, label, label.width / 2 + HALO, label.height / 2 + HALO);
          this.sprites.set(key, sprite);
        }
        const [x, y] = middleOf(view, label);
        const left = Math.round((x - label.width / 2 - HALO) * ratio) / ratio;
        const top = Math.round((y - label.height / 2 - HALO) * ratio) / ratio;
        context.drawImage(sprite, left, top, sprite.width / ratio, sprite.height / ratio);
      }
    }

    /** @param {CanvasRenderingContext2D} context @param {Label} label @param {number} x @param {number} y */
    _write(context, label, x, y) {
      context.font = label.font;
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.lineJoin = 'round';
      context.lineWidth = HALO;
      context.strokeStyle = this.style.background;
      context.fillStyle = label.colour;
      label.lines.forEach((line, k) => {
        const top = y + (k - (label.lines.length - 1) / 2) * label.line;
        context.strokeText(line, x, top);
        context.fillText(line, x, top);
      });
    }

    /**
     * @param {string} text @param {string} font @param {number} room px @param {number} most lines
     * @returns {{lines: string[], width: number}}
     */
    _wrap(text, font, room, most) {
      const key = `${font} ${room} ${most} ${text}`;
      const known = this.wrapped.get(key);
      if (known) return known;
      if (this.wrapped.size > 5000) this.wrapped.clear();
      const found = blogGraph.wrap(this.ruler.measure(font), text, room, most);
      this.wrapped.set(key, found);
      return found;
    }
  }

  const FAR_ENOUGH = 0.3; // the zoom below which few nodes are more than specks

  /** @param {any} view @param {any} nodes @param {number} i @returns {[number, number, number]} place and radius, px */
  function project(view, nodes, i) {
    return [
      (nodes.x[i] - view.x) * view.scale + view.width / 2,
      (nodes.y[i] - view.y) * view.scale + view.height / 2,
      blogGraph.radiusAt(nodes.size[i], view.scale),
    ];
  }

  /** @param {any} view @param {Label} label @returns {[number, number]} its middle, px */
  function middleOf(view, label) {
    return [
      (label.ax - view.x) * view.scale + view.width / 2 + label.dx,
      (label.ay - view.y) * view.scale + view.height / 2 + label.dy,
    ];
  }

  /** @param {number[]} box @param {Room} room @param {any} taken @param {number} own */
  function fits(box, room, taken, own) {
    return inside(box, room) && !taken.hits(box, own);
  }

  /** @param {number[]} box @param {Room} room */
  function inside(box, room) {
    return box[0] > room.left && box[2] < room.right && box[1] > room.top && box[3] < room.bottom;
  }

  /** @param {number[]} b @param {Label[]} placed @param {any} view @returns {boolean} whether another label is there */
  function covered(b, placed, view) {
    return placed.some((label) => {
      const o = labelBox(view, label);
      return b[0] < o[2] && o[0] < b[2] && b[1] < o[3] && o[1] < b[3];
    });
  }

  /** @param {any} view @param {Label} label @returns {number[]} left, top, right, bottom, px */
  function labelBox(view, label) {
    return boxOf(label, ...middleOf(view, label));
  }

  Object.assign(blogGraph, { Labels, project, labelBox });
})();
