/**
 * Change a part of the page into another with as few touches as possible: what is equal stays the same element, so that
 * focus, caret, scroll and open details stay where they are.
 */

/**
 * @param {Element} from what is shown
 * @param {Element} to what is to be shown
 * @param {(field: Element) => boolean} keeps whether a field keeps what is in it
 */
export function morph(from, to, keeps) {
  if (from.hasAttribute('data-kept')) return; // what scripts have put there is theirs
  morphAttributes(from, to);
  if (from instanceof HTMLTextAreaElement) {
    if (!keeps(from)) from.value = /** @type {HTMLTextAreaElement} */ (to).value;
    return;
  }
  morphChildren(from, to, keeps);
  if (from instanceof HTMLInputElement && to instanceof HTMLInputElement && !keeps(from)) {
    if (from.type === 'checkbox' || from.type === 'radio') from.checked = to.checked;
    else if (from.value !== to.value) from.value = to.value;
  } else if (from instanceof HTMLSelectElement && to instanceof HTMLSelectElement && !keeps(from)) {
    from.value = to.value;
  }
}

/** @param {Element} from @param {Element} to */
function morphAttributes(from, to) {
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
  for (const { name } of [...from.attributes]) {
    // Details are opened by the reader, not by the server.
    if (!to.hasAttribute(name) && !(name === 'open' && from.localName === 'details'))
      from.removeAttribute(name);
  }
}

/** @param {Element} from @param {Element} to @param {(field: Element) => boolean} keeps */
function morphChildren(from, to, keeps) {
  const wanted = new Set([...to.childNodes].map(keyOf).filter(Boolean));
  /** @type {ChildNode | null} */
  let here = from.firstChild;
  for (const next of [...to.childNodes]) {
    while (here && keyOf(here) && keyOf(here) !== keyOf(next) && !wanted.has(keyOf(here)))
      here = dropped(here);
    const match = matching(from, here, next);
    // What stands before it and is not wanted would push the rest out of step.
    while (match && here && here !== match && !wanted.has(keyOf(here))) here = dropped(here);
    if (!match) {
      from.insertBefore(document.importNode(next, true), here);
      continue;
    }
    if (match !== here) from.insertBefore(match, here);
    else here = match.nextSibling;
    if (match instanceof Element && next instanceof Element) morph(match, next, keeps);
    else if (match.nodeValue !== next.nodeValue) match.nodeValue = next.nodeValue;
  }
  while (here) here = dropped(here);
}

/** @param {ChildNode} node @returns {ChildNode | null} */
function dropped(node) {
  const after = node.nextSibling;
  node.remove();
  return after;
}

/** @param {Element} parent @param {ChildNode | null} here @param {ChildNode} next @returns {ChildNode | null} */
function matching(parent, here, next) {
  const key = keyOf(next);
  if (key) return [...parent.childNodes].find((child) => keyOf(child) === key) ?? null;
  if (!(next instanceof Element)) return here?.nodeName === next.nodeName ? here : null;
  // An element without a key is looked for further on as well: a message that has come or gone before it must not
  // make it a new element, which would lose what is being written in it.
  for (let node = here; node; node = node.nextSibling) if (alike(node, next)) return node;
  return null;
}

/** @param {ChildNode} node @param {Element} next @returns {boolean} */
function alike(node, next) {
  return (
    node instanceof Element &&
    !keyOf(node) &&
    node.localName === next.localName &&
    node.className === next.className
  );
}

/** @param {Node} node @returns {string} what tells an element from its siblings; "" where nothing does */
function keyOf(node) {
  if (!(node instanceof Element)) return '';
  const row = node.getAttribute('data-row');
  return node.id ? `#${node.id}` : row ? `row ${row}` : '';
}
