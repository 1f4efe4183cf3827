/**
 * The page of a resource in the Azure portal. Every part of the id is encoded, since names of groups may hold parentheses
 * and letters of any script.
 */
export function portalUrl(target: { readonly tenantId: string; readonly resourceId: string }): string {
  const path = target.resourceId.split('/').map(encodeURIComponent).join('/');
  return `https://portal.azure.com/#@${encodeURIComponent(target.tenantId)}/resource${path}`;
}
