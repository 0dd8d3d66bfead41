/** A part of a picture: a box in pixels of the picture, from its upper left corner. */

/** @typedef {{ width: number, height: number }} Size */
/** @typedef {Size & { left: number, top: number }} Box */

/** Which way an arrow key goes: right and down. @type {Record<string, [number, number]>} */
export const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {number} value @param {number} least @param {number} most */
export function within(value, least, most) {
  return Math.min(Math.max(value, least), most);
}

/** The same part elsewhere, as far as the picture goes. @param {Box} box @param {Size} size of the picture @param {number} x @param {number} y @returns {Box} */
export function moved(box, size, x, y) {
  return {
    ...box,
    left: within(box.left + x, 0, size.width - box.width),
    top: within(box.top + y, 0, size.height - box.height),
  };
}

/** The largest part of a shape, in the middle of the picture. @param {Size} size of the picture @param {number} ratio width to height @returns {Box} */
export function largest(size, ratio) {
  const width = Math.min(size.width, size.height * ratio);
  const height = width / ratio;
  return { left: (size.width - width) / 2, top: (size.height - height) / 2, width, height };
}

/** How large a part is: its share of the largest of its shape. @param {Box} box @param {Size} size of the picture */
export function sizeOf(box, size) {
  return box.width / largest(size, box.width / box.height).width;
}

/**
 * A part of the same shape around the same middle, as far as the picture goes.
 * @param {Box} box @param {Size} size of the picture @param {number} share of the largest of its shape, to 1
 * @returns {Box}
 */
export function resized(box, size, share) {
  const most = largest(size, box.width / box.height);
  const width = most.width * share;
  const height = most.height * share;
  const left = box.left + (box.width - width) / 2;
  const top = box.top + (box.height - height) / 2;
  return moved({ left, top, width, height }, size, 0, 0);
}

/** A part as shares of the picture, as the server takes them: left, top, width, height. @param {Box} box @param {Size} size */
export function shares({ left, top, width, height }, size) {
  const all = [left / size.width, top / size.height, width / size.width, height / size.height];
  return all.map((share) => within(share, 0, 1).toFixed(6)).join(',');
}

/** Lay a frame over the part of a picture that is shown around it. @param {HTMLElement} frame @param {Box} box @param {Size} size of the picture */
export function place(frame, box, size) {
  frame.style.insetInlineStart = `${(100 * box.left) / size.width}%`;
  frame.style.insetBlockStart = `${(100 * box.top) / size.height}%`;
  frame.style.inlineSize = `${(100 * box.width) / size.width}%`;
  frame.style.blockSize = `${(100 * box.height) / size.height}%`;
}
