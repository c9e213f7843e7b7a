import type { ModulePath, SiteId } from '../base/brand.ts';
import type { Problem } from '../base/problem.ts';
import type { Span } from '../base/span.ts';
import type { DType } from '../tensor/dtype.ts';
import type { Attributes } from '../tensor/runtime.ts';
import type { Shape } from '../tensor/shape.ts';
import type { Content, LogLine, Pass, ScopeKind, Site, TraceFile, TraceNode } from './format.ts';

/**
 * A trace on its way between threads. Cloning an object costs more than computing a scalar; numbers in a few arrays cost next
 * to nothing. `unpacked` makes the trace of it.
 */
export interface PackedTrace {
  readonly entry: ModulePath;
  readonly files: readonly TraceFile[];
  readonly sites: ReadonlyMap<SiteId, Site>;
  readonly scopes: PackedScopes;
  readonly contents: PackedContents;
  readonly nodes: PackedNodes;
  readonly passes: readonly PackedPass[];
  readonly log: readonly LogLine[];
  readonly problems: readonly Problem[];
}

/** What all iterations of a loop share, or a call has to itself. */
export interface EnteredScope {
  readonly kind: ScopeKind;
  readonly name: string;
  readonly file: ModulePath | null;
  readonly span: Span | null;
}

export interface PackedScopes {
  readonly entered: readonly EnteredScope[];
  /** Three numbers a scope: its parent or −1, which of `entered`, its index. */
  readonly rows: Int32Array;
}

/** Contents by number: from 0 up the single numbers, from −1 down the others. */
export interface PackedContents {
  readonly numbers: Float64Array;
  /** Of each number, in `packedDtypes`. */
  readonly dtypes: Uint8Array;
  readonly others: readonly Content[];
}

export interface PackedNodes {
  /** Names of ops and of nodes. */
  readonly texts: readonly string[];
  readonly attributes: readonly Attributes[];
  readonly shapes: readonly Shape[];
  /**
   * A node after another: op, kind, attributes, dtype, shape, 1 if it requires a gradient, name or −1, scope, value, how many
   * inputs, how many sites, the inputs, the sites.
   */
  readonly rows: Int32Array;
}

export interface PackedPass extends Pick<Pass, 'name' | 'kind' | 'site' | 'loss' | 'step' | 'expectations'> {
  readonly nodes: Int32Array;
  /** Pairs of node and content. */
  readonly gradients: Int32Array;
  /** Triples of node, input and content. */
  readonly contributions: Int32Array;
}

export const packedDtypes: readonly DType[] = ['float32', 'float64', 'int32', 'bool'];
export const packedKinds: readonly TraceNode['kind'][] = ['op', 'parameter', 'input', 'constant'];
