// @ts-check
/* What nodes and links look like. The colours are the custom properties of
   graph.css, so that light and dark are decided in one place. */
(function () {
  'use strict';

  const COLOURS = 8;
  /** @type {Record<string, number>} */
  const WIDTHS = { series: 3, cites: 1.7, equation: 1.4, formula: 1.2 };
  /** @type {Record<string, number>} */
  const ALPHAS = { series: 0.95, cites: 0.8 };
  /** @type {Record<string, number[]>} */
  const DASHES = { equation: [6, 3], formula: [2, 3] };
  const READABLE_LINKS = 400; // more links of a kind than this are drawn fainter

  /** @param {string} colour #rrggbb @param {number} alpha */
  function withAlpha(colour, alpha) {
    const [r, g, b] = [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16));
    return `rgba(${r}, ${g}, ${b}, ${alpha.toFixed(3)})`;
  }

  /**
   * Topics have colours, the eight largest one of their own each; communities are numbered by size.
   * @param {any} model
   * @returns {Map<number, number>} community -> number of its colour
   */
  function communityColours(model) {
    /** @type {Map<number, number>} */
    const palette = new Map();
    model.data.communities.forEach((/** @type {{main: number}} */ { main }, /** @type {number} */ community) => {
      if (main >= 0) palette.set(community, palette.size % COLOURS);
    });
    return palette;
  }

  /**
   * @param {any} model @param {Map<number, number>} palette @param {boolean} reducedMotion
   */
  function createStyle(model, palette, reducedMotion) {
    const { data } = model;
    const css = getComputedStyle(document.documentElement);
    const value = (/** @type {string} */ name) => css.getPropertyValue(`--bg-${name}`).trim();
    const background = value('page');
    const font = value('font') || 'sans-serif';
    const colours = [...Array(COLOURS).keys()].map((place) => value(`community-${place}`));
    const other = value('other');
    /** @type {number[]} */
    const counts = data.edgeKinds.map(() => 0);
    for (const kind of model.edges.kind) counts[kind]++;
    const edgeLooks = data.edgeKinds.map((/** @type {string} */ kind, /** @type {number} */ k) => {
      const solid = value(`edge-${kind}`);
      const share = Math.min(1, Math.sqrt(READABLE_LINKS / Math.max(1, counts[k])));
      return {
        solid,
        width: WIDTHS[kind] || 0.9,
        dashes: DASHES[kind] || false,
        alpha: ALPHAS[kind] || 0.5, // when few are drawn; the engine fades a crowd
        colour: withAlpha(solid, Math.max(0.14, (ALPHAS[kind] || 0.5) * share)),
      };
    });
    const nodeLooks = data.kinds.map((/** @type {string} */ kind) => [...colours, other].map((colour) => {
      const hollow = kind === 'missing';
      return {
        fill: hollow ? background : colour,
        border: hollow ? colour : background,
        borderWidth: hollow ? 1.8 : 1,
        dashes: hollow ? [3, 2] : false,
        square: kind === 'work',
        hollow,
      };
    }));
    return {
      background,
      text: value('text'),
      muted: value('muted'),
      accent: value('accent'),
      font: `500 12px ${font}`,
      boldFont: `700 12.5px ${font}`,
      reducedMotion,
      /** @param {number} i @returns {any} the same object for nodes of the same look */
      node(i) {
        const place = palette.get(model.nodes.community[i]);
        return nodeLooks[model.nodes.kind[i]][place === undefined ? COLOURS : place];
      },
      /** @param {number} e @returns {any} the same object for links of the same look */
      edge(e) {
        return edgeLooks[model.edges.kind[e]];
      },
    };
  }

  Object.assign(/** @type {any} */ (window).blogGraph, { communityColours, createStyle });
})();
