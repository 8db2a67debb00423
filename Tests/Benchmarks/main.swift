// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

struct Rosenbrock: ScalarField {
  @inline(__always)
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    var total: S = 0
    for i in 0..<(x.count - 1) {
      let a = x[i + 1] - x[i] * x[i]
      let b = 1 - x[i]
      total += 100 * (a * a) + b * b
    }
    return total
  }
}

@inline(never)
func minimum(_ runs: Int, _ body: () throws -> Double) rethrows -> (Double, Double) {
  let clock = ContinuousClock()
  var best = Double.infinity
  var sink = 0.0
  for _ in 0..<5 {
    let start = clock.now
    for _ in 0..<runs { sink += try body() }
    let t = clock.now - start
    let s = Double(t.components.seconds) + Double(t.components.attoseconds) * 1e-18
    best = Swift.min(best, s / Double(runs))
  }
  return (best * 1e6, sink)
}

func run() throws {
  let n = 1000
  var x: [Double] = []
  for i in 0..<n { x.append(i % 2 == 0 ? -1.2 + 0.001 * Double(i % 97) : 1.0 - 0.002 * Double(i % 89)) }
  let f = Rosenbrock()
  let erased = AnyScalarField(f)
  let list: [any ScalarField] = [f]
  let viaAny = list[0].erased
  print("value", f(x))
  let plain = minimum(20000) { f(x) }
  let plainErased = try minimum(20000) { try viaAny(x) }
  print("plain", plain.0, "erased", plainErased.0, plainErased.0 / plain.0)
  let dx = x.map { Dual<Double>($0, tangent: 1) }
  let d1 = minimum(5000) { f(dx).tangent }
  let d2 = try minimum(5000) { try viaAny(dx).tangent }
  print("dual", d1.0, "erased", d2.0, d2.0 / d1.0)
  let bx = x.map { BatchedDual8($0, tangent: SIMD8(repeating: 1)) }
  let b1 = minimum(5000) { f(bx).tangent[0] }
  let b2 = try minimum(5000) { try viaAny(bx).tangent[0] }
  print("batch", b1.0, "ns/term", b1.0, "erased", b2.0, b2.0 / b1.0)

  let tape = Tape()
  var adjoints = Adjoints()
  func gradient<F: ScalarField>(_ f: F) throws -> Double {
    tape.reset()
    let v = tape.variables(x)
    let y = try f(v)
    tape.sweep([(y, 1)], into: &adjoints)
    return adjoints[v[0]] + adjoints[v[n - 1]]
  }
  let r1 = try minimum(2000) {
    tape.reset()
    return try f(tape.variables(x)).value
  }
  print("record only", r1.0)
  let t1 = try minimum(2000) { try gradient(f) }
  let t2 = try minimum(2000) { try gradient(viaAny) }
  print("tape", t1.0, "ratio", t1.0 / plain.0, "erased", t2.0, t2.0 / t1.0, "nodes", tape.count)
}

try run()
