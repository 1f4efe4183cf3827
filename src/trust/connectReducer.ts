import type { Deployment } from '../deployment/deployment.ts';
import type { ConnectEvent, ConnectState, Effect, WorldEvent } from './connectState.ts';
import type { UserEvent } from './connectEvents.ts';
import type { RowProgress } from './apply.ts';
import { azScript } from './azScript.ts';
import { accessForIdentity, accessToWrite, rightsEffects, withAccess, withAccessCheck } from './connectAccess.ts';
import { askForResource, emptyConnection, neededAccess, resourceChosen, setField, setType, withIdentitySubscription } from './connectConnection.ts';
import { chosenRefs, planOf } from './connectPlan.ts';
import { accessChange, accessHelp, credentialHelp } from './connectRequests.ts';
import { editRow, renamedServiceAccount, rowsOf, withHeldRecovery, withRecovery, withServiceAccount } from './connectRows.ts';
import { afterwards, applied, startApplying } from './connectRun.ts';
import { only } from './connectStep.ts';
import type { Step } from './connectStep.ts';
import { targetsFound, replan, setTarget, targetsOfDeployment } from './connectTarget.ts';
import { rowsToWrite } from './plan.ts';

/** The flow before anything is chosen. `audience` is what credentials are written with, `azCloud` as `azCloudName` gives it. */
export function emptyConnect(audience: string, azCloud?: string): ConnectState {
  return {
    phase: 'review',
    deployment: { kind: 'none' },
    issuerCheck: { kind: 'none' },
    identity: { kind: 'none' },
    audience,
    azCloud,
    knownIssuers: undefined,
    rows: [],
    editSubjects: false,
    access: [],
    missingRights: undefined,
    targets: [],
    connection: emptyConnection,
    connectionPlan: undefined,
    planning: false,
    provider: undefined,
    isAddingProvider: false,
    applyError: undefined,
    run: undefined,
    outcome: undefined,
  };
}

/**
 * Moves the flow on. Pure: every wish to the outside is an `Effect`, every answer comes back as an event, so the form and
 * the keyboard flow behave alike and each step can be tested as data.
 */
export function reduceConnect(state: ConnectState, event: ConnectEvent): Step {
  return askWhatLooksUnused(isUserEvent(event) ? reduceUser(state, event) : reduceWorld(state, event));
}

/** Deployments are listed for it only when the plan does not fit, and once. */
function askWhatLooksUnused(step: Step): Step {
  return step.state.knownIssuers !== undefined || planOf(step.state)?.fits !== false
    ? step
    : { state: { ...step.state, knownIssuers: 'asked' }, effects: [...step.effects, { kind: 'listIssuers' }] };
}

const worldKinds: Readonly<Record<WorldEvent['kind'], true>> = {
  deploymentChosen: true,
  deploymentFailed: true,
  issuerChecked: true,
  identityLoading: true,
  identityRead: true,
  identityFailed: true,
  serviceAccountNamed: true,
  issuersKnown: true,
  rightsChecked: true,
  accessChosen: true,
  accessChecked: true,
  accessProgress: true,
  resourceChosen: true,
  targetsChanged: true,
  targetsFound: true,
  connectionPlanned: true,
  providerChecked: true,
  providerAdded: true,
  rowProgress: true,
  applyFailed: true,
  applyCancelled: true,
  applied: true,
};

function isUserEvent(event: ConnectEvent): event is UserEvent {
  return !(event.kind in worldKinds);
}

function reduceUser(state: ConnectState, event: UserEvent): Step {
  switch (event.kind) {
    case 'stop':
      return state.run === undefined || state.phase !== 'applying'
        ? only(state)
        : only({ ...state, run: { ...state.run, stopping: true } }, { kind: 'stop' });
    case 'copy':
      return only(state, ...copyEffects(state, event.what));
    case 'copyScript':
      return only(state, ...scriptEffects(state));
    case 'copyError': {
      const progress = state.run?.progress.get(event.rowId) ?? state.run?.access.get(event.rowId);
      const error = progress?.state === 'failed' ? progress.error : state.applyError;
      return error === undefined ? only(state) : only(state, { kind: 'copyError', error });
    }
    case 'copyCredentialRequest':
      return only(state, ...copyText(credentialHelp(state)?.text));
    case 'copyAccessRequest': {
      const row = state.access.find(({ id }) => id === event.rowId);
      return only(state, ...copyText(row === undefined ? undefined : accessHelp(state, row)?.text));
    }
    case 'openConnection':
    case 'showLog':
      return only(state, { kind: event.kind });
    case 'showIdentity':
      return state.identity.kind === 'chosen' ? only(state, { kind: 'showIdentity', identity: state.identity.value.identity }) : only(state);
    case 'signInAgain':
      return only(state, { kind: 'signInAgain' });
    case 'retryFailed':
    case 'review':
      return state.phase === 'done' ? afterwards(state, event.kind) : only(state);
    default:
      // While something is being written, the plan it is written from must not move.
      return state.phase === 'review' ? reduceEdit(state, event) : only(state);
  }
}

