/**
 * Lists of links to parts of the page, made into tabs: one part is shown at a time. Without this code all parts are shown.
 *
 *   <div class="form-tabs" id><ul class="form-tab-list"><li><a data-tab="key" href="#key">…</ul><section id="key" data-open>…
 */

/** Which tab was chosen in each list, by the list's id. @type {Map<string, string>} */
const chosen = new Map();

/** @param {ParentNode} root where the server may have drawn the lists anew */
export function raiseTabs(root) {
  for (const box of root.querySelectorAll('.form-tabs[id]')) {
    box.querySelector(':scope > .form-tab-list')?.setAttribute('role', 'tablist');
    const links = linksOf(box);
    for (const link of links) {
      link.parentElement?.setAttribute('role', 'presentation');
      link.setAttribute('role', 'tab');
      link.setAttribute('aria-controls', keyOf(link));
      const panel = document.getElementById(keyOf(link));
      panel?.setAttribute('role', 'tabpanel');
      panel?.setAttribute('tabindex', '-1');
    }
    const before = links.find((link) => keyOf(link) === chosen.get(box.id));
    const first = before ?? links.find((link) => link.dataset.chosen !== undefined) ?? links[0];
    if (first) mark(box, keyOf(first));
  }
}

/** @param {MouseEvent | KeyboardEvent} event @returns {boolean} whether it was about a tab */
export function handleTabs(event) {
  const link = /** @type {HTMLElement | null} */ (
    /** @type {Element} */ (event.target).closest('[data-tab]')
  );
  const box = link?.closest('.form-tabs');
  if (!link || !box) return false;
  if (event instanceof KeyboardEvent) return walk(event, link, box);
  event.preventDefault();
  choose(box, keyOf(link));
  return true;
}

/** Show what hides an element: the tab and the folded parts it is in. @param {Element | null} element */
export function reveal(element) {
  for (let place = element; place; place = place.parentElement) {
    if (place instanceof HTMLDetailsElement && place !== element) place.open = true;
    const box = place.classList.contains('form-tab-panel') ? place.closest('.form-tabs') : null;
    if (box) choose(box, place.id);
  }
}

/** @param {KeyboardEvent} event @param {HTMLElement} link @param {Element} box */
function walk(event, link, box) {
  const links = linksOf(box);
  const here = links.indexOf(link);
  const back = getComputedStyle(box).direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
  const last = links.length - 1;
  /** @type {Record<string, number>} */
  const steps = { Home: 0, End: last, ArrowLeft: here + 1, ArrowRight: here + 1, [back]: here - 1 };
  const step = steps[event.key];
  const to = step === undefined ? undefined : links[step < 0 ? last : step > last ? 0 : step];
  if (!to) return false;
  event.preventDefault();
  choose(box, keyOf(to));
  to.focus();
  return true;
}

/** @param {Element} box @param {string} key */
function choose(box, key) {
  chosen.set(box.id, key);
  mark(box, key);
}

/** @param {Element} box @param {string} key */
function mark(box, key) {
  for (const link of linksOf(box)) {
    const is = keyOf(link) === key;
    link.toggleAttribute('data-chosen', is);
    link.setAttribute('aria-selected', String(is));
    link.tabIndex = is ? 0 : -1;
    document.getElementById(keyOf(link))?.toggleAttribute('data-open', is);
  }
}

/** @param {Element} box @returns {HTMLElement[]} */
function linksOf(box) {
  return [...box.querySelectorAll(':scope > .form-tab-list > li > [data-tab]')].map(
    (link) => /** @type {HTMLElement} */ (link),
  );
}

/** @param {HTMLElement} link */
function keyOf(link) {
  return link.dataset.tab ?? '';
}
