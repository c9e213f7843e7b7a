import ts from 'typescript';
import type { Context } from './context.ts';
import { call, construction } from './sites/call.ts';
import { expressionStatement, variables } from './sites/destructuring.ts';
import { functionLike, type FunctionNode } from './sites/function.ts';
import { loop } from './sites/loop.ts';
import { assignment, declaration, property } from './sites/name.ts';
import { hasModifier } from './syntax.ts';
import { refuse } from './unsupported.ts';

/** Visits everything that is there at run time, in the order of the text. */
export function visit(context: Context, node: ts.Node): void {
  if (isErased(node)) return;
  switch (node.kind) {
    case ts.SyntaxKind.Identifier:
      return identifier(context, node as ts.Identifier);
    case ts.SyntaxKind.CallExpression:
      return call(context, node as ts.CallExpression);
    case ts.SyntaxKind.NewExpression:
    case ts.SyntaxKind.TaggedTemplateExpression:
      return construction(context, node as ts.NewExpression | ts.TaggedTemplateExpression);
    case ts.SyntaxKind.VariableDeclaration:
    case ts.SyntaxKind.Parameter:
      return declaration(context, node as ts.VariableDeclaration | ts.ParameterDeclaration);
    case ts.SyntaxKind.PropertyAssignment:
    case ts.SyntaxKind.PropertyDeclaration:
      return property(context, node as ts.PropertyAssignment | ts.PropertyDeclaration);
    case ts.SyntaxKind.BinaryExpression:
      return assignment(context, node as ts.BinaryExpression);
    case ts.SyntaxKind.VariableStatement:
      return variables(context, node as ts.VariableStatement);
    case ts.SyntaxKind.ExpressionStatement:
      return expressionStatement(context, node as ts.ExpressionStatement);
    case ts.SyntaxKind.FunctionDeclaration:
    case ts.SyntaxKind.FunctionExpression:
    case ts.SyntaxKind.ArrowFunction:
    case ts.SyntaxKind.MethodDeclaration:
    case ts.SyntaxKind.Constructor:
    case ts.SyntaxKind.GetAccessor:
    case ts.SyntaxKind.SetAccessor:
      return functionLike(context, node as FunctionNode);
    case ts.SyntaxKind.ForStatement:
    case ts.SyntaxKind.ForOfStatement:
    case ts.SyntaxKind.ForInStatement:
    case ts.SyntaxKind.WhileStatement:
    case ts.SyntaxKind.DoStatement:
      return loop(context, node as ts.IterationStatement);
    case ts.SyntaxKind.Decorator:
    case ts.SyntaxKind.AccessorKeyword:
      return refuse(context, node);
    case ts.SyntaxKind.VariableDeclarationList:
      if ((node.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using) refuse(context, node);
      return context.children(node);
    case ts.SyntaxKind.IfStatement:
    case ts.SyntaxKind.SwitchStatement:
      context.expressions.push(context.spanOf((node as ts.IfStatement | ts.SwitchStatement).expression));
      return context.children(node);
    case ts.SyntaxKind.ReturnStatement:
    case ts.SyntaxKind.ThrowStatement:
    case ts.SyntaxKind.ExportAssignment:
      context.expressions.push(context.spanOf(node));
      return context.children(node);
    default:
      return context.children(node);
  }
}

/** What stripping leaves nothing of, and what the imports' own pass reads. */
function isErased(node: ts.Node): boolean {
  switch (node.kind) {
    case ts.SyntaxKind.InterfaceDeclaration:
    case ts.SyntaxKind.TypeAliasDeclaration:
    case ts.SyntaxKind.TypeParameter:
    case ts.SyntaxKind.IndexSignature:
    case ts.SyntaxKind.EnumDeclaration:
    case ts.SyntaxKind.ModuleDeclaration:
    case ts.SyntaxKind.ImportDeclaration:
    case ts.SyntaxKind.ImportEqualsDeclaration:
    case ts.SyntaxKind.ExportDeclaration:
      return true;
    case ts.SyntaxKind.ExpressionWithTypeArguments:
      return false; // a type node by TypeScript's count, but also what a class extends
    case ts.SyntaxKind.HeritageClause:
      return (node as ts.HeritageClause).token === ts.SyntaxKind.ImplementsKeyword;
    case ts.SyntaxKind.VariableStatement:
    case ts.SyntaxKind.FunctionDeclaration:
    case ts.SyntaxKind.ClassDeclaration:
      return hasModifier(node, ts.SyntaxKind.DeclareKeyword);
    case ts.SyntaxKind.PropertyDeclaration:
      return hasModifier(node, ts.SyntaxKind.DeclareKeyword) || hasModifier(node, ts.SyntaxKind.AbstractKeyword);
    default:
      return ts.isTypeNode(node);
  }
}

function identifier(context: Context, node: ts.Identifier): void {
  if (node.text.startsWith('__rg')) refuse(context, node);
  const parent: ts.Node = node.parent;
  const { name, propertyName, label } = parent as Partial<Record<'name' | 'propertyName' | 'label', ts.Node>>;
  const isName = (name === node && !ts.isShorthandPropertyAssignment(parent)) || propertyName === node || label === node;
  if (!isName) context.used.add(node.text);
}
