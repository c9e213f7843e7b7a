import ts from 'typescript';
import { t } from '../base/l10n.ts';
import type { SiteId } from '../base/brand.ts';
import type { Context } from './context.ts';
import { bare, boundName, hasModifier } from './syntax.ts';

/** How this file calls the library's `model`: its local names, and the names of `import * as rg`. */
export interface ModelNames {
  readonly direct: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
}

export function modelNames(tree: ts.SourceFile): ModelNames {
  const direct = new Set<string>();
  const namespaces = new Set<string>();
  for (const statement of tree.statements) {
    if (!ts.isImportDeclaration(statement) || !isLibrary(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined) continue;
    if (ts.isNamespaceImport(bindings)) namespaces.add(bindings.name.text);
    else
      for (const { name, propertyName } of bindings.elements)
        if ((propertyName ?? name).text === 'model') direct.add(name.text);
  }
  return { direct, namespaces };
}

export const isLibrary = (specifier: ts.Expression): boolean =>
  ts.isStringLiteral(specifier) && specifier.text === 'retrograd';

export function noteModel(context: Context, node: ts.CallExpression, site: SiteId): void {
  if (!isModel(node.expression, context.modelNames)) return;
  context.models.push({ site, name: boundName(node), span: context.spanOf(node) });
  const first = node.arguments[0] && bare(node.arguments[0]);
  if (first === undefined) return;
  if (ts.isIdentifier(first)) context.modelFunctions.push(first.text);
  else if (ts.isFunctionLike(first) && hasModifier(first, ts.SyntaxKind.AsyncKeyword))
    refuseAsync(context, context.spanOf(first));
}

/** After the walk: `model(step)` where `async function step` may stand further down. */
export function checkModelFunctions(context: Context): void {
  for (const name of new Set(context.modelFunctions)) {
    const at = context.asyncFunctions.get(name);
    if (at !== undefined) refuseAsync(context, at);
  }
}

function refuseAsync(context: Context, at: ReturnType<Context['spanOf']>): void {
  context.problem(
    'async-model',
    t(
      'A model function cannot be async: its loss must be there when it returns. Load data before model(…), outside the function.',
    ),
    at,
  );
}

function isModel(callee: ts.Expression, { direct, namespaces }: ModelNames): boolean {
  if (ts.isIdentifier(callee)) return direct.has(callee.text);
  return (
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === 'model' &&
    ts.isIdentifier(callee.expression) &&
    namespaces.has(callee.expression.text)
  );
}
