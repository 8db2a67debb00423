// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// Weights with variance 2/(fanIn + fanOut), biases 0: keeps the size of signals both ways through tanh layers.
///
/// Glorot, Bengio (2010), "Understanding the difficulty of training deep feedforward neural networks", PMLR 9:249-256.
public struct GlorotInitializer: Initializer {
  /// Normal or uniform.
  public let distribution: RandomShape
  /// The name with the distribution.
  public var specification: String { "\(Self.entry.name):distribution=\(distribution.rawValue)" }

  /// Glorot's initialiser with a distribution.
  public init(distribution: RandomShape = .uniform) { self.distribution = distribution }

  /// One draw a weight, none for biases.
  public func values(for group: ParameterGroup, random: inout any RandomSource) -> [Double] {
    guard group.role == .weight else { return Array(repeating: 0, count: group.count) }
    let variance = 2 / Double(max(group.fanIn + group.fanOut, 1))
    return distribution.draw(group.count, variance: variance, random: &random)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any Initializer> {
    CatalogEntry(
      "glorot", summary: "weights with variance 2/(fanIn + fanOut), biases 0 (for tanh)",
      options: [RandomShape.option(default: .uniform)]
    ) { GlorotInitializer(distribution: try RandomShape.read($0, default: .uniform)) }
  }
}
