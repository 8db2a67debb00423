// SPDX-License-Identifier: Apache-2.0

import CurveFitting
import Differentiation
import DifferentiationCore
import Formulas

/// What `--start`, `--fix`, `--bounds` and `--define` say of the parameters.
struct FitParameters {
  var start: [String: Double] = [:]
  var ranges: [String: ClosedRange<Double>] = [:]
  var fixed: [String: Double] = [:]
  var bounds: [String: ClosedRange<Double>] = [:]
  /// Definitions, each from those before it.
  var definitions: [(name: String, formula: Formula)] = []

  init(_ options: FitOptions) throws {
    for item in try NamedValues.items(options.start, option: "--start") {
      if let range = try Self.range(item, option: "--start") {
        guard range.lowerBound.isFinite, range.upperBound.isFinite else {
          throw CommandError.usage("--start: the range of \(item.name) needs both ends; write \(item.name)=1..10")
        }
        ranges[item.name] = range
        // Between the ends: by ratio where they are far apart.
        let (low, high) = (range.lowerBound, range.upperBound)
        let isWide = low * high > 0 && max(low / high, high / low) > 10
        start[item.name] = isWide ? (low < 0 ? -1 : 1) * (low * high).squareRoot() : low / 2 + high / 2
      } else {
        start[item.name] = try NamedValues.number(item.text, option: "--start", name: item.name)
      }
    }
    for item in try NamedValues.items(options.fix, option: "--fix") {
      fixed[item.name] = try NamedValues.number(item.text, option: "--fix", name: item.name)
    }
    for item in try NamedValues.items(options.bounds, option: "--bounds", example: "a=0..10") {
      guard let range = try Self.range(item, option: "--bounds") else {
        throw CommandError.usage("--bounds: '\(item.text)' is no range for \(item.name); write \(item.name)=0..10")
      }
      bounds[item.name] = range
    }
    for (option, texts) in [("--lower", options.lower), ("--upper", options.upper)] {
      for item in try NamedValues.items(texts, option: option) {
        let value = try NamedValues.number(item.text, option: option, name: item.name)
        let old = bounds[item.name] ?? -.infinity ... .infinity
        let (low, high) = option == "--lower" ? (value, old.upperBound) : (old.lowerBound, value)
        guard low <= high else {
          throw CommandError.usage(
            "\(option): the bounds of \(item.name) are \(low) and \(high); give the lower one first")
        }
        bounds[item.name] = low...high
      }
    }
    // The middle of a range is nobody's wish: it gives way to the bounds.
    for name in ranges.keys {
      if let allowed = bounds[name], let middle = start[name] {
        start[name] = min(max(middle, allowed.lowerBound), allowed.upperBound)
      }
    }
    definitions = try Self.definitions(options.define)
    for name in definitions.map(\.name) where start[name] != nil || fixed[name] != nil || bounds[name] != nil {
      throw CommandError.usage("\(name) is given by --define; leave it out of --start, --fix and --bounds")
    }
    for name in fixed.keys.sorted() where start[name] != nil {
      throw CommandError.usage("\(name) is given by --start and by --fix; give one of them")
    }
  }

  /// All names that were typed.
  var names: [String] {
    Array(Set(start.keys).union(fixed.keys).union(bounds.keys).union(definitions.map(\.name))).sorted()
  }

  /// `1..10`; nil where there is no `..`. An end that is left out is infinite.
  private static func range(_ item: NamedValues.Item, option: String) throws -> ClosedRange<Double>? {
    guard let dots = item.text.firstRange(of: "..") else { return nil }
    func end(_ text: Substring, _ missing: Double) throws -> Double {
      text.isEmpty ? missing : try NamedValues.number(String(text), option: option, name: item.name)
    }
    let low = try end(item.text[..<dots.lowerBound], -.infinity)
    let high = try end(item.text[dots.upperBound...], .infinity)
    guard low <= high else {
      throw CommandError.usage("\(option): '\(item.text)' of \(item.name) runs backwards; give the lower end first")
    }
    return low...high
  }

  /// The definitions in an order in which each has what it needs.
  private static func definitions(_ texts: [String]) throws -> [(name: String, formula: Formula)] {
    var open = try texts.map { text -> (name: String, formula: Formula) in
      let formula = try NamedValues.formula(text, option: "--define")
      guard let name = formula.left?.variable else {
        throw CommandError.usage("--define: '\(text)' is not name = formula; write 'b = 2*a'")
      }
      return (name, formula)
    }
    for (index, item) in open.enumerated() where open[..<index].contains(where: { $0.name == item.name }) {
      throw CommandError.usage("--define: \(item.name) is defined twice; define it once")
    }
    var sorted: [(name: String, formula: Formula)] = []
    while !open.isEmpty {
      let names = Set(open.map(\.name))
      guard let index = open.firstIndex(where: { names.isDisjoint(with: $0.formula.right.variables) }) else {
        throw CommandError.usage(
          "--define: \(open.map(\.name).joined(separator: ", ")) depend on each other in a circle; leave one of them free"
        )
      }
      sorted.append(open.remove(at: index))
    }
    return sorted
  }
}
