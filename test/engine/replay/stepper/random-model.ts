import fc from 'fast-check';

/**
 * Texts of models with what a timeline has to cope with: values used several times, functions, loops, scopes, composite ops,
 * values that lead nowhere, parameters that many ops share, an op that takes the same value twice.
 */
export const randomModel: fc.Arbitrary<string> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('unary', 'binary', 'call', 'loop', 'scope', 'composite', 'idle', 'square'),
      a: fc.nat(30),
      b: fc.nat(30),
      times: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((steps) => {
    const names = ['w', 'v', 'x'];
    const body: string[] = ['  const x = input([0.3, -0.7, 1.1]);'];
    steps.forEach(({ kind, a, b, times }, i) => {
      const [left, right] = [names[a % names.length]!, names[b % names.length]!];
      const name = `t${i}`;
      const made: Readonly<Record<typeof kind, string>> = {
        unary: `const ${name} = ${left}.tanh();`,
        binary: `const ${name} = ${left}.mul(${right}).add(0.1);`,
        call: `const ${name} = layer(${left}, ${right});`,
        loop: `let ${name} = ${left};\n  for (let i = 0; i < ${times}; i++) ${name} = layer(${name}, w).sub(${right});`,
        scope: `const ${name} = scope('part', () => ${left}.sigmoid().mul(${right}));`,
        composite: `const ${name} = ${left}.softmax(0);`,
        idle: `const ${name} = ${left}.exp().mul(0.01).tanh();\n  ${right}.mul(2);`,
        square: `const ${name} = ${left}.mul(${left}).sin();`,
      };
      body.push(`  ${made[kind]}`);
      names.push(name);
    });
    return [
      "import { input, model, param, scope } from 'retrograd';",
      'const w = param([0.5, -0.25, 0.125]);',
      'const v = param(0.75);',
      'function layer(a, b) {\n  const inner = a.mul(b);\n  return inner.tanh().add(w);\n}',
      'export const m = model(() => {',
      ...body,
      `  return ${names.at(-1)!}.add(${names[names.length >> 1]!}).add(w).sum();`,
      '});',
    ].join('\n');
  });
