/**
 * Which action a key press stands for: Ctrl+Z (or ⌘Z) is undo; with Shift, or Ctrl+Y, it is redo.
 * @param {{ key: string, ctrlKey: boolean, metaKey: boolean, shiftKey: boolean, altKey: boolean }} press
 * @returns {'undo' | 'redo' | null}
 */
export function undoKey(press) {
  if (press.altKey || press.ctrlKey === press.metaKey) return null;
  const key = press.key.toLowerCase();
  if (key === 'z') return press.shiftKey ? 'redo' : 'undo';
  return key === 'y' && press.ctrlKey && !press.shiftKey ? 'redo' : null;
}
