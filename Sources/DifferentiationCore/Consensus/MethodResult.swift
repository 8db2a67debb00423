// SPDX-License-Identifier: Apache-2.0

/// What one method gave, or why it gave nothing.
struct MethodResult: Sendable {
  var name: String
  var traits: DifferentiatorTraits
  var method: (any Differentiator)?
  var value: [Double]?
  var rows: [[Double]]?
  var errors: [[Double]]?
  var statuses: [[ComponentStatus]]?
  var evaluations = 0
  var seconds = 0.0
  var failure: String?

  /// Runs the method.
  init(_ method: any Differentiator, _ f: TargetFunction, _ x: [Double]) {
    name = method.name
    traits = method.traits
    self.method = method
    let clock = ContinuousClock()
    let start = clock.now
    do {
      let result = try method.jacobian(of: f, at: x)
      value = result.value
      rows = result.rows
      errors = result.errors
      statuses = result.statuses
      evaluations = result.evaluations
    } catch {
      failure = "\(error)"
    }
    seconds = (clock.now - start) / .seconds(1)
  }

  /// A method that was compared along directions only.
  init(screened method: any Differentiator, value: [Double]?, evaluations: Int, seconds: Double, failure: String?) {
    name = method.name
    traits = method.traits
    self.method = method
    self.value = value
    self.evaluations = evaluations
    self.seconds = seconds
    self.failure = failure
  }

  func testimony(method index: Int, row i: Int, column j: Int) -> Testimony {
    // A method that answers with too few entries is as wrong as one that answers NaN.
    let value = rows.flatMap { $0.indices.contains(i) && $0[i].indices.contains(j) ? $0[i][j] : nil } ?? .nan
    let error = errors.flatMap { $0.indices.contains(i) && $0[i].indices.contains(j) ? $0[i][j] : nil } ?? 0
    let status = statuses.flatMap { $0.indices.contains(i) && $0[i].indices.contains(j) ? $0[i][j] : nil } ?? .ok
    return Testimony(method: index, value: value, error: error.isNaN ? .infinity : error, status: status)
  }
}
