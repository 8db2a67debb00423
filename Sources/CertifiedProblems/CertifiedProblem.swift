// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RealModule

/// A regression problem with a certified solution: NIST's Statistical Reference Datasets,
/// https://www.itl.nist.gov/div898/strd/, public domain.
///
/// Numbers are kept as NIST prints them. The exact minimisers are to 20 digits and more, by Newton's method in 40-digit
/// arithmetic on the data as doubles.
public struct CertifiedProblem: Sendable {
  /// Another naming of the same fit: entry i is signs[i] times the certified entry order[i].
  public struct Equivalent: Sendable {
    /// The certified parameter that stands at each position.
    public var order: [Int]
    /// Its sign.
    public var signs: [Int]

    init(order: [Int], signs: [Int]) {
      self.order = order
      self.signs = signs
    }
  }

  /// The curve, compiled, with the formula for readers and parsers.
  public let curve: Curve
  /// NIST's starts; none for linear sets, for which any start does.
  public let starts: [[Double]]
  /// The certified parameters.
  public let certified: [String]
  /// The certified standard errors.
  public let certifiedErrors: [String]
  /// The certified residual sum of squares.
  public let certifiedRSS: String
  /// Rows less parameters; for Rat43 not the number in NIST's file, which its own residual deviation contradicts.
  public let degreesOfFreedom: Int
  /// The minimiser for the data as doubles; empty where the certified one is exact.
  public let exact: [String]
  /// Its standard errors.
  public let exactErrors: [String]
  /// The standard errors for the data as decimals, which differ where rounding the data matters (Lanczos1).
  public let exactErrorsOfDecimals: [String]
  /// Other namings of the same fit.
  public let equivalents: [Equivalent]
  /// The residual sum of squares at a true second minimum, where one is known.
  public let secondMinimum: Double?
  private let table: String

  init(
    curve: Curve, starts: [[Double]], certified: [String], certifiedErrors: [String], certifiedRSS: String,
    degreesOfFreedom: Int, exact: [String] = [], exactErrors: [String] = [], exactErrorsOfDecimals: [String] = [],
    equivalents: [Equivalent] = [], secondMinimum: Double? = nil, table: String
  ) {
    self.curve = curve
    self.starts = starts
    self.certified = certified
    self.certifiedErrors = certifiedErrors
    self.certifiedRSS = certifiedRSS
    self.degreesOfFreedom = degreesOfFreedom
    self.exact = exact
    self.exactErrors = exactErrors
    self.exactErrorsOfDecimals = exactErrorsOfDecimals
    self.equivalents = equivalents
    self.secondMinimum = secondMinimum
    self.table = table
  }

  /// The name.
  public var name: String { curve.name }

  /// The numbers as printed, row by row: predictors, then the response.
  public var rows: [[String]] {
    table.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { $0.split(separator: ",").map(String.init) }
  }

  /// The predictors, column by column, and the response.
  public var columns: (predictors: [[Double]], response: [Double]) {
    let rows = rows.map { $0.map { Double($0) ?? .nan } }
    let width = curve.predictors.count
    return ((0..<width).map { j in rows.map { $0[j] } }, rows.map { $0[width] })
  }

  /// The columns as printed.
  public var decimals: (predictors: [[String]], response: [String]) {
    let rows = rows
    let width = curve.predictors.count
    return ((0..<width).map { j in rows.map { $0[j] } }, rows.map { $0[width] })
  }

  /// −log₁₀ of the largest relative error against the certified parameters, at most 11: their digits. The naming that
  /// fits best counts.
  public func digits(of values: [Double]) -> Double {
    namings.map { Self.digits(of: $0(values), against: certified) }.max() ?? 0
  }

  /// The same for standard errors, in the naming that fits the values best.
  public func errorDigits(of errors: [Double], values: [Double]) -> Double {
    let best = namings.map { (Self.digits(of: $0(values), against: certified), $0) }.max { $0.0 < $1.0 }
    return best.map { Self.digits(of: $0.1(errors).map(\.magnitude), against: certifiedErrors) } ?? 0
  }

  private var namings: [([Double]) -> [Double]] {
    [{ $0 }]
      + equivalents.map { other in
        { values in
          var result = values
          for (i, from) in other.order.enumerated() where i < values.count {
            result[from] = values[i] * Double(other.signs[i])
          }
          return result
        }
      }
  }

  private static func digits(of values: [Double], against reference: [String]) -> Double {
    guard values.count == reference.count else { return 0 }
    var worst = 11.0
    for (value, text) in zip(values, reference) {
      guard let expected = Double(text), value.isFinite else { return 0 }
      let error = expected == 0 ? value.magnitude : ((value - expected) / expected).magnitude
      if error > 0 { worst = min(worst, max(0, -Double.log10(error))) }
    }
    return worst
  }
}

/// log(y): Nelson's problem fits the logarithm of its response.
struct LogarithmOfResponse: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    S.log(sample[sample.startIndex])
  }
}
