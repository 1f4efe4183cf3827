/**
 * The page of a resource in the Azure portal. Every part of the id is encoded, since names of groups may hold parentheses
 * and letters of any script.
 * @param portal of the cloud, without a slash at the end
 */
export function portalUrl(portal: string, target: { readonly tenantId: string; readonly resourceId: string }): string {
  const path = target.resourceId.split('/').map(encodeURIComponent).join('/');
  return `${portal}/#@${encodeURIComponent(target.tenantId)}/resource${path}`;
}
