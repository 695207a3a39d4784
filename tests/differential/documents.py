"""Random config and credentials files: mostly valid, with every oddity of the dialect."""

BLANKS = [" ", "\t", "  ", "    ", "\u00a0", "\u3000", "\x1c", "\x1f", "\x0b", "\x0c", "\x85", "\u2028", "\u2003", " \t "]
NAMES = ["default", "DEFAULT", "foo", "bar", "Foo", "a b", "café", "o'brien", '"q"', "'q r'", '"a b"', "DOM\\user",
         "$(id)", "`x`", "a*b", "a]b", "a[b", "x#y", "x;y", '""', "''", "日本", "\u00a0n", "\x1b[31m", "a\\", '"a\\"b"',
         "a\u2028b", "a\x0bb", "\0", "İstanbul", "foo bar baz", "", " foo ", "profile", "plugins", "a\\ b", '"a\\b"',
         "-", "a=b", "a:b", '"a\\\\b\\c"', "'a\\\\b'"]
PREFIXES = ["profile ", "profile\t", "profile  ", "profile", "", "profiles ", "profile-x ", "Profile ", " profile ",
            "sso-session ", "sso-sessions ", "services ", "services\u00a0", "'profile' ", 'pro"file" ', "profile'' ",
            "sso-session"]
KEYS = ["region", "output", "Region", "REGION", "s3", "S3", "a b", "ключ", "КЛЮЧ", "ΣΑΣ", "İ", "ß", "k.y", "[x",
        "k\u00a0y", "\u200bk", "ſ", "K", "\x0bz", "]", "k]", "a\x1cb"]
VALUES = ["eu-west-1", "", "a = b", "a:b", "x # note", "x ; note", '"q"', "C:\\dir\\", "%(x)s", "${HOME}", "$x",
          "[profile z]", "é\u2028é = 3", "\u3000x\u3000", "a\x0bb=c\x0cd=e", "x\0y", "= =", "[", "日本語", "\x85",
          "true\x1c\x1d", "k\x1ev=1", "\ufeff", "\u200b"]
ENDS = ["\n"] * 12 + ["\r\n", "\r", "\n\n", "\r\r\n", "\n\r"]
STRAY = ["bare", "= v", ": v", "[]", "[", "]", "<<<<<<< HEAD", "=======", "[x", "\ufeff"]

# Settings that refer to names or decide a profile's kind.
PLAIN = ["foo", "bar", "Foo", "default", "a", "b", "c"]
KINDS = {
    "role_arn": ["arn:aws:iam::123456789012:role/path/R", "", "r"],
    "source_profile": PLAIN * 4 + ["ghost", ""],
    "credential_source": ["Environment", "Ec2InstanceMetadata", "EcsContainer", "environment", ""],
    "web_identity_token_file": ["/token", "/token", ""],
    "sso_session": PLAIN * 3 + ["ghost"],
    "sso_start_url": ["https://a.awsapps.com/start", "https://b.awsapps.com/start"],
    "sso_region": ["eu-west-1", "eu-west-1", "us-east-9"],
    "sso_account_id": ["123456789012"],
    "sso_role_name": ["Dev"],
    "login_session": ["arn:aws:iam::123456789012:user/me", ""],
    "credential_process": ["/bin/true", ""],
    "aws_access_key_id": ["AKIAIOSFODNN7EXAMPLE", "ASIAY34FZKBOKMUTVV7A", "k"],
    "aws_secret_access_key": ["wJalrXUtnFEMI", "abc", ""],
    "aws_session_token": ["token"],
    "services": PLAIN,
}
# Settings that are complete together, so that not every profile is broken.
WHOLE = [
    ["role_arn", "source_profile"], ["role_arn", "source_profile"], ["role_arn", "credential_source"],
    ["role_arn", "web_identity_token_file"], ["sso_session", "sso_account_id", "sso_role_name"],
    ["sso_start_url", "sso_region", "sso_account_id", "sso_role_name"], ["sso_start_url", "sso_region"],
    ["login_session"], ["credential_process"], ["aws_access_key_id", "aws_secret_access_key"],
]


