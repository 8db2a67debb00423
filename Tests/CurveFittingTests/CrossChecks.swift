// SPDX-License-Identifier: Apache-2.0

import CurveFitting
import DifferentiationCore
import ForwardMode
import Testing

/// Methods that are wrong on purpose: the cross-check must say so, and the fit must not call itself converged beside it
/// without that warning.
@Suite struct CrossChecks {
  /// Dual numbers with one column spoilt.
  struct Spoilt: Differentiator {
    enum Fault: CaseIterable { case factor, sign, zero, notANumber, oneRow, small }
    let fault: Fault
    private let base = BatchedDualDifferentiator()
    init(fault: Fault) { self.fault = fault }
    var name: String { "spoilt" }
    var traits: DifferentiatorTraits {
      DifferentiatorTraits(mode: .forward, accuracy: .exact, ruleFamily: "spoilt")
    }
    func jacobian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
      var result = try base.jacobian(of: f, at: x)
      for i in result.rows.indices {
        let j = result.rows[i].count - 1
        switch fault {
        case .factor: result.rows[i][j] *= 2
        case .sign: result.rows[i][j] *= -1
        case .zero: result.rows[i][j] = 0
        case .notANumber: result.rows[i][j] = .nan
        case .oneRow: if i == 3 { result.rows[i][0] *= 1.5 }
        case .small: result.rows[i][j] *= 1 + 1e-6
        }
      }
      return result
    }
    func directionalDerivative(of f: TargetFunction, at x: [Double], along v: [Double]) throws -> DerivativeResult {
      try base.directionalDerivative(of: f, at: x, along: v)
    }
    func vectorJacobianProduct(of f: TargetFunction, at x: [Double], cotangent c: [Double]) throws -> DerivativeResult {
      try base.vectorJacobianProduct(of: f, at: x, cotangent: c)
    }
    func hessian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult { try base.hessian(of: f, at: x) }
    func hessianVectorProduct(of f: TargetFunction, at x: [Double], along v: [Double]) throws -> DerivativeResult {
      try base.hessianVectorProduct(of: f, at: x, along: v)
    }
  }

  @Test(arguments: Spoilt.Fault.allCases)
  func wrongDerivativesAreFlagged(fault: Spoilt.Fault) throws {
    let (x, y) = decayData(30)
    var fit = CurveFit(Decay.curve, CurveData(x: x, y: y), start: ["a": 1, "b": 1, "c": 0.1])
    fit.method = Spoilt(fault: fault)
    fit.maximumIterations = 200
    let result = try fit.run()
    #expect(result.jacobianChecks.contains { !$0.agrees }, "\(result.jacobianChecks)")
    #expect(result.warnings.contains { $0.contains("Jacobian") })
    #expect(!result.status.isSuccess, "\(result.status)")
  }

  @Test func theRightOneIsNot() throws {
    let (x, y) = decayData(30)
    var fit = CurveFit(Decay.curve, CurveData(x: x, y: y), start: Decay.start)
    fit.method = DualDifferentiator()
    fit.witnesses = [BatchedDualDifferentiator()]
    let result = try fit.run()
    #expect(
      result.jacobianChecks.count == 2 && result.jacobianChecks.allSatisfy { $0.agrees }, "\(result.jacobianChecks)")
  }
}
