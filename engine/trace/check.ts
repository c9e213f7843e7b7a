/** A plain check of a value: what is wrong with it, or null. `at` says where it stands. */
type Check = (value: unknown, at: string) => string | null;

const test =
  (what: string, holds: (value: unknown) => boolean): Check =>
  (value, at) =>
    holds(value) ? null : `${at} is not ${what}.`;

const text = test('a text', (value) => typeof value === 'string');
const number = test('a number', (value) => typeof value === 'number');
const truth = test('true or false', (value) => typeof value === 'boolean');
const count = test('a count', (value) => Number.isSafeInteger(value) && (value as number) >= 0);
const typedArray = test('an array of numbers', (value) => ArrayBuffer.isView(value));
const oneOf = (...words: readonly string[]): Check =>
  test(`one of ${words.join(', ')}`, (value) => words.includes(value as string));
const orNull =
  (check: Check): Check =>
  (value, at) =>
    value === null ? null : check(value, at);
const optional =
  (check: Check): Check =>
  (value, at) =>
    value === undefined ? null : check(value, at);
const list =
  (check: Check): Check =>
  (value, at) =>
    Array.isArray(value) ? first(value.map((item, i) => () => check(item, `${at}[${i}]`))) : `${at} is not a list.`;
const map =
  (check: Check): Check =>
  (value, at) =>
    value instanceof Map
      ? first(
          [...value].map(
            ([key, entry]) =>
              () =>
                count(key, `${at} key`) ?? check(entry, `${at}[${String(key)}]`),
          ),
        )
      : `${at} is not a map.`;
const record =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value, at) =>
    typeof value === 'object' && value !== null
      ? first(
          Object.entries(fields).map(
            ([name, check]) =>
              () =>
                check((value as Record<string, unknown>)[name], `${at}.${name}`),
          ),
        )
      : `${at} is not an object.`;

function first(checks: readonly (() => string | null)[]): string | null {
  for (const check of checks) {
    const complaint = check();
    if (complaint !== null) return complaint;
  }
  return null;
}

const span = record({ start: count, end: count });
const counts = ['size', 'negative', 'zero', 'positive', 'negativeInfinity', 'positiveInfinity', 'nan'].map((name) => [
  name,
  count,
]);
const measures = ['min', 'max', 'mean', 'deviation', 'norm', 'magnitude'].map((name) => [name, number]);
const statistics = record(Object.fromEntries([...counts, ...measures]) as Record<string, Check>);
const content = record({ statistics, data: orNull(typedArray) });
const attributes = record({});
const problem = record({ code: text, severity: oneOf('error', 'warning'), message: text, file: text, span });
const site = record({
  id: count,
  file: text,
  span,
  kind: oneOf('expression', 'name'),
  name: orNull(text),
  of: orNull(span),
});
const scopeKinds = oneOf('program', 'function', 'loop', 'scope', 'module', 'composite', 'model');
const scope = record({
  id: count,
  parent: orNull(count),
  kind: scopeKinds,
  name: text,
  index: count,
  file: orNull(text),
  span: orNull(span),
});
const node = record({
  id: count,
  op: text,
  kind: oneOf('parameter', 'input', 'constant', 'op'),
  inputs: list(count),
  attributes,
  dtype: oneOf('float32', 'float64', 'int32', 'bool'),
  shape: list(count),
  requiresGrad: truth,
  name: orNull(text),
  sites: list(count),
  scope: count,
  value: content,
});
const update = record({ node: count, before: content, after: content });
const step = record({
  optimizer: text,
  settings: attributes,
  lossBefore: number,
  lossAfter: number,
  updates: list(update),
});
const pass = record({
  name: text,
  kind: oneOf('model', 'backward'),
  site: orNull(count),
  loss: count,
  nodes: list(count),
  gradients: map(content),
  contributions: list(record({ node: count, input: count, value: content })),
  step: orNull(step),
  expectations: optional(
    list(
      record({
        node: count,
        site: orNull(count),
        kind: oneOf('between', 'above', 'below', 'finite', 'nonzero'),
        low: number,
        high: number,
      }),
    ),
  ),
});
const trace = record({
  format: oneOf('retrograd-trace/1'),
  entry: text,
  files: list(record({ path: text, text })),
  sites: map(site),
  scopes: list(scope),
  nodes: list(node),
  passes: list(pass),
  log: list(record({ level: oneOf('log', 'warn', 'error'), text, file: text, span })),
  problems: list(problem),
});

interface Linked {
  readonly scopes: readonly { readonly id: number; readonly parent: number | null }[];
  readonly nodes: readonly { readonly id: number; readonly inputs: readonly number[]; readonly scope: number }[];
  readonly passes: readonly {
    readonly loss: number;
    readonly nodes: readonly number[];
    readonly gradients: ReadonlyMap<number, unknown>;
    readonly expectations?: readonly { readonly node: number }[];
  }[];
}

/** What keeps a value from being a trace, or null. Readers may rely on every id that a trace holds. */
export function checkTrace(value: unknown): string | null {
  const complaint = trace(value, 'trace');
  if (complaint !== null) return complaint;
  const { scopes, nodes, passes } = value as Linked;
  const sound =
    scopes.every(({ id, parent }, i) => id === i && (parent === null ? i === 0 : parent < i)) &&
    nodes.every(
      ({ id, inputs, scope: owner }, i) => id === i && owner < scopes.length && inputs.every((input) => input < i),
    ) &&
    passes.every(({ loss, nodes: members, gradients, expectations = [] }) =>
      [loss, ...members, ...gradients.keys(), ...expectations.map(({ node: of }) => of)].every(
        (id) => id < nodes.length,
      ),
    );
  return sound ? null : 'trace refers to what it does not hold.';
}
