import { Editor } from './harness.ts';
const e = await Editor.start();
const cls = () => e.page.locator('.monaco-workbench').first().getAttribute('class');
for (const [i, n] of ['Dark Modern','Light Modern','Default High Contrast','Dark Modern'].entries()) {
  await e.changeSettings({ 'workbench.colorTheme': n });
  for (let t=0;t<12;t++){ await new Promise(r=>setTimeout(r,1000)); const c=await cls(); console.log(n, t, c?.match(/\b(vs-dark|vs|hc-black|hc-light)\b/)?.[0]); }
}
await e.screenshot('debug-theme');
await e.stop();
