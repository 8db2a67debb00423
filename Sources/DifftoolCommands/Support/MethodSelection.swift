// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore

/// `--method`: repeatable, a list, or `all`.
struct MethodSelection: ParsableArguments {
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "A differentiator with options, several separated by spaces, or all; may be repeated.", valueName: "method"),
    completion: .custom { _, _, _ in ["all"] + DifftoolEnvironment.registry.differentiators.names })
  var method: [String] = []

  /// The differentiators; without `--method`, all.
  func differentiators(default names: [String]? = nil) throws -> [any Differentiator] {
    let catalog = DifftoolEnvironment.registry.differentiators
    let words = method.flatMap(Self.split)
    if !method.isEmpty, words.isEmpty {
      throw CommandError.usage("--method names no method; there are: all, \(catalog.names.joined(separator: ", "))")
    }
    var specifications: [String] = []
    for word in words.isEmpty ? names ?? ["all"] : words {
      specifications += word == "all" ? catalog.names : [word]
    }
    var seen: Set<String> = []
    return try specifications.filter { seen.insert($0).inserted }.map { try catalog.make($0) }
  }

  /// Splits at spaces, and at those commas that do not continue an option list: `tape,dual` but not
  /// `finite-difference:scheme=central,step=1e-3`.
  static func split(_ text: String) -> [String] {
    var result: [String] = []
    for word in text.split(whereSeparator: { $0 == " " || $0 == ";" }) {
      for item in word.split(separator: ",") {
        if item.contains("="), !item.contains(":"), let last = result.last, last.contains(":") {
          result[result.count - 1] = "\(last),\(item)"
        } else {
          result.append(String(item))
        }
      }
    }
    return result
  }
}
