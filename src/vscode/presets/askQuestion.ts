import type { FieldSource } from '../../connection/connectionType.ts';
import type { PresetQuestion } from '../../connection/preset.ts';
import type { AccessScope } from '../../identity/accessScope.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import { scopeOfResource } from '../../trust/connectConnection.ts';
import { pickResource } from '../connect/pickResource.ts';
import type { StepAnswer, StepPlace, Turn } from '../connect/stepPick.ts';
import { askText } from '../inputStep.ts';
import type { Services } from '../services.ts';
import { pickContainer } from './pickContainer.ts';

/** What was answered, and which resources of Azure stand behind it. */
export interface Answered {
  readonly values: Map<string, string>;
  /** By question; absent for what was typed. */
  readonly scopes: Map<string, AccessScope>;
}

type Needs = Pick<Services, 'azure' | 'commands' | 'identities' | 'log'>;

/** Asks one question of a preset: by choosing a resource where there is something to choose from, else by typing. */
export async function askQuestion(services: Needs, identity: ManagedIdentity, question: PresetQuestion, answered: Answered, place: StepPlace): Promise<Turn> {
  const { id, source, title } = question;
  const account = answered.scopes.get('account');
  if (source === undefined || (source === 'container' && account === undefined)) {
    return typeAnswer(question, answered, place);
  }
  const answer = source === 'container' && account !== undefined
    ? await pickContainer(services, account, { title, place })
    : await pickScope(services, identity, question, source as FieldSource, place);
  if (answer.kind !== 'picked') {
    return answer.kind;
  }
  if (answer.value === 'typed' || question.problem(answer.value.value) !== undefined) {
    return typeAnswer(question, answered, place, answer.value === 'typed' ? undefined : answer.value.value);
  }
  take(answered, id, answer.value.value, answer.value.scope);
  return 'next';
}

async function pickScope(
  services: Needs,
  identity: ManagedIdentity,
  { title, fill }: PresetQuestion,
  source: FieldSource,
  place: StepPlace,
): Promise<StepAnswer<{ readonly value: string; readonly scope: AccessScope } | 'typed'>> {
  const answer = await pickResource(services, identity, source, { title, place, back: true, canType: true });
  return answer.kind !== 'picked' || typeof answer.value === 'string'
    ? answer as StepAnswer<'typed'>
    : { kind: 'picked', value: { value: fill?.(answer.value) ?? '', scope: scopeOfResource(answer.value, identity) } };
}

async function typeAnswer({ id, title, description, example, proposed = '', problem }: PresetQuestion, answered: Answered, place: StepPlace, value?: string): Promise<Turn> {
  const answer = await askText({ ...place, title, prompt: description, placeholder: example, value: value ?? answered.values.get(id) ?? proposed, back: true, problem });
  if (answer.kind !== 'entered') {
    return answer.kind;
  }
  // What stands behind an answer is known only for the one that was chosen.
  take(answered, id, answer.text, answered.values.get(id) === answer.text ? answered.scopes.get(id) : undefined);
  return 'next';
}

function take({ values, scopes }: Answered, id: string, value: string, scope: AccessScope | undefined): void {
  if (id === 'account' && values.get(id) !== value) {
    // A container of another account is another container.
    scopes.delete('container');
  }
  values.set(id, value);
  if (scope === undefined) {
    scopes.delete(id);
  } else {
    scopes.set(id, scope);
  }
}
