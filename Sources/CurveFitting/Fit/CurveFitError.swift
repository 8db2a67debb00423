// SPDX-License-Identifier: Apache-2.0

/// Why a fit could not be tried; each case names the thing, the place and the way out.
public enum CurveFitError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There are no rows.
  case noRows(skipped: Int)
  /// Fewer rows than free parameters.
  case tooFewRows(rows: Int, parameters: [String])
  /// A column whose length differs from the response's.
  case columnLength(column: String, expected: Int, found: Int)
  /// Two columns or parameters of one name.
  case duplicateName(kind: String, name: String)
  /// A name that the curve or the data do not have.
  case unknownName(kind: String, name: String, known: [String])
  /// A number in the data that is missing or infinite; rows count from 1.
  case badNumber(column: String, row: Int, value: String)
  /// A sigma or weight that is not positive; rows count from 1.
  case badWeight(kind: String, row: Int, value: Double)
  /// A parameter without a start, and no rule to guess one.
  case missingStart(parameters: [String], curve: String)
  /// The curve is not finite at the start; rows count from 1.
  case notFiniteAtStart(row: Int, parameters: [String], values: [Double])
  /// The sum of squares is too large for a number at the start.
  case overflowAtStart(parameters: [String], values: [Double])
  /// The start rule of a built-in curve does not suit the data.
  case noGuess(curve: String, reason: String)
  /// A start, bound, fixed value or expression that does not make sense.
  case invalidParameter(name: String, reason: String)
  /// An option of the fit that does not make sense.
  case invalidOption(name: String, reason: String)

  /// One sentence with the way out.
  public var description: String {
    switch self {
    case .noRows(let skipped):
      return skipped > 0
        ? "no rows are left: all \(skipped) have missing values; give complete rows" : "there are no rows to fit"
    case .tooFewRows(let rows, let parameters):
      return
        "\(rows) \(rows == 1 ? "row" : "rows") cannot determine \(parameters.count) parameter\(parameters.count == 1 ? "" : "s") (\(parameters.joined(separator: ", "))); "
        + "fix some of them or give more rows"
    case .columnLength(let column, let expected, let found):
      return "column '\(column)' has \(found) rows, the response \(expected); give columns of one length"
    case .duplicateName(let kind, let name): return "two \(kind)s are called '\(name)'; rename one"
    case .unknownName(let kind, let name, let known):
      return "there is no \(kind) '\(name)'; there are: \(known.joined(separator: ", "))"
    case .badNumber(let column, let row, let value):
      return "row \(row) of column '\(column)' is \(value); correct it, or skip rows with missing values"
    case .badWeight(let kind, let row, let value):
      return "the \(kind) of row \(row) is \(value); it must be positive and finite"
    case .missingStart(let parameters, let curve):
      return "no start for \(parameters.joined(separator: ", ")): \(curve) has no rule to guess one; give a start"
    case .overflowAtStart(let parameters, let values):
      let point = zip(parameters, values).map { "\($0) = \($1)" }.joined(separator: ", ")
      return "the sum of squares overflows at the start \(point); start where the curve is nearer to the data"
    case .notFiniteAtStart(let row, let parameters, let values):
      let point = zip(parameters, values).map { "\($0) = \($1)" }.joined(separator: ", ")
      return "the curve is not finite in row \(row) at the start \(point); start elsewhere"
    case .noGuess(let curve, let reason): return "\(curve): no start can be guessed, \(reason); give a start"
    case .invalidParameter(let name, let reason): return "parameter '\(name)': \(reason)"
    case .invalidOption(let name, let reason): return "\(name): \(reason)"
    }
  }
}
