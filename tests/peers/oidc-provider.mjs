// An OpenID provider of another make (npm oidc-provider), for the tests of the platform as relying party.
// Arguments: client id, client secret, redirect URI, post-logout redirect URI. Prints its issuer once it listens, then a
// line for each command read: the requests for each path so far, as JSON.
//   turn      sign with a new key, published before the former ones
//   withhold  sign with a new key that is not published
//   requests  nothing
// Whatever login is typed becomes the subject and the address.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { Provider } from 'oidc-provider';
import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js';

// What the library has to say to developers is no answer to a command.
console.info = console.error;

const [clientId, clientSecret, redirectUri, postLogoutRedirectUri] = process.argv.slice(2);

const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

// The first signs.
const keys = [];
// One memory for the providers that follow each other.
const adapter = createMemoryAdapter();

/** The provider with one more key. What it knows of sessions, codes and grants is shared by all the instances. */
function withNewKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  keys.unshift({ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' });
  return new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        post_logout_redirect_uris: [postLogoutRedirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name', 'family_name'] },
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: address(id), email_verified: true, given_name: 'Prénom', family_name: 'Nom' }),
    }),
    adapter,
    // The end of a session by a form, as the specification wants; it is no default here.
    enableHttpPostMethods: true,
    pkce: { required: () => true },
    cookies: { keys: ['a key for tests'], long: { sameSite: 'none' } },
    jwks: { keys: [...keys] },
  }).callback();
}

/** What is claimed of someone: their address, which may have come along with what nobody sees. */
function address(id) {
  return id.startsWith('unseen:') ? `\u{feff}${id.slice('unseen:'.length)}\u{200b}` : id;
}

let answer = withNewKey();
let published = answer;
const requests = {};

server.on('request', (request, response) => {
  const path = new URL(request.url, issuer).pathname;
  requests[path] = (requests[path] ?? 0) + 1;
  (path === '/jwks' ? published : answer)(request, response);
});
console.log(issuer);

const commands = {
  turn: () => (published = answer = withNewKey()),
  withhold: () => (answer = withNewKey()),
  requests: () => {},
};
for await (const command of createInterface({ input: process.stdin })) {
  commands[command]();
  console.log(JSON.stringify(requests));
}
process.exit();
