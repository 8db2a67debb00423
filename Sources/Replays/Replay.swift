// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// A system of the teaching documents, computed again.
public protocol Replay: Sendable {
  /// The name on the command line.
  var name: String { get }
  /// What it shows, in one line.
  var summary: String { get }
  /// Where it comes from.
  var source: String { get }
  /// Computes the document's figures, with gradients by a method.
  func run(differentiator: any Differentiator) throws -> ReplayResult
}

/// A figure of a document beside the computed one.
public struct ReplayFigure: Sendable, Codable, Equatable {
  /// How the two compare.
  public enum Comparison: String, Sendable, Codable {
    /// The same text, digit by digit.
    case identical
    /// Within the stated bound: for figures that rest on random numbers nobody recorded.
    case withinBound
    /// Neither.
    case different
  }

  /// What it is.
  public let name: String
  /// As printed in the document, or the bound.
  public let document: String
  /// As computed here, printed the same way.
  public let computed: String
  /// How they compare.
  public let comparison: Comparison

  /// A figure that must be the same text.
  public init(_ name: String, document: String, computed: String) {
    self.name = name
    self.document = document
    self.computed = computed
    comparison = document == computed ? .identical : .different
  }

  /// A figure that must lie in an interval.
  public init(_ name: String, bound: ClosedRange<Double>, stated: String, computed value: Double, text: String) {
    self.name = name
    document = stated
    computed = text
    comparison = bound.contains(value) ? .withinBound : .different
  }
}

/// What a replay computed.
public struct ReplayResult: Sendable, Codable, Equatable {
  /// The lines as the document's program prints them.
  public var lines: [String]
  /// The figures.
  public var figures: [ReplayFigure]
  /// What a reader should know, such as why a figure is only bounded.
  public var remarks: [String]

  /// A result.
  public init(lines: [String], figures: [ReplayFigure], remarks: [String] = []) {
    self.lines = lines
    self.figures = figures
    self.remarks = remarks
  }

  /// Whether no figure is different.
  public var isFaithful: Bool { figures.allSatisfy { $0.comparison != .different } }
}

/// The replays that exist.
public enum Replays {
  /// All of them, in the order of the documents.
  public static let all: [any Replay] = [CircleReplay(), MoonsReplay(), QuadraticReplay(), ProportionReplay()]
}
