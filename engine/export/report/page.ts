import { displayLanguage, t } from '../../base/l10n.ts';
import type { ModelReport } from '../../explain/report/view.ts';
import type { Layout } from '../../picture/layout.ts';
import { Markup, element } from '../markup.ts';
import { svgOf } from '../svg.ts';
import { cardsSection } from './cards.ts';
import { checkSection } from './check.ts';
import { findingsSection } from './findings.ts';
import { flowSection } from './flow.ts';
import { parametersSection } from './parameters.ts';
import { reportStyle } from './style.ts';

/** Nothing may run in it, and nothing may be fetched: it is one file, and stays one. */
const policy =
  "default-src 'none'; script-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-src 'none'";

export interface ReportedModel {
  readonly report: ModelReport;
  readonly layout: Layout;
}

/** A report as one file of HTML that is well-formed XML too. @param file as its readers know it: never a path of this machine */
export function reportPage(file: string, version: string, models: readonly ReportedModel[]): string {
  const page = element(
    'html',
    { lang: displayLanguage().tag },
    element(
      'head',
      {},
      element('meta', { charset: 'utf-8' }),
      element('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
      element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      element('meta', { name: 'color-scheme', content: 'light dark' }),
      element('title', {}, t('Gradients of {0}', file)),
      Markup.style(reportStyle),
    ),
    element(
      'body',
      {},
      element('header', {}, element('h1', {}, file), contents(models)),
      element('main', {}, models.map(modelSection)),
      element('footer', {}, `Retrograd ${version}`),
    ),
  );
  return `<!doctype html>\n${page.text}\n`;
}

/** Several models are several chapters. */
const contents = (models: readonly ReportedModel[]): Markup | null =>
  models.length < 2
    ? null
    : element(
        'nav',
        {},
        element(
          'ul',
          {},
          models.map(({ report }, i) => element('li', {}, element('a', { href: `#model-${i}` }, report.graph.model))),
        ),
      );

function modelSection({ report, layout }: ReportedModel, index: number): Markup {
  return element(
    'article',
    { id: `model-${index}` },
    element('h2', {}, report.graph.model),
    element('p', { class: 'summary' }, report.summary),
    report.graph.step ? element('p', { class: 'dim' }, report.graph.step.text) : null,
    element('figure', { class: 'graph' }, svgOf(report.graph, layout)),
    findingsSection(report),
    parametersSection(report),
    flowSection(report),
    cardsSection(report),
    checkSection(report),
  );
}
