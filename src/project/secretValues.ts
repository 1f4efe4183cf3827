/** What stands in place of a secret. */
export const mask = '••••••';

/** Names that end like those of secrets, as the source of a pattern; `is_secret` only tells whether something else is one. */
export const secretName = '(?!is_secret)[\\w.-]*(?:passwor[dt]|passwd|secret|token|credentials?|connection_string|sas|(?:account|access|api|private|fernet|encryption|storage|(?:webserver|api)_?secret|_secret)_?key|key_?json|keyfile_dict)';

const jsonSecret = new RegExp(`(\\\\*["']${secretName}\\\\*["']\\s*:\\s*)(\\\\*")((?:(?!\\2)(?:\\\\.|[^\\\\]))*)`, 'gi');
const jsonNumber = new RegExp(`(\\\\*["']${secretName}\\\\*["']\\s*:\\s*)-?\\d[\\d.e+-]*`, 'gi');
// Up to the last @: passwords are pasted into URIs without encoding their slashes.
const userPassword = /(:\/\/[^\s/?#@:'"]*:)(?:\\.|[^\s"'\\])+(?=@)/g;
const querySecret = new RegExp(`([?&](?:${secretName}|sig)=)[^&#\\s'"]+`, 'gi');
const assignment = new RegExp(`(^|[\\s-])(${secretName})=(?!["']?[{])(?:(["'])(?:\\\\.|(?!\\3)[^\\\\])+|[^"'\\s].*)`, 'gi');
const quotedAssignment = new RegExp(`(["'])(${secretName})=(?!["']?[{])(?:(?!\\1).)+`, 'gi');
/** A part of a connection string of Azure: `Endpoint=sb://…;SharedAccessKey=…`. */
const connectionStringPart = new RegExp(`(;\\s*${secretName}=)[^;"'\\s]+`, 'gi');

/**
 * A text without the secrets in it: values of JSON keys named like secrets, passwords and parameters of URIs, parts of
 * connection strings, `NAME=value` of such names; what is percent-encoded is looked into.
 */
export function maskedValue(text: string): string {
  const masked = maskedPlain(text);
  return masked.includes('%') ? masked.replace(/[^\s&?#=/"']+/g, maskedEncoded) : masked;
}

function maskedPlain(text: string): string {
  return text
    .replace(jsonSecret, `$1$2${mask}`)
    .replace(jsonNumber, `$1${mask}`)
    .replace(userPassword, `$1${mask}`)
    .replace(querySecret, `$1${mask}`)
    .replace(connectionStringPart, `$1${mask}`)
    .replace(quotedAssignment, `$1$2=${mask}`)
    .replace(assignment, `$1$2=$3${mask}`);
}

/** Whole, where a secret is inside: Airflow takes JSON in `__extra__` of a URI, and a connection string in its path. */
function maskedEncoded(part: string): string {
  if (!part.includes('%')) {
    return part;
  }
  try {
    const decoded = decodeURIComponent(part.replaceAll('+', ' '));
    return maskedPlain(decoded) === decoded ? part : mask;
  } catch {
    // A percent sign that encodes nothing.
    return part;
  }
}
