import * as vscode from 'vscode';
import type { CredentialTarget } from '../../contributions.ts';
import { valueProblem } from '../../identity/federatedCredential.ts';
import type { FederatedCredential, Trust } from '../../identity/federatedCredential.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import { planEdit, refuseFlexible } from '../../trust/editCredential.ts';
import type { PlanRow } from '../../trust/plan.ts';
import { pickStep } from '../connect/stepPick.ts';
import type { StepItem } from '../connect/stepPick.ts';
import { askText } from '../inputStep.ts';
import type { Services } from '../services.ts';
import { chosenCredential } from './chosenCredentials.ts';
import { mayWrite } from './mayWrite.ts';
import { knownDeployments, usageOf } from './servedDeployments.ts';
import { writeRows } from './writeRows.ts';

const fields = ['issuer', 'subject', 'audience'] as const;
const totalSteps = fields.length + 1;

/** Gives a federated credential another issuer, subject or audience, after showing before and after side by side. */
export async function editChosen(services: Services, target: CredentialTarget | undefined): Promise<void> {
  const texts = { title: vscode.l10n.t('Edit federated credential'), placeholder: vscode.l10n.t('Which credential?') };
  const chosen = await chosenCredential(services, target, texts);
  if (chosen === undefined) {
    return;
  }
  const { identity, credential } = chosen;
  refuseFlexible(credential);
  const row = await agreedRow(services, identity, credential);
  if (row === undefined || !(await mayWrite(services, 'writeCredential', identity, [{ kind: 'writeCredential', identity, credential: row.wanted }]))) {
    return;
  }
  await writeRows(services, identity, [row], vscode.l10n.t('Changing a federated credential'));
  void services.messages.info(vscode.l10n.t('Credential {0} of {1} is changed.', credential.name, identity.name));
}

/** Asks for the values and shows what they would change, until the user agrees or leaves. */
async function agreedRow(services: Services, identity: ManagedIdentity, credential: FederatedCredential): Promise<PlanRow | undefined> {
  let values: Trust = { issuer: credential.issuer, subject: credential.subject ?? '', audience: credential.audiences[0] ?? '' };
  for (let step = 0; ; ) {
    const field = fields[step];
    if (field !== undefined) {
      const answer = await askText({
        title: vscode.l10n.t('Edit federated credential {0}', credential.name),
        prompt: promptOf(field),
        value: values[field],
        step: step + 1,
        totalSteps,
        back: step > 0,
        problem: (text) => valueProblem(field, text),
      });
      if (answer.kind === 'cancelled') {
        return undefined;
      }
      values = answer.kind === 'entered' ? { ...values, [field]: answer.text } : values;
      step += answer.kind === 'entered' ? 1 : -1;
    } else {
      const reviewed = await review(services, identity, credential, values);
      if (reviewed !== 'back') {
        return reviewed;
      }
      step -= 1;
    }
  }
}

async function review(services: Services, identity: ManagedIdentity, credential: FederatedCredential, values: Trust): Promise<PlanRow | 'back' | undefined> {
  const held = await services.commands.resuming('credentials: list', () => services.azure().credentials(identity, new AbortController().signal));
  const edit = planEdit(credential, values, held);
  const known = await knownDeployments(services);
  const after: FederatedCredential = { name: credential.name, issuer: values.issuer, subject: values.subject, audiences: [values.audience] };
  const usage = (one: FederatedCredential): string => usageOf(one, known, services.clouds.audience);
  const lines: StepItem<'write'>[] = [
    ...fields.map((field) => comparedItem(labels()[field], field === 'audience' ? credential.audiences.join(', ') : (credential[field] ?? ''), values[field])),
    comparedItem(vscode.l10n.t('Lets in'), usage(credential), usage(after)),
  ];
  const write: StepItem<'write'>[] = edit.kind === 'replace' ? [{ label: `$(check) ${vscode.l10n.t('Write this change')}`, value: 'write' }] : [];
  const answer = await pickStep<'write'>({
    title: vscode.l10n.t('Edit federated credential {0}', credential.name),
    placeholder:
      edit.kind === 'replace' ? vscode.l10n.t('Tokens of what it let in before are refused from then on.') : edit.kind === 'refused' ? edit.why : vscode.l10n.t('Nothing is changed yet.'),
    place: { step: totalSteps, totalSteps },
    back: true,
    load: async (show) => { show([...write, ...lines]); },
  });
  if (answer.kind === 'picked') {
    return edit.kind === 'replace' ? edit.row : undefined;
  }
  return answer.kind === 'back' ? 'back' : undefined;
}

function comparedItem(label: string, before: string, after: string): StepItem<never> {
  return before === after
    ? { label, description: vscode.l10n.t('unchanged'), detail: before, alwaysShow: true }
    : { label: `$(diff-modified) ${label}`, description: vscode.l10n.t('was {0}', before), detail: after, alwaysShow: true };
}

function labels(): Readonly<Record<(typeof fields)[number], string>> {
  return { issuer: vscode.l10n.t('Issuer'), subject: vscode.l10n.t('Subject'), audience: vscode.l10n.t('Audience') };
}

function promptOf(field: (typeof fields)[number]): string {
  return {
    issuer: vscode.l10n.t('Issuer, letter by letter as the tokens name it. The name of a credential cannot be changed; duplicate it for another one.'),
    subject: vscode.l10n.t('Subject, for example system:serviceaccount:namespace:service-account.'),
    audience: vscode.l10n.t('Audience that the token is exchanged with.'),
  }[field];
}
