// A certified relying party (npm openid-client) does all that one may do with the provider. Its one argument is JSON: issuer, id,
// secret, redirectUri, postLogoutRedirectUri, email, password, and the port where logouts are told. Prints what it learnt as JSON;
// each check of the library that fails stops it.
import { createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import * as client from 'openid-client';
import { Browser, totp, unescaped } from './browser.mjs';

const given = JSON.parse(process.argv[2]);
const issuer = new URL(given.issuer);
const insecure = { execute: [client.allowInsecureRequests] }; // http on the loopback
const discover = (authentication) => client.discovery(issuer, given.id, undefined, authentication, insecure);
const config = await discover(client.ClientSecretBasic(given.secret));
const metadata = config.serverMetadata();
const learnt = {};

// Where logouts are told.
const logoutTokens = [];
const told = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  logoutTokens.push(new URLSearchParams(body).get('logout_token'));
  response.end();
});
await new Promise((resolve) => told.listen(given.port, '127.0.0.1', resolve));

/** A new request: its address, and what its answer is checked against. */
async function ask(parameters = {}) {
  const [pkceCodeVerifier, expectedState, expectedNonce] =
    [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: given.redirectUri,
    scope: 'openid profile email',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...parameters,
  });
  return { url, checks: { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true } };
}

/** Exchanges a code: state, iss, signature, audience, expiry, nonce and at_hash are checked. */
const exchange = (callback, checks, by = config) => client.authorizationCodeGrant(by, callback, checks);

/** The word of OAuth for what is refused. */
async function refusal(promise) {
  try {
    await promise;
  } catch (error) {
    return error.error ?? error.cause?.error ?? error.code;
  }
  return 'accepted';
}

async function logIn(browser, parameters) {
  const { url, checks } = await ask(parameters);
  const page = await browser.location(url);
  if (!page.pathname.endsWith('/login')) throw new Error(`no login page, but ${page.pathname}`);
  const answer = await browser.submit(page, { email: given.email, password: given.password });
  return { callback: new URL(answer.headers.get('location'), page), checks };
}

/** What an open session is answered, without a page. */
async function silently(browser, parameters) {
  const { url, checks } = await ask({ prompt: 'none', ...parameters });
  return { callback: await browser.location(url), checks };
}

const status = async (accessToken) =>
  (await fetch(metadata.userinfo_endpoint, { headers: { authorization: `Bearer ${accessToken}` } })).status;
const isActive = async (token) => (await client.tokenIntrospection(config, token)).active;

// Discovery and keys may be kept for a while.
for (const [name, url] of [['discovery', `${given.issuer}/.well-known/openid-configuration`], ['jwks', metadata.jwks_uri]]) {
  learnt[`${name}Kept`] = (await fetch(url)).headers.get('cache-control');
}

// Code with PKCE, userinfo.
const browser = new Browser();
const first = await logIn(browser);
const tokens = await exchange(first.callback, first.checks);
const claims = tokens.claims();
const userinfo = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
Object.assign(learnt, { sub: claims.sub, email: userinfo.email, acr: claims.acr });
learnt.replayedCode = await refusal(exchange(first.callback, first.checks));
learnt.afterReplay = await status(tokens.access_token);

// The same with the secret in the form, and with what is not ours.
const posting = await discover(client.ClientSecretPost(given.secret));
let again = await silently(browser);
learnt.secretInTheForm = (await exchange(again.callback, again.checks, posting)).claims().sub === claims.sub;
again = await silently(browser);
learnt.wrongVerifier = await refusal(
  exchange(again.callback, { ...again.checks, pkceCodeVerifier: client.randomPKCECodeVerifier() }),
);
again = await silently(browser);
const basic = Buffer.from(`${given.id}:not-the-secret-of-this-relying-party`).toString('base64');
const impostor = await fetch(metadata.token_endpoint, {
  method: 'POST',
  headers: { authorization: `Basic ${basic}` },
  body: new URLSearchParams({ grant_type: 'authorization_code', code: again.callback.searchParams.get('code') }),
});
learnt.wrongSecret = [impostor.status, (await impostor.json()).error];

// prompt, max_age.
const stranger = await silently(new Browser());
learnt.silentStranger = await refusal(exchange(stranger.callback, stranger.checks));
again = await silently(browser);
learnt.sameAuthTime = (await exchange(again.callback, again.checks)).claims().auth_time === claims.auth_time;
await new Promise((resolve) => setTimeout(resolve, 2_000));
const asked = await logIn(browser, { prompt: 'login' });
const renewed = (await exchange(asked.callback, { ...asked.checks, maxAge: 60 })).claims();
learnt.promptLogin = renewed.auth_time > claims.auth_time && renewed.sid === claims.sid;
again = await silently(browser, { max_age: '3600' });
await exchange(again.callback, { ...again.checks, maxAge: 3600 });
await new Promise((resolve) => setTimeout(resolve, 3_000));
const old = await silently(browser, { max_age: '2' });
learnt.tooOld = await refusal(exchange(old.callback, old.checks));
const fresh = await logIn(browser, { max_age: '2' });
await exchange(fresh.callback, { ...fresh.checks, maxAge: 2 });

