// SPDX-License-Identifier: Apache-2.0

import CurveFitting
import Curves
import DifferentiationCore
import Formulas
import RandomStreams
import Testing

/// Every built-in curve is the one of its reference and its formula, and finds its own parameters again from its own
/// guess.
@Suite struct BuiltInCurves {
  struct Truth: Sendable {
    var entry: CatalogEntry<Curve>
    var range: ClosedRange<Double>
  }

  static let truths: [Truth] = [
    Truth(entry: LineCurve.entry, range: -3...9), Truth(entry: PolynomialCurve.entry, range: -3...9),
    Truth(entry: ExponentialDecay.entry, range: 0...8), Truth(entry: ExponentialGrowth.entry, range: 0...8),
    Truth(entry: PowerLaw.entry, range: 0.5...20), Truth(entry: Logistic.entry, range: 0...9),
    Truth(entry: Gompertz.entry, range: 0...9), Truth(entry: Hill.entry, range: 0...12),
    Truth(entry: MichaelisMenten.entry, range: 0...1.1), Truth(entry: GaussianPeak.entry, range: 0...8),
    Truth(entry: LorentzianPeak.entry, range: 0...8), Truth(entry: DampedSine.entry, range: 0...6),
    Truth(entry: Arrhenius.entry, range: 280...400), Truth(entry: WeibullGrowth.entry, range: 0...8),
  ]

  private struct Case {
    var curve: Curve
    var truth: [Double]
    var x: [Double]
    var exact: [Double]

    init(_ name: String) throws {
      let truth = try #require(truths.first { $0.entry.name == name })
      var catalog = Catalog<Curve>(kind: "curve")
      catalog.register(truth.entry)
      let curve = try catalog.make(name)
      let parameters = try #require(CurveGoldens.table[name]).parameters
      let (low, high) = (truth.range.lowerBound, truth.range.upperBound)
      x = (0..<60).map { low + (high - low) * Double($0) / 59 }
      exact = try x.map { try curve.value(parameters: parameters, row: [$0]) }
      (self.curve, self.truth) = (curve, parameters)
    }

    func rss(_ parameters: [Double], _ y: [Double]) throws -> Double {
      try zip(x, y).reduce(0) { sum, row in
        let r = try curve.value(parameters: parameters, row: [row.0]) - row.1
        return sum + r * r
      }
    }
  }

  @Test("Formula and code are what the reference defines", arguments: truths.map(\.entry.name))
  func isItsReference(name: String) throws {
    let test = try Case(name)
    let (curve, parameters) = (test.curve, test.truth)
    // A reference can be looked up: a year, and where there is no DOI the place in a book or journal.
    let reference = try #require(curve.reference)
    #expect(reference.contains(#/1[89]\d\d|20\d\d/#) && reference.count > 20, "\(reference)")
    #expect(reference.contains("doi:10.") || reference.split(separator: ",").count >= 2, "\(reference)")
    let formula = try Formula(curve.formula)
    #expect(formula.left?.variable == "y")
    for (x, expected) in try #require(CurveGoldens.table[name]).points {
      #expect(agree(try curve.value(parameters: parameters, row: [x]), expected, digits: 13), "\(name) at \(x)")
      let values = Dictionary(uniqueKeysWithValues: zip(curve.parameters + ["x"], parameters + [x]))
      #expect(agree(try #require(formula.right.value(at: values)), expected, digits: 13), "\(curve.formula) at \(x)")
    }
  }

  @Test("Without noise the guess leads to the parameters", arguments: truths.map(\.entry.name))
  func findsItself(name: String) throws {
    let test = try Case(name)
    let result = try test.curve.fitted(x: test.x, y: test.exact)
    #expect(result.status == .converged, "\(result.status)")
    for (value, expected) in zip(result.values, test.truth) { #expect(agree(value, expected, digits: 8)) }
  }

  /// Twenty draws of noise. What lies beyond the library's own statistics: the standard errors follow from a Jacobian by
  /// differences at the truth (Cramér and Rao's bound, which least squares reach), and (RSS(truth) - RSS)/(p s²) is F
  /// distributed with p and n - p degrees of freedom, whatever the parameters.
  @Test("With noise the guess leads to them within their errors", arguments: truths.map(\.entry.name))
  func findsItselfInNoise(name: String) throws {
    let test = try Case(name)
    let p = test.truth.count
    let noise = 0.01 * (test.exact.map(\.magnitude).max() ?? 1)
    let errors = try Self.bounds(test.curve, test.truth, test.x).map { $0 * noise }
    var source = NamedStreams(seed: 11).generator(for: .noise)
    let draws = 20
    var ratios = 0.0
    for _ in 0..<draws {
      let y = test.exact.map { $0 + noise * source.normal() }
      let result = try test.curve.fitted(x: test.x, y: y)
      #expect(result.status == .converged, "\(result.status)")
      for ((value, expected), error) in zip(zip(result.values, test.truth), errors) {
        // 900 of these in all: beyond 4.5 is one of them in 150 such tests.
        #expect((value - expected).magnitude < 4.5 * error, "\(name): \(value) ± \(error), not \(expected)")
      }
      let s2 = try test.rss(result.values, y) / Double(60 - p)
      let rise = try test.rss(test.truth, y) - test.rss(result.values, y)
      #expect(rise >= 0, "the truth fits better than the fit")
      ratios += rise / (Double(p) * s2)
    }
    // The mean of twenty F: 1.04 with the deviation √(2/(20 p)) and a tenth; four of them.
    let deviation = 1.1 * (2 / Double(draws * p)).squareRoot()
    #expect((ratios / Double(draws) - 1.04).magnitude < 4 * deviation, "\(name): \(ratios / Double(draws))")
  }

  /// √ of the diagonal of (JᵀJ)⁻¹, by central differences and elimination.
  private static func bounds(_ curve: Curve, _ truth: [Double], _ x: [Double]) throws -> [Double] {
    let p = truth.count
    // By relative changes of the parameters, so that all are of one size.
    let columns = try (0..<p).map { j in
      try x.map { x in
        let h = 1e-5
        var (up, down) = (truth, truth)
        up[j] *= 1 + h
        down[j] *= 1 - h
        return try (curve.value(parameters: up, row: [x]) - curve.value(parameters: down, row: [x])) / (2 * h)
      }
    }
    var a = (0..<p).map { j in
      (0..<p).map { k in zip(columns[j], columns[k]).reduce(0) { $0 + $1.0 * $1.1 } } + (0..<p).map { $0 == j ? 1 : 0 }
    }
    for j in 0..<p {
      let pivot = a[j][j]
      a[j] = a[j].map { $0 / pivot }
      for k in 0..<p where k != j {
        let factor = a[k][j]
        a[k] = zip(a[k], a[j]).map { $0 - factor * $1 }
      }
    }
    return (0..<p).map { a[$0][p + $0].squareRoot() * truth[$0].magnitude }
  }

  @Test func refusals() throws {
    let curve = try PowerLaw.entry.make(Options(entry: "power-law", typed: [], specifications: []))
    #expect(throws: DifferentiationError.self) { try curve.fitted(x: [-1, 2, 3], y: [1, 2, 3]) }
    #expect(throws: DifferentiationError.self) { try curve.fitted(x: [2, 2, 2], y: [1, 2, 3]) }
  }
}