class Documents:
    """A generator of files; the same seed gives the same files."""

    def __init__(self, random):
        self.random = random
        self.pick = random.choice

    def chance(self, share):
        return self.random.random() < share

    def blank(self, none=0.6):
        if self.chance(none):
            return ""
        return "".join(self.pick(BLANKS) for _ in range(self.random.randrange(1, 3)))

    def header(self, used, config):
        for _ in range(20):
            if self.chance(0.5):
                prefix, name = ("profile " if config else ""), self.pick(PLAIN)
                if config and self.chance(0.2):
                    prefix = self.pick(["sso-session ", "services "])
            else:
                name = self.pick(NAMES)
                if self.chance(0.4):
                    name += str(self.random.randrange(9))
                prefix = self.pick(PREFIXES) if self.chance(0.35) else ("profile " if config else "")
            text = prefix + name
            if self.chance(0.1):
                text = self.pick(["default", "profile default", 'profile "default"', "DEFAULT"])
            full = "[" + text + "]" + self.pick(["", "", "", "", "", " # c", "; d", "junk", " x]", "]"])
            seen = full[1:full.rindex("]")]
            if seen and (seen not in used or seen == "DEFAULT" or self.chance(0.01)):
                used.add(seen)
                return full
        return "[profile n%d]" % self.random.randrange(10**9)

    def line(self, key, values):
        delimiter = self.pick(["=", "=", "=", ":"])
        return key + self.blank(0.4) + delimiter + self.blank(0.4) + self.pick(values) + self.blank(0.8)

    def setting(self, keys):
        if self.chance(0.3):
            key, values = self.pick(list(KINDS.items()))
        else:
            key, values = self.pick(KEYS), VALUES
            if self.chance(0.5):
                key += str(self.random.randrange(30))
        if key.strip().lower() in keys and not self.chance(0.02):
            key, values = "u%d" % self.random.randrange(10**9), VALUES
        keys.add(key.strip().lower())
        return self.line(key, values)

    def whole(self, keys):
        names = [name for name in self.pick(WHOLE) if name not in keys]
        keys.update(names)
        return [self.line(name, KINDS[name]) for name in names]

    def nested(self):
        key = self.pick(["addressing_style", "k", "K", "a b", "x:y"])
        return key + self.blank(0.5) + self.pick(["=", "=", " = ", "=", "=="]) + self.pick(VALUES)

    def block(self, base, keys):
        key = self.pick(list(KINDS)) if self.chance(0.3) else "s3"
        if key in keys:
            key = "s%d" % self.random.randrange(10**6)
        keys.add(key)
        lines = [base + key + " =" + self.blank(0.8)]
        for _ in range(self.random.randrange(0, 4)):
            lines.append(base + "  " + self.blank(0.7) + ("bad" if self.chance(0.015) else self.nested()))
            if self.chance(0.2):
                lines.append(self.pick(["", "  ", "   # c", "#", "\u3000"]))
        return lines

    def lines(self, config):
        used, keys, base = set(), set(), ""
        if self.chance(0.1):
            yield self.pick(["# c", "", "  ; c", "\t"])
        if not self.chance(0.015):
            yield self.header(used, config)
        for _ in range(self.random.randrange(0, 25)):
            which = self.random.random()
            if which < 0.22:
                keys, base = set(), self.blank(0.85)
                yield base + self.header(used, config)
                if self.chance(0.5):
                    yield from (base + line for line in self.whole(keys))
            elif which < 0.62:
                if self.chance(0.2):
                    base = self.blank(0.5)
                yield base + self.setting(keys)
            elif which < 0.74:
                yield from self.block(base, keys)
            elif which < 0.82:
                yield base + self.pick(BLANKS) + self.pick(VALUES + ["more", "[profile in]", "k = v"])
            elif which < 0.90:
                yield self.blank(0.3)
            elif which < 0.985:
                yield self.blank(0.5) + self.pick("#;") + self.pick(VALUES)
            elif which < 0.990:
                yield self.pick(STRAY)
            else:
                yield "[DEFAULT]"
                keys = set()

    def plain(self, config):
        """A usual file: ASCII, settings without indentation; sometimes many similar profiles."""
        names, stem = self.random.sample(PLAIN, 5), self.pick(["k", "role_session_name", "aws_access_key_i"])
        for name in names[: self.random.randrange(1, 6)]:
            yield "[" + (self.pick(["profile "] * 3 + ["sso-session "]) if config else "") + name + "]"
            settings = {key: self.pick(KINDS[key]) for key in self.pick(WHOLE)}
            for number in range(self.pick([1, 3, 14, 15, 16, 17, 40])):
                key = stem + self.pick(["", "d", "D", str(number), "%08d" % number])
                if self.chance(0.005) or key.lower() not in map(str.lower, settings):
                    settings[key] = self.pick(["v", "eu-west-1", "a b = c", "[x]", ""])
            for key in self.random.sample(sorted(settings), len(settings)):
                yield key + self.pick(["=", " = ", ": "]) + settings[key]
                if self.chance(0.05):
                    yield self.pick(["", "# c", "  m = 1"])

    def document(self, config):
        """The bytes of a file."""
        if self.chance(0.15):
            return "\n".join([*self.plain(config), ""]).encode()
        same, mixed = self.pick(ENDS[:13] * 3 + ["\r\n", "\r"]), self.chance(0.2)
        text = "".join(line + (self.pick(ENDS) if mixed else same) for line in self.lines(config))
        if self.chance(0.2):
            text = text.rstrip("\r\n")
        return self.spoiled(text)

    def spoiled(self, text):
        data = text.encode("utf-8", "surrogatepass")
        which = self.random.random()
        if which < 0.01:
            return b"\xef\xbb\xbf" + data
        if which < 0.02:
            return text.encode("utf-16")
        if which < 0.03:
            at = self.random.randrange(len(data) + 1)
            return data[:at] + self.pick([b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xe9"]) + data[at:]
        if which < 0.10 and data:
            for _ in range(self.random.randrange(1, 4)):
                at = self.random.randrange(len(data))
                junk = self.pick([b"", b" ", b"\n", b"\r", b"[", b"]", b"=", b"'", b"\\", b"\0", b"#"])
                data = data[:at] + junk + data[at + self.random.randrange(2):]
        return data
