import type { OpDefinition } from '../../engine/ops/define.ts';
import { ops } from '../../engine/ops/index.ts';
import type { Verdict } from './measure.ts';
import type { Tried } from './try-functions.ts';

/** A function, and what came of all its samples. */
export interface Row {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly example: string;
  /** Cases of the PyTorch reference that call it. */
  readonly cases: number;
  readonly tried: readonly Tried[];
}

/** All that is wrong with a function, in words. */
export const complaintsAbout = ({ name, tried }: Row): string[] =>
  tried.flatMap((one) =>
    (['gradient', 'second', 'broadcast', 'sandbox'] as const).flatMap((what) => {
      const found = one[what];
      return typeof found === 'object' && found !== null ? [`${name}: ${what}: ${found.wrong}`] : [];
    }),
  );

const heading = `# Functions of tensors

What every function does, as tried: this page is written by \`test/conformance/functions-page.test.ts\`
(\`UPDATE_GOLDEN=1 npx mocha test/conformance/functions-page.test.ts\` after \`npm run build\`), which fails when a word of it is not so.

- **PyTorch**: so many cases of the reference ([test/fixtures/reference](../test/fixtures/reference)) call it; values and gradients agree to 1e-9.
- **gradient**, **second**: the gradient, and the gradient of the gradient, are those of central differences in float64. \`0\`: the
  function is constant between its jumps, and its gradient is zero. —: no gradient passes.
- **broadcasts**: arguments of different shapes give the values and gradients that their expansions give. —: it does not apply.
- **sandbox**: values and gradients in the editor's sandbox are bit for bit those of Node.
- **recorded as**: the ops of the graph, where they are others than the function's own name.
`;

/** An op that no function records by itself, and what came of its samples. */
export interface OpRow {
  readonly op: OpDefinition;
  readonly gradients: readonly Verdict[];
  readonly seconds: readonly Verdict[];
}

/** @param hidden ops that only rules apply. */
export function pageOf(sections: Readonly<Record<string, readonly Row[]>>, hidden: readonly OpRow[]): string {
  const tables = Object.entries(sections).map(
    ([title, rows]) => `
## ${title}

| function | for example | PyTorch | gradient | second | broadcasts | sandbox | recorded as | at kinks, ties and edges |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.map(line).join('\n')}
`,
  );
  return heading + tables.join('') + hiddenOps(hidden);
}

const hiddenOps = (rows: readonly OpRow[]): string => `
## Ops that only gradients record

| op | does | gradient | second | at kinks, ties and edges |
| --- | --- | --- | --- | --- |
${rows
  .map(({ op: { name, doc, convention }, gradients, seconds }) =>
    [`| \`${name}\``, doc, verdict(gradients), verdict(seconds), `${convention ?? ''} |`].join(' | '),
  )
  .join('\n')}
`;

function line({ name, aliases, example, cases, tried }: Row): string {
  const recorded = [...new Set(tried.flatMap((one) => one.ops))].sort();
  const own = recorded.length === 1 && recorded[0] === name;
  const [only] = recorded.length === 1 ? recorded : [name];
  const cells = [
    [name, ...aliases].map((word) => `\`${word}\``).join(', '),
    `\`${example.replaceAll('|', '\\|')}\``,
    cases === 0 ? '—' : String(cases),
    verdict(tried.map((one) => one.gradient)),
    verdict(tried.map((one) => one.second)),
    broadcast(tried),
    tried.every((one) => one.sandbox === 'same') ? 'same' : '**differs**',
    own ? '' : recorded.map((op) => `\`${op}\``).join(' '),
    ops[only!]?.convention ?? '',
  ];
  return `| ${cells.join(' | ')} |`;
}

function verdict(found: readonly Verdict[]): string {
  if (found.some((one) => typeof one === 'object')) return '**no**';
  if (found.includes('right')) return 'yes';
  return found.includes('zero') ? '0' : '—';
}

function broadcast(tried: readonly Tried[]): string {
  const found = tried.map((one) => one.broadcast);
  if (found.some((one) => typeof one === 'object' && one !== null)) return '**no**';
  return found.includes('right') ? 'yes' : '—';
}
