import * as vscode from 'vscode';
import { connectionIdProblem } from '../../connection/connectionId.ts';
import { isCancel } from '../../errors.ts';
import type { EditPlan } from '../../project/textEdit.ts';
import { settled } from '../../trust/connectSession.ts';
import type { ConnectSession } from '../../trust/connectSession.ts';
import type { ConnectState, TargetChoice } from '../../trust/connectState.ts';
import { chosenTarget } from '../../trust/connectTarget.ts';
import { connectViewOf } from '../../trust/view/connectViewOf.ts';
import { askText } from '../inputStep.ts';
import { failureItem } from '../rights/failureItem.ts';
import type { Services } from '../services.ts';
import { askTypeAndFields } from './askFields.ts';
import { pickStep } from './stepPick.ts';
import type { StepItem, StepPlace, Turn } from './stepPick.ts';

/** What the connection is asked for. */
export interface ConnectionQuestion {
  readonly title: string;
  readonly place: StepPlace;
  /** Whether there is a step before it. */
  readonly back: boolean;
  /** Offers to go on without a connection. */
  readonly mayLeaveOut: boolean;
  /** Finds further places while the question is open. Without it, the session's are all. */
  readonly find?: (signal: AbortSignal) => AsyncIterable<readonly TargetChoice[]>;
}

/** Where the connection goes and what it is called; both versions are shown where the id is taken. */
export async function askConnection(services: Services, session: ConnectSession, question: ConnectionQuestion): Promise<Turn> {
  const answer = await pickStep<string>({
    title: question.title,
    placeholder: vscode.l10n.t('Where should the Airflow connection be written?'),
    place: question.place,
    back: question.back,
    load: async (show, signal) => {
      let last: readonly StepItem<string>[] = [];
      let isFinding = question.find !== undefined;
      const draw = (): void => { show([...targetItems(session.state, question, isFinding), ...last]); };
      draw();
      signal.addEventListener('abort', onTargets(session, draw), { once: true });
      try {
        for await (const targets of question.find?.(signal) ?? []) {
          session.dispatch({ kind: 'targetsFound', targets });
        }
      } catch (error) {
        if (isCancel(error)) {
          throw error;
        }
        last = [failureItem(services, 'connection: places', error)];
      }
      isFinding = false;
      draw();
    },
  });
  if (answer.kind !== 'picked') {
    return answer.kind;
  }
  session.dispatch({ kind: 'setTarget', uri: answer.value });
  return answer.value === '' ? 'next' : askWhat(services, session, question);
}

/** That there is no place is only said once all were looked for. */
function targetItems(state: ConnectState, { mayLeaveOut }: ConnectionQuestion, isFinding: boolean): readonly StepItem<string>[] {
  const { targets } = state;
  const { form } = connectViewOf(state).connection;
  return [
    ...targets.map(({ uri, label, reach, shared }) => ({ label, detail: reach, value: uri, iconPath: new vscode.ThemeIcon(shared === undefined ? 'file' : 'cloud') })),
    ...(isFinding || targets.length > 0 || form === undefined ? [] : [{ label: `$(info) ${form.targetHint}`, alwaysShow: true }]),
    ...(mayLeaveOut ? [{ label: vscode.l10n.t('Do not write a connection'), value: '', iconPath: new vscode.ThemeIcon('circle-slash') }] : []),
  ];
}

/** Calls `draw` whenever other places were found; the result unsubscribes. */
function onTargets(session: ConnectSession, draw: () => void): () => void {
  let drawn = session.state.targets;
  return session.onDidChange(({ targets }) => {
    if (targets !== drawn) {
      drawn = targets;
      draw();
    }
  });
}

/** Its type, the fields of the type, and what it is called. */
async function askWhat(services: Services, session: ConnectSession, question: ConnectionQuestion): Promise<Turn> {
  for (;;) {
    const fields = await askTypeAndFields(services, session, question.place);
    if (fields !== 'next') {
      return fields === 'back' ? askConnection(services, session, question) : fields;
    }
    const named = await askConnectionId(session, question);
    if (named !== 'back') {
      return named;
    }
  }
}

async function askConnectionId(session: ConnectSession, question: ConnectionQuestion): Promise<Turn> {
  const { place } = question;
  const hint = connectViewOf(session.state).connection.form?.connectionIdHint ?? '';
  const answer = await askText({
    ...place,
    title: vscode.l10n.t('Connection ID'),
    prompt: [vscode.l10n.t('Airflow finds the connection by this name.'), hint].filter((text) => text !== '').join(' '),
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
      return askOverwrite(session, question, plan);
    case 'refused':
      return askWithout(session, question, `${plan.message} ${plan.fix}`);
    default:
      return 'next';
  }
}

async function askOverwrite(session: ConnectSession, question: ConnectionQuestion, plan: Extract<EditPlan, { kind: 'differs' }>): Promise<Turn> {
  const { connectionId } = session.state.connection;
  const answer = await pickStep<'overwrite' | 'rename' | 'leave'>({
    title: vscode.l10n.t('Connection {0} holds other values', connectionId),
    placeholder: vscode.l10n.t('Nothing is written before you choose.'),
    place: question.place,
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
    return askConnectionId(session, question);
  }
  session.dispatch({ kind: 'setOverwrite', overwrite: answer.value === 'overwrite' });
  return 'next';
}

async function askWithout(session: ConnectSession, question: ConnectionQuestion, why: string): Promise<Turn> {
  const answer = await pickStep<'without' | 'open'>({
    title: vscode.l10n.t('The connection cannot be written'),
    placeholder: why,
    place: question.place,
    back: true,
    load: async (show) => {
      show([
        ...(question.mayLeaveOut ? [{ label: vscode.l10n.t('Go on without a connection'), detail: why, value: 'without' as const }] : []),
        // Where others write too there is nothing to be opened and mended.
        ...(chosenTarget(session.state)?.shared === undefined ? [{ label: vscode.l10n.t('Open file'), value: 'open' as const }] : []),
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
