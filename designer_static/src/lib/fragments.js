import { isAsDrawn } from './as_drawn.js';

// The server's answer to an edit: HTML whose top-level elements say what they change.
//   <section id="panel">…            takes the place of the element with that id
//   <template data-op="remove" data-target="ID">      takes an element away
//   <template data-op="arrange" data-target="ID" data-order='["ID", …]'>…   gives a container just these
//                                     children in this order; the ones inside the template are new or newer

/**
 * @param {string} html
 * @param {(element: Element) => boolean} [wanted] lets the caller leave out a top-level element
 * @returns {Element[]} the elements that took the place of others
 */
export function applyFragments(html, wanted = () => true) {
  const holder = document.createElement('template');
  holder.innerHTML = html;
  // Here nothing tells the parser that scripts run: the buttons for browsers without them would be real ones.
  for (const forNoScript of holder.content.querySelectorAll('noscript')) forNoScript.remove();
  const fresh = [];
  for (const element of [...holder.content.children]) {
    if (!wanted(element)) continue;
    if (!(element instanceof HTMLTemplateElement) || !element.dataset.op) fresh.push(...replace(element));
    else if (element.dataset.op === 'remove') byId(element.dataset.target)?.remove();
    else if (element.dataset.op === 'arrange') arrange(element);
  }
  return fresh;
}

/** @param {Element} element @returns {Element[]} */
function replace(element) {
  const old = byId(element.id);
  // What somebody is writing in stays as it is: the answer to what they write brings it up to date.
  if (!old || old.querySelector('[data-writing]')) return [];
  const fresh = document.importNode(element, true);
  old.replaceWith(fresh);
  return [fresh];
}

/** @param {HTMLTemplateElement} template */
function arrange(template) {
  const container = byId(template.dataset.target);
  if (!container) return;
  /** @type {string[]} */
  const order = JSON.parse(template.dataset.order ?? '[]');
  /** @type {Map<string, Element>} */
  const fresh = new Map();
  const known = new Map([...container.children].map((child) => [child.id, child]));
  for (const child of [...template.content.children]) {
    if (!isAsDrawn(known.get(child.id), child)) fresh.set(child.id, document.importNode(child, true));
  }
  const wanted = new Set(order);
  for (const [id, child] of known) if (!wanted.has(id) || fresh.has(id)) child.remove();
  let cursor = container.firstElementChild;
  for (const id of order) {
    const element = fresh.get(id) ?? known.get(id) ?? byId(id);
    if (!element) continue;
    // One that was moved further down stands in the way: it comes back when its turn comes.
    if (cursor && cursor !== element && cursor.nextElementSibling === element) {
      const inTheWay = cursor;
      cursor = element;
      inTheWay.remove();
    }
    if (cursor === element) cursor = element.nextElementSibling;
    else container.insertBefore(element, cursor);
  }
}

/** @param {string | undefined} id */
function byId(id) {
  return id ? document.getElementById(id) : null;
}
