import * as vscode from 'vscode';
import { connectionIdProblem } from '../../connection/connectionId.ts';
import type { EditPlan } from '../../project/textEdit.ts';
import { settled } from '../../trust/connectSession.ts';
import type { ConnectSession } from '../../trust/connectSession.ts';
import { connectViewOf } from '../../trust/view/connectViewOf.ts';
import { askText } from '../inputStep.ts';
import type { Services } from '../services.ts';
import { askTypeAndFields } from './askFields.ts';
import { pickStep } from './stepPick.ts';
import type { StepPlace, Turn } from './stepPick.ts';

/** Where the connection goes and what it is called; both versions are shown where the id is taken. */
export async function askConnection(services: Services, session: ConnectSession, place: StepPlace): Promise<Turn> {
  const targets = connectViewOf(session.state).connection.form?.targets ?? [];
  const answer = await pickStep<string>({
    title: vscode.l10n.t('Connect deployment to Azure: connection'),
    placeholder: vscode.l10n.t('Where should the Airflow connection be written?'),
    place,
    back: true,
    load: async (show) => {
      const { projects } = session.state;
      show(targets.map(({ uri, label }) => ({
        label,
        detail: projects.find((project) => project.uri === uri)?.reach ?? '',
        value: uri,
        iconPath: new vscode.ThemeIcon(uri === '' ? 'circle-slash' : 'file'),
      })));
    },
  });
  if (answer.kind !== 'picked') {
    return answer.kind;
  }
  session.dispatch({ kind: 'setTarget', uri: answer.value });
  return answer.value === '' ? 'next' : askWhat(services, session, place);
}

/** Its type, the fields of the type, and what it is called. */
async function askWhat(services: Services, session: ConnectSession, place: StepPlace): Promise<Turn> {
  for (;;) {
    const fields = await askTypeAndFields(services, session, place);
    if (fields !== 'next') {
      return fields === 'back' ? askConnection(services, session, place) : fields;
    }
    const named = await askConnectionId(session, place);
    if (named !== 'back') {
      return named;
    }
  }
}

async function askConnectionId(session: ConnectSession, place: StepPlace): Promise<Turn> {
  const answer = await askText({
    ...place,
    title: vscode.l10n.t('Connection ID'),
    prompt: vscode.l10n.t('Airflow finds the connection by this name.'),
    value: session.state.connection.connectionId,
    back: true,
    problem: connectionIdProblem,
  });
  if (answer.kind !== 'entered') {
    return answer.kind;
  }
  session.dispatch({ kind: 'setConnectionId', value: answer.text });
  const { connectionPlan: plan } = await settled(session, (state) => !state.planning);
  switch (plan?.kind) {
    case 'differs':
      return askOverwrite(session, place, plan);
    case 'refused':
      return askWithout(session, place, `${plan.message} ${plan.fix}`);
    default:
      return 'next';
  }
}

async function askOverwrite(session: ConnectSession, place: StepPlace, plan: Extract<EditPlan, { kind: 'differs' }>): Promise<Turn> {
  const { connectionId } = session.state.connection;
  const answer = await pickStep<'overwrite' | 'rename' | 'leave'>({
    title: vscode.l10n.t('Connection {0} holds other values', connectionId),
    placeholder: vscode.l10n.t('Nothing is written before you choose.'),
    place,
    back: true,
    load: async (show) => {
      show([
        { label: vscode.l10n.t('Choose another connection ID'), value: 'rename' },
        { label: vscode.l10n.t('Change the existing connection {0}', connectionId), detail: [changedLines(plan, 'added'), ...plan.notes].join(' '), value: 'overwrite' },
        { label: vscode.l10n.t('Leave it as it is'), detail: changedLines(plan, 'removed'), value: 'leave' },
      ]);
    },
  });
  if (answer.kind !== 'picked') {
    return answer.kind;
  }
  if (answer.value === 'rename') {
    return askConnectionId(session, place);
  }
  session.dispatch({ kind: 'setOverwrite', overwrite: answer.value === 'overwrite' });
  return 'next';
}

async function askWithout(session: ConnectSession, place: StepPlace, why: string): Promise<Turn> {
  const answer = await pickStep<'without' | 'open'>({
    title: vscode.l10n.t('The connection cannot be written'),
    placeholder: why,
    place,
    back: true,
    load: async (show) => {
      show([
        { label: vscode.l10n.t('Go on without a connection'), detail: why, value: 'without' },
        { label: vscode.l10n.t('Open file'), value: 'open' },
      ]);
    },
  });
  if (answer.kind !== 'picked') {
    return answer.kind;
  }
  if (answer.value === 'open') {
    session.dispatch({ kind: 'openConnection' });
    return 'cancelled';
  }
  session.dispatch({ kind: 'setTarget', uri: '' });
  return 'next';
}

/** What differs between the two versions, on one line; VS Code cuts it, and what both have would fill it. */
function changedLines({ overwrite }: Extract<EditPlan, { kind: 'differs' }>, side: 'added' | 'removed'): string {
  return overwrite.preview.filter(({ kind }) => kind === side).map(({ text }) => text.trim()).join(' ');
}
