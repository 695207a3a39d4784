"""Compares the choice of botocore in `current` with the real botocore: variables.py HELPER COUNT [SEED]

The variables are random, the profiles of every kind; compared are the profile, the region, and whether credentials in
variables override the profile.
"""
import json
import os
import random
import subprocess
import sys
import tempfile

import botocore.credentials
import botocore.exceptions
import botocore.session

from compare import KIND, tame

CONFIG = """[default]
region = d-1
[profile keys]
aws_access_key_id = k
aws_secret_access_key = s
region = k-1
[profile role]
role_arn = arn:aws:iam::123456789012:role/R
source_profile = keys
[profile machine]
role_arn = arn:aws:iam::123456789012:role/R
credential_source = Ec2InstanceMetadata
[profile sso]
sso_start_url = https://a.awsapps.com/start
sso_region = eu-west-1
sso_account_id = 123456789012
sso_role_name = R
[profile process]
credential_process = x
[profile web]
role_arn = arn:aws:iam::123456789012:role/R
web_identity_token_file = /t
[profile bare]
region =
"""
PROFILES = [None, None, "", "default", "keys", "role", "machine", "sso", "process", "web", "bare", "ghost"]
REGIONS = [None, None, "", "a-1", "b-1"]
VARIABLES = {
    "AWS_PROFILE": PROFILES, "AWS_DEFAULT_PROFILE": PROFILES, "AWS_REGION": REGIONS, "AWS_DEFAULT_REGION": REGIONS,
    "AWS_ACCESS_KEY_ID": [None, None, None, "", "k"], "AWS_SECRET_ACCESS_KEY": [None, "", "s", "s"],
    "AWS_WEB_IDENTITY_TOKEN_FILE": [None, None, "", "/t"], "AWS_ROLE_ARN": [None, "", "arn:aws:iam::1:role/R"],
}
WEB_IDENTITY = ["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"]
PAST = {"env": "AWS_ACCESS_KEY_ID", "assume-role-with-web-identity": "AWS_WEB_IDENTITY_TOKEN_FILE"}


def theirs():
    """The choice of botocore in this environment; None where it raises an error."""
    session = botocore.session.Session(include_builtin_handlers=False)
    profile = "default" if session.profile is None else session.profile
    try:
        region = session.get_config_variable("region")
        resolver = botocore.credentials.create_credential_resolver(session, region_name="us-east-1")
        providers = [each for each in resolver.providers if each.METHOD in KIND or each.METHOD == "env"]
        method = next((each.METHOD for each in providers if each.load() is not None), None)
    except (botocore.exceptions.PartialCredentialsError, botocore.exceptions.InvalidConfigError):
        return profile, region, "none"
    except botocore.exceptions.ProfileNotFound:
        return profile, None, None
    if method == "assume-role-with-web-identity" and profile == "web":
        # Its variables replace the profile's own settings one by one.
        return profile, region, next((name for name in WEB_IDENTITY if os.environ.get(name)), "profile")
    return profile, region, PAST.get(method, "profile")


def ours(program):
    said = subprocess.run([program, "current", "--json"], stdout=subprocess.PIPE, check=True).stdout
    reader = next(each for each in json.loads(said)["readers"] if "boto3" in each["reader"])
    return reader["profile"], reader["region"], reader["credentials"]


def main():
    program, count = os.path.abspath(sys.argv[1]), int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.SystemRandom().randrange(1 << 32)
    print("seed", seed)
    source = random.Random(seed)
    tame()
    different = 0
    with tempfile.TemporaryDirectory() as home:
        os.makedirs(os.path.join(home, ".aws"))
        with open(os.path.join(home, ".aws", "config"), "w") as file:
            file.write(CONFIG)
        for _ in range(count):
            chosen = {name: source.choice(values) for name, values in VARIABLES.items()}
            os.environ.clear()
            os.environ.update({"HOME": home} | {name: value for name, value in chosen.items() if value is not None})
            wanted, said = theirs(), ours(program)
            if any(one not in (None, other) for one, other in zip(wanted, said)):
                different += 1
                print("DIFFERENT:", chosen, f"botocore {wanted}, ours {said}", sep="\n  ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
