import type { ConnectView } from '../../../src/trust/connectView.ts';
import { rowOf } from './rowViews.ts';
import { connectionForm, reviewView } from './views.ts';

/** A name as anybody can give it to a deployment or an Azure tag: markup, quotes, markdown, and letters from the right. */
export const hostileText = `<img src=x onerror="window.hacked=1"><b>'"&amp;\`[a](command:x)\u202Eעברית`;

const longWord = 'x'.repeat(600);

/** The review with such names, and the longest word that Azure takes, wherever a name from outside is shown. */
export const hostileView: ConnectView = {
  ...reviewView,
  title: hostileText,
  notices: [{ status: 'failed', text: hostileText, actions: [{ label: hostileText, event: { kind: 'showLog' }, style: 'link' }] }],
  deployment: {
    ...reviewView.deployment,
    facts: [
      { label: 'Name', value: hostileText, style: 'strong' },
      { label: 'Workspace', value: longWord, style: 'text' },
      { label: 'Namespace', value: longWord, style: 'code' },
      { label: 'Issuer check', value: longWord, style: 'text', status: 'replace' },
    ],
    notices: [{ status: 'replace', text: longWord, actions: [] }],
  },
  credentials: {
    ...reviewView.credentials,
    rows: [
      rowOf('hostile', hostileText, { credentialName: hostileText, serviceAccount: longWord, reasons: [hostileText, longWord] }),
      rowOf('long', longWord, {
        serviceAccount: longWord,
        serviceAccountEditable: true,
        changes: [{ label: 'Subject', before: longWord, after: hostileText }],
        status: 'replace',
        statusText: 'Replace',
      }),
      rowOf('kept', 'Kept', { credentialName: longWord, nameEditable: false, status: 'keep', statusText: 'Already trusted' }),
    ],
  },
  connection: {
    title: 'Connection',
    form: {
      ...connectionForm,
      connectionId: hostileText,
      connectionIdProblem: longWord,
      targets: [{ uri: 'a', label: longWord }],
      target: 'a',
      targetHint: hostileText,
      differs: { existing: `- conn_id: ${longWord}`, wanted: hostileText, overwrite: false, label: longWord },
      preview: { title: longWord, lines: [{ kind: 'added', text: longWord }, { kind: 'same', text: hostileText }] },
    },
  },
  footer: { ...reviewView.footer, headline: longWord, detail: hostileText },
};
