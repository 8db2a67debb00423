// SPDX-License-Identifier: Apache-2.0

// The two data sets that a program makes of its own arrays, without naming columns and wrapping numbers into rows.
extension DataSet {
  /// A regression with one input, x, and one target, y.
  ///
  /// - Throws: ``DifferentiationError/shape(what:expected:found:)`` where the lengths differ.
  public init(x: [Double], y: [Double]) throws {
    try self.init(
      inputNames: ["x"], targetNames: ["y"], inputs: x.map { [$0] }, targets: y.map { [$0] }, task: .regression)
  }

  /// A classification of points with the inputs x1, x2, …; `classes` has the position of each point's class in
  /// `classNames`.
  ///
  /// - Throws: ``DifferentiationError/shape(what:expected:found:)`` where lengths differ, and for a class without a name.
  public init(points: [[Double]], classes: [Int], classNames: [String]) throws {
    if let row = classes.firstIndex(where: { !classNames.indices.contains($0) }) {
      throw DifferentiationError.shape(
        what: "the class of sample \(row)", expected: "0 to \(classNames.count - 1), a class with a name",
        found: "\(classes[row])")
    }
    try self.init(
      inputNames: (1...max(points.first?.count ?? 1, 1)).map { "x\($0)" }, targetNames: ["class"], inputs: points,
      targets: classes.map { [Double($0)] }, task: .classification(classNames: classNames))
  }
}
