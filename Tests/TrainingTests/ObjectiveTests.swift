// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Testing
import Training

@Suite("Objective")
struct ObjectiveTests {
  private let line: AnyModel
  private let squares: AnyLoss

  init() throws {
    line = try Registry.standard.models.make("line")
    squares = try Registry.standard.losses.make("mean-squared")
  }

  private func objective(_ reduction: Reduction, penalties: [AnyPenalty] = []) throws -> Objective {
    try Objective(
      model: line, loss: squares, penalties: penalties, inputs: [[1], [2]], targets: [[1], [4]],
      reduction: reduction)
  }

  @Test("Mean, sum and penalty by hand: residuals of 2x + 1 are 2 and 1")
  func values() throws {
    #expect(try objective(.mean)([2.0, 1]) == 2.5)
    #expect(try objective(.sum)([2.0, 1]) == 5)
    let penalty = try Registry.standard.penalties.make("l2:weight=0.5,biases=false")
    #expect(try objective(.mean, penalties: [penalty])([2.0, 1]) == 4.5)
    #expect(try objective(.sum, penalties: [penalty])([2.0, 1]) == 7)
  }

  @Test("Every method finds the gradient 2 mean(r x), 2 mean(r) = 4, 3")
  func gradients() throws {
    let target = try objective(.mean).target
    for entry in Registry.standard.differentiators.entries {
      let result = try Registry.standard.differentiators.make(entry.name).gradient(of: target, at: [2, 1])
      for (found, expected) in zip(result.gradient, [4.0, 3.0]) {
        // What the method says of its own error, or a few ulps.
        let bound = (result.gradientErrors?.max() ?? 0) * 10 + 16 * expected.ulp
        #expect((found - expected).magnitude <= bound, "\(entry.name)")
      }
      #expect(result.value == [2.5])
    }
    #expect(target.inputName(0) == "m")
  }

  @Test("What does not fit is refused with both shapes")
  func shapes() throws {
    func text(_ body: () throws -> Objective) -> String {
      #expect(throws: DifferentiationError.self) { try body() }?.description ?? ""
    }
    let inputs = text { try Objective(model: line, loss: squares, inputs: [[1, 2]], targets: [[1]]) }
    #expect(inputs.contains("expected 1") && inputs.contains("found 2"))
    let targets = text { try Objective(model: line, loss: squares, inputs: [[1]], targets: [[1, 2]]) }
    #expect(targets.contains("targets of sample 0") && targets.contains("found 2"))
    #expect(
      text { try Objective(model: line, loss: squares, inputs: [], targets: []) }.contains("1 sample or more")
    )
    #expect(
      text { try Objective(model: line, loss: squares, inputs: [[1]], targets: [[.nan]]) }.contains(
        "not finite"))
    #expect(throws: DifferentiationError.self) { try objective(.mean)([1.0, 2, 3]) }
  }

  @Test("A loss that does not take the outputs names the way out")
  func outputs() throws {
    let loss = try Registry.standard.losses.make("binary-cross-entropy")
    let error = #expect(throws: DifferentiationError.self) {
      try Objective(model: line, loss: loss, inputs: [[1]], targets: [[1]])
    }
    #expect(error?.description.contains("output=sigmoid") == true)
  }

  @Test("A scalar of somebody else's works")
  func foreignScalar() throws {
    let x = [Dual<Dual<Dual<Double>>>(2), Dual<Dual<Dual<Double>>>(1)]
    #expect(try objective(.mean)(x).primal == 2.5)
  }
}
