import type { AccessRowView, AccessView } from '../../../src/trust/connectView.ts';

const subscription = '/subscriptions/c0ffee00-1234-4a5b-8c6d-7e8f90a1b2c3';

function row(id: string, role: string, scope: string, part: Pick<AccessRowView, 'status' | 'statusText'> & Partial<AccessRowView>): AccessRowView {
  return { id, role, scope, scopeId: `${subscription}/resourceGroups/rg-data-prod`, reasons: [], actions: [], ...part };
}

function removal(of: string, rowId: string): AccessRowView['actions'][number] {
  return { label: 'Remove', accessibleName: `Remove ${of}`, event: { kind: 'removeAccess', rowId }, style: 'link' };
}

/** One row of each kind that a plan knows. */
export const reviewAccess: AccessView = {
  title: 'Access',
  actions: [{ label: 'Add access…', event: { kind: 'addAccess' }, style: 'link' }],
  text: '',
  rows: [
    row('a', 'Key Vault Secrets User', 'key vault kv-contoso-data', { status: 'keep', statusText: 'Already has it', actions: [removal('Key Vault Secrets User on key vault kv-contoso-data', 'a')] }),
    row('b', 'Storage Blob Data Contributor', 'container raw in stcontosolake', { status: 'create', statusText: 'Give', actions: [removal('Storage Blob Data Contributor on container raw in stcontosolake', 'b')] }),
    row('c', 'Data Factory Contributor', 'data factory adf-contoso-data', {
      status: 'conflict',
      statusText: 'Not allowed',
      statusIcon: 'circle-slash',
      reasons: ['You do not have the right Microsoft.Authorization/roleAssignments/write on data factory adf-contoso-data. Send the text to an owner of the subscription.'],
      actions: [
        { label: 'Copy text for your admin', accessibleName: 'Copy text for your admin, for Data Factory Contributor on data factory adf-contoso-data', event: { kind: 'copyAccessRequest', rowId: 'c' }, style: 'link' },
        removal('Data Factory Contributor on data factory adf-contoso-data', 'c'),
      ],
    }),
  ],
};

/** The rows once they were written. */
export const doneAccess: AccessView = {
  title: 'Access',
  actions: [],
  text: '',
  rows: [
    row('a', 'Key Vault Secrets User', 'key vault kv-contoso-data', { status: 'keep', statusText: 'Already has it' }),
    row('b', 'Storage Blob Data Contributor', 'container raw in stcontosolake', { status: 'done', statusText: 'Given' }),
  ],
};
