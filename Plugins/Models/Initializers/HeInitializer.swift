// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// Weights with variance 2/fanIn, biases 0: keeps the size of signals through rectified layers.
///
/// He, Zhang, Ren, Sun (2015), doi:10.1109/ICCV.2015.123.
public struct HeInitializer: Initializer {
  /// Normal or uniform.
  public let distribution: RandomShape
  /// The name with the distribution.
  public var specification: String { "\(Self.entry.name):distribution=\(distribution.rawValue)" }

  /// He's initialiser with a distribution.
  public init(distribution: RandomShape = .normal) { self.distribution = distribution }

  /// One draw a weight, none for biases.
  public func values(for group: ParameterGroup, random: inout any RandomSource) -> [Double] {
    guard group.role == .weight else { return Array(repeating: 0, count: group.count) }
    return distribution.draw(group.count, variance: 2 / Double(max(group.fanIn, 1)), random: &random)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any Initializer> {
    CatalogEntry(
      "he", summary: "weights with variance 2/fanIn, biases 0 (for relu)",
      options: [RandomShape.option(default: .normal)]
    ) { HeInitializer(distribution: try RandomShape.read($0, default: .normal)) }
  }
}
