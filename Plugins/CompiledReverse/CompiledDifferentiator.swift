// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Programs

/// Reverse mode on recorded programs: record once, replay at every point, and for a sum over samples over many samples
/// at a time.
///
/// Exact to roundoff, and never silently wrong: a comparison in the recorded code is a guard, and where it comes out
/// otherwise another branch is recorded or the one-shot tape takes over; so it does where a result is not finite, and
/// where the value does not agree with a plain evaluation (a function with hidden state). Copies of the value share
/// their programs and may be used by several tasks.
///
/// Programs are kept by the identity of the erased function: keep the `AnyScalarField` that you differentiate again and
/// again.
public struct CompiledDifferentiator: ReverseDifferentiator {
  let engine: CompiledEngine
  private let threads: Int

  /// The name, with the options that differ from the defaults.
  public var name: String { threads == 1 ? "compiled" : "compiled:threads=\(threads)" }

  /// Exact, reverse.
  public var traits: DifferentiatorTraits {
    DifferentiatorTraits(mode: .reverse, accuracy: .exact, preparesFunctions: true, ruleFamily: "rule table")
  }

  /// Creates the differentiator.
  ///
  /// - Parameters:
  ///   - threads: how many work on a sum over samples; the result does not depend on it.
  ///   - instructionSet: the machine's widest unless stated.
  public init(threads: Int = 1, instructionSet: InstructionSet = .best) {
    self.threads = max(1, threads)
    engine = CompiledEngine(threads: max(1, threads), instructionSet: instructionSet)
  }

  /// How often each way was taken, for tests and for telling the user.
  public var statistics: CompiledStatistics { engine.statistics }

  /// Value and gradient of a scalar function: the training loop's call.
  public func gradient(of f: AnyScalarField, at x: [Double], into gradient: inout [Double]) throws -> Double {
    try engine.gradient(of: f, at: x, into: &gradient)
  }

  /// The gradient of a scalar function by ``gradient(of:at:into:)``; a vector function's rows one after another.
  public func jacobian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    try Requirements.layout(f, x)
    if case .field(let field) = f.body {
      var gradient: [Double] = []
      _ = try engine.gradient(of: field, at: x, into: &gradient)
      // A replay's value may differ from the function's in its last bits.
      return DerivativeResult(method: name, value: [try field(x)], rows: [gradient], evaluations: 2)
    }
    let g = try Requirements.generic(f, method: name, request: "a Jacobian")
    let (value, rows) = try pull(g, at: x) { m in (0..<m).map { unitVector($0, m) } }
    return DerivativeResult(method: name, value: value, rows: rows, evaluations: 1)
  }

  /// A replay of the Hessian's own program where the Hessian is sparse, else of the Hessian-vector product's, column by
  /// column, and so for sums over more than 256 samples of at most 256 parameters; symmetric to the last bit.
  public func hessian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    try Requirements.layout(f, x)
    guard case .field(let field) = f.body else { return try columnwiseHessian(of: f, at: x) }
    guard let (_, matrix) = try engine.hessian(of: field, at: x) else { return try columnwiseHessian(of: f, at: x) }
    return DerivativeResult(method: name, value: [try field(x)], rows: matrix.rows, evaluations: 2)
  }

  /// The Hessian by its entries that can be other than zero, where it has few enough of them; nil elsewhere. Symmetric to
  /// the last bit.
  public func sparseHessian(of f: AnyScalarField, at x: [Double]) throws -> (value: Double, matrix: SparseMatrix)? {
    try engine.hessian(of: f, at: x)
  }

  /// A replay of the Hessian-vector product's program; for a sum over samples, of a sample's, over panels of samples.
  public func hessianVectorProduct(
    of f: TargetFunction, at x: [Double], along v: [Double]
  ) throws -> DerivativeResult {
    try Requirements.layout(f, x)
    try Requirements.count(v, x.count, what: "the direction")
    if case .field(let field) = f.body {
      let row = try engine.hessianVectorProduct(of: field, at: x, along: v) {
        try Requirements.generic(f, method: name, request: "a Hessian-vector product")
      }
      return DerivativeResult(method: name, value: [try field(x)], rows: [row], evaluations: 2)
    }
    let g = try Requirements.generic(f, method: name, request: "a Hessian-vector product")
    let (value, row) = try pullTangent(g, at: x, along: v)
    try Requirements.scalar(value, method: name, request: "a Hessian-vector product")
    return DerivativeResult(method: name, value: value, rows: [row], evaluations: 1)
  }

  /// A replay a cotangent.
  public func pull(
    _ f: AnyVectorFunction, at x: [Double], cotangents: (_ outputs: Int) throws -> [[Double]]
  ) throws -> (value: [Double], rows: [[Double]]) {
    try engine.pull(f, at: x, cotangents: cotangents)
  }

  /// A replay of the Hessian-vector product's program.
  public func pullTangent(
    _ f: AnyVectorFunction, at x: [Double], along v: [Double]
  ) throws -> (value: [Double], row: [Double]) {
    try engine.pullTangent(f, at: x, along: v)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any Differentiator> {
    CatalogEntry(
      "compiled", summary: "reverse mode on a recorded program, replayed over samples: the fastest for many steps",
      options: [.integer("threads", default: 1, in: 1...1024, "how many work on a sum over samples").forSpeedOnly]
    ) { CompiledDifferentiator(threads: try $0.integer("threads")) }
  }
}
