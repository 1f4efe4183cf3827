/** What the page's HTML is made of. Uris are as the webview sees them. */
export interface PageHtmlParts {
  /** Source of the extension's own files, `webview.cspSource`. */
  readonly cspSource: string;
  /** New for every page. */
  readonly nonce: string;
  readonly scriptUri: string;
  /** In the order of the cascade. */
  readonly styleUris: readonly string[];
  /** BCP 47, for the screen reader's pronunciation. */
  readonly language: string;
  readonly title: string;
  /** Said until the script has drawn the first view. */
  readonly loading: string;
}

/**
 * Gives the page's HTML. Its policy allows the extension's styles and font and one script, and nothing inline, no image,
 * no frame, no request (VS Code webview guide, "Content security policy").
 */
export function pageHtml(parts: PageHtmlParts): string {
  const policy = [
    "default-src 'none'",
    `style-src ${parts.cspSource}`,
    `font-src ${parts.cspSource}`,
    `script-src 'nonce-${parts.nonce}'`,
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  const styles = parts.styleUris.map((uri) => `  <link rel="stylesheet" href="${escapeHtml(uri)}">`).join('\n');
  return `<!doctype html>
<html lang="${escapeHtml(parts.language)}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
  <title>${escapeHtml(parts.title)}</title>
${styles}
</head>
<body>
<main>
  <p class="loading" role="status"><i class="codicon codicon-loading codicon-modifier-spin" aria-hidden="true"></i>${escapeHtml(parts.loading)}</p>
</main>
<script nonce="${escapeHtml(parts.nonce)}" src="${escapeHtml(parts.scriptUri)}"></script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
