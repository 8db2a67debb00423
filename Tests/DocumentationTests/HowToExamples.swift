// SPDX-License-Identifier: Apache-2.0

import Differentiation
import Foundation
import Testing

/// The code of the how-to pages.
struct HowToExamples {
  // begin: vector
  /// Three residuals of two parameters, once for every kind of number.
  struct Residuals: VectorFunction {
    func callAsFunction<S: DifferentiableScalar>(_ p: [S]) -> [S] {
      [1, 2, 3].map { t in p[0] * S.exp(-p[1] * t) - 1 / t }
    }
  }
  // end: vector

  @Test("Check a gradient you wrote by hand: a Jacobian with a forgotten factor")
  func jacobian() throws {
    // begin: jacobian
    let function = TargetFunction(
      Residuals(), inputs: ParameterLayout(names: ["a", "b"]),
      jacobian: { p in
        [1.0, 2, 3].map { t in
          [exp(-p[1] * t), -p[0] * exp(-p[1] * t)]  // the second lacks a factor t
        }
      })
    let methods = try ["tape", "complex-step"].map { try Registry.standard.differentiators.make($0) }
    let report = try ConsensusCheck(methods: methods).run(function, at: [2, 0.5])
    for finding in report.findings { print(finding.explanation) }
    // end: jacobian
    #expect(report.verdict == .disagree)
    #expect(report.findings.map(\.parameter).sorted() == ["y[1]/b", "y[2]/b"])
    #expect(report.findings.allSatisfy { $0.blamed == ["hand-written"] })
  }

  @Test("Check a gradient you wrote by hand: in a test of one's own")
  func requirement() throws {
    // begin: requirement
    let function = TargetFunction(Residuals())
    let methods = try ["tape", "complex-step", "finite-difference"].map {
      try Registry.standard.differentiators.make($0)
    }
    try ConsensusCheck(methods: methods).run(function, at: [2, 0.5]).requireAgreement()
    // end: requirement
    let wrong = TargetFunction(Residuals(), jacobian: { _ in [[1, 1], [1, 1], [1, 1]] })
    #expect(throws: (any Error).self) {
      try ConsensusCheck(methods: methods).run(wrong, at: [2, 0.5]).requireAgreement()
    }
  }

  @Test("Check a gradient you wrote by hand: code that takes plain numbers only")
  func blackBox() throws {
    // begin: blackBox
    let function = TargetFunction.blackBox(
      gradient: { x in [cos(x[0]) * x[1], sin(x[0])] },
      { x in sin(x[0]) * x[1] })
    let differences = try Registry.standard.differentiators.make("finite-difference")
    let report = try ConsensusCheck(methods: [differences]).run(function, at: [0.3, 2])
    print(report.verdict, report.summary)
    // end: blackBox
    #expect(report.verdict == .agree)
    #expect(report.families == 2)
  }

  @Test("Choose a method: all of them have the same calls")
  func sameCalls() throws {
    // begin: calls
    struct Rosenbrock: ScalarField {
      func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
        100 * (x[1] - x[0] * x[0]) * (x[1] - x[0] * x[0]) + (1 - x[0]) * (1 - x[0])
      }
    }
    let f = TargetFunction(Rosenbrock())
    let method = try Registry.standard.differentiators.make("tape")
    let gradient = try method.gradient(of: f, at: [3, 5])  // value, gradient
    let hessian = try method.hessian(of: f, at: [3, 5])  // value, rows
    let along = try method.directionalDerivative(of: f, at: [3, 5], along: [1, 0])
    // end: calls
    #expect(gradient.gradient == [4804, -800])
    #expect(hessian.rows == [[8802, -1200], [-1200, 200]])
    #expect(along.rows == [[4804]])
  }
}
