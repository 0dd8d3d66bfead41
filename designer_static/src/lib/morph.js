/**
 * Change a part of the page into another with as few touches as possible: what is equal stays the same element, so that
 * focus, caret, scroll and open details stay where they are.
 */

/**
 * @param {Element} from what is shown
 * @param {Element} to what is to be shown; `<i data-same="c-a" data-to="c-z">` in it stands for what stays, from one id to another
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

/** Fields of several parts, and what makes them begin anew in the midst of their digits: 2027 would become the year 27. */
const IN_PARTS = new Set(['date', 'datetime-local', 'month', 'time', 'week']);
const LIMITS = ['max', 'min', 'step'];
const BEGINS_ANEW = new Set([...LIMITS, 'value']);

/** @param {Element} from @param {Element} to */
function morphAttributes(from, to) {
  const writing =
    from instanceof HTMLInputElement && IN_PARTS.has(from.type) && from === document.activeElement;
  const waits = (/** @type {string} */ name) => writing && BEGINS_ANEW.has(name);
  for (const { name, value } of to.attributes) {
    if (!waits(name) && from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
  for (const { name } of [...from.attributes]) {
    // Details are opened by the reader, not by the server.
    if (!to.hasAttribute(name) && !waits(name) && !(name === 'open' && from.localName === 'details'))
      from.removeAttribute(name);
  }
  if (writing) from.addEventListener('blur', () => limit(from, to), { once: true });
}

/** @param {HTMLInputElement} from @param {Element} to */
function limit(from, to) {
  if (from.validity.badInput) return; // half a date would be gone
  for (const name of LIMITS) {
    const value = to.getAttribute(name);
    if (value === null) from.removeAttribute(name);
    else if (value !== from.getAttribute(name)) from.setAttribute(name, value);
  }
}

/** @param {Element} from @param {Element} to @param {(field: Element) => boolean} keeps */
function morphChildren(from, to, keeps) {
  const known = byKey(from);
  const wanted = new Set([...to.childNodes].map(keyOf).filter(Boolean));
  for (const next of to.children) {
    // What a run begins with is wanted where it stands.
    const run = runOf(next, known);
    if (run) wanted.add(keyOf(run.first));
  }
  /** @type {ChildNode | null} */
  let here = from.firstChild;
  for (const next of [...to.childNodes]) {
    const run = runOf(next, known);
    if (run) {
      while (here && here !== run.first && !wanted.has(keyOf(here))) here = dropped(here);
      if (here === run.first) here = run.last.nextSibling;
      else for (const node of between(run)) from.insertBefore(node, here);
      continue;
    }
    while (here && keyOf(here) && keyOf(here) !== keyOf(next) && !wanted.has(keyOf(here)))
      here = dropped(here);
    const match = matching(known, here, next);
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

/**
 * @param {ChildNode} node @param {Map<string, ChildNode>} known
 * @returns {{first: ChildNode, last: ChildNode} | null} the elements that a sign of what stays as it is stands for
 */
function runOf(node, known) {
  if (!(node instanceof HTMLElement) || !node.dataset.same) return null;
  const [first, last] = [known.get(`#${node.dataset.same}`), known.get(`#${node.dataset.to}`)];
  if (!first || !last) throw new Error('The page is not the one that the answer is about');
  return { first, last };
}

/** @param {{first: ChildNode, last: ChildNode}} run @returns {ChildNode[]} all that it stands for */
function between({ first, last }) {
  const found = [first];
  for (let node = first; node !== last && node.nextSibling; node = node.nextSibling)
    found.push(node.nextSibling);
  return found;
}

/** @param {Element} parent @returns {Map<string, ChildNode>} the first of its children with each key */
function byKey(parent) {
  const found = new Map();
  for (const child of parent.children) {
    const key = keyOf(child);
    if (key && !found.has(key)) found.set(key, child);
  }
  return found;
}

/** @param {Map<string, ChildNode>} known @param {ChildNode | null} here @param {ChildNode} next @returns {ChildNode | null} */
function matching(known, here, next) {
  const key = keyOf(next);
  if (key) return known.get(key) ?? null;
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
