/** Turning the pages of a form without a reload. */
import { reveal } from './tabs.js';

/** The page that is shown; a link to a field changes the address, but not the page. */
let shown = location.pathname;
/** @type {() => Promise<unknown>} what the page that is shown has to do before another takes its place */
let before = () => Promise.resolve();

/** @param {() => Promise<unknown>} finish what is to be waited for when the reader goes back or forward */
export function beforeTurning(finish) {
  before = finish;
}

/**
 * Show a page that the server sent, as the browser would have.
 * @param {string} html @param {string} address @param {boolean} isNew whether it goes into the history
 */
export function turnTo(html, address, isNew) {
  const next = new DOMParser().parseFromString(html, 'text/html');
  const main = next.querySelector('main');
  if (!main || !next.querySelector('form-page')) return location.assign(address);
  const here = new URL(address, location.href);
  const at = here.searchParams.get(':at');
  const hash = at ? `#${at}` : here.hash || location.hash;
  if (isNew && here.pathname !== location.pathname) history.pushState(null, '', here.href);
  shown = location.pathname;
  document.title = next.title;
  document.querySelector('main')?.replaceWith(document.importNode(main, true));
  document.dispatchEvent(new Event('page-turned'));
  focusOn(here.pathname === location.pathname ? hash : '');
}

/** @param {string} hash */
function focusOn(hash) {
  const summary = document.querySelector('#error-summary, #notice');
  const target = hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
  const place = /** @type {HTMLElement | null} */ (
    summary ?? target ?? document.getElementById('page-title')
  );
  reveal(place);
  if (place === document.getElementById('page-title')) scrollTo(0, 0);
  const inside = /** @type {HTMLElement | null} */ (
    place instanceof HTMLFieldSetElement ? place.querySelector('input:not([type="hidden"])') : null
  );
  (inside ?? place)?.focus();
  if (place === summary || place === target) place?.scrollIntoView({ block: 'start' });
}

addEventListener('popstate', async () => {
  if (location.pathname === shown) return;
  await before();
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.ok) turnTo(await answer.text(), answer.url, false);
  else location.reload();
});
