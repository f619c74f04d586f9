// An OpenID provider of another make (npm oidc-provider), for the tests of the platform as relying party.
// Arguments: client id, client secret, redirect URI, post-logout redirect URI. Prints its issuer once it listens.
// Whatever login is typed becomes the subject and the address.
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const [clientId, clientSecret, redirectUri, postLogoutRedirectUri] = process.argv.slice(2);

const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
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
    claims: () => ({ sub: id, email: id, email_verified: true, given_name: 'Prénom', family_name: 'Nom' }),
  }),
  pkce: { required: () => true },
  cookies: { keys: ['a key for tests'] },
});

server.on('request', provider.callback());
console.log(issuer);
