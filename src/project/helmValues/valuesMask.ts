import { maskSecrets } from '../secretMask.ts';
import { mask } from '../secretValues.ts';

/** Keys of the charts and of Kubernetes that are called like secrets and hold names of them, or lists of such names. */
const nameKey = /(?<=^|[\s{,-])secret(?=(?:Name|Key|KeyRef|Ref)?\s*:)/g;

/** In place of those keys while the rest is masked; no text of a YAML file holds it. */
const standIn = '\u0001';

/**
 * The lines of a `values.yaml` as they may be shown: without secrets and what the texts of secrets hold, but for connections; with the names of
 * Kubernetes secrets, which tell nothing.
 */
export function maskValues(lines: readonly string[]): readonly string[] {
  const renamed = lines.map((line) => line.replace(nameKey, (key, offset: number) => (isName(line.slice(offset)) ? standIn : key)));
  return withoutTexts(maskSecrets(renamed).map((line) => line.replaceAll(standIn, 'secret')));
}

/** `secret` itself names something only as the key of a list, on a line of its own. */
function isName(behind: string): boolean {
  return !/^secret\s*:/.test(behind) || /^secret\s*:\s*(?:\[\s*\])?\s*(?:#.*)?$/.test(behind);
}

function withoutTexts(lines: readonly string[]): readonly string[] {
  let column = Number.POSITIVE_INFINITY;
  return lines.map((line) => {
    const indentation = line.search(/\S/);
    if (indentation !== -1 && indentation <= column) {
      column = /^\s*["']?(?:stringData|data)["']?\s*:\s*\|/.test(line) ? indentation : Number.POSITIVE_INFINITY;
      return line;
    }
    return indentation === -1 || /^\s*#/.test(line) || line.includes('"conn_type"') ? line : line.replace(/^(\s*[^\s:]+\s*:\s+|\s*)(?=\S).*$/, `$1${mask}`);
  });
}
