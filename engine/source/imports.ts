import ts from 'typescript';
import { t } from '../base/l10n.ts';
import type { Context } from './context.ts';
import { isLibrary } from './models.ts';
import type { ImportedModule } from './module.ts';

/**
 * Lists what the program imports and takes away what is only a type: as TypeScript does, an import that no value of the file
 * uses goes, whether it says `type` or not. Runs after the walk, which knows what is used.
 */
export function imports(context: Context): ImportedModule[] {
  const found: ImportedModule[] = [];
  const types = typeNames(context.tree);
  for (const statement of context.tree.statements) {
    if (ts.isImportDeclaration(statement)) {
      if (elide(context, statement)) continue;
      const names = namesOf(context, statement);
      found.push(...imported(context, statement.moduleSpecifier, statement.attributes, names));
    } else if (ts.isExportDeclaration(statement) && !statement.isTypeOnly) {
      if (statement.moduleSpecifier !== undefined)
        found.push(...imported(context, statement.moduleSpecifier, statement.attributes));
      else elideExports(context, statement, types);
    }
  }
  for (const specifier of dynamicImports(context.tree)) found.push(...imported(context, specifier, undefined));
  return found;
}

function imported(
  context: Context,
  specifier: ts.Expression,
  attributes: ts.ImportAttributes | undefined,
  names: ImportedModule['names'] = [],
): ImportedModule[] {
  if (!ts.isStringLiteralLike(specifier)) return [];
  const name = specifier.text;
  if (!isLibrary(specifier) && !/^\.\.?(\/|$)/.test(name))
    context.problem(
      'refused-import',
      t("Cannot import '{0}': a model may import 'retrograd' and files of its own workspace (./…) only.", name),
      context.spanOf(specifier),
    );
  // The loader knows JSON by its name; not every engine reads attributes.
  if (attributes !== undefined) context.edits.blank(context.start(attributes), attributes.end);
  const saysJson =
    attributes?.elements.some(({ value }) => ts.isStringLiteral(value) && value.text === 'json') ?? false;
  return [{ specifier: name, span: context.spanOf(specifier), json: saysJson || name.endsWith('.json'), names }];
}

function namesOf(context: Context, { importClause }: ts.ImportDeclaration): ImportedModule['names'] {
  const bindings = importClause?.namedBindings;
  if (bindings === undefined || !ts.isNamedImports(bindings)) return [];
  const values = bindings.elements.filter(({ isTypeOnly, name }) => !isTypeOnly && context.used.has(name.text));
  return values.map(({ propertyName, name }) => ({
    name: (propertyName ?? name).text,
    span: context.spanOf(propertyName ?? name),
  }));
}

/**
 * `import { Net, Row } from './net.js'`  →  `import { Net,     } from './net.js'`, with `Row` only used as a type.
 * Returns true when nothing of the import was left.
 */
function elide(context: Context, node: ts.ImportDeclaration): boolean {
  const clause = node.importClause;
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const bindings = clause.namedBindings;
  const elements = bindings === undefined ? [] : ts.isNamespaceImport(bindings) ? [bindings] : bindings.elements;
  const isUnused = (name: ts.Identifier): boolean =>
    !context.used.has(name.text) && !isExported(context.tree, name.text);
  const goes = (element: ts.NamespaceImport | ts.ImportSpecifier): boolean =>
    (ts.isImportSpecifier(element) && element.isTypeOnly) || isUnused(element.name);
  const defaultGoes = clause.name === undefined || isUnused(clause.name);
  const isEmpty = clause.name === undefined && elements.length === 0; // `import {} from './x.js'` asks for the module itself
  if (!isEmpty && defaultGoes && elements.every(goes)) {
    context.edits.blank(context.start(node), node.end, ';');
    return true;
  }
  if (clause.name !== undefined && defaultGoes) blankWithComma(context, clause.name);
  if (bindings !== undefined && ts.isNamespaceImport(bindings)) {
    if (goes(bindings)) context.edits.blank(clause.name!.end, bindings.end);
  } else for (const element of elements) if (goes(element)) blankWithComma(context, element);
  return false;
}

function elideExports(context: Context, node: ts.ExportDeclaration, types: ReadonlySet<string>): void {
  if (node.exportClause === undefined || !ts.isNamedExports(node.exportClause)) return;
  for (const element of node.exportClause.elements)
    if (!element.isTypeOnly && types.has((element.propertyName ?? element.name).text)) blankWithComma(context, element);
}

function blankWithComma(context: Context, node: ts.Node): void {
  const comma = /^(?:\s|\/\*[^]*?\*\/|\/\/[^\n]*)*,/.exec(context.tree.text.slice(node.end));
  context.edits.blank(context.start(node), node.end + (comma?.[0].length ?? 0));
}

function isExported(tree: ts.SourceFile, name: string): boolean {
  return tree.statements.some(
    (statement) =>
      ts.isExportDeclaration(statement) &&
      !statement.isTypeOnly &&
      statement.moduleSpecifier === undefined &&
      statement.exportClause !== undefined &&
      ts.isNamedExports(statement.exportClause) &&
      statement.exportClause.elements.some(
        (element) => !element.isTypeOnly && (element.propertyName ?? element.name).text === name,
      ),
  );
}

/** Names that this file declares as types and not also as values. */
function typeNames(tree: ts.SourceFile): ReadonlySet<string> {
  const types = new Set<string>();
  for (const statement of tree.statements)
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) types.add(statement.name.text);
  for (const statement of tree.statements) {
    if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name)
      types.delete(statement.name.text);
    if (ts.isVariableStatement(statement))
      for (const { name } of statement.declarationList.declarations) if (ts.isIdentifier(name)) types.delete(name.text);
  }
  return types;
}

function dynamicImports(tree: ts.SourceFile): ts.Expression[] {
  if (!/\bimport\s*\(/.test(tree.text)) return [];
  const found: ts.Expression[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0])
      found.push(node.arguments[0]);
    ts.forEachChild(node, look);
  };
  look(tree);
  return found;
}
