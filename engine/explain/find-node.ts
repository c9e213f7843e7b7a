import type { ModulePath, NodeId } from '../base/brand.ts';
import type { Offset, Span } from '../base/span.ts';
import type { PassView } from './pass-view.ts';

/** Names before expressions, narrow spans before wide ones, later repetitions before earlier ones. */
export function nodeAtOffset({ graph, trace }: PassView, file: ModulePath, offset: Offset): NodeId | null {
  let best: { node: NodeId; isName: boolean; width: number } | null = null;
  for (const id of graph.nodes) {
    for (const siteId of graph.node(id).sites) {
      const site = trace.sites.get(siteId);
      if (!site || site.file !== file || offset < site.span.start || offset > site.span.end) continue;
      const candidate = { node: id, isName: site.kind === 'name', width: width(site.span) };
      if (
        !best ||
        candidate.width < best.width ||
        (candidate.width === best.width && Number(candidate.isName) >= Number(best.isName))
      )
        best = candidate;
    }
  }
  return best?.node ?? null;
}

const width = ({ start, end }: Span): number => end - start;

/** By name as the source has it, or by `line:column`, both from 1, in the entry file. */
export function nodeNamed(view: PassView, query: string): NodeId | null {
  const place = /^(\d+):(\d+)$/.exec(query);
  if (!place) return view.names.find(query);
  const { entry } = view.trace;
  return nodeAtOffset(view, entry, view.lines(entry).offsetAt({ line: Number(place[1]), column: Number(place[2]) }));
}
