/** Syntax that is easy to break by inserting text. Each program prints what it did. */
export const programs: Readonly<Record<string, string>> = {
  'calls keep this': `
    const counter = { n: 2, times(k: number) { return { v: this.n * k, get() { return this.v } } } };
    console.log(counter.times(3).get(), (counter.times)(4).v, counter['times'](5).v);`,
  'optional chains short-circuit as a whole': `
    const f = (o?: { a(): { b(): { c: number } } | undefined }) => o?.a()?.b().c;
    console.log(f(), f({ a: () => undefined }), f({ a: () => ({ b: () => ({ c: 7 }) }) }));
    const g = (o?: { a(): { b(): number } }) => o?.a().b();
    console.log(g(), g({ a: () => ({ b: () => 3 }) }));
    const h = (o?: { a?: () => number[] }) => o?.a?.()![0]?.toFixed(1);
    console.log(h(), h({}), h({ a: () => [2] }));
    const k = (o: { f(): { g(): number } | undefined } | undefined) => { try { return (o?.f())!.g() } catch (e) { return String(e) } };
    console.log(k(undefined));`,
  'an optional call keeps this': `const o = { n: 4, m() { return this?.n } }; console.log(o?.m(), o.m?.(), (o?.m)());`,
  'names of functions and classes stay': `
    const f = () => 1, g = function () {}, C = class {}, p = (() => 2);
    let h; h = () => 3; const o = { k: () => 4, m() {}, ['x' + 1]: () => 5 };
    class D { static s = () => 6; field = () => 7 }
    const { d = () => 8 } = {} as { d?: () => number };
    let q: (() => number) | undefined; q ??= () => 9;
    console.log([f, g, C, p, h, o.k, o.m, o.x1, D.s, new D().field, d, q].map((x) => x!.name));`,
  'closures over loop variables': `
    const fs: (() => string)[] = [];
    for (let i = 0; i < 3; i++) fs.push(() => String(i));
    for (const x of [7, 8]) fs.push(() => x.toFixed());
    for (const k in { a: 1, b: 2 }) { fs.push(() => k.trim()) }
    console.log(fs.map((f) => f()));`,
  'labels, continue and break': `
    const out: string[] = []; const put = (s: string) => { out.push(s) };
    outer: for (const i of [0, 1, 2]) { for (let j = 0; j < 3; j++) { if (j === 1) continue outer; if (i === 2) break outer; put(\`\${i}\${j}\`) } }
    a: b: while (true) { put('w'); do { put('d'); break a } while (put('never')!) }
    block: { for (;;) { put('b'); break block } }
    console.log(out);`,
  'loops without braces': `
    let n = 0; const inc = () => ++n;
    if (n < 1) for (let i = 0; i < 2; i++) inc(); else inc();
    while (inc() < 5);
    do inc(); while (n < 8)
    do inc()
    while (n < 12)
    for (const a of [1, 2]) for (const b of [3]) if (a) inc(); else inc()
    console.log(n)`,
  'leaving loops and functions early': `
    function find(xs: number[]) { for (const x of xs) { for (;;) { if (String(x) === '2') return x; break } } return -1 }
    const safe = () => { for (const x of [1, 2]) { try { for (;;) throw new Error(String(x)) } catch (e) { console.log(String(e)) } finally { continue } } return 'done' };
    const thrower = () => { throw new Error('x'.concat('y')) };
    console.log(find([1, 2, 3]), find([]), safe()); thrower();`,
  'statements that end without semicolons': `
    const a = String(1)
    const b = String(2) as string
    const { length } = b as string
    let c
    c = String(3) as string
    ;[c] = [String(4)]
    const f = (x: number) => String(x) as string
    const g = (x: boolean) => x ? String(1) : String(2) as string
    const v = String(5)!
    type T = string
    ;(() => console.log(a, b, c, length, f(9), g(false), v))()
    var i = 0
    i
    ++i
    console.log(i)`,
  'arrow bodies': `
    const o = (x: number) => ({ v: String(x) }), t = (x: number) => (String(x), x), n = (x: number) => (y: number) => String(x + y);
    const c = (x: number) => x ? String(x) : { no: 1 }, gen = <T,>(x: T) => [x].concat(x), long = (x: number) =>
      String(x)
    const w = (x: unknown) => x as string, u = () => void String(1);
    console.log(o(1), t(2), n(3)(4), c(0), c(5), gen('g'), long(6), w('7'), u());`,
  'arguments, new.target and this in functions': `
    function f() { return arguments.length + [].concat(arguments[0]).length }
    function N(this: any) { return new.target ? String(1) : String(2) }
    class A { x = String(1); arrow = () => this.x.concat('!'); get y() { return this.x.concat('y') } set y(v) { this.x = v.concat('s') } }
    const a = new A(); a.y = 'q';
    console.log((f as any)([1, 2], 3), (N as any)(), a.arrow(), a.y);`,
  destructuring: `
    const make = () => ({ a: 1, b: { c: [2, 3, 4] as number[] }, d: 5, e: 6 });
    const { a, b: { c: [x, , y = 9, z = Number('8')] }, ...rest } = make();
    let p, q; [p, q] = [String(1), String(2)]; ({ a: p, ...q } = make()); [p, [q = Number('3')]] = [1, [undefined]];
    const target: any = {}; ({ a: target.v, d: target['w'] } = make()); [target.x, ...target.y] = [1, 2, 3].map(String);
    if (p) [p, q] = [q, p]; else p = q
    if (p) var { d } = make()
    for (const [i, v] of ['s', 't'].entries()) console.log(i, v.concat('!'));
    for (const { a: k } of [make()]) console.log(k);
    for ([p, q] of [[5, 6]]) console.log(p, q);
    for (target.z of [1]) console.log(target.z);
    for (let [m, k] = [0, String(2)]; m < 2; m++) console.log(m, k);
    console.log(a, x, y, z, rest, p, q, target, d);`,
  'destructured parameters': `
    const f = ({ a, b = String(2) }: { a: number; b?: string }, [c, ...d]: string[] = []) => [a, b, c, d];
    function g({ a }: { a: number }) { return String(a) }
    const h = async ({ a }: { a: number }) => a;
    function* i({ a }: { a: number }) { yield a; yield* [String(a)] }
    class C { constructor({ a }: { a: number }) { console.log(a) } m([x]: number[]) { return Math.max(x!, 1) } }
    console.log(f({ a: 1 }), f({ a: 1 }, ['x', 'y']), g({ a: 3 }), await h({ a: 4 }), [...i({ a: 5 })], new C({ a: 6 }).m([7]));`,
  directives: `
    function f(this: unknown, x: number) { 'use strict'
      return String(x).concat(String(this)) }
    const g = (x: number) => { 'a'; "b"; return String(x) }, h = function (x: number) { 'use strict'; const [y] = [x].map(String); return y };
    console.log(f(1), g(2), h(3));`,
  hoisting: `
    console.log(early(), f());
    function early() { return inner(); function inner() { return String('hoisted') } }
    function f() { var r = typeof v; { var v = String(1) } return r + v }
    function g(x: number) { function x2() { return String(x) } return x2() } console.log(g(2));`,
  'async functions, await and for await': `
    const wait = async (x: number) => { for (const i of [1, 2]) await Promise.resolve(i).then((v) => v.toFixed()); return x };
    async function* many() { for (let i = 0; i < 2; i++) yield await wait(i) }
    for await (const x of many()) console.log(x);
    for (const p of [wait(5), wait(6)]) console.log(await p);
    const both = await Promise.all([wait(1), (async () => { throw new Error('no') })().catch(String)]);
    console.log(both);`,
  'generators that are left half-way': `
    function* g() { try { for (const x of [1, 2, 3]) { yield String(x) } } finally { console.log('closed') } }
    for (const x of g()) { if (x === '2') break; for (const y of g()) { console.log(x, y); break } }
    const [first] = g(); console.log(first);
    function* h(): Generator<number, void, number> { const got = yield 1; console.log('got', got); } const it = h(); it.next(); it.next(5);`,
  'classes with private names': `
    abstract class Base<T> { abstract f(): T; protected readonly list: T[] = Array.of<T>(); declare ghost: string; constructor() { this.list.push(this.f()) } }
    class P extends Base<number> implements Iterable<number> {
      static #count = Number('0'); static { P.#count = Number('4'); for (const x of [1]) P.#count += Number(x) }
      #w = String(1); override f(): number { return P.#count++ }
      get w() { return this.#w.concat('w') } set w(v) { this.#w = String(v) }
      static has(o: object) { return #w in o } *[Symbol.iterator]() { yield* this.list.map(Number) }
      ['comp' + 'uted']() { return this.#w?.concat('c') }
    }
    const p = new P(); p.w = 'z'; console.log(p.w, [...p], P.has(p), P.has({}), (p as any).computed());
    const mixin = <C extends new (...a: any[]) => object>(c: C) => class extends c { extra = String('m') };
    console.log(new (mixin(P))().extra, new (class { v = String(3) })().v);`,
  super: `
    class A { m(x: number) { return [x].concat(1) } static s() { return 's'.concat('A') } constructor(readonlyArg: number) { console.log(String(readonlyArg)) } }
    class B extends A { constructor({ x }: { x: number }) { super(Number(x)); this.m(1) } override m(x: number) { return super.m(x).concat(super['m'](2)) } static override s() { return super.s().concat('B') } }
    console.log(new B({ x: 1 }).m(5), B.s());`,
  'targets of assignments': `
    const o: any = { n: 1, l: [] as number[] }; const get = () => o; let t;
    get().x = String(1); get()['y'] = 2; get().n += 3; get().n++; --get().n; delete get().y; o.l[0] = Number('4'); [get().z] = [5];
    t = o.c = get().d = Number('6'); o.e ??= Number('7'); o.e ||= Number('8'); o.e &&= Number('9');
    get().k ??= String('k'); (t as any) = Number('10'); console.log(o, t);`,
  'templates and tags': `
    const tag = (s: TemplateStringsArray, ...v: unknown[]) => s.raw.join('|') + v.join(','), make = () => tag, o = { p: '!', tag(s: TemplateStringsArray) { return s[0] + this.p } };
    console.log(\`a\${String(1)}b\${\`n\${[2].map((x) => x * 2).join()}\`}\`, tag\`x\${String(3)}y\`, make()\`q\${4}\`, o.tag\`t\`);`,
  'types of all kinds': `
    interface Row { a: number } type M = { [K in keyof Row]: string }; declare const ghost: number; declare function nothing(): void; declare module './x' { interface Y {} }
    function over(x: string): string; function over(x: number): number; function over(x: any) { return [x].concat(x)[0] }
    const s = { a: Number('1') } satisfies Row, m = <const T,>(x: T) => [x].map((y) => y as T), n = new Map<string, Array<Map<string, number>>>([['k', []]]);
    const is = (x: unknown): x is string => typeof x === 'string' && x.includes('s'); let later!: string; later = String(2);
    const c = ['x', 'y'] as const, u = undefined as unknown as number | undefined, i = Array.of<number>;
    function ass(x: unknown): asserts x is string { if (!x) throw Error(String(x)) } ass('t'); for (const x of c as readonly string[]) console.log(x.trim());
    console.log(over(1), over('o'), s, m('q'), n.size, is('s'), later!, u?.toFixed(), i(3));`,
  'commas, conditionals and switches': `
    const f = (x: number) => (x++, String(x)), v = (f(1), f(2)), w = f(1) ? f(3) : f(4), [a = (f(5), f(6))] = [];
    switch (f(1)) { case f(0): console.log('no'); case f(1): const { length } = f(7); for (const x of [1]) console.log(x, length.toFixed()); default: [v.length] .map((x) => console.log(x)) }
    for (let i = 0, j = Number('3'); i < j; i++, j--) f(i); var x = 1, y = f(x), z; console.log(v, w, a, x, y, z);`,
  'getters run as often as before': `
    let n = 0; const o = { get w() { n++; return { f: () => n.toFixed() } } }; const a = o.w.f(), { w } = o; console.log(a, w.f(), n);`,
  'comments and odd white space': `
    const a = /* before */ String(1) /* after */ // end
      , b = String /* c */ (2) /* d */ . /* e */ concat('x')
    const f = (x: number /* t */) /* r */ : string => /* body */ String(x) /* tail */
    for /* 1 */ (const x /* 2 */ of /* 3 */ [1]) /* 4 */ console.log(x.toFixed()) /* 5 */
    console.log(a, b, f(1)) // last`,
  'spread, exponent and unary operators': `
    const xs = [...'ab'].map((x) => x.toUpperCase()), o = { ...{ a: String(1) }, b: [...xs, ...xs.map((x) => x)] };
    console.log(Math.max(...xs.map((x) => x.length)), (-Number('2')) ** 2, 2 ** Number('3'), !String(''), typeof String(1), void String(1), o, +String(3), [...new Set(xs)].length);`,
  'return and throw across lines': `
    const f = () => { return (
      String(1)
    ) }, g = () => { return
      String(1) }, h = () => [1, 2]
        .map((x) => x + 1)
        .filter(Boolean)
    console.log(f(), g(), h())`,
};
