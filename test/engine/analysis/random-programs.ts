import fc from 'fast-check';

const head = "import { model, param, setDefaultDtype } from 'retrograd';\nsetDefaultDtype('float64');\n";

/** A random program of named scalars, each made of two earlier ones. */
export const programs = fc
  .array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom('mul', 'add', 'sub', 'tanh', 'sigmoid', 'mulsin')), {
    minLength: 2,
    maxLength: 9,
  })
  .map((steps) => {
    const lines = steps.map(([p, q, op], i) => {
      const [a, b] = [`v${p % (i + 2)}`, `v${q % (i + 2)}`];
      const made =
        op === 'tanh' || op === 'sigmoid'
          ? `${a}.${op}()`
          : op === 'mulsin'
            ? `${a}.mul(${b}).sin()`
            : `${a}.${op}(${b})`;
      return `  const v${i + 2} = ${made};`;
    });
    const last = Array.from({ length: steps.length + 2 }, (_, i) => `v${i}`).join(').add(');
    return `${head}const v0 = param(0.6);\nconst v1 = param(-0.8);\nexport const m = model(() => {\n${lines.join('\n')}\n  const loss = v0.add(${last});\n  return loss;\n});\n`;
  });
