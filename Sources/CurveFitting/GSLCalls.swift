// SPDX-License-Identifier: Apache-2.0

// The only file that calls GSL, and the only unsafe code of this module.
//
// Invariants:
// - The pointer that GSL hands back to the callbacks is the `CallbackBox` that `run` holds in a local constant for the
//   whole life of the workspace (`withExtendedLifetime`); GSL neither keeps it longer nor calls from another thread.
// - A gsl_vector is read and written only at data[i · stride] for i < size, a gsl_matrix at data[i · tda + j] for
//   i < size1, j < size2: the documented layout. Their memory is GSL's and lives as long as the workspace.
// - Every gsl_…_alloc has its gsl_…_free in a `defer` right below it.
// GSL's error handler, which would abort the process, is switched off before the first call.

@unsafe @preconcurrency import CGSL

/// What a trust region asks of a problem: plain numbers in, plain numbers out.
protocol TrustRegionFunctions: AnyObject {
  /// The number of residuals.
  var rowCount: Int { get }
  /// The residuals; nil where one of them is not finite: the step is then rejected.
  func residuals(at x: [Double]) -> [Double]?
  /// The Jacobian, column by column; nil where it cannot be had.
  func jacobian(at x: [Double]) -> [Double]?
  /// The second derivative of each residual along v; nil where there is none: GSL takes differences then, or the step
  /// is not accelerated.
  func secondDirectional(at x: [Double], along v: [Double]) -> [Double]?
  /// Whether `secondDirectional` is to be asked; else GSL takes differences.
  var hasSecondDirectional: Bool { get }
}

/// GSL's nonlinear least squares: trust region, geodesic acceleration, Moré's scaling, QR.
enum TrustRegion {
  /// How a run ended.
  enum End: Equatable {
    /// The caller had seen enough.
    case stopped
    /// GSL found no step that decreases the sum.
    case noProgress
    /// The derivatives could not be had.
    case failed
    /// As many iterations as allowed.
    case iterationLimit
  }

  /// One accepted iteration.
  struct Iteration {
    var number: Int
    var x: [Double]
    var step: [Double]
  }

  /// Iterates from a start until the caller's closure returns false.
  static func run(
    _ functions: any TrustRegionFunctions, from start: [Double], accelerated: Bool, avmax: Double,
    maximumIterations: Int,
    _ each: (Iteration) throws -> Bool
  ) throws -> (x: [Double], iterations: Int, end: End) {
    _ = errorHandlerIsOff
    let box = CallbackBox(functions)
    var parameters = unsafe gsl_multifit_nlinear_default_parameters()
    unsafe parameters.trs = accelerated ? gsl_multifit_nlinear_trs_lmaccel : gsl_multifit_nlinear_trs_lm
    unsafe parameters.scale = gsl_multifit_nlinear_scale_more
    unsafe parameters.solver = gsl_multifit_nlinear_solver_qr
    unsafe parameters.avmax = avmax
    guard
      let workspace = unsafe gsl_multifit_nlinear_alloc(
        gsl_multifit_nlinear_trust, &parameters, functions.rowCount, start.count),
      let x = unsafe gsl_vector_alloc(start.count)
    else { return (start, 0, .failed) }
    defer {
      unsafe gsl_multifit_nlinear_free(workspace)
      unsafe gsl_vector_free(x)
    }
    unsafe write(start, to: x)
    return try withExtendedLifetime(box) {
      var system = unsafe gsl_multifit_nlinear_fdf()
      unsafe system.f = { x, context, f in
        unsafe CallbackBox.from(context).residuals(x, into: f)
      }
      unsafe system.df = { x, context, jacobian in
        unsafe CallbackBox.from(context).jacobian(x, into: jacobian)
      }
      if accelerated, functions.hasSecondDirectional {
        unsafe system.fvv = { x, v, context, fvv in
          unsafe CallbackBox.from(context).secondDirectional(x, v, into: fvv)
        }
      }
      unsafe system.n = functions.rowCount
      unsafe system.p = start.count
      unsafe system.params = Unmanaged.passUnretained(box).toOpaque()
      // GSL keeps the address of `system` until the workspace is freed; it is used inside this closure only.
      return try unsafe withUnsafeMutablePointer(to: &system) { system in
        guard unsafe gsl_multifit_nlinear_init(x, system, workspace) == 0 else { return (start, 0, End.failed) }
        var iterations = 0
        while iterations < maximumIterations {
          let code = unsafe gsl_multifit_nlinear_iterate(workspace)
          if code != 0 {
            let end: End = code == Int32(GSL_ENOPROG) ? .noProgress : .failed
            return (unsafe read(gsl_multifit_nlinear_position(workspace)), iterations, end)
          }
          iterations += 1
          let iteration = Iteration(
            number: iterations, x: unsafe read(gsl_multifit_nlinear_position(workspace)),
            step: unsafe read(workspace.pointee.dx))
          if try !each(iteration) { return (iteration.x, iterations, .stopped) }
        }
        return (unsafe read(gsl_multifit_nlinear_position(workspace)), iterations, .iterationLimit)
      }
    }
  }

