import type { Frame, Locator } from 'playwright-core';
import type { Workbench } from '../harness/workbench.ts';

/** The page of an identity as a user sees it in the workbench. */
export class DetailsPage {
  /** The page inside the webview. */
  readonly frame: Frame;

  constructor(frame: Frame) {
    this.frame = frame;
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  /** One of the sections `facts`, `credentials`, `roles`, `connections`. */
  section(name: string): Locator {
    return this.frame.locator(`[data-section="${name}"]`);
  }

  /** A row by the text that heads it. */
  row(name: string): Locator {
    return this.frame.locator('tr[data-row]').filter({ has: this.frame.getByRole('rowheader', { name, exact: true }) });
  }

  /** Waits until a row's status reads so. */
  async waitForStatus(name: string, status: string): Promise<void> {
    await this.row(name).locator('.status').getByText(status, { exact: true }).waitFor();
  }

  /** Waits until nothing is being read any more. */
  async waitUntilRead(): Promise<void> {
    await this.frame.getByRole('status').getByText(/Read from Azure at/).waitFor();
    await this.frame.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  }
}

/** The page that is in front now; after a reload or a hidden tab it is another one, so ask again. */
export async function shownDetails(workbench: Workbench): Promise<DetailsPage> {
  return new DetailsPage(await workbench.webview('main [data-section="facts"]'));
}
