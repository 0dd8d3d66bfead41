// Sentences that the server has translated and put on an element as JSON.

/**
 * @param {HTMLElement} element whose data-phrases holds the sentences
 * @returns {(name: string, values?: Record<string, string | number>) => string}
 */
export function phrasesOf(element) {
  /** @type {Record<string, string>} */
  const phrases = JSON.parse(element.dataset.phrases ?? '{}');
  return (name, values = {}) =>
    (phrases[name] ?? '').replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
}
