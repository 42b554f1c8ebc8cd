// @ts-check
/* The formula page: what a reader types is shown as mathematics while it is
   typed, and looked for. The query stands in the address: #q=…&w=…, so that a
   search can be linked to and the back button works. */
(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;

  const PAUSE = 150; // milliseconds without a key after which the search starts
  const LIMIT = 40;
  const MOST_PLACES = 6;
  const EXAMPLES = ['e^{i\\pi}', '\\sum_{i=1}^n x_i', '\\frac{?a}{\\sqrt{?b}}', '\\log ?x'];

  const form = /** @type {HTMLFormElement | null} */ (document.getElementById('blog-formula-search'));
  if (!form) return;

  /** @param {string} id @returns {HTMLElement} */
  const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(`blog-formula-${id}`));
  const query = /** @type {HTMLInputElement} */ (byId('query'));
  const words = /** @type {HTMLInputElement} */ (byId('words'));
  const preview = byId('preview');
  const status = byId('status');
  const results = byId('results');

  /** @type {Record<string, string>} */
  const messages = JSON.parse(form.dataset.messages ?? '{}');
  const read = blogFormulas.reader(form.dataset.index, form.dataset.version);
  /** @type {Promise<{search: any, posts: Map<string, any>, macros: any} | null> | null} */
  let opened = null;
  let latest = 0;
  let timer = 0;
  /** Whether the query of the address is one that the reader may want to come back to. */
  let finished = true;

  /** @param {string} key @param {Record<string, string | number>} [values] */
  function say(key, values = {}) {
    return (messages[key] ?? key).replace(/\{(\w+)\}/gu, (all, name) => String(values[name] ?? all));
  }

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

  /** A wildcard in the preview is a letter in a box. @param {string} latex */
  function shownWildcards(latex) {
    return latex.replace(/(\\.)|[?\uff1f]([A-Za-z][0-9]*)/gsu, (all, escaped, name) => escaped ?? `{\\boxed{${name}}}`);
  }

  /** Load what every search needs, once. */
  function open() {
    opened ??= (async () => {
      const search = new blogFormulas.FormulaSearch(read);
      const [fits, about] = await Promise.all([search.open(), read('posts')]);
      if (!fits || !about) return null;
      const posts = new Map(about.posts.map((/** @type {any} */ post) => [post.id, post]));
      return { search, posts, macros: blogFormulas.readMacros(about.macros) };
    })();
    return opened;
  }

  /** Answer what stands in the fields now. */
  async function answer() {
    const turn = ++latest;
    const latex = query.value.trim();
    if (latex) await showPreview(latex);
    else preview.replaceChildren();
    if (!latex && !words.value.trim()) {
      status.textContent = '';
      results.replaceChildren();
      return;
    }
    const index = await open();
    if (!index) {
      status.textContent = say('failed');
      return;
    }
    const { search, posts, macros } = index;
    let groups;
    try {
      groups = latex
        ? await search.search(latex, { limit: LIMIT, macros, posts, where: blogFormulas.saidIn(words.value, posts) })
        : await search.said(words.value, posts, { limit: LIMIT });
    } catch {
      if (turn === latest) status.textContent = say('failed');
      return;
    }
    if (turn !== latest) return; // the reader has typed on
    const count = groups.reduce((/** @type {number} */ sum, /** @type {any} */ group) => sum + group.hits.length, 0);
    const readAs = groups.find((/** @type {any} */ group) => group.readAs)?.readAs;
    status.textContent = verdict(latex, count, macros);
    if (readAs) {
      const [before, after] = say('read-as', { latex: '\n' }).split('\n');
      status.append(' · ', before, element('code', {}, readAs), after);
      void showPreview(readAs);
    } else if (groups.length && groups.every((/** @type {any} */ group) => group.kind === 'said')) {
      preview.replaceChildren(); // words, no product of letters
    }
    results.replaceChildren(...groups.map((/** @type {any} */ group) => section(group, posts)));
  }

  /** @param {string} latex */
  async function showPreview(latex) {
    blogFormulas.render(shownWildcards(latex), preview, { display: true, macros: (await open())?.macros });
  }

  /** @param {string} latex @param {number} count @param {any} macros @returns {string} */
  function verdict(latex, count, macros) {
    if (count > 1) return say('found', { count });
    if (count === 1) return say('found-one');
    const pattern = blogFormulas.readPattern(latex, macros);
    const says = blogFormulas.constantRuns(pattern).some((/** @type {any[]} */ runs) => runs.length);
    return say(pattern.names.length && !says ? 'general' : 'nothing');
  }

  /** @param {any} group @param {Map<string, any>} posts */
  function section(group, posts) {
    const list = element('ol', { class: 'blog-formula-index' });
    for (const hit of group.hits) list.append(item(hit, posts));
    return element('section', { class: `blog-formula-group blog-formula-${group.kind}` },
      element('h2', {}, say(`group-${group.kind}`), ' ', element('span', { class: 'blog-formula-count' }, String(group.hits.length))),
      list);
  }

  /** @param {any} hit @param {Map<string, any>} posts */
  function item(hit, posts) {
    const shown = element('div', { class: 'blog-formula-shown' });
    blogFormulas.render(hit.latex, shown, { display: true });
    const places = element('p', { class: 'blog-formula-places' });
    hit.places.slice(0, MOST_PLACES).forEach((/** @type {any} */ place, /** @type {number} */ n) => {
      if (n) places.append(say('comma'));
      places.append(...link(place, posts.get(place.docname)));
    });
    if (hit.places.length > MOST_PLACES) places.append(` ${say('more', { count: hit.places.length - MOST_PLACES })}`);
    const binding = element('p', { class: 'blog-formula-binding' });
    for (const [name, latex] of hit.binding ?? []) {
      const part = element('span', {}, `?${name} = `);
      const value = element('span');
      blogFormulas.render(latex, value, { display: false });
      part.append(value);
      binding.append(part, ' ');
    }
    return element('li', {}, shown, ...(binding.childNodes.length ? [binding] : []), places);
  }

  /** @param {any} place @param {any} post @returns {(Node | string)[]} */
  function link(place, post) {
    if (!post) return [place.docname];
    const anchor = element('a', { href: `${form?.dataset.base}${post.url}${place.anchor ? `#${place.anchor}` : ''}` });
    anchor.innerHTML = post.html; // made at build time, escaped there
    const detail = place.number ? `(${place.number})` : place.section ? `§ ${place.section}` : '';
    return detail ? [anchor, ' ', element('span', { class: 'blog-note' }, detail)] : [anchor];
  }

  /** Put the address into the fields. */
  function restore() {
    const parameters = new URLSearchParams(window.location.hash.slice(1));
    query.value = parameters.get('q') ?? '';
    words.value = parameters.get('w') ?? '';
    finished = true;
    void answer();
  }

  /**
   * Put the fields into the address. The back button leads from one finished query to the one before: what
   * is typed on the way replaces itself.
   * @param {boolean} done the reader has finished this query
   */
  function remember(done) {
    const parts = [];
    for (const [name, field] of /** @type {[string, HTMLInputElement][]} */ ([['q', query], ['w', words]])) {
      // Half a surrogate pair can be typed, but stands in no address.
      if (field.value) parts.push(`${name}=${encodeURIComponent(field.value.replace(/\p{Surrogate}/gu, '\ufffd'))}`);
    }
    const hash = parts.length ? `#${parts.join('&')}` : window.location.pathname + window.location.search;
    if (finished) window.history.pushState(null, '', hash);
    else window.history.replaceState(null, '', hash);
    finished = done;
  }

  for (const field of [query, words]) {
    field.addEventListener('input', () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        remember(false);
        void answer();
      }, PAUSE);
    });
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    window.clearTimeout(timer);
    remember(true);
    void answer();
  });
  window.addEventListener('hashchange', restore);
  window.addEventListener('popstate', restore);
  EXAMPLES.forEach((latex, n) => {
    const button = element('button', { type: 'button', class: 'blog-formula-example' }, latex);
    button.addEventListener('click', () => {
      query.value = latex;
      remember(true);
      void answer();
      query.focus();
    });
    byId('examples').append(n ? ' ' : '', button);
  });
  form.hidden = false;
  restore();
})();
