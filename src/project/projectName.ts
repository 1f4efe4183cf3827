import { isMap, isScalar, parseDocument } from 'yaml';

/** `project.name` of `.astro/config.yaml`, or `undefined` when the text does not say. Never throws. */
export function projectName(configText: string): string | undefined {
  try {
    const root: unknown = parseDocument(configText, { prettyErrors: false }).contents;
    const project: unknown = isMap(root) ? root.get('project') : undefined;
    const name: unknown = isMap(project) ? project.get('name', true) : undefined;
    const value: unknown = isScalar(name) ? name.value : undefined;
    return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
  } catch {
    // Nesting of many thousand levels: as good as no name.
    return undefined;
  }
}
