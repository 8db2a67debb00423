// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import DifferentiationTesting
import Testing

@Suite("The suites for optimizers, schedules and data generators")
struct TrainingSuiteTests {
  @Test("reject wrong optimizers, each by its rule", arguments: WrongTransform.Flaw.allCases)
  func rejectsOptimizers(flaw: WrongTransform.Flaw) {
    let violated = OptimizerSuite(WrongTransform(flaw: flaw).optimizer).violatedRules()
    if let rule = flaw.rule { #expect(violated.contains(rule)) } else { #expect(violated == []) }
  }

  @Test("reject an optimizer without a name")
  func rejectsUnnamed() {
    var optimizer = WrongTransform(flaw: .none).optimizer
    optimizer.specification = ""
    #expect(OptimizerSuite(optimizer).violatedRules() == [.specification])
  }

  @Test("reject wrong schedules, each by its rule", arguments: WrongSchedule.Flaw.allCases)
  func rejectsSchedules(flaw: WrongSchedule.Flaw) {
    let violated = ScheduleSuite(WrongSchedule(flaw: flaw)).violatedRules()
    if let rule = flaw.rule { #expect(violated.contains(rule)) } else { #expect(violated == []) }
  }

  @Test("let a schedule have rates of its own, if it says so")
  func acceptsAbsoluteRates() {
    #expect(ScheduleSuite(WrongSchedule(flaw: .absolute), scalesWithBase: false).failures() == [])
  }

  @Test("reject wrong generators, each by its rule", arguments: WrongGenerator.Flaw.allCases)
  func rejectsGenerators(flaw: WrongGenerator.Flaw) {
    let violated = DataGeneratorSuite(WrongGenerator(flaw: flaw)).violatedRules()
    if let rule = flaw.rule { #expect(violated.contains(rule)) } else { #expect(violated == []) }
  }

  @Test("let a generator draw nothing, if it says so")
  func acceptsFixedData() {
    #expect(DataGeneratorSuite(WrongGenerator(flaw: .ownSeed), isRandom: false).failures() == [])
  }
}
