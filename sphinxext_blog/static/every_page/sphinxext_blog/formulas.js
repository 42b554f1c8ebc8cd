/* Adds a button to each display formula that copies its LaTeX. Nothing else on
   the page needs this script; it asks for no network and no inline code. */
(() => {
  'use strict';

  const words = document.currentScript?.dataset ?? {};
  const COPY = words.copy ?? 'Copy LaTeX';
  const COPIED = words.copied ?? 'Copied';
  const SHOWN = 1500; // milliseconds

  /** Put text on the clipboard. @param {string} text @returns {Promise<boolean>} */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // not allowed, or a page that is not served over HTTPS
    }
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    document.body.append(area);
    const focused = document.activeElement;
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
    return done;
  }

  /** @param {HTMLElement} formula */
  function addButton(formula) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'blog-copy-latex';
    button.textContent = COPY;
    button.setAttribute('aria-live', 'polite');
    let timer = 0;
    button.addEventListener('click', async () => {
      if (!(await copy(formula.dataset.latex ?? ''))) return;
      button.textContent = COPIED;
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        button.textContent = COPY;
      }, SHOWN);
    });
    formula.querySelector(':scope > .blog-formula-tools')?.append(button);
  }

  for (const formula of document.querySelectorAll('.blog-formula[data-latex]')) {
    if (formula instanceof HTMLElement) addButton(formula);
  }
})();
