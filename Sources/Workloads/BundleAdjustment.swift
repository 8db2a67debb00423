// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// ADBench's bundle adjustment: the two residuals of one observation, from 15 numbers (camera 11, point 3, weight 1).
public struct BundleAdjustment: Sendable {
  /// The number of cameras.
  public static let cameraCount = 49
  /// The number of points.
  public static let pointCount = 7776
  /// The number of observations.
  public static let observationCount = 31843

  /// The cameras, 11 numbers each: rotation, centre, focal length, principal point, two of distortion.
  public let cameras: [Double]
  /// The points, 3 numbers each.
  public let points: [Double]
  /// The weight of each observation.
  public let weights: [Double]
  /// The seen position of each observation, 2 numbers.
  public let features: [Double]

  /// The workload.
  public init() {
    let camera = [
      1.797201, 0.590697, -0.635786, 90.859550, 29.361415, 28.777534, 211.628116, -0.284531, -14.762924, 0.058931,
      0.069976,
    ]
    let point = [4.173048, 5.586898, 1.403869]
    var numbers = WorkloadNumbers(seed: 4242)
    var cameras: [Double] = []
    for _ in 0..<Self.cameraCount { cameras += camera.map { $0 * (1 + 0.01 * (numbers.uniform() - 0.5)) } }
    var points: [Double] = []
    for _ in 0..<Self.pointCount { points += point.map { $0 * (1 + 0.01 * (numbers.uniform() - 0.5)) } }
    var weights: [Double] = []
    var features: [Double] = []
    for _ in 0..<Self.observationCount {
      weights.append(0.417022 * (1 + 0.01 * (numbers.uniform() - 0.5)))
      features.append(-525.672849 + numbers.uniform())
      features.append(161.811929 + numbers.uniform())
    }
    self.cameras = cameras
    self.points = points
    self.weights = weights
    self.features = features
  }

  /// The 15 variables of an observation.
  public func variables(_ observation: Int) -> [Double] {
    let camera = observation % Self.cameraCount
    let point = observation * 7919 % Self.pointCount
    return Array(cameras[(camera * 11)..<(camera * 11 + 11)]) + points[(point * 3)..<(point * 3 + 3)]
      + [weights[observation]]
  }

  /// The two residuals of an observation seen at (u, v).
  @inlinable
  public static func residuals<S: DifferentiableScalar>(_ x: [S], seen u: S, _ v: S) -> [S] {
    let d = [x[11] - x[3], x[12] - x[4], x[13] - x[5]]
    let angle2 = x[0] * x[0] + x[1] * x[1] + x[2] * x[2]
    let angle = S.sqrt(angle2)
    let cosine = S.cos(angle)
    let sine = S.sin(angle)
    let inverse = 1 / angle
    let axis = [x[0] * inverse, x[1] * inverse, x[2] * inverse]
    let cross = [
      axis[1] * d[2] - axis[2] * d[1], axis[2] * d[0] - axis[0] * d[2], axis[0] * d[1] - axis[1] * d[0],
    ]
    let along = (axis[0] * d[0] + axis[1] * d[1] + axis[2] * d[2]) * (1 - cosine)
    var r: [S] = []
    for i in 0..<3 { r.append(d[i] * cosine + cross[i] * sine + axis[i] * along) }
    let px = r[0] / r[2]
    let py = r[1] / r[2]
    let radius2 = px * px + py * py
    let distortion = 1 + x[9] * radius2 + x[10] * radius2 * radius2
    return [
      x[14] * (px * distortion * x[6] + x[7] - u),
      x[14] * (py * distortion * x[6] + x[8] - v),
    ]
  }

  /// The residuals of one observation as a function of its variables and of where it is seen: 15 and 2 numbers.
  public struct Residuals: VectorFunction {
    /// The function.
    public init() {}

    /// The residuals.
    @inlinable
    public func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
      BundleAdjustment.residuals(x, seen: x[15], x[16])
    }
  }

  /// The variables of all observations and where these are seen: rows of 17 numbers.
  public func rows() -> SampleRows {
    let (cameras, points, weights, features) = (self.cameras, self.points, self.weights, self.features)
    var numbers = Array(repeating: 0.0, count: 17 * Self.observationCount)
    for i in 0..<Self.observationCount {
      let camera = i % Self.cameraCount * 11
      let point = i * 7919 % Self.pointCount * 3
      let row = 17 * i
      for k in 0..<11 { numbers[row + k] = cameras[camera + k] }
      for k in 0..<3 { numbers[row + 11 + k] = points[point + k] }
      numbers[row + 14] = weights[i]
      for k in 0..<2 { numbers[row + 15 + k] = features[2 * i + k] }
    }
    return SampleRows(numbers, width: 17, count: Self.observationCount)
  }

  /// The residuals of one observation as a function of its variables.
  public struct Observation: VectorFunction {
    @usableFromInline let u: Double
    @usableFromInline let v: Double

    /// An observation that is seen at (u, v).
    public init(_ u: Double, _ v: Double) {
      self.u = u
      self.v = v
    }

    /// The residuals.
    @inlinable
    public func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
      BundleAdjustment.residuals(x, seen: S(u), S(v))
    }
  }

  /// The residuals as a function of 17 numbers: an observation's variables, and where it is seen.
  public struct SeenObservation: VectorFunction {
    /// The function.
    public init() {}

    /// The residuals.
    @inlinable
    public func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
      BundleAdjustment.residuals(x, seen: x[15], x[16])
    }
  }
}
