/**
 * A change of the page throws nobody off it: where what has the focus goes, the nearest place before it has it then. That is
 * neither a field nor a button, since somebody may be in the midst of a word.
 */
const PLACES = '[tabindex="-1"]:not(button), [data-component]';

/** @param {HTMLElement} root that is changed @param {() => void} change */
export function keepFocus(root, change) {
  const held = document.activeElement;
  const near = held && root.contains(held) ? [...placesBefore(held, root)] : [];
  change();
  if (!held || isThere(held)) return;
  const place = near.find(isThere);
  if (!place?.hasAttribute('tabindex')) place?.setAttribute('tabindex', '-1');
  place?.focus({ preventScroll: true });
}

/** @param {Element} held @param {HTMLElement} root @returns {Generator<HTMLElement>} the nearest first */
function* placesBefore(held, root) {
  for (let at = held; at !== root && at.parentElement; at = at.parentElement)
    for (const near of [at.previousElementSibling, at.parentElement])
      if (near instanceof HTMLElement && near.matches(PLACES)) yield near;
  const title = /** @type {HTMLElement | null} */ (root.querySelector('#page-title'));
  if (title) yield title;
}

/** @param {Element} element */
function isThere(element) {
  return element.isConnected && !element.closest('[hidden]');
}
