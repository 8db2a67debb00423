// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Replays
import Testing

@Suite("Figures of the teaching documents")
struct ReplayTests {
  static let exactMethods = Registry.standard.differentiators.names.filter { name in
    (try? Registry.standard.differentiators.make(name))?.traits.accuracy == .exact
  }
  /// Those that take milliseconds by any method.
  static let quick = Replays.all.filter { $0.cost <= 30 }
  /// Trainings of many steps over seeds.
  static let slow = Replays.all.filter { $0.cost > 30 }

  @Test("Every figure of the quick ones comes out by every exact method", arguments: exactMethods)
  func identical(method: String) throws {
    let differentiator = try Registry.standard.differentiators.make(method)
    for replay in Self.quick {
      let result = try replay.run(differentiator: differentiator)
      for figure in result.figures {
        #expect(
          figure.comparison != .different, "\(replay.name), \(figure.name): \(figure.document), \(figure.computed)")
        if figure.comparison == .identical { #expect(figure.document == figure.computed) }
      }
      #expect(result.isFaithful && !result.figures.isEmpty)
    }
  }

  @Test("So do those of the trainings, by two methods", arguments: ["compiled", "tape"])
  func trainings(method: String) throws {
    let differentiator = try Registry.standard.differentiators.make(method)
    for replay in Self.slow {
      let result = try replay.run(differentiator: differentiator)
      #expect(result.isFaithful, "\(replay.name): \(result.figures.filter { $0.comparison == .different })")
    }
  }

  @Test("Two methods give the same text of every figure that rests on few steps")
  func sameText() throws {
    let tape = try Registry.standard.differentiators.make("tape")
    let dual = try Registry.standard.differentiators.make("dual")
    for replay in Self.quick {
      let (a, b) = (try replay.run(differentiator: tape), try replay.run(differentiator: dual))
      #expect(a.figures.map(\.comparison) == b.figures.map(\.comparison))
      for (x, y) in zip(a.figures, b.figures) where x.comparison == .identical { #expect(x.computed == y.computed) }
    }
  }

  @Test("The exact methods are those that are meant")
  func methods() { #expect(Set(Self.exactMethods).isSuperset(of: ["tape", "dual", "dual-batch", "complex-step"])) }

  @Test("As many figures are identical as there were when this was written")
  func counts() throws {
    let tape = try Registry.standard.differentiators.make("tape")
    let identical = [
      "expression": 12, "walking": 1, "neuron": 13, "mlp-sizes": 8, "four-points": 2, "moons": 4, "activations": 9,
      "functions": 10, "differences": 14, "chain-rule": 6, "line-fit": 1, "quadratic": 19, "relu-sums": 8, "kinks": 4,
      "nudge": 6, "y3x": 11, "training-step": 13,
    ]
    for (name, count) in identical {
      let replay = try #require(Replays.all.first { $0.name == name })
      #expect(try replay.run(differentiator: tape).count(.identical) == count, "\(name)")
    }
    let parabola = try ParabolaReplay(seeds: [0]).run(differentiator: tape)
    #expect(parabola.figures.filter { $0.comparison == .identical && $0.origin == .printed }.count == 20)
  }

  @Test("What is not a number lies within no bound; other text is different")
  func comparisons() {
    func bounded(_ x: Double) -> ReplayFigure.Comparison {
      ReplayFigure("S0.1", "figure", bound: 0...1, stated: "at most 1", computed: x, text: "\(x)", because: "x")
        .comparison
    }
    #expect(bounded(0.5) == .withinBound && bounded(1) == .withinBound)
    #expect(bounded(1.5) == .different && bounded(.nan) == .different && bounded(.infinity) == .different)
    #expect(ReplayFigure("S0.1", "figure", document: "1.0", computed: "1.00").comparison == .different)
    #expect(ReplayFigure("S0.1", "figure", document: "1.0", computed: "1.0").comparison == .identical)
    let different = ReplayFigure("S0.1", "figure", document: "1", computed: "2")
    #expect(!ReplayResult(figures: [different]).isFaithful)
    let unknown = ReplayFigure("S0.1", "figure", document: "1", unrepeatable: "2", because: "unseeded")
    #expect(unknown.comparison == .notRepeatable && ReplayResult(figures: [unknown]).isFaithful)
  }
}
