import type { ConnectState } from './connectState.ts';
import { only } from './connectStep.ts';
import type { Step } from './connectStep.ts';

/** Asks for a new plan of the connection, or drops it where there is nothing to plan. */
export function replan(state: ConnectState): Step {
  return state.connection.target === '' || state.identity.kind !== 'chosen'
    ? only({ ...state, connectionPlan: undefined, planning: false })
    : only({ ...state, planning: true }, { kind: 'planConnection' });
}

/** Files change under an open form: the choice stays as long as its project does, and is compared again. */
export function projectsFound(state: ConnectState, projects: ConnectState['projects']): Step {
  const next = { ...state, projects };
  const { target } = state.connection;
  if (state.phase !== 'review' || state.connection.declined) {
    return only(next);
  }
  if (!projects.some((project) => project.uri === target)) {
    return setTarget(next, projects[0]?.uri ?? '');
  }
  const step = replan(next);
  return { ...step, effects: [...step.effects, { kind: 'checkProvider' }] };
}

/** Chooses a project's file, or none with an empty `target`. */
export function setTarget(state: ConnectState, target: string): Step {
  const known = target === '' || state.projects.some((project) => project.uri === target);
  const step = replan({ ...state, provider: undefined, connection: { ...state.connection, target: known ? target : '', overwrite: false } });
  return step.state.connection.target === '' ? step : { ...step, effects: [...step.effects, { kind: 'checkProvider' }] };
}
