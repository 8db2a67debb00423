// SPDX-License-Identifier: Apache-2.0

import RandomStreams

/// A rule for the parameters before training.
public protocol Initializer: Sendable {
  /// The specification that makes it again: `uniform:bound=1`.
  var specification: String { get }

  /// The values of one block, drawn in order.
  func values(for group: ParameterGroup, random: inout any RandomSource) -> [Double]
}

extension Initializer {
  /// The values of all blocks in order.
  public func values(for layout: ParameterLayout, random: inout any RandomSource) -> [Double] {
    var result: [Double] = []
    for group in layout.groups { result += values(for: group, random: &random) }
    return result
  }
}
