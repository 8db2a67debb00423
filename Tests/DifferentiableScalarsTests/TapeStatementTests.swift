// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import RandomStreams
import Testing

/// `sum`, `dot` and `affine` as statements of many operands, against the same operations one by one.
struct TapeStatementTests {
  enum Kernel: CaseIterable {
    case sum, dot, affine
  }

  /// A kernel as it is, or by scalar operations in the order that its documentation names.
  private static func apply<S: DifferentiableScalar>(_ kernel: Kernel, _ a: [S], _ b: [S], oneByOne: Bool) -> [S] {
    switch kernel {
    case .sum:
      if !oneByOne { return [S.sum(a)] }
      guard var total = a.first else { return [0] }
      for x in a.dropFirst() { total += x }
      return [total]
    case .dot:
      if !oneByOne { return [S.dot(a, b)] }
      guard let x = a.first, let y = b.first else { return [0] }
      var total = x * y
      for (x, y) in zip(a, b).dropFirst() { total += x * y }
      return [total]
    case .affine:
      // Two rows; the biases are numbers that are also factors.
      let weights = a + b
      let bias = [a.first ?? 1, b.last ?? 2]
      if !oneByOne { return S.affine(weights: weights, bias: bias, input: b) }
      return bias.indices.map { row in
        var total = bias[row]
        for (j, x) in b.enumerated() { total += weights[row * b.count + j] * x }
        return total
      }
    }
  }

  /// A function with a kernel in its middle, over factors drawn from inputs (also several times), intermediate results
  /// and constants, zero among them.
  private static func function<S: DifferentiableScalar>(_ x: [S], kernel: Kernel, seed: UInt64, oneByOne: Bool) -> S {
    var random = SplitMix64(seed: seed)
    let pool = x + [S.sin(x[0]), x[1] * x[2], S.exp(x[3]), 0, 0.75, -2]
    let length = Int.random(in: 0...9, using: &random)
    func draw(_ random: inout SplitMix64) -> [S] {
      (0..<length).map { _ in pool[Int.random(in: pool.indices, using: &random)] }
    }
    let (a, b) = (draw(&random), draw(&random))
    let results = apply(kernel, a, b, oneByOne: oneByOne)
    return results.reduce(x[0] * x[3]) { S.tanh($0) * $1 + x[1] }
  }

  private static func gradient(_ kernel: Kernel, _ seed: UInt64, _ x: [Double], oneByOne: Bool) -> [Double] {
    let tape = Tape()
    let v = tape.variables(x)
    let y = function(v, kernel: kernel, seed: seed, oneByOne: oneByOne)
    let adjoints = tape.adjoints(of: y)
    return [y.value] + v.map { adjoints[$0] }
  }

