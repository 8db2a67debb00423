// SPDX-License-Identifier: Apache-2.0

import CurveFitting
import DifferentiationCore
import ForwardMode
import RandomStreams
import RealModule
import Synchronization
import Testing

/// Bounds, expressions, robust losses, several starts, many rows, progress and cancellation.
@Suite struct FitOptions {
  @Test func bounds() throws {
    let (x, y) = decayData(30)
    let free = try Decay.curve.fitted(x: x, y: y, start: Decay.start)
    var fit = CurveFit(Decay.curve, CurveData(x: x, y: y), start: Decay.start)
    fit.bounds = ["a": 0...10, "b": 0...Double.infinity, "c": -1...2]
    let inside = try fit.run()
    #expect(inside.status == .converged)
    for j in 0..<3 {
      #expect(agree(inside.values[j], free.values[j], digits: 12))
      #expect(agree(inside.parameters[j].standardError ?? 0, free.parameters[j].standardError ?? 1))
    }
    fit.bounds = ["b": 0...1]
    let bounded = try fit.run()
    #expect(bounded.status == .atBound && bounded.values[1] == 1 && bounded.parameters[1].atBound)
    #expect(bounded.parameters[1].standardError == nil && !bounded.warnings.isEmpty)
    var held = CurveFit(Decay.curve, CurveData(x: x, y: y), start: Decay.start)
    held.fixed = ["b": 1]
    let fixed = try held.run()
    for j in [0, 2] { #expect(agree(bounded.values[j], fixed.values[j], digits: 12)) }
    fit.start["b"] = 3
    #expect(throws: CurveFitError.self) { try fit.run() }
  }

  @Test func expressions() throws {
    struct Double_: SampleTerm {
      func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
        parameters[parameters.startIndex] * parameters[parameters.startIndex + 1]
      }
    }
    let (x, y) = decayData(30)
    var fit = CurveFit(Decay.curve, CurveData(x: x, y: y), start: ["a": 1, "b": 1])
    fit.expressions = [ParameterExpression("c", Double_(), text: "a*b")]
    let tied = try fit.run()
    struct Tied: SampleTerm {
      func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
        let (a, b) = (parameters[parameters.startIndex], parameters[parameters.startIndex + 1])
        return a * S.exp(-b * sample[sample.startIndex]) + a * b
      }
    }
    let direct = try Curve("tied", Tied(), parameters: ["a", "b"]).fitted(x: x, y: y, start: ["a": 1, "b": 1])
    for j in 0..<2 {
      #expect(agree(tied.values[j], direct.values[j], digits: 12))
      #expect(agree(tied.parameters[j].standardError ?? 0, direct.parameters[j].standardError ?? 1))
    }
    #expect(agree(tied.values[2], tied.values[0] * tied.values[1], digits: 15) && tied.parameters[2].isExpression)
    // The delta method: var(ab) = b² var a + a² var b + 2ab cov.
    let (a, b, c) = (tied.values[0], tied.values[1], try #require(direct.covariance))
    let variance = b * b * c[0][0] + a * a * c[1][1] + 2 * a * b * c[0][1]
    #expect(agree(tied.parameters[2].standardError ?? 0, variance.squareRoot()))
  }

