import { monospaced } from '../svg-style.ts';

const light = [
  '--ground:#fff;--card:#f8f8f8;--line:#dcdcdc;--text:#2b2b2b;--dim:#616161',
  '--warm:#8a5a00;--cold:#2f5fa8;--error:#b3261e;--warning:#8a5a00;--info:#2f5fa8;--stripe:#f3f3f3',
].join(';');
const dark = [
  '--ground:#1f1f1f;--card:#252526;--line:#3a3a3a;--text:#cccccc;--dim:#9d9d9d',
  '--warm:#e5b567;--cold:#79a8e8;--error:#f48771;--warning:#e5b567;--info:#79a8e8;--stripe:#262627',
].join(';');

/** Of the page; the graph brings its own. */
export const reportStyle = [
  `:root{color-scheme:light dark;${light}}`,
  `@media (prefers-color-scheme:dark){:root{${dark}}}`,
  'body{margin:0 auto;padding:32px 24px 64px;max-width:1120px;background:var(--ground);color:var(--text);font:14px/1.5 system-ui,sans-serif}',
  'h1{font-size:22px;font-weight:600;margin:0 0 8px;overflow-wrap:anywhere}',
  'h2{font-size:19px;font-weight:600;margin:32px 0 4px;overflow-wrap:anywhere}',
  'h3{font-size:15px;font-weight:600;margin:36px 0 8px;padding-bottom:4px;border-bottom:1px solid var(--line)}',
  'h4{font-size:14px;font-weight:600;margin:24px 0 6px;overflow-wrap:anywhere}',
  'p{margin:4px 0;overflow-wrap:anywhere}',
  'nav ul{display:flex;flex-wrap:wrap;gap:4px 16px;margin:0;padding:0;list-style:none}',
  'a{color:var(--cold)}',
  `.summary,.mono,td,.math{font-family:${monospaced};font-size:12.5px}`,
  '.dim,th,figcaption{color:var(--dim)}',
  '.math{margin:6px 0;overflow-x:auto;white-space:pre}',
  'figure{margin:12px 0;overflow-x:auto}',
  'figure.graph{max-height:760px;overflow:auto;border:1px solid var(--line);border-radius:6px}',
  '.graph svg{display:block;margin:0 auto;max-width:100%;height:auto}',
  '.table{overflow-x:auto}',
  'table{border-collapse:collapse;margin:6px 0 2px}',
  'th,td{padding:3px 16px 3px 0;text-align:left;vertical-align:top;white-space:nowrap}',
  'th{font-size:12px;font-weight:400;border-bottom:1px solid var(--line)}',
  'td.wrap{white-space:normal;min-width:18em}',
  '.number{text-align:right;font-variant-numeric:tabular-nums}',
  'tr.marked td{background:var(--stripe)}',
  'td.bar{padding-top:6px}',
  '.warm{color:var(--warm)}',
  'svg.bar{display:block}',
  '.loses{fill:var(--cold)}.gains{fill:var(--warm)}.axis{fill:var(--line)}',
  '.finding{margin:10px 0;padding:10px 14px;border:1px solid var(--line);border-left-width:4px;border-radius:4px;background:var(--card);break-inside:avoid}',
  '.finding.error{border-left-color:var(--error)}.finding.warning{border-left-color:var(--warning)}.finding.info{border-left-color:var(--info)}',
  '.severity{font-weight:600}.error .severity{color:var(--error)}.warning .severity{color:var(--warning)}.info .severity{color:var(--info)}',
  'footer{margin-top:48px;color:var(--dim);font-size:12px}',
  '@media print{:root{' +
    light +
    '}body{padding:0;max-width:none;font-size:11px}h2,h3,h4{break-after:avoid}tr{break-inside:avoid}nav{display:none}figure.graph{max-height:none;overflow:visible}.graph svg{max-height:90vh}}',
].join('');