type EditEvent = Exclude<
  UserEvent,
  { kind: 'stop' | 'copy' | 'copyScript' | 'copyError' | 'copyCredentialRequest' | 'copyAccessRequest' | 'openConnection' | 'showLog' | 'showIdentity' | 'signInAgain' | 'retryFailed' | 'review' }
>;

function reduceEdit(state: ConnectState, event: EditEvent): Step {
  switch (event.kind) {
    case 'chooseDeployment':
    case 'enterDeployment':
    case 'chooseIdentity':
      return only(state, { kind: event.kind });
    case 'addProvider':
      return state.isAddingProvider ? only(state) : only({ ...state, isAddingProvider: true }, { kind: event.kind });
    case 'addServiceAccount':
      return only(state, { kind: 'nameServiceAccount' });
    case 'reload':
      return only({ ...state, applyError: undefined }, ...reloadEffects(state));
    case 'trustRecovery':
      return only(withRecovery(state, event.on));
    case 'tick':
      return only(editRow(state, event.rowId, () => ({ ticked: event.ticked })));
    case 'rename':
      return only(editRow(state, event.rowId, () => ({ credentialName: event.name.trim() })));
    case 'replaceInstead':
      return only(editRow(state, event.rowId, () => ({ credentialName: event.name, ticked: false })));
    case 'setServiceAccount':
      return only(editRow(state, event.rowId, (row) => renamedServiceAccount(state, row, event.serviceAccount.trim())));
    case 'editSubjects':
      return only({ ...state, editSubjects: event.on });
    case 'removeRow':
      return only({ ...state, rows: state.rows.filter((row) => row.id !== event.rowId || !row.added) });
    case 'addAccess':
      return state.identity.kind === 'chosen' ? only(state, { kind: 'chooseAccess', identity: state.identity.value.identity }) : only(state);
    case 'removeAccess':
      return only({ ...state, access: state.access.filter(({ id }) => id !== event.rowId) });
    case 'setConnectionId':
      return replan({ ...state, connection: { ...state.connection, connectionId: event.value.trim(), overwrite: false } });
    case 'setConnectionType':
      return setType(state, event.value);
    case 'setConnectionField':
      return setField(state, event.field, event.value);
    case 'chooseResource':
      return askForResource(state, event.field);
    case 'addConnectionAccess': {
      const needed = neededAccess(state);
      return needed === undefined ? only(state) : accessChosen(state, { kind: 'accessChosen', ...needed });
    }
    case 'setTarget':
      return setTarget({ ...state, connection: { ...state.connection, declined: event.uri === '' } }, event.uri);
    case 'setOverwrite':
      return only({ ...state, connection: { ...state.connection, overwrite: event.overwrite } });
    case 'apply':
      return startApplying(state);
  }
}

