// What is said to a screen reader, through the page's live region.

/** @param {string} sentence */
export function announce(sentence) {
  const region = document.getElementById('editor-live');
  if (!region || !sentence) return;
  // The same sentence twice in a row is a change only when the region was empty in between.
  region.textContent = '';
  requestAnimationFrame(() => {
    region.textContent = sentence;
  });
}
