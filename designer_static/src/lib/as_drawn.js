// What was drawn before the server had it: an answer that would draw just the same leaves it as it stands.

/** @type {WeakMap<Element, string>} */
const drawn = new WeakMap();

/** @param {Element} element @param {string} html how it was drawn, before anything on the page changed it */
export function rememberDrawn(element, html) {
  drawn.set(element, html);
}

/** @param {Element | undefined} shown @param {Element} fresh */
export function isAsDrawn(shown, fresh) {
  return shown !== undefined && drawn.get(shown) === fresh.outerHTML;
}
