// SPDX-License-Identifier: Apache-2.0

import ComplexSteps
import Differentiation
import DifferentiationCore
import DifferentiationTesting
import ForwardMode
import ReverseMode
import Testing

@Suite("The suite for differentiators")
struct DifferentiatorSuiteTests {
  static let sound: [any Differentiator] = [
    DualDifferentiator(), BatchedDualDifferentiator(), TapeDifferentiator(), ComplexStepDifferentiator(),
    PlainQuotients(), PlainQuotients(reportsEstimates: true),
  ]

  @Test("accepts sound methods", arguments: sound.indices)
  func accepts(index: Int) {
    #expect(DifferentiatorSuite(Self.sound[index]).failures() == [])
  }

  @Test("accepts every registered method", arguments: Registry.standard.differentiators.names)
  func acceptsRegistered(name: String) throws {
    let method = try Registry.standard.differentiators.make(name)
    #expect(DifferentiatorSuite(method).failures() == [])
  }

  @Test("rejects each flaw by its rule", arguments: DifferentiatorFlaw.allCases)
  func rejects(flaw: DifferentiatorFlaw) {
    let violated = DifferentiatorSuite(WrongDifferentiator(DualDifferentiator(), flaw)).violatedRules()
    #expect(violated.contains(flaw.rule), "\(flaw.rawValue) was rejected by \(violated.map(\.rawValue)) only")
  }

  @Test("rejects the same flaws in reverse mode", arguments: DifferentiatorFlaw.allCases)
  func rejectsInReverseMode(flaw: DifferentiatorFlaw) {
    let violated = DifferentiatorSuite(WrongDifferentiator(TapeDifferentiator(), flaw)).violatedRules()
    #expect(violated.contains(flaw.rule), "\(flaw.rawValue) was rejected by \(violated.map(\.rawValue)) only")
  }

  @Test("rejects a dropped term of the product rule")
  func rejectsDroppedTerm() {
    let violated = DifferentiatorSuite(ForgetfulDifferentiator()).violatedRules()
    #expect(violated.contains(.jacobian))
    #expect(violated.contains(.hessian))
    #expect(!violated.contains(.value))
  }

  @Test("rejects quotients that claim to be exact")
  func rejectsLyingTraits() {
    #expect(DifferentiatorSuite(PlainQuotients(claims: .exact)).violatedRules().contains(.jacobian))
  }

  @Test("rejects quotients that claim a higher order")
  func rejectsLyingOrder() {
    #expect(DifferentiatorSuite(PlainQuotients(claims: .truncated(order: 8))).violatedRules().contains(.jacobian))
  }

  @Test("throws what it found")
  func requireThrows() throws {
    try DifferentiatorSuite(DualDifferentiator()).requireConformance()
    let wrong = DifferentiatorSuite(WrongDifferentiator(DualDifferentiator(), .onePercent))
    let error = #expect(throws: ConformanceError.self) { try wrong.requireConformance() }
    #expect(error?.failures == wrong.failures())
    #expect(error?.description.contains("wrong-one-percent violates jacobian") == true)
  }
}
