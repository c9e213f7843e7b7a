import ts from 'typescript';
import { t } from '../base/l10n.ts';
import type { Context } from './context.ts';

/** Says what cannot be run by taking types away, and what to write instead. */
export function refuse(context: Context, node: ts.Node): void {
  context.problem('unsupported-syntax', advice(node), context.spanOf(placeOf(node)));
}

/** Narrow enough to be underlined: the word that is at fault, not its whole block. */
function placeOf(node: ts.Node): ts.Node {
  return ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node) ? node.name : node;
}

function advice(node: ts.Node): string {
  switch (node.kind) {
    case ts.SyntaxKind.EnumDeclaration:
      return t(
        'An enum is more than a type and cannot be run here. Write `const Color = { Red: 0, Green: 1 } as const`.',
      );
    case ts.SyntaxKind.ModuleDeclaration:
      return t('A namespace with values cannot be run here. Move its content to a file of its own and import that.');
    case ts.SyntaxKind.PublicKeyword:
    case ts.SyntaxKind.PrivateKeyword:
    case ts.SyntaxKind.ProtectedKeyword:
    case ts.SyntaxKind.ReadonlyKeyword:
      return t(
        'A parameter property cannot be run here. Declare the field in the class and assign it in the constructor: `this.x = x`.',
      );
    case ts.SyntaxKind.Decorator:
      return t('Decorators cannot be run here. Call the function on the class or the value instead.');
    case ts.SyntaxKind.ImportEqualsDeclaration:
      return t('`import … = …` cannot be run here. Write `import … from …`.');
    case ts.SyntaxKind.ExportAssignment:
      return t('`export = …` cannot be run here. Write `export default …`.');
    case ts.SyntaxKind.TypeAssertionExpression:
      return t('A cast in angle brackets cannot be run here. Write `value as Type`.');
    case ts.SyntaxKind.AsExpression:
    case ts.SyntaxKind.SatisfiesExpression:
      return t('Without its type this expression would group differently. Put parentheses round it.');
    case ts.SyntaxKind.AccessorKeyword:
      return t('`accessor` fields cannot be run here. Write a plain field, or a getter and a setter.');
    case ts.SyntaxKind.VariableDeclarationList:
      return t('`using` cannot be run here. Write `const`.');
    case ts.SyntaxKind.Identifier:
      return t('Names that begin with `__rg` are kept for Retrograd. Choose another name.');
    default:
      return t('This cannot be run by taking its types away. Write it as plain JavaScript with types.');
  }
}
