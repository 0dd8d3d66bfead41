/** @param {HTMLInputElement} field says how many characters are left, once few are */
export function showCount(field) {
  const most = Number(field.dataset.maxLength);
  if (!most) return;
  const place = field.closest('.ds-field');
  let counter = place?.querySelector('.form-counter');
  if (!counter) {
    counter = document.createElement('p');
    counter.className = 'form-counter';
    counter.id = `${field.id}-count`;
    place?.append(counter);
  }
  // Who cannot see the counter hears it with the field; what the server draws anew does not know of it.
  const described = field.getAttribute('aria-describedby')?.split(' ') ?? [];
  if (!described.includes(counter.id))
    field.setAttribute('aria-describedby', [...described, counter.id].join(' '));
  counter.textContent = `${field.value.length} / ${most}`;
  counter.classList.toggle('form-counter-over', field.value.length > most);
}
