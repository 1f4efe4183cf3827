/**
 * Every code that a finding can have, as users see them beside a message, name them in settings and look them up in
 * `docs/diagnostics.md`. What is renamed here breaks settings.
 */
export const diagnosticCodes = [
  // What a connection says, whatever file it stands in.
  'half-identity', 'secret-wins', 'misspelt-key', 'missing-field', 'empty-schema', 'wrong-value', 'secret-only-type',
  // What can only be told with knowledge of Azure, of other files or of the provider.
  'id-form', 'client-id-is-principal-id', 'client-id-unknown', 'tenant-mismatch', 'secret-in-file', 'places-differ', 'provider-missing', 'provider-old',
  // What every file can say in a way that Airflow takes otherwise.
  'file-unreadable', 'byte-order-mark', 'duplicate-id', 'type-missing', 'json-unreadable',
  'uri-unreadable', 'uri-scheme', 'uri-path', 'uri-host-case', 'uri-text-value', 'uri-parameters-dropped',
  // airflow_settings.yaml
  'extra-map', 'extra-unreadable', 'uri-ignored', 'id-missing',
  // .env
  'env-multi-line', 'env-quoted', 'env-unterminated', 'env-name-case', 'env-export', 'env-blanks', 'env-comment',
  // Files of the local files backend
  'file-comment', 'file-value', 'file-key', 'file-extra-twice', 'file-conn-id', 'file-json-text', 'type-dashes', 'file-blank-line', 'file-line', 'file-id', 'file-quoted',
  // docker-compose.yaml
  'services-differ',
  // values.yaml
  'chart-value',
] as const;

/** One of those codes. */
export type DiagnosticCode = (typeof diagnosticCodes)[number];
