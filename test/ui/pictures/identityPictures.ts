import { sample } from '../../cloud/sampleWorld.ts';
import type { Workbench } from '../harness/workbench.ts';
import type { Camera } from './camera.ts';

const { identities, groups, resources } = sample;

/** Rows of identities that belong to a resource, of roles, and of a credential that nothing uses. */
export async function pictureRows(workbench: Workbench, camera: Camera): Promise<void> {
  const tree = workbench.tree('Identities');
  const factory = new RegExp(resources.factory.name);
  await tree.expand(/Contoso/);
  await tree.expand(/Data Platform Production/);
  await tree.collapse(/^Resource group rg-airflow-identity/);
  await tree.collapse(/^Resource group rg-analytics/);
  await tree.expand(/System-assigned identities/);
  await tree.expand(/rg-data-prod/);
  await tree.expand(factory);
  await tree.expand(/Roles/);
  await camera.look('rows-system-assigned');
  await tree.row(factory).first().click({ button: 'right' });
  await camera.look('rows-menu');
  await workbench.page.keyboard.press('Escape');
}

/** The filter and what it leaves. */
export async function pictureFilter(workbench: Workbench, camera: Camera): Promise<void> {
  const { quickInput } = workbench;
  const tree = workbench.tree('Identities');
  await tree.expand(/Contoso/);
  await tree.expand(/Data Platform Production/);
  await tree.row(/^Resource group rg-airflow-identity/).waitFor();
  await workbench.runCommand('Airflow Identity: Filter Identities…');
  await quickInput.waitForTitle('Filter identities');
  await camera.look('filter');
  await quickInput.pick('Tags…');
  await quickInput.waitForTitle('Tags that must be there');
  await camera.look('filter-tags');
  await quickInput.toggle('env');
  await quickInput.root.getByRole('button', { name: 'OK' }).click();
  await quickInput.pick('Name…');
  await quickInput.root.getByText('A part of the name').waitFor();
  await quickInput.type('nothing-has-this-name');
  await camera.look('filter-name');
  await quickInput.accept();
  await quickInput.row('Clear Filter').waitFor();
  await camera.look('filter-chosen');
  await quickInput.pick('Show Identities');
  await workbench.tree('Identities').root.getByText('The filter lets no identity through').waitFor();
  await camera.look('filter-empty');
  await workbench.runCommand('Airflow Identity: Clear Filter');
  await workbench.tree('Identities').row(/^Tenant Contoso/).waitFor();
}

/** An identity found by its client ID. */
export async function pictureFind(workbench: Workbench, camera: Camera): Promise<void> {
  const { quickInput } = workbench;
  await workbench.runCommand('Airflow Identity: Find Identity…');
  await quickInput.waitForTitle('Find identity');
  await quickInput.row(identities.airflowProd.name).waitFor();
  await camera.look('find');
  await quickInput.type(identities.airflowProd.clientId);
  await quickInput.row(identities.airflowProd.name).waitFor();
  await camera.look('find-client-id');
  await quickInput.type('nobody');
  await quickInput.row('No identity found').waitFor();
  await camera.look('find-nothing');
  await quickInput.dismiss();
}

/** Each step of making an identity; nothing is written. */
export async function pictureCreate(workbench: Workbench, camera: Camera): Promise<void> {
  const { quickInput } = workbench;
  await workbench.runCommand('Airflow Identity: Create Identity…');
  await quickInput.waitForTitle('Create identity (1/6)');
  await quickInput.row('Data Platform Development').waitFor();
  await camera.look('create-1-subscription');
  await quickInput.pick('Data Platform Development');
  await quickInput.waitForTitle('(2/6)');
  await quickInput.row(groups.development).waitFor();
  await camera.look('create-2-group');
  await quickInput.pick('New resource group…');
  await quickInput.type(groups.development);
  await quickInput.accept();
  await quickInput.root.getByText('already').waitFor();
  await camera.look('create-2-taken');
  await quickInput.type('rg-new');
  await quickInput.accept();
  await quickInput.waitForTitle('(3/6)');
  await camera.look('create-3-name');
  await quickInput.type('x');
  await quickInput.root.getByText('3 to 128').waitFor();
  await camera.look('create-3-problem');
  await quickInput.type('id-new');
  await quickInput.accept();
  await quickInput.waitForTitle('(4/6)');
  await quickInput.row('West US 2').waitFor();
  await camera.look('create-4-region');
  await quickInput.type('New Zealand');
  await camera.look('create-4-unsupported');
  await quickInput.type('West US 2');
  await quickInput.pick('West US 2');
  await quickInput.waitForTitle('(5/6)');
  await camera.look('create-5-tags');
  await quickInput.pick('Add tag…');
  await quickInput.root.getByText('Name of the tag').waitFor();
  await quickInput.type('env');
  await quickInput.accept();
  await quickInput.root.getByText('Value of env').waitFor();
  await quickInput.type('prod');
  await camera.look('create-5-value');
  await quickInput.accept();
  await quickInput.pick('Go on with these tags');
  await quickInput.waitForTitle('(6/6)');
  await quickInput.row('Create').and(workbench.page.locator('.focused')).waitFor();
  await camera.look('create-6-plan');
  await quickInput.dismiss();
}

