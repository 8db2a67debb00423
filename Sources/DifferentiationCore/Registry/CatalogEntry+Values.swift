// SPDX-License-Identifier: Apache-2.0

// What an entry's product can be asked in Swift as well as by specification: the ranges of the options are then
// checked in one place, and the specification is written from the values.
extension CatalogEntry {
  /// The options with these values, checked as typed ones are.
  ///
  /// - Throws: ``DifferentiationError/invalidOption(entry:option:value:expected:)`` for a value that does not fit.
  package func options(with values: KeyValuePairs<String, OptionValue>) throws -> Options {
    try Options(
      entry: name, typed: values.map { (name: $0.key, value: $0.value.description) }, specifications: options)
  }
}

extension Options {
  /// The name with every option, defaults too: it makes the same again after a default has changed.
  package var writtenOut: String {
    let parts = all.map { "\($0.name)=\($0.value)" }
    return parts.isEmpty ? entry : "\(entry):\(parts.joined(separator: ","))"
  }
}
