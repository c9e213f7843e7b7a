import assert from 'node:assert/strict';
import type { ModulePath } from '../../../../engine/base/brand.ts';
import { outside } from '../../../../engine/workers/files/module-files.ts';
import { FilesByAsking, type Told } from '../../../../engine/workers/files/told-files.ts';
import { Program } from '../../../../engine/sandbox/host/program.ts';

const main = 'models/main.ts' as ModulePath;

/** A folder that is read by asking, and what was asked for, round by round. */
class Far {
  readonly rounds: string[][] = [];
  readonly texts: Record<string, Told>;
  readonly #files = new FilesByAsking();

  constructor(texts: Record<string, Told>) {
    this.texts = texts;
  }

  async load(overlays: Readonly<Record<string, string>> = {}): Promise<Program> {
    this.rounds.length = 0;
    const buffers = new Map(Object.entries(overlays).map(([path, text]) => [path as ModulePath, text]));
    const files = await this.#files.of(main, buffers, async (paths) => {
      this.rounds.push([...paths]);
      return paths.map((path) => this.texts[path] ?? null);
    });
    return new Program(main, files);
  }
}

const told = ({ problems }: Program): string[] => problems.map(({ message, file }) => `${file}: ${message}`);
const files = (program: Program): string[] => program.files.map(({ path }) => path);

describe('a program whose files are told by the host', () => {
  it('is read file by file, as they are imported', async () => {
    const far = new Far({
      'models/main.ts': "import { a } from './a';\nexport const m = a;\n",
      'models/a.ts': "import { b } from '../lib/b.js';\nexport const a = b;\n",
      'lib/b.ts': "import rows from './rows.json';\nexport const b = rows;\n",
      'lib/rows.json': '[1, 2]',
    });
    const program = await far.load();
    assert.deepEqual(told(program), []);
    assert.deepEqual(files(program), ['models/main.ts', 'models/a.ts', 'lib/b.ts', 'lib/rows.json']);
    assert.equal(far.rounds[0]!.join(), 'models/main.ts');
  });

  it('is read in one round the next time, with every text anew', async () => {
    const far = new Far({ 'models/main.ts': "import './a.ts';\n", 'models/a.ts': 'export const a = 1;\n' });
    await far.load();
    far.texts['models/a.ts'] = 'export const a = 2;\n';
    const program = await far.load();
    assert.equal(far.rounds.length, 1);
    assert.equal(program.files.at(-1)!.text, 'export const a = 2;\n');
  });

  it('asks no more for what it no longer imports', async () => {
    const far = new Far({ 'models/main.ts': "import './a.ts';\n", 'models/a.ts': '' });
    await far.load();
    far.texts['models/main.ts'] = '';
    await far.load();
    await far.load();
    assert.deepEqual(far.rounds, [['models/main.ts']]);
  });

  it('has unsaved buffers in the place of what is stored, of new files too', async () => {
    const far = new Far({ 'models/main.ts': '' });
    const program = await far.load({
      'models/main.ts': "import './new.ts';\n",
      'models/new.ts': 'export const n = 1;\n',
    });
    assert.deepEqual(told(program), []);
    assert.deepEqual(files(program), ['models/main.ts', 'models/new.ts']);
  });

  it('is refused what leads out of the folder, what is not there, and packages', async () => {
    const linked = 'models/linked.ts' as ModulePath;
    const far = new Far({
      'models/main.ts': "import '../../x.ts';\nimport './linked.ts';\nimport './none.ts';\nimport 'lodash';\n",
      [linked]: outside(linked),
    });
    assert.deepEqual(told(await far.load({ [linked]: 'unsaved' })), [
      "models/main.ts: Cannot import 'lodash': a model may import 'retrograd' and files of its own workspace (./…) only.",
      "models/main.ts: Cannot import '../../x.ts': it leads out of the workspace folder.",
      "models/main.ts: Cannot import './linked.ts': it leads out of the workspace folder.",
      "models/main.ts: Cannot find './none.ts' in the workspace folder.",
    ]);
    assert.ok(
      far.rounds.flat().every((path) => !path.includes('..')),
      'nothing outside was asked for',
    );
  });
});
