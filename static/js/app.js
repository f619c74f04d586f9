// What pages gain from a script; each of them works without.
import { combobox } from './combobox.js';

// A message about what was just done, or the list of what is to be corrected, takes the focus.
document.querySelector('[data-focus-on-load]')?.focus();

for (const field of document.querySelectorAll('[data-combobox]')) combobox(field);

// Menus close on Escape, on a click elsewhere, and when the focus leaves them.
for (const menu of document.querySelectorAll('[data-menu]')) {
  const close = () => menu.removeAttribute('open');
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    close();
    menu.querySelector('summary').focus();
  });
  menu.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close();
  });
  document.addEventListener('click', (event) => {
    if (!menu.contains(event.target)) close();
  });
}

// A link to a page that asks a question opens the same question here.
for (const opener of document.querySelectorAll('[data-opens]')) {
  const dialog = document.getElementById(opener.dataset.opens);
  if (!dialog) continue;
  opener.setAttribute('role', 'button');
  opener.addEventListener('click', (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  opener.addEventListener('keydown', (event) => {
    if (event.key !== ' ') return;
    event.preventDefault();
    dialog.showModal();
  });
}

// Lines pasted in a field of one line are parted by spaces: browsers would glue their words together.
document.addEventListener('paste', (event) => {
  const lines = event.clipboardData?.getData('text').trim() ?? '';
  if (!event.target.matches?.('input') || !/[\r\n]/.test(lines)) return;
  event.preventDefault();
  document.execCommand('insertText', false, lines.replace(/\s*[\r\n]+\s*/g, ' '));
});

// An announcement that was read goes from where it stands: the page is not shown again, and what is being typed in it stays.
for (const form of document.querySelectorAll('form[data-hides]')) {
  const announcement = form.parentElement;
  const all = announcement.parentElement;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (form.dataset.sent) return;
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual' }).catch(() => undefined);
    // It stays, to be hidden again, when the server did not keep it.
    delete form.dataset.sent;
    if (answer?.type !== 'opaqueredirect') return;
    announcement.remove();
    (all.querySelector('form[data-hides] button') ?? document.getElementById('content'))?.focus();
    if (all.childElementCount === 0) all.remove();
  });
}

// One press, one request.
for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'true';
  });
}
// A page shown again by the back button may be sent again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});

// Filters act as soon as they are chosen; the page comes back where it was left. Typed text waits for the button, and
// a list gone through with the keyboard for the key Enter: each arrow changes it.
for (const form of document.querySelectorAll('form[data-submit-on-change]')) {
  const act = (field) => {
    form.action = `${form.action.split('#')[0]}#${field.id}`;
    form.requestSubmit();
  };
  let keyed;
  form.addEventListener('keydown', ({ key, target }) => {
    if (!target.matches('select')) return;
    if (key === 'Enter' && keyed) act(target);
    else if (key !== 'Tab') keyed = true;
  });
  form.addEventListener('pointerdown', () => { keyed = false; });
  form.addEventListener('change', ({ target }) => {
    const waits = keyed && target.matches('select');
    if (!waits && target.matches('select, input[type="checkbox"]')) act(target);
  });
}

// Posts, or none in particular: ticking one side unticks the other.
for (const set of document.querySelectorAll('[data-either]')) {
  set.addEventListener('change', ({ target }) => {
    if (!target.checked) return;
    const isOther = (box) => box.name === set.dataset.either;
    for (const box of set.querySelectorAll('input')) {
      if (isOther(box) !== isOther(target)) box.checked = false;
    }
  });
}

// How many characters are left in a text with a limit.
for (const area of document.querySelectorAll('textarea[data-count]')) {
  const note = document.createElement('p');
  note.className = 'count';
  const show = () => {
    const left = area.maxLength - area.value.length;
    note.textContent = `${left.toLocaleString('fr-FR')} ${Math.abs(left) < 2 ? 'caractère restant' : 'caractères restants'}`;
  };
  area.after(note);
  area.addEventListener('input', show);
  show();
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

// What is being prepared is read again from time to time, unless someone is on one of its links or looks elsewhere.
const prepared = document.querySelector('[data-refreshed]');
if (prepared) {
  setInterval(() => {
    if (!document.hidden && !prepared.contains(document.activeElement)) location.reload();
  }, 4000);
}

// What was already asked for goes by itself: the session of the provider, at the end of a logout.
document.querySelector('form[data-submit-on-load]')?.requestSubmit();
