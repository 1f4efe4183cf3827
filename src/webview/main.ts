import { FormPage } from './formPage.ts';
import { sendReady } from './hostMessages.ts';
import type { KeptState } from './keptState.ts';

// The page's entry: the only module of the page that does something when it is loaded.
const host = acquireVsCodeApi<KeptState>();
const root = document.querySelector('main');
if (root !== null) {
  const page = new FormPage(root, host);
  window.addEventListener('message', (event) => page.receive(event.data));
  window.addEventListener('scrollend', () => page.keepScroll(window.scrollY));
  // Enter in a field writes nothing: only the footer's button does.
  window.addEventListener('submit', (event) => event.preventDefault());
  sendReady(host);
}
