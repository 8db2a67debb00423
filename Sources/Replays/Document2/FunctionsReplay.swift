// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Document 002's first lesson: functions of one argument, of several, of any number, and of functions.
public struct FunctionsReplay: Replay {
  /// The name.
  public var name: String { "functions" }
  /// What it shows.
  public var summary: String { "functions of one, several and any number of arguments, and of functions" }
  /// Where it comes from.
  public var document: TeachingDocument { .scratch }
  /// The lesson.
  public var systems: [String] { ["S2.1"] }

  /// Creates the replay.
  public init() {}

  /// Calls them.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    func square<Number: Numeric>(_ x: Number) -> Number { x * x }
    func add<Number: Numeric>(_ a: Number, _ b: Number) -> Number { a + b }
    func sum(_ numbers: Int...) -> Int { numbers.reduce(0, +) }
    func addThree(_ a: Int, _ b: Int, _ c: Int) -> Int { a + b + c }
    func transformed(_ f: (Int) -> Int, _ numbers: [Int]) -> [Int] { numbers.map(f) }
    let range = Array(0..<3)

    var figures = FigureList("S2.1")
    figures.add("sq(4)", "16", "\(square(4))")
    figures.add("sq(10)", "100", "\(square(10))")
    figures.add("add(10, 20)", "30", "\(add(10, 20))")
    figures.add("add(10.5, 120)", "130.5", python(add(10.5, 120)))
    figures.add("sum(1)", "1", "\(sum(1))")
    figures.add("sum(2, 3)", "5", "\(sum(2, 3))")
    figures.add("sum(2, 3, 4)", "9", "\(sum(2, 3, 4))")
    figures.add("add(*range(3))", "3", "\(addThree(range[0], range[1], range[2]))")
    figures.add("apply_transformation(double_it, [1, 2, 3])", "[2, 4, 6]", "\(transformed({ 2 * $0 }, [1, 2, 3]))")
    figures.add("apply_transformation(sq, [1, 2, 3])", "[1, 4, 9]", "\(transformed(square, [1, 2, 3]))")
    return ReplayResult(figures: figures.figures)
  }
}
