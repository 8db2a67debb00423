// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A curve to be fitted: y = f(parameters; predictors), with the names of both.
///
/// The function is a ``SampleTerm``, a sample being the row of predictors, so every method differentiates it.
public struct Curve: Sendable {
  /// Guesses a start for every parameter from the data, or throws where it cannot.
  public typealias StartRule = @Sendable (CurveSamples) throws -> [Double]

  /// The name, for messages and the registry.
  public var name: String
  /// The predicted response of one row.
  public var term: AnySampleTerm
  /// The parameters' names, in order.
  public var parameters: [String]
  /// The predictors' names, in the order of a row.
  public var predictors: [String]
  /// The response's name.
  public var response: String
  /// What is fitted in place of the response, a function of it without parameters: log(y) of y. Nil for y itself.
  public var responseTransform: AnySampleTerm?
  /// The formula, for people.
  public var formula: String
  /// Where it comes from.
  public var reference: String?
  /// The rule that guesses a start, if there is one.
  public var startRule: StartRule?

  /// A curve.
  public init(
    _ name: String, _ term: some SampleTerm, parameters: [String], predictors: [String] = ["x"],
    response: String = "y", responseTransform: AnySampleTerm? = nil, formula: String = "", reference: String? = nil,
    startRule: StartRule? = nil
  ) {
    self.name = name
    self.term = term.erased
    self.parameters = parameters
    self.predictors = predictors
    self.response = response
    self.responseTransform = responseTransform
    self.formula = formula
    self.reference = reference
    self.startRule = startRule
  }

  /// The predicted (transformed) response of one row of predictors.
  public func value(parameters: [Double], row: [Double]) throws -> Double {
    guard parameters.count == self.parameters.count else {
      throw DifferentiationError.shape(
        what: "the parameters of \(name)", expected: "\(self.parameters.count)", found: "\(parameters.count)")
    }
    guard row.count == predictors.count else {
      throw DifferentiationError.shape(
        what: "a row of \(name)", expected: "\(predictors.count) predictors", found: "\(row.count)")
    }
    return try term.call(for: Double.self)(parameters[...], row[...])
  }
}

/// The numbers that a start rule sees: rows of predictors, one after another, and the responses.
public struct CurveSamples: Sendable, Equatable {
  /// The predictors of all rows, row by row.
  public var predictors: [Double]
  /// The number of predictors of a row.
  public var width: Int
  /// The responses.
  public var response: [Double]

  /// Samples; `predictors` has `width` numbers a response.
  public init(predictors: [Double], width: Int, response: [Double]) {
    self.predictors = predictors
    self.width = width
    self.response = response
  }

  /// The number of rows.
  public var count: Int { response.count }

  /// One predictor of every row.
  public func column(_ index: Int) -> [Double] {
    stride(from: index, to: predictors.count, by: max(width, 1)).map { predictors[$0] }
  }
}
