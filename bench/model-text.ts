/** A model of 60 nodes, as a user would write it: layers of named scalars. Edits change a number, or the ops of one layer. */
export function modelText(value: number, extra: boolean): string {
  const layers = Array.from({ length: 10 }, (_, i) => {
    const ops = extra && i === 5 ? '.mul(w0).sin()' : '';
    return `  const u${i} = h${i}.mul(w${i % 4}).add(b${i % 4});\n  const s${i} = u${i}.sigmoid()${ops};\n  const h${i + 1} = s${i}.mul(u${i}).tanh();`;
  });
  const leaves = [0, 1, 2, 3].map(
    (i) => `const w${i} = param(${i === 0 ? value : 0.5 + i / 10});\nconst b${i} = param(${i / 10});`,
  );
  return `import { input, model, param } from 'retrograd';\n${leaves.join('\n')}\nexport const deep = model(() => {\n  const h0 = input(0.7);\n${layers.join('\n')}\n  const loss = h10.sub(1).square();\n  return loss;\n});\n`;
}
