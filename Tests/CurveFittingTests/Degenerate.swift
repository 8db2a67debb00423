// SPDX-License-Identifier: Apache-2.0

import CurveFitting
import DifferentiationCore
import Testing

/// Bad data and bad models: a named error or an honest status, and no crash.
@Suite struct Degenerate {
  @Test func overParametrised() throws {
    let x = [1.0, 2, 3, 4, 5]
    let result = try Product.curve.fitted(x: x, y: [2.1, 3.9, 6.2, 7.8, 10.1], start: ["a": 1, "b": 1])
    #expect(result.status == .singular)
    #expect(result.rank == 1)
    #expect(result.covariance == nil && result.condition == nil)
    #expect(result.parameters.allSatisfy { $0.standardError == nil })
    let combination = try #require(result.undetermined)
    #expect(Set(combination.keys) == ["a", "b"])
    // a b stays the same along it: da/a = -db/b.
    let (da, db) = (try #require(combination["a"]), try #require(combination["b"]))
    #expect(agree(da / result.values[0], -db / result.values[1], digits: 6))
    #expect(agree(result.values[0] * result.values[1], 2.0036363636363637, digits: 6))
  }

  @Test func constantColumn() throws {
    let result = try Straight.curve.fitted(x: [2, 2, 2, 2], y: [1, 2, 3, 4], start: Straight.start)
    #expect(result.status == .singular && result.undetermined?.count == 2)
  }

  @Test func constantResponse() throws {
    let result = try Straight.curve.fitted(x: [1, 2, 3, 4], y: [5, 5, 5, 5], start: Straight.start)
    #expect(result.status == .converged)
    #expect(agree(result.values[0], 5, digits: 12) && result.values[1].magnitude < 1e-12)
    #expect(result.rSquared == nil)
  }

  /// A decay of nothing: any rate goes through all points.
  @Test func constantResponseOfADecay() throws {
    let result = try Decay.curve.fitted(
      x: (0..<20).map(Double.init), y: Array(repeating: 5, count: 20), start: Decay.start)
    #expect(!result.status.isSuccess, "\(result.status)")
    #expect(result.undetermined == nil || result.undetermined?["b"] == 1)
    #expect(agree(result.values[2], 5, digits: 12) && result.parameters[1].standardError == nil)
  }

  @Test func perfectFit() throws {
    let result = try Straight.curve.fitted(x: [1, 2, 3, 4], y: [2, 4, 6, 8], start: Straight.start)
    #expect(result.status == .converged && agree(result.values[1], 2, digits: 12))
    #expect(result.values[0].magnitude < 1e-12)
  }

  @Test func oneRow() throws {
    #expect(throws: CurveFitError.tooFewRows(rows: 1, parameters: ["a", "b"])) {
      try Straight.curve.fitted(x: [1], y: [2], start: Straight.start)
    }
    var fit = CurveFit(Straight.curve, CurveData(x: [1], y: [2]), start: ["b": 1])
    fit.fixed = ["a": 0]
    let result = try fit.run()
    #expect(agree(result.values[1], 2, digits: 12) && result.degreesOfFreedom == 0)
    #expect(result.parameters[1].standardError == nil && result.reducedChiSquared == nil)
  }

