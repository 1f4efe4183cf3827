/** Made once at random for this product: names below it are its own. */
const namespace = '5b1f7c9e-3c0a-4d35-9a55-6c8f0f3b7d12';

/**
 * The name of the assignment of a role to a principal on a scope: a UUID of version 5 (RFC 9562, 5.5), so that giving a role
 * twice, from two windows or after a lost answer, is one and the same request. Letter case of the three does not count, as it
 * does not count for ARM.
 */
export async function assignmentName(scopeId: string, principalId: string, roleId: string): Promise<string> {
  const name = [scopeId.replace(/\/+$/, ''), principalId, roleId].join('|').toLowerCase();
  const input = Uint8Array.from([...bytesOf(namespace), ...new TextEncoder().encode(name)]);
  return version5(new Uint8Array(await crypto.subtle.digest('SHA-1', input)).subarray(0, 16));
}

function bytesOf(uuid: string): readonly number[] {
  return (uuid.replaceAll('-', '').match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
}

/** RFC 9562, 5.5: of the hash's first 128 bits, six are replaced by version and variant. */
function version5(hash: Uint8Array): string {
  const hex = Array.from(hash, (byte, index) => (index === 6 ? (byte & 0x0f) | 0x50 : index === 8 ? (byte & 0x3f) | 0x80 : byte))
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
