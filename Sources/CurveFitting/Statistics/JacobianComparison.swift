// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// The fit's Jacobian beside another one: along one direction over all rows, then, where that differs, component by
/// component in the row that differs most by the consensus check, which says who is wrong.
struct JacobianComparison {
  let setup: FitSetup

  init(_ setup: FitSetup) { self.setup = setup }

  func run(_ place: String, _ rows: CurveRows, _ theta: [Double]) throws -> JacobianCheck {
    let method: any Differentiator = setup.fit.method ?? DualWitness()
    let witness: any Differentiator =
      method.traits.ruleFamily == ComplexWitness().traits.ruleFamily ? DualWitness() : ComplexWitness()
    let witnesses = setup.fit.witnesses.isEmpty ? [witness] : setup.fit.witnesses
    let names = witnesses.map(\.name).joined(separator: ", ")
    // Each parameter moves by its own size, so that none is drowned.
    let v = theta.indices.map { (theta[$0] == 0 ? 1 : theta[$0]) * (1 - 0.37 * Double($0 % 3)) }
    var worst = Difference(row: 0, block: [], ratio: .infinity)
    if setup.fit.witnesses.isEmpty { worst = try screen(method, witness, rows, theta, v) }
    guard !(worst.ratio <= 1) else {
      return JacobianCheck(
        place: place, method: method.name, witness: names, agrees: true,
        summary: "\(method.name) agrees with \(names) over \(rows.count) rows")
    }
    let step = max(1, rows.count / 16)
    let picked = setup.fit.witnesses.isEmpty ? [worst.row] : Array(stride(from: 0, to: rows.count, by: step))
    let part = rows.selecting(picked)
    let check = ConsensusCheck(methods: [method] + witnesses + (setup.fit.witnesses.isEmpty ? [] : [witness]))
    let layout = ParameterLayout(names: rows.free.map { setup.fit.curve.parameters[$0] })
    func consensus(_ part: CurveRows) throws -> CheckReport {
      try check.run(
        TargetFunction(PredictionFunction(rows: part, range: 0..<part.count), inputs: layout), at: theta)
    }
    var report = try consensus(part)
    if setup.fit.witnesses.isEmpty, report.verdict == .agree {
      // The row by itself is right. Among its neighbours, as the fit asked for it? Where that is right too, the one
      // direction of the screen underflows somewhere, at sizes beyond those of the complex step.
      report = try consensus(rows.selecting(worst.block))
    }
    let agrees = report.verdict != .disagree && report.verdict != .notFinite
    let where_ = picked.count == 1 ? " in row \(setup.data.position(worst.row) + 1)" : " in \(picked.count) rows"
    return JacobianCheck(
      place: place, method: method.name, witness: names, agrees: agrees,
      summary: report.summary + where_ + (report.findings.first.map { ": \($0.explanation)" } ?? ""))
  }

  /// Where J v differs most.
  private struct Difference {
    var row: Int
    /// The rows that were differentiated together with it.
    var block: [Int]
    /// In units of what the methods allow.
    var ratio: Double
  }

