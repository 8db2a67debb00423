// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore

/// The method for a training that names none: one that prepares the function where there are steps enough to be worth
/// it, else one that does not.
struct DefaultDifferentiator {
  /// So many steps make up for preparing a network's gradient, which costs as much as some hundred by the tape.
  static let worthwhileSteps = 100

  /// The registry's name.
  let name: String
  /// Why, to tell the user.
  let note: String

  /// Chooses by the number of steps.
  ///
  /// - Throws: `CommandError` for a registry without an exact method that works backwards from the output.
  init(steps: Int, in registry: Registry) throws {
    let catalog = registry.differentiators
    let reverse = catalog.names.filter { name in
      guard let traits = try? catalog.make(name).traits else { return false }
      return traits.mode == .reverse && traits.accuracy == .exact
    }
    let isLong = steps >= Self.worthwhileSteps
    let fitting = reverse.first { (try? catalog.make($0).traits.preparesFunctions) == isLong } ?? reverse.first
    guard let fitting else {
      throw CommandError.usage(
        "no registered method gives the gradient of many parameters at once; name one with --differentiator: "
          + catalog.names.joined(separator: ", "))
    }
    name = fitting
    note = "chosen for \(steps) step\(steps == 1 ? "" : "s")"
  }
}
