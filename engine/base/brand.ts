/** Makes a primitive type that is not interchangeable with its own kind: a `NodeId` is not a `SiteId`, an offset not a line. */
declare const brand: unique symbol;
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** A node of one trace: its position in order of execution. */
export type NodeId = Brand<number, 'NodeId'>;
/** A place in the source: `file index << 20 | index within the file`. */
export type SiteId = Brand<number, 'SiteId'>;
/** A dynamic scope of one trace: a function call, a loop iteration, a `scope()`, a composite op. */
export type ScopeId = Brand<number, 'ScopeId'>;
/** A file as the model's imports see it: relative to the workspace folder, with forward slashes. Never a host path. */
export type ModulePath = Brand<string, 'ModulePath'>;
