// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

// The same functions as black boxes, and through the training loop's call.
extension DifferentiatorSuite {
  /// A black box has the same Jacobian, if the method takes black boxes.
  func checkBlackBox(_ scenario: DifferentiationScenario) -> [ConformanceFailure] {
    guard differentiator.traits.takesBlackBoxes else { return [] }
    let place = "\(scenario.name), as a black box"
    let f =
      isGiven ? TargetFunction(scenario.blackBox.body, handWritten: target(scenario).handWritten) : scenario.blackBox
    return checking(.blackBox, place) {
      let result = try differentiator.jacobian(of: f, at: scenario.point)
      return checkResult(result, .jacobian, scenario, rule: .blackBox, place: place)
    }
  }

  /// `gradient(of:at:into:)`, with buffers of every kind.
  func checkGradientInto(_ scenario: DifferentiationScenario) -> [ConformanceFailure] {
    // That call has no room for a derivative written by hand.
    guard case .field(let field) = scenario.function.body, !isGiven else { return [] }
    let n = scenario.point.count
    let buffers = [[], Array(repeating: Double.nan, count: n), Array(repeating: 7.0, count: n + 3)]
    return buffers.flatMap { buffer in
      let place = "\(scenario.name): gradient into a buffer of \(buffer.count)"
      return checking(.gradientInto, place) {
        var gradient = buffer
        let value = try differentiator.gradient(of: field, at: scenario.point, into: &gradient)
        let plain = try field(scenario.point)
        let valueFailures = require(
          value == plain, .gradientInto, place, expected: "the value \(plain)", found: "\(value)")
        guard gradient.count == n else {
          return valueFailures
            + [failure(.gradientInto, place, expected: "\(n) components", found: "\(gradient.count)")]
        }
        // The call hands out no estimates; those of the Jacobian apply.
        let errors = try differentiator.jacobian(of: scenario.function, at: scenario.point).errors
        return valueFailures
          + checkEntries([gradient], errors, .jacobian, scenario, rule: .gradientInto, place: place)
      }
    }
  }
}