  private func screen(
    _ method: any Differentiator, _ witness: any Differentiator, _ rows: CurveRows, _ theta: [Double], _ v: [Double]
  ) throws -> Difference {
    let tolerance: Double
    switch method.traits.accuracy {
    case .exact: tolerance = 1e-9
    case .truncated: tolerance = 1e-5
    }
    var picked: [Int]?
    if rows.count > 4096 { picked = Array(stride(from: 0, to: rows.count, by: rows.count / 1024)) }
    let sample = picked.map(rows.selecting) ?? rows
    let derivatives = RowDerivatives(sample, method: setup.fit.method, observer: setup.fit.jacobianObserver)
    let ours: [Double]
    if setup.fit.method == nil {
      ours = try sample.along(theta, v)
    } else {
      // The Jacobian, not the directional derivative: it is what the fit used.
      let n = sample.count
      let columns = try derivatives.jacobian(0..<n, at: theta, scales: theta.map { _ in 1 }).columns
      ours = (0..<n).map { i in theta.indices.reduce(0) { $0 + Double.chainProduct(columns[$1 * n + i], v[$1]) } }
    }
    let other =
      witness is ComplexWitness
      ? try sample.alongByComplexStep(theta, v) : try sample.along(theta, v)
    var worst = (row: 0, ratio: 0.0)
    let largest = other.map(\.magnitude).max() ?? 0
    for i in ours.indices {
      let ratio = (ours[i] - other[i]).magnitude / (tolerance * max(other[i].magnitude, 1e-6 * largest) + 1e-300)
      if !(ratio <= worst.ratio) { worst = (i, ratio.isNaN ? .infinity : ratio) }
    }
    let block = Array(derivatives.block(of: worst.row))
    return Difference(
      row: picked.map { $0[worst.row] } ?? worst.row, block: picked.map { all in block.map { all[$0] } } ?? block,
      ratio: worst.ratio)
  }
}

extension CurveRows {
  /// J v by dual numbers.
  func along(_ theta: [Double], _ v: [Double]) throws -> [Double] {
    var result: [Double] = []
    try forEach(0..<count, at: zip(theta, v).map { Dual<Double>($0, tangent: $1) }) { _, y in result.append(y.tangent) }
    return result
  }

  /// J v by the complex step.
  func alongByComplexStep(_ theta: [Double], _ v: [Double]) throws -> [Double] {
    var result: [Double] = []
    try forEach(0..<count, at: zip(theta, v).map { ComplexStep.variable($0, tangent: $1) }) { _, y in
      result.append(y.tangent)
    }
    return result
  }
}

/// The fit's own dual numbers as a method.
private struct DualWitness: ForwardDifferentiator {
  var name: String { "dual-batch" }
  var traits: DifferentiatorTraits {
    DifferentiatorTraits(mode: .forward, accuracy: .exact, ruleFamily: "rule table")
  }
  var width: Int { 1 }

  func push(_ f: AnyVectorFunction, at x: [Double], along directions: [[Double]]) throws -> (
    value: [Double], tangents: [[Double]]
  ) {
    let y = try f(zip(x, directions[0]).map { Dual<Double>($0, tangent: $1) })
    return (y.map(\.value), [y.map(\.tangent)])
  }

  func pushTwice(_ f: AnyVectorFunction, at x: [Double], along u: [Double], and directions: [[Double]]) throws -> (
    value: [Double], seconds: [Double]
  ) {
    let y = try f(
      x.indices.map { Dual(Dual(x[$0], tangent: u[$0]), tangent: Dual(directions[0][$0], tangent: 0)) })
    return (y.map(\.primal), y.prefix(1).map(\.tangent.tangent))
  }
}

/// The complex step, which shares no rule with dual numbers.
private struct ComplexWitness: ForwardDifferentiator {
  var name: String { "complex-step" }
  var traits: DifferentiatorTraits {
    DifferentiatorTraits(mode: .forward, accuracy: .exact, ruleFamily: "complex analysis")
  }
  var width: Int { 1 }

  func push(_ f: AnyVectorFunction, at x: [Double], along directions: [[Double]]) throws -> (
    value: [Double], tangents: [[Double]]
  ) {
    let y = try f(zip(x, directions[0]).map { ComplexStep.variable($0, tangent: $1) })
    return (y.map(\.real), [y.map(\.tangent)])
  }

  func pushTwice(_ f: AnyVectorFunction, at x: [Double], along u: [Double], and directions: [[Double]]) throws -> (
    value: [Double], seconds: [Double]
  ) {
    let y = try f(
      x.indices.map {
        Dual(ComplexStep.variable(x[$0], tangent: directions[0][$0]), tangent: ComplexStep(u[$0]))
      })
    return (y.map(\.primal), y.prefix(1).map(\.tangent.tangent))
  }
}
