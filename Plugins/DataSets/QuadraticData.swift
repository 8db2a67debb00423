// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// Points of a parabola f = a x² + b x + c with noise of two kinds: y = f(x) (1 + relative · N(0, 1)) + noise · N(0, 1).
///
/// The x are evenly spaced. All relative errors are drawn first, then all absolute ones.
public struct QuadraticData: DataGenerator {
  /// The specification that makes it again.
  public let specification: String
  private let coefficients: (a: Double, b: Double, c: Double)
  private let count: Int
  private let relativeNoise: Double
  private let noise: Double
  private let interval: Interval

  /// Points of a parabola.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   for a value out of range.
  public init(
    a: Double = 3, b: Double = 4, c: Double = 5, count: Int = 20, relativeNoise: Double = 0.4,
    noise: Double = 1.5,
    from: Double = -2, to: Double = 2
  ) throws {
    let options = try Self.entry.options(with: [
      "a": .number(a), "b": .number(b), "c": .number(c), "count": .integer(count),
      "relative-noise": .number(relativeNoise), "noise": .number(noise), "from": .number(from),
      "to": .number(to),
    ])
    specification = options.writtenOut
    coefficients = (a, b, c)
    self.count = count
    self.relativeNoise = relativeNoise
    self.noise = noise
    interval = try Interval(from: from, to: to, entry: options.entry)
  }

  /// The points for a seed.
  public func generate(streams: NamedStreams) throws -> DataSet {
    var random = streams.generator(for: .noise)
    let factors = random.normals(count, mean: 1, standardDeviation: relativeNoise)
    let terms = random.normals(count, standardDeviation: noise)
    let x = interval.evenlySpaced(count)
    let (a, b, c) = coefficients
    let y = x.indices.map { (a * (x[$0] * x[$0]) + b * x[$0] + c) * factors[$0] + terms[$0] }
    return try DataSet(x: x, y: y)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any DataGenerator> {
    CatalogEntry(
      "quadratic", summary: "parabola with relative and absolute noise",
      options: [
        .number("a", default: 3, "coefficient of x²"), .number("b", default: 4, "coefficient of x"),
        .number("c", default: 5, "constant"), .count(default: 20),
        .noise("relative-noise", default: 0.4, "standard deviation of y as a part of f(x)"),
        .noise(default: 1.5, "standard deviation added to y"),
        .number("from", default: -2, "smallest x"), .number("to", default: 2, "largest x"),
      ]
    ) {
      try QuadraticData(
        a: $0.number("a"), b: $0.number("b"), c: $0.number("c"), count: $0.integer("count"),
        relativeNoise: $0.number("relative-noise"), noise: $0.number("noise"), from: $0.number("from"),
        to: $0.number("to"))
    }
  }
}
