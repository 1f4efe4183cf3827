import * as vscode from 'vscode';
import type { ConnectionField } from '../../connection/connectionType.ts';
import { connectionTypes } from '../../connection/types/connectionTypes.ts';
import { secretOnlyTypes } from '../../connection/types/secretOnlyTypes.ts';
import { chosenType } from '../../trust/connectConnection.ts';
import type { ConnectSession } from '../../trust/connectSession.ts';
import { askText } from '../inputStep.ts';
import type { Services } from '../services.ts';
import { pickResource } from './pickResource.ts';
import { pickStep } from './stepPick.ts';
import type { StepPlace, Turn } from './stepPick.ts';

type Needs = Pick<Services, 'azure' | 'commands' | 'identities' | 'log'>;

/** Asks for the type of the connection, then for what a task of this type fails without. */
export async function askTypeAndFields(services: Needs, session: ConnectSession, place: StepPlace): Promise<Turn> {
  for (;;) {
    const type = await askType(session, place);
    if (type !== 'next') {
      return type;
    }
    const fields = await askFields(services, session, place);
    if (fields !== 'back') {
      return fields;
    }
  }
}

async function askType(session: ConnectSession, place: StepPlace): Promise<Turn> {
  const answer = await pickStep<string>({
    title: vscode.l10n.t('Type of connection'),
    placeholder: vscode.l10n.t('What do your tasks use?'),
    place,
    back: true,
    active: ({ value }) => value === session.state.connection.type,
    load: async (show) => {
      show([
        ...connectionTypes().map(({ id, title, purpose }) => ({ label: title, description: id, detail: purpose, value: id })),
        { label: vscode.l10n.t('Cannot sign in with an identity'), kind: vscode.QuickPickItemKind.Separator },
        ...secretOnlyTypes().map(({ id, title, why }) => ({ label: `$(circle-slash) ${title}`, description: id, detail: why })),
      ]);
    },
  });
  if (answer.kind !== 'picked') {
    return answer.kind;
  }
  session.dispatch({ kind: 'setConnectionType', value: answer.value });
  return 'next';
}

async function askFields(services: Needs, session: ConnectSession, place: StepPlace): Promise<Turn> {
  const fields = (chosenType(session.state)?.fields ?? []).filter(isAsked);
  for (const field of fields) {
    if (isAnswered(session, field)) {
      continue;
    }
    const turn = await askField(services, session, place, field);
    if (turn !== 'next') {
      return turn;
    }
  }
  return 'next';
}

/** What a task fails without; and a resource that is the point of the type, such as a factory, though tasks may name it themselves. */
function isAsked({ fixed, need, source }: ConnectionField): boolean {
  return fixed === undefined && (need !== 'optional' || (source !== undefined && source !== 'subscription' && source !== 'resourceGroup'));
}

/** What a resource filled is not asked for again; of the fields that are a choice, one is enough. */
function isAnswered(session: ConnectSession, { id, need }: ConnectionField): boolean {
  const { values } = session.state.connection;
  const isFilled = (key: string): boolean => (values[key] ?? '') !== '';
  return isFilled(id) || (need === 'choice' && (chosenType(session.state)?.fields ?? []).some((other) => other.need === 'choice' && isFilled(other.id)));
}

async function askField(services: Needs, session: ConnectSession, place: StepPlace, field: ConnectionField): Promise<Turn> {
  const { identity } = session.state;
  if (field.source !== undefined && identity.kind === 'chosen') {
    const answer = await pickResource(services, identity.value.identity, field.source, {
      title: field.title, place, back: true, canType: true, canLeaveOut: field.need === 'optional',
    });
    if (answer.kind !== 'picked') {
      return answer.kind;
    }
    if (answer.value === 'leftOut') {
      session.dispatch({ kind: 'setConnectionField', field: field.id, value: '' });
      return 'next';
    }
    if (answer.value !== 'typed') {
      session.dispatch({ kind: 'resourceChosen', source: field.source, resource: answer.value });
      return isAnswered(session, field) ? 'next' : typeField(session, place, field);
    }
  }
  return typeField(session, place, field);
}

async function typeField(session: ConnectSession, place: StepPlace, field: ConnectionField): Promise<Turn> {
  const answer = await askText({
    ...place,
    title: field.title,
    prompt: field.description,
    placeholder: field.example,
    value: session.state.connection.values[field.id] ?? '',
    back: true,
    problem: (text) => problemOf(field, text, session),
  });
  if (answer.kind !== 'entered') {
    return answer.kind;
  }
  session.dispatch({ kind: 'setConnectionField', field: field.id, value: answer.text });
  return 'next';
}

/** An empty choice is left to the field that follows, unless it is the last one. */
function problemOf(field: ConnectionField, text: string, session: ConnectSession): string | undefined {
  if (text !== '' || field.need === 'optional') {
    return text === '' ? undefined : field.problem?.(text);
  }
  const choices = (chosenType(session.state)?.fields ?? []).filter(({ need }) => need === 'choice');
  return field.need === 'choice' && field.id !== choices.at(-1)?.id
    ? undefined
    : field.description;
}
