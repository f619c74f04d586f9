// The pages on which axe found nothing, remembered by a worker for its run: journeys go through the same page many times, and axe says
// twice the same of two pages that are built alike.
import type { Page } from '@playwright/test';
import { createHash } from 'node:crypto';

const sound = new Set<string>();

/** What this analysis of the page shown finds; nothing, without analysing, where it found nothing on a page of the same kind of address,
 * at the same width, with the same skeleton. What was found wrong is never remembered: it is found again. */
export async function unlessKnown(page: Page, analyse: () => Promise<string[]>): Promise<string[]> {
  const { host, pathname } = new URL(page.url());
  const kind = host + pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, '{id}');
  const parts = [kind, page.viewportSize()?.width, await page.evaluate(skeleton)];
  const key = createHash('sha256').update(parts.join('\n')).digest('hex');
  if (sound.has(key)) return [];
  const found = await analyse();
  if (found.length === 0) sound.add(key);
  return found;
}

/** Runs in the page: its elements as they are nested, with all that axe looks at. Of a text, whether there is none, one character or
 * more; of an id, what is left without its numbers, and whether nothing, one thing or several bear it; of elements alike in a row, the
 * first, one more and the last. */
function skeleton(): string {
  const texts = ['alt', 'aria-description', 'aria-label', 'content', 'label', 'placeholder', 'title', 'value'];
  const addresses = ['action', 'formaction', 'href', 'src', 'srcset'];
  const references = ['aria-controls', 'aria-describedby', 'aria-labelledby', 'aria-owns', 'for', 'form', 'headers', 'list'];
  const numbered = ['name', 'datetime', 'min', 'max'];

  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  const times = (id: string) => Math.min(ids.filter((one) => one === id).length, 2);
  const said = (text: string) => ['', '.', '…'][Math.min(text.trim().length, 2)] ?? '';
  const nameless = (value: string) => value.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, '0');
  const referred = (value: string) => value.split(/\s+/).map((id) => nameless(id) + times(id)).join(' ');

  const valueOf = ({ name, value }: Attr): string => {
    if (texts.includes(name)) return said(value);
    if (addresses.includes(name)) return value.startsWith('#') ? `#${referred(value.slice(1))}` : said(value);
    if (name === 'id' || references.includes(name)) return referred(value);
    // Classes, roles and states stay as they are: styles and rules depend on them.
    return numbered.includes(name) || name.startsWith('data-') ? nameless(value) : value;
  };
  // And how many labels a field has.
  const stateOf = (element: Element) =>
    [...[':checked', ':focus'].filter((state) => element.matches(state)), (element as HTMLInputElement).labels?.length ?? ''].join('');
  const built = (node: Node): string => {
    if (node instanceof Text) return said(node.data);
    if (!(node instanceof Element) || node instanceof HTMLScriptElement) return '';
    const attributes = [...node.attributes].map((one) => ` ${one.name}=${valueOf(one)}`).sort();
    const inside = [...node.childNodes].map(built).filter((part) => part !== '');
    const unlike = inside.filter((part, at) => [1, 2, 3].some((before) => part !== inside[at - before]));
    return `<${node.localName}${stateOf(node)}${attributes.join('')}>${unlike.join('')}</>`;
  };
  return built(document.documentElement);
}
