// @ts-check
/* What the map shows, as a table: one row a node, sorted by any column, a hundred at a time. */
(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;
  const ROWS = 100;

  /** @type {{name: GraphColumn, key: string, descending: boolean}[]} `descending`: so when it is first chosen */
  const COLUMNS = [
    { name: 'title', key: 'title', descending: false },
    { name: 'date', key: 'date', descending: true },
    { name: 'series', key: 'series', descending: false },
    { name: 'cites', key: 'group-cites-out', descending: true },
    { name: 'cited', key: 'group-cites-in', descending: true },
    { name: 'tags', key: 'tags', descending: false },
    { name: 'rank', key: 'rank', descending: false },
  ];

  /**
   * @param {HTMLElement} root is emptied; inside a closed <details> nothing is made until that is opened
   * @param {any} model `model.nodeOn` says what is listed
   * @param {object} page
   * @param {(key: string, values?: Record<string, string | number>) => string} page.say
   * @param {(node: number) => string} page.href '' when there is none
   * @param {string} page.language
   * @param {(node: number) => void} page.choose show a node on the map
   * @returns {{update: () => void, sort: (column: GraphColumn, descending?: boolean) => void}}
   *   `update` after a change of what is shown, or when the graph has grown
   */
  function createTable(root, model, page) {
    const { element } = blogGraph;
    const { say, language } = page;
    const sorter = new blogGraph.Sorter(model, language);
    const fold = root.closest('details');
    const digits = numbersIn(language);

    /** @type {GraphColumn} */
    let column = 'rank';
    let descending = false;
    /** @type {any} */
    let rows = null;
    let listed = 0;
    let stale = true;

    const status = element('p', { class: 'bg-table-status', role: 'status' });
    const body = element('tbody');
    const more = element('button', { type: 'button', class: 'bg-table-more' });
    const heads = new Map(COLUMNS.map(({ name, key }) => {
      const button = element('button', { type: 'button', 'data-column': name }, say(key));
      button.addEventListener('click', () => { sort(name); });
      return [name, element('th', { scope: 'col', class: `bg-column-${name}` }, button)];
    }));
    root.replaceChildren(
      status,
      element('table', { class: 'bg-table' }, element('thead', {}, element('tr', {}, ...heads.values())), body),
      more,
    );
    more.addEventListener('click', () => {
      const first = listed;
      list();
      // The button may be gone now; the new rows are what was asked for.
      const target = body.children[first]?.querySelector('a, button');
      if (target instanceof HTMLElement) target.focus();
    });
    if (fold) fold.addEventListener('toggle', refresh);

    /** @param {GraphColumn} name @param {boolean} [down] when left out, the other way round at the second time */
    function sort(name, down) {
      const usual = COLUMNS.find((known) => known.name === name)?.descending ?? false;
      descending = down ?? (name === column ? !descending : usual);
      column = name;
      update();
    }

    function update() {
      stale = true;
      refresh();
    }

    function refresh() {
      if (!stale || (fold && !fold.open)) return;
      stale = false;
      rows = sorter.sort(column, descending, model.nodeOn);
      listed = 0;
      for (const [name, head] of heads) {
        if (name === column) head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
        else head.removeAttribute('aria-sort');
      }
      body.replaceChildren();
      list();
    }

    /** Add the next rows. */
    function list() {
      const nodes = rows.slice(listed, listed + ROWS);
      body.append(...nodes.map(row));
      listed += nodes.length;
      const left = rows.total - listed;
      status.textContent = rows.total
        ? say('rows', { shown: digits(listed), count: digits(rows.total) }) : say('nothing');
      more.hidden = left <= 0;
      more.textContent = say('rows-more', { count: digits(Math.min(ROWS, left)) });
    }

    /** @param {number} i @returns {HTMLElement} */
    function row(i) {
      const { data, nodes } = model;
      const date = nodes.date[i];
      const cell = (/** @type {GraphColumn} */ name, /** @type {(Node | string)[]} */ ...content) => {
        const head = COLUMNS.find((known) => known.name === name);
        return element('td', { class: `bg-column-${name}`, 'data-name': say(head ? head.key : name) }, ...content);
      };
      return element('tr', { 'data-node': String(i) },
        element('th', { scope: 'row', class: 'bg-column-title' }, ...title(i)),
        cell('date', ...(date ? [element('time', { datetime: date }, blogGraph.readableDate(date, language))] : [])),
        cell('series', ...series(i)),
        cell('cites', digits(sorter.cites[i])),
        cell('cited', digits(sorter.cited[i])),
        cell('tags', ...nodes.tags[i].flatMap((/** @type {number} */ tag, /** @type {number} */ k) => [
          ...(k ? [' '] : []), element('span', { class: 'bg-tag', dir: 'auto' }, data.tags[tag])])),
        cell('rank', digits(i + 1)));
    }

    /** @param {number} i @returns {(Node | string)[]} */
    function title(i) {
      const { data, nodes } = model;
      const href = page.href(i);
      const name = blogGraph.fromHtml(href ? 'a' : 'span', 'bg-table-title', model.titleHtml(i));
      if (href) name.setAttribute('href', href);
      const kind = data.kinds[nodes.kind[i]];
      const label = say('show-named', { title: nodes.label[i] });
      const show = element('button', { type: 'button', class: 'bg-show', title: say('show'), 'aria-label': label },
        blogGraph.targetIcon());
      show.addEventListener('click', () => { page.choose(i); });
      const mark = kind === 'post' ? [] : [' ', element('span', { class: 'bg-mark' }, say(`mark-${kind}`))];
      return [show, name, ...mark];
    }

    /** @param {number} i @returns {Node[]} */
    function series(i) {
      const { data, nodes } = model;
      if (nodes.series[i] < 0) return [];
      const part = nodes.part[i];
      const name = blogGraph.fromHtml('span', 'bg-series', data.series[nodes.series[i]].html);
      if (part !== null) name.append(` · ${part}`);
      return [name];
    }

    refresh();
    return { update, sort };
  }

  /** @param {string} language @returns {(value: number) => string} */
  function numbersIn(language) {
    try {
      const format = new Intl.NumberFormat(language);
      return (value) => format.format(value);
    } catch {
      return String; // no language tag at all
    }
  }

  Object.assign(blogGraph, { createTable });
})();
