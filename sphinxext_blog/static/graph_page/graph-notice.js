// @ts-check
/* The line at the foot of the map that says what of it is not there: still on its way, beyond the budget, filtered
   out, or lost; with a button that helps. */
(function () {
  'use strict';

  const PAUSE = 120; // ms of rest after which it is said

  /**
   * @param {{model: any, engine: any, language: string,
   *   say: (key: string, values?: Record<string, string | number>) => string,
   *   failed: () => boolean, again: () => void, reset: () => void, rest: () => void}} page
   *   failed: whether data did not come; again: asks for them; reset: lifts all filters; rest: the map came to rest
   * @returns {() => void} to be called whenever the map has moved or changed
   */
  function createNotice({ model, engine, language, say, failed, again, reset, rest }) {
    const { defaultBudget } = /** @type {any} */ (window).blogGraph;
    const notice = /** @type {HTMLElement} */ (document.getElementById('bg-notice'));
    const words = /** @type {HTMLElement} */ (document.getElementById('bg-notice-text'));
    const button = /** @type {HTMLElement} */ (document.getElementById('bg-notice-button'));
    const format = new Intl.NumberFormat(language);
    let timer = 0;
    let act = () => {};
    button.addEventListener('click', () => { act(); });

    /** @param {string} text '' for none @param {string} [offer] what the button says @param {() => void} [does] */
    function set(text, offer = '', does = () => {}) {
      notice.hidden = !text;
      words.textContent = text;
      button.hidden = !offer;
      button.textContent = offer;
      act = does;
    }

    function tell() {
      rest();
      const { nodes: drawn, of } = engine.drawn();
      const all = format.format(of);
      if (failed()) set(say('not-loaded'), say('again'), again);
      else if (model.partial) set(say('loading', { here: format.format(model.size), all: format.format(model.total.nodes) }));
      else if (model.size && !model.shown().nodes) set(say('none-shown'), say('reset'), reset);
      else if (drawn < of) {
        set(say('notice', { drawn: format.format(drawn), all }), say('show-all'), () => { engine.setBudget(Infinity, Infinity); });
      } else if (engine.budget().nodes === Infinity && of > defaultBudget.nodes) {
        set(say('all-shown', { all }), say('show-fewer'), () => { engine.setBudget(defaultBudget.nodes, defaultBudget.edges); });
      } else set('');
    }

    return () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(tell, PAUSE);
    };
  }

  /** @type {any} */ (window).blogGraph.createNotice = createNotice;
})();
