// SPDX-License-Identifier: Apache-2.0

import CompiledReverse
import CurveFitting
import DifferentiationCore
import FiniteDifferences
import ForwardMode
import RandomStreams
import RealModule
import ReverseMode
import Synchronization
import Testing

/// Many rows, and methods that are asked for few rows at a time.
@Suite struct ManyRows {
  /// The largest number that was seen.
  private final class Largest: Sendable {
    private let value = Mutex(0)
    var seen: Int { value.withLock { $0 } }
    func see(_ number: Int) { value.withLock { $0 = max($0, number) } }
  }

  /// A method that notes how many rows it is asked for at a time.
  private struct Noting: Differentiator {
    let largest: Largest
    let base: any Differentiator
    var name: String { base.name }
    var traits: DifferentiatorTraits { base.traits }
    func jacobian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
      let result = try base.jacobian(of: f, at: x)
      largest.see(result.rows.count)
      return result
    }
    func directionalDerivative(of f: TargetFunction, at x: [Double], along v: [Double]) throws -> DerivativeResult {
      let result = try base.directionalDerivative(of: f, at: x, along: v)
      largest.see(result.rows.count)
      return result
    }
    func vectorJacobianProduct(of f: TargetFunction, at x: [Double], cotangent c: [Double]) throws -> DerivativeResult {
      try base.vectorJacobianProduct(of: f, at: x, cotangent: c)
    }
    func hessian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult { try base.hessian(of: f, at: x) }
    func hessianVectorProduct(of f: TargetFunction, at x: [Double], along v: [Double]) throws -> DerivativeResult {
      try base.hessianVectorProduct(of: f, at: x, along: v)
    }
  }

  /// a + exp(-b·x) + c·z
  private struct Steps: SampleTerm {
    func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
      let (p, x) = (parameters.startIndex, sample.startIndex)
      return parameters[p] + S.exp(-parameters[p + 1] * sample[x]) + parameters[p + 2] * sample[x + 1]
    }
  }

  private func steps(_ count: Int, _ second: (Int) -> Double) -> CurveFit {
    var source = NamedStreams(seed: 4).generator(for: .noise)
    let x = (0..<count).map { 4 * Double($0) / Double(count) }
    let z = (0..<count).map(second)
    let y = (0..<count).map { 0.5 + Double.exp(-1.3 * x[$0]) + 0.25 * z[$0] + 0.05 * source.normal() }
    return CurveFit(
      Curve("steps", Steps(), parameters: ["a", "b", "c"], predictors: ["x", "z"]),
      CurveData(predictors: [x, z], response: y), start: ["a": 0, "b": 1, "c": 0])
  }

  @Test func fewRowsAtATime() throws {
    let (x, y) = decayData(1000)
    let reference = try Decay.curve.fitted(x: x, y: y, start: Decay.start)
    let methods: [any Differentiator] = [TapeDifferentiator(), DualDifferentiator(), try FiniteDifference()]
    for base in methods {
      let largest = Largest()
      var fit = CurveFit(Decay.curve, CurveData(x: x, y: y), start: Decay.start)
      fit.method = Noting(largest: largest, base: base)
      let result = try fit.run()
      #expect(result.status == .converged && result.jacobianChecks.allSatisfy { $0.agrees })
      #expect(largest.seen > 0 && largest.seen <= 64, "\(base.name): \(largest.seen) rows at a time")
      for j in 0..<3 { #expect(agree(result.values[j], reference.values[j], digits: 7)) }
    }
  }

  /// The rule of memory: from 65,536 rows on no Jacobian of more than a block is held, whatever the fit.
  @Test(arguments: ["plain", "bounds", "active bound", "alternating", "rare", "robust", "tape", "compiled", "singular"])
  func noJacobianOfAllRows(kind: String) throws {
    let count = 70_000
    // Rare: a predictor that few rows have, which a sample may miss.
    var fit = steps(count) { kind == "rare" ? ($0 % 30_000 == 7 ? 1 : 0) : Double($0 % 2) }
    switch kind {
    case "bounds": fit.bounds = ["b": 0.1...10]
    case "active bound": fit.bounds = ["b": 0.1...1.2]
    case "robust": fit.loss = .softL1(scale: 1)
    case "tape": fit.method = TapeDifferentiator()
    case "compiled": fit.method = CompiledDifferentiator()
    case "singular": fit = steps(count) { _ in 1 }
    default: break
    }
    let largest = Largest()
    fit.jacobianObserver = { largest.see($0) }
    let result = try fit.run()
    // The standard errors of a robust loss are not of this rule yet.
    if kind != "robust" { #expect(largest.seen > 0 && largest.seen <= 1 << 13, "\(largest.seen) rows") }
    switch kind {
    case "singular": #expect(result.status == .singular && result.undetermined?.keys.sorted() == ["a", "c"])
    case "active bound": #expect(result.status == .atBound && result.values[1] == 1.2)
    default:
      #expect(result.status == .converged && result.digits >= 8, "\(result.status) \(result.digits)")
      for (parameter, truth) in zip(result.parameters, [0.5, 1.3, 0.25]) {
        let error = try #require(parameter.standardError)
        #expect((parameter.value - truth).magnitude < 5 * error, "\(parameter)")
      }
    }
  }

  /// The same to the digits that both ways have: all rows at once below the limit, blocks and a sample above it.
  @Test func blocksAreTheSame() throws {
    let fit = steps(70_000) { Double($0 % 2) }
    let whole = try fit.run()
    var bounded = fit
    bounded.bounds = ["b": 0...10]
    var other = fit
    other.method = DualDifferentiator()
    for result in [try bounded.run(), try other.run()] {
      for (a, b) in zip(result.parameters, whole.parameters) {
        #expect(agree(a.value, b.value, digits: 9))
        #expect(agree(a.standardError ?? 0, b.standardError ?? 1, digits: 8))
      }
      #expect(agree(result.rss, whole.rss, digits: 10))
    }
    // A second time to the last bit, whatever the threads did.
    #expect(try fit.run() == whole)
  }
}