/** What goes with an identity, and its name typed; nothing is deleted. */
export async function pictureDelete(workbench: Workbench, camera: Camera): Promise<void> {
  const { quickInput } = workbench;
  const tree = workbench.tree('Identities');
  await tree.expand(/Contoso/);
  await tree.expand(/Data Platform Production/);
  await tree.expand(/^Resource group rg-airflow-identity/);
  await tree.row(/^Identity id-airflow-prod/).click({ button: 'right' });
  await camera.look('delete-1-menu');
  await workbench.page.keyboard.press('Escape');
  await tree.chooseInMenu(/^Identity id-airflow-prod/, 'Delete Identity…');
  await quickInput.waitForTitle(`Delete ${identities.airflowProd.name}`);
  await camera.look('delete-2-dependents');
  await quickInput.accept();
  await quickInput.root.getByText('This cannot be undone').waitFor();
  await quickInput.type('id-airflow');
  await quickInput.accept();
  await quickInput.root.getByText('This is not the name').waitFor();
  await camera.look('delete-3-name');
  await quickInput.dismiss();
}

/** Each step of giving access; nothing is written. */
export async function pictureAccess(workbench: Workbench, camera: Camera): Promise<void> {
  const { quickInput } = workbench;
  await workbench.runCommand('Airflow Identity: Give Access…');
  await quickInput.row(identities.airflowDev.name).waitFor();
  await camera.look('access-1-identity');
  await quickInput.pick(identities.airflowDev.name);
  await quickInput.waitForTitle('where (2/4)');
  await camera.look('access-2-where');
  await quickInput.pick('Storage account or container…');
  await quickInput.row(resources.lake.name).waitFor();
  await camera.look('access-2-accounts');
  await quickInput.pick(resources.lake.name);
  await quickInput.row('raw').waitFor();
  await camera.look('access-2-containers');
  await quickInput.pick('raw');
  await quickInput.waitForTitle('role (3/4)');
  await quickInput.row('Storage Blob Data Contributor').waitFor();
  await camera.look('access-3-role');
  await quickInput.pick('Storage Blob Data Contributor');
  await quickInput.waitForTitle('(4/4)');
  await quickInput.row('Give access').waitFor();
  await camera.look('access-4-plan');
  await quickInput.dismiss();
}

/** An identity that nobody here may give access to. */
export async function pictureMissingRight(workbench: Workbench, camera: Camera): Promise<void> {
  const { quickInput } = workbench;
  await workbench.runCommand('Airflow Identity: Give Access…');
  await quickInput.pick(identities.fabrikamEtl.name);
  await quickInput.pick('Resource group…');
  await quickInput.pick(groups.fabrikam);
  await quickInput.waitForTitle('role (3/4)');
  await quickInput.row('Storage Blob Data Contributor').waitFor();
  await camera.look('access-3-missing-right');
  await quickInput.pick('Storage Blob Data Contributor');
  await quickInput.row('Copy text for your admin').waitFor();
  await camera.look('access-4-missing-right');
  await quickInput.dismiss();
}

/** What a reload of the window left half done, as it is offered. Last of all: it leaves the cloud changed. */
export async function pictureUnfinished(workbench: Workbench, camera: Camera): Promise<void> {
  const { quickInput, page } = workbench;
  workbench.cloud.world.faults.add({ method: 'PUT', path: 'triggerer', effect: { kind: 'silence' } });
  await workbench.runCommand('Airflow Identity: Connect by Keyboard, Step by Step…');
  await quickInput.pick(sample.astro.deployments.customer360.name);
  await quickInput.pick(identities.airflowDev.name);
  await quickInput.waitForTitle('(3/5)');
  await quickInput.accept();
  await quickInput.pick('Do not write a connection');
  await quickInput.pick('Connect deployment');
  await page.locator('.notification-toast').getByText(/2 of 5 federated credentials written/).waitFor();
  await camera.look('unfinished-1-writing');
  const reloaded = page.waitForEvent('load');
  await workbench.runCommand('Developer: Reload Window');
  await reloaded;
  workbench.cloud.world.faults.clear();
  await workbench.notifications.waitFor(/was interrupted/);
  await camera.look('unfinished-2-offer');
  await workbench.runCommand('Airflow Identity: Unfinished Changes…');
  await quickInput.waitForTitle('Unfinished changes');
  await camera.look('unfinished-3-list');
  await quickInput.pick(identities.airflowDev.name);
  await quickInput.waitForTitle('Unfinished change to');
  await camera.look('unfinished-4-choice');
  await quickInput.pick('Undo');
  await workbench.dialog.text();
  await camera.look('unfinished-5-undo');
  await workbench.dialog.press('Undo');
  await workbench.notifications.waitFor(/was undone/);
  await camera.look('unfinished-6-undone');
}
