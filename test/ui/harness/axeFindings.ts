import axe from 'axe-core';
import type { Frame } from 'playwright-core';

/** What axe finds serious or critical on a page (https://github.com/dequelabs/axe-core, impact levels): rule, element and reason. */
export async function axeFindings(page: Pick<Frame, 'evaluate'>): Promise<readonly string[]> {
  if (!(await page.evaluate<boolean>(`'axe' in window`))) {
    await page.evaluate(axe.source);
  }
  return page.evaluate<readonly string[]>(`axe.run({ resultTypes: ['violations'] }).then((result) => result.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html + ' ' + node.failureSummary).join('\\n')))`);
}
