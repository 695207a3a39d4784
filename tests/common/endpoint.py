"""AWS on loopback: moto's server, with a user in each of two accounts.

Prints its address and the users' keys as JSON, and ends when stdin does.
"""

import json
import logging
import sys

from moto.iam.models import iam_backends
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

USERS = {"alice": "111111111111", "bob": "222222222222"}


def keys(name, account):
    """A new user's access key."""
    backend = iam_backends[account]["aws"]
    backend.create_user("us-east-1", name)
    key = backend.create_access_key(name)
    return [key.access_key_id, key.secret_access_key]


logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
_, port = server.get_host_and_port()
answer = {"url": f"http://127.0.0.1:{port}"}
answer.update({name: keys(name, account) for name, account in USERS.items()})
print(json.dumps(answer), flush=True)
sys.stdin.read()
server.stop()