function reduceWorld(state: ConnectState, event: WorldEvent): Step {
  switch (event.kind) {
    case 'deploymentFailed':
      return only({ ...state, deployment: { kind: 'failed', ref: event.deployment, error: event.error } });
    case 'deploymentChosen':
      return deploymentChosen(state, event.deployment);
    case 'issuerChecked':
      return state.deployment.kind === 'chosen' && state.deployment.value.issuer === event.issuer
        ? only({ ...state, issuerCheck: event.check })
        : only(state);
    case 'identityLoading': {
      // The identity that is read next brings its own subscription; what the user typed stays.
      return only({ ...state, identity: { kind: 'loading', ref: event.ref }, connection: withIdentitySubscription(state, '') });
    }
    case 'identityFailed':
      return only({ ...state, identity: { kind: 'failed', ref: event.ref, error: event.error } });
    case 'identityRead': {
      const { identity } = event.chosen;
      const connection = withIdentitySubscription(state, identity.subscriptionId);
      const read = accessForIdentity({ ...state, identity: { kind: 'chosen', value: event.chosen }, missingRights: undefined, connection });
      // Read again, it is the user's choice that counts.
      const step = replan(state.identity.kind === 'chosen' ? read : withHeldRecovery(read));
      return { ...step, effects: [...step.effects, ...rightsEffects(step.state)] };
    }
    case 'serviceAccountNamed':
      return only(withServiceAccount(state, event.serviceAccount));
    case 'issuersKnown':
      return only({ ...state, knownIssuers: new Set(event.issuers) });
    case 'rightsChecked':
      return state.identity.kind === 'chosen' && state.identity.value.identity.id === event.identityId ? only({ ...state, missingRights: event.missing }) : only(state);
    case 'accessChosen':
      return accessChosen(state, event);
    case 'accessChecked':
      return state.identity.kind === 'chosen' && state.identity.value.identity.principalId === event.principalId
        ? only(withAccessCheck(state, event.rowId, event.check))
        : only(state);
    case 'resourceChosen':
      return resourceChosen(state, event.source, event.resource);
    case 'targetsChanged':
      return only(state, { kind: 'findTargets' });
    case 'targetsFound':
      return targetsFound(state, event.targets);
    case 'connectionPlanned':
      return only({ ...state, connectionPlan: event.plan, planning: false });
    case 'providerChecked':
      return only({ ...state, provider: event.notice });
    case 'providerAdded':
      return only({ ...state, isAddingProvider: false });
    case 'rowProgress':
      return state.run === undefined
        ? only(state)
        : only({ ...state, run: { ...state.run, progress: new Map(state.run.progress).set(event.rowId, event.progress) } });
    case 'accessProgress':
      return state.run === undefined
        ? only(state)
        : only({ ...state, run: { ...state.run, access: new Map(state.run.access).set(event.rowId, event.progress) } });
    case 'applyFailed':
      return only({ ...state, phase: 'review', run: undefined, applyError: event.error });
    case 'applyCancelled':
      return only({ ...state, phase: 'review', run: undefined });
    case 'applied':
      return applied(state, event);
  }
}

/** What is already planned is not planned twice; while something is written, the plan must not move. */
function accessChosen(state: ConnectState, { scope, role }: Extract<WorldEvent, { kind: 'accessChosen' }>): Step {
  if (state.identity.kind !== 'chosen' || state.phase !== 'review') {
    return only(state);
  }
  const next = withAccess(state, scope, role);
  const row = next.access.at(-1);
  return next === state || row === undefined ? only(state) : only(next, { kind: 'checkAccess', row, identity: state.identity.value.identity });
}

function deploymentChosen(state: ConnectState, deployment: Deployment): Step {
  const same = state.deployment.kind === 'chosen' && state.deployment.value.id === deployment.id && state.deployment.value.namespace === deployment.namespace;
  const rows = same ? state.rows.filter(({ recovery }) => !recovery || deployment.drIssuer !== undefined) : rowsOf(deployment);
  const chosen: ConnectState = { ...state, deployment: { kind: 'chosen', value: deployment }, rows, applyError: undefined };
  const { state: next, effects } = targetsOfDeployment(same ? chosen : withHeldRecovery(chosen), state.deployment);
  return deployment.issuer === undefined
    ? only({ ...next, issuerCheck: { kind: 'none' } }, ...effects)
    : only({ ...next, issuerCheck: { kind: 'checking' } }, ...effects, { kind: 'checkIssuer', issuer: deployment.issuer });
}

function reloadEffects(state: ConnectState): readonly Effect[] {
  const { deployment, identity } = chosenRefs(state);
  return [
    ...(deployment === undefined ? [] : [{ kind: 'readDeployment', deployment } as const]),
    ...(identity === undefined ? [] : [{ kind: 'readIdentity', ref: identity } as const]),
  ];
}

function copyEffects({ deployment, identity }: ConnectState, what: 'issuer' | 'clientId' | 'deploymentFix'): readonly Effect[] {
  if (what === 'clientId') {
    return copyText(identity.kind === 'chosen' ? identity.value.identity.clientId : undefined);
  }
  const chosen = deployment.kind === 'chosen' ? deployment.value : undefined;
  return copyText(what === 'issuer' ? chosen?.issuer : chosen?.obstacle?.command);
}

function copyText(text: string | undefined): readonly Effect[] {
  return text === undefined ? [] : [{ kind: 'copyText', text }];
}

/** What is still to be written: after a run, whatever it did not write. */
function scriptEffects(state: ConnectState): readonly Effect[] {
  const plan = planOf(state);
  if (plan === undefined || state.identity.kind !== 'chosen') {
    return [];
  }
  const { identity } = state.identity.value;
  const isLeft = (progress: RowProgress | undefined): boolean => progress?.state !== 'done';
  const rows = rowsToWrite(plan).filter(({ rowId }) => isLeft(state.run?.progress.get(rowId)));
  const roles = accessToWrite(state).filter(({ id }) => isLeft(state.run?.access.get(id))).map((row) => accessChange(row, identity.principalId));
  return [{ kind: 'copyText', text: azScript(identity, rows, { roles, azCloud: state.azCloud }) }];
}
