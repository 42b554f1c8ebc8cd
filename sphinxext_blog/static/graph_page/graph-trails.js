// @ts-check
/* Two questions that a graph answers and a list does not: how two posts are
   connected, and what to read before one. Both are told in the panel, step by
   step with what each step rests on, and lit on the map. */
(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;
  const FIRST = 40; // posts of a reading order that are listed at once
  const NAMED = 10; // links and missing posts beside it that are named

  class Trails {
    /**
     * @param {HTMLElement} root @param {any} model @param {any} evidence @param {any} panel
     * @param {{say: (key: string, values?: Record<string, string | number>) => string, href: (node: number, anchor?: string) => string,
     *   language: string, show: (node: number) => void, light: (edges: number[], nodes: number[]) => void,
     *   setPath: (path: {from: number, to: number, nth?: number}) => void, announce: (text: string) => void,
     *   reset: () => void, filtered: () => boolean}} page
     */
    constructor(root, model, evidence, panel, page) {
      this.root = root;
      this.model = model;
      this.evidence = evidence;
      this.panel = panel;
      this.page = page;
    }

    /**
     * @param {string} heading @param {(Node | string)[]} parts
     */
    _fill(heading, parts) {
      const { element } = blogGraph;
      this.root.replaceChildren(element('h2', { id: 'bg-panel-heading', tabindex: '-1' }, this.page.say(heading)),
        ...parts, this.panel.closeButton());
      this.root.hidden = false;
      this.root.scrollTop = 0;
    }

    focus() {
      const target = this.root.querySelector('input') || this.root.querySelector('h2');
      if (target instanceof HTMLElement) target.focus({ preventScroll: true });
    }

    /** @param {number} node @param {string} [anchor] @returns {HTMLElement} its title, and a way to it on the map */
    _title(node, anchor) {
      const { element, fromHtml, targetIcon } = blogGraph;
      const { model, page } = this;
      const href = page.href(node, anchor);
      const title = fromHtml(href ? 'a' : 'span', 'bg-link', model.titleHtml(node));
      if (href) title.setAttribute('href', href);
      const show = element('button', {
        type: 'button', class: 'bg-show', title: page.say('show'), 'aria-label': page.say('show-named', { title: model.nodes.label[node] }),
      });
      show.append(targetIcon());
      show.addEventListener('click', () => { page.show(node); });
      const line = element('div', { class: 'bg-stop' }, show, title);
      const kind = model.data.kinds[model.nodes.kind[node]];
      if (kind !== 'post') line.append(' ', element('span', { class: 'bg-mark' }, page.say(`mark-${kind}`)));
      const date = model.nodes.date[node];
      if (date) line.append(element('span', { class: 'bg-when' }, blogGraph.readableDate(date, page.language)));
      return line;
    }

    /* ---------------------------------------------------------------- path */

    /** @param {number} from @param {number} to -1 while the reader has not said @param {number} [nth] of several paths */
    path(from, to, nth = 0) {
      const { element, shortestPaths } = blogGraph;
      const { model, page } = this;
      const ends = element('div', { class: 'bg-ends' },
        this._end('path-from', from, (node) => { page.setPath({ from: node, to }); }),
        this._end('path-to', to, (node) => { page.setPath({ from, to: node }); }));
      /** @type {HTMLElement[]} */
      const parts = [ends];
      if (from < 0 || to < 0) {
        parts.push(element('p', { class: 'bg-hint' }, page.say('path-hint')));
        this._fill('path', parts);
        page.light([], [from, to].filter((node) => node >= 0));
        return;
      }
      const paths = shortestPaths(model, from, to, 3);
      if (!paths.length) {
        parts.push(element('p', { class: 'bg-hint' }, page.say('no-path')));
        if (page.filtered()) {
          const reset = element('button', { type: 'button', class: 'bg-action' }, page.say('reset'));
          reset.addEventListener('click', () => { page.reset(); });
          parts.push(element('p', { class: 'bg-actions' }, reset));
        }
        page.announce(page.say('no-path'));
        this._fill('path', parts);
        page.light([], [from, to]);
        return;
      }
      const chosen = Math.min(nth, paths.length - 1);
      const path = paths[chosen];
      if (paths.length > 1) {
        const choice = element('p', { class: 'bg-choice', role: 'group', 'aria-label': page.say('paths') });
        paths.forEach((/** @type {any} */ _path, /** @type {number} */ k) => {
          const button = element('button', { type: 'button', class: 'bg-option', 'aria-pressed': String(k === chosen) },
            page.say('path-number', { number: k + 1 }));
          button.addEventListener('click', () => {
            page.setPath(k ? { from, to, nth: k } : { from, to });
            const again = this.root.querySelectorAll('.bg-choice button')[k];
            if (again instanceof HTMLElement) again.focus({ preventScroll: true });
          });
          choice.append(button);
        });
        parts.push(choice);
      }
      const steps = element('ol', { class: 'bg-steps' });
      path.nodes.forEach((/** @type {number} */ node, /** @type {number} */ k) => {
        const item = element('li', {}, this._title(node));
        if (k < path.edges.length) item.append(this._step(path.edges[k], node));
        steps.append(item);
      });
      parts.push(steps);
      page.announce(page.say('path-found', { count: path.edges.length }));
      this._fill('path', parts);
      page.light(path.edges, path.nodes);
      const missing = path.nodes.filter((/** @type {number} */ node) => !this.evidence.has(node));
      if (missing.length) {
        Promise.all(missing.map((/** @type {number} */ node) => this.evidence.ask(node))).then(() => {
          if (!steps.isConnected) return;
          steps.querySelectorAll('.bg-step').forEach((/** @type {Element} */ old, /** @type {number} */ k) => { old.replaceWith(this._step(path.edges[k], path.nodes[k])); });
          page.light(path.edges, path.nodes);
        }).catch(() => {});
      }
    }

    /** How one comes from a node to the next. @param {number} edge @param {number} node @returns {HTMLElement} */
    _step(edge, node) {
      const { element } = blogGraph;
      const { model, page } = this;
      const other = model.across(edge, node);
      const kind = model.data.edgeKinds[model.edges.kind[edge]];
      const forth = model.edges.source[edge] === node;
      const symmetric = kind === 'formula' || kind === 'related';
      const step = element('div', { class: `bg-step bg-step-${kind}` },
        element('p', { class: 'bg-how' }, page.say(symmetric ? `step-${kind}` : `step-${kind}-${forth ? 'out' : 'in'}`)));
      step.append(...this.panel.proofs(this.evidence.of(model, edge, node), kind === 'related', node, other, edge));
      return step;
    }

    /** One end of the path, and a field to choose it. @param {string} key @param {number} node @param {(node: number) => void} take */
    _end(key, node, take) {
      const { element, createSearch, fromHtml } = blogGraph;
      const { model, page } = this;
      const label = element('span', { class: 'bg-end-label' }, page.say(key));
      if (node >= 0) {
        const change = element('button', { type: 'button', class: 'bg-end', 'aria-label': `${page.say(key)}: ${model.nodes.label[node]}. ${page.say('path-change')}` },
          label, fromHtml('span', 'bg-name', model.titleHtml(node)));
        change.addEventListener('click', () => {
          const field = this._end(key, -1, take);
          change.replaceWith(field);
          field.querySelector('input')?.focus();
        });
        return change;
      }
      const input = /** @type {HTMLInputElement} */ (element('input', {
        type: 'search', id: `bg-${key}`, role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false',
        'aria-controls': `bg-${key}-results`, autocomplete: 'off', spellcheck: 'false', placeholder: page.say('search'),
      }));
      const results = element('ul', { id: `bg-${key}-results`, class: 'bg-results', role: 'listbox', 'aria-label': page.say('results') });
      results.hidden = true;
      createSearch({
        input, results, model, language: page.language, say: page.say, announce: page.announce, choose: take, leave: () => { this.panel.page.close(); },
      });
      return element('div', { class: 'bg-end' }, element('label', { for: input.id }, label), input, results);
    }

    /** @param {HTMLElement} list @param {number} count of all, of which it names some */
    _rest(list, count) {
      if (count > NAMED) list.append(blogGraph.element('li', {}, this.page.say('more', { count: count - NAMED })));
    }

    /* --------------------------------------------------------------- order */

    /** @param {number} node */
    order(node) {
      const { element, readingOrder } = blogGraph;
      const { model, page } = this;
      const found = readingOrder(model, node);
      const before = found.order.filter((/** @type {number} */ other) => other !== node);
      /** @type {HTMLElement[]} */
      const parts = [element('p', { class: 'bg-hint' },
        page.say(before.length ? 'order-hint' : 'order-none', { title: model.nodes.label[node], count: before.length }))];
      const list = element('ol', { class: 'bg-steps bg-order' });
      const append = (/** @type {number} */ from, /** @type {number} */ to) => {
        for (const other of found.order.slice(from, to)) {
          const item = element('li', {}, this._title(other));
          if (other === node) item.setAttribute('aria-current', 'true');
          list.append(item);
        }
      };
      // The post itself closes the list; of a long one the end is nearest to it.
      const skipped = Math.max(0, found.order.length - FIRST);
      if (skipped) {
        const more = element('button', { type: 'button', class: 'bg-more' }, page.say('order-earlier', { count: skipped }));
        more.addEventListener('click', () => {
          list.replaceChildren();
          list.removeAttribute('start');
          append(0, found.order.length);
          more.remove();
        });
        list.setAttribute('start', String(skipped + 1));
        parts.push(more);
      }
      append(skipped, found.order.length);
      if (before.length) parts.push(list);
      const hidden = found.order.filter((/** @type {number} */ other) => !model.nodeOn[other]).length;
      if (hidden) {
        const reset = element('button', { type: 'button', class: 'bg-action' }, page.say('reset'));
        reset.addEventListener('click', () => { page.reset(); });
        parts.push(element('p', { class: 'bg-hint' }, page.say('order-hidden', { count: hidden })),
          element('p', { class: 'bg-actions' }, reset));
      }
      if (found.broken.length) {
        const circles = element('ul', { class: 'bg-broken' });
        for (const [source, target] of found.broken.slice(0, NAMED)) {
          circles.append(element('li', {}, element('span', { dir: 'auto' }, model.nodes.label[source]), ' → ',
            element('span', { dir: 'auto' }, model.nodes.label[target])));
        }
        this._rest(circles, found.broken.length);
        parts.push(element('p', { class: 'bg-hint' }, page.say('order-broken', { count: found.broken.length })), circles);
      }
      if (found.missing.length) {
        const missing = element('ul', { class: 'bg-broken' });
        for (const other of found.missing.slice(0, NAMED)) missing.append(element('li', { dir: 'auto' }, model.nodes.label[other]));
        this._rest(missing, found.missing.length);
        parts.push(element('p', { class: 'bg-hint' }, page.say('order-missing', { count: found.missing.length })), missing);
      }
      const inside = new Set(found.order);
      const steps = found.order.flatMap((/** @type {number} */ other) => model.edgesOf(other).filter((/** @type {number} */ e) => {
        const kind = model.data.edgeKinds[model.edges.kind[e]];
        return model.edges.source[e] === other && (kind === 'cites' || kind === 'series') &&
          inside.has(model.edges.target[e]);
      }));
      page.announce(page.say(before.length ? 'order-hint' : 'order-none', { title: model.nodes.label[node], count: before.length }));
      this._fill('order', parts);
      page.light(steps, found.order);
    }
  }

  blogGraph.Trails = Trails;
})();
