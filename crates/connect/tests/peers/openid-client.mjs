// A certified relying party (npm openid-client) signs someone in and out. Arguments: issuer, client id, client
// secret, redirect URI, post-logout redirect URI, e-mail, password. Prints what it learnt as JSON.
import * as client from 'openid-client';

const [issuer, id, secret, redirectUri, postLogoutRedirectUri, email, password] = process.argv.slice(2);

const config = await client.discovery(new URL(issuer), id, undefined, client.ClientSecretBasic(secret), {
  execute: [client.allowInsecureRequests], // http on the loopback
});

const verifier = client.randomPKCECodeVerifier();
const state = client.randomState();
const nonce = client.randomNonce();
const authorizeUrl = client.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri,
  scope: 'openid profile email',
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  state,
  nonce,
});

const login = await fetch(authorizeUrl, { redirect: 'manual' });
const loginUrl = new URL(login.headers.get('location'), issuer);
// The login page is that of the browser that asked for it.
const headers = { cookie: login.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ') };
const page = await (await fetch(loginUrl, { headers })).text();
const action = new URL(/<form method="post" action="([^"]+)"/.exec(page)[1].replaceAll('&#38;', '&'), loginUrl);
const body = new URLSearchParams({ email, password });
const answer = await fetch(action, { method: 'POST', redirect: 'manual', headers, body });
const callback = new URL(answer.headers.get('location'));

// Checks state, iss, signature, audience, expiry, nonce and at_hash.
const tokens = await client.authorizationCodeGrant(config, callback, {
  pkceCodeVerifier: verifier,
  expectedState: state,
  expectedNonce: nonce,
  idTokenExpected: true,
});
const claims = tokens.claims();
const userinfo = await client.fetchUserInfo(config, tokens.access_token, claims.sub);

const logoutUrl = client.buildEndSessionUrl(config, {
  id_token_hint: tokens.id_token,
  post_logout_redirect_uri: postLogoutRedirectUri,
  state: 'bye',
});
const logout = await fetch(logoutUrl, { redirect: 'manual' });

console.log(JSON.stringify({ sub: claims.sub, email: userinfo.email, loggedOutTo: logout.headers.get('location') }));
