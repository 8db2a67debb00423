// SPDX-License-Identifier: Apache-2.0

extension DifferentiationError {
  /// Refuses a value of an initializer's argument in the words of the option that it is typed as.
  ///
  /// Written so that a value that is not a number, for which every comparison is false, is refused too.
  package static func require(
    _ holds: Bool, _ entry: String, _ option: String, _ value: some CustomStringConvertible,
    _ expected: String
  ) throws {
    guard holds else {
      throw DifferentiationError.invalidOption(
        entry: entry, option: option, value: value.description, expected: expected)
    }
  }
}
