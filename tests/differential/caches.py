"""caches.py WRITER MINUTES: has real code cache sessions that end in MINUTES, below $HOME, without the network.

WRITER is `cli`, AWS CLI v2's `aws sso login` against a fake service, or `botocore`, which caches renewed sessions and
those of `aws login`. Prints the end of each session, one line `PROFILE TIME` each.
"""

import argparse
import datetime
import inspect
import os
import sys

from dateutil.parser import parse

START_URLS = {"named": "https://acme.awsapps.com/start", "legacy": "https://ssotest.awsapps.com/start"}
SESSIONS = {"named": "acme", "legacy": None}
LOGIN = "arn:aws:iam::123456789012:user/me"


class Service:
    """A fake IAM Identity Center for a login, whose tokens end in so many seconds."""

    class exceptions:
        class SlowDownException(Exception):
            pass

        class AuthorizationPendingException(Exception):
            pass

        class ExpiredTokenException(Exception):
            pass

    def __init__(self, seconds):
        self.seconds = seconds
        self.scopes = None

    def create_client(self, *_args, **_settings):
        return self

    def register_client(self, scopes=None, **_client):
        self.scopes = scopes
        end = datetime.datetime.now() + datetime.timedelta(days=90)
        return {"clientId": "SECRET-ID", "clientSecret": "SECRET-SECRET", "clientSecretExpiresAt": end.timestamp()}

    def start_device_authorization(self, **_client):
        uri = "https://device.example.com"
        return {"deviceCode": "d", "userCode": "u", "verificationUri": uri, "verificationUriComplete": uri, "expiresIn": 600}

    def create_token(self, **_client):
        token = {"accessToken": "SECRET-TOKEN", "expiresIn": self.seconds}
        # Only registrations with scopes can be renewed.
        return token | ({"refreshToken": "SECRET-REFRESH"} if self.scopes else {})


def by_cli(minutes):
    sys.path.append("/usr/lib/python3/dist-packages")
    from awscli.customizations.sso.utils import SSO_TOKEN_DIR, JSONFileCache, do_sso_login

    # The AWS CLI 2.23 also takes the options of every command, and would wait for the browser to call a local server.
    newer = {"parsed_globals": argparse.Namespace(verify_ssl=None), "use_device_code": True}
    known = inspect.signature(do_sso_login).parameters
    newer = {name: value for name, value in newer.items() if name in known}
    for profile, url in START_URLS.items():
        session = SESSIONS[profile]
        scopes = ["sso:account:access"] if session else None
        service = Service(minutes * 60)
        do_sso_login(
            service, "eu-west-1", url, session_name=session, registration_scopes=scopes, force_refresh=True,
            on_pending_authorization=lambda **_: None, **newer,
        )
        yield profile, cached(JSONFileCache(SSO_TOKEN_DIR), lambda token: token.get("startUrl") == url)


def by_botocore(minutes):
    from botocore.utils import JSONFileCache, LoginTokenLoader, SSOTokenLoader, get_login_token_cache_directory

    now = datetime.datetime.now(datetime.timezone.utc)
    end = now + datetime.timedelta(minutes=minutes)
    registered = now + datetime.timedelta(days=90)
    directory = os.path.expanduser("~/.aws/sso/cache")
    for profile, url in START_URLS.items():
        session = SESSIONS[profile]
        token = {"startUrl": url, "region": "eu-west-1", "accessToken": "SECRET-TOKEN", "expiresAt": end}
        if session:
            token |= {"clientId": "i", "clientSecret": "s", "registrationExpiresAt": registered, "refreshToken": "r"}
        SSOTokenLoader(JSONFileCache(directory)).save_token(url, token, session_name=session)
        yield profile, cached(JSONFileCache(directory), lambda token: token.get("startUrl") == url)
    keys = {"accessKeyId": "SECRET-KEY", "secretAccessKey": "SECRET", "sessionToken": "SECRET", "accountId": "123456789012"}
    keys["expiresAt"] = end.strftime("%Y-%m-%dT%H:%M:%SZ")
    login = {"accessToken": keys, "tokenType": "aws_sigv4", "clientId": "c", "refreshToken": "r", "idToken": "i", "dpopKey": "k"}
    loader = LoginTokenLoader(JSONFileCache(get_login_token_cache_directory()))
    loader.save_token(LOGIN, login)
    yield "signed-in", loader.load_token(LOGIN)["accessToken"]["expiresAt"]


def cached(cache, is_wanted):
    """The end of the cached token, read by botocore."""
    names = [name[: -len(".json")] for name in os.listdir(cache._working_dir) if name.endswith(".json")]
    (token,) = [cache[name] for name in names if is_wanted(cache[name])]
    return token["expiresAt"]


if __name__ == "__main__":
    writer, minutes = sys.argv[1:]
    for profile, end in {"cli": by_cli, "botocore": by_botocore}[writer](int(minutes)):
        print(profile, parse(end).astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"))
