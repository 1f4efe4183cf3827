/** What stands in place of a secret. */
export const mask = '••••••';

/** Names that end like those of secrets, as the source of a pattern; `is_secret` only tells whether something else is one. */
export const secretName = '(?!is_secret)[\\w.-]*(?:passwor[dt]|passwd|secret|token|credentials?|connection_string|sas|(?:account|access|api|private|fernet|encryption|storage|webserver_secret|_secret)_?key|key_?json|keyfile_dict)';

const jsonSecret = new RegExp(`(\\\\*["']${secretName}\\\\*["']\\s*:\\s*)(\\\\*")((?:(?!\\2)(?:\\\\.|[^\\\\]))*)`, 'gi');
const userPassword = /(:\/\/[^\s/?#@:'"]*:)[^\s/?#@'"]+(?=@)/g;
const querySecret = new RegExp(`([?&]${secretName}=)[^&#\\s'"]+`, 'gi');
const assignment = new RegExp(`(^|[\\s"'-])(${secretName})=(?!["']?[{])(["']?)[^"'\\s]+`, 'gi');

/** A text without the secrets in it: values of JSON keys named like secrets, passwords and parameters of URIs, `NAME=value` of such names. */
export function maskedValue(text: string): string {
  return text
    .replace(jsonSecret, `$1$2${mask}`)
    .replace(userPassword, `$1${mask}`)
    .replace(querySecret, `$1${mask}`)
    .replace(assignment, `$1$2=$3${mask}`);
}
