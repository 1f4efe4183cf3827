import * as l10n from '@vscode/l10n';
import type { ConnectState } from '../connectState.ts';
import type { ConnectionView, NoticeView } from '../connectView.ts';
import { connectionIdProblem } from '../../connection/connectionId.ts';
import type { ConnectionField, ConnectionType } from '../../connection/connectionType.ts';
import { connectionTypes } from '../../connection/types/connectionTypes.ts';
import { connectionProblems } from '../../connection/writeConnection.ts';
import { scopeName, describeScope } from '../../identity/scopeName.ts';
import { chosenType, neededAccess } from '../connectConnection.ts';
import { chosenTarget } from '../connectTarget.ts';

/** The connection's fields and what the chosen file would look like; `undefined` until an identity is chosen. */
export function connectionView(state: ConnectState): ConnectionView | undefined {
  if (state.identity.kind !== 'chosen') {
    return undefined;
  }
  const { identity } = state.identity.value;
  const { connection, connectionPlan: plan } = state;
  const label = chosenTarget(state)?.label ?? '';
  const shown = plan?.kind === 'differs' && connection.overwrite ? plan.overwrite : plan;
  const type = chosenType(state);
  const idProblem = connectionIdProblem(connection.connectionId);
  return {
    connectionId: connection.connectionId,
    ...(idProblem === undefined ? {} : { connectionIdProblem: idProblem }),
    clientId: identity.clientId,
    tenantId: identity.homeTenantId,
    type: type?.id ?? '',
    types: connectionTypes().map(({ id, title }) => ({ id, label: title })),
    typeHint: type === undefined ? '' : l10n.t('{0}. Airflow calls it {1}.', type.purpose, type.id),
    connectionIdHint: type === undefined || type.defaultConnectionId === connection.connectionId
      ? ''
      : l10n.t('Operators look for {0} unless they are told another ID.', type.defaultConnectionId),
    fields: type === undefined ? [] : fieldViews(type, connection),
    targets: [...state.targets.map(({ uri, label: name }) => ({ uri, label: name })), { uri: '', label: l10n.t('Do not write a connection') }],
    target: connection.target,
    targetHint: targetHint(state),
    notices: connectionNotices(state, label),
    ...(plan?.kind === 'differs'
      ? {
          differs: {
            existing: plan.existing,
            wanted: plan.wanted,
            overwrite: connection.overwrite,
            label: l10n.t('Change the existing connection {0}', connection.connectionId),
          },
        }
      : {}),
    ...(shown?.kind === 'edit'
      ? {
          preview: {
            title: shown.lines === undefined ? l10n.t('As it will stand in {0}', label) : l10n.t('Preview of {0}, lines {1} to {2}', fileName(label), shown.lines.first, shown.lines.last),
            lines: shown.preview.map(({ kind, text }) => ({ kind, text })),
          },
        }
      : {}),
  };
}

/** Only fields that the user can fill; what is fixed is written without asking. */
function fieldViews(type: ConnectionType, { values, connectionId }: ConnectState['connection']): ConnectionView['fields'] {
  const none = '00000000-0000-0000-0000-000000000000';
  const problems = connectionProblems({ connectionId, type: type.id, clientId: none, tenantId: none, values });
  return type.fields.filter(({ fixed }) => fixed === undefined).map(({ id, title, description, example, need, source }) => ({
    id,
    label: need === 'optional' ? l10n.t('{0} (optional)', title) : title,
    value: values[id] ?? '',
    hint: (values[id] ?? '') === '' ? description : '',
    placeholder: l10n.t('For example {0}', example),
    // What is not there yet is not wrong yet; a notice and the footer say what is missing.
    ...(problems[id] === undefined || (values[id] ?? '') === '' ? {} : { problem: problems[id] }),
    ...(source === undefined ? {} : { choose: { label: l10n.t('Choose…'), accessibleName: l10n.t('Choose {0} from your Azure', title) } }),
  }));
}

