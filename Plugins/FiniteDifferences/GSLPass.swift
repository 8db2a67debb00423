// SPDX-License-Identifier: Apache-2.0

// This file and `GSLCalls.swift` call GSL and are the only unsafe code of this module.
//
// Invariant: the pointer that GSL hands back to the callback is the `Recorder` that `run` holds in a local constant
// for the whole call (`withExtendedLifetime`); GSL neither keeps it nor calls from another thread. The recorder owns no
// memory of C. GSL's error handler, which would abort the process, is switched off before the first call.

import CGSL

/// Which of GSL's three rules.
enum Side: String, Sendable {
  /// `gsl_deriv_central`: f(x ± h), f(x ± h/2); order 4.
  case central
  /// `gsl_deriv_forward`: f(x + h/4), f(x + h/2), f(x + 3h/4), f(x + h), without f(x); order 3.
  case forward
  /// `gsl_deriv_backward`: the mirror of forward.
  case backward

  /// -1 for the rule that looks to the left.
  var sign: Double { self == .backward ? -1 : 1 }

  /// GSL's rule.
  @unsafe
  func differentiate(
    _ f: UnsafePointer<gsl_function>, _ x: Double, _ h: Double, _ result: inout Double, _ error: inout Double
  ) {
    switch self {
    case .central: _ = unsafe gsl_deriv_central(f, x, h, &result, &error)
    case .forward: _ = unsafe gsl_deriv_forward(f, x, h, &result, &error)
    case .backward: _ = unsafe gsl_deriv_backward(f, x, h, &result, &error)
    }
  }
}

/// A point and the value there.
struct Sample {
  var point: Double
  var value: Double
}

/// What one call of GSL looked at: four values at the step it was given, and, where it found that a smaller step
/// balances its truncation and roundoff, four more at that one.
struct GSLPass {
  /// The values at the given step; fewer than four where one of them was not finite.
  let wide: [Sample]
  /// The values at GSL's own step; empty where it did not move or met a value that is not finite.
  let narrow: [Sample]
  /// GSL's own optimum step, 0 where it did not move.
  let optimalStep: Double

  /// Runs `gsl_deriv_central`, `_forward` or `_backward` with the initial step h.
  ///
  /// The function is not called again after its first error, which is thrown on, or its first value that is not
  /// finite. Cost: 4 or 8 evaluations.
  static func run(_ side: Side, at x: Double, step h: Double, of f: (Double) throws -> Double) throws -> GSLPass {
    let recorder = try withoutActuallyEscaping(f) { f in
      let recorder = Recorder(f)
      _ = errorHandlerIsOff
      try withExtendedLifetime(recorder) {
        var function = unsafe gsl_function(
          function: { x, context in
            guard let context = unsafe context else { return .nan }
            return unsafe Unmanaged<Recorder>.fromOpaque(context).takeUnretainedValue().value(at: x)
          },
          params: Unmanaged.passUnretained(recorder).toOpaque())
        var result = 0.0
        var error = 0.0
        unsafe side.differentiate(&function, x, h, &result, &error)
        recorder.f = nil
        if let error = recorder.error { throw error }
      }
      return recorder
    }
    let samples = recorder.samples
    let wide = Array(samples.prefix(4))
    guard samples.count == 8 else { return GSLPass(wide: wide, narrow: [], optimalStep: 0) }
    let narrow = Array(samples.suffix(4))
    return GSLPass(wide: wide, narrow: narrow, optimalStep: narrow.map { ($0.point - x).magnitude }.max() ?? 0)
  }

  /// GSL's default handler ends the process; off, its functions return a code instead. Set once.
  static let errorHandlerIsOff: Bool = {
    unsafe gsl_set_error_handler_off()
    return true
  }()
}

/// The function behind GSL's callback: keeps the values and the first error.
private final class Recorder {
  var f: ((Double) throws -> Double)?
  var samples: [Sample] = []
  var error: (any Error)?
  private var stopped = false

  init(_ f: @escaping (Double) throws -> Double) {
    self.f = f
    samples.reserveCapacity(8)
  }

  func value(at x: Double) -> Double {
    guard !stopped, let f else { return .nan }
    do {
      let value = x.isFinite ? try f(x) : .nan
      guard value.isFinite else {
        stopped = true
        return .nan
      }
      samples.append(Sample(point: x, value: value))
      return value
    } catch {
      self.error = error
      stopped = true
      return .nan
    }
  }
}
