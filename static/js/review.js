// What the review of a control gains from a script: the share of the SIAE on a slider, the proofs decided of with one key.

// The share: a slider beside its number, and what it would draw, said at once. The table has every share.
const chooser = document.querySelector('[data-ratio]');
if (chooser) {
  const number = chooser.querySelector('input[type="number"]');
  const rows = [...document.querySelectorAll('[data-of-ratio]')];
  const slider = document.createElement('input');
  const said = document.createElement('output');
  Object.assign(slider, { type: 'range', min: number.min, max: number.max, step: 1, value: number.value });
  slider.className = 'slider';
  slider.setAttribute('aria-label', 'Taux de contrôle, en pourcentage');
  number.after(slider, said);
  const show = () => {
    for (const row of rows) {
      const isChosen = row.dataset.ofRatio === number.value;
      if (isChosen) row.setAttribute('aria-current', 'true');
      else row.removeAttribute('aria-current');
    }
    said.textContent = rows.find((row) => row.hasAttribute('aria-current'))?.dataset.says ?? '';
  };
  slider.addEventListener('input', () => {
    number.value = slider.value;
    show();
  });
  number.addEventListener('input', () => {
    slider.value = number.value;
    show();
  });
  show();
}

// One key decides of the proof that has the focus: nothing is done elsewhere, nor while someone types (WCAG 2.1.4).
const proofs = [...document.querySelectorAll('[data-review]')];
if (proofs.length > 0) {
  const hint = document.querySelector('[data-shortcuts]');
  if (hint) hint.hidden = false;
  // The address says which proof comes next: it has the focus, unless something was just said. Without it nobody chose one, and
  // a key decides of nothing that is not in sight.
  if (!document.querySelector('[data-focus-on-load]')) {
    proofs.find((proof) => proof.id === location.hash.slice(1))?.focus();
  }
  document.addEventListener('keydown', (event) => {
    const { key, target, altKey, ctrlKey, metaKey, repeat } = event;
    if (altKey || ctrlKey || metaKey || repeat || event.defaultPrevented) return;
    if (target.closest('input:not([type="hidden"]), textarea, select, [contenteditable]')) return;
    const proof = target.closest('[data-review]');
    if (!proof) return;
    const pressed = {
      a: proof.querySelector('button[value="accept"]'),
      r: proof.querySelector('button[value="refuse"]'),
      n: document.querySelector('[data-next-hire] a'),
    }[key];
    if (!pressed) return;
    event.preventDefault();
    // Whoever goes on with a key finds the focus on the first proof, where keys work; a click shows the page from its top.
    const next = key === 'n' && document.querySelector('[data-next-proof]');
    if (next) location.assign(next.dataset.nextProof);
    else pressed.click();
  });
}
