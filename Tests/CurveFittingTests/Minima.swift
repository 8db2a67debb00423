// SPDX-License-Identifier: Apache-2.0

import CurveFitting
import DifferentiationCore
import RealModule
import Testing

/// Where a fit ends: inside its bounds, at a minimum or not, and from how far.
@Suite struct Minima {
  /// a·sin(w·x)
  private struct Wave: SampleTerm {
    func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
      let first = parameters.startIndex
      return parameters[first] * S.sin(parameters[first + 1] * sample[sample.startIndex])
    }
  }

  private func wave() -> CurveFit {
    let x = (0..<60).map { Double($0) / 6 }
    let y = x.map { 1.5 * Double.sin(4.2 * $0) + 0.1 * Double.sin(40 * $0) }
    return CurveFit(
      Curve("wave", Wave(), parameters: ["a", "w"]), CurveData(x: x, y: y), start: ["a": 1, "w": 1])
  }

  /// The unconstrained optimum w = 4.2 is outside: no start, and no end, may be there.
  @Test func startsAreDrawnWithinTheBounds() throws {
    var fit = wave()
    fit.bounds = ["w": 0.5...3]
    fit.multistart = Multistart(count: 40, seed: 7, ranges: ["w": 0.5...8])
    let result = try fit.run()
    #expect((0.5...3).contains(result.values[1]), "\(result.values)")
    #expect(result.starts.count == 40 && result.starts.allSatisfy { (0.5...3).contains($0.start[1]) })
    #expect(result.objective > 10)
    fit.multistart = Multistart(count: 40, seed: 7, ranges: ["w": 5...8])
    let error = #expect(throws: CurveFitError.self) { try fit.run() }
    #expect(error.map { "\($0)" }?.contains("nothing in common") == true, "\(String(describing: error))")
  }

  @Test func otherMinimaAreReported() throws {
    var fit = wave()
    fit.multistart = Multistart(count: 60, seed: 7, ranges: ["w": 1...8])
    let result = try fit.run()
    let others = result.starts.filter { $0.status.isSuccess && $0.objective > 1.01 * result.objective }
    #expect(result.status == .converged && !others.isEmpty)
    #expect(
      result.warnings.contains { $0.contains("\(others.count) of 60 starts converged to other minima") },
      "\(result.warnings)")
    // All starts at one minimum: nothing to say.
    fit.start["w"] = 4.2
    fit.multistart = Multistart(count: 5, seed: 7, ranges: ["w": 4.15...4.25])
    #expect(try !fit.run().warnings.contains { $0.contains("other minima") })
  }

  /// (x - a²)²-like: at a = 0 the gradient vanishes, and the sum falls to both sides.
  @Test func saddlesAreSaid() throws {
    struct Square: SampleTerm {
      func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
        let (a, b) = (parameters[parameters.startIndex], parameters[parameters.startIndex + 1])
        return a * a * sample[sample.startIndex] + b
      }
    }
    let x = [1.0, 2, 3, 4, 5]
    var fit = CurveFit(
      Curve("square", Square(), parameters: ["a", "b"]), CurveData(x: x, y: [1.9, 4.1, 6.2, 7.8, 10.1]),
      start: ["a": 0, "b": 1])
    let result = try fit.run()
    #expect(result.status == .notAMinimum, "\(result.status)")
    #expect(result.warnings.contains { $0.contains("saddle") }, "\(result.warnings)")
    fit.start["a"] = 1
    #expect(try fit.run().status == .converged)
    // Over-parametrised is not a saddle.
    let product = try Product.curve.fitted(x: x, y: [2.1, 3.9, 6.2, 7.8, 10.1], start: ["a": 1, "b": 1])
    #expect(product.status == .singular && !product.warnings.contains { $0.contains("saddle") })
  }

  /// Data so far from the start's size that squares of one or the other are no doubles.
  @Test(arguments: [1e-290, 1e-160, 1e-100, 1e100, 1e150])
  func farFromTheStart(factor: Double) throws {
    let x = (0..<20).map { Double($0) }
    let y = x.map { factor * (2 + 3 * $0 + 0.1 * Double.sin(7 * $0)) }
    let result = try Straight.curve.fitted(x: x, y: y, start: ["a": 1, "b": 1])
    let near = try Straight.curve.fitted(x: x, y: y.map { $0 / factor }, start: ["a": 1, "b": 1])
    #expect(result.status == .converged, "\(result.status) \(result.warnings)")
    for j in 0..<2 {
      #expect(agree(result.values[j] / factor, near.values[j], digits: 9), "\(result.values)")
      #expect(
        agree((result.parameters[j].standardError ?? 0) / factor, near.parameters[j].standardError ?? 1, digits: 8))
    }
  }

  @Test func decaysFarBelowTheStart() throws {
    let (x, y) = decayData(30)
    let one = try Decay.curve.fitted(x: x, y: y, start: Decay.start)
    let result = try Decay.curve.fitted(x: x, y: y.map { $0 * 1e-160 }, start: ["a": 1, "b": 1, "c": 1])
    #expect(result.status == .converged, "\(result.status) \(result.warnings)")
    #expect(agree(result.values[1], one.values[1]) && agree(result.values[0], one.values[0] * 1e-160))
  }
}