  @Test(arguments: [RobustLoss.huber(scale: 0.15), .softL1(scale: 0.15), .cauchy(scale: 0.15)])
  func robustLosses(loss: RobustLoss) throws {
    var (x, y) = decayData(60)
    for i in stride(from: 5, to: 60, by: 10) { y[i] += 3 }
    var fit = CurveFit(Decay.curve, CurveData(x: x, y: y), start: Decay.start)
    let squares = try fit.run()
    fit.loss = loss
    let robust = try fit.run()
    #expect(robust.status == .converged && robust.digits >= 10)
    #expect((robust.values[0] - 2.5).magnitude < 0.5 * (squares.values[0] - 2.5).magnitude + 0.2)
    #expect((robust.values[2] - 0.5).magnitude < (squares.values[2] - 0.5).magnitude)
    // The gradient of the true objective vanishes: Σ φ′(r) J = 0.
    var (gradient, size) = ([0.0, 0, 0], [0.0, 0, 0])
    for (xi, yi) in zip(x, y) {
      let e = Double.exp(-robust.values[1] * xi)
      let r = robust.values[0] * e + robust.values[2] - yi
      let c = 0.15
      let slope: Double
      switch loss {
      case .huber: slope = max(-c, min(c, r))
      case .softL1: slope = r / (1 + (r / c) * (r / c)).squareRoot()
      default: slope = r / (1 + (r / c) * (r / c))
      }
      for (j, d) in [e, -robust.values[0] * xi * e, 1].enumerated() {
        gradient[j] += slope * d
        size[j] += (slope * d).magnitude
      }
    }
    for j in 0..<3 { #expect(gradient[j].magnitude < 1e-10 * size[j]) }
    x.removeAll()
  }

  @Test func robustIsSquaresWithoutOutliers() throws {
    let (x, y) = decayData(40, noise: 0.01)
    var fit = CurveFit(Decay.curve, CurveData(x: x, y: y), start: Decay.start)
    let squares = try fit.run()
    fit.loss = .huber(scale: 10)
    let huber = try fit.run()
    for j in 0..<3 {
      #expect(agree(squares.values[j], huber.values[j], digits: 12))
      #expect(agree(squares.parameters[j].standardError ?? 0, huber.parameters[j].standardError ?? 1))
    }
  }

  @Test func multistart() throws {
    struct Wave: SampleTerm {
      func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
        let first = parameters.startIndex
        return parameters[first] * S.sin(parameters[first + 1] * sample[sample.startIndex])
      }
    }
    let x = (0..<60).map { Double($0) / 6 }
    let y = x.map { 1.5 * Double.sin(4.2 * $0) }
    var fit = CurveFit(
      Curve("wave", Wave(), parameters: ["a", "w"]), CurveData(x: x, y: y), start: ["a": 1, "w": 1])
    #expect(try fit.run().rss > 1)
    fit.multistart = Multistart(count: 60, seed: 7, ranges: ["w": 1...8])
    let result = try fit.run()
    #expect(result.status == .converged && result.rss < 1e-20 && result.starts.count == 60)
    #expect(try fit.run() == result)
  }

  @Test func manyRowsAreTheSame() throws {
    let (x, y) = decayData(70_000)
    let large = try Decay.curve.fitted(x: x, y: y, start: Decay.start)
    #expect(large.status == .converged && large.digits >= 8)
    var fit = CurveFit(Decay.curve, CurveData(x: x, y: y), start: Decay.start)
    fit.method = BatchedDualDifferentiator()
    fit.crossChecks = false
    let whole = try fit.run()
    for j in 0..<3 {
      #expect(agree(large.values[j], whole.values[j], digits: 9))
      #expect(agree(large.parameters[j].standardError ?? 0, whole.parameters[j].standardError ?? 1, digits: 8))
    }
    // A second time to the last bit, whatever the threads did.
    #expect(try Decay.curve.fitted(x: x, y: y, start: Decay.start) == large)
    // The way without the recorded sums: a robust loss.
    var robust = CurveFit(Decay.curve, CurveData(x: x, y: y), start: Decay.start)
    robust.loss = .huber(scale: 5)
    let huber = try robust.run()
    for j in 0..<3 { #expect(agree(large.values[j], huber.values[j], digits: 9)) }
  }

  @Test func progressAndCancellation() async throws {
    let (x, y) = decayData(30)
    let seen = Mutex<[Int]>([])
    var fit = CurveFit(Decay.curve, CurveData(x: x, y: y), start: Decay.start)
    fit.progress = { step in seen.withLock { $0.append(step.iteration) } }
    let result = try fit.run()
    #expect(seen.withLock { $0 } == Array(1...result.iterations))
    let task = Task { [fit] in
      while !Task.isCancelled { await Task.yield() }
      return try fit.run()
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
