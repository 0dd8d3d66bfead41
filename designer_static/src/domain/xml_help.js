// What is known about the elements of an XML file, at a place in its text.

/**
 * @typedef {import('./json_places.js').Tree} Tree
 * @typedef {import('./json_places.js').Read} Read
 * @typedef {{ name: string, info: string, values: string[] }} Attribute
 * @typedef {{ name: string, info: string, children: string[], attributes: Attribute[], text: string[], top: boolean }} Element
 */

/**
 * What the element or attribute at an offset is; null where nothing is known.
 * @param {Element[]} elements @param {Tree} tree @param {Read} read @param {number} offset @param {-1 | 0 | 1} side
 * @returns {{ from: number, to: number, words: string } | null}
 */
export function explain(elements, tree, read, offset, side) {
  const node = tree.resolveInner(offset, side);
  const tag = node.name === 'TagName' ? node : node.parent?.parent?.getChild('TagName');
  const element = tag && elements.find(({ name }) => name === read(tag.from, tag.to));
  if (!element) return null;
  const written = read(node.from, node.to);
  const about =
    node.name === 'TagName'
      ? element
      : node.name === 'AttributeName'
        ? element.attributes.find(({ name }) => name === written)
        : null;
  return about?.info ? { from: node.from, to: node.to, words: about.info } : null;
}

/**
 * The elements as CodeMirror's XML mode wants them.
 * @param {Element[]} elements
 */
export function elementSpecs(elements) {
  return elements.map(({ name, info, children, attributes, text, top }) => ({
    name,
    children,
    textContent: text,
    top,
    completion: info ? { info } : {},
    attributes: attributes.map((each) => ({
      name: each.name,
      ...(each.values.length ? { values: each.values } : {}),
      completion: each.info ? { info: each.info } : {},
    })),
  }));
}
