// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import RealModule

/// ADBench's Gaussian mixture: the log-likelihood of n points under k Gaussians with full covariance, with a Wishart
/// prior (γ = 1, m = 0). The factors' exponentials are computed for every point, as the benchmark has it.
public struct GaussianMixture: SampleTerm {
  /// The dimension d.
  public let dimension: Int
  /// The number of Gaussians k.
  public let components: Int

  /// A mixture.
  public init(dimension: Int, components: Int) {
    self.dimension = dimension
    self.components = components
  }

  /// The number of entries of a lower triangle.
  @inlinable public var triangle: Int { dimension * (dimension + 1) / 2 }

  /// The number of parameters: k weights, k means, k factors.
  public var parameterCount: Int { components * (1 + dimension + triangle) }

  /// log Σₖ exp(tₖ) for one point x.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(parameters p: ArraySlice<S>, sample x: ArraySlice<S>) -> S {
    let d = dimension
    let means = p.startIndex + components
    let factors = means + components * d
    var terms: [S] = []
    terms.reserveCapacity(components)
    for k in 0..<components {
      let mean = means + k * d
      let factor = factors + k * triangle
      var y: [S] = []
      var centered: [S] = []
      var logs: S = 0
      for i in 0..<d {
        let c = x[x.startIndex + i] - p[mean + i]
        centered.append(c)
        y.append(S.exp(p[factor + i]) * c)
        logs += p[factor + i]
      }
      var position = factor + d
      for i in 0..<d {
        for j in (i + 1)..<max(d, i + 1) {
          y[j] += p[position] * centered[i]
          position += 1
        }
      }
      var squares: S = 0
      for value in y { squares += value * value }
      terms.append(p[p.startIndex + k] + logs - 0.5 * squares)
    }
    return S.logSumExp(terms)
  }

  /// What does not depend on the points.
  public struct Prior: ScalarField {
    @usableFromInline let mixture: GaussianMixture
    @usableFromInline let points: Int

    /// The prior of a mixture for n points.
    public init(_ mixture: GaussianMixture, points: Int) {
      self.mixture = mixture
      self.points = points
    }

    /// -n d/2 log 2π - n logsumexp(α) + Σₖ ½ γ² (Σ Q² + Σ L²) - k C.
    @inlinable
    public func callAsFunction<S: DifferentiableScalar>(_ p: [S]) -> S {
      let d = mixture.dimension
      let k = mixture.components
      let factors = k + k * d
      var squares: S = 0
      for c in 0..<k {
        let factor = factors + c * mixture.triangle
        for i in 0..<d {
          let q = S.exp(p[factor + i])
          squares += q * q
        }
        for i in d..<mixture.triangle { squares += p[factor + i] * p[factor + i] }
      }
      let n = Double(points)
      let constant = -n * Double(d) * 0.5 * Double.log(2 * Double.pi) - Double(k) * normalization
      return S(constant) - S(n) * S.logSumExp(p[0..<k]) + 0.5 * squares
    }

    /// C = n' d (log γ - ½ log 2) - log Γ_d(½ n') for n' = d + 1.
    @usableFromInline var normalization: Double {
      let d = mixture.dimension
      let degrees = Double(d + 1)
      var logGamma = 0.25 * Double(d * (d - 1)) * Double.log(.pi)
      for j in 1...d { logGamma += Double.logGamma(0.5 * degrees + 0.5 * Double(1 - j)) }
      return degrees * Double(d) * (-0.5 * Double.log(2)) - logGamma
    }
  }

  /// The log-likelihood with its n points, and the parameters.
  public static func workload(
    dimension: Int, components: Int, points: Int = 1000
  ) -> (loss: SampleSum, parameters: [Double]) {
    let mixture = GaussianMixture(dimension: dimension, components: components)
    var numbers = WorkloadNumbers(seed: 20_240_607)
    var parameters = (0..<components).map { _ in numbers.normal() }
    for _ in 0..<(components * dimension) { parameters.append(numbers.uniform()) }
    for _ in 0..<(components * mixture.triangle) { parameters.append(numbers.normal()) }
    let x = (0..<(points * dimension)).map { _ in numbers.normal() }
    return (
      SampleSum(
        mixture, samples: SampleRows(x, width: dimension, count: points), remainder: Prior(mixture, points: points)),
      parameters
    )
  }
}
