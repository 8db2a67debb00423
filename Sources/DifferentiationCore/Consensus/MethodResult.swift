// SPDX-License-Identifier: Apache-2.0

/// What one method gave, or why it gave nothing.
struct MethodResult: Sendable {
  var name: String
  var traits: DifferentiatorTraits
  /// The method, to be asked again; nil for a result that was changed on purpose.
  var method: (any Differentiator)?
  var participation = Participation.compared
  var value: [Double]?
  var rows: [[Double]]?
  var errors: [[Double]]?
  var statuses: [[ComponentStatus]]?
  var evaluations = 0
  var seconds = 0.0
  var failure: String?

  /// Runs the method.
  init(_ method: any Differentiator, _ f: TargetFunction, _ x: [Double]) {
    self.init(screened: method)
    participation = .compared
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
      fail(error)
    }
    seconds = (clock.now - start) / .seconds(1)
  }

  /// A method that is compared along directions.
  init(screened method: any Differentiator) {
    name = method.name
    traits = method.traits
    self.method = method
    participation = .screened
  }

  /// The result with the cost of another on top.
  func adding(_ other: MethodResult) -> MethodResult {
    var sum = self
    sum.evaluations += other.evaluations
    sum.seconds += other.seconds
    return sum
  }

  /// A method that says it cannot is left out; any other error is a failure of the check.
  mutating func fail(_ error: any Error) {
    failure = "\(error)"
    participation = .failed
    if case .unsupported? = error as? DifferentiationError { participation = .unsupported }
  }

  func testimony(method index: Int, row i: Int, column j: Int) -> Testimony {
    let value = rows.flatMap { MethodResult.entry($0, i, j) }
    // A missing value, or a hole in the error estimates, is as wrong as NaN.
    return Testimony(
      method: index, value: value ?? .nan, error: errors.map { MethodResult.entry($0, i, j) ?? .nan } ?? 0,
      status: statuses.flatMap { MethodResult.entry($0, i, j) } ?? .ok, isMissing: value == nil,
      isUnknown: errors == nil && traits.accuracy != .exact)
  }

  private static func entry<T>(_ rows: [[T]], _ i: Int, _ j: Int) -> T? {
    rows.indices.contains(i) && rows[i].indices.contains(j) ? rows[i][j] : nil
  }
}
