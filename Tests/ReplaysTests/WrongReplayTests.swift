// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Foundation
import RandomStreams
import Replays
import Testing
import Training

@Suite("What is wrong on purpose reproduces no document")
struct WrongReplayTests {
  static let tape: any Differentiator = {
    guard let tape = try? Registry.standard.differentiators.make("tape") else { fatalError("tape is registered") }
    return tape
  }()

  @Test("One component with the wrong sign makes figures different", arguments: [0, 1])
  func wrongSign(component: Int) throws {
    let wrong = WrongGradient(base: Self.tape) { $0 == component ? -$1 : $1 }
    for name in ["expression", "neuron", "moons", "chain-rule", "line-fit", "quadratic", "y3x"] {
      let replay = try #require(Replays.all.first { $0.name == name })
      // Of one input only the first component exists.
      if name == "chain-rule", component == 1 { continue }
      let result = try replay.run(differentiator: wrong)
      #expect(result.count(.different) > 0, "\(name)")
    }
  }

  @Test("All signs wrong: no training learns")
  func uphill() throws {
    let wrong = WrongGradient(base: Self.tape) { -$1 }
    for replay in [CircleReplay(seeds: [0]), NudgeReplay(seeds: [0]), ParabolaReplay(seeds: [0])] as [any Replay] {
      #expect(!(try replay.run(differentiator: wrong)).isFaithful, "\(replay.name)")
    }
  }

  @Test("A gradient one percent too large is seen in the parabola's losses and in the moons'")
  func onePercent() throws {
    let wrong = WrongGradient(base: Self.tape) { 1.01 * $1 }
    let parabola = try ParabolaReplay(seeds: [0]).run(differentiator: wrong)
    let printed = parabola.figures.filter { $0.origin == .printed && $0.name.hasPrefix("epoch") }
    #expect(printed.count == 20 && printed.filter { $0.comparison == .different }.count >= 15)
    #expect(!(try MoonsReplay().run(differentiator: wrong)).isFaithful)
  }

  @Test("With gradients zeroed the quadratic's eight losses do not come out")
  func zeroed() throws {
    let figures = try QuadraticReplay().run(differentiator: Self.tape).figures.filter {
      $0.system == "S3.4" && $0.name.hasPrefix("step")
    }
    #expect(figures.count == 8 && figures.allSatisfy { $0.comparison == .identical })
    let registry = Registry.standard
    let data = try registry.dataSets.make("document-003-quadratic").generate(streams: NamedStreams(seed: 0))
    let field = try Objective(
      model: registry.models.make("quadratic"), loss: registry.losses.make("mean-absolute"), inputs: data.inputs,
      targets: data.targets
    ).erased
    var parameters = [1.1, 1.2, 1.3]
    var gradient: [Double] = []
    var losses: [String] = []
    for _ in 0..<9 {
      losses.append(String(format: "%.2f", try Self.tape.gradient(of: field, at: parameters, into: &gradient)))
      for i in parameters.indices { parameters[i] -= 0.01 * gradient[i] }
    }
    // The first of the eight is the loss after one step, where nothing has been added up yet.
    let differing = zip(figures, losses.dropFirst()).filter { $0.document != $1 }
    #expect(differing.count >= 6, "\(losses)")
  }

  @Test("Another step than 1e-12 gives none of the five partial derivatives")
  func step() throws {
    let figures = try DifferencesReplay().run(differentiator: Self.tape).figures
    let printed = Set(figures.filter { $0.system == "S2.3" && $0.origin == .printed }.map(\.document))
    #expect(printed.count == 4)
    for h in ["1e-11", "1e-13"] {
      let other = try Registry.standard.differentiators.make(
        "finite-difference:scheme=forward,h=\(h),order=1,denominator=step")
      let line = try other.gradient(of: Line(), at: [1, 2, 3]).gradient
      #expect(line.allSatisfy { !printed.contains("\($0)") }, "h = \(h): \(line)")
    }
  }

  @Test("An error of a method is thrown on, and not taken for a figure")
  func failure() throws {
    let failing = WrongGradient(base: Self.tape) { _, _ in .nan }
    let result = try QuadraticReplay().run(differentiator: failing)
    #expect(!result.isFaithful)
    let black = try Registry.standard.differentiators.make("finite-difference:h=0.5,order=1")
    #expect(!(try QuadraticReplay().run(differentiator: black)).isFaithful)
  }
}

/// m x + c of m, c and x.
private struct Line: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S { x[0] * x[2] + x[1] }
}

/// A method whose derivatives are changed, component by component.
private struct WrongGradient: Differentiator {
  let base: any Differentiator
  let change: @Sendable (_ component: Int, _ derivative: Double) -> Double

  init(base: any Differentiator, change: @escaping @Sendable (Int, Double) -> Double) {
    self.base = base
    self.change = change
  }

  var name: String { "wrong-on-purpose" }
  var traits: DifferentiatorTraits { base.traits }

  private func wrong(_ result: DerivativeResult) -> DerivativeResult {
    var result = result
    result.rows = result.rows.map { row in row.enumerated().map { change($0, $1) } }
    return result
  }

  func jacobian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    wrong(try base.jacobian(of: f, at: x))
  }
  func directionalDerivative(of f: TargetFunction, at x: [Double], along v: [Double]) throws -> DerivativeResult {
    wrong(try base.directionalDerivative(of: f, at: x, along: v))
  }
  func vectorJacobianProduct(of f: TargetFunction, at x: [Double], cotangent c: [Double]) throws -> DerivativeResult {
    wrong(try base.vectorJacobianProduct(of: f, at: x, cotangent: c))
  }
  func hessian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    wrong(try base.hessian(of: f, at: x))
  }
  func hessianVectorProduct(of f: TargetFunction, at x: [Double], along v: [Double]) throws -> DerivativeResult {
    wrong(try base.hessianVectorProduct(of: f, at: x, along: v))
  }
}
