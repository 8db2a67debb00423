// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Replays
import Testing

@Suite("Figures of the teaching documents")
struct ReplayTests {
  /// Those whose every random number is known.
  static let exact: [any Replay] = [MoonsReplay(), QuadraticReplay(), ProportionReplay()]

  static let exactMethods = Registry.standard.differentiators.names.filter { name in
    (try? Registry.standard.differentiators.make(name))?.traits.accuracy == .exact
  }

  @Test("Every figure comes out digit by digit, by every exact method", arguments: exactMethods)
  func identical(method: String) throws {
    let differentiator = try Registry.standard.differentiators.make(method)
    let counts = ["moons": 3, "quadratic": 17, "y3x": 11]
    for replay in Self.exact {
      let result = try replay.run(differentiator: differentiator)
      for figure in result.figures {
        #expect(
          figure.comparison == .identical, "\(replay.name), \(figure.name): \(figure.document), \(figure.computed)")
        #expect(figure.document == figure.computed)
      }
      #expect(result.isFaithful)
      #expect(result.figures.count == counts[replay.name])
    }
  }

  @Test("The exact methods are those that are meant")
  func methods() { #expect(Set(Self.exactMethods).isSuperset(of: ["tape", "dual", "dual-batch", "complex-step"])) }

  @Test("One component with the wrong sign makes figures different", arguments: [0, 1])
  func wrongSign(component: Int) throws {
    let wrong = WrongSign(base: try Registry.standard.differentiators.make("tape"), component: component)
    for replay in Self.exact {
      let result = try replay.run(differentiator: wrong)
      #expect(!result.isFaithful, "\(replay.name)")
      #expect(result.figures.contains { $0.comparison == .different })
    }
    let circle = try CircleReplay(seeds: [0]).run(differentiator: WrongSign(base: wrong.base, component: nil))
    #expect(!circle.isFaithful)
  }

  @Test("The circle for a few seeds: within its bounds, far above always 0")
  func circle() throws {
    let result = try CircleReplay(seeds: [0, 1, 2]).run(differentiator: Registry.standard.differentiators.make("tape"))
    #expect(result.lines.count == 3)
    #expect(result.isFaithful, "\(result.lines)")
    #expect(result.figures.map(\.comparison) == [.withinBound, .withinBound])
    #expect(!result.remarks.isEmpty)
  }

  @Test("What is not a number lies within no bound; other text is different")
  func comparisons() {
    func bounded(_ x: Double) -> ReplayFigure.Comparison {
      ReplayFigure("figure", bound: 0...1, stated: "at most 1", computed: x, text: "\(x)").comparison
    }
    #expect(bounded(0.5) == .withinBound && bounded(1) == .withinBound)
    #expect(bounded(1.5) == .different && bounded(.nan) == .different && bounded(.infinity) == .different)
    #expect(ReplayFigure("figure", document: "1.0", computed: "1.00").comparison == .different)
    #expect(ReplayFigure("figure", document: "1.0", computed: "1.0").comparison == .identical)
    let different = ReplayFigure("figure", document: "1", computed: "2")
    #expect(!ReplayResult(lines: [], figures: [different]).isFaithful)
  }

  @Test("Names are those that are typed, once each")
  func names() {
    #expect(Set(Replays.all.map(\.name)) == ["circle", "moons", "quadratic", "y3x"])
    #expect(Replays.all.count == 4)
    #expect(Replays.all.allSatisfy { !$0.summary.isEmpty && $0.source.hasPrefix("document ") })
  }
}

/// A method with one component, or with all, of the wrong sign.
private struct WrongSign: Differentiator {
  let base: any Differentiator
  let component: Int?

  var name: String { "wrong-sign" }
  var traits: DifferentiatorTraits { base.traits }

  private func wrong(_ result: DerivativeResult) -> DerivativeResult {
    var result = result
    result.rows = result.rows.map { row in
      row.enumerated().map { $0 == component ?? $0 ? -$1 : $1 }
    }
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
