/** Promises of time. */

/** @returns {Promise<void>} once the page has nothing better to do */
export function quiet() {
  return new Promise((go) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => go(), { timeout: 300 });
    else setTimeout(go);
  });
}

/** @param {number} time in milliseconds @returns {Promise<void>} */
export function pause(time) {
  return new Promise((go) => setTimeout(go, time));
}
