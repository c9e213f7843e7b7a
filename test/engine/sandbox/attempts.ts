/** Programs that try to get out of the sandbox, to corrupt the host, or to make it run for ever. `M` declares a sound model. */
export interface Attempt {
  readonly what: string;
  readonly text: string;
  /** The guest forges what no library would send: being told so, and getting a new worker, is the right answer. */
  readonly forges?: true;
}

const head =
  "import { Tensor, input, model, nn, param, scope, tensor, watch } from 'retrograd';\nconst w: any = param([1, 2]);\nconst G: any = globalThis;\nconst R: any = G['__' + 'rg'];\n";
const M = 'export const m = model(() => w.mul(w).sum());\n';
const told = (expression: string): string =>
  `let out: unknown; try { out = ${expression}; } catch (e) { out = String(e); }\nconsole.log(typeof out, String(out));\n`;
const attempt = (what: string, text: string): Attempt => ({ what, text: head + text + M });
const forged = (what: string, text: string): Attempt => ({ what, text: head + text + M, forges: true });
/** Breaks what the library in the guest stands on, before any op runs: the host must not rely on it. */
const polluted = (what: string, text: string): Attempt => forged(`pollution: ${what}`, text);
/** Returned by a model in the place of a loss. */
const returned = (what: string, expression: string): Attempt => ({
  what: `returned: ${what}`,
  text: `${head}export const m = model(() => (${expression}) as any);\n`,
  forges: true,
});

