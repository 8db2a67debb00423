// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// The contract of an ``/DifferentiationCore/Optimizer``: run it on a chain of transforms of your own.
///
/// ```swift
/// #expect(OptimizerSuite(try myEntry.make(Options(…))).failures() == [])
/// ```
public struct OptimizerSuite: ConformanceSuite {
  /// The rules.
  public typealias Rule = OptimizerRule

  /// The optimizer under test.
  public let optimizer: Optimizer

  /// A suite for an optimizer.
  public init(_ optimizer: Optimizer) { self.optimizer = optimizer }

  /// The specification.
  public var subject: String { optimizer.specification }

  /// Runs all rules.
  public func failures() -> [ConformanceFailure] {
    let rate = optimizer.learningRate(at: 0)
    return require(
      !optimizer.specification.isEmpty && rate.isFinite && rate >= 0, .specification, "specification",
      expected: "a specification and a rate", found: "'\(optimizer.specification)', rate \(rate)")
      + checkState() + checkRest() + checkHugeGradient() + checkDescent() + checkLengths()
  }

  /// Parameters and state after steps with given gradients.
  struct Run {
    var optimizer: Optimizer
    var parameters: [Double]
    var state: OptimizerState

    init(_ optimizer: Optimizer, from parameters: [Double]) {
      self.optimizer = optimizer
      self.parameters = parameters
      state = optimizer.initialState(parameterCount: parameters.count)
    }

    mutating func step(_ gradient: [Double]) throws {
      try optimizer.step(&parameters, gradient: gradient, state: &state)
    }

    mutating func steps(_ range: Range<Int>) throws {
      for k in range { try step(OptimizerSuite.gradient(k, parameters.count)) }
    }
  }

  static let start = [1.0, -2, 0.5, 3]

  /// Dyadic gradients of both signs that change from step to step.
  static func gradient(_ step: Int, _ count: Int) -> [Double] {
    (0..<count).map { Double((step * 3 + $0 * 5) % 11) * 0.25 - 1.125 }
  }

  /// Zero gradients and zero rates.
  private func checkRest() -> [ConformanceFailure] {
    checking(.zeroGradient, "a gradient of zeros") {
      var atZero = Run(optimizer, from: [0, 0, 0, 0])
      var away = Run(optimizer, from: Self.start)
      for _ in 0..<3 {
        try atZero.step([0, 0, 0, 0])
        try away.step([0, 0, 0, 0])
      }
      var found = require(
        atZero.parameters == [0, 0, 0, 0], .zeroGradient, "zero gradients at zero", expected: "zeros",
        found: text(atZero.parameters))
      let kept = zip(away.parameters, Self.start).allSatisfy { new, old in
        new.magnitude <= old.magnitude && new * old >= 0
      }
      found += require(
        kept, .zeroGradient, "zero gradients elsewhere", expected: "\(text(Self.start)), or nearer to 0",
        found: text(away.parameters))
      var still = optimizer
      still.learningRate = 0
      still.schedule = ConstantSchedule()
      var run = Run(still, from: Self.start)
      try run.steps(0..<5)
      return found
        + require(
          run.parameters == Self.start, .zeroRate, "five steps with rate 0", expected: text(Self.start),
          found: text(run.parameters))
    }
  }

  private func checkHugeGradient() -> [ConformanceFailure] {
    [1e150, 1e300].flatMap { size in
      let place = "a gradient of \(size), then ordinary ones"
      return checking(.hugeGradient, place) {
        var run = Run(optimizer, from: Self.start)
        try run.step([size, -size, 1, 0])
        let after = run.parameters
        try run.steps(0..<10)
        return require(
          after.allSatisfy(\.isFinite) && run.parameters.allSatisfy(\.isFinite), .hugeGradient, place,
          expected: "finite parameters", found: "\(text(after)), then \(text(run.parameters))")
      }
    }
  }

  /// ½ Σ cᵢ θᵢ² falls to a half within 3000 steps with some rate: the optimizer's own, 0.1, 0.01 or 0.001.
  private func checkDescent() -> [ConformanceFailure] {
    let curvature = [0.5, 1, 2, 1]
    func loss(_ x: [Double]) -> Double { zip(curvature, x).reduce(0) { $0 + 0.5 * $1.0 * $1.1 * $1.1 } }
    var reached: [String] = []
    for rate in [optimizer.learningRate, 0.1, 0.01, 0.001] {
      var candidate = optimizer
      candidate.learningRate = rate
      candidate.schedule = ConstantSchedule()
      var run = Run(candidate, from: Self.start)
      for _ in 0..<3000 {
        guard (try? run.step(zip(curvature, run.parameters).map { $0 * $1 })) != nil else { break }
      }
      if loss(run.parameters) <= 0.5 * loss(Self.start) { return [] }
      reached.append("\(loss(run.parameters)) at rate \(rate)")
    }
    return [
      failure(
        .descent, "½ Σ cᵢ θᵢ² from \(loss(Self.start))", expected: "half of it after 3000 steps at one of the rates",
        found: reached.joined(separator: ", "))
    ]
  }
}
