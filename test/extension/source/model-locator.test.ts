import assert from 'node:assert/strict';
import { importsRetrograd } from '../../../extension/source/imports-retrograd.ts';
import { locateModels } from '../../../extension/source/model-locator.ts';

/** `¦` marks where a model is to be found. */
function check(marked: string): void {
  const parts = marked.split('¦');
  const expected = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('').length);
  assert.deepEqual(locateModels(parts.join('')), expected, marked);
}

const importing = "import { model, param } from 'retrograd';\n";

describe('finding models in a text', () => {
  it('finds calls, with and without type arguments', () => {
    check(
      `${importing}export const a = ¦model(() => 1);\nconst b = ¦model <Array<number>>(f), c = ¦model<() => void>(f);`,
    );
  });

  it('finds none in comments, strings, templates and regular expressions', () => {
    check(
      `${importing}// model(\n/* model(\nmodel( */ 'model('; "model(\\"model("; \`model(\`; x = /model('[/]/; ¦model(f)`,
    );
  });

  it('finds those in the holes of a template, and those after it', () => {
    check(`${importing}\`a \${ { x: ¦model(f) } } model( \${\`\${¦model(f)}\`}\` / 2; ¦model(f)`);
  });

  it('takes a slash after a value for a division', () => {
    check(`${importing}const r = (a) / 2; const s = b / ¦model(f) / 2; // model(`);
  });

  it('finds no method, function or variable of the same name', () => {
    check(`${importing}keras.model(f); function model(x) {} const model2 = model; remodel(f); model\`x\`;`);
  });

  it('follows another name given at the import', () => {
    check("import { param as p, model as net } from 'retrograd'; ¦net(f); model(f)");
    check('import * as rg from "retrograd"; x = ¦rg.model(f); a.rg.model(f); model(f)');
    check("import { model } from './mine.ts'; import { param } from 'retrograd'; model(f)");
    check("import { param as model } from 'retrograd'; model(f)");
  });

  it('survives text that is being typed', () => {
    check(`${importing}const s = 'open\n¦model(f)`);
    check(`${importing}¦model(\`open model(`);
    check(`${importing}¦model(/open`);
    check(`${importing}model<`);
  });
});

describe('a model file', () => {
  it('imports the library', () => {
    for (const text of [
      importing,
      'import "retrograd"',
      "export * from 'retrograd'",
      "await 0; import\n{ param }\nfrom\n'retrograd'",
    ])
      assert.ok(importsRetrograd(text), text);
  });

  it('does not merely speak of it', () => {
    for (const text of [
      '',
      "// import 'retrograd'",
      "const a = 'retrograd'",
      "import 'retrograd-extras'",
      "`import 'retrograd'`",
    ])
      assert.ok(!importsRetrograd(text), text);
  });
});
