// SPDX-License-Identifier: Apache-2.0

/// What can go wrong in differentiation; each case names the thing, the place and the way out.
public enum DifferentiationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Sizes that do not fit.
  case shape(what: String, expected: String, found: String)
  /// A method was asked for something that it cannot do. The core knows no method by name: it says what a method needs,
  /// and ``Registry/naming(_:)`` fills in who has it.
  case unsupported(
    method: String, request: String, reason: String, needs: DifferentiatorNeed, alternatives: [String] = [])
  /// A variable was used after its tape had been reset, or with another tape's variables.
  case tapeMisuse(method: String, TapeMisuse)
  /// A point with a coordinate that is not a number.
  case notFinite(what: String, place: String)
  /// A name that the registry does not have.
  case unknownName(kind: String, name: String, known: [String], suggestion: String?)
  /// An option that an entry does not have.
  case unknownOption(entry: String, option: String, known: [String], suggestion: String?)
  /// An option whose value does not fit.
  case invalidOption(entry: String, option: String, value: String, expected: String)
  /// A specification such as `sgd:lr=0.1` that cannot be read.
  case malformedSpecification(String, reason: String)
  /// Parts that do not go together, such as a loss and a model.
  case incompatible(String, wayOut: String)

  /// One sentence with the way out.
  public var description: String {
    switch self {
    case .shape(let what, let expected, let found):
      return "\(what): expected \(expected), found \(found)"
    case .unsupported(let method, let request, let reason, let needs, let alternatives):
      let out =
        alternatives.isEmpty
        ? "take a method that \(needs.words)" : "these can: \(alternatives.joined(separator: ", "))"
      return "\(method) cannot give \(request): \(reason); \(out)"
    case .tapeMisuse(let method, .variableOutlivedTape):
      return "\(method): the function used a variable from an earlier evaluation, whose tape has been reset; "
        + "compute with the arguments of the current call only"
    case .tapeMisuse(let method, .variablesOfTwoTapes):
      return "\(method): variables of two tapes met in one operation; nest derivatives by type (Dual<Variable>)"
    case .notFinite(let what, let place):
      return "\(what) is not finite at \(place)"
    case .unknownName(let kind, let name, let known, let suggestion):
      return "no \(kind) is called '\(name)'\(Self.hint(suggestion)); there are: \(known.joined(separator: ", "))"
    case .unknownOption(let entry, let option, let known, let suggestion):
      let list = known.isEmpty ? "it has none" : "it has: \(known.joined(separator: ", "))"
      return "'\(entry)' has no option '\(option)'\(Self.hint(suggestion)); \(list)"
    case .invalidOption(let entry, let option, let value, let expected):
      return "'\(entry)': \(option)=\(value) does not fit; expected \(expected)"
    case .malformedSpecification(let text, let reason):
      return "'\(text)' cannot be read: \(reason); write name:option=value,option=value"
    case .incompatible(let what, let wayOut):
      return "\(what); \(wayOut)"
    }
  }

  private static func hint(_ suggestion: String?) -> String {
    suggestion.map { " (did you mean '\($0)'?)" } ?? ""
  }
}

/// A trait without which a method cannot do what it is asked for.
public enum DifferentiatorNeed: String, Sendable, Codable, CaseIterable {
  /// Takes functions that are known on plain numbers only.
  case blackBoxes
  /// Gives second derivatives.
  case secondOrder

  /// Whether a method with these traits has it.
  public func isMet(by traits: DifferentiatorTraits) -> Bool {
    switch self {
    case .blackBoxes: traits.takesBlackBoxes
    case .secondOrder: traits.secondOrder
    }
  }

  /// … for a sentence that begins with "a method that".
  var words: String {
    switch self {
    case .blackBoxes: "takes black boxes, such as differences"
    case .secondOrder: "gives second derivatives"
    }
  }
}
