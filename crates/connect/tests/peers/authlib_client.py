"""A relying party of another make (PyPI Authlib): code with PKCE, id token, refresh with rotation and reuse, introspection,
revocation, logout. Its one argument is JSON: issuer, id, secret, redirect_uri, post_logout_redirect_uri, email, password. Prints what
it learnt as JSON; each check of the library that fails stops it."""

import html
import json
import os
import re
import secrets
import sys
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # http on the loopback

import requests
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import KeySet

given = json.loads(sys.argv[1])
metadata = requests.get(given["issuer"] + "/.well-known/openid-configuration", timeout=10).json()
keys = KeySet.import_key_set(requests.get(metadata["jwks_uri"], timeout=10).json())
learnt = {"issuer": metadata["issuer"] == given["issuer"]}


def session():
    return OAuth2Session(
        given["id"],
        given["secret"],
        scope="openid profile email",
        redirect_uri=given["redirect_uri"],
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic",
    )


def log_in(browser, url):
    """Types the address and the password on the page that `url` leads to; gives where the browser is sent back."""
    page = browser.get(url, timeout=10, allow_redirects=False)
    page_url = urljoin(url, page.headers["location"])
    page = browser.get(page_url, timeout=10)
    action = html.unescape(re.search(r'<form method="post" action="([^"]+)"', page.text)[1])
    form = {"email": given["email"], "password": given["password"]}
    headers = {"sec-fetch-site": "same-origin"}
    answer = browser.post(urljoin(page_url, action), form, headers=headers, timeout=10, allow_redirects=False)
    return answer.headers["location"]


def checked(token, nonce=None):
    """The claims of an id token: signature, iss, aud, exp, iat, nonce and at_hash are checked."""
    decoded = jwt.decode(token["id_token"], keys, algorithms=["RS256"])
    options = {
        "iss": {"essential": True, "value": metadata["issuer"]},
        "aud": {"essential": True, "value": given["id"]},
    }
    params = {"nonce": nonce, "client_id": given["id"], "access_token": token["access_token"]}
    claims = CodeIDToken(decoded.claims, decoded.header, options, params)
    claims.validate(leeway=60)
    return claims


def refusal(act):
    try:
        act()
    except OAuthError as error:
        return error.error
    return "accepted"


browser, client = requests.Session(), session()
verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
url, state = client.create_authorization_url(
    metadata["authorization_endpoint"], code_verifier=verifier, nonce=nonce
)
callback = log_in(browser, url)
learnt["iss"] = parse_qs(urlsplit(callback).query)["iss"] == [metadata["issuer"]]
token = client.fetch_token(
    metadata["token_endpoint"], authorization_response=callback, state=state, code_verifier=verifier
)
claims = checked(token, nonce)
userinfo = client.get(metadata["userinfo_endpoint"], timeout=10).json()
learnt |= {"sub": claims["sub"], "same_sub": userinfo["sub"] == claims["sub"], "email": userinfo["email"]}

first = token["refresh_token"]
inspected = client.introspect_token(metadata["introspection_endpoint"], token=token["access_token"]).json()
learnt["inspected"] = [inspected["active"], inspected["client_id"]]
following = client.refresh_token(metadata["token_endpoint"], refresh_token=first)
learnt["rotated"] = following["refresh_token"] != first and checked(following)["sub"] == claims["sub"]
learnt["reused"] = refusal(lambda: client.refresh_token(metadata["token_endpoint"], refresh_token=first))
ended = client.introspect_token(metadata["introspection_endpoint"], token=following["access_token"]).json()
learnt["family_ends"] = not ended["active"]

# The session that is open answers at once.
url, state = client.create_authorization_url(
    metadata["authorization_endpoint"], code_verifier=verifier, nonce=nonce, prompt="none"
)
callback = browser.get(url, timeout=10, allow_redirects=False).headers["location"]
token = client.fetch_token(
    metadata["token_endpoint"], authorization_response=callback, state=state, code_verifier=verifier
)
checked(token, nonce)
client.revoke_token(metadata["revocation_endpoint"], token=token["access_token"])
authorization = {"authorization": "Bearer " + token["access_token"]}
learnt["revoked"] = requests.get(metadata["userinfo_endpoint"], headers=authorization, timeout=10).status_code

logout = metadata["end_session_endpoint"] + "?" + urlencode(
    {
        "id_token_hint": token["id_token"],
        "post_logout_redirect_uri": given["post_logout_redirect_uri"],
        "state": "bye",
    }
)
learnt["logged_out_to"] = browser.get(logout, timeout=10, allow_redirects=False).headers["location"]
callback = browser.get(url, timeout=10, allow_redirects=False).headers["location"]
learnt["silent_after_logout"] = parse_qs(urlsplit(callback).query)["error"][0]
print(json.dumps(learnt))
