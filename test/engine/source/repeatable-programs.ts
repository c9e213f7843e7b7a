/**
 * Programs that try to pass for one that does the same at each step. `state`, `queue` and `count` are theirs to keep count in;
 * those that do change their ways do so after seventy steps.
 */
export interface Trial {
  readonly before?: string;
  readonly model: string;
  /** `yes`: what it does can be left out. `called`: as far as the text tells, but one of its calls gives no tensor, which is seen
   *  while it runs. Else why not. */
  readonly may: string;
}

export const trials: Readonly<Record<string, Trial>> = {
  'an expression': { model: '() => w.matmul(x).tanh().sum()', may: 'yes' },
  'a block': { model: '() => { const y = w.mul(v); return y.sum(); }', may: 'yes' },
  'a variable of its own, changed': {
    model: '() => { let y = w; y = y.tanh(); y = y.mul(v); return y.sum(); }',
    may: 'yes',
  },
  'a counter of its own': { model: '() => { let k = 1; k++; k += 2; return w.mul(k).square().sum(); }', may: 'yes' },
  'a counted loop': {
    model: '() => { let y = w; for (let i = 0; i < 3; i++) y = y.tanh(); return y.square().sum(); }',
    may: 'yes',
  },
  'a loop within a loop': {
    model:
      '() => { let y = w; for (let i = 0; i < 2; i++) for (let j = 0; j < i; j += 1) y = y.tanh(); return y.square().sum(); }',
    may: 'yes',
  },
  'a condition on what stays': { model: '() => (state.n === 0 ? w : v).square().sum()', may: 'yes' },
  'a branch on what stays': {
    model: '() => { if (state.n > 0) return v.sum(); return w.square().sum(); }',
    may: 'yes',
  },
  'an element of a list': { model: '() => w.mul(queue[0]!).square().sum()', may: 'yes' },
  'a field of an object': { model: '() => w.mul(state.n + 1).square().sum()', may: 'yes' },
  'types everywhere': {
    model: '(): Tensor => { const y: Tensor = w.mul(v) as Tensor; return (y satisfies Tensor)!.square().sum(); }',
    may: 'yes',
  },
  'a list of tensors': { model: '() => stack([w, v], 0).square().sum()', may: 'yes' },
  'named options': { model: '() => w.variance(0, { unbiased: true }).sum()', may: 'yes' },
  'a function of its own': {
    before: 'const f = (t: Tensor) => t.tanh();',
    model: '() => f(w).mul(v).sum().square()',
    may: 'yes',
  },
  'a function declared': {
    before: 'function f(t: Tensor) { return t.tanh(); }',
    model: '() => f(f(w)).mul(v).sum().square()',
    may: 'yes',
  },
  'a function that calls nothing': {
    before: 'const pick = (t: Tensor) => t;',
    model: '() => w.mul(v).sum().square()',
    may: 'yes',
  },
  'a module of the library': {
    before: 'const net = new nn.Linear(3, 2, { seed: 1 });',
    model: '() => net.forward(w).square().sum()',
    may: 'yes',
  },
  'a module of its own': {
    before:
      'class Net extends nn.Module { inner = new nn.Linear(3, 3, { seed: 1 }); forward(t: Tensor) { return this.inner.forward(t).tanh(); } }\nconst net = new Net();',
    model: '() => net.forward(w).square().sum()',
    may: 'yes',
  },
  'a parameter that is not used': { model: '(rows?: Tensor) => w.square().sum()', may: 'yes' },
  'a variable that hides one of the program': {
    model: '() => { let count = 1; count = 2; return w.mul(count).square().sum(); }',
    may: 'yes',
  },
  'words in a comment': {
    before: '// get the loss, set up the Proxy, bind Object.create to it, by the handle\n/* static Symbol */',
    model: '() => w.square().sum()',
    may: 'yes',
  },
  'a variable called shift': {
    before: 'const [scale, shift] = [v, w];',
    model: '() => w.mul(scale).add(shift).square().sum()',
    may: 'yes',
  },

  'a number drawn': {
    model: '() => w.mul(Math.abs(1)).square().sum()',
    may: 'a method of Math, which nobody is told of',
  },
  'a number drawn by another name': {
    before: 'const M = Math;',
    model: '() => w.mul(M.floor(count < 70 ? 1 : 2)).square().sum()',
    may: 'called',
  },
  'the time': { model: '() => w.mul(Date.now() > 1 ? 1 : 2).square().sum()', may: 'called' },
  'a function of time, taken out': {
    before: 'const { now } = Date;',
    model: '() => w.mul(now() > 1 ? 1 : 2).square().sum()',
    may: 'now',
  },
  'a list that is used up': { model: '() => w.mul(queue.shift()!).square().sum()', may: 'called' },
  'a list that is used up in a function': {
    before: 'const take = () => queue.pop()!;',
    model: '() => w.mul(take()).square().sum()',
    may: 'called',
  },
  'a list that grows': { model: '() => w.mul(queue.push(1) < 370 ? 1 : 2).square().sum()', may: 'called' },
  'a value that is read': { model: '() => (w.sum().item() > -9 ? w : v).square().sum()', may: 'called' },
  'values that are read by a getter': { model: '() => w.mul(w.data[0]! > 0.1 ? 1 : 2).square().sum()', may: 'yes' },
  'a gradient': { model: '() => w.mul(w.grad === null ? 1 : 2).square().sum()', may: 'yes' },
  'an expression of a pattern': {
    before: 'const letters = /a/g;',
    model: '() => w.mul(letters.test("aa") ? 1 : 2).square().sum()',
    may: 'called',
  },
  'a map that is counted in': {
    before: 'const map = new Map<string, number>();',
    model: '() => { map.set("n", (map.get("n") ?? 0) + 1); return w.mul(map.get("n")! < 70 ? 1 : 2).square().sum(); }',
    may: 'called',
  },

  'a counter': { model: '() => { count++; return w.square().sum(); }', may: 'changes what is not its own' },
  'a counter in an expression': {
    model: '() => w.mul(count++ < 70 ? 1 : 2).square().sum()',
    may: 'changes what is not its own',
  },
  'a counter in a chain of expressions': {
    model: '() => (count++, w).square().sum()',
    may: 'changes what is not its own',
  },
  'a counter behind a type': {
    model: '() => w.mul(((count++, state)<number>).n).square().sum()',
    may: 'no type, though TypeScript counts it so',
  },
  'a counter in an argument': { model: '() => w.sum(0 * count++).sum()', may: 'changes what is not its own' },
  'a counter in a key': { model: '() => w.mul(queue[count++]!).square().sum()', may: 'changes what is not its own' },
  'a counter in a loop': {
    model: '() => { let y = w; for (let i = count++; i < 3; i++) y = y.tanh(); return y.sum(); }',
    may: 'changes what is not its own',
  },
  'a loop with a variable of the program': {
    model: '() => { let y = w; for (count = 0; count < 3; count++) y = y.tanh(); return y.sum(); }',
    may: 'changes what is not its own',
  },
  'a variable of an inner block': {
    model: '() => { { let count = 0; count = 1; } return w.square().sum(); }',
    may: 'of an inner block: not looked into',
  },
  'a field that is set': {
    model: '() => { state.n = 1; return w.square().sum(); }',
    may: 'changes what is not its own',
  },
  'a field that is set if it is none': {
    model: '() => { state.n ??= 1; return w.square().sum(); }',
    may: 'changes what is not its own',
  },
  'an element that is set': {
    model: '() => { const own = queue; own[0] = 1; return w.square().sum(); }',
    may: 'changes what is not its own',
  },
  'a field that goes': {
    model: '() => { delete (state as { n?: number }).n; return w.square().sum(); }',
    may: 'no known form',
  },
  'a parameter that is set': {
    before: 'const f = (t: Tensor) => { t = t.tanh(); return t; };',
    model: '() => f(w).square().sum()',
    may: 'not its own variable',
  },
  'a closure': { model: '() => noGrad(() => w.square()).mul(w).sum()', may: 'a function in it' },
  'a closure that counts': {
    model: '() => { const f = () => count++; f(); return w.square().sum(); }',
    may: 'a function in it',
  },
  'a function that counts and calls nothing': {
    before: 'const tick = () => { count++; };',
    model: '() => w.square().sum()',
    may: 'nobody would be told of it',
  },
  'a constructor that counts': {
    before: 'class A { constructor() { count++; } }',
    model: '() => w.square().sum()',
    may: 'nobody would be told of it',
  },
  'an instance': {
    before: 'class A { n = 1; }',
    model: '() => { const a = new A(); return w.mul(a.n).square().sum(); }',
    may: 'no known form',
  },
  'a getter': { before: 'const s = { get n() { return 1; } };', model: '() => w.mul(s.n).square().sum()', may: 'get' },
  'a getter behind a comment': {
    before: 'const s = { get/**/n() { return count++; } };',
    model: '() => w.mul(s.n).square().sum()',
    may: 'nobody would be told of it',
  },
  'a getter of the language': {
    before: 'const s = Object.create(null, { n: { get: [].shift.bind(queue) } }) as { n: number };',
    model: '() => w.mul(s.n).square().sum()',
    may: 'Object.create',
  },
  'a getter under another name': {
    before: 'const O = Object;\nconst s = O.create(null, {}) as { n: number };',
    model: '() => w.mul(s.n).square().sum()',
    may: 'Object',
  },
  'a conversion': {
    before: 'const s = { [Symbol.toPrimitive]: () => 1 };',
    model: '() => w.mul(+s).square().sum()',
    may: 'Symbol',
  },
  'a conversion by name': {
    before: 'const s = { valueOf: () => 1 };',
    model: '() => w.mul(+s).square().sum()',
    may: 'valueOf',
  },
  'a conversion by a function of the language': {
    before: 'const s = [1] as unknown as { join: unknown };\ns.join = queue.shift;',
    model: '() => w.mul(+s).square().sum()',
    may: 'shift, handed on',
  },
  'a proxy': { before: 'const s = new Proxy(state, {});', model: '() => w.mul(s.n + 1).square().sum()', may: 'Proxy' },
  'a prototype that is mended': {
    before: '(Array.prototype as { n?: number }).n = 1;',
    model: '() => w.square().sum()',
    may: 'prototype',
  },
  'an escape in a name': {
    before: 'const s = new Pro\\u0078y(state, {});',
    model: '() => w.mul(s.n + 1).square().sum()',
    may: 'an escape',
  },
  'code from a text': {
    before:
      "const make = (() => 0).constructor as (...texts: string[]) => (t: Tensor, s: typeof state) => Tensor;\nconst f = make('t', 's', 's.n++; return t.mul(s.n < 70 ? 1 : 2)');",
    model: '() => f(w, state).square().sum()',
    may: 'constructor',
  },
  'code from a text, behind a comment': {
    before: "const f = ((() => 0)./**/constructor('return 1') as () => Tensor);",
    model: '() => w.square().sum()',
    may: 'constructor',
  },
  'a layer of the language': {
    before:
      'const layers = Array.from({ length: 400 }, (_, i) => (i < 70 ? v : w));\nconst net = new nn.Sequential([].shift.bind(layers), tanh);',
    model: '() => net.forward(w).mul(w).square().sum()',
    may: 'bind',
  },
  'a layer that tells the time': {
    before: 'const net = new nn.Sequential(Date.now as never, tanh);',
    model: '() => net.forward(w).mul(w).sum()',
    may: 'now',
  },
  'a list whose class counts': {
    before: 'class List extends Array<Tensor> { made = state.n++; }\nconst list = List.from([w, v]) as Tensor[];',
    model: '() => stack(list).mul(state.n < 70 ? 1 : 2).square().sum()',
    may: 'a field that changes what is not its own',
  },
  'a field with an unseen call': {
    before: 'class List extends Array<Tensor> { made = queue?.shift()?.toFixed; }',
    model: '() => w.square().sum()',
    may: 'a call in a chain, which nobody is told of',
  },
  'a class with a static field': {
    before: 'class A { static n = 0; }',
    model: '() => w.mul(A.n + 1).square().sum()',
    may: 'static',
  },
  "a tensor's number": {
    model: '() => w.mul((w.square() as { handle: number }).handle > 500 ? 2 : 1).sum()',
    may: 'handle',
  },
  'a generator': {
    before: 'function* g() { yield 1; }\nconst drawn = g();',
    model: '() => w.square().sum()',
    may: 'a generator',
  },
  'something asynchronous': {
    before: 'const later = async () => { await null; count++; };',
    model: '() => w.square().sum()',
    may: 'does not run in one go',
  },
  'a default': { model: '(k = count++) => w.mul(k < 70 ? 1 : 2).square().sum()', may: 'an effect of a default' },
  'a pattern': {
    before: 'const drawn = queue.values();',
    model: '() => { const [k] = drawn; return w.mul(k!).square().sum(); }',
    may: 'asks an iterator',
  },
  'a pattern of a parameter': {
    before: 'const f = ([a]: Iterable<number>) => w.mul(a!);',
    model: '() => f(queue).square().sum()',
    may: 'asks an iterator',
  },
  'the rest of the parameters': {
    before: 'const f = (...all: Tensor[]) => stack(all);',
    model: '() => f(w, v).square().sum()',
    may: 'no known form',
  },
  'a spread of an iterator': {
    before: 'const drawn = queue.values();',
    model: '() => w.mul(Math.max(...drawn)).square().sum()',
    may: 'asks an iterator',
  },
  'a list with a spread': {
    before: 'const drawn = queue.values();',
    model: '() => tensor([...drawn]).sum().mul(w).sum()',
    may: 'asks an iterator',
  },
  'a loop over an iterator': {
    before: 'const drawn = queue.values();',
    model: '() => { for (const k of drawn) return w.mul(k).sum(); return w.sum(); }',
    may: 'asks an iterator',
  },
  'a loop that is left by name': {
    model: '() => { let y = w; out: for (let i = 0; i < 3; i++) { y = y.tanh(); break out; } return y.sum(); }',
    may: 'no known form',
  },
  'a loop as long as it goes': {
    model: '() => { let i = 0; while (i < 3) i++; return w.square().sum(); }',
    may: 'no known form',
  },
  'an error that is caught': {
    model: '() => { try { return w.square().sum(); } catch { return v.sum(); } }',
    may: 'no known form',
  },
  'an error that is thrown': {
    before: 'const f = (t: Tensor) => { if (count > 70) throw t; return t.tanh(); };',
    model: '() => f(w).sum()',
    may: 'no known form',
  },
  'arguments that are set': {
    before: 'function f(t: Tensor) { arguments[0] = v; return t.tanh(); }',
    model: '() => f(w).sum()',
    may: 'changes what is not its own',
  },
  'a tagged template': {
    before: 'const tag = (_: TemplateStringsArray) => w;',
    model: '() => tag`w`.square().sum()',
    may: 'a call that nobody is told of',
  },
  'a template': { model: '() => w.mul(Number(`${state.n}`) + 1).sum()', may: 'a conversion' },
  'a call that may be left out': {
    before: 'const f = (t: Tensor) => t.tanh();',
    model: '() => f?.(w).square().sum()',
    may: 'a call that nobody is told of',
  },
  'a method that may be left out': { model: '() => w?.square().sum()', may: 'a call that nobody is told of' },
  'the method of a superclass': {
    before:
      'class A { f(t: Tensor) { return t.tanh(); } }\nclass B extends A { override f(t: Tensor) { return super.f(t); } }\nconst b = new B();',
    model: '() => b.f(w).sum()',
    may: 'no known form',
  },
};
