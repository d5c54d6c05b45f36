"""Ways to sign in. Offline the user is always signed in; a service principal's id and secret are checked."""

from __future__ import annotations

from collections import namedtuple
from enum import Enum

from azureml._local import account as _account
from azureml._local.later import absent as _absent
from azureml.exceptions._azureml_exception import AuthenticationException, UserErrorException

from dp100.standin.engine.errors import EngineError as _EngineError
from dp100.standin.engine.workspace import principals as _principals

AzureMLTokenAuthentication = _absent(__name__, "AzureMLTokenAuthentication")

AccessToken = namedtuple("AccessToken", ["token", "expires_on"])


class Audience(Enum):
    """Whom a token is for."""

    ARM = "ARM"
    AZUREML = "AZUREML"


class AbstractAuthentication:
    """What all ways to sign in have in common."""

    def __init__(self, cloud=None):
        self._cloud = cloud

    def _principal(self):
        """The service principal, or None for the signed-in user."""
        return None

    def get_authentication_header(self):
        """The header of a request, with a token."""
        return {"Authorization": "Bearer " + self._token()}

    def get_token(self, *scopes, **kwargs):
        """A token with the time at which it ends."""
        return AccessToken(self._token(), _account.expiry())

    def signed_session(self, session=None):
        """A session of ``requests`` whose requests carry the token."""
        import requests

        session = session or requests.Session()
        session.headers.update(self.get_authentication_header())
        return session

    def _token(self):
        return _account.token(self)


class InteractiveLoginAuthentication(AbstractAuthentication):
    """Signs in through the browser; offline nobody is asked.

    Args:
        force: ask even if somebody is signed in.
        tenant_id: the tenant to sign in to.
        cloud: the cloud's name.
    """

    def __init__(self, force=False, tenant_id=None, cloud=None):
        super().__init__(cloud)
        self._tenant_id = tenant_id


class AzureCliAuthentication(AbstractAuthentication):
    """Uses whom the Azure CLI has signed in."""

    def __init__(self, cloud=None):
        super().__init__(cloud)


class MsiAuthentication(AbstractAuthentication):
    """Uses the managed identity of the machine; offline that is the signed-in user."""

    def __init__(self, cloud=None, **kwargs):
        super().__init__(cloud)


class ServicePrincipalAuthentication(AbstractAuthentication):
    """Signs in as a service principal, whose roles then hold.

    Args:
        tenant_id: the tenant it belongs to.
        service_principal_id: its application (client) id.
        service_principal_password: its secret.
    """

    def __init__(
        self,
        tenant_id,
        service_principal_id,
        service_principal_password,
        cloud="AzureCloud",
        _enable_caching=True,
    ):
        super().__init__(cloud)
        self._tenant_id = tenant_id
        self._service_principal_id = service_principal_id
        self._service_principal_password = service_principal_password

    def _principal(self):
        try:
            return _principals.authenticate(
                str(self._service_principal_id), str(self._service_principal_password), self._tenant_id
            )
        except _EngineError as error:
            raise AuthenticationException(error.message) from error


class ArmTokenAuthentication(AbstractAuthentication):
    """Uses a token that the caller has got elsewhere."""

    def __init__(self, arm_access_token, cloud="None"):
        super().__init__(cloud)
        if not isinstance(arm_access_token, str):
            raise UserErrorException("arm_access_token should be a string")
        self._arm_access_token = arm_access_token

    def update_arm_access_token(self, new_arm_access_token):
        """Use another token from now on."""
        self._arm_access_token = new_arm_access_token

    def _token(self):
        return self._arm_access_token


class TokenAuthentication(AbstractAuthentication):
    """Uses tokens that a function of the caller's gives.

    Args:
        get_token_for_audience: called with an :class:`Audience`.
    """

    def __init__(self, get_token_for_audience, cloud=None):
        super().__init__(cloud)
        self._get_token_for_audience = get_token_for_audience

    def get_token(self, audience=Audience.ARM):
        """The token for an audience."""
        return self._get_token_for_audience(audience)

    def _token(self):
        return self._get_token_for_audience(Audience.ARM)
