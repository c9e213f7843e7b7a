import ts from 'typescript';
import type { Context } from './context.ts';
import { isSeenField } from './repeatable.ts';
import { call, construction } from './sites/call.ts';
import { expressionStatement, variables } from './sites/destructuring.ts';
import { functionLike, type FunctionNode } from './sites/function.ts';
import { loop } from './sites/loop.ts';
import { assignment, declaration, property } from './sites/name.ts';
import { hasModifier } from './syntax.ts';
import { refuse } from './unsupported.ts';

/** TypeScript's exports are getters; this one is read for every node, and took a tenth of the time of a large file. */
const Kind = ts.SyntaxKind;

/** Visits everything that is there at run time, in the order of the text. */
export function visit(context: Context, node: ts.Node): void {
  if (isErased(node)) return;
  switch (node.kind) {
    case Kind.Identifier:
      return identifier(context, node as ts.Identifier);
    case Kind.CallExpression:
      return call(context, node as ts.CallExpression);
    case Kind.NewExpression:
    case Kind.TaggedTemplateExpression:
      return construction(context, node as ts.NewExpression | ts.TaggedTemplateExpression);
    case Kind.VariableDeclaration:
    case Kind.Parameter:
      return declaration(context, node as ts.VariableDeclaration | ts.ParameterDeclaration);
    case Kind.PropertyDeclaration:
      context.hasQuietEffects ||= !isSeenField(node as ts.PropertyDeclaration);
      return property(context, node as ts.PropertyDeclaration);
    case Kind.PropertyAssignment:
      return property(context, node as ts.PropertyAssignment);
    case Kind.BinaryExpression:
      return assignment(context, node as ts.BinaryExpression);
    case Kind.VariableStatement:
      return variables(context, node as ts.VariableStatement);
    case Kind.ExpressionStatement:
      return expressionStatement(context, node as ts.ExpressionStatement);
    case Kind.FunctionDeclaration:
    case Kind.FunctionExpression:
    case Kind.ArrowFunction:
    case Kind.MethodDeclaration:
    case Kind.Constructor:
    case Kind.GetAccessor:
    case Kind.SetAccessor:
      return functionLike(context, node as FunctionNode);
    case Kind.ForStatement:
    case Kind.ForOfStatement:
    case Kind.ForInStatement:
    case Kind.WhileStatement:
    case Kind.DoStatement:
      return loop(context, node as ts.IterationStatement);
    case Kind.Decorator:
    case Kind.AccessorKeyword:
      return refuse(context, node);
    case Kind.VariableDeclarationList:
      if ((node.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using) refuse(context, node);
      return context.children(node);
    case Kind.IfStatement:
    case Kind.SwitchStatement:
      context.expressions.push(context.spanOf((node as ts.IfStatement | ts.SwitchStatement).expression));
      return context.children(node);
    case Kind.ReturnStatement:
    case Kind.ThrowStatement:
    case Kind.ExportAssignment:
      context.expressions.push(context.spanOf(node));
      return context.children(node);
    default:
      return context.children(node);
  }
}

/** What stripping leaves nothing of, and what the imports' own pass reads. */
function isErased(node: ts.Node): boolean {
  switch (node.kind) {
    case Kind.InterfaceDeclaration:
    case Kind.TypeAliasDeclaration:
    case Kind.TypeParameter:
    case Kind.IndexSignature:
    case Kind.EnumDeclaration:
    case Kind.ModuleDeclaration:
    case Kind.ImportDeclaration:
    case Kind.ImportEqualsDeclaration:
    case Kind.ExportDeclaration:
      return true;
    case Kind.ExpressionWithTypeArguments:
      return false; // a type node by TypeScript's count, but also what a class extends
    case Kind.HeritageClause:
      return (node as ts.HeritageClause).token === Kind.ImplementsKeyword;
    case Kind.VariableStatement:
    case Kind.FunctionDeclaration:
    case Kind.ClassDeclaration:
      return hasModifier(node, Kind.DeclareKeyword);
    case Kind.PropertyDeclaration:
      return hasModifier(node, Kind.DeclareKeyword) || hasModifier(node, Kind.AbstractKeyword);
    default:
      return ts.isTypeNode(node);
  }
}

function identifier(context: Context, node: ts.Identifier): void {
  if (node.text.startsWith('__rg')) refuse(context, node);
  const parent: ts.Node = node.parent;
  const { name, propertyName, label } = parent as Partial<Record<'name' | 'propertyName' | 'label', ts.Node>>;
  const isName =
    (name === node && !ts.isShorthandPropertyAssignment(parent)) || propertyName === node || label === node;
  if (!isName) context.used.add(node.text);
}
