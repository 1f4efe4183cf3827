import type { Browser } from 'playwright-core';
import { launchChromium } from '../../vscode/chromium.ts';
import type { PageDriver, WindowSize } from './pageDriver.ts';
import type { PageServer, Theme } from './pageServer.ts';

/**
 * Called within a suite, gives its tests a browser and a server of the page. What it returns opens the page in a window of its
 * own, which is closed after the test.
 */
export function inBrowser<Driver extends Pick<PageDriver, 'page'>>(
  serve: () => Promise<PageServer>,
  open: (browser: Browser, url: string, size?: WindowSize) => Promise<Driver>,
): (theme: Theme, size?: WindowSize) => Promise<Driver> {
  let browser: Browser;
  let server: PageServer;
  const drivers: Driver[] = [];

  before(async () => {
    [browser, server] = await Promise.all([launchChromium(), serve()]);
  });
  afterEach(async () => {
    await Promise.all(drivers.splice(0).map(({ page }) => page.context().close()));
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  return async (theme, size) => {
    const driver = await open(browser, server.urlOf(theme), size);
    drivers.push(driver);
    return driver;
  };
}