function targetHint(state: ConnectState): string {
  const target = chosenTarget(state);
  if (target !== undefined) {
    return target.reach;
  }
  if (state.targets.some(({ shared }) => shared === undefined)) {
    return l10n.t('The identity will trust the deployment; add the connection yourself.');
  }
  const noProject = l10n.t('No project is open. Open a folder that astro dev init made, or one with Airflow\'s docker-compose.yaml, and the connection can be written there.');
  return state.targets.length === 0 ? noProject : l10n.t('{0} Or choose a place above.', noProject);
}

function connectionNotices(state: ConnectState, label: string): NoticeView[] {
  const notices: NoticeView[] = [];
  const { connectionPlan: plan, provider } = state;
  // What is wrong with an input stands at the input.
  if (plan?.kind === 'refused' && plan.code !== 'invalidInput') {
    const where = plan.line === undefined ? label : l10n.t('{0}, line {1}', label, plan.line);
    notices.push({
      status: 'conflict',
      text: l10n.t('{0}: {1} {2}', where, plan.message, plan.fix),
      actions: [chosenTarget(state)?.shared === undefined
        ? { label: l10n.t('Open file'), accessibleName: l10n.t('Open file {0}', label), event: { kind: 'openConnection' }, style: 'link' }
        : { label: l10n.t('Try again'), accessibleName: l10n.t('Ask {0} again', label), event: { kind: 'reload' }, style: 'link' }],
    });
  }
  const missing = missingFields(state);
  if (missing.length > 0) {
    notices.push({ status: 'create', text: l10n.t('Still needed, or nothing is written: {0}.', missing.join(', ')), actions: [] });
  }
  if (plan?.kind === 'unchanged') {
    notices.push({ status: 'keep', text: l10n.t('{0} already holds exactly this connection.', label), actions: [] });
  }
  if (plan?.kind === 'differs') {
    notices.push({
      status: 'replace',
      text: l10n.t('{0} already holds a connection {1} with other values. Tick to change it, or choose another connection ID.', label, state.connection.connectionId),
      actions: [],
    });
  }
  if (plan?.kind === 'unchanged' || plan?.kind === 'differs') {
    notices.push(...plan.notes.map((text): NoticeView => ({ status: 'replace', text, actions: [] })));
  }
  const needed = neededAccess(state);
  if (needed !== undefined) {
    notices.push({
      status: 'replace',
      text: l10n.t('Tasks need the role {0} on {1}.', needed.role.name, describeScope(scopeName(needed.scope.id, () => needed.scope.name))),
      actions: [{ label: l10n.t('Give this role too'), event: { kind: 'addConnectionAccess' }, style: 'link' }],
    });
  }
  if (provider !== undefined) {
    notices.push({
      status: 'replace',
      text: provider.message,
      actions: provider.canAdd
        ? [{ label: l10n.t('Edit requirements.txt'), event: { kind: 'addProvider' }, style: 'link' }]
        : [],
    });
  }
  return notices;
}

/** What a task of this type fails without and nobody filled in yet, by the names of the fields. */
function missingFields(state: ConnectState): readonly string[] {
  const { target, values } = state.connection;
  const fields = target === '' ? [] : chosenType(state)?.fields.filter(({ fixed }) => fixed === undefined) ?? [];
  const isEmpty = ({ id }: ConnectionField): boolean => (values[id] ?? '') === '';
  const choices = fields.filter(({ need }) => need === 'choice');
  return [
    ...(choices.length > 0 && choices.every(isEmpty) ? [choices.map(({ title }) => title).reduce((before, title) => l10n.t('{0} or {1}', before, title))] : []),
    ...fields.filter((field) => field.need === 'required' && isEmpty(field)).map(({ title }) => title),
  ];
}

function fileName(label: string): string {
  return label.slice(label.lastIndexOf('/') + 1);
}
