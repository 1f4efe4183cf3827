import assert from 'node:assert/strict';
import type { ConnectView, ConnectionView } from '../../src/trust/connectView.ts';
import { openForm } from './formPage/pageDriver.ts';
import type { FormDriver } from './formPage/pageDriver.ts';
import { startFormServer } from './formPage/pageServer.ts';
import { inBrowser } from './formPage/pageSuite.ts';
import { connectionForm, doneView, emptyView, reviewView, troubledView } from './formPage/views.ts';

/** The review with other values in the connection. */
function connectionWith(part: Partial<ConnectionView>): ConnectView {
  return { ...reviewView, connection: { title: 'Connection', form: { ...connectionForm, ...part } } };
}

describe('the form, while its views change', function () {
  this.timeout(15_000);
  const openWindow = inBrowser(startFormServer, openForm);
  let form: FormDriver;

  beforeEach(async () => {
    form = await openWindow('light');
  });

  it('does not take back what the user types when views arrive that are older', async () => {
    await form.show(connectionWith({ connectionId: '' }));
    const field = form.page.getByLabel('Connection ID');
    await field.pressSequentially('azure');
    for (const late of ['a', 'az', 'azu']) {
      await form.show(connectionWith({ connectionId: late }));
      assert.equal(await field.inputValue(), 'azure');
    }
    await field.pressSequentially('_wi');
    await form.show(connectionWith({ connectionId: 'azure_wi' }));
    assert.equal(await field.inputValue(), 'azure_wi');
    assert.deepEqual((await form.userEvents()).slice(-2), [
      { kind: 'setConnectionId', value: 'azure_w' },
      { kind: 'setConnectionId', value: 'azure_wi' },
    ]);
  });

  it('does not take back a tick when a view arrives that does not know of it yet, and follows the one that does', async () => {
    await form.show(reviewView);
    const tick = form.page.getByRole('checkbox', { name: /Triggerer/ });
    const before = await tick.isChecked();
    await tick.click();
    await form.show(reviewView, { heard: 0 });
    assert.equal(await tick.isChecked(), !before);
    await form.show(reviewView, { heard: 1 });
    assert.equal(await tick.isChecked(), before);
  });

  it('shows a value that somebody else set, with the caret where it was', async () => {
    await form.show(connectionWith({ connectionId: 'one' }));
    const field = form.page.getByLabel('Connection ID');
    await field.press('Home');
    await field.press('ArrowRight');
    await form.show(connectionWith({ connectionId: 'other' }));
    await form.page.keyboard.type('X');
    assert.equal(await field.inputValue(), 'oXther');
  });

  it('lets spaces around a value be typed, and drops them as the host does when the field is left', async () => {
    await form.show(connectionWith({ connectionId: 'a' }));
    const field = form.page.getByLabel('Connection ID');
    await field.press('End');
    await field.pressSequentially(' b ');
    await form.show(connectionWith({ connectionId: 'a b' }));
    assert.equal(await field.inputValue(), 'a b ');
    await field.press('Tab');
    assert.equal(await field.inputValue(), 'a b');
  });

  it('keeps selection and scroll position', async () => {
    await form.show(reviewView);
    const field = form.page.getByLabel('Connection ID');
    await form.page.evaluate('window.scrollTo(0, 200)');
    await field.selectText();
    const scroll = await form.page.evaluate<number>('window.scrollY');
    assert.ok(scroll > 0);
    await form.show({ ...reviewView, footer: { ...reviewView.footer, headline: 'Creates 5 federated credentials.' } });
    assert.equal(await form.page.evaluate('window.scrollY'), scroll);
    await form.page.keyboard.type('new');
    assert.equal(await field.inputValue(), 'new');
  });

  it('keeps the very elements of a table that did not change', async () => {
    await form.show(reviewView);
    await form.page.evaluate(`window.elements = [...document.querySelectorAll('table *')]`);
    await form.show({ ...reviewView, title: 'Another title' });
    assert.equal(await form.page.evaluate(`window.elements.every((element) => element.isConnected)`), true);
  });

  it('tells the host each thing that a user can do', async () => {
    await form.show(troubledView);
    const { page } = form;
    await page.getByRole('button', { name: 'Change deployment' }).click();
    await page.getByRole('button', { name: 'Copy issuer' }).click();
    await page.getByRole('button', { name: 'Edit subjects' }).click();
    await page.getByRole('button', { name: 'Remove dbt-runner' }).click();
    await page.getByRole('checkbox', { name: 'Change the existing connection azure_wi' }).click();
    await page.getByLabel('Write to').selectOption('Do not write a connection');
    await page.getByLabel('Service account of dbt-runner').fill('runner');
    await page.getByLabel('Credential name, dbt-runner').fill('runner');
    await page.getByLabel('Type').selectOption('Azure Blob Storage');
    await page.getByLabel('Subscription ID (optional)').fill('');
    await page.getByRole('button', { name: 'Choose Subscription ID from your Azure' }).click();
    await page.getByRole('button', { name: 'Copy as az commands' }).click();
    assert.deepEqual(await form.userEvents(), [
      { kind: 'chooseDeployment' },
      { kind: 'copy', what: 'issuer' },
      { kind: 'editSubjects', on: true },
      { kind: 'removeRow', rowId: 'dbt-runner' },
      { kind: 'setOverwrite', overwrite: true },
      { kind: 'setTarget', uri: '' },
      { kind: 'setServiceAccount', rowId: 'dbt-runner', serviceAccount: 'runner' },
      { kind: 'rename', rowId: 'dbt-runner', name: 'runner' },
      { kind: 'setConnectionType', value: 'wasb' },
      { kind: 'setConnectionField', field: 'subscriptionId', value: '' },
      { kind: 'chooseResource', field: 'subscriptionId' },
      { kind: 'copyScript' },
    ]);
  });

  it('opens the file from what was done', async () => {
    await form.show(doneView);
    await form.page.getByRole('button', { name: 'airflow_settings.yaml, line 10' }).click();
    assert.deepEqual(await form.userEvents(), [{ kind: 'openConnection' }]);
  });

  it('says that it got something it does not know, keeps what it shows, and forgets it with the next view', async () => {
    await form.show(reviewView);
    await form.post({ kind: 'view', revision: 9, heard: 0, view: { ...reviewView, phase: 'later' }, saved: null });
    const notice = form.page.getByText('The extension sent something that this page cannot show');
    assert.match((await notice.textContent()) ?? '', /view\.phase: /);
    assert.equal(await form.page.getByRole('rowheader').count(), reviewView.credentials.rows.length + (reviewView.access?.rows.length ?? 0));
    await form.show(reviewView);
    assert.equal(await notice.count(), 0);
  });

  it('does not go back to an older view', async () => {
    await form.show(emptyView);
    await form.show(reviewView);
    await form.post({ kind: 'view', revision: 1, heard: 0, view: emptyView, saved: null });
    await form.show(reviewView);
    assert.equal(await form.page.getByText('Nothing planned yet.').count(), 0);
  });

  it('asks for its view when it is loaded anew, and is where it was', async () => {
    await form.show(reviewView, { saved: { deployment: 'dep1' } });
    await form.page.evaluate(`new Promise((resolve) => {
      window.addEventListener('scrollend', () => resolve(), { once: true });
      window.scrollTo(0, 300);
    })`);
    await form.page.reload();
    assert.deepEqual(await form.posted(), [{ kind: 'ready' }]);
    assert.deepEqual(await form.kept(), { saved: { deployment: 'dep1' }, scroll: 300 });
    await form.show(reviewView, { saved: { deployment: 'dep1' } });
    assert.equal(await form.page.evaluate('window.scrollY'), 300);
    assert.equal(await form.focused(), 'body');
  });

  it("speaks the user's language", async () => {
    await form.show(reviewView, { text: { Subject: 'Betreff', 'Credential name, {0}': 'Name der Anmeldeinformation, {0}' } });
    assert.equal(await form.page.getByRole('columnheader', { name: 'Betreff' }).count(), 1);
    assert.equal(await form.page.getByLabel('Name der Anmeldeinformation, Worker').count(), 1);
  });
});
