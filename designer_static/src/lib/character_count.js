/** @param {HTMLInputElement} field says how many characters are left, once few are */
export function showCount(field) {
  const most = Number(field.dataset.maxLength);
  if (!most) return;
  const place = field.closest('.ds-field');
  let counter = place?.querySelector('.form-counter');
  if (!counter) {
    counter = document.createElement('p');
    counter.className = 'form-counter';
    place?.append(counter);
  }
  counter.textContent = `${field.value.length} / ${most}`;
  counter.classList.toggle('form-counter-over', field.value.length > most);
}
