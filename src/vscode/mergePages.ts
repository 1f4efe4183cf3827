/** A page of one source, or the error that ended it. */
export type SourcePage<Source, Item> =
  | { readonly source: Source; readonly page: readonly Item[] }
  | { readonly source: Source; readonly error: unknown };

/** Lists several sources at once and gives pages as they arrive. A source that fails never ends the others. */
export async function* mergePages<Source, Item>(
  sources: readonly Source[],
  list: (source: Source) => AsyncIterable<readonly Item[]>,
): AsyncGenerator<SourcePage<Source, Item>> {
  const pending = new Map<Source, Promise<() => SourcePage<Source, Item> | undefined>>();
  for (const source of sources) {
    const pages = list(source)[Symbol.asyncIterator]();
    const advance = async (): Promise<() => SourcePage<Source, Item> | undefined> => {
      try {
        const next = await pages.next();
        return () => {
          if (next.done === true) {
            pending.delete(source);
            return undefined;
          }
          pending.set(source, advance());
          return { source, page: next.value };
        };
      } catch (error) {
        return () => {
          pending.delete(source);
          return { source, error };
        };
      }
    };
    pending.set(source, advance());
  }
  while (pending.size > 0) {
    const arrived = (await Promise.race(pending.values()))();
    if (arrived !== undefined) {
      yield arrived;
    }
  }
}
