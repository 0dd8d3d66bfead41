/** Do something once the browser has drawn what stands there now. @param {() => void} then */
export function whenDrawn(then) {
  requestAnimationFrame(() => setTimeout(then));
}
