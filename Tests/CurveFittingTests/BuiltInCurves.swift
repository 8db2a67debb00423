// SPDX-License-Identifier: Apache-2.0

import CurveFitting
import Curves
import DifferentiationCore
import RandomStreams
import Testing

/// Every built-in curve finds its own parameters again from its own guess.
@Suite struct BuiltInCurves {
  struct Truth: Sendable {
    var entry: CatalogEntry<Curve>
    var parameters: [Double]
    var range: ClosedRange<Double>
  }

  static let truths: [Truth] = [
    Truth(entry: LineCurve.entry, parameters: [1.5, -0.3], range: -3...9),
    Truth(entry: PolynomialCurve.entry, parameters: [1, -2, 0.5], range: -3...9),
    Truth(entry: ExponentialDecay.entry, parameters: [3, 0.7, 1], range: 0...8),
    Truth(entry: ExponentialGrowth.entry, parameters: [0.2, 0.5, -1], range: 0...8),
    Truth(entry: PowerLaw.entry, parameters: [2.5, -1.4], range: 0.5...20),
    Truth(entry: Logistic.entry, parameters: [10, 1.2, 4], range: 0...9),
    Truth(entry: Gompertz.entry, parameters: [10, 0.8, 3], range: 0...9),
    Truth(entry: Hill.entry, parameters: [7, 2.5, 2.2], range: 0...12),
    Truth(entry: MichaelisMenten.entry, parameters: [212, 0.064], range: 0...1.1),
    Truth(entry: GaussianPeak.entry, parameters: [5, 3.1, 0.4, 1], range: 0...8),
    Truth(entry: LorentzianPeak.entry, parameters: [-5, 3.1, 0.4, 1], range: 0...8),
    Truth(entry: DampedSine.entry, parameters: [2, 0.3, 5, 0.7, 0.5], range: 0...6),
    Truth(entry: Arrhenius.entry, parameters: [4e7, 6000], range: 280...400),
    Truth(entry: WeibullGrowth.entry, parameters: [9, 3, 1.8], range: 0...8),
  ]

  @Test(arguments: truths.map(\.entry.name))
  func findsItself(name: String) throws {
    let truth = try #require(Self.truths.first { $0.entry.name == name })
    var catalog = Catalog<Curve>(kind: "curve")
    catalog.register(truth.entry)
    let curve = try catalog.make(name)
    #expect(curve.reference?.isEmpty == false && curve.formula.hasPrefix("y = "))
    let x = (0..<60).map {
      truth.range.lowerBound + (truth.range.upperBound - truth.range.lowerBound) * Double($0) / 59
    }
    let exact = try x.map { try curve.value(parameters: truth.parameters, row: [$0]) }
    let result = try curve.fitted(x: x, y: exact)
    #expect(result.status == .converged, "\(result.status)")
    for (value, expected) in zip(result.values, truth.parameters) { #expect(agree(value, expected, digits: 8)) }
    // With noise of 2 %: within five standard errors.
    var source = NamedStreams(seed: 11).generator(for: .noise)
    let size = exact.map(\.magnitude).max() ?? 1
    let noisy = try curve.fitted(x: x, y: exact.map { $0 + 0.02 * size * source.normal() })
    #expect(noisy.status == .converged, "\(noisy.status)")
    for (parameter, expected) in zip(noisy.parameters, truth.parameters) {
      #expect((parameter.value - expected).magnitude < 5 * (parameter.standardError ?? 0), "\(parameter)")
    }
  }

  @Test func refusals() throws {
    let curve = try PowerLaw.entry.make(Options(entry: "power-law", typed: [], specifications: []))
    #expect(throws: DifferentiationError.self) { try curve.fitted(x: [-1, 2, 3], y: [1, 2, 3]) }
    #expect(throws: DifferentiationError.self) { try curve.fitted(x: [2, 2, 2], y: [1, 2, 3]) }
  }
}
