import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { axeFindings } from '../harness/axeFindings.ts';
import type { Workbench } from '../harness/workbench.ts';

/** What the form shows of one workload. */
export interface ShownRow {
  readonly title: string;
  readonly status: string;
  readonly ticked: boolean;
}

/** What is used of elements of the page: the tests are compiled without the DOM's types. */
interface RowElement {
  querySelector(selector: string): { readonly textContent: string; readonly checked?: boolean } | null;
}

/** The form "Connect deployment to Azure" as a user sees it in the workbench. */
export class ConnectForm {
  /** The page inside the webview. */
  readonly frame: Frame;
  private readonly workbench: Workbench;

  constructor(workbench: Workbench, frame: Frame) {
    this.workbench = workbench;
    this.frame = frame;
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  field(label: string): Locator {
    return this.frame.getByLabel(label, { exact: true });
  }

  /** The tick of a workload. */
  tick(workload: string): Locator {
    return this.frame.getByRole('checkbox', { name: workload, exact: true });
  }

  /** A workload with everything below its line. */
  row(workload: string): Locator {
    return this.frame.locator('tbody[data-row]').filter({ has: this.frame.getByRole('rowheader', { name: workload, exact: true }) });
  }

  /** One of the sections `deployment`, `identity`, `credentials`, `connection`, `outcome`, `footer`. */
  section(name: string): Locator {
    return this.frame.locator(`[data-section="${name}"]`);
  }

  /** Waits until the plan in one sentence reads so. */
  async waitForHeadline(text: string): Promise<void> {
    await this.section('footer').locator('strong').getByText(text, { exact: true }).waitFor();
  }

  /** Waits until the title reads so: what the page is about, and after applying the result. */
  async waitForTitle(text: string): Promise<void> {
    await this.frame.getByRole('heading', { level: 1, name: text, exact: true }).waitFor();
  }

  /** Waits until a workload's status reads so. */
  async waitForStatus(workload: string, status: string): Promise<void> {
    await this.row(workload).locator('.status-cell').getByText(status, { exact: true }).waitFor();
  }

  /** All workloads, from top to bottom. */
  rows(): Promise<ShownRow[]> {
    return this.frame.locator('tbody[data-row]').evaluateAll((rows: RowElement[]) =>
      rows.map((row) => ({
        title: (row.querySelector('th[scope="row"]')?.textContent ?? '').trim(),
        status: (row.querySelector('.status-cell')?.textContent ?? '').trim(),
        ticked: row.querySelector('input[type="checkbox"]')?.checked ?? false,
      })),
    );
  }

  /** Lines of the preview, each with what happens to it. */
  preview(): Promise<string[]> {
    return this.section('connection').locator('figure code').evaluateAll((blocks: { readonly children: Iterable<{ readonly tagName: string; readonly textContent: string }> }[]) =>
      blocks.flatMap((block) => [...block.children].map((line) => `${{ DEL: '-', INS: '+' }[line.tagName] ?? ' '}${line.textContent}`)),
    );
  }

  /** Chooses the deployment in the quick pick that the form opens. */
  async chooseDeployment(name: string): Promise<void> {
    await this.frame.getByRole('button', { name: /^(Choose deployment…|Change deployment)$/ }).click();
    await this.workbench.quickInput.pick(name);
    await this.section('deployment').locator('dd strong').getByText(name, { exact: true }).waitFor();
  }

  /** Chooses the identity in the quick pick that the form opens, and waits until it is read. */
  async chooseIdentity(name: string): Promise<void> {
    await this.frame.getByRole('button', { name: /^(Choose identity…|Change identity)$/ }).click();
    await this.workbench.quickInput.pick(name);
    await this.section('identity').locator('dd strong').getByText(name, { exact: true }).waitFor();
  }

  /** Presses "Connect deployment". */
  async connect(): Promise<void> {
    await this.button('Connect deployment').click();
  }

  /** Fails where axe finds something serious or critical. */
  async assertAccessible(): Promise<void> {
    assert.deepEqual(await axeFindings(this.frame), []);
  }
}

/** The form that is open now; after a reload or a hidden tab it is another page, so ask again. */
export async function shownForm(workbench: Workbench): Promise<ConnectForm> {
  return new ConnectForm(workbench, await workbench.webview('main [data-section="footer"]'));
}

/** Opens the form from the command palette. */
export async function openForm(workbench: Workbench): Promise<ConnectForm> {
  await workbench.runCommand('Airflow Identity: Connect Deployment to Azure…');
  return shownForm(workbench);
}
