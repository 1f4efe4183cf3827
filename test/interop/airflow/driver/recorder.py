"""Sees which credentials a hook makes and which of them is asked for a token, without letting anything reach the network."""

from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import azure.identity
import azure.identity.aio
from azure.common import credentials as service_principal
from azure.core.exceptions import ClientAuthenticationError
from azure.core.pipeline.transport import AsyncHttpTransport, HttpTransport
from requests.adapters import HTTPAdapter

# What a hook makes itself; DefaultAzureCredential makes more below it, which are not its choice.
MADE = ["DefaultAzureCredential", "ClientSecretCredential", "CertificateCredential"]

# What asks Entra for a token in the end.
ASKED = ["WorkloadIdentityCredential", "ManagedIdentityCredential", "ClientSecretCredential", "CertificateCredential", "AzureCliCredential"]

# Arguments worth telling; the others carry secrets or how often to try.
TOLD = ["managed_identity_client_id", "workload_identity_tenant_id", "client_id", "tenant_id"]


class Seen:
    """What was seen, as the tests read it."""

    def __init__(self):
        self.credentials = []
        self.token_requests = []


def _told(arguments):
    return {name: arguments[name] for name in TOLD if name in arguments}


def _noting_init(cls, name, seen, depth):
    original = cls.__init__

    def init(self, *args, **kwargs):
        if depth[0] == 0:
            seen.credentials.append({"class": name, **_told(kwargs)})
        # Only so that get_token can tell it.
        self.recorded_arguments = kwargs
        depth[0] += 1
        try:
            original(self, *args, **kwargs)
        finally:
            depth[0] -= 1

    return patch.object(cls, "__init__", init)


def _refusing(name, seen):
    def get_token(self, *scopes, **_kwargs):
        seen.token_requests.append({"credential": {"class": name, **_told(self.recorded_arguments)}, "scopes": list(scopes)})
        # An error that ends the chain and that no SDK tries again.
        raise ClientAuthenticationError(message="recorded, not asked")

    return get_token


def _refusing_async(name, seen):
    refuse = _refusing(name, seen)

    async def get_token(self, *scopes, **kwargs):
        return refuse(self, *scopes, **kwargs)

    return get_token


def _no_wait(self, _seconds):
    """The storage SDKs try four times, even what Entra refused, and wait over a minute between."""


async def _no_wait_async(self, _seconds):
    pass


def _no_network(self, request, *_args, **_kwargs):
    raise AssertionError(f"{request.method} {request.url} was sent without asking the identity for a token")


@contextmanager
def without_waiting():
    """While this is open, the SDKs try again at once."""
    with patch.object(HttpTransport, "sleep", _no_wait), patch.object(AsyncHttpTransport, "sleep", _no_wait_async):
        yield


@contextmanager
def recording(seen):
    """While this is open, credentials are noted and tokens refused."""
    with ExitStack() as stack:
        depth = [0]
        for module, prefix, refusing in [(azure.identity, "", _refusing), (azure.identity.aio, "aio.", _refusing_async)]:
            for name in dict.fromkeys(MADE + ASKED):
                cls = getattr(module, name)
                stack.enter_context(_noting_init(cls, prefix + name, seen, depth))
                if name in ASKED:
                    for method in ["get_token", "get_token_info"]:
                        stack.enter_context(patch.object(cls, method, refusing(prefix + name, seen)))
        stack.enter_context(_noting_init(service_principal.ServicePrincipalCredentials, "ServicePrincipalCredentials", seen, depth))
        stack.enter_context(patch.object(HTTPAdapter, "send", _no_network))
        stack.enter_context(without_waiting())
        yield
