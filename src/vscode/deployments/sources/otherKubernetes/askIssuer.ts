import * as vscode from 'vscode';
import { privateIssuerProblem } from '../../../../deployment/issuerPlatform.ts';
import { isCancel, toAirflowIdentityError } from '../../../../errors.ts';
import type { IssuerPort } from '../../../../identity/azurePort.ts';
import { valueProblem } from '../../../../identity/federatedCredential.ts';
import { askText } from '../../../inputStep.ts';
import type { InputAnswer } from '../../../inputStep.ts';

/**
 * Asks for an issuer and reads its discovery document as Entra will, before it is taken. What cannot be read may still be
 * taken, by answering the same again: this computer may see less of the Internet than Entra.
 */
export function askIssuer(title: string, value: string, issuers: () => IssuerPort): Promise<InputAnswer> {
  let refused: string | undefined;
  return askText({
    title,
    prompt: vscode.l10n.t('OIDC issuer of the cluster, exactly as it stands in tokens; a trailing slash belongs to it'),
    placeholder: 'https://oidc.eks.eu-west-1.amazonaws.com/id/…',
    value,
    problem: (text) => valueProblem('issuer', text) ?? privateIssuerProblem(text),
    check: async (issuer, signal) => {
      const problem = issuer === refused ? undefined : await problemOf(issuer, issuers(), signal);
      refused = issuer;
      return problem;
    },
  });
}

async function problemOf(issuer: string, issuers: IssuerPort, signal: AbortSignal): Promise<string | undefined> {
  try {
    const found = await issuers.discoveredIssuer(issuer, signal);
    return found === issuer ? undefined : vscode.l10n.t('Its discovery document names another issuer: {0}. Pods would be refused. Press Enter again to take yours anyway.', found);
  } catch (error) {
    if (isCancel(error)) {
      throw error;
    }
    return vscode.l10n.t('{0} Microsoft Entra must be able to read it from the Internet. Press Enter again to take it anyway.', toAirflowIdentityError(error).message);
  }
}
