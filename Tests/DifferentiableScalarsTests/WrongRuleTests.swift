// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationTesting
import Testing

/// The comparison that accepts every scalar must reject each rule that is wrong on purpose.
struct WrongRuleTests {
  /// Every rule with the slots that the reference functions differentiate by.
  static let slots: [(rule: String, slots: [Int])] = [
    ("exp", [0]), ("expm1", [0]), ("log", [0]), ("log1p", [0]), ("sqrt", [0]), ("sin", [0]), ("cos", [0]), ("tan", [0]),
    ("asin", [0]), ("acos", [0]), ("atan", [0]), ("sinh", [0]), ("cosh", [0]), ("tanh", [0]), ("asinh", [0]),
    ("acosh", [0]), ("atanh", [0]), ("root3", [0]), ("root5", [0]), ("pow1", [0]), ("pow2", [0]), ("pow3", [0]),
    ("pow7", [0]), ("pow-1", [0]), ("pow-3", [0]), ("erf", [0]), ("sigmoid", [0]), ("softplus", [0]), ("relu", [0]),
    ("abs", [0]), ("*", [0, 1]), ("/", [0, 1]), ("pow", [0, 1]), ("atan2", [0, 1]), ("hypot", [0, 1]),
  ]

  @Test func unmutatedRulesPass() throws {
    #expect(try Comparison(Mutant.method).disagreements == [])
  }

  @Test(arguments: Mutant.Mistake.allCases)
  func eachMistakeInEachRuleIsSeen(mistake: Mutant.Mistake) throws {
    for (rule, slots) in Self.slots {
      for slot in slots {
        let plan = Mutant.Plan(rule: rule, slot: slot, mistake: mistake)
        let comparison = try Mutant.$plan.withValue(plan) { try Comparison(Mutant.method) }
        #expect(!comparison.disagreements.isEmpty, "\(plan)")
      }
    }
  }

  /// A scalar that answers NaN, or always the same, is not taken for one that agrees.
  @Test(arguments: [Double.nan, 0, 1, .infinity])
  func aConstantAnswerIsRejected(answer: Double) throws {
    let method = ScalarMethod("constant", units: [4, 8, nil]) { f, x in [try f(x), answer] }
    let comparison = try Comparison(method)
    #expect(comparison.disagreements.count > ReferenceFunctions.all.count)
  }
}
