// SPDX-License-Identifier: Apache-2.0

/// The five teaching documents that the toolkit grew from, with their systems.
public enum TeachingDocument: Int, Sendable, Codable, CaseIterable {
  /// A classifier of points in a circle, with PyTorch Lightning.
  case circle
  /// The micrograd walkthrough.
  case micrograd
  /// Backpropagation from scratch by numeric differentiation.
  case scratch
  /// A quadratic, rectified lines and gradient descent.
  case quadratic
  /// y = 3x, a line and a parabola.
  case basics

  /// `document 001, the micrograd walkthrough`.
  public var source: String { "document 00\(rawValue), \(title)" }

  /// What it is about.
  public var title: String {
    switch self {
    case .circle: "backpropagation with PyTorch Lightning"
    case .micrograd: "the micrograd walkthrough"
    case .scratch: "backpropagation from scratch"
    case .quadratic: "what is a neural network"
    case .basics: "the basics of machine learning"
    }
  }

  /// Its systems in order: S1.1, S1.2, ….
  public var systems: [String] {
    let count =
      switch self {
      case .circle: 5
      case .micrograd: 9
      case .scratch: 7
      case .quadratic: 6
      case .basics: 7
      }
    return (1...count).map { "S\(rawValue).\($0)" }
  }
}
