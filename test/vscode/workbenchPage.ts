import type { Page } from 'playwright-core';

/**
 * Lets an extension sign in without the dialog that asks the user, by naming it in the page's product configuration
 * (`trustedExtensionAuthAccess` of product.json): inside the extension host nobody can answer a dialog. Call it before the page opens.
 */
export async function trustForSignIn(page: Page, extensionId: string): Promise<void> {
  // The configuration stands in an attribute of the page's head, and VS Code reads it once its script runs. Rewriting the page on its way
  // instead would make Chromium treat it as one from the internet, which may not open a socket to this machine.
  await page.addInitScript({
    content: `
      new MutationObserver((_changes, observer) => {
        const tag = document.getElementById('vscode-workbench-web-configuration');
        if (tag !== null) {
          observer.disconnect();
          const settings = JSON.parse(tag.dataset.settings);
          settings.productConfiguration = { ...settings.productConfiguration, trustedExtensionAuthAccess: [${JSON.stringify(extensionId)}] };
          tag.dataset.settings = JSON.stringify(settings);
        }
      }).observe(document, { childList: true, subtree: true });
    `,
  });
}
