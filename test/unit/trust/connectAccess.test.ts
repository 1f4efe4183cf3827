import assert from 'node:assert/strict';
import * as v from 'valibot';
import { AirflowIdentityError } from '../../../src/errors.ts';
import type { AccessScope } from '../../../src/identity/accessScope.ts';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import { rightsFor } from '../../../src/identity/permissionCheck.ts';
import type { RowProgress } from '../../../src/trust/apply.ts';
import { applyAccess } from '../../../src/trust/applyAccess.ts';
import type { RoleStore } from '../../../src/trust/applyAccess.ts';
import type { AccessCheck, AccessRow } from '../../../src/trust/connectAccess.ts';
import { emptyConnect } from '../../../src/trust/connectReducer.ts';
import { ConnectSession } from '../../../src/trust/connectSession.ts';
import type { Effect } from '../../../src/trust/connectState.ts';
import { connectViewSchema } from '../../../src/trust/connectView.ts';
import type { AccessView, ConnectView } from '../../../src/trust/connectView.ts';
import { restoreConnect, saveConnect } from '../../../src/trust/savedConnect.ts';
import { connectViewOf } from '../../../src/trust/view/connectViewOf.ts';
import { refused, StillClock } from './identityModel.ts';
import { deployment, identity, standing } from './trustSamples.ts';

