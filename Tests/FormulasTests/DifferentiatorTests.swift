// SPDX-License-Identifier: Apache-2.0

import CompiledReverse
import ComplexSteps
import DifferentiableScalars
import DifferentiationCore
import FiniteDifferences
import Formulas
import ForwardMode
import RandomStreams
import ReverseMode
import Testing

/// A formula is a function like any other: every method takes it, and all agree.
@Suite struct DifferentiatorTests {
  private func methods() throws -> [any Differentiator] {
    [
      DualDifferentiator(), BatchedDualDifferentiator(), TapeDifferentiator(), CompiledDifferentiator(),
      ComplexStepDifferentiator(), try FiniteDifference(),
    ]
  }

  @Test func allMethodsAgreeOnRandomFormulas() throws {
    var trees = RandomTree(seed: 7)
    trees.isSmooth = true
    trees.names = ["x", "y", "z"]
    let check = ConsensusCheck(methods: try methods())
    var agreed = 0
    for _ in 0..<200 {
      let formula = Formula(right: try trees.number(5))
      let point = (0..<3).map { _ in trees.random.uniform(in: 0.25..<1.5) }
      let report = try check.run(TargetFunction(try formula.field(of: ["x", "y", "z"])), at: point)
      #expect(report.verdict == .agree || report.verdict == .vacuous, "\(formula): \(report.summary)")
      if report.verdict == .agree { agreed += 1 }
    }
    // The others do not depend on the variables.
    #expect(agreed > 150)
  }

  @Test func conditionsGiveTheChosenSlope() throws {
    let formula = try Formula("if(x <= 1 and y != 2, x^2*y, if(x >= 3 or not y < 5, -x, x*y^2))")
    let field = try formula.field(of: ["x", "y"])
    for method in try methods() {
      for (point, slopes) in [
        ([0.5, 3.0], [3.0, 0.25]), ([2.0, 3.0], [9.0, 12.0]), ([4.0, 3.0], [-1.0, 0.0]), ([2.0, 6.0], [-1.0, 0.0]),
      ] {
        let gradient = try method.gradient(of: TargetFunction(field), at: point).gradient
        for (found, expected) in zip(gradient, slopes) {
          #expect((found - expected).magnitude <= 1e-9, "\(method.name) at \(point): \(found)")
        }
      }
    }
  }

  @Test func aRowOfDataIsATerm() throws {
    let formula = try Formula("log(y) = b1 - b2*x1 * exp(-b3*x2)")
    let term = try formula.right.term(parameters: ["b1", "b2", "b3"], columns: ["y", "x1", "x2"])
    let row = [7.0, 2.0, 0.5]
    let value: Double = try term(parameters: [1, 2, 3], sample: row[...])
    #expect(value == 1 - 2 * 2 * Double.exp(-3 * 0.5))
    let duals = [1.0, 2.0, 3.0].enumerated().map { Dual($1, tangent: $0 == 2 ? 1 : 0) }
    let erased = try term.erased(parameters: duals[...], sample: row.map { Dual($0) }[...])
    #expect(erased.value == value)
    #expect((erased.tangent - 2 * 2 * 0.5 * Double.exp(-1.5)).magnitude <= 4 * erased.tangent.ulp)
    #expect(throws: DifferentiationError.self) { try term(parameters: [1.0, 2.0], sample: row[...]) }
    #expect(throws: DifferentiationError.self) { try formula.field()([1.0]) }
  }

  @Test func theErasedCallIsThePlainOne() throws {
    var trees = RandomTree(seed: 9)
    trees.names = ["x", "y"]
    for _ in 0..<2_000 {
      let field = try Formula(right: trees.number(5)).field(of: ["x", "y"])
      let point = [trees.random.normal(), trees.random.normal()]
      let plain = try field(point)
      #expect(try field.erased(point).bitPattern == plain.bitPattern || plain.isNaN)
      let dual = try field.erased(point.map { Dual($0, tangent: 1) }).value
      #expect(dual == plain || (dual.isNaN && plain.isNaN))
    }
  }
}
