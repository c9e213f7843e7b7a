import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Tensor } from '../../engine/library.ts';
import type { Content } from '../../engine/trace/format.ts';
import { statisticsOf } from '../../engine/trace/statistics.ts';
import type { RanNode, Way } from './runs.ts';

const library = new URL('../../engine/library.ts', import.meta.url);

/** Runs programs of a folder as modules of this process. Their `retrograd` is the library's source. */
export function inNode(folder: string): Way {
  const home = join(folder, 'node_modules', 'retrograd');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), '{ "type": "module", "exports": "./index.js" }');
  writeFileSync(join(home, 'index.js'), `export * from ${JSON.stringify(library.href)};\n`);
  return {
    name: 'node',
    async run(file, names) {
      try {
        const made = (await import(pathToFileURL(join(folder, file)).href)) as Readonly<Record<string, Tensor>>;
        return names.map((name) => ranNode(made[name]!));
      } catch (error) {
        return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      }
    },
    dispose: () => {},
  };
}

/** Every element, also of contents of which a trace keeps the statistics alone. */
const whole = (data: Tensor['data']): Content => ({ data, statistics: statisticsOf(data) });

const ranNode = ({ shape, dtype, data, grad }: Tensor): RanNode => ({
  shape,
  dtype,
  value: whole(data),
  gradient: grad && whole(grad.data),
});
