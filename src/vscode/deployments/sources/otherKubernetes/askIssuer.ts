import * as vscode from 'vscode';
import { privateIssuerProblem } from '../../../../deployment/issuerPlatform.ts';
import { isCancel, toAirflowIdentityError } from '../../../../errors.ts';
import type { IssuerPort } from '../../../../identity/azurePort.ts';
import { valueProblem } from '../../../../identity/federatedCredential.ts';
import { askText } from '../../../inputStep.ts';
import type { InputAnswer } from '../../../inputStep.ts';
import type { Messages } from '../../../messages.ts';

/**
 * Asks for an issuer and reads its discovery document as Entra will, before it is taken. What cannot be read may still be
 * taken, when the user says so: this computer may see less of the Internet than Entra.
 */
export async function askIssuer(title: string, known: string, issuers: () => IssuerPort, messages: Messages): Promise<InputAnswer> {
  for (let value = known; ; ) {
    let doubt: string | undefined;
    const answer = await askText({
      title,
      prompt: vscode.l10n.t('OIDC issuer of the cluster, exactly as it stands in tokens; a trailing slash belongs to it'),
      placeholder: 'https://oidc.eks.eu-west-1.amazonaws.com/id/…',
      value,
      problem: (text) => valueProblem('issuer', text) ?? privateIssuerProblem(text),
      check: async (issuer, signal) => {
        doubt = await doubtAbout(issuer, issuers(), signal);
        return undefined;
      },
    });
    if (answer.kind !== 'entered' || doubt === undefined || (await messages.confirm(vscode.l10n.t('Take this issuer all the same?'), doubt, vscode.l10n.t('Take It')))) {
      return answer;
    }
    value = answer.text;
  }
}

/** Why pods would be refused, as far as the discovery document tells. */
async function doubtAbout(issuer: string, issuers: IssuerPort, signal: AbortSignal): Promise<string | undefined> {
  try {
    const found = await issuers.discoveredIssuer(issuer, signal);
    return found === issuer ? undefined : vscode.l10n.t('Its discovery document names another issuer: {0}. Pods would be refused.', found);
  } catch (error) {
    if (isCancel(error)) {
      throw error;
    }
    return vscode.l10n.t('{0} Microsoft Entra must be able to read it from the Internet.', toAirflowIdentityError(error).message);
  }
}