  /// GSL's default handler ends the process; off, its functions return a code instead. Set once.
  fileprivate static let errorHandlerIsOff: Bool = {
    unsafe gsl_set_error_handler_off()
    return true
  }()
}

/// The functions behind GSL's callbacks.
private final class CallbackBox {
  private let functions: any TrustRegionFunctions
  /// A residual that no step is accepted with: finite, because GSL's comparison lets NaN through.
  private static let rejected = 1e150

  init(_ functions: any TrustRegionFunctions) { self.functions = functions }

  static func from(_ context: UnsafeMutableRawPointer?) -> CallbackBox {
    guard let context = unsafe context else { preconditionFailure("GSL lost its context") }
    return unsafe Unmanaged<CallbackBox>.fromOpaque(context).takeUnretainedValue()
  }

  func residuals(_ x: UnsafePointer<gsl_vector>?, into f: UnsafeMutablePointer<gsl_vector>?) -> Int32 {
    guard let f = unsafe f else { return -1 }
    if let values = functions.residuals(at: unsafe read(x)) {
      unsafe write(values, to: f)
    } else {
      unsafe gsl_vector_set_all(f, Self.rejected)
    }
    return 0
  }

  func jacobian(_ x: UnsafePointer<gsl_vector>?, into matrix: UnsafeMutablePointer<gsl_matrix>?) -> Int32 {
    guard let matrix = unsafe matrix, let columns = functions.jacobian(at: unsafe read(x)) else { return -1 }
    let (rows, width, stride) = unsafe (matrix.pointee.size1, matrix.pointee.size2, matrix.pointee.tda)
    for j in 0..<width {
      for i in 0..<rows { unsafe matrix.pointee.data[i * stride + j] = columns[j * rows + i] }
    }
    return 0
  }

  func secondDirectional(
    _ x: UnsafePointer<gsl_vector>?, _ v: UnsafePointer<gsl_vector>?, into fvv: UnsafeMutablePointer<gsl_vector>?
  ) -> Int32 {
    guard let fvv = unsafe fvv else { return -1 }
    if let values = functions.secondDirectional(at: unsafe read(x), along: unsafe read(v)) {
      unsafe write(values, to: fvv)
    } else {
      // No acceleration.
      unsafe gsl_vector_set_zero(fvv)
    }
    return 0
  }
}

private func read(_ vector: UnsafePointer<gsl_vector>?) -> [Double] {
  guard let vector = unsafe vector else { return [] }
  let (size, stride) = unsafe (vector.pointee.size, vector.pointee.stride)
  return (0..<size).map { unsafe vector.pointee.data[$0 * stride] }
}

private func write(_ values: [Double], to vector: UnsafeMutablePointer<gsl_vector>) {
  let (size, stride) = unsafe (vector.pointee.size, vector.pointee.stride)
  for i in 0..<min(size, values.count) { unsafe vector.pointee.data[i * stride] = values[i] }
}

/// The distribution functions that intervals need.
enum StudentDistribution {
  /// t with P(T ≤ t) = probability for so many degrees of freedom.
  static func quantile(_ probability: Double, degreesOfFreedom: Double) -> Double {
    _ = TrustRegion.errorHandlerIsOff
    return gsl_cdf_tdist_Pinv(probability, degreesOfFreedom)
  }

  /// P(|T| > |t|).
  static func twoSided(_ t: Double, degreesOfFreedom: Double) -> Double {
    2 * gsl_cdf_tdist_Q(t.magnitude, degreesOfFreedom)
  }

  /// z with P(Z ≤ z) = probability.
  static func normalQuantile(_ probability: Double) -> Double { gsl_cdf_ugaussian_Pinv(probability) }

  /// P(|Z| > |z|).
  static func normalTwoSided(_ z: Double) -> Double { 2 * gsl_cdf_ugaussian_Q(z.magnitude) }
}

/// The singular values of a small square matrix, to high relative accuracy (one-sided Jacobi).
enum SingularValues {
  /// Singular values, largest first, and the right singular vectors as columns of V (row-major).
  static func decompose(_ matrix: [Double], size p: Int) -> (values: [Double], right: [Double])? {
    _ = TrustRegion.errorHandlerIsOff
    guard p > 0, matrix.allSatisfy(\.isFinite), let a = unsafe gsl_matrix_alloc(p, p) else { return nil }
    defer { unsafe gsl_matrix_free(a) }
    guard let v = unsafe gsl_matrix_alloc(p, p) else { return nil }
    defer { unsafe gsl_matrix_free(v) }
    guard let s = unsafe gsl_vector_alloc(p) else { return nil }
    defer { unsafe gsl_vector_free(s) }
    for i in 0..<p {
      for j in 0..<p { unsafe gsl_matrix_set(a, i, j, matrix[i * p + j]) }
    }
    guard unsafe gsl_linalg_SV_decomp_jacobi(a, v, s) == 0 else { return nil }
    var right = Array(repeating: 0.0, count: p * p)
    for i in 0..<p {
      for j in 0..<p { right[i * p + j] = unsafe gsl_matrix_get(v, i, j) }
    }
    return (unsafe read(s), right)
  }
}
