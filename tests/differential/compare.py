"""Compares the helper with botocore on random files: compare.py HELPER COUNT [SEED]

Compared are the names and their order, each profile's settings after the merge, the sections that it refers to, its
kind, and whether botocore rejects it. For files that botocore rejects, the helper must report an error at that line.
"""
import concurrent.futures
import json
import os
import random
import re
import subprocess
import sys
import tempfile

import botocore.configloader
import botocore.credentials
import botocore.exceptions
import botocore.session
import botocore.tokens

from documents import Documents

KIND = {"assume-role": "assume-role", "assume-role-with-web-identity": "web-identity", "sso": "sso",
        "shared-credentials-file": "static", "login": "login", "custom-process": "process", "config-file": "static"}
FOUND = {"access_key": "a", "secret_key": "b", "token": None, "account_id": None, "expiry_time": None}


def tame():
    """Makes botocore decide without starting programs, and without a network."""
    dummy = botocore.credentials.Credentials("a", "b")
    botocore.credentials.ProcessProvider._retrieve_credentials_using = lambda self, command: FOUND
    botocore.credentials.CanonicalNameCredentialSourcer.source_credentials = lambda self, name: dummy
    botocore.credentials.LoginProvider.load = (
        lambda self: dummy if "login_session" in self._load_config()["profiles"].get(self._profile_name, {}) else None)


def decide(config, name):
    """The kind of a profile, and whether botocore rejects it; None where it raises an unexpected error."""
    # The handlers are about requests, and took five sixths of the time.
    session = botocore.session.Session(include_builtin_handlers=False, profile=name)
    session._config = config
    kind, refuses = decide_credentials(session)
    try:
        botocore.tokens.create_token_resolver(session).load_token()
    except botocore.exceptions.InvalidConfigError:
        return kind, refuses if refuses is None else True
    except Exception:
        return kind, None
    return kind, refuses


def decide_credentials(session):
    resolver = botocore.credentials.create_credential_resolver(session, region_name="us-east-1")
    for provider in resolver.providers:
        if provider.METHOD not in KIND:
            continue
        try:
            if provider.load() is not None:
                return KIND[provider.METHOD], False
        except botocore.exceptions.BotoCoreError:
            return KIND[provider.METHOD], True
        except Exception:
            return KIND[provider.METHOD], None
    return "none", False


def theirs(pair):
    """The profiles that botocore reads, or its error."""
    os.environ["AWS_CONFIG_FILE"], os.environ["AWS_SHARED_CREDENTIALS_FILE"] = pair
    session = botocore.session.Session(include_builtin_handlers=False)
    try:
        return session.full_config, session.available_profiles
    except botocore.exceptions.ConfigParseError as error:
        return error.kwargs["error"], None


def is_secret(key):
    key = key.lower()
    return key == "aws_access_key_id" or key.endswith("token") or "secret" in key or "passw" in key


def masked(settings):
    """Settings as the helper prints them."""
    return [[key, masked(value) if isinstance(value, dict) else masked_text(key, value)] for key, value in settings.items()]


def masked_text(key, value):
    if is_secret(key):
        return "*" * 16 + (value[-4:] if len(value) > 4 else "")
    first, *more = value.split("\n")
    return "\n".join([first, *map(masked_line, more)])


def masked_line(line):
    """A line below a value, which may be a secret that is indented by mistake."""
    found = re.fullmatch(r"(\s*(\w+)\s*[=:])\s*(\S.*?)\s*", line, re.DOTALL)
    if found and found[2].isascii() and is_secret(found[2]):
        return found[1] + masked_text("secret", found[3])
    return line


def pairs_of(document):
    """A JSON object as pairs, so that the order is compared."""
    return [[key, pairs_of(value) if isinstance(value, dict) else value] for key, value in document.items()]


