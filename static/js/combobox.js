// A text field that suggests, after the "list autocomplete with manual selection" combobox of the ARIA Authoring
// Practices: the focus stays in the field, aria-activedescendant says which suggestion is pointed at.

const WAIT_MS = 150;

/** Makes a combobox of the field macro `combobox`: see templates/components/field.html for its data. */
export function combobox(root) {
  const input = root.querySelector('input[type="text"]');
  const key = root.querySelector('[data-combobox-key]');
  const list = suggestionList(input);
  const status = liveRegion();
  input.parentElement.append(list, status);

  let options = [];
  let active = -1;
  let timer;
  let request;

  const isOpen = () => !list.hidden;

  function close() {
    request?.abort();
    clearTimeout(timer);
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    point(-1);
  }

  function point(index) {
    active = index;
    [...list.children].forEach((item, position) => {
      item.setAttribute('aria-selected', String(position === index));
      if (position === index) item.scrollIntoView({ block: 'nearest' });
    });
    if (index < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', list.children[index].id);
  }

  function choose(index) {
    input.value = options[index].label;
    if (key) key.value = options[index].value;
    close();
  }

  function show({ suggestions, more }) {
    options = suggestions;
    list.replaceChildren(...suggestions.map((option, index) => suggestion(list.id, option, index)));
    if (more) list.append(note(more));
    list.hidden = suggestions.length === 0;
    input.setAttribute('aria-expanded', String(isOpen()));
    point(-1);
    const count = suggestions.length;
    status.textContent = count === 0 ? 'Aucune suggestion' : `${count} ${count === 1 ? 'suggestion' : 'suggestions'}. ${more}`;
  }

  async function search() {
    request?.abort();
    request = new AbortController();
    const url = new URL(root.dataset.combobox, location.href);
    url.searchParams.set('q', input.value.trim());
    try {
      const answer = await fetch(url, { signal: request.signal, headers: { accept: 'application/json' } });
      if (answer.ok) show(await answer.json());
    } catch {
      // Aborted by the next letter, or the network is down: the field remains a plain text field.
    }
  }

  input.addEventListener('input', () => {
    if (key) key.value = '';
    clearTimeout(timer);
    if (input.value.trim().length < 2) close();
    else timer = setTimeout(search, WAIT_MS);
  });

  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' && !isOpen() && input.value.trim().length >= 2) {
      event.preventDefault();
      search();
    } else if (!isOpen()) {
      return;
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const places = options.length + 1; // the field itself is one place of the round
      point(((active + 1 + step + places) % places) - 1);
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      close();
    }
  });

  // mousedown, not click: the field must not lose the focus first.
  list.addEventListener('mousedown', (event) => {
    event.preventDefault();
    const item = event.target.closest('[role="option"]:not([aria-disabled])');
    if (item) choose([...list.children].indexOf(item));
  });

  input.addEventListener('blur', close);
}

function suggestionList(input) {
  const list = document.createElement('ul');
  list.id = `${input.id}-suggestions`;
  list.className = 'combobox__list';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Suggestions');
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-expanded', 'false');
  input.setAttribute('aria-controls', list.id);
  return list;
}

function suggestion(listId, { label, detail }, index) {
  const item = document.createElement('li');
  item.id = `${listId}-${index}`;
  item.className = 'combobox__option';
  item.setAttribute('role', 'option');
  item.setAttribute('aria-selected', 'false');
  item.append(label);
  if (detail) {
    const note = document.createElement('span');
    note.className = 'combobox__detail';
    note.textContent = detail;
    item.append(' ', note);
  }
  return item;
}

// Last line of a list that was cut: it says so and cannot be chosen.
function note(text) {
  const item = document.createElement('li');
  item.className = 'combobox__more';
  item.setAttribute('role', 'option');
  item.setAttribute('aria-disabled', 'true');
  item.setAttribute('aria-selected', 'false');
  item.textContent = text;
  return item;
}

function liveRegion() {
  const status = document.createElement('div');
  status.className = 'visually-hidden';
  status.setAttribute('role', 'status');
  return status;
}
