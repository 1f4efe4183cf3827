/**
 * What a node says about itself for `viewItem` clauses: words separated by `;`, matched in package.json by
 * `viewItem =~ /\bword\b/`.
 */
export const nodeTraits = [
  'tenant',
  'subscription',
  'resourceGroup',
  'identity',
  'systemAssigned',
  'host',
  'noCredentials',
  'credential',
  'flexible',
  'roles',
  'assignment',
  'removable',
  'workspace',
  'enteredWorkspace',
  'deployment',
  'enteredDeployment',
  'hasIssuer',
  'hasFix',
  'repairable',
  'trustingIdentity',
  'unreadTrust',
  'hasPage',
  'connectionFile',
  'connection',
  'openable',
  'fixable',
  'differing',
  'knownIdentity',
  'portal',
  'refreshable',
  'error',
  'needsSignIn',
] as const;

/** One of those words. */
export type NodeTrait = (typeof nodeTraits)[number];
