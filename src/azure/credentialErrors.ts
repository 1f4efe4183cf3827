import * as l10n from '@vscode/l10n';
import { AirflowIdentityError, isCancel } from '../errors.ts';
import type { ErrorDetails } from '../errors.ts';
import type { AzureCloud } from '../identity/azureCloud.ts';

/**
 * Entra's codes for "a person has to do something": second factor, consent, a device or a location that is not allowed
 * (Microsoft Entra docs: "Microsoft Entra authentication and authorization error codes").
 */
const interactionCodes: ReadonlySet<string> = new Set(['50005', '50072', '50074', '50076', '50079', '50131', '50158', '53000', '53003', '65001']);

/** Where a token was asked for. */
interface CredentialPlace {
  readonly tenantId: string | undefined;
  readonly cloud: Pick<AzureCloud, 'authorityHost'>;
}

/**
 * The one translation of what `@azure/identity` throws. Its messages are the only thing to go by: of its classes,
 * `CredentialUnavailableError` stands for a missing program as well as for a missing sign-in.
 */
export function credentialError(kind: 'azureCli' | 'environment', error: unknown, { tenantId, cloud }: CredentialPlace): unknown {
  if (error instanceof AirflowIdentityError || isCancel(error)) {
    return error;
  }
  const text = error instanceof Error ? error.message : String(error);
  const aadsts = /AADSTS(\d+)|Error\(s\): (\d+)/.exec(text);
  const code = aadsts?.[1] ?? aadsts?.[2];
  const details: ErrorDetails = {
    host: cloud.authorityHost === undefined ? 'login.microsoftonline.com' : new URL(cloud.authorityHost).host,
    ...(code === undefined ? {} : { serviceCode: `AADSTS${code}` }),
    ...correlationIn(text),
  };
  return kind === 'azureCli' ? cliError(text, code, details, tenantId) : environmentError(text, code, details);
}

function cliError(text: string, code: string | undefined, details: ErrorDetails, tenantId: string | undefined): AirflowIdentityError {
  const login = tenantId === undefined ? 'az login' : `az login --tenant ${tenantId}`;
  const run = (command: string): string => l10n.t('Run "{0}" in a terminal, then refresh.', command);
  if (/could not be found/i.test(text)) {
    return new AirflowIdentityError('signedOut', l10n.t('The Azure CLI is not installed, or not on the PATH that VS Code was started with.'), {
      fix: l10n.t('Install the Azure CLI and restart VS Code, or set airflowIdentity.signIn to "vscode".'),
    });
  }
  const challenge = /az login --claims-challenge .*/.exec(text)?.[0];
  if (challenge !== undefined) {
    return new AirflowIdentityError('interactionRequired', l10n.t('Azure wants a stronger sign-in for this than the session of the Azure CLI.'), { fix: run(challenge), details });
  }
  if (code !== undefined && interactionCodes.has(code)) {
    return new AirflowIdentityError('interactionRequired', l10n.t('The tenant wants a new sign-in, such as a second factor (AADSTS{0}).', code), { fix: run(login), details });
  }
  if (/az login/i.test(text)) {
    return new AirflowIdentityError('signedOut', l10n.t('The Azure CLI is not signed in.'), { fix: run(login), details });
  }
  return new AirflowIdentityError('signedOut', l10n.t('The Azure CLI gave no token: {0}', firstLine(text)), { fix: run(login), details });
}

function environmentError(text: string, code: string | undefined, details: ErrorDetails): AirflowIdentityError {
  if (/is unavailable|No underlying credential|must be (specified|provided)|is required/i.test(text)) {
    return new AirflowIdentityError('signedOut', l10n.t('The environment holds no complete Azure credential.'), {
      fix: l10n.t('Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, AZURE_CLIENT_CERTIFICATE_PATH or AZURE_FEDERATED_TOKEN_FILE before VS Code starts.'),
    });
  }
  if (code !== undefined && interactionCodes.has(code)) {
    return new AirflowIdentityError('interactionRequired', l10n.t('The tenant wants a person to sign in (AADSTS{0}).', code), {
      fix: l10n.t('Set airflowIdentity.signIn to "vscode" for this tenant.'),
      details,
    });
  }
  if (/\b(ENOENT|EACCES|EISDIR)\b/.test(text)) {
    return new AirflowIdentityError('signedOut', l10n.t('The environment names a file that cannot be read: {0}', firstLine(text)), {
      fix: l10n.t('Check AZURE_FEDERATED_TOKEN_FILE and AZURE_CLIENT_CERTIFICATE_PATH, then refresh.'),
    });
  }
  return new AirflowIdentityError('signedOut', l10n.t('Entra refused the credential of the environment: {0}', firstLine(text)), {
    fix: l10n.t('Check the AZURE_ variables that VS Code was started with.'),
    details,
  });
}

function correlationIn(text: string): Pick<ErrorDetails, 'correlationId'> {
  const id = /Correlation ID: ([0-9a-f-]{36})/i.exec(text)?.[1];
  return id === undefined ? {} : { correlationId: id };
}

/** Entra's own sentence where there is one, without MSAL's and the SDK's words around it and the trace ids after it; else the first line. */
function firstLine(text: string): string {
  const said = /AADSTS\d+: .*?(?= (?:- )?(?:Trace|Correlation) ID: |\r?\n|$)/.exec(text)?.[0];
  return (said ?? text.split(/\r?\n| Trace ID: /)[0] ?? text).slice(0, 300);
}
