// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// What is known of the errors of the responses.
public enum Weighting: Sendable, Equatable {
  /// Nothing: all alike, their size is taken from the residuals.
  case none
  /// Standard deviations in the response's unit; the parameters' errors follow from them alone.
  case absoluteSigma([Double])
  /// Standard deviations up to a common factor, which is taken from the residuals.
  case relativeSigma([Double])
  /// Weights 1/σ² up to a common factor.
  case weights([Double])
  /// How often each row was seen: the same as repeating it.
  case counts([Double])

  /// Whether observations differ in their standard deviations.
  var isPerObservation: Bool {
    switch self {
    case .none, .counts: false
    case .absoluteSigma, .relativeSigma, .weights: true
    }
  }
}

/// What happens to rows with a missing value (NaN).
public enum MissingRule: String, Sendable, Codable, CaseIterable {
  /// The fit is refused, with the row and the column.
  case refuse
  /// The row is left out, and counted in the result.
  case skip
}

/// The columns of a fit. An infinite number is always refused, a missing one by the rule.
public struct CurveData: Sendable, Equatable {
  /// The predictors, column by column.
  public var predictors: [[Double]]
  /// The responses.
  public var response: [Double]
  /// Their errors.
  public var weighting: Weighting
  /// What happens to rows with missing values.
  public var missing: MissingRule
  /// What doubles do not hold of decimals: predictors column by column, then the response.
  var tails: [[Double]]?

  /// Columns of decimals as they are written, read to 32 digits: where a fit is so good that the rounding of the data
  /// to doubles would show, its residuals are computed with all of them.
  ///
  /// - Throws: ``CurveFitError/badNumber(column:row:value:)`` for what is no number.
  public init(
    decimalPredictors: [[String]], decimalResponse: [String], weighting: Weighting = .none,
    missing: MissingRule = .refuse
  ) throws {
    func read(_ column: [String], _ name: String) throws -> [DoubleDouble] {
      try column.enumerated().map { row, text in
        guard let value = DoubleDouble(decimal: text) else {
          throw CurveFitError.badNumber(column: name, row: row + 1, value: "'\(text)'")
        }
        return value
      }
    }
    let columns = try decimalPredictors.enumerated().map { try read($1, "\($0 + 1)") }
    let response = try read(decimalResponse, "response")
    self.init(
      predictors: columns.map { $0.map(\.high) }, response: response.map(\.high), weighting: weighting,
      missing: missing)
    tails = (columns + [response]).map { $0.map(\.low) }
  }

  /// Columns; the predictors in the curve's order.
  public init(
    predictors: [[Double]], response: [Double], weighting: Weighting = .none, missing: MissingRule = .refuse
  ) {
    self.predictors = predictors
    self.response = response
    self.weighting = weighting
    self.missing = missing
  }

  /// One predictor.
  public init(x: [Double], y: [Double], weighting: Weighting = .none, missing: MissingRule = .refuse) {
    self.init(predictors: [x], response: y, weighting: weighting, missing: missing)
  }

  /// The columns that a curve names, out of named columns in any order.
  public init(
    columns: [(name: String, values: [Double])], for curve: Curve, weighting: Weighting = .none,
    missing: MissingRule = .refuse
  ) throws {
    var byName: [String: [Double]] = [:]
    for column in columns {
      guard byName.updateValue(column.values, forKey: column.name) == nil else {
        throw CurveFitError.duplicateName(kind: "column", name: column.name)
      }
    }
    func column(_ name: String) throws -> [Double] {
      guard let values = byName[name] else {
        throw CurveFitError.unknownName(kind: "column", name: name, known: columns.map(\.name))
      }
      return values
    }
    self.init(
      predictors: try curve.predictors.map(column), response: try column(curve.response), weighting: weighting,
      missing: missing)
  }
}

/// Data made ready: complete rows, row by row, with √weights.
struct PreparedData {
  var samples: CurveSamples
  /// nil where all are 1.
  var rootWeights: [Double]?
  /// Whether the weights are 1/σ² in the response's unit.
  var isAbsolute = false
  /// The number of observations, which differs from the number of rows where rows are counted.
  var observations: Double
  /// Rows left out.
  var skipped: [Int] = []
  /// What doubles do not hold, for complete data without a transformed response.
  var tails: DataTails?
  /// The positions of the rows that take part; nil where all do.
  private var kept: [Int]?

