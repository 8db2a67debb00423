// SPDX-License-Identifier: Apache-2.0

/// A figure of a document beside the computed one.
public struct ReplayFigure: Sendable, Codable, Equatable {
  /// How the two compare.
  public enum Comparison: String, Sendable, Codable, CaseIterable {
    /// The same text, digit by digit.
    case identical
    /// Within the stated bound, for the stated reason.
    case withinBound
    /// The document's figure rests on what nobody recorded; it stands beside the computed one unjudged.
    case notRepeatable
    /// Neither.
    case different
  }

  /// Where the figure to compare with comes from.
  public enum Origin: String, Sendable, Codable, CaseIterable {
    /// The document's text has it.
    case printed
    /// The document's program prints it: the text has the program and lost the output, and it was run elsewhere.
    case program
    /// It follows by exact arithmetic.
    case derived
    /// It is this project's own demand on a system whose numbers nobody recorded.
    case demanded
  }

  /// The system that it belongs to: `S1.4`.
  public let system: String
  /// What it is.
  public let name: String
  /// As printed in the document, or the bound.
  public let document: String
  /// As computed here, printed the same way.
  public let computed: String
  /// How they compare.
  public let comparison: Comparison
  /// Where the document's side comes from.
  public let origin: Origin
  /// Why it is only bounded, or cannot be repeated.
  public let reason: String?
  /// Whether it shows the document's way mended, and not as it is.
  public let isMended: Bool

  /// A figure that must be the same text.
  public init(
    _ system: String, _ name: String, document: String, computed: String, origin: Origin = .printed,
    isMended: Bool = false
  ) {
    self.system = system
    self.name = name
    self.document = document
    self.computed = computed
    self.origin = origin
    self.isMended = isMended
    comparison = document == computed ? .identical : .different
    reason = nil
  }

  /// A figure that must lie in an interval, and why it need not be identical.
  public init(
    _ system: String, _ name: String, bound: ClosedRange<Double>, stated: String, computed value: Double, text: String,
    because reason: String, origin: Origin = .demanded, isMended: Bool = false
  ) {
    self.system = system
    self.name = name
    document = stated
    computed = text
    self.origin = origin
    self.isMended = isMended
    comparison = bound.contains(value) ? .withinBound : .different
    self.reason = reason
  }

  /// A figure of the document that nobody can compute again, and why; beside it what comes out here.
  public init(_ system: String, _ name: String, document: String, unrepeatable computed: String, because reason: String)
  {
    self.system = system
    self.name = name
    self.document = document
    self.computed = computed
    self.reason = reason
    origin = .printed
    isMended = false
    comparison = .notRepeatable
  }
}

/// A mistake in a document's program: what it does, and what the mended program does.
public struct ReplayTrap: Sendable, Codable, Equatable {
  /// The system that it is in.
  public let system: String
  /// What is wrong, in a few words.
  public let name: String
  /// What comes out the document's way.
  public let document: String
  /// What comes out when it is mended.
  public let mended: String
  /// What was changed, and what that changes.
  public let change: String

  /// A trap.
  public init(_ system: String, _ name: String, document: String, mended: String, change: String) {
    self.system = system
    self.name = name
    self.document = document
    self.mended = mended
    self.change = change
  }
}