  @Test func badNumbers() throws {
    #expect(throws: CurveFitError.noRows(skipped: 0)) {
      try Straight.curve.fitted(x: [], y: [], start: Straight.start)
    }
    #expect(throws: CurveFitError.badNumber(column: "x", row: 2, value: "missing or not a number")) {
      try Straight.curve.fitted(x: [1, .nan, 3], y: [1, 2, 3], start: Straight.start)
    }
    #expect(throws: CurveFitError.badNumber(column: "y", row: 3, value: "infinite")) {
      try Straight.curve.fitted(x: [1, 2, 3], y: [1, 2, .infinity], start: Straight.start)
    }
    #expect(throws: CurveFitError.badWeight(kind: "sigma", row: 1, value: 0)) {
      try Straight.curve.fitted(
        x: [1, 2, 3], y: [1, 2, 3], start: Straight.start, weighting: .absoluteSigma([0, 1, 1]))
    }
    #expect(throws: CurveFitError.columnLength(column: "x", expected: 3, found: 2)) {
      try Straight.curve.fitted(x: [1, 2], y: [1, 2, 3], start: Straight.start)
    }
    let skipping = try CurveFit(
      Straight.curve, CurveData(x: [1, .nan, 3, 4], y: [1, 2, 3.5, 4], missing: .skip), start: Straight.start
    ).run()
    #expect(skipping.skippedRows == [2] && skipping.rows == 3 && !skipping.warnings.isEmpty)
    #expect(throws: CurveFitError.badNumber(column: "x", row: 1, value: "infinite")) {
      try CurveFit(
        Straight.curve, CurveData(x: [.infinity, 2], y: [1, 2], missing: .skip), start: Straight.start
      ).run()
    }
    #expect(throws: CurveFitError.noRows(skipped: 2)) {
      try CurveFit(
        Straight.curve, CurveData(x: [.nan, .nan], y: [1, 2], missing: .skip), start: Straight.start
      ).run()
    }
  }

  @Test func badNames() throws {
    let twice = Curve("twice", Straight(), parameters: ["a", "a"])
    #expect(throws: CurveFitError.duplicateName(kind: "parameter", name: "a")) {
      try twice.fitted(x: [1, 2, 3], y: [1, 2, 3], start: ["a": 1])
    }
    #expect(throws: CurveFitError.duplicateName(kind: "column", name: "x")) {
      try CurveData(columns: [("x", [1]), ("x", [1]), ("y", [1])], for: Straight.curve)
    }
    #expect(throws: CurveFitError.unknownName(kind: "parameter", name: "q", known: ["a", "b"])) {
      try Straight.curve.fitted(x: [1, 2, 3], y: [1, 2, 3], start: ["a": 1, "b": 1, "q": 1])
    }
    #expect(throws: CurveFitError.missingStart(parameters: ["b"], curve: "straight")) {
      try Straight.curve.fitted(x: [1, 2, 3], y: [1, 2, 3], start: ["a": 1])
    }
  }

  @Test func notFiniteAtTheStart() throws {
    struct Root: SampleTerm {
      func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
        S.sqrt(sample[sample.startIndex] - parameters[parameters.startIndex])
      }
    }
    let curve = Curve("root", Root(), parameters: ["a"])
    let error = #expect(throws: CurveFitError.self) {
      try curve.fitted(x: [1, 2, 3], y: [1, 1.4, 1.7], start: ["a": 2.5])
    }
    guard case .notFiniteAtStart(let row, _, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(row == 1)
    // The way to the minimum crosses the edge of the domain: such steps are rejected.
    let result = try curve.fitted(x: [1, 2, 3, 4], y: [0.5, 1.1, 1.5, 1.8], start: ["a": 0.2])
    #expect(result.status == .converged)
  }

  @Test func theCurvesOwnError() throws {
    struct Refusal: Error {}
    struct Refusing: SampleTerm {
      func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) throws -> S {
        throw Refusal()
      }
    }
    #expect(throws: Refusal.self) {
      try Curve("refusing", Refusing(), parameters: ["a"]).fitted(x: [1, 2], y: [1, 2], start: ["a": 1])
    }
  }

  @Test func runsAway() throws {
    // A decay to data that grow without bound towards x = 0: the best rate is infinite.
    let result = try Decay.curve.fitted(x: [1, 2, 3, 4, 5], y: [9, 1, 1, 1, 1], start: ["a": 20, "b": 2, "c": 1])
    #expect(!result.status.isSuccess, "\(result.status) \(result.values) \(result.digits)")
  }
}
