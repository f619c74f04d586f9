// Pages that nobody asked for lately: each of many, once. Nothing kept ready answers for them.
import { Browser } from './browser.mjs';
import { percentiles } from './figures.mjs';

/** One page in ten only prepares what a platform that just started does once. */
const WARM_UP = 0.1;

/** Asks for each of these pages once, so many at a time, of a platform that just started. */
export async function onceEach(paths, connections) {
  const browser = new Browser();
  const warm = Math.max(Math.ceil(paths.length * WARM_UP), Math.min(connections, paths.length / 2));
  await all(browser, paths.slice(0, warm), connections);
  const started = performance.now();
  const answers = await all(browser, paths.slice(warm), connections);
  const seconds = (performance.now() - started) / 1000;
  browser.close();
  const bytes = answers.reduce((sum, answer) => sum + answer.bytes, 0) / answers.length;
  return { perSecond: answers.length / seconds, bytes, ...percentiles(answers.map(({ took }) => took)) };
}

async function all(browser, paths, connections) {
  const left = [...paths];
  const answers = [];
  const worker = async () => {
    for (let path = left.pop(); path !== undefined; path = left.pop()) {
      const started = performance.now();
      const { status, bytes } = await browser.ask({ path });
      if (status !== 200) throw new Error(`${path} : ${status}`);
      answers.push({ bytes, took: performance.now() - started });
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return answers;
}