export const attempts: readonly Attempt[] = [
  attempt('constructor of a function', told("G.constructor.constructor('return process')()")),
  attempt('constructor of a library function', told("(param as any).constructor('return process.env')()")),
  attempt(
    'constructor of console.log',
    told("(console.log as any).constructor('return this.process || this.require')()"),
  ),
  attempt('constructor of __rg.value', told("R.value.constructor('return globalThis.retrogradHost')()")),
  attempt('async function constructor', told('(async () => 1).constructor(\'return import("node:fs")\')()')),
  attempt('generator constructor', told("(function* () {}).constructor('yield process')().next().value")),
  attempt('indirect eval', told("(0, eval)('typeof process + typeof require + typeof fetch')")),
  attempt(
    'globals of the host',
    told(
      "['process', 'require', 'fetch', 'WebAssembly', 'Worker', 'postMessage', 'Deno', 'Bun', 'std', 'os', 'setTimeout'].map((n) => typeof G[n])",
    ),
  ),
  attempt(
    'all names of the realm',
    told('Object.getOwnPropertyNames(globalThis).filter((n) => /retrograd|host|control/i.test(n))'),
  ),
  attempt('names of the host', told('[G.retrogradHost, G.retrogradControl, R?.host]')),
  attempt('redefining __rg', told("Object.defineProperty(globalThis, '__rg', { value: null })")),
  attempt('assigning to __rg', told('(R.value = () => 0)')),
  attempt('import of node:fs', told("await import('node:' + 'fs')")),
  attempt('import of a file URL', told("await import('file:///etc/' + 'passwd')")),
  attempt('import of data', told("await import('data:text/javascript,' + 'export default 1')")),
  attempt('import of an absolute path', told("await import('/etc/' + 'passwd')")),
  attempt('import of a parent folder', told("await import('../../../../etc/' + 'passwd')")),
  attempt('import by an object', told("await import({ toString: () => './main.ts' } as any)")),
  attempt('import of a huge name', told("await import('./' + 'x'.repeat(1e6))")),
  attempt('import of itself', told("Object.keys(await import('./main' + '.ts'))")),
  attempt('meta of the module', told('JSON.stringify((import.meta as any).url)')),
  attempt(
    'stack of an error of the library',
    told('(() => { try { w.matmul(tensor([[1, 2, 3]])); } catch (e: any) { return e.stack; } })()'),
  ),
  forged(
    'stack of an error of the host',
    told(
      "(() => { try { R.value(1, new Tensor(12345, { shape: [], dtype: 'float32', requiresGrad: false } as any)); w.item(); } catch (e: any) { return e.stack; } })()",
    ),
  ),
  attempt(
    'prepareStackTrace',
    '(Error as any).prepareStackTrace = (e: any, frames: any) => frames;\n' + told("new Error('x').stack"),
  ),
  attempt(
    'prepareStackTrace that throws',
    "(Error as any).prepareStackTrace = () => { throw 1; };\nconsole.log('x');\n",
  ),
  attempt(
    'a limit of stacks that is none',
    "(Error as any).stackTraceLimit = 1e9;\nconst f = (n: number): any => n ? f(n - 1) : new Error('x').stack;\nconsole.log(f(300));\n",
  ),
  attempt('caller of a function', told('(function f(): any { return (f as any).caller; })()')),
  attempt('arguments.callee', told("new Function('return arguments.callee.caller')()")),

  forged(
    'a handle that is no tensor',
    "new Tensor(999, { shape: [], dtype: 'float32', requiresGrad: true } as any).mul(2).item();\n",
  ),
  forged(
    'a negative handle',
    "new Tensor(-1, { shape: [], dtype: 'float32', requiresGrad: true } as any).mul(2).item();\n",
  ),
  forged('NaN as handle', "new Tensor(NaN, { shape: [], dtype: 'float32', requiresGrad: true } as any).backward();\n"),
  forged(
    'a fraction as handle',
    "new Tensor(0.5, { shape: [], dtype: 'float32', requiresGrad: true } as any).item();\n",
  ),
  forged(
    'a handle beyond 32 bits',
    "new Tensor(2 ** 32, { shape: [2], dtype: 'float32', requiresGrad: true } as any).data;\n",
  ),
  forged(
    'an object with valueOf as handle',
    "new Tensor({ valueOf: () => 0, toString: () => '0' } as any, { shape: [2], dtype: 'float32', requiresGrad: true } as any).sum().item();\n",
  ),
  forged(
    'an object with toPrimitive as handle',
    "new Tensor({ [Symbol.toPrimitive]: () => { for (;;); } } as any, { shape: [2], dtype: 'float32', requiresGrad: true } as any).data;\n",
  ),
  forged(
    'a handle with a wrong shape',
    "new Tensor(w.handle, { shape: [1e9, 1e9], dtype: 'float32', requiresGrad: true } as any).sum().item();\n",
  ),
  forged(
    'a handle with a shape of text',
    "new Tensor(w.handle, { shape: 'abc' as any, dtype: 'float32', requiresGrad: true } as any).sum().item();\n",
  ),
  forged(
    'a handle with a wrong dtype',
    "new Tensor(w.handle, { shape: [2], dtype: 'bool', requiresGrad: false } as any).data;\nnew Tensor(w.handle, { shape: [2], dtype: 'complex' as any, requiresGrad: false } as any).sum().item();\n",
  ),
  forged(
    'a backward pass from what is no loss',
    "new Tensor(w.handle, { shape: [], dtype: 'float32', requiresGrad: true } as any).backward();\n",
  ),
  forged(
    'a target of assignment that is too large',
    "model(() => w.sum(), { optimizer: { name: 'x', settings: {}, init: () => ({}), update: () => ({ parameter: tensor([1, 2, 3]), state: {} }) } as any });\n",
  ),
  forged(
    'a name of an optimiser that is none',
    'model(() => w.sum(), { optimizer: { name: { a: 1 }, settings: { __proto__: { x: 1 } }, init: () => ({}), update: (p: any) => ({ parameter: p, state: {} }) } as any });\n',
  ),
  forged(
    'settings with a cycle',
    "const settings: any = {}; settings.self = settings;\nmodel(() => w.sum(), { optimizer: { name: 'x', settings, init: () => ({}), update: (p: any) => ({ parameter: p, state: {} }) } as any });\n",
  ),
  forged(
    'settings that are a proxy',
    "model(() => w.sum(), { optimizer: { name: 'x', settings: new Proxy({}, { ownKeys: () => { throw 1; } }), init: () => ({}), update: (p: any) => ({ parameter: p, state: {} }) } as any });\n",
  ),
  forged('attributes that are objects', 'w.leakyRelu({ valueOf: () => 0.1 } as any).sum().item();\n'),
  forged('attributes with toJSON', 'w.sum({ toJSON: () => ({ a: { b: 1 } }) } as any).item();\n'),
  forged(
    'dimensions that are no numbers',
    "w.sum('constructor' as any).item();\nw.reshape({ length: 2 ** 32, 0: 1 } as any);\n",
  ),
  forged('a shape of fractions', 'w.reshape([0.5, 4]).sum().item();\n'),
  forged('a shape of huge numbers', 'w.expand([2 ** 31, 2 ** 31, 2]).sum().item();\n'),
  forged('content that lies about its length', 'tensor({ length: 2 ** 31, 0: 1 } as any);\n'),
  forged(
    'hooks with what is no site',
    'R.value({ valueOf: () => 1 }, w); R.value(-1, w); R.name(NaN, w); R.name(1e20, [w, w]); R.value(2 ** 31, w);\n',
  ),
  forged(
    'modules named by what is no site',
    "for (const at of [-1, 1e20, 2 ** 31, NaN, {}, '5', { valueOf: () => 1 }] as any[])\n  try { R.name(at, new nn.Linear(1, 1)); R.name(at, [new nn.Linear(1, 1)]); } catch (e) { console.log(String(e)); }\n",
  ),
  attempt(
    'a list that is a proxy of a tensor',
    told('R.list(new Proxy(w, { getPrototypeOf: () => { throw 1; }, get: () => () => { throw 2; } }))'),
  ),
  forged(
    'hooks with what is no token',
    "R.exit(-1); R.exit({}); R.exit(1e9); R.next(NaN); R.next(0.5); R.exit(0.5); R.enter('x'); R.loop(Symbol.iterator as any);\n",
  ),
  attempt('scopes that are never left', 'for (let i = 0; i < 20000; i++) R.enter(i);\n'),
  attempt('iterations without a loop', 'R.next(0); R.next(1); R.exit(0); R.exit(0);\n'),
  attempt(
    'a proxy as tensor',
    told(
      '(new Proxy(w, { get: (t, k) => (k === "handle" ? { valueOf: () => 0 } : Reflect.get(t, k)) }) as any).mul(2).item()',
    ),
  ),
  attempt(
    'a subclass of Tensor',
    'class Mine extends Tensor { get handle(): any { return 7e8; } set handle(v: any) {} }\n' +
      told("new Mine(0 as any, { shape: [], dtype: 'float32', requiresGrad: true } as any).sum().item()"),
  ),
  attempt(
    'an array with a getter',
    "const a: any = [w]; Object.defineProperty(a, 1, { get() { throw new Error('trap'); } });\n" + told('R.name(5, a)'),
  ),
  forged(
    'a class that claims to have tensors',
    'Object.defineProperty(Tensor, Symbol.hasInstance, { value: () => true });\n' + told('R.value(3, { handle: 1e9 })'),
  ),

  polluted(
    'Array.prototype',
    'Object.defineProperty(Array.prototype, 0, { get: () => 666, set() {}, configurable: true });\n',
  ),
  polluted(
    'Array methods',
    "for (const k of ['map', 'push', 'flatMap', 'reduce', 'some', 'every', 'join', 'slice', 'indexOf', 'entries']) (Array.prototype as any)[k] = () => ['evil'];\n",
  ),
  polluted('iterators', '(Array.prototype as any)[Symbol.iterator] = function* () { for (;;) yield 1; };\n'),
  polluted(
    'Object.prototype',
    "(Object.prototype as any).dim = { evil: 1 }; (Object.prototype as any).toJSON = () => 'evil'; (Object.prototype as any).then = (f: any) => f(1);\n",
  ),
  polluted(
    'Object functions',
    '(Object as any).keys = (Object as any).entries = (Object as any).values = (Object as any).assign = () => [[1]]; (Object as any).freeze = (x: any) => x;\n',
  ),
  polluted('Map', '(Map.prototype as any).get = () => 1e9; (Map.prototype as any).set = () => { throw 1; };\n'),
  polluted('Set', '(Set.prototype as any).add = () => { throw 1; }; (Set.prototype as any).has = () => true;\n'),
  polluted(
    'Int32Array',
    "G.Int32Array = class { buffer = 'evil'; length = 1e9; };\nObject.defineProperty(Object.getPrototypeOf(Int32Array.prototype ?? {}), 'length', { get: () => 1e9 });\n",
  ),
  polluted(
    'Float64Array',
    'G.Float64Array = { from: () => ({ buffer: { byteLength: 8 } }) };\nw.mul(tensor([3, 4])).sum().item();\n',
  ),
  polluted('Float64Array.from', '(Float64Array as any).from = () => new Float64Array(1e6);\ntensor([3, 4]);\n'),
  polluted(
    'typed array buffers',
    "Object.defineProperty(Object.getPrototypeOf(Int32Array.prototype), 'buffer', { get: () => new ArrayBuffer(3) });\nw.mul(2).item;\n",
  ),
  polluted(
    'ArrayBuffer.slice',
    '(ArrayBuffer.prototype as any).slice = () => ({ byteLength: 1e9 });\nw.mul(2).sum().item();\n',
  ),
  polluted(
    'ArrayBuffer.slice, too short',
    '(ArrayBuffer.prototype as any).slice = () => new ArrayBuffer(2);\nw.mul(2).sum().item();\n',
  ),
  polluted(
    'JSON',
    '(JSON as any).stringify = () => \'{"dim":{"__proto__":1}}\'; (JSON as any).parse = () => ({ evil: 1 });\n',
  ),
  polluted('JSON that is none', '(JSON as any).stringify = () => 42;\n'),
  polluted(
    'Number and Math',
    '(Number as any).isInteger = () => true; G.Number = () => ({}); G.Math = new Proxy({}, { get: () => () => NaN });\n',
  ),
  polluted(
    'String',
    '(String.prototype as any).slice = () => ({ evil: 1 }); (String.prototype as any).split = () => { throw 1; };\n',
  ),
  polluted(
    'Function.prototype.call',
    '(Function.prototype as any).call = (Function.prototype as any).apply = () => { throw 1; };\n',
  ),
  polluted(
    'Symbol.hasInstance',
    'Object.defineProperty(Function.prototype, Symbol.hasInstance, { value: () => false });\n',
  ),
  polluted('Promise', '(Promise.prototype as any).then = () => { throw 1; }; G.Promise = null;\n'),
  polluted('Error', "G.Error = function () { return { get stack() { return { evil: 1 }; } }; };\nconsole.log('x');\n"),
  polluted(
    'methods of Tensor',
    "(Tensor.prototype as any).sum = () => ({ handle: 1e9, size: 1 }); Object.defineProperty(Tensor.prototype, 'size', { get: () => 1 });\n",
  ),

  returned('nothing', 'undefined'),
  returned('a number', '3'),
  returned('an object like a tensor', '{ handle: 0, size: 1, shape: [], requiresGrad: true }'),
  returned('a tensor that lies about its size', "Object.defineProperty(w.mul(2), 'size', { value: 1 })"),
  returned('a tensor with a trap', "Object.defineProperty(w.sum(), 'handle', { get() { throw new Error('trap'); } })"),
  returned(
    'a tensor whose handle changes',
    "(() => { let n = 0; return Object.defineProperty(w.sum(), 'handle', { get: () => n++ * 1000 }); })()",
  ),
  returned(
    'a tensor with a huge handle',
    'Object.create(Tensor.prototype, { handle: { value: 2 ** 40 }, shape: { value: [] }, requiresGrad: { value: true } })',
  ),
  returned(
    'a tensor with a text as handle',
    "Object.create(Tensor.prototype, { handle: { value: '0' }, shape: { value: [] } })",
  ),
  returned(
    'a proxy of everything',
    'new Proxy(function () {}, { get: (t, k, r) => r, getPrototypeOf: () => Tensor.prototype, apply: () => 1 })',
  ),
  returned('a loss with a then', 'Object.assign(w.sum(), { then: (f: any) => f(1) })'),
  returned(
    'a revoked proxy',
    '(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()',
  ),

  returned(
    'a tensor that is nowhere',
    'Object.create(Tensor.prototype, { handle: { value: { valueOf: () => 0 } }, shape: { value: [] } })',
  ),

  attempt('Atomics.wait', told('Atomics.wait(new Int32Array(new SharedArrayBuffer(8)), 0, 0)')),
  attempt(
    'a SharedArrayBuffer as content',
    told('tensor(new Float32Array(new SharedArrayBuffer(8)) as any).sum().item()'),
  ),
  attempt(
    'WeakRef and finalisers',
    told('(new FinalizationRegistry(() => { for (;;); }).register({}, 1), new WeakRef({}).deref())'),
  ),
  attempt(
    'huge texts on the console',
    "console.log('x'.repeat(1e7)); console.log({ toString() { return 'y'.repeat(1e7); } }); console.log('\\ud800\\0\\u2028');\n",
  ),
  attempt(
    'objects with traps on the console',
    "const c: any = {}; c.c = c; console.log(c, Symbol('s'), 1n, null, undefined, () => 1, new Proxy({}, { get() { throw 1; } }), Object.create(null));\n",
  ),
  attempt(
    'a console line that calls the console',
    'console.log({ toString() { console.log("inner"); return "outer"; } });\n',
  ),
  attempt(
    'huge names',
    "watch(w, 'n'.repeat(1e6)); scope('s'.repeat(1e6), () => w.sum()); watch(w, { toString: () => 'o' } as any);\n",
  ),
  attempt('names of HTML and control characters', "watch(w, '<img src=x onerror=alert(1)>\\u0000\\u202e');\n"),
  attempt(
    'names of prototypes',
    "watch(w, '__proto__'); scope('constructor', () => w.sum()); scope('__proto__', () => w.sum());\n",
  ),
  attempt('a name that is a symbol', told("watch(w, Symbol('s') as any)")),
  attempt('many different names', "for (let i = 0; i < 150000; i++) watch(w, 'n' + i);\n"),
  attempt('a regular expression without an end', told("/^(a+)+$/.test('a'.repeat(40) + 'b')")),
  attempt(
    'a sort without order',
    told('Array.from({ length: 1e5 }, (_, i) => i).sort(() => Math.random() - 0.5).length'),
  ),
  attempt('a number of many digits', told('String(2n ** 2000000n).length')),
  attempt('JSON that is deep', told("JSON.stringify(JSON.parse('['.repeat(50000) + ']'.repeat(50000))).length")),
  attempt('a Date that is another', told('[new Date().getTime(), typeof performance]')),
  attempt('a rejection nobody hears', "void Promise.reject(new Error('unheard'));\n"),
  attempt('work after the module', "void Promise.resolve().then(() => { throw new Error('late'); });\n"),
  attempt('a loop in a promise', 'void Promise.resolve().then(() => { for (;;); });\n'),
  attempt('a loop in a getter of what is exported', 'export const trap = { get then() { for (;;); } };\n'),
  attempt(
    'a wait for a signal',
    told('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)') +
      told('(Atomics as any).waitAsync(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'),
  ),
  attempt(
    'code that runs when memory is freed',
    'const freed: any = new G.FinalizationRegistry(() => { for (;;); });\nfor (let i = 0; i < 1000; i++) freed.register({}, i);\n' +
      told('new G.WeakRef(w).deref() === w'),
  ),
  attempt(
    'a generator that never waits',
    'void (async () => { const g = (async function* () { for (;;) yield 1; })(); for await (const _ of g); })();\n',
  ),
  attempt('a thenable that is asked for ever', 'const again: any = { then: (f: any) => f(again) };\nawait again;\n'),
  attempt(
    'a stack without an end',
    'const f = (): any => [1].map(f);\ntry { f(); } catch (e) { console.log(String(e)); }\n',
  ),
  attempt(
    'a stack without an end in a getter of what is logged',
    'const o: any = { toString() { return String(this); } };\nconsole.log(o);\n',
  ),
  attempt('texts that double', "let t = 'x'; for (;;) t += t;\n"),
  attempt('arrays of arrays', 'const a: any[] = []; for (;;) a.push(a.slice());\n'),
  attempt(
    'a shape of huge numbers and a 0',
    told('param([]).expand([...new Array(40).fill(2 ** 31 - 1), 0]).shape.length'),
  ),
  forged(
    'lines of the log that nobody cuts',
    "(String.prototype as any).slice = () => String.prototype.repeat.call('x', 1e6);\nfor (let i = 0; i < 50; i++) console.log('x');\n",
  ),
  forged(
    'settings of a million characters',
    "model(() => w.sum(), { optimizer: { name: 'x', settings: { a: 'x'.repeat(1e6) }, init: () => ({}), update: (p: any) => ({ parameter: p, state: {} }) } as any });\n",
  ),
  forged(
    'contents that are never used',
    'const spread = (Array.prototype as any)[Symbol.iterator];\nconst large = new Float64Array(2 ** 20);\n(Array.prototype as any)[Symbol.iterator] = function () { throw 1; };\nfor (let i = 0; i < 200; i++) try { tensor(large as any); } catch {}\n(Array.prototype as any)[Symbol.iterator] = spread;\n',
  ),
  attempt('a model in a model', 'model(() => { model(() => w.sum()); return w.sum(); });\n'),
  attempt('models without an end', 'for (let i = 0; i < 1e6; i++) model(() => w.sum());\n'),
];
