import * as l10n from '@vscode/l10n';
import { AirflowIdentityError } from '../errors.ts';
import type { ErrorDetails } from '../errors.ts';
import { throttledError, unavailableError } from '../http/answerErrors.ts';
import type { Refusal } from '../http/answerErrors.ts';
import { challengeOf } from './armAuthentication.ts';
import { saidIn, textOf } from './armRefusal.ts';
import type { Said, Wording } from './armRefusal.ts';
import { forbidden, rightsRefusal } from './rightsRefusals.ts';

/**
 * The one translation of ARM's refusals. Shape and codes: ARM docs "Common Azure deployment errors", Microsoft Entra docs
 * "workload-identity-federation-considerations" (errors), and the issues named beside the codes.
 */
export function armError(refusal: Refusal): AirflowIdentityError {
  const said = saidIn(refusal.body);
  const challenge = challengeOf(refusal);
  const details: ErrorDetails = {
    ...refusal.details,
    ...(said.code === undefined ? {} : { serviceCode: said.code }),
    ...(challenge === undefined ? {} : { challenge }),
  };
  if (refusal.status === 429) {
    return throttledError(details, l10n.t('Azure takes no more requests of this kind for a while.'));
  }
  if (refusal.status >= 500) {
    return unavailableError(details, said.message);
  }
  const { code, message, fix } = rightsRefusal(said) ?? wordingOf(refusal.status, said, challenge);
  return new AirflowIdentityError(code, message, { details, ...(fix === undefined ? {} : { fix }) });
}

function wordingOf(status: number, said: Said, challenge: string | undefined): Wording {
  switch (status) {
    case 401:
      return unauthenticated(said, challenge);
    case 403:
      return forbidden(said);
    case 404:
      return notFound(said);
    case 405:
      return notEnabled(said);
    case 409:
      return conflict(said);
    case 412:
      return {
        code: 'conflict',
        message: l10n.t('It was changed by somebody else at the same moment: {0}', textOf(said)),
        fix: l10n.t('Refresh and look at it again.'),
      };
    default:
      return rejected(said, status);
  }
}

function unauthenticated(said: Said, challenge: string | undefined): Wording {
  if (challenge !== undefined) {
    return {
      code: 'interactionRequired',
      message: l10n.t('Azure wants a stronger sign-in for this, such as a second factor.'),
      fix: l10n.t('Sign in to this tenant again.'),
    };
  }
  if (said.code === 'InvalidAuthenticationTokenTenant') {
    return {
      code: 'interactionRequired',
      message: l10n.t('The sign-in is for another tenant than the one this subscription belongs to.'),
      fix: l10n.t('Sign in to this tenant.'),
    };
  }
  return { code: 'signedOut', message: l10n.t('The Azure sign-in has expired or was revoked.'), fix: l10n.t('Sign in again.') };
}

/** ARM answers for subscriptions, groups and identities, the resource provider for what is below (azure-cli and ASO recordings). */
function notFound(said: Said): Wording {
  const refresh = l10n.t('Refresh the tree; it may have been deleted or moved.');
  switch (said.code) {
    case 'SubscriptionNotFound':
      return { code: 'notFound', message: l10n.t('The subscription does not exist any more, or you no longer have access to it.'), fix: refresh };
    case 'ResourceGroupNotFound':
      return { code: 'notFound', message: l10n.t('The resource group does not exist any more.'), fix: refresh };
    case 'ResourceNotFound':
      return {
        code: 'notFound',
        message: /userAssignedIdentities/i.test(said.message ?? '')
          ? l10n.t('The identity does not exist any more.')
          : l10n.t('The resource does not exist any more: {0}', textOf(said)),
        fix: refresh,
      };
    case 'ParentResourceNotFound':
      return {
        code: 'notFound',
        message: l10n.t('The identity does not exist, or was created moments ago and is not known everywhere yet.'),
        fix: l10n.t('If it was just created, try again in a few minutes.'),
      };
    default:
      return { code: 'notFound', message: l10n.t('Azure did not find it: {0}', textOf(said)), fix: refresh };
  }
}

/** MicrosoftDocs/azure-docs#100515: regions without federated credentials answer 405. */
function notEnabled(said: Said): Wording {
  return /federated identity credentials not enabled/i.test(said.message ?? '')
    ? {
        code: 'invalidInput',
        message: l10n.t("Federated credentials are not available in this identity's region."),
        fix: l10n.t('Use an identity in another region; the deployment may be anywhere.'),
      }
    : rejected(said, 405);
}

function conflict(said: Said): Wording {
  if (isDuplicateTrust(said)) {
    return duplicateTrust();
  }
  switch (said.code) {
    case 'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity':
      return {
        code: 'conflict',
        message: l10n.t('Somebody else is writing a federated credential of this identity at the same moment.'),
        fix: l10n.t('Try again in a few seconds.'),
      };
    case 'MissingSubscriptionRegistration': {
      const namespace = /namespace '([^']+)'/.exec(said.message ?? '')?.[1] ?? 'Microsoft.ManagedIdentity';
      return {
        code: 'conflict',
        message: l10n.t('The subscription is not registered for {0}.', namespace),
        fix: l10n.t('Run "az provider register --namespace {0}" as a Contributor of the subscription, and try again after a few minutes.', namespace),
      };
    }
    case 'ScopeLocked':
      return { code: 'conflict', message: l10n.t('A lock prevents the change: {0}', textOf(said)), fix: l10n.t('Remove the lock or use another identity.') };
    case 'ReadOnlyDisabledSubscription':
      return {
        code: 'conflict',
        message: l10n.t('The subscription is disabled; nothing in it can be changed.'),
        fix: l10n.t('Ask the owner of the subscription to enable it again, or use another one.'),
      };
    default:
      return { code: 'conflict', message: l10n.t('Azure reports a conflict: {0}', textOf(said)) };
  }
}

/** The docs give 400 for a duplicate and for the 21st credential, deployments also show 409 (Azure/bicep-types-az#2029). */
function rejected(said: Said, status: number): Wording {
  if (isDuplicateTrust(said)) {
    return duplicateTrust();
  }
  if (/too many federated identity credentials/i.test(said.message ?? '')) {
    return {
      code: 'invalidInput',
      message: l10n.t('The identity already holds the 20 federated credentials that Azure allows.'),
      fix: l10n.t('Use another identity, or delete credentials that nothing uses any more.'),
    };
  }
  if (said.code === 'LocationNotAvailableForResourceType') {
    return {
      code: 'invalidInput',
      message: l10n.t('The region does not offer this: {0}', textOf(said)),
      fix: l10n.t('Choose another region.'),
    };
  }
  return { code: 'invalidInput', message: l10n.t('Azure did not accept the request ({0}): {1}', status, textOf(said)) };
}

function isDuplicateTrust(said: Said): boolean {
  return /issuer and subject combination already exists/i.test(said.message ?? '');
}

function duplicateTrust(): Wording {
  return {
    code: 'conflict',
    message: l10n.t('Another credential of this identity already has the same issuer and subject.'),
    fix: l10n.t('Refresh the identity; the credential may have been created by somebody else meanwhile.'),
  };
}
