import type { Page } from 'playwright-core';

const settingsTag = /(<meta id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/;

/**
 * Lets an extension sign in without the dialog that asks the user, by naming it in the page's product configuration
 * (`trustedExtensionAuthAccess` of product.json): inside the extension host nobody can answer a dialog. Call it before the page opens.
 */
export async function trustForSignIn(page: Page, extensionId: string): Promise<void> {
  await page.route((url) => url.pathname === '/', async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    const trusted = html.replace(settingsTag, (_whole, before: string, escaped: string) => {
      const settings = JSON.parse(unescapeAttribute(escaped)) as { productConfiguration?: Record<string, unknown> };
      settings.productConfiguration = { ...settings.productConfiguration, trustedExtensionAuthAccess: [extensionId] };
      return `${before}${escapeAttribute(JSON.stringify(settings))}"`;
    });
    if (trusted === html) {
      throw new Error('The workbench page holds no configuration to add the trusted extension to.');
    }
    await route.fulfill({ response, body: trusted });
  });
}

function unescapeAttribute(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
