import type { ConnectState, TargetChoice } from './connectState.ts';
import { only } from './connectStep.ts';
import type { Step } from './connectStep.ts';

/** Asks for a new plan of the connection, or drops it where there is nothing to plan. */
export function replan(state: ConnectState): Step {
  return state.connection.target === '' || state.identity.kind !== 'chosen'
    ? only({ ...state, connectionPlan: undefined, planning: false })
    : only({ ...state, planning: true }, { kind: 'planConnection' });
}

/** The place that the connection goes to; `undefined` for none, or while it is not known yet. */
export function chosenTarget({ targets, connection }: Pick<ConnectState, 'targets' | 'connection'>): TargetChoice | undefined {
  return targets.find(({ uri }) => uri === connection.target);
}

/** Places change under an open form: the choice stays as long as it is there, and is compared again. */
export function targetsFound(state: ConnectState, targets: ConnectState['targets']): Step {
  const next = { ...state, targets };
  if (state.phase !== 'review' || state.connection.declined) {
    return only(next);
  }
  if (chosenTarget(next) === undefined) {
    return setTarget(next, firstTarget(targets));
  }
  const step = replan(next);
  return { ...step, effects: [...step.effects, { kind: 'checkProvider' }] };
}

/** Chooses a place, or none with an empty `target`. */
export function setTarget(state: ConnectState, target: string): Step {
  const known = target === '' || state.targets.some(({ uri }) => uri === target);
  const step = replan({ ...state, provider: undefined, connection: { ...state.connection, target: known ? target : '', overwrite: false } });
  return step.state.connection.target === '' ? step : { ...step, effects: [...step.effects, { kind: 'checkProvider' }] };
}

/** Another deployment has other places that are shared with it; until they are found, none of the last one's may be written to. */
export function targetsOfDeployment(state: ConnectState, before: ConnectState['deployment']): Step {
  const { deployment } = state;
  const isOther = before.kind === 'chosen' && deployment.kind === 'chosen' && (before.value.sourceId !== deployment.value.sourceId || before.value.id !== deployment.value.id);
  if (!isOther) {
    return only(state, { kind: 'findTargets' });
  }
  const next = { ...state, targets: state.targets.filter(({ shared }) => shared === undefined) };
  const step = state.connection.target === '' || chosenTarget(next) !== undefined ? only(next) : setTarget(next, firstTarget(next.targets));
  return { ...step, effects: [...step.effects, { kind: 'findTargets' }] };
}

function firstTarget(targets: readonly TargetChoice[]): string {
  return targets.find(({ shared }) => shared === undefined)?.uri ?? '';
}
