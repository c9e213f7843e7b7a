import assert from 'node:assert/strict';
import { nameModels } from '../../../extension/source/model-names.ts';

const importing = "import { model, param } from 'retrograd';\n";

describe('names of models in a text', () => {
  const cases: readonly (readonly [what: string, text: string, names: readonly string[]])[] = [
    ['a constant', 'const net = model(f);', ['net']],
    ['an exported one', 'export const net = model(f);', ['net']],
    ['one with a type', 'let net: Model<[a: number, b: string]> = model(f);', ['net']],
    ['the second of a list', 'const a = 1, net = model(f);', ['net']],
    ['a property', 'const nets = { first: model(f), "second": model(g) };', ['first', 'second']],
    ['a later assignment', 'let net; net = model(f);', ['net']],
    ['one of an object', 'this.net = model(f);', ['net']],
    ['the default export', 'export default model(f);', ['default']],
    ['one without a name', 'model(f);', ['model']],
    ['an argument', 'train(model(f));', ['model']],
    ['the same name twice', '{ const net = model(f); }\n{ const net = model(g); }', ['net', 'net (2)']],
    ['text that is being typed', 'const = model(f', ['model']],
  ];
  for (const [what, text, names] of cases) {
    it(what, () => {
      const found = nameModels(importing + text);
      assert.deepEqual(
        found.map(({ name }) => name),
        names,
      );
      for (const { offset } of found) assert.equal((importing + text).startsWith('model(', offset), true);
    });
  }

  it('none where the library is not imported', () => assert.deepEqual(nameModels('const net = model(f);'), []));
});
