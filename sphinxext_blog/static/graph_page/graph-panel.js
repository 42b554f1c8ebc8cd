// @ts-check
/* The panel that tells all of one node: its title, date, tags and first words,
   and its links grouped by kind, each with what it rests on. */
(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;
  const MOST_LINKS = 30; // of one kind, before a reader asks for more

  /**
   * @param {string} tag @param {Record<string, string>} [attributes] @param {(Node | string)[]} children
   * @returns {HTMLElement}
   */
  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  /** @param {string} tag @param {string} className @param {string} html made at build time, escaped there */
  function fromHtml(tag, className, html) {
    const made = element(tag, { class: className, dir: 'auto' });
    made.innerHTML = html;
    return made;
  }

  /** @param {string} iso possibly reduced: 2014, 2014-12, --12-08 @param {string} language */
  function readableDate(iso, language) {
    const match = /^(\d{4}|-)(?:-(\d{2}))?(?:-(\d{2}))?/u.exec(iso);
    if (!match) return iso;
    const [, year, month, day] = match;
    /** @type {Intl.DateTimeFormatOptions} */
    const form = { timeZone: 'UTC' };
    if (year !== '-') form.year = 'numeric';
    if (month) form.month = 'long';
    if (day) form.day = 'numeric';
    // 2000 is a leap year: 29 February is a day of an unknown year, too.
    const date = new Date(Date.UTC(year === '-' ? 2000 : Number(year), Number(month || 1) - 1, Number(day || 1)));
    if (year !== '-') date.setUTCFullYear(Number(year));
    try {
      return new Intl.DateTimeFormat(language, form).format(date);
    } catch {
      return iso;
    }
  }

  /** What the files of evidence tell, as far as they have come. */
  class Evidence {
    /** @param {any} head @param {string} folder */
    constructor(head, folder) {
      this.starts = head.evidence;
      this.stamp = head.stamp;
      this.folder = folder;
      /** @type {Map<number, any>} */
      this.files = new Map();
    }

    /** @param {number} node @returns {number} number of its file */
    _file(node) {
      let [low, high] = [0, this.starts.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (this.starts[middle] <= node) low = middle;
        else high = middle - 1;
      }
      return low;
    }

    /** @param {number} node @returns {boolean} */
    has(node) {
      return this.files.has(this._file(node));
    }

    /** @param {number} node @returns {Promise<void>} when all of it is there */
    async ask(node) {
      const file = this._file(node);
      if (!this.files.has(file)) {
        this.files.set(file, await blogGraph.load(this.folder, `evidence-${file}`, this.stamp));
      }
    }

    /** @param {number} node @returns {string} HTML */
    excerpt(node) {
      const file = this.files.get(this._file(node));
      return (file && file.excerpts[node]) || '';
    }

    /** @param {any} model @param {number} edge @param {number} node one of its ends @returns {any[]} */
    of(model, edge, node) {
      const file = this.files.get(this._file(node));
      const other = model.across(edge, node);
      const out = Number(model.edges.source[edge] === node);
      const found = file && (file.links[node] || []).find((/** @type {any[]} */ link) =>
        link[0] === other && link[1] === model.edges.kind[edge] && link[2] === out);
      return found ? found[3] : [];
    }
  }

  class Panel {
    /**
     * @param {HTMLElement} root
     * @param {any} model
     * @param {any} evidence
     * @param {{say: (key: string, values?: Record<string, string | number>) => string, href: (node: number, anchor?: string) => string,
     *   language: string, show: (node: number) => void, close: () => void,
     *   actions: {key: string, act: (node: number) => void, for: (node: number) => boolean}[]}} page
     */
    constructor(root, model, evidence, page) {
      this.root = root;
      this.model = model;
      this.evidence = evidence;
      this.page = page;
    }

    /** @param {number} node */
    show(node) {
      const { model, page, root } = this;
      const { nodes } = model;
      const kind = model.data.kinds[nodes.kind[node]];
      const href = page.href(node);
      const title = fromHtml(href ? 'a' : 'span', 'bg-panel-title', model.titleHtml(node));
      if (href) title.setAttribute('href', href);
      const about = element('p', { class: 'bg-about' });
      if (nodes.date[node]) {
        about.append(element('time', {}, readableDate(nodes.date[node], page.language)));
      }
      if (nodes.series[node] >= 0) {
        const series = model.data.series[nodes.series[node]];
        const part = nodes.part[node];
        about.append(fromHtml('span', 'bg-series', series.html + (part === null ? '' : ` · ${part}`)));
      }
      for (const tag of nodes.tags[node]) about.append(element('span', { class: 'bg-tag' }, model.data.tags[tag]));
      const parts = [
        element('p', { class: 'bg-kind' }, page.say(`kind-${kind}`)),
        element('h2', { id: 'bg-panel-heading' }, title),
      ];
      if (about.childNodes.length) parts.push(about);
      if (href) {
        parts.push(element('p', { class: 'bg-open' }, element('a', { href, class: 'bg-open-link' },
          page.say(kind === 'work' ? 'open-work' : 'open'))));
      }
      const actions = page.actions.filter((action) => action.for(node)).map((action) => {
        const button = element('button', { type: 'button', class: 'bg-action', 'data-action': action.key }, page.say(action.key));
        button.addEventListener('click', () => { action.act(node); });
        return button;
      });
      if (actions.length) parts.push(element('p', { class: 'bg-actions' }, ...actions));
      parts.push(this.closeButton());
      const excerpt = this.evidence.excerpt(node);
      if (excerpt) parts.push(fromHtml('p', 'bg-excerpt', excerpt));
      for (const group of this._groups(node)) parts.push(group);
      root.replaceChildren(...parts);
      root.hidden = false;
      root.scrollTop = 0;
    }

    /** Evidence has come: write the panel anew where the reader is. @param {number} node */
    tell(node) {
      const { root } = this;
      const focused = [...root.querySelectorAll('a, button')].indexOf(/** @type {Element} */ (document.activeElement));
      const { scrollTop } = root;
      this.show(node);
      root.scrollTop = scrollTop;
      if (focused < 0) return;
      // What stands above the links is the same as before.
      const again = root.querySelectorAll('a, button')[focused];
      if (again instanceof HTMLElement) again.focus({ preventScroll: true });
    }

    closeButton() {
      const close = element('button', { type: 'button', class: 'bg-close', 'aria-label': this.page.say('close') }, '×');
      close.addEventListener('click', () => { this.page.close(); });
      return close;
    }

    focus() {
      const link = this.root.querySelector('.bg-open-link') || this.root.querySelector('.bg-close');
      if (link instanceof HTMLElement) link.focus({ preventScroll: true });
    }

    hide() {
      this.root.hidden = true;
      this.root.replaceChildren();
    }

    /** @param {number} node @returns {HTMLElement[]} */
    _groups(node) {
      const { model, page } = this;
      const { source, kind, weight } = model.edges;
      /** @type {Map<string, Map<number, number[]>>} */
      const groups = new Map();
      for (const e of model.allEdgesOf(node)) {
        const name = model.data.edgeKinds[kind[e]];
        const out = source[e] === node;
        const group = name === 'cites' || name === 'series' || name === 'equation' ? `${name}-${out ? 'out' : 'in'}` : name;
        const others = groups.get(group) || new Map();
        groups.set(group, others);
        const other = model.across(e, node);
        const before = others.get(other) || [];
        others.set(other, out ? [e, ...before] : [...before, e]);
      }
      const order = ['series-in', 'series-out', 'cites-out', 'cites-in', 'equation-out', 'equation-in', 'formula', 'related'];
      return order.filter((name) => groups.has(name)).map((name) => {
        const others = [.../** @type {Map<number, number[]>} */ (groups.get(name))];
        // Links of one source stand in the order of their strength.
        const strength = (/** @type {number[]} */ edges) => Math.max(...edges.map((e) => weight[e]));
        others.sort((a, b) => strength(b[1]) - strength(a[1]) || Math.min(...a[1]) - Math.min(...b[1]));
        const list = element('ul');
        const append = (/** @type {number} */ from, /** @type {number} */ to) => {
          for (const [other, edges] of others.slice(from, to)) list.append(this._item(name, node, other, edges[0]));
        };
        append(0, others.length > MOST_LINKS + 5 ? MOST_LINKS : others.length);
        if (list.children.length < others.length) {
          const more = element('button', { type: 'button', class: 'bg-more' }, page.say('more', { count: others.length - MOST_LINKS }));
          more.addEventListener('click', () => {
            more.parentElement?.remove();
            append(MOST_LINKS, others.length);
          });
          list.append(element('li', {}, more));
        }
        const heading = element('h3', {}, page.say(`group-${name}`), ' ',
          element('span', { class: 'bg-count' }, String(others.length)));
        return element('section', { class: `bg-group bg-group-${name}` }, heading, list);
      });
    }

    /** @param {string} group @param {number} node @param {number} other @param {number} edge */
    _item(group, node, other, edge) {
      const { model, page } = this;
      const told = this.evidence.of(model, edge, node);
      // A citation of this node is read where it stands.
      const anchor = group === 'cites-in' && told.length ? told[0].anchor : undefined;
      const href = page.href(other, anchor);
      const title = fromHtml(href ? 'a' : 'span', 'bg-link', model.titleHtml(other));
      if (href) title.setAttribute('href', href);
      const kind = model.data.kinds[model.nodes.kind[other]];
      const show = element('button', {
        type: 'button', class: 'bg-show', title: page.say('show'), 'aria-label': page.say('show-named', { title: model.nodes.label[other] }),
      });
      show.append(icon());
      show.addEventListener('click', () => page.show(other));
      const item = element('li', {}, show, title);
      if (kind !== 'post') item.append(' ', element('span', { class: 'bg-mark' }, page.say(`mark-${kind}`)));
      item.append(...this.proofs(told, group === 'related', node, other, edge));
      return item;
    }

    /**
     * What a link rests on, the first three pieces of it.
     * @param {any[]} told @param {boolean} related @param {number} node @param {number} other @param {number} edge
     * @returns {HTMLElement[]}
     */
    proofs(told, related, node, other, edge) {
      /** @type {HTMLElement[]} */
      const lines = [];
      for (const evidence of told.slice(0, 3)) {
        const line = evidence.formulas ? this._formula(node, other, edge, evidence) : this._evidence(related, evidence);
        if (line) lines.push(line);
      }
      if (told.length > 3 && !related) {
        lines.push(element('p', { class: 'bg-evidence' }, this.page.say('more', { count: told.length - 3 })));
      }
      return lines;
    }

    /**
     * A formula that both hold, with a link to it in each of them.
     * @param {number} node @param {number} other @param {number} edge @param {any} told @returns {HTMLElement}
     */
    _formula(node, other, edge, told) {
      const { model, page } = this;
      const [source, target] = told.formulas;
      const [own, others] = model.edges.source[edge] === node ? [source, target] : [target, source];
      const line = element('div', { class: 'bg-evidence bg-formula' });
      // Only the source's is there when both write it alike.
      line.append(fromHtml('div', 'bg-formula-body', own.html || source.html));
      const places = element('p', { class: 'bg-formula-places' }, `${page.say(`form-${told.how}`)}: `);
      this._place(places, node, own.anchor, page.say('here'));
      places.append(' · ');
      this._place(places, other, others.anchor, page.say('there'));
      line.append(places);
      return line;
    }

    /** @param {HTMLElement} line @param {number} node @param {string} anchor @param {string} words */
    _place(line, node, anchor, words) {
      const href = this.page.href(node, anchor || undefined);
      line.append(href ? element('a', { href }, words) : words);
    }

    /** @param {boolean} related @param {any} told @returns {HTMLElement | null} */
    _evidence(related, told) {
      const { page } = this;
      if (related) {
        const detail = (told.detail || []).join(', ');
        const known = page.say(`why-${told.how}`);
        return element('p', { class: 'bg-evidence bg-why', dir: 'auto' }, detail ? `${known}: ${detail}` : known);
      }
      if (told.series) {
        const numbers = [told.source_number, told.target_number].filter(Boolean).map((n) => n.join('.'));
        const text = numbers.length === 2 ? `${told.series} ${numbers.join(' → ')}` : told.series;
        const gap = told.gap ? ` (${page.say('gap', { numbers: told.gap.join(', ') })})` : '';
        return element('p', { class: 'bg-evidence', dir: 'auto' }, text + gap);
      }
      if (told.html) return fromHtml('blockquote', 'bg-evidence', told.html);
      return told.number ? element('p', { class: 'bg-evidence' }, `(${told.number})`) : null;
    }
  }

  /** A target: “show this node on the map”. */
  function icon() {
    const space = 'http://www.w3.org/2000/svg';
    const svg = document.createElementNS(space, 'svg');
    svg.setAttribute('viewBox', '0 0 16 16');
    svg.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS(space, 'path');
    path.setAttribute('d', 'M8 1v3M8 12v3M1 8h3M12 8h3M8 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7z');
    svg.append(path);
    return svg;
  }

  blogGraph.Panel = Panel;
  blogGraph.Evidence = Evidence;
  blogGraph.targetIcon = icon;
  blogGraph.readableDate = readableDate;
  blogGraph.element = element;
  blogGraph.fromHtml = fromHtml;
})();
