// Keys of the screen of files: Ctrl+K (⌘K) looks for a file by its name, Ctrl+Shift+F (⌘⇧F) searches in all files.

document.addEventListener('keydown', (event) => {
  const isCommand = event.ctrlKey !== event.metaKey && !event.altKey;
  if (!isCommand || document.querySelector('dialog[open]')) return;
  const key = event.key.toLowerCase();
  if (key === 'k' && !event.shiftKey) {
    const finder = document.getElementById('file-finder');
    if (!(finder instanceof HTMLDialogElement)) return;
    event.preventDefault();
    finder.showModal();
    const field = finder.querySelector('[role="combobox"]') ?? finder.querySelector('select');
    if (field instanceof HTMLElement) field.focus();
  } else if (key === 'f' && event.shiftKey) {
    const link = document.getElementById('code-search-link');
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    link.click();
  }
});

// A file that was chosen is opened at once.
document.getElementById('file-finder')?.addEventListener('change', ({ target }) => {
  if (target instanceof HTMLSelectElement && target.value) target.form?.requestSubmit();
});
