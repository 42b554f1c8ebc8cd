// @ts-check
/* What is shown, as a picture to keep: PNG by the canvas, SVG by a pen that writes down what a canvas would draw, so
   that both look as the map does. In the SVG each post is a link. */
(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;
  const LARGEST = 16e6; // px; no browser refuses a canvas of this size
  const BEYOND = 30; // px around the window in which a node may be seen in part
  const SHARP = 2; // px of a PNG for one on the screen, at least

  /** @typedef {{x: number, y: number, scale: number, width: number, height: number}} View */

  /** @param {number} value @returns {number} */
  const short = (value) => Math.round(value * 100) / 100;

  /** The part of a canvas' context that graph-draw.js and graph-labels.js use, as SVG. */
  class SvgPen {
    constructor() {
      /** @type {string[]} */
      this.elements = [];
      this.fillStyle = '';
      this.strokeStyle = '';
      this.globalAlpha = 1;
      this.lineWidth = 1;
      this.font = '';
      this.textAlign = '';
      this.textBaseline = '';
      this.lineJoin = '';
      /** @type {number[]} */
      this.dashes = [];
      /** @type {string[]} */
      this.path = [];
      /** @type {string[]} */
      this.looks = [];
      this.halo = '';
    }

    /** @returns {string} all that was drawn since the last time */
    take() {
      this.beginPath();
      const text = this.elements.join('\n');
      this.elements = [];
      return text;
    }

    getTransform() {
      return { a: 1 };
    }

    /** @param {number[]} dashes */
    setLineDash(dashes) {
      this.dashes = dashes;
    }

    beginPath() {
      if (this.path.length && this.looks.length) {
        const looks = this.looks[0].startsWith('fill') ? this.looks : ['fill="none"', ...this.looks];
        this.elements.push(`<path d="${this.path.join('')}" ${looks.join(' ')}/>`);
      }
      this.path = [];
      this.looks = [];
    }

    /** @param {number} x @param {number} y */
    moveTo(x, y) {
      this.path.push(`M${short(x)} ${short(y)}`);
    }

    /** @param {number} x @param {number} y */
    lineTo(x, y) {
      this.path.push(`L${short(x)} ${short(y)}`);
    }

    /** @param {number} x @param {number} y @param {number} width @param {number} height */
    rect(x, y, width, height) {
      this.path.push(`M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}z`);
    }

    /** A whole circle, begun by a moveTo to its right end. @param {number} x @param {number} y @param {number} r */
    arc(x, y, r) {
      const [radius, middle] = [short(r), short(y)];
      for (const end of [x - r, x + r]) this.path.push(`A${radius} ${radius} 0 1 1 ${short(end)} ${middle}`);
      this.path.push('z');
    }

    fill() {
      this.looks.push(`fill="${blogGraph.escapeXml(this.fillStyle)}"`);
    }

    stroke() {
      this.looks.push(`stroke="${blogGraph.escapeXml(this.strokeStyle)}"`, `stroke-width="${short(this.lineWidth)}"`);
      if (this.globalAlpha < 1) this.looks.push(`stroke-opacity="${short(this.globalAlpha)}"`);
      if (this.dashes.length) this.looks.push(`stroke-dasharray="${this.dashes.join(' ')}"`);
    }

    /** The halo of the text that is written next. */
    strokeText() {
      this.halo = `stroke="${blogGraph.escapeXml(this.strokeStyle)}" stroke-width="${short(this.lineWidth)}" ` +
        'stroke-linejoin="round" paint-order="stroke"';
    }

    /** @param {string} text @param {number} x @param {number} y its middle */
    fillText(text, x, y) {
      const { escapeXml } = blogGraph;
      this.elements.push(`<text x="${short(x)}" y="${short(y)}" text-anchor="middle" dominant-baseline="central" ` +
        `style="${escapeXml(`font:${this.font}`)}" fill="${escapeXml(this.fillStyle)}" ${this.halo}>` +
        `${escapeXml(text)}</text>`);
      this.halo = '';
    }
  }

  /**
   * @param {string} href relative to the page, or absolute
   * @returns {string} as it may stand in a file that is opened anywhere; '' when following it is not safe
   */
  function linkOf(href) {
    if (!href) return '';
    let url;
    try {
      url = new URL(href, document.baseURI);
    } catch {
      return '';
    }
    if (url.protocol === 'http:' || url.protocol === 'https:') return url.href;
    // A page from a folder: nobody else has that folder, but may have the blog's.
    return url.protocol === 'file:' && !/^\s*file:/iu.test(href) ? href : '';
  }

  /** @param {View} view */
  function room(view) {
    return { left: 0, top: 0, right: view.width, bottom: view.height };
  }

  /**
   * @param {any} model @param {any} style @param {View} view what the window shows: nothing outside is drawn
   * @param {object} [what]
   * @param {ArrayLike<number> & Iterable<number>} [what.nodes] by importance, the highest first; all that is on and in
   *   the view, when left out, as the edges
   * @param {ArrayLike<number> & Iterable<number>} [what.edges]
   * @param {any[]} [what.labels] as Labels.place gives them; found anew when left out
   * @param {(node: number) => string} [what.href] address of a node; '' for none
   * @returns {string} a file of its own
   */
  function toSvg(model, style, view, { labels, href = (i) => model.url(i), ...what } = {}) {
    const { escapeXml, choose, boxOf, transformOf, radiusAt, drawEdges, drawNodes, Labels } = blogGraph;
    const { nodes, edges } = what.nodes && what.edges ? what
      : { ...choose(model, { nodes: Infinity, edges: Infinity }, boxOf(view), BEYOND / view.scale), ...what };
    const transform = transformOf(view);
    const pen = new SvgPen();
    const writer = new Labels(model);
    writer.paint(style);
    const shown = new Set(nodes);
    const accept = (/** @type {number} */ i) => shown.has(i);
    const placed = labels || writer.place(view, room(view), { accept });

    /** @param {number} i @param {string} drawn @returns {string} the same, as a link that tells its title */
    const linked = (i, drawn) => {
      if (i < 0) return drawn;
      const link = linkOf(href(i));
      const title = `<title>${escapeXml(model.nodes.label[i])}</title>`;
      return link ? `<a href="${escapeXml(link)}">${title}${drawn}</a>` : `<g>${title}${drawn}</g>`;
    };

    drawEdges(pen, model, style, transform, edges);
    const lines = pen.take();
    const discs = [];
    for (let k = nodes.length - 1; k >= 0; k--) {
      const i = nodes[k];
      const r = radiusAt(model.nodes.size[i], view.scale) + 2;
      const x = model.nodes.x[i] * transform.scale + transform.dx;
      const y = model.nodes.y[i] * transform.scale + transform.dy;
      if (x < -r || y < -r || x > view.width + r || y > view.height + r) continue;
      drawNodes(pen, model, style, transform, [i]);
      discs.push(linked(i, pen.take()));
    }
    const names = placed.map((/** @type {any} */ label) => {
      writer.draw(pen, view, [label]);
      return linked(label.node, pen.take());
    });
    const [width, height] = [short(view.width), short(view.height)];
    return [
      '<?xml version="1.0" encoding="utf-8"?>',
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
      `<rect width="${width}" height="${height}" fill="${escapeXml(style.background)}"/>`,
      `<g>${lines}</g>`,
      `<g>${discs.join('\n')}</g>`,
      `<g>${names.join('\n')}</g>`,
      '</svg>',
      '',
    ].join('\n');
  }

  /**
   * @param {any} model @param {any} style @param {View} view
   * @param {{nodes?: ArrayLike<number>, edges?: ArrayLike<number> & Iterable<number>}} [what] as drawMap takes it
   * @returns {Promise<Blob>} at twice the resolution of the screen, or what a canvas can hold
   * @throws {Error} when the browser can make no picture
   */
  function toPng(model, style, view, what) {
    const sharp = Math.max(SHARP, window.devicePixelRatio || 1);
    const ratio = Math.min(sharp, Math.sqrt(LARGEST / (view.width * view.height)));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.floor(view.width * ratio));
    canvas.height = Math.max(1, Math.floor(view.height * ratio));
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.scale(ratio, ratio);
    blogGraph.drawMap(context, model, style, view, what);
    return pngOf(canvas);
  }

  /**
   * What the screen shows to the point: with a path, its numbers and all that is veiled.
   * @param {Iterable<HTMLCanvasElement>} layers the lowest first @param {string} background
   * @returns {Promise<Blob>} at the resolution of the screen
   * @throws {Error} when the browser can make no picture
   */
  function stageToPng(layers, background) {
    const all = [...layers].filter((layer) => layer.width && layer.height);
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, ...all.map((layer) => layer.width));
    canvas.height = Math.max(1, ...all.map((layer) => layer.height));
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.fillStyle = background;
    context.fillRect(0, 0, canvas.width, canvas.height);
    for (const layer of all) context.drawImage(layer, 0, 0, canvas.width, canvas.height);
    return pngOf(canvas);
  }

  /** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
  function pngOf(canvas) {
    return new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob) resolve(blob);
        else reject(new Error('the browser can make no picture of this size'));
      }, 'image/png');
    });
  }

  Object.assign(blogGraph, { toSvg, toPng, stageToPng });
})();
