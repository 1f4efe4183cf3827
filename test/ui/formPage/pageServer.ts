import { build } from 'esbuild';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pageHtml } from '../../../src/vscode/page/pageHtml.ts';

/** The themes whose variables stand in this folder, as VS Code gives them to a webview. */
export type Theme = 'dark' | 'light' | 'highContrast';

/** What a page is made of, as its panel says it. */
interface PageFiles {
  readonly entry: string;
  readonly styles: readonly string[];
  readonly title: string;
  readonly loading: string;
}

const form: PageFiles = { entry: 'src/webview/main.ts', styles: ['form.css'], title: 'Connect Deployment to Azure', loading: 'Loading the form…' };
const details: PageFiles = { entry: 'src/webview/details/detailsMain.ts', styles: ['form.css', 'details.css'], title: 'Managed Identity', loading: 'Reading the identity…' };

/** Serves a page as a webview would load it: the product's HTML with its policy, its bundle and its styles. */
export interface PageServer {
  urlOf(theme: Theme): string;
  close(): Promise<void>;
}

const project = path.resolve(import.meta.dirname, '../../..');
const codicons = path.join(project, 'node_modules/@vscode/codicons/dist');

const files: Readonly<Record<string, string>> = {
  '/codicon.css': path.join(codicons, 'codicon.css'),
  '/codicon.ttf': path.join(codicons, 'codicon.ttf'),
  '/form.css': path.join(project, 'media/form.css'),
  '/details.css': path.join(project, 'media/details.css'),
  '/dark.css': path.join(import.meta.dirname, 'themeDark.css'),
  '/light.css': path.join(import.meta.dirname, 'themeLight.css'),
  '/highContrast.css': path.join(import.meta.dirname, 'themeHighContrast.css'),
};

const contentTypes: Readonly<Record<string, string>> = { '.css': 'text/css', '.ttf': 'font/ttf' };

/** Serves the form. */
export function startFormServer(): Promise<PageServer> {
  return startServer(form);
}

/** Serves the page of an identity. */
export function startDetailsServer(): Promise<PageServer> {
  return startServer(details);
}

/** Builds the page's bundle and serves it on a free port. */
async function startServer(page: PageFiles): Promise<PageServer> {
  const script = await bundlePage(page.entry);
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const file = files[pathname];
    if (pathname === '/') {
      response.setHeader('content-type', 'text/html');
      response.end(themedHtml(page, searchParams.get('theme') ?? 'dark'));
    } else if (pathname === '/page.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end(script);
    } else if (file === undefined) {
      response.statusCode = 404;
      response.end();
    } else {
      response.setHeader('content-type', contentTypes[path.extname(file)] ?? 'application/octet-stream');
      createReadStream(file).pipe(response);
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (theme) => `http://127.0.0.1:${port}/?theme=${theme}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function themedHtml(page: PageFiles, theme: string): string {
  return pageHtml({
    cspSource: "'self'",
    nonce: 'bm9uY2Ugb2YgdGhlIHRlc3Q=',
    scriptUri: '/page.js',
    styleUris: [`/${theme}.css`, '/codicon.css', ...page.styles.map((file) => `/${file}`)],
    language: 'en',
    title: page.title,
    loading: page.loading,
  });
}

/** As esbuild.mjs builds it, but readable. */
async function bundlePage(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(project, entry)],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2023',
    logLevel: 'warning',
  });
  return outputFiles[0]?.text ?? '';
}