// Introspection, refresh with rotation and reuse, revocation.
again = await silently(browser);
const family = await exchange(again.callback, again.checks);
const inspected = await client.tokenIntrospection(config, family.access_token);
learnt.inspected = [inspected.active, inspected.client_id, inspected.sub === claims.sub, inspected.scope];
const next = await client.refreshTokenGrant(config, family.refresh_token);
learnt.rotated = next.refresh_token !== family.refresh_token && next.claims().sub === claims.sub;
learnt.refreshed = await status(next.access_token);
learnt.reused = await refusal(client.refreshTokenGrant(config, family.refresh_token));
learnt.familyEnds = [await isActive(next.access_token), await isActive(next.refresh_token)];
learnt.afterReuse = await refusal(client.refreshTokenGrant(config, next.refresh_token));
again = await silently(browser);
const revoked = await exchange(again.callback, again.checks);
await client.tokenRevocation(config, revoked.refresh_token);
learnt.revoked = [await isActive(revoked.access_token), await refusal(client.refreshTokenGrant(config, revoked.refresh_token))];

// Two factors: who has none adds an application of codes, and goes on.
learnt.silentWithoutFactor = await refusal(
  silently(browser, { acr_values: 'eidas2' }).then(({ callback, checks }) => exchange(callback, checks)),
);
const strong = await ask({ acr_values: 'eidas2' });
const factors = await browser.location(strong.url);
const add = new URL(factors);
add.pathname = add.pathname.replace(/factors$/, 'factors/application');
const key = /<strong>([A-Z2-7 ]{39})<\/strong>/.exec(await (await browser.fetch(add)).text())[1];
// Each page has a key of its own: the one that is sent is the one whose key is read.
const page = await (await browser.fetch(add)).text();
const shown = /<strong>([A-Z2-7 ]{39})<\/strong>/.exec(page)[1].replaceAll(' ', '');
learnt.keysDiffer = shown !== key.replaceAll(' ', '');
const enrolment = unescaped(/name="enrolment" value="([^"]+)"/.exec(page)[1]);
const added = await browser.fetch(add, {
  method: 'POST',
  form: { enrolment, name: 'Téléphone', code: totp(shown) },
});
const on = unescaped(/<a class="fr-btn" href="([^"]+)"/.exec(await added.text())[1]);
const raised = await browser.location(new URL(on, add));
const strongTokens = await exchange(raised, strong.checks);
const strongClaims = strongTokens.claims();
Object.assign(learnt, { strongAcr: strongClaims.acr, strongAmr: strongClaims.amr });

// Logout, told server to server as well.
const logoutUrl = client.buildEndSessionUrl(config, {
  id_token_hint: strongTokens.id_token,
  post_logout_redirect_uri: given.postLogoutRedirectUri,
  state: 'bye',
});
learnt.loggedOutTo = (await new Browser().fetch(logoutUrl)).headers.get('location');
learnt.afterLogout = await status(strongTokens.access_token);
const gone = await silently(browser);
learnt.silentAfterLogout = await refusal(exchange(gone.callback, gone.checks));
for (let tries = 0; tries < 200 && logoutTokens.length === 0; tries += 1) {
  await new Promise((resolve) => setTimeout(resolve, 100));
}
learnt.logoutToken = await checked(logoutTokens.at(-1));
told.close();

/** What a relying party checks of a logout token (Back-Channel Logout 1.0 §2.6). */
async function checked(token) {
  const [head, body, signature] = token.split('.');
  const [header, payload] = [head, body].map((part) => JSON.parse(Buffer.from(part, 'base64url')));
  const { keys } = await (await fetch(metadata.jwks_uri)).json();
  const jwk = keys.find(({ kid }) => kid === header.kid);
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const signed = verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'));
  return {
    signed: signed && header.alg === 'RS256',
    typ: header.typ,
    forUs: payload.iss === given.issuer && payload.aud === given.id && payload.sub === claims.sub,
    fresh: Math.abs(Date.now() / 1000 - payload.iat) < 60 && payload.exp > payload.iat,
    event: Object.keys(payload.events),
    plain: !('nonce' in payload) && typeof payload.jti === 'string',
  };
}

console.log(JSON.stringify(learnt));
