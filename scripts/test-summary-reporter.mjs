import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

/**
 * A vitest reporter that writes what `npm test` says last, as JSON, to the file named by PURSER_TEST_SUMMARY.
 * vitest's own JSON report leaves out the notes given with `context.skip(note)`, and a skip without its reason is no news.
 */
export default class TestSummaryReporter {
  onTestRunEnd(testModules, unhandledErrors) {
    const summary = { passed: 0, failed: 0, skipped: [] }
    for (const testModule of testModules) {
      let failedHere = 0
      for (const test of testModule.children.allTests()) {
        const { state, note } = test.result()
        if (state === 'passed') summary.passed++
        else if (state === 'failed') failedHere++
        else summary.skipped.push({ file: relative(process.cwd(), testModule.moduleId), name: test.fullName, note })
      }
      // A file that could not be read, or whose hooks failed, counts even when none of its tests got to run.
      if (failedHere === 0 && testModule.state() === 'failed') failedHere = 1
      summary.failed += failedHere
    }
    summary.failed += unhandledErrors.length
    if (process.env.PURSER_TEST_SUMMARY) writeFileSync(process.env.PURSER_TEST_SUMMARY, JSON.stringify(summary))
  }
}
