"""Compares doctor's table of settings with botocore: settings.py HELPER

Each setting that botocore knows has to be known, and each value that it rejects reported; what it accepts is no error.
"""
import json
import os
import subprocess
import sys
import tempfile

import botocore.configprovider
import botocore.loaders
import botocore.session

VALUES = ["bogus", "", "0", "-1", "1", "1.5", "99999999", "true", "TRUE", "legacy", "LEGACY", "standard", "regional",
          "when_required", "WHEN_REQUIRED", "preferred", "ipv4", "IPv6", "auto", "in-region", "http://localhost:1",
          "eu-west-1", "eu west 1", "-x", "path", "virtual"]
# Services other than STS and S3 reject these, and STS when it is asked.
ELSEWHERE = {"endpoint_discovery_enabled", "api_versions", "role_arn", "duration_seconds"}
LOADER = botocore.loaders.create_loader()
CREDENTIALS = "aws_access_key_id = k\naws_secret_access_key = s\n"


def names(variables):
    """The names of settings, and of those below `s3 =`."""
    for wanted, *_ in variables.values():
        for name in wanted if isinstance(wanted, list) else [wanted]:
            if name is not None:
                yield name


def profiles():
    known = {**botocore.configprovider.BOTOCORE_DEFAUT_SESSION_VARIABLES}
    all_names = [*names(known), *names(botocore.configprovider.DEFAULT_S3_CONFIG_VARS),
                 *names(botocore.configprovider.DEFAULT_PROXIES_CONFIG_VARS)]
    for name in dict.fromkeys(all_names):
        start, name = (f"{name[0]} =\n  ", name[1]) if isinstance(name, tuple) else ("", name)
        # A setting that takes any value takes this one.
        values = VALUES if is_rejected(f"{start}{name} = bogus\n") else VALUES[:1]
        yield from ((name, value, f"{start}{name} = {value}\n") for value in values)


def is_rejected(lines):
    with open(os.environ["AWS_CONFIG_FILE"], "w") as file:
        file.write(f"[default]\n{CREDENTIALS}{lines}")
    session = botocore.session.Session(include_builtin_handlers=False)
    session.register_component("data_loader", LOADER)
    try:
        session.create_client("s3", **({} if session.get_config_variable("region") else {"region_name": "us-east-1"}))
    except Exception:
        return True
    return False


def reported(program, config):
    """The problems of each profile, by the line that they are in."""
    with open(os.environ["AWS_CONFIG_FILE"], "w") as file:
        file.write(config)
    said = subprocess.run([program, "doctor", "--json"], stdout=subprocess.PIPE).stdout
    codes = {"invalid-value", "unknown-setting", "nested-value", "block-expected", "not-indented"}
    return [each for each in json.loads(said)["problems"] if each["code"] in codes]


def different(problems, rejects):
    if any(each["code"] == "unknown-setting" for each in problems):
        return "unknown"
    if rejects and not problems:
        return "rejected, and not reported"
    if not rejects and any(each["severity"] == "error" for each in problems):
        return "accepted, and reported as an error"
    return None


def main():
    program, failed = os.path.abspath(sys.argv[1]), 0
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"HOME": home, "AWS_CONFIG_FILE": os.path.join(home, "config"), "AWS_EC2_METADATA_DISABLED": "true"}
        all_profiles = list(profiles())
        print(f"botocore {botocore.__version__}: {len(all_profiles)} values")
        # Of one file at most a hundred problems are reported.
        for start in range(0, len(all_profiles), 60):
            batch, config, starts = all_profiles[start : start + 60], "", []
            for number, (_, _, lines) in enumerate(batch):
                starts.append(config.count("\n") + 1)
                config += f"[profile p{number}]\n{CREDENTIALS}{lines}"
            problems = reported(program, config)
            for number, (name, value, lines) in enumerate(batch):
                end = starts[number + 1] if number + 1 < len(starts) else sys.maxsize
                own = [each for each in problems if starts[number] <= each["line"] < end]
                wrong = name not in ELSEWHERE and different(own, is_rejected(lines))
                if wrong:
                    failed += 1
                    print(f"DIFFERENT: {name} = {value!r}: {wrong}: {own}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
