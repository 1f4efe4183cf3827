import assert from 'node:assert/strict';
import type { ConnectView, RowView } from '../../src/trust/connectView.ts';
import { openForm } from './formPage/pageDriver.ts';
import type { FormDriver } from './formPage/pageDriver.ts';
import { cosmosView } from './formPage/connectionTypeView.ts';
import { startFormServer } from './formPage/pageServer.ts';
import { inBrowser } from './formPage/pageSuite.ts';
import { applyingView, doneView, emptyView, reviewView } from './formPage/views.ts';

/** The review after a change of its rows. */
function reviewWith(change: (rows: readonly RowView[]) => readonly RowView[]): ConnectView {
  return { ...reviewView, credentials: { ...reviewView.credentials, rows: [...change(reviewView.credentials.rows)] } };
}

describe('the form, by keyboard', function () {
  this.timeout(15_000);
  const openWindow = inBrowser(startFormServer, openForm);
  let form: FormDriver;

  beforeEach(async () => {
    form = await openWindow('dark');
  });

  it('is walked through in reading order, and the footer never covers what has the focus', async () => {
    await form.show(reviewView);
    const walked: string[] = [];
    for (let step = 0; step < 60 && walked.at(-1) !== 'button Copy as az commands'; step += 1) {
      await form.page.keyboard.press('Tab');
      walked.push(await form.focused());
      assert.equal(
        await form.page.evaluate(`(() => {
          const active = document.activeElement, footer = document.querySelector('footer');
          return footer.contains(active) || active.getBoundingClientRect().bottom <= footer.getBoundingClientRect().top;
        })()`),
        true,
        `${walked.at(-1)} is below the footer`,
      );
    }
    assert.deepEqual(walked, [
      'button Change deployment',
      'button Copy issuer',
      'button Change identity',
      'button Copy client ID',
      'button Edit subjects',
      'button Add service account',
      'input DAG processor',
      'input Credential name, DAG processor',
      'input Triggerer',
      'input Credential name, Triggerer',
      'input Worker',
      'input Credential name, Worker',
      'input KubernetesPodOperator',
      'input Credential name, KubernetesPodOperator',
      'input API server',
      'input Service account of API server',
      'input Credential name, API server',
      'input dbt-runner',
      'input Service account of dbt-runner',
      'input Credential name, dbt-runner',
      'button Remove dbt-runner',
      'input Service account of spark-driver',
      'input Credential name, spark-driver',
      'button Remove spark-driver',
      'input Service account of quality-checks',
      'input Credential name, quality-checks',
      'button Remove quality-checks',
      'button Replace ge-2024 instead, for quality-checks',
      'button Add access…',
      'button Remove Key Vault Secrets User on key vault kv-contoso-data',
      'button Remove Storage Blob Data Contributor on container raw in stcontosolake',
      'button Remove Data Factory Contributor on data factory adf-contoso-data',
      'button Copy text for your admin, for Data Factory Contributor on data factory adf-contoso-data',
      'select Type',
      'input Connection ID',
      'input Subscription ID (optional)',
      'button Choose Subscription ID from your Azure',
      'select Write to',
      'button Connect deployment',
      'button Copy as az commands',
    ]);
  });

  it('takes the fields of a type in reading order, each with its button, and says at a field what is wrong or what it is for', async () => {
    await form.show(cosmosView());
    await form.page.getByLabel('Type').focus();
    const walked: string[] = [];
    while (walked.at(-1) !== 'select Write to' && walked.length < 20) {
      await form.page.keyboard.press('Tab');
      walked.push(await form.focused());
    }
    assert.deepEqual(walked, [
      'input Connection ID',
      'input Endpoint URI',
      'button Choose Endpoint URI from your Azure',
      'input Subscription ID',
      'button Choose Subscription ID from your Azure',
      'input Resource group',
      'button Choose Resource group from your Azure',
      'input Database (optional)',
      'input Container (optional)',
      'select Write to',
    ]);
    const description = async (label: string): Promise<string> => {
      const ids = (await form.page.getByLabel(label, { exact: true }).getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id !== '');
      return (await Promise.all(ids.map((id) => form.page.locator(`#${id}`).textContent()))).join(' ');
    };
    assert.match(await description('Endpoint URI'), /^"myaccount" is not an address/);
    assert.equal(await description('Resource group'), 'The resource group of the account.');
    assert.equal(await description('Subscription ID'), '');
    await form.page.getByLabel('Type').selectOption('wasb');
    await form.page.getByRole('button', { name: 'Choose Resource group from your Azure' }).press('Enter');
    assert.deepEqual(await form.userEvents(), [{ kind: 'setConnectionType', value: 'wasb' }, { kind: 'chooseResource', field: 'resource_group_name' }]);
  });

  it('describes a tick by its status and the reason', async () => {
    await form.show(reviewView);
    const described = await form.page.getByRole('checkbox', { name: 'Worker' }).getAttribute('aria-describedby');
    const texts = (described ?? '').split(' ').map((id) => form.page.locator(`#${id}`).textContent());
    assert.deepEqual(await Promise.all(texts), [
      'Replace',
      'This name is taken by a credential for another issuer. Tick to replace it; pods of the old cluster then lose access.',
    ]);
  });

  it('says what is wrong with a name at the name', async () => {
    await form.show(reviewView);
    const name = form.page.getByLabel('Credential name, spark-driver');
    assert.equal(await name.getAttribute('aria-invalid'), 'true');
    const problem = form.page.locator(`#${await name.getAttribute('aria-describedby')}`);
    assert.equal(await problem.textContent(), 'Use 3 to 120 letters, digits, - or _, starting with a letter or digit.');
  });

  it('ticks by Space, and writes nothing by Enter in a field', async () => {
    await form.show(reviewView);
    await form.page.getByRole('checkbox', { name: 'Worker' }).press('Space');
    await form.page.getByLabel('Connection ID').press('Enter');
    await form.page.getByLabel('Credential name, Triggerer').press('Enter');
    assert.deepEqual(await form.userEvents(), [{ kind: 'tick', rowId: 'worker', ticked: true }]);
  });

  it('does not press a button that can do nothing now', async () => {
    await form.show(emptyView);
    await form.page.getByRole('button', { name: 'Connect deployment' }).press('Enter');
    assert.deepEqual(await form.userEvents(), []);
  });

  it('goes to Stop when applying begins, stays there when it was pressed, and to the result in the end', async () => {
    await form.show(reviewView);
    await form.page.getByRole('button', { name: 'Connect deployment' }).press('Enter');
    await form.page.setViewportSize({ width: 1200, height: 600 });
    await form.show(applyingView);
    assert.equal(await form.focused(), 'button Stop');
    assert.equal(await form.page.evaluate('window.scrollY'), 0, 'the footer is in sight, so nothing need scroll');
    await form.page.keyboard.press('Enter');
    const stopping = applyingView.footer.actions.map((action) => ({ ...action, disabled: true }));
    await form.show({ ...applyingView, footer: { ...applyingView.footer, headline: 'Stopping.', actions: stopping } });
    assert.equal(await form.focused(), 'button Stop');
    await form.show(doneView);
    assert.equal(await form.focused(), 'h1 Connected, except for dbt-runner');
    await form.page.getByRole('button', { name: 'Back to the plan' }).press('Enter');
    await form.show(reviewView);
    assert.equal(await form.focused(), 'h1 Connect deployment to Azure');
    assert.deepEqual(await form.userEvents(), [{ kind: 'apply' }, { kind: 'stop' }, { kind: 'review' }]);
  });

  it("goes to the row's tick after its way out was taken, however many views later that can be ticked", async () => {
    await form.show(reviewView);
    await form.page.getByRole('button', { name: 'Replace ge-2024 instead' }).press('Enter');
    await form.show({ ...reviewView, subtitle: 'Something else changed meanwhile.' });
    assert.equal(await form.focused(), 'button Replace ge-2024 instead, for quality-checks');
    await form.show(reviewWith((rows) => rows.map((row): RowView =>
      row.id === 'quality-checks' ? { ...row, status: 'replace', statusText: 'Replace', locked: false, actions: [] } : row)));
    assert.equal(await form.focused(), 'input quality-checks');
    assert.equal(await form.page.getByRole('checkbox', { name: 'quality-checks' }).isChecked(), false);
  });

  it('leaves the user alone who went on after taking the way out', async () => {
    await form.show(reviewView);
    await form.page.getByRole('button', { name: 'Replace ge-2024 instead' }).press('Enter');
    await form.page.getByLabel('Connection ID').focus();
    await form.show(reviewWith((rows) => rows.map((row): RowView => (row.id === 'quality-checks' ? { ...row, locked: false } : row))));
    assert.equal(await form.focused(), 'input Connection ID');
  });

  it('stays in the section when the button that was pressed is no longer there', async () => {
    await form.show(emptyView);
    await form.page.getByRole('button', { name: 'Choose deployment…' }).press('Enter');
    await form.show(reviewView);
    assert.equal(await form.focused(), 'button Change deployment');
  });

  it('goes to the next row when its row was removed, and to the one before after the last', async () => {
    await form.show(reviewView);
    await form.page.getByRole('button', { name: 'Remove dbt-runner' }).press('Enter');
    await form.show(reviewWith((rows) => rows.filter((row) => row.id !== 'dbt-runner')));
    assert.equal(await form.focused(), 'input Service account of spark-driver');
    await form.page.getByRole('button', { name: 'Remove quality-checks' }).press('Enter');
    await form.show(reviewWith((rows) => rows.filter((row) => row.id !== 'dbt-runner' && row.id !== 'quality-checks')));
    assert.equal(await form.focused(), 'input Service account of spark-driver');
  });

  it('jumps from what was done to the row that failed', async () => {
    await form.show(doneView);
    await form.page.getByRole('button', { name: 'dbt-runner, show its row' }).press('Enter');
    assert.equal(await form.focused(), 'th dbt-runner');
    await form.page.keyboard.press('Tab');
    assert.equal(await form.focused(), 'button Retry dbt-runner');
  });

  it('keeps what a keystroke changed and what has the focus when rows come in before it', async () => {
    await form.show(reviewWith((rows) => rows.slice(4)));
    await form.page.getByLabel('Credential name, dbt-runner').press('End');
    await form.page.getByLabel('Credential name, dbt-runner').press('ArrowLeft');
    await form.show(reviewView);
    assert.equal(await form.focused(), 'input Credential name, dbt-runner');
    await form.page.keyboard.type('X');
    assert.equal(await form.page.getByLabel('Credential name, dbt-runner').inputValue(), 'weightless-diameter-8927-dbt-runneXr');
  });
});
