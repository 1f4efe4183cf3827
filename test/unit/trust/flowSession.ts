import assert from 'node:assert/strict';
import * as v from 'valibot';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import type { PlannedEdit } from '../../../src/project/textEdit.ts';
import { applyRows } from '../../../src/trust/apply.ts';
import { emptyConnect } from '../../../src/trust/connectReducer.ts';
import { ConnectSession } from '../../../src/trust/connectSession.ts';
import type { ConnectionOutcome, Effect } from '../../../src/trust/connectState.ts';
import { connectViewSchema } from '../../../src/trust/connectView.ts';
import type { ConnectView, RowView } from '../../../src/trust/connectView.ts';
import { connectViewOf } from '../../../src/trust/view/connectViewOf.ts';
import type { IdentityModel } from './identityModel.ts';
import { StillClock } from './identityModel.ts';
import { deployment, identity, issuer, strangers } from './trustSamples.ts';

/** A file of the workspace. */
export const project = { uri: 'file:///p/airflow_settings.yaml', label: 'etl-pipelines/airflow_settings.yaml', reach: 'Read by astro dev start.' };
/** What is planned for it. */
export const edit: PlannedEdit = {
  kind: 'edit',
  action: 'fill',
  edits: [{ offset: 0, length: 0, text: 'x' }],
  cursor: 0,
  preview: [{ kind: 'added', text: '    - conn_id: azure_wi' }],
  lines: { first: 9, last: 18 },
};

/** A session whose effects are only noted; the test answers them itself. */
export function open(): { readonly session: ConnectSession; readonly effects: Effect[]; readonly view: () => ConnectView; readonly row: (title: string) => RowView } {
  const effects: Effect[] = [];
  const session = new ConnectSession((effect) => { effects.push(effect); }, emptyConnect(publicAudience));
  // Whatever a state leads to must pass the page's own check.
  const view = (): ConnectView => v.parse(connectViewSchema, connectViewOf(session.state));
  const row = (title: string): RowView => {
    const found = view().credentials.rows.find((one) => one.title === title);
    assert.ok(found, `no row ${title}`);
    return found;
  };
  return { session, effects, view, row };
}

/** The same with deployment, identity and a planned connection. */
export function chosen(held = strangers(2)): ReturnType<typeof open> {
  const flow = open();
  flow.session.dispatch({ kind: 'targetsFound', targets: [project] });
  flow.session.dispatch({ kind: 'deploymentChosen', deployment });
  flow.session.dispatch({ kind: 'issuerChecked', issuer, check: { kind: 'same' } });
  flow.session.dispatch({ kind: 'identityRead', chosen: { identity, subscriptionName: 'Data Platform Production', tenantName: 'contoso.example', credentials: held } });
  flow.session.dispatch({ kind: 'connectionPlanned', plan: edit });
  return flow;
}

/** Runs the plan on a model of Azure; the connection ends as `connection` says. */
export async function apply({ session, effects }: ReturnType<typeof open>, model: IdentityModel, connection: ConnectionOutcome = { kind: 'written', line: 10, updated: false }): Promise<void> {
  session.dispatch({ kind: 'apply' });
  const effect = effects.at(-1);
  assert.ok(effect?.kind === 'apply');
  const outcome = await applyRows(effect.rows, model, {
    clock: new StillClock(),
    stop: new AbortController().signal,
    report: (rowId, progress) => { session.dispatch({ kind: 'rowProgress', rowId, progress }); },
  });
  session.dispatch({ kind: 'applied', apply: outcome, connection, at: 0 });
}
