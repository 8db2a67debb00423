// SPDX-License-Identifier: Apache-2.0
//
// The last question of a dispute: exact methods agree with each other and the function's own values say something
// else. Either the derivative at this very point is not that of the function around it (two kinks hit at once, such as
// relu(u) - relu(-u) = u at u = 0, where every rule table gives 0; a value taken out of the derivative by mistake; a
// wrong rule), or the values as they were looked at do not resolve what the rules know: kinks within 1e-10, a ripple
// finer than the steps, a term that a large number has swallowed. It is the latter where
// - the derivative next to the point is still the same: a tie broken by an ulp would change it, and
// - the derivatives on the way to x ± h add up to the change of the value: ∫ f′ = Δf, as they would not with a rule that
//   is wrong everywhere.

/// The derivative by one method around a point, along one coordinate.
struct Vicinity {
  let method: any Differentiator
  let f: TargetFunction
  let x: [Double]
  let row: Int
  let column: Int
  let value: Double

  /// Whether the method's slope at the point holds nearby and adds up to the function's changes, each to within
  /// `tolerance`.
  ///
  /// - Parameter atAnyDistance: two neighbouring distances will do wherever they are. A single wrong rule could pass so,
  ///   for further out a wrong slope may be the quotient by chance, where the function bends.
  ///
  /// Cost: some eight hundred directional derivatives at the most, some thousand at any distance.
  func supports(_ slope: Double, within tolerance: Double, atAnyDistance: Bool) -> Bool {
    guard tolerance > 0 else { return false }
    let noise = noise(slope)
    // One side will do: on the other, a kink nearby may hide everything.
    return [-1.0, 1].contains { side in
      guard let near = self.slope(x[column] + side * 0x1p-42 * size.binade) else { return false }
      return (near - slope).magnitude <= tolerance && addsUp(side, tolerance, noise, atAnyDistance)
    }
  }

  private var size: Double { x[column] == 0 ? 1 : max(x[column].magnitude, 0x1p-960) }

  /// How irregular the values are close to x, and no less than their own roundoff.
  private func noise(_ slope: Double) -> Double {
    let ulps = [1.0, 3, 7, 18, 47, 111, 401].map { $0 * size.ulp }
    let fractions = [-44, -40, -36, -32, -28].map { size * Double(sign: .plus, exponent: $0, significand: 1) }
    return (ulps + fractions).flatMap { [$0, -$0] }.compactMap { change($0) }
      .reduce(4 * value.ulp) { max($0, ($1.change - slope * $1.step).magnitude) }
  }

  /// Whether the mean of the slopes on the way is the quotient, at two of the three shortest distances at which noise
  /// does not matter, or at any two neighbouring ones.
  private func addsUp(_ side: Double, _ tolerance: Double, _ noise: Double, _ atAnyDistance: Bool) -> Bool {
    var changes: [(step: Double, change: Double)] = []
    var h = max(size, 1).binade / 4
    while h >= 0x1p-44 * size, 4 * noise <= tolerance * h {
      if let change = change(side * h) { changes.append(change) }
      h /= 4
    }
    let passes = changes.suffix(atAnyDistance ? .max : 3).map { step, change in
      // In one piece where the function is smooth; in many where it is not, or ripples below the noise.
      [1, 24].contains { pieces in
        meanSlope(step, pieces).map { (change / step - $0).magnitude <= tolerance } ?? false
      }
    }
    if !atAnyDistance { return passes.filter { $0 }.count >= 2 }
    return zip(passes, passes.dropFirst()).contains { $0 && $1 }
  }

  /// The mean of the slopes from x to x + step, by the five-point rule of Gauss and Legendre on so many pieces.
  private func meanSlope(_ step: Double, _ pieces: Int) -> Double? {
    let nodes = [
      (0.0469100770306680, 0.1184634425280945), (0.2307653449471585, 0.2393143352496832),
      (0.5, 0.2844444444444444), (0.7692346550528415, 0.2393143352496832), (0.9530899229693320, 0.1184634425280945),
    ]
    var mean = 0.0
    for piece in 0..<pieces {
      for (place, weight) in nodes {
        guard let slope = slope(x[column] + (Double(piece) + place) / Double(pieces) * step) else { return nil }
        mean += weight * slope
      }
    }
    return mean / Double(pieces)
  }

  private func change(_ h: Double) -> (step: Double, change: Double)? {
    var point = x
    point[column] += h
    let step = point[column] - x[column]
    guard step != 0, let y = try? f.value(at: point), y.indices.contains(row), y[row].isFinite else { return nil }
    return (step, y[row] - value)
  }

  private func slope(_ t: Double) -> Double? {
    var point = x
    point[column] = t
    let along = try? method.directionalDerivative(of: f, at: point, along: unitVector(column, x.count))
    guard let rows = along?.rows, rows.indices.contains(row), let slope = rows[row].first, slope.isFinite else {
      return nil
    }
    return slope
  }
}