const { account, tenantId, subscriptionId } = identity;
const container: AccessScope = {
  account,
  tenantId,
  subscriptionId,
  id: `/subscriptions/${subscriptionId}/resourceGroups/rg-data-prod/providers/Microsoft.Storage/storageAccounts/stlake/blobServices/default/containers/raw`,
  kind: 'container',
  name: 'raw',
};
const reader = { roleId: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1', name: 'Storage Blob Data Reader' };
const contributor = { roleId: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe', name: 'Storage Blob Data Contributor' };
const free: AccessCheck = { kind: 'known', held: false, missing: undefined };

interface Flow {
  readonly session: ConnectSession;
  readonly effects: Effect[];
  readonly view: () => ConnectView;
  readonly access: () => AccessView;
  readonly headline: () => string;
}

/** A flow with deployment and identity chosen, whose credentials all stand already. */
function chosen(azCloud?: string): Flow {
  const effects: Effect[] = [];
  const session = new ConnectSession((effect) => { effects.push(effect); }, emptyConnect(publicAudience, azCloud));
  const view = (): ConnectView => v.parse(connectViewSchema, connectViewOf(session.state));
  const access = (): AccessView => {
    const shown = view().access;
    assert.ok(shown);
    return shown;
  };
  session.dispatch({ kind: 'deploymentChosen', deployment });
  read(session);
  return { session, effects, view, access, headline: () => view().footer.headline };
}

function read(session: ConnectSession, change: Partial<typeof identity> = {}): void {
  const credentials = ['scheduler', 'triggerer', 'worker', 'dag-processor', 'webserver', 'kpo'].map((workload) => standing(workload));
  session.dispatch({ kind: 'identityRead', chosen: { identity: { ...identity, ...change }, subscriptionName: 'Data Platform Production', tenantName: 'contoso.example', credentials } });
}

/** Plans a role and answers what is known about it. */
function plan({ session, effects }: Flow, role = reader, check: AccessCheck = free): AccessRow {
  session.dispatch({ kind: 'accessChosen', scope: container, role });
  const effect = effects.at(-1);
  assert.ok(effect?.kind === 'checkAccess');
  session.dispatch({ kind: 'accessChecked', rowId: effect.row.id, principalId: identity.principalId, check });
  return effect.row;
}

function model(outcomes: readonly ('created' | 'existed' | AirflowIdentityError)[]): RoleStore & { readonly given: string[] } {
  const left = [...outcomes];
  const given: string[] = [];
  return {
    given,
    holds: async () => false,
    assign: async ({ roleId }) => {
      given.push(roleId);
      const outcome = left.shift() ?? 'created';
      if (outcome instanceof AirflowIdentityError) {
        throw outcome;
      }
      return outcome;
    },
  };
}

/** Applies as the world does: credentials, of which none is left here, then roles. */
async function apply({ session, effects }: Flow, store: RoleStore): Promise<void> {
  session.dispatch({ kind: 'apply' });
  await give({ session, effects }, store);
}

async function give({ session, effects }: Pick<Flow, 'session' | 'effects'>, store: RoleStore): Promise<void> {
  const effect = effects.at(-1);
  assert.ok(effect?.kind === 'apply');
  await applyAccess(effect.access, identity.principalId, store, {
    clock: new StillClock(),
    stop: new AbortController().signal,
    report: (rowId, progress) => { session.dispatch({ kind: 'accessProgress', rowId, progress }); },
  });
  session.dispatch({ kind: 'applied', apply: undefined, connection: { kind: 'none' }, at: 0 });
}

describe('access in the flow', () => {
  it('is offered once there is an identity, and is optional', () => {
    const { view } = chosen();
    assert.equal(view().access?.rows.length, 0);
    assert.equal(view().access?.actions[0]?.event.kind, 'addAccess');
    const session = new ConnectSession(() => undefined, emptyConnect(publicAudience));
    assert.match(connectViewOf(session.state).access?.text ?? '', /^Optional/);
    assert.deepEqual(connectViewOf(session.state).access?.actions, [], 'before there is an identity');
  });

  it('shows a planned role with its scope, counts it, and can be taken out again', () => {
    const flow = chosen();
    const before = flow.headline();
    const { id } = plan(flow);
    assert.deepEqual(flow.access().rows.map(({ role, scope, statusText }) => [role, scope, statusText]), [['Storage Blob Data Reader', 'container raw in stlake', 'Give']]);
    assert.equal(flow.headline(), 'Gives 1 role.');
    flow.session.dispatch({ kind: 'removeAccess', rowId: id });
    assert.equal(flow.access().rows.length, 0);
    assert.equal(flow.headline(), before);
  });

  it('plans the same role on the same scope once', () => {
    const flow = chosen();
    plan(flow);
    flow.session.dispatch({ kind: 'accessChosen', scope: { ...container, id: container.id.toUpperCase() }, role: reader });
    assert.equal(flow.access().rows.length, 1);
  });

  it('says that a role is held already, and does not write it', () => {
    const flow = chosen();
    plan(flow, reader, { kind: 'known', held: true, missing: undefined });
    assert.equal(flow.access().rows[0]?.statusText, 'Already has it');
    assert.doesNotMatch(flow.headline(), /Gives/);
  });

  it('says under which condition alone a role is held', () => {
    const flow = chosen();
    plan(flow, reader, { kind: 'known', held: true, condition: '@Resource[name] StringEquals \'raw\'', missing: undefined });
    const [row] = flow.access().rows;
    assert.deepEqual([row?.statusText, row?.reasons], ['Already has it', ['It holds under a condition, which giving it again would not lift: @Resource[name] StringEquals \'raw\'']]);
    assert.doesNotMatch(flow.headline(), /Gives/);
  });

  it('names the right that is missing on the scope, with a text for whoever has it', () => {
    const flow = chosen();
    const { id } = plan(flow, reader, { kind: 'known', held: false, missing: rightsFor('assignRole') });
    const [row] = flow.access().rows;
    assert.equal(row?.statusText, 'Not allowed');
    assert.match(row.reasons.join(' '), /Microsoft\.Authorization\/roleAssignments\/write on container raw in stlake/);
    flow.session.dispatch({ kind: 'copyAccessRequest', rowId: id });
    const copied = flow.effects.at(-1);
    assert.ok(copied?.kind === 'copyText');
    assert.match(copied.text, /az role assignment create/);
    assert.match(copied.text, new RegExp(identity.principalId));
  });

  it('does not stand in the way when nothing could be found out', () => {
    const flow = chosen();
    plan(flow, reader, { kind: 'unknown' });
    assert.equal(flow.view().footer.actions[0]?.disabled, false);
  });

  it('is asked anew for another identity, and left out where it is of another tenant', () => {
    const flow = chosen();
    plan(flow);
    read(flow.session, { name: 'id-other', principalId: 'other' });
    assert.deepEqual(flow.effects.slice(-2).map(({ kind }) => kind), ['checkRights', 'checkAccess']);
    assert.equal(flow.access().rows[0]?.statusText, 'Checking');
    // An answer about the former identity says nothing about this one.
    flow.session.dispatch({ kind: 'accessChecked', rowId: flow.session.state.access[0]?.id ?? '', principalId: identity.principalId, check: free });
    assert.equal(flow.access().rows[0]?.statusText, 'Checking');
    read(flow.session, { tenantId: 'elsewhere' });
    assert.equal(flow.access().rows.length, 0);
  });

  it('is written after the credentials, and told role by role', async () => {
    const flow = chosen();
    plan(flow);
    plan(flow, contributor);
    const store = model(['created', 'existed']);
    await apply(flow, store);
    assert.deepEqual(store.given, [reader.roleId, contributor.roleId]);
    assert.deepEqual(flow.view().outcome?.lines.map(({ status, text }) => [status, text]), [
      ['done', 'Gave the role Storage Blob Data Reader on container raw in stlake'],
      ['keep', 'Found the role Storage Blob Data Contributor on container raw in stlake already there'],
    ]);
    assert.deepEqual(flow.access().rows.map(({ statusText }) => statusText), ['Given', 'Already has it']);
    assert.ok(!flow.view().outcome?.next.some((text) => text.startsWith('Give the identity a role')));
  });

  it('leaves the others as they are when one fails, and tries only that again', async () => {
    const flow = chosen();
    plan(flow);
    plan(flow, contributor);
    await apply(flow, model([refused('forbidden', 'AuthorizationFailed', 'You may not.'), 'created']));
    assert.equal(flow.view().title, 'Connected, except for Storage Blob Data Reader');
    assert.equal(flow.headline(), '1 role not given.');
    assert.deepEqual(flow.view().footer.actions.map(({ label }) => label).slice(0, 1), ['Retry 1 role']);
    flow.session.dispatch({ kind: 'retryFailed' });
    const again = model(['created']);
    await give(flow, again);
    assert.deepEqual(again.given, [reader.roleId]);
    assert.equal(flow.view().title, 'Connected');
  });

  it('comes back after a reload of the window', () => {
    const flow = chosen();
    plan(flow);
    const { state, effects } = restoreConnect(saveConnect(flow.session.state), publicAudience);
    assert.deepEqual(state.access.map(({ roleName, check }) => [roleName, check.kind]), [['Storage Blob Data Reader', 'checking']]);
    assert.ok(effects.some(({ kind }) => kind === 'readIdentity'));
  });

  it('is part of the az commands', () => {
    const flow = chosen();
    plan(flow);
    flow.session.dispatch({ kind: 'copyScript' });
    const copied = flow.effects.at(-1);
    assert.ok(copied?.kind === 'copyText');
    assert.match(copied.text, /az role assignment create/);
  });

  it('tells the az commands which cloud is meant, and what is sent to an admin as well', () => {
    const flow = chosen('AzureChinaCloud');
    const row = plan(flow, reader, { kind: 'known', held: false, missing: rightsFor('assignRole') });
    flow.session.dispatch({ kind: 'rightsChecked', identityId: identity.id, missing: rightsFor('writeCredential') });
    for (const event of [{ kind: 'copyScript' }, { kind: 'copyCredentialRequest' }, { kind: 'copyAccessRequest', rowId: row.id }] as const) {
      flow.session.dispatch(event);
      const copied = flow.effects.at(-1);
      assert.ok(copied?.kind === 'copyText' && copied.text.includes("az cloud set --name 'AzureChinaCloud'"), event.kind);
    }
  });
});

describe('a right to write credentials that is missing', () => {
  it('is shown before anything is written, with a text for whoever has it, and blocks nothing', () => {
    const flow = chosen();
    flow.session.dispatch({ kind: 'tick', rowId: flow.session.state.rows[0]?.id ?? '', ticked: true });
    flow.session.dispatch({ kind: 'rightsChecked', identityId: identity.id, missing: rightsFor('writeCredential') });
    const [notice] = flow.view().identity.notices;
    assert.match(notice?.text ?? '', /federatedIdentityCredentials\/write/);
    flow.session.dispatch({ kind: 'copyCredentialRequest' });
    assert.equal(flow.effects.at(-1)?.kind, 'copyText');
  });

  it('is not claimed of another identity than the one that was asked about', () => {
    const flow = chosen();
    flow.session.dispatch({ kind: 'rightsChecked', identityId: '/another', missing: rightsFor('writeCredential') });
    assert.deepEqual(flow.view().identity.notices, []);
  });
});

describe('giving roles', () => {
  it('stops before the next one, and says of each what became of it', async () => {
    const flow = chosen();
    plan(flow);
    plan(flow, contributor);
    const stop = new AbortController();
    const reports: [string, RowProgress['state']][] = [];
    await applyAccess(flow.session.state.access, identity.principalId, model([]), {
      clock: new StillClock(),
      stop: stop.signal,
      report: (rowId, { state }) => {
        reports.push([rowId.split('|')[1] ?? '', state]);
        stop.abort();
      },
    });
    assert.deepEqual(reports, [[reader.roleId, 'writing'], [reader.roleId, 'done'], [contributor.roleId, 'stopped']]);
  });

  it('looks after an answer was lost, and counts what stands there as given', async () => {
    const flow = chosen();
    plan(flow);
    let state: RowProgress | undefined;
    await applyAccess(flow.session.state.access, identity.principalId, { assign: async () => { throw refused('network', '', 'The connection broke.'); }, holds: async () => true }, {
      clock: new StillClock(),
      stop: new AbortController().signal,
      report: (_rowId, progress) => { state = progress; },
    });
    assert.deepEqual(state, { state: 'done', outcome: 'created' });
  });
});