  /// The position of a row among those given.
  func position(_ row: Int) -> Int { kept.map { $0[row] } ?? row }

  init(_ data: CurveData, for curve: Curve) throws {
    let n = data.response.count
    guard data.predictors.count == curve.predictors.count else {
      throw CurveFitError.invalidOption(
        name: "data",
        reason: "\(curve.name) has the predictors \(curve.predictors.joined(separator: ", ")), but "
          + "\(data.predictors.count) columns are given")
    }
    for (name, column) in zip(curve.predictors, data.predictors) where column.count != n {
      throw CurveFitError.columnLength(column: name, expected: n, found: column.count)
    }
    var given: (kind: String, values: [Double])?
    switch data.weighting {
    case .none: break
    case .absoluteSigma(let sigma), .relativeSigma(let sigma): given = ("sigma", sigma)
    case .weights(let weights): given = ("weight", weights)
    case .counts(let counts): given = ("count", counts)
    }
    if let given, given.values.count != n {
      throw CurveFitError.columnLength(column: given.kind, expected: n, found: given.values.count)
    }
    if given == nil, curve.responseTransform == nil, n > 0,
      Self.areFinite(data.response), data.predictors.allSatisfy(Self.areFinite)
    {
      // The plain case, without a look at every row.
      var rows = data.predictors.first ?? []
      if data.predictors.count != 1 { rows = (0..<n).flatMap { i in data.predictors.map { $0[i] } } }
      samples = CurveSamples(predictors: rows, width: data.predictors.count, response: data.response)
      observations = Double(n)
      if let tails = data.tails, tails.allSatisfy({ $0.count == n }), let last = tails.last {
        self.tails = DataTails(
          predictors: (0..<n).flatMap { i in tails.dropLast().map { $0[i] } }, response: last)
      }
      return
    }
    let transform = curve.responseTransform?.call(for: Double.self)
    var (rows, response, roots) = ([Double](), [Double](), [Double]())
    rows.reserveCapacity(n * data.predictors.count)
    response.reserveCapacity(n)
    roots.reserveCapacity(n)
    var kept: [Int] = []
    observations = 0
    for i in 0..<n {
      var isComplete = true
      func check(_ value: Double, _ column: String) throws {
        if value.isFinite { return }
        guard value.isNaN, data.missing == .skip else {
          throw CurveFitError.badNumber(
            column: column, row: i + 1, value: value.isNaN ? "missing or not a number" : "infinite")
        }
        isComplete = false
      }
      for (name, column) in zip(curve.predictors, data.predictors) { try check(column[i], name) }
      try check(data.response[i], curve.response)
      if let given { try check(given.values[i], given.kind) }
      guard isComplete else {
        skipped.append(i)
        continue
      }
      var y = data.response[i]
      if let transform {
        let raw = y
        y = try transform([][...], [raw][...])
        guard y.isFinite else {
          throw CurveFitError.badNumber(
            column: "the transformed \(curve.response)", row: i + 1, value: "not finite for \(curve.response) = \(raw)")
        }
      }
      var root = 1.0
      var count = 1.0
      if let given {
        let value = given.values[i]
        guard value > 0 else { throw CurveFitError.badWeight(kind: given.kind, row: i + 1, value: value) }
        switch data.weighting {
        case .none: break
        case .absoluteSigma, .relativeSigma: root = 1 / value
        case .weights: root = value.squareRoot()
        case .counts:
          root = value.squareRoot()
          count = value
        }
        guard root.isFinite else { throw CurveFitError.badWeight(kind: given.kind, row: i + 1, value: value) }
      }
      for column in data.predictors { rows.append(column[i]) }
      response.append(y)
      roots.append(root)
      kept.append(i)
      observations += count
    }
    guard !response.isEmpty else { throw CurveFitError.noRows(skipped: skipped.count) }
    if case .absoluteSigma = data.weighting { isAbsolute = true }
    self.kept = kept
    rootWeights = roots
    samples = CurveSamples(predictors: rows, width: data.predictors.count, response: response)
  }

  private static func areFinite(_ values: [Double]) -> Bool {
    var sum = 0.0
    for value in values { sum += value * 0 }
    return sum == 0
  }
}