  @Test(arguments: Kernel.allCases)
  func sameNumbersToTheLastBitAsOneByOne(kernel: Kernel) {
    var random = SplitMix64(seed: 11)
    for seed in UInt64(0)..<500 {
      let x = (0..<4).map { _ in Double.random(in: -1.5...1.5, using: &random) }
      #expect(
        Self.gradient(kernel, seed, x, oneByOne: false) == Self.gradient(kernel, seed, x, oneByOne: true),
        "\(kernel), \(seed)")
    }
  }

  @Test(arguments: Kernel.allCases)
  func sameNumbersAtInfiniteAndUndefinedPoints(kernel: Kernel) {
    for seed in UInt64(0)..<200 {
      for special in [Double.infinity, -.infinity, .nan, 0] {
        let x = [special, 0.5, special, -0.0]
        let whole = Self.gradient(kernel, seed, x, oneByOne: false)
        let steps = Self.gradient(kernel, seed, x, oneByOne: true)
        #expect(zip(whole, steps).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }, "\(kernel), \(seed), \(special)")
      }
    }
  }

  /// ∇²f v by dual numbers over variables, against dual numbers over dual numbers: some tens of operations, each of
  /// which adds a few units to a number of moderate size.
  @Test(arguments: Kernel.allCases)
  func secondDerivatives(kernel: Kernel) {
    var random = SplitMix64(seed: 12)
    for seed in UInt64(0)..<100 {
      let x = (0..<4).map { _ in Double.random(in: -1.5...1.5, using: &random) }
      let u = (0..<4).map { _ in Double.random(in: -1...1, using: &random) }
      let tape = Tape()
      let v = tape.variables(x)
      let y = Self.function(
        zip(v, u).map { Dual($0, tangent: Variable($1)) }, kernel: kernel, seed: seed, oneByOne: false)
      let adjoints = tape.adjoints(of: y.tangent)
      for i in x.indices {
        let twice = Self.function(
          x.indices.map { Dual(Dual<Double>(x[$0], tangent: u[$0]), tangent: Dual($0 == i ? 1 : 0)) }, kernel: kernel,
          seed: seed, oneByOne: true)
        let expected = twice.tangent.tangent
        #expect((adjoints[v[i]] - expected).magnitude <= 1e-11 * (1 + expected.magnitude), "\(kernel), \(seed)")
      }
    }
  }

  @Test func aNodeForTwoOperands() {
    let tape = Tape()
    let w = tape.variables(Array(repeating: 0.5, count: 1000))
    let data = (0..<1000).map { Variable(Double($0)) }
    func nodes(_ body: () -> Void) -> Int {
      let before = tape.count
      body()
      return tape.count - before
    }
    #expect(nodes { _ = Variable.dot(w, data) } == 500)
    #expect(nodes { _ = Variable.dot(w, w.reversed()) } == 1000)
    #expect(nodes { _ = Variable.sum(w) } == 500)
    #expect(nodes { _ = Variable.affine(weights: w, bias: Array(w[0..<10]), input: Array(data[0..<100])) } == 510)
    // One operand or two are an ordinary node; constants alone are none, and neither is a single summand.
    let statements = tape.statements.count
    #expect(nodes { _ = Variable.dot(Array(w[0..<1]), Array(w[1..<2])) } == 1)
    #expect(nodes { _ = Variable.dot(data, data) } == 0)
    #expect(nodes { _ = Variable.sum(Array(w[0..<1])) } == 0)
    #expect(tape.statements.count == statements && statements == 13)
  }

  @Test func aStatementTellsItsOperands() throws {
    let tape = Tape()
    let x = tape.variables([2, 3, 5])
    let y = Variable.dot(x, [7, 11, 13])
    #expect(tape.statements == [3...4])
    #expect(y.nodeIndex == 4 && tape.results == [0, 1, 2, 4, 4])
    var partials: [UInt32: Double] = [:]
    for node in tape.nodes[3...4] {
      partials[node.first] = node.firstPartial
      if node.second < 3 { partials[node.second] = node.secondPartial }
    }
    #expect(partials == [0: 7, 1: 11, 2: 13])
    tape.reset()
    #expect(tape.statements.isEmpty)
  }

  @Test func decision27OperandsOfAnotherTapeOrRecordingAreDetected() {
    let tape = Tape()
    let other = Tape()
    let old = tape.variable(1)
    tape.reset()
    let x = tape.variables([2, 3])
    #expect(Variable.dot([x[0], old], [1, 1]).value.isNaN)
    #expect(tape.misuse == .variableOutlivedTape)
    tape.reset()
    let fresh = tape.variables([2, 3])
    #expect(Variable.sum([old, fresh[0], fresh[1]]).value.isNaN)
    #expect(tape.misuse == .variableOutlivedTape && tape.count == 2)
    tape.reset()
    let last = tape.variable(2)
    let foreign = other.variable(3)
    #expect(Variable.affine(weights: [last, 1], bias: [0], input: [1, foreign])[0].value.isNaN)
    #expect(tape.misuse == .variablesOfTwoTapes && other.misuse == .variablesOfTwoTapes)
    func escaped() -> [Variable] { Tape().variables([1, 2, 3]) }
    #expect(Variable.sum(escaped()).value.isNaN)
  }

  /// A leaf that is recorded late, an output before the end, and a zero adjoint beside an infinite slope.
  @Test func sweepsFromTheMiddleAndAroundLateLeaves() {
    let tape = Tape()
    let x = tape.variables([0, 2])
    let root = Variable.sqrt(x[0])
    let product = Variable.dot([x[1], root, x[1]], [3, 0, x[1]])
    let late = tape.variable(5)
    let end = Variable.sum([late, product, late])
    let middle = tape.adjoints(of: product)
    #expect([middle[x[0]], middle[x[1]], middle[late], middle[end]] == [0, 7, 0, 0])
    let all = tape.adjoints(of: [(end, 1), (product, 1)])
    #expect([all[x[0]], all[x[1]], all[late], all[product]] == [0, 14, 2, 2])
  }
}
