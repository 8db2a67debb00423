// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import RandomStreams

extension ConsensusCheck {
  /// Plants wrong rules in one method and counts how many the check finds.
  ///
  /// For generic code, a mutant is one operation of the recorded function with wrong partial derivatives, swept back:
  /// what a wrong rule does. For a black box, one component of the first method's result is changed. Operations are
  /// drawn at random, every kind of error at each.
  ///
  /// - Parameters:
  ///   - f: The function.
  ///   - x: The point.
  ///   - places: The number of operations (or components) to plant errors at.
  /// - Throws: `CheckFailure` where the methods do not agree in the first place; the function's own error.
  public func mutationRun(_ f: TargetFunction, at x: [Double], places: Int = 40) throws -> MutationReport {
    let base = try run(f, at: x)
    try base.requireAgreement()
    let (results, directions) = run(allMethods(f), f, x)
    let plain = base.value
    let probes = ProbeCache(f, x, plain)
    guard
      let host = results.indices.first(where: { results[$0].traits.mode == .reverse && results[$0].rows != nil })
        ?? results.indices.first(where: { results[$0].rows != nil }), let original = results[host].rows
    else { throw CheckFailure(report: base) }
    var random = NamedStreams(seed: seed).generator(for: .mutation)
    var run = MutationReport(
      host: results[host].name, planted: 0, withinRule: 0, killed: 0, components: base.components, kinds: [:],
      survivors: [])
    try MutantSource(f, x, original).forEach(places: places, random: &random) { mutation, place, rows in
      var mutated = results
      mutated[host].rows = rows
      mutated[host].method = nil
      let ratio = largestRatio(mutated, host)
      run.planted += 1
      run.kinds[mutation.rawValue, default: [0, 0]][0] += 1
      guard !(ratio <= 1) else {
        run.withinRule += 1
        return
      }
      let report = report(f, x, plain: plain, results: mutated, directions: directions, probes: probes)
      let killed = report.verdict != .agree && report.verdict != .vacuous && report.methods[host].blamed > 0
      if killed {
        run.killed += 1
        run.kinds[mutation.rawValue, default: [0, 0]][1] += 1
      } else {
        run.survivors.append(
          Mutant(mutation: mutation, place: place, ratio: ratio, killed: false, verdict: report.verdict))
      }
    }
    return run
  }

  /// The largest ratio of difference to rule between the host and any other method; NaN counts as infinite.
  private func largestRatio(_ results: [MethodResult], _ host: Int) -> Double {
    guard let rows = results[host].rows else { return 0 }
    let largest = typicalLargest(results.compactMap(\.rows))
    var worst = 0.0
    for other in results.indices where other != host && results[other].rows != nil {
      for i in rows.indices {
        for j in rows[i].indices {
          let a = results[host].testimony(method: host, row: i, column: j)
          let b = results[other].testimony(method: other, row: i, column: j)
          let allowed = rule.allowance(a.value, b.value, errors: (a.error, b.error), largest: largest)
          let difference = (a.value - b.value).magnitude
          let ratio = difference == 0 ? 0 : difference / allowed
          worst = ratio.isNaN ? .infinity : max(worst, ratio)
        }
      }
    }
    return worst
  }
}

/// Makes wrong Jacobians.
private struct MutantSource {
  let f: TargetFunction
  let x: [Double]
  let original: [[Double]]

  init(_ f: TargetFunction, _ x: [Double], _ original: [[Double]]) {
    self.f = f
    self.x = x
    self.original = original
  }

  func forEach(
    places: Int, random: inout Xoshiro256, _ body: (Mutation, String, [[Double]]) throws -> Void
  ) throws {
    guard let g = f.vectorFunction else { return try forEachComponent(places: places, random: &random, body) }
    let tape = Tape()
    let outputs = try g(tape.variables(x))
    let nodes = tape.nodes
    guard nodes.count > x.count else { return try forEachComponent(places: places, random: &random, body) }
    for _ in 0..<places {
      let index = x.count + random.below(nodes.count - x.count)
      for mutation in Mutation.allCases {
        let rows = outputs.map { sweep(nodes, from: $0.nodeIndex, wrongAt: index, mutation) }
        try body(mutation, "operation \(index - x.count) of \(nodes.count - x.count)", rows)
      }
    }
  }

  private func forEachComponent(
    places: Int, random: inout Xoshiro256, _ body: (Mutation, String, [[Double]]) throws -> Void
  ) throws {
    guard !original.isEmpty, !x.isEmpty else { return }
    let largest = original.reduce(0) { max($0, $1.reduce(0) { max($0, $1.magnitude) }) }
    for _ in 0..<places {
      let i = random.below(original.count)
      let j = random.below(x.count)
      for mutation in Mutation.allCases {
        var rows = original
        rows[i][j] = mutation.component(rows[i][j], largest: largest)
        try body(mutation, f.inputName(j), rows)
      }
    }
  }

  /// The reverse sweep with one operation's partial derivatives wrong.
  private func sweep(_ nodes: [TapeNode], from output: Int?, wrongAt wrong: Int, _ mutation: Mutation) -> [Double] {
    guard let output else { return x.map { _ in 0 } }
    var adjoints = Array(repeating: 0.0, count: nodes.count)
    adjoints[output] = 1
    for index in stride(from: output, through: x.count, by: -1) where adjoints[index] != 0 {
      let node = nodes[index]
      let partials = index == wrong ? mutation.partials(node) : (node.firstPartial, node.secondPartial)
      let a = adjoints[index]
      if Int(node.first) != index { adjoints[Int(node.first)] += Double.chainProduct(partials.0, a) }
      if Int(node.second) != index { adjoints[Int(node.second)] += Double.chainProduct(partials.1, a) }
    }
    return Array(adjoints[0..<x.count])
  }
}
