// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams
import RealModule

/// The shape of a distribution whose variance a rule fixes; the raw value is the word of the option.
public enum RandomShape: String, Sendable, Codable, CaseIterable {
  /// Normal.
  case normal
  /// Uniform in ±√3 standard deviations.
  case uniform

  /// Numbers with mean 0 and this variance, one draw each.
  func draw(_ count: Int, variance: Double, random: inout any RandomSource) -> [Double] {
    switch self {
    case .normal: return random.normals(count, standardDeviation: Double.sqrt(variance))
    case .uniform:
      let bound = Double.sqrt(3 * variance)
      return random.uniforms(count, in: -bound..<bound)
    }
  }

  /// The option that chooses it.
  static func option(default shape: RandomShape) -> OptionSpecification {
    .choice("distribution", default: shape.rawValue, allCases.map(\.rawValue), "shape of the distribution")
  }

  /// The option's value.
  static func read(_ options: Options, default shape: RandomShape) throws -> RandomShape {
    RandomShape(rawValue: try options.word("distribution")) ?? shape
  }
}
