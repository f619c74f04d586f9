// Why journeys failed, a line each, as the last words of a run: what is above them may be cut by whoever keeps the log.
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

export default class Reasons implements Reporter {
  private readonly reasons: string[] = [];

  onTestEnd(test: TestCase, result: TestResult) {
    for (const { message } of result.errors) {
      const told = (message ?? '').replaceAll(/\x1b\[[0-9;]*m/g, '').split('\n').filter((line) => line.trim());
      this.reasons.push(`${test.title}: ${told.slice(0, 4).join(' | ').slice(0, 500)}`);
    }
  }

  onExit() {
    if (this.reasons.length > 0) console.log(`\nWhy:\n${this.reasons.join('\n')}`);
    return Promise.resolve();
  }
}