class Helper:
    """Runs the built helper on a pair of files."""

    def __init__(self, program, home):
        self.program, self.home = program, home

    def ask(self, pair, *arguments):
        variables = {"HOME": self.home, "AWS_CONFIG_FILE": pair[0], "AWS_SHARED_CREDENTIALS_FILE": pair[1]}
        done = subprocess.run([self.program, *arguments], env=variables, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise SystemExit(f"{arguments}: status {done.returncode}: {done.stderr!r}: {read(pair)}")
        return json.loads(done.stdout)

    def answers(self, pair):
        listed = self.ask(pair, "list", "--json")
        names = [profile["name"] for profile in listed["profiles"]]
        # No argument can contain a NUL, and no variable can select an empty name.
        shown = {name: self.ask(pair, "show", "--json", "--", name) for name in names if name and "\0" not in name}
        return listed, shown


def read(pair):
    return [path and open(path, "rb").read() for path in pair]


def refused(error, listed):
    """The difference of the helper's answer on files that botocore rejects."""
    errors = [problem for problem in listed["problems"] if problem["severity"] == "error"]
    if not errors:
        return f"rejected, but no error is reported: {error!r}"
    line = error.errors[0][0] if hasattr(error, "errors") else getattr(error, "lineno", None)
    path = getattr(error, "source", None) or getattr(error, "filename", "")
    if line is None or any(each["file"] == str(path) and each["line"] == line for each in errors):
        return None
    return f"botocore names {path} {line}, we name {errors}"


def differs(config, names, listed, shown):
    """The difference of the helper's answer on files that botocore reads."""
    if any(problem["severity"] == "error" for problem in listed["problems"]):
        return f"read, but errors are reported: {listed['problems']}"
    if names != [profile["name"] for profile in listed["profiles"]]:
        return f"names {names}"
    for profile in listed["profiles"]:
        if wrong := profile["name"] in shown and profile_differs(config, profile, shown[profile["name"]]):
            return f"{profile['name']!r}: {wrong}"
    return None


def profile_differs(config, profile, shown):
    settings = config["profiles"][profile["name"]]
    if any(shown[key] != value for key, value in profile.items()):
        return f"list says {profile}, show {shown}"
    if pairs_of(shown["settings"]) != masked(settings):
        return f"settings {masked(settings)}, ours {shown['settings']}"
    for kind, key, table in [("sso-session", "sso_session", "sso_sessions"), ("services", "services", "services")]:
        name = settings.get(key)
        there = config.get(table, {}).get(name) if isinstance(name, str) else None
        ours = [section["settings"] for section in shown["sections"] if section["kind"] == kind]
        if ([] if there is None else [masked(there)]) != [pairs_of(section) for section in ours]:
            return f"{kind} {there}, ours {ours}"
    kind, refuses = decide(config, profile["name"])
    COUNTS[kind, refuses] = COUNTS.get((kind, refuses), 0) + 1
    if kind != profile["kind"]:
        return f"kind {kind}, ours {profile['kind']}"
    if refuses is not None and refuses != bool(shown["problems"]):
        return f"refused: {refuses}, ours {shown['problems']}"
    return None


COUNTS = {}


def make(directory, count, source):
    """Writes pairs of files; an empty path means no file."""
    for number in range(count):
        pair = []
        for kind in ["config", "credentials"]:
            path = os.path.join(directory, f"{kind}{number}")
            if source.random.random() < 0.15:
                pair.append("")
                continue
            for _ in range(source.pick([1, 1, 15])):
                with open(path, "wb") as file:
                    file.write(source.document(kind == "config"))
                try:
                    botocore.configloader.raw_config_parse(path)
                    break
                except botocore.exceptions.ConfigParseError:
                    continue
            pair.append(path)
        if source.chance(0.02):
            pair[1] = pair[0]
        yield pair


def main():
    program, count = os.path.abspath(sys.argv[1]), int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.SystemRandom().randrange(1 << 32)
    print("seed", seed)
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    tame()
    different = parsed = 0
    with tempfile.TemporaryDirectory() as directory, concurrent.futures.ThreadPoolExecutor() as pool:
        pairs = list(make(directory, count, Documents(random.Random(seed))))
        for pair, (listed, shown) in zip(pairs, pool.map(Helper(program, directory).answers, pairs)):
            config, names = theirs(pair)
            parsed += names is not None
            wrong = refused(config, listed) if names is None else differs(config, names, listed, shown)
            if wrong:
                different += 1
                if different <= 3:
                    print("DIFFERENT:", wrong, *read(pair), sep="\n  ")
    print(f"{count} pairs: {parsed} read by botocore {botocore.__version__}; {different} differences")
    for (kind, refuses), number in sorted(COUNTS.items(), key=str):
        print(f"  {number} {kind}{' refused' if refuses else ''}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
