// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import DifferentiationTesting
import RandomStreams
import Testing

@Suite("The suites for models, losses, penalties and initializers")
struct ModelSuiteTests {
  @Test("reject wrong models, each by its rule", arguments: WrongModel.Flaw.allCases)
  func rejectsModels(flaw: WrongModel.Flaw) {
    let violated = ModelSuite(WrongModel(flaw: flaw)).violatedRules()
    #expect(violated == (flaw.rule.map { [$0] } ?? []))
  }

  @Test("reject wrong losses, each by its rule", arguments: WrongLoss.Flaw.allCases)
  func rejectsLosses(flaw: WrongLoss.Flaw) {
    let violated = LossSuite(WrongLoss(flaw: flaw)).violatedRules()
    #expect(violated == (flaw.rule.map { [$0] } ?? []))
  }

  @Test("reject wrong penalties, each by its rule", arguments: WrongPenalty.Flaw.allCases)
  func rejectsPenalties(flaw: WrongPenalty.Flaw) {
    let violated = PenaltySuite(WrongPenalty(flaw: flaw)).violatedRules()
    #expect(violated == (flaw.rule.map { [$0] } ?? []))
  }

  @Test("reject wrong initializers, each by its rule", arguments: WrongInitializer.Flaw.allCases)
  func rejectsInitializers(flaw: WrongInitializer.Flaw) {
    let violated = InitializerSuite(WrongInitializer(flaw: flaw)).violatedRules()
    #expect(violated == (flaw.rule.map { [$0] } ?? []))
  }
}
