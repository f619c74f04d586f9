// A form that asks the browser for a passkey. Without this script, or in a browser that has none, it stays hidden.
const form = document.querySelector('[data-passkey]');

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));

const toText = (buffer) => {
  const bytes = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
  return btoa(bytes.join('')).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
};

const known = (credentials = []) => credentials.map((one) => ({ ...one, id: toBytes(one.id) }));

const ask = {
  create: (options) =>
    navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        user: { ...options.user, id: toBytes(options.user.id) },
        excludeCredentials: known(options.excludeCredentials),
      },
    }),
  get: (options) =>
    navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        allowCredentials: known(options.allowCredentials),
      },
    }),
};

const parts = {
  create: ['attestationObject', 'clientDataJSON'],
  get: ['authenticatorData', 'clientDataJSON', 'signature', 'userHandle'],
};

const read = ({ id, rawId, type, response }, kind) => {
  const said = parts[kind].map((part) => [part, response[part] ? toText(response[part]) : null]);
  return { id, rawId: toText(rawId), type, extensions: {}, response: Object.fromEntries(said) };
};

if (form && window.PublicKeyCredential) {
  const failure = form.querySelector('[data-passkey-failure]');
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    failure.hidden = true;
    try {
      const { publicKey } = JSON.parse(form.dataset.options);
      const kind = form.dataset.passkey;
      const credential = await ask[kind](publicKey);
      form.elements.answer.value = JSON.stringify(read(credential, kind));
      form.submit();
    } catch {
      failure.hidden = false;
      failure.focus();
    }
  });
}
